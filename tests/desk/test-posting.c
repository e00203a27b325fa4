/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-patient.h"
#include "billing-test-posting.h"

/* What Stripe says of charges, and what our payments say then. */

/* A charge of just what is owed pays, on the day of the charge in the practice's time zone: it was
 * still the evening before in New York. */
static void
test_collect (BillingTestPosting *self,
              gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);
  BillingPayment *payment;

  charge.created = G_GINT64_CONSTANT (1792983600); /* 2026-10-26 03:00 UTC */
  billing_test_posting_put (self, charge);
  g_assert_cmpuint (billing_test_posting_post (self), ==, 1);

  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  payment = billing_test_posting_get_payment (self);
  g_assert_cmpstr (payment->paid_on, ==, "2026-10-25");
  g_assert_cmpstr (payment->reference, ==, "ch_1");
  g_assert_cmpint (payment->tender, ==, BILLING_TENDER_STRIPE);
  g_assert_cmpint (payment->attempt, ==, BILLING_ATTEMPT_STATE_SUCCEEDED);
}

/* The payment may stand in the intent's metadata alone, and the intent may come after the
 * charge. */
static void
test_collect_by_intent (BillingTestPosting *self,
                        gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);

  charge.payment = NULL;
  charge.intent = "pi_1";
  billing_test_posting_put (self, charge);
  g_assert_cmpuint (billing_test_posting_post (self), ==, 0);
  billing_test_posting_assert (self, BILLING_STATUS_PENDING, 25000, 0, 0);

  billing_test_facts_put_intent (self->mirror, "pi_1", "succeeded", NULL, self->id);
  g_assert_cmpuint (billing_test_posting_post (self), ==, 1);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

/* A draft that is paid was asked for first. */
static void
test_collect_draft (BillingTestPosting *self,
                    gconstpointer       data)
{
  g_free (self->number);
  g_free (self->id);
  self->number = billing_test_practice_create_payment (&self->practice, 4000, TRUE);
  self->id = billing_test_facts_get_id (&self->practice, self->number);
  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 4000));
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 4000, 4000, 0);
}

/* Nothing is posted of a charge that is nobody's. */
static void
test_nobodys (BillingTestPosting *self,
              gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);

  charge.payment = NULL;
  billing_test_posting_put (self, charge);
  charge.id = "ch_2";
  charge.payment = "pay_elsewhere1";
  billing_test_posting_put (self, charge);
  g_assert_cmpuint (billing_test_posting_post (self), ==, 0);
  billing_test_posting_assert (self, BILLING_STATUS_PENDING, 25000, 0, 0);
}

/* A declined card makes the payment Failed and says why, in Stripe's words; the next attempt may
 * still pay it, whichever is heard of first. */
static void
test_decline (BillingTestPosting *self,
              gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);
  g_autofree char *reason = NULL;

  charge.status = "failed";
  charge.captured = 0;
  charge.is_authorised = TRUE;
  charge.seller_message = "The bank returned the decline code `insufficient_funds`.";
  billing_test_posting_put (self, charge);
  g_assert_cmpuint (billing_test_posting_post (self), ==, 1);
  billing_test_posting_assert (self, BILLING_STATUS_FAILED, 25000, 0, 0);
  reason = billing_test_posting_find_event (self, "attempt-failed", 1);
  g_assert_cmpstr (reason, ==, "The bank returned the decline code `insufficient_funds`.");

  charge = billing_test_posting_make_charge (self, "ch_2", 25000);
  charge.created = BILLING_TEST_NOW + 60;
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

/* Asked for again, it is Pending, and stays so however often the old attempt is looked at; an older
 * one changes nothing either. */
static void
test_decline_submitted_again (BillingTestPosting *self,
                              gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_2", 25000);

  charge.status = "failed";
  charge.captured = 0;
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_do (self, BILLING_VERB_PAYMENT_SUBMIT);
  billing_test_posting_assert (self, BILLING_STATUS_PENDING, 25000, 0, 0);

  billing_test_facts_queue_all (self->mirror);
  billing_test_posting_post (self);
  charge.id = "ch_1";
  charge.created = BILLING_TEST_NOW - 60;
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PENDING, 25000, 0, 0);
}

/* A hold is Processing; captured, it is Paid. */
static void
test_capture (BillingTestPosting *self,
              gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);

  charge.captured = 0;
  charge.is_authorised = TRUE;
  charge.intent = "pi_1";
  billing_test_facts_put_intent (self->mirror, "pi_1", "requires_capture", NULL, self->id);
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);

  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 25000));
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

/* A part of a hold is captured: that part is paid, and the rest is asked for by a payment of its
 * own. Stripe writes the release as a refund, by which no money moves; a later refund of the same
 * amount is a refund. */
static void
test_capture_part (BillingTestPosting *self,
                   gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW, 15000, NULL, "ch_1" };

  charge.captured = 10000;
  charge.refunded = 15000;
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 10000, 10000, 0);
  billing_test_practice_assert_payment (&self->practice, "PAY-002", BILLING_STATUS_PENDING, 15000,
                                        0, 0);
  g_free (billing_test_posting_find_event (self, "payment-rest", 1));
  g_free (billing_test_posting_find_event (self, "payment-collect-refused", 0));

  refund.id = "re_2";
  refund.created = BILLING_TEST_NOW + 5;
  refund.amount = 4000;
  charge.refunded = 19000;
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PARTIALLY_REFUNDED, 10000, 10000, 4000);
}

/* A person lets a hold go: the payment is Voided. Where Stripe lets it run out, it is Failed, and
 * still owed. */
static void
test_let_go (BillingTestPosting *self,
             gconstpointer       data)
{
  const char *why = data;
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);

  charge.captured = 0;
  charge.is_authorised = TRUE;
  charge.intent = "pi_1";
  billing_test_posting_put (self, charge);
  billing_test_facts_put_intent (self->mirror, "pi_1", "requires_capture", NULL, NULL);
  billing_test_posting_post (self);
  charge.refunded = 25000;
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);

  billing_test_facts_put_intent (self->mirror, "pi_1", "canceled", why, NULL);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, why == NULL ? BILLING_STATUS_VOIDED : BILLING_STATUS_FAILED,
                               25000, 0, 0);
}

typedef struct {
  gint64 balance;
  gint64 n_payments;
} Asked;

static gboolean
asked_cb (BillingConnection  *connection,
          gpointer            data,
          GCancellable       *cancellable,
          GError            **error)
{
  Asked *asked = data;

  return billing_connection_get_integer (connection, &asked->balance, error, "SELECT balance FROM invoices", "") &&
         billing_connection_get_integer (connection, &asked->n_payments, error,
                                         "SELECT count (*) FROM payments WHERE invoice_id IS NOT NULL AND status = 'pending'", "");
}

static void
do_act (BillingTestPosting *self,
        BillingAct         *act)
{
  billing_test_practice_do (&self->practice, act);
  g_object_unref (act);
}

/* What an invoice asks for stays owed under it when a hold on its payment is let go: by another payment of the same amount. */
static void
test_let_go_invoiced (BillingTestPosting *self,
                      gconstpointer       data)
{
  Asked asked;
  g_autoptr (GError) error = NULL;

  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_EDIT, "subject", self->number, "treatment",
                              self->practice.treatment, "payment-type", "treatment-pre-payment", NULL));
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "Visit", "invoiced", "yes", "has-amount", TRUE,
                              "amount", (gint64) 30000, "date", "2020-01-01", NULL));
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_SERVICE_ADD, "treatment", self->practice.treatment, "rate", "RATE-001",
                              NULL));
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_INVOICE_CREATE, "subject", "SVC-001", NULL));

  test_let_go (self, NULL);
  billing_store_read (billing_desk_get_store (self->practice.desk), asked_cb, &asked, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (asked.balance, ==, 30000);
  g_assert_cmpint (asked.n_payments, ==, 2);
}

/* A bank debit is on its way for days, and may be refused at the end. */
static void
test_debit_refused (BillingTestPosting *self,
                    gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "py_1", 25000);
  g_autofree char *reason = NULL;

  charge.status = "pending";
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);

  charge.status = "failed";
  charge.failure_message = "The customer's account has insufficient funds.";
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_FAILED, 25000, 0, 0);
  reason = billing_test_posting_find_event (self, "attempt-failed", 1);
  g_assert_cmpstr (reason, ==, "The customer's account has insufficient funds.");
}

/* A debit that succeeded is returned: the collection is reversed, and the payment owed again;
 * another one may pay it. */
static void
test_debit_returned (BillingTestPosting *self,
                     gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "py_1", 25000);

  charge.status = "pending";
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  charge.status = "succeeded";
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);

  charge.status = "failed";
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_FAILED, 25000, 0, 0);
  g_free (billing_test_posting_find_event (self, "stripe-reverse", 1));

  charge = billing_test_posting_make_charge (self, "ch_2", 25000);
  charge.created = BILLING_TEST_NOW + 90;
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

/* More than was owed came in: the rest is the patient's. Returned, the credit goes too. */
static void
test_overpaid (BillingTestPosting *self,
               gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "py_1", 30000);

  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 5000);

  charge.status = "failed";
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_FAILED, 25000, 0, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

/* Money for a payment that was cancelled becomes the patient's credit, and the timeline says so.
 * Refunded, it goes from there. */
static void
test_late (BillingTestPosting *self,
           gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 25000, NULL, "ch_1" };

  billing_test_posting_do (self, BILLING_VERB_PAYMENT_CANCEL);
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_CANCELLED, 25000, 0, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 25000);
  g_free (billing_test_posting_find_event (self, "stripe-late", 1));

  billing_test_facts_put_refund (self->mirror, &refund);
  charge.refunded = 25000;
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_CANCELLED, 25000, 0, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

/* A debit for a payment that somebody closed does not open it again while it is on its way. */
static void
test_late_debit (BillingTestPosting *self,
                 gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "py_1", 25000);

  billing_test_posting_do (self, BILLING_VERB_PAYMENT_WRITE_OFF);
  charge.status = "pending";
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_CANCELLED, 25000, 0, 0);
  charge.status = "succeeded";
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 25000);
}

/* Late money that the patient has used since cannot be taken from their credit again: the refund is
 * the practice's loss, not the payment's. */
static void
test_late_used (BillingTestPosting *self,
                gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 25000, NULL, "ch_1" };
  g_autofree char *other = billing_test_practice_create_payment (&self->practice, 20000, FALSE);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, other);

  billing_test_posting_do (self, BILLING_VERB_PAYMENT_COLLECT);
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  act->tender = BILLING_TENDER_CREDIT;
  billing_test_practice_do (&self->practice, act);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 5000);

  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  billing_test_practice_verify (&self->practice);

  refund.status = "failed";
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 5000);
}

/* Two charges for one payment: the older one pays it, the other is credit. */
static void
test_double (BillingTestPosting *self,
             gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_2", 25000);

  charge.created = BILLING_TEST_NOW + 1;
  billing_test_posting_put (self, charge);
  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 25000));
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpstr (billing_test_posting_get_payment (self)->reference, ==, "ch_1");
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 25000);
}

/* Another currency is not added to the practice's: nothing is posted, and the payment's timeline
 * says why. */
static void
test_currency (BillingTestPosting *self,
               gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);
  g_autofree char *detail = NULL;
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;

  charge.currency = "eur";
  billing_test_posting_put (self, charge);
  g_assert_cmpuint (billing_test_posting_post (self), ==, 0);
  billing_test_posting_assert (self, BILLING_STATUS_PENDING, 25000, 0, 0);
  detail = billing_test_posting_find_event (self, "stripe-problem", 1);
  g_assert_nonnull (strstr (detail, "250.00"));
  g_assert_true (billing_desk_verify (self->practice.desk, &report, NULL, &error));
  g_assert_nonnull (strstr (report, "ch_1"));
}

/* The books are kept and the program dies before the mirror's queue is emptied: the second look
 * changes nothing. Here the queue is filled again by hand, which is the same. */
static void
test_crash_between (BillingTestPosting *self,
                    gconstpointer       data)
{
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 10000, NULL, "ch_1" };

  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 25000));
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  for (guint i = 0; i < 3; i++)
    {
      billing_test_facts_queue_all (self->mirror);
      g_assert_cmpuint (billing_test_posting_post (self), ==, 0);
    }
  billing_test_posting_assert (self, BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 10000);
}

#define ADD(path, data, test) \
  g_test_add ("/desk/posting/" path, BillingTestPosting, data, billing_test_posting_set_up, test, \
              billing_test_posting_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("collect", NULL, test_collect);
  ADD ("collect-by-intent", NULL, test_collect_by_intent);
  ADD ("collect-draft", NULL, test_collect_draft);
  ADD ("nobodys", NULL, test_nobodys);
  ADD ("decline", NULL, test_decline);
  ADD ("decline-submitted-again", NULL, test_decline_submitted_again);
  ADD ("capture", NULL, test_capture);
  ADD ("capture-part", NULL, test_capture_part);
  ADD ("voided", NULL, test_let_go);
  ADD ("voided-of-invoice", NULL, test_let_go_invoiced);
  ADD ("expired", "automatic", test_let_go);
  ADD ("debit-refused", NULL, test_debit_refused);
  ADD ("debit-returned", NULL, test_debit_returned);
  ADD ("overpaid", NULL, test_overpaid);
  ADD ("late", NULL, test_late);
  ADD ("late-debit", NULL, test_late_debit);
  ADD ("late-used", NULL, test_late_used);
  ADD ("double", NULL, test_double);
  ADD ("currency", NULL, test_currency);
  ADD ("crash-between", NULL, test_crash_between);

  return g_test_run ();
}
