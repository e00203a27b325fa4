/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-posting.h"
#include "billing-mirror-queue.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-table.h"
#include "billing-test-facts.h"
#include "billing-test-practice.h"

/* What Stripe says of charges, refunds and disputes, and what our payments say then. */

#define NOW G_GINT64_CONSTANT (1793000000)

typedef struct {
  BillingTestPractice practice;
  BillingMirror *mirror; /* (owned) */
  char *number;          /* (owned): of a payment of 250.00 */
  char *id;              /* (owned): of it */
  BillingPayment *seen;  /* (owned) (nullable): as it was read last */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (&self->practice);
  self->mirror = billing_mirror_open (self->practice.folder, &error);
  g_assert_no_error (error);
  self->number = billing_test_practice_create_payment (&self->practice, 25000, FALSE);
  self->id = billing_test_facts_get_id (&self->practice, self->number);
}

/* Whatever a test did: the books are in order, and looking at all of it once more changes
 * nothing. */
static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  billing_test_practice_verify (&self->practice);
  billing_test_facts_queue_all (self->mirror);
  g_assert_cmpuint (billing_test_facts_post (&self->practice, self->mirror), ==, 0);
  billing_test_practice_verify (&self->practice);

  billing_mirror_close (self->mirror);
  billing_test_practice_tear_down (&self->practice);
  g_free (self->number);
  g_free (self->id);
  g_clear_object (&self->seen);
}

static BillingTestCharge
charge_of (Fixture    *self,
           const char *id,
           gint64      amount)
{
  return (BillingTestCharge) { .id = id, .status = "succeeded", .created = NOW, .amount = amount, .captured = amount,
                               .payment = self->id };
}

static void
put (Fixture           *self,
     BillingTestCharge  charge)
{
  billing_test_facts_put_charge (self->mirror, &charge);
}

static guint64
post (Fixture *self)
{
  return billing_test_facts_post (&self->practice, self->mirror);
}

static void
assert_payment (Fixture       *self,
                BillingStatus  status,
                gint64         amount,
                gint64         collected,
                gint64         refunded)
{
  billing_test_practice_assert_payment (&self->practice, self->number, status, amount, collected,
                                        refunded);
}

static BillingPayment *
get_payment (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  BillingRecord *record = billing_desk_find (self->practice.desk, self->number, &error);

  g_assert_no_error (error);
  g_clear_object (&self->seen);
  self->seen = BILLING_PAYMENT (record);
  return self->seen;
}

static void
do_verb (Fixture     *self,
         BillingVerb  verb)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, self->number);

  act->tender = verb == BILLING_VERB_PAYMENT_COLLECT ? BILLING_TENDER_CASH : BILLING_TENDER_NONE;
  billing_test_practice_do (&self->practice, act);
}

/* Collects one thing of the payment's timeline. */
typedef struct {
  const char *what;
  char *detail; /* (owned) (nullable) */
  guint n;
} Looked;

static gboolean
look_cb (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  Looked *looked = data;
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT detail FROM timeline_view WHERE what = ?", error);
  gboolean row;

  g_assert_nonnull (statement);
  billing_statement_bind_text (statement, 1, looked->what);
  while (billing_statement_step (statement, &row, error) && row)
    {
      g_free (looked->detail);
      looked->detail = g_strdup (billing_statement_get_text (statement, 0));
      looked->n++;
    }
  return TRUE;
}

static char *
find_event (Fixture    *self,
            const char *what,
            guint       n)
{
  g_autoptr (GError) error = NULL;
  Looked looked = { .what = what };

  billing_store_read (billing_desk_get_store (self->practice.desk), look_cb, &looked, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (looked.n, ==, n);
  return looked.detail;
}

/* A charge of just what is owed pays, on the day of the charge in the practice's time zone: it was
 * still the evening before in New York. */
static void
test_collect (Fixture       *self,
              gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);
  BillingPayment *payment;

  charge.created = G_GINT64_CONSTANT (1792983600); /* 2026-10-26 03:00 UTC */
  put (self, charge);
  g_assert_cmpuint (post (self), ==, 1);

  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  payment = get_payment (self);
  g_assert_cmpstr (payment->paid_on, ==, "2026-10-25");
  g_assert_cmpstr (payment->reference, ==, "ch_1");
  g_assert_cmpint (payment->tender, ==, BILLING_TENDER_STRIPE);
  g_assert_cmpint (payment->attempt, ==, BILLING_ATTEMPT_STATE_SUCCEEDED);
}

/* The payment may stand in the intent's metadata alone, and the intent may come after the
 * charge. */
static void
test_collect_by_intent (Fixture       *self,
                        gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);

  charge.payment = NULL;
  charge.intent = "pi_1";
  put (self, charge);
  g_assert_cmpuint (post (self), ==, 0);
  assert_payment (self, BILLING_STATUS_PENDING, 25000, 0, 0);

  billing_test_facts_put_intent (self->mirror, "pi_1", "succeeded", NULL, self->id);
  g_assert_cmpuint (post (self), ==, 1);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

/* A draft that is paid was asked for first. */
static void
test_collect_draft (Fixture       *self,
                    gconstpointer  data)
{
  g_free (self->number);
  g_free (self->id);
  self->number = billing_test_practice_create_payment (&self->practice, 4000, TRUE);
  self->id = billing_test_facts_get_id (&self->practice, self->number);
  put (self, charge_of (self, "ch_1", 4000));
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 4000, 4000, 0);
}

/* Nothing is posted of a charge that is nobody's. */
static void
test_nobodys (Fixture       *self,
              gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);

  charge.payment = NULL;
  put (self, charge);
  charge.id = "ch_2";
  charge.payment = "pay_elsewhere1";
  put (self, charge);
  g_assert_cmpuint (post (self), ==, 0);
  assert_payment (self, BILLING_STATUS_PENDING, 25000, 0, 0);
}

/* A declined card makes the payment Failed and says why, in Stripe's words; the next attempt may
 * still pay it, whichever is heard of first. */
static void
test_decline (Fixture       *self,
              gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);
  g_autofree char *reason = NULL;

  charge.status = "failed";
  charge.captured = 0;
  charge.is_authorised = TRUE;
  charge.seller_message = "The bank returned the decline code `insufficient_funds`.";
  put (self, charge);
  g_assert_cmpuint (post (self), ==, 1);
  assert_payment (self, BILLING_STATUS_FAILED, 25000, 0, 0);
  reason = find_event (self, "attempt-failed", 1);
  g_assert_cmpstr (reason, ==, "The bank returned the decline code `insufficient_funds`.");

  charge = charge_of (self, "ch_2", 25000);
  charge.created = NOW + 60;
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

/* Asked for again, it is Pending, and stays so however often the old attempt is looked at; an older
 * one changes nothing either. */
static void
test_decline_submitted_again (Fixture       *self,
                              gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_2", 25000);

  charge.status = "failed";
  charge.captured = 0;
  put (self, charge);
  post (self);
  do_verb (self, BILLING_VERB_PAYMENT_SUBMIT);
  assert_payment (self, BILLING_STATUS_PENDING, 25000, 0, 0);

  billing_test_facts_queue_all (self->mirror);
  post (self);
  charge.id = "ch_1";
  charge.created = NOW - 60;
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PENDING, 25000, 0, 0);
}

/* A hold is Processing; captured, it is Paid. */
static void
test_capture (Fixture       *self,
              gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);

  charge.captured = 0;
  charge.is_authorised = TRUE;
  charge.intent = "pi_1";
  billing_test_facts_put_intent (self->mirror, "pi_1", "requires_capture", NULL, self->id);
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);

  put (self, charge_of (self, "ch_1", 25000));
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

/* A part of a hold is captured: that part is paid, and the rest is asked for by a payment of its
 * own. Stripe writes the release as a refund, by which no money moves; a later refund of the same
 * amount is a refund. */
static void
test_capture_part (Fixture       *self,
                   gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", NOW, 15000, NULL, "ch_1", NULL, NULL };

  charge.captured = 10000;
  charge.refunded = 15000;
  billing_test_facts_put_refund (self->mirror, &refund);
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 10000, 10000, 0);
  billing_test_practice_assert_payment (&self->practice, "PAY-002", BILLING_STATUS_PENDING, 15000,
                                        0, 0);

  refund.id = "re_2";
  refund.created = NOW + 5;
  refund.amount = 4000;
  charge.refunded = 19000;
  billing_test_facts_put_refund (self->mirror, &refund);
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PARTIALLY_REFUNDED, 10000, 10000, 4000);
}

/* A person lets a hold go: the payment is Voided. Where Stripe lets it run out, it is Failed, and
 * still owed. */
static void
test_let_go (Fixture       *self,
             gconstpointer  data)
{
  const char *why = data;
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);

  charge.captured = 0;
  charge.is_authorised = TRUE;
  charge.intent = "pi_1";
  put (self, charge);
  billing_test_facts_put_intent (self->mirror, "pi_1", "requires_capture", NULL, NULL);
  post (self);
  charge.refunded = 25000;
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);

  billing_test_facts_put_intent (self->mirror, "pi_1", "canceled", why, NULL);
  post (self);
  assert_payment (self, why == NULL ? BILLING_STATUS_VOIDED : BILLING_STATUS_FAILED, 25000, 0, 0);
}

/* A bank debit is on its way for days, and may be refused at the end. */
static void
test_debit_refused (Fixture       *self,
                    gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "py_1", 25000);
  g_autofree char *reason = NULL;

  charge.status = "pending";
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);

  charge.status = "failed";
  charge.failure_message = "The customer's account has insufficient funds.";
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_FAILED, 25000, 0, 0);
  reason = find_event (self, "attempt-failed", 1);
  g_assert_cmpstr (reason, ==, "The customer's account has insufficient funds.");
}

/* A debit that succeeded is returned: the collection is reversed, and the payment owed again;
 * another one may pay it. */
static void
test_debit_returned (Fixture       *self,
                     gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "py_1", 25000);

  charge.status = "pending";
  put (self, charge);
  post (self);
  charge.status = "succeeded";
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);

  charge.status = "failed";
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_FAILED, 25000, 0, 0);
  g_free (find_event (self, "stripe-reverse", 1));

  charge = charge_of (self, "ch_2", 25000);
  charge.created = NOW + 90;
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

/* More than was owed came in: the rest is the patient's. Returned, the credit goes too. */
static void
test_overpaid (Fixture       *self,
               gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "py_1", 30000);

  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 5000);

  charge.status = "failed";
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_FAILED, 25000, 0, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

/* Money for a payment that was cancelled becomes the patient's credit, and the timeline says so.
 * Refunded, it goes from there. */
static void
test_late (Fixture       *self,
           gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 25000, NULL, "ch_1", NULL, NULL };

  do_verb (self, BILLING_VERB_PAYMENT_CANCEL);
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_CANCELLED, 25000, 0, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 25000);
  g_free (find_event (self, "stripe-late", 1));

  billing_test_facts_put_refund (self->mirror, &refund);
  charge.refunded = 25000;
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_CANCELLED, 25000, 0, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

/* A debit for a payment that somebody closed does not open it again while it is on its way. */
static void
test_late_debit (Fixture       *self,
                 gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "py_1", 25000);

  do_verb (self, BILLING_VERB_PAYMENT_WRITE_OFF);
  charge.status = "pending";
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_CANCELLED, 25000, 0, 0);
  charge.status = "succeeded";
  put (self, charge);
  post (self);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 25000);
}

/* Late money that the patient has used since cannot be taken from their credit again: the refund is
 * the practice's loss, not the payment's. */
static void
test_late_used (Fixture       *self,
                gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 25000, NULL, "ch_1", NULL, NULL };
  g_autofree char *other = billing_test_practice_create_payment (&self->practice, 20000, FALSE);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, other);

  do_verb (self, BILLING_VERB_PAYMENT_COLLECT);
  put (self, charge);
  post (self);
  act->tender = BILLING_TENDER_CREDIT;
  billing_test_practice_do (&self->practice, act);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 5000);

  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  billing_test_practice_verify (&self->practice);

  refund.status = "failed";
  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 5000);
}

/* Two charges for one payment: the older one pays it, the other is credit. */
static void
test_double (Fixture       *self,
             gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_2", 25000);

  charge.created = NOW + 1;
  put (self, charge);
  put (self, charge_of (self, "ch_1", 25000));
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpstr (get_payment (self)->reference, ==, "ch_1");
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 25000);
}

/* Another currency is not added to the practice's: nothing is posted, and the payment's timeline
 * says why. */
static void
test_currency (Fixture       *self,
               gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);
  g_autofree char *detail = NULL;
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;

  charge.currency = "eur";
  put (self, charge);
  g_assert_cmpuint (post (self), ==, 0);
  assert_payment (self, BILLING_STATUS_PENDING, 25000, 0, 0);
  detail = find_event (self, "stripe-problem", 1);
  g_assert_nonnull (strstr (detail, "250.00"));
  g_assert_true (billing_desk_verify (self->practice.desk, &report, NULL, &error));
  g_assert_nonnull (strstr (report, "ch_1"));
}

/* A refund made in Stripe's own pages, heard of before its charge. */
static void
test_refund_first (Fixture       *self,
                   gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 10000, NULL, "ch_1", NULL, NULL };

  billing_test_facts_put_refund (self->mirror, &refund);
  g_assert_cmpuint (post (self), ==, 0);
  charge.refunded = 10000;
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 10000);
}

static gboolean
find_cb (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  char **id = data;

  *id = billing_connection_get_text (connection, error,
                                     "SELECT id FROM refunds WHERE reference = ?", "t", *id);
  return *id != NULL;
}

/* Nobody approves what Stripe does already: the money would go back twice. */
static void
approve_refused (Fixture    *self,
                 const char *reference)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_REFUND_APPROVE, NULL);
  g_autoptr (GError) error = NULL;
  char *id = (char *) reference;

  billing_store_read (billing_desk_get_store (self->practice.desk), find_cb, &id, NULL, &error);
  g_assert_no_error (error);
  act->subject = id;
  billing_test_practice_do_refused (&self->practice, act, BILLING_DESK_ERROR_INVALID);
}

/* A refund waits, holds back what can be refunded, succeeds, and fails days later: then the payment
 * is Paid again. */
static void
test_refund_fails (Fixture       *self,
                   gconstpointer  data)
{
  BillingTestRefund refund = { "re_1", "pending", NOW + 9, 25000, NULL, "ch_1", NULL, NULL };

  put (self, charge_of (self, "ch_1", 25000));
  post (self);
  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpint (get_payment (self)->waiting, ==, 25000);
  approve_refused (self, "re_1");

  refund.status = "succeeded";
  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  assert_payment (self, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
  g_assert_cmpint (get_payment (self)->waiting, ==, 0);
  billing_test_practice_verify (&self->practice);

  refund.status = "failed";
  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

typedef struct {
  Fixture *fixture;
  gint64 amount;
  char *id;
} Reservation;

static gboolean
reserve_cb (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Reservation *reservation = data;
  g_autoptr (BillingRefund) refund = billing_refund_new ();

  refund->payment_id = g_strdup (reservation->fixture->id);
  refund->amount = reservation->amount;
  refund->currency = g_strdup ("USD");
  refund->reason = BILLING_REFUND_REASON_PATIENT_REQUEST;
  refund->tender = BILLING_TENDER_STRIPE;
  refund->person = g_strdup ("somebody");
  refund->created_at = NOW;
  if (!billing_table_insert (connection, BILLING_RECORD (refund), error))
    return FALSE;

  reservation->id = g_strdup (billing_record_get_id (BILLING_RECORD (refund)));
  return TRUE;
}

/* A refund that a person asked for here, and that waits. */
static char *
reserve (Fixture *self,
         gint64   amount)
{
  g_autoptr (GError) error = NULL;
  Reservation reservation = { self, amount, NULL };

  billing_store_write (billing_desk_get_store (self->practice.desk), reserve_cb, &reservation, NULL,
                       &error);
  g_assert_no_error (error);
  return reservation.id;
}

static BillingRefund *
get_refund (Fixture    *self,
            const char *id)
{
  g_autoptr (GError) error = NULL;
  BillingRecord *record = billing_desk_find (self->practice.desk, id, &error);

  g_assert_no_error (error);
  return BILLING_REFUND (record);
}

/* Our own refund that waits is the one that is posted: its reason and who asked for it stay. */
static void
test_refund_ours (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char *id = NULL;
  g_autoptr (BillingRefund) row = NULL;
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 10000, NULL, "ch_1", NULL, NULL };

  put (self, charge_of (self, "ch_1", 25000));
  post (self);
  id = reserve (self, 10000);
  refund.refund = id;
  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  assert_payment (self, BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 10000);
  row = get_refund (self, id);
  g_assert_cmpint (row->state, ==, BILLING_REFUND_STATE_POSTED);
  g_assert_cmpint (row->reason, ==, BILLING_REFUND_REASON_PATIENT_REQUEST);
  g_assert_cmpstr (row->reference, ==, "re_1");
  g_assert_cmpstr (row->person, ==, "somebody");
}

/* While ours waits, somebody gives all of it back at Stripe: what waits never exceeds what is
 * left. */
static void
test_refund_overtaken (Fixture       *self,
                       gconstpointer  data)
{
  g_autofree char *id = NULL;
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 25000, NULL, "ch_1", NULL, NULL };

  put (self, charge_of (self, "ch_1", 25000));
  post (self);
  id = reserve (self, 20000);
  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  assert_payment (self, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
  g_assert_cmpint (get_payment (self)->waiting, ==, 0);
}

/* Of an overpaid charge all is refunded: first what paid the payment, the rest from the patient's
 * credit. */
static void
test_refund_overpaid (Fixture       *self,
                      gconstpointer  data)
{
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 30000, NULL, "ch_1", NULL, NULL };

  put (self, charge_of (self, "ch_1", 30000));
  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  assert_payment (self, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

/* Given back in two parts of which it hears at once, the second takes what the first left of the
 * payment, and then the credit. */
static void
test_refund_overpaid_twice (Fixture       *self,
                            gconstpointer  data)
{
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 20000, NULL, "ch_1", NULL, NULL };

  put (self, charge_of (self, "ch_1", 30000));
  billing_test_facts_put_refund (self->mirror, &refund);
  refund.id = "re_2";
  refund.created = NOW + 10;
  refund.amount = 10000;
  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  assert_payment (self, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

/* Money that came late is the patient's for good: when the debit that had paid the payment comes
 * back, it does not pay it by itself. */
static void
test_late_stays_late (Fixture       *self,
                      gconstpointer  data)
{
  BillingTestCharge debit = charge_of (self, "py_1", 25000);
  BillingTestCharge late = charge_of (self, "ch_2", 25000);

  late.created = NOW + 60;
  put (self, debit);
  post (self);
  put (self, late);
  post (self);
  debit.status = "failed";
  put (self, debit);
  post (self);
  billing_test_facts_queue_all (self->mirror);
  g_assert_cmpuint (post (self), ==, 0);
  assert_payment (self, BILLING_STATUS_PENDING, 25000, 0, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 25000);
}

/* A dispute, heard of before its charge: the money is withdrawn, the payment stays Paid and says
 * how it stands. Won, it comes back. */
static void
test_dispute (Fixture       *self,
              gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);

  billing_test_facts_put_move (self->mirror, "txn_1", "dispute", "dp_1", NOW + 20, -25000);
  billing_test_facts_put_dispute (self->mirror, "dp_1", "needs_response", "ch_1", NOW + 20, 25000);
  g_assert_cmpuint (post (self), ==, 0);
  charge.is_disputed = TRUE;
  put (self, charge);
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpint (get_payment (self)->withdrawn, ==, 25000);
  g_assert_cmpstr (get_payment (self)->dispute, ==, "needs_response");
  billing_test_practice_verify (&self->practice);

  billing_test_facts_put_dispute (self->mirror, "dp_1", "won", "ch_1", NOW + 20, 25000);
  billing_test_facts_put_move (self->mirror, "txn_2", "dispute_reversal", "dp_1", NOW + 90, 25000);
  post (self);
  g_assert_cmpint (get_payment (self)->withdrawn, ==, 0);
  g_assert_cmpstr (get_payment (self)->dispute, ==, "won");
}

/* That the money came back may be heard of before it is known that it went. */
static void
test_dispute_backwards (Fixture       *self,
                        gconstpointer  data)
{
  put (self, charge_of (self, "ch_1", 25000));
  billing_test_facts_put_dispute (self->mirror, "dp_1", "won", "ch_1", NOW + 20, 25000);
  billing_test_facts_put_move (self->mirror, "txn_2", "dispute_reversal", "dp_1", NOW + 90, 25000);
  post (self);
  g_assert_cmpint (get_payment (self)->withdrawn, ==, 0);

  billing_test_facts_put_move (self->mirror, "txn_1", "dispute", "dp_1", NOW + 20, -25000);
  g_assert_cmpuint (post (self), ==, 2);
  g_assert_cmpint (get_payment (self)->withdrawn, ==, 0);
}

/* Lost: what was withdrawn stays withdrawn. The money of an inquiry never moves. */
static void
test_dispute_lost (Fixture       *self,
                   gconstpointer  data)
{
  put (self, charge_of (self, "ch_1", 25000));
  billing_test_facts_put_dispute (self->mirror, "dp_1", "lost", "ch_1", NOW + 20, 10000);
  billing_test_facts_put_move (self->mirror, "txn_1", "dispute", "dp_1", NOW + 20, -10000);
  post (self);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpint (get_payment (self)->withdrawn, ==, 10000);
  g_assert_cmpstr (get_payment (self)->dispute, ==, "lost");
}

/* The books are kept and the program dies before the mirror's queue is emptied: the second look
 * changes nothing. Here the queue is filled again by hand, which is the same. */
static void
test_crash_between (Fixture       *self,
                    gconstpointer  data)
{
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 10000, NULL, "ch_1", NULL, NULL };

  put (self, charge_of (self, "ch_1", 25000));
  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  for (guint i = 0; i < 3; i++)
    {
      billing_test_facts_queue_all (self->mirror);
      g_assert_cmpuint (post (self), ==, 0);
    }
  assert_payment (self, BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 10000);
}

static BillingAct *
assign (const char *charge,
        const char *patient,
        const char *payment)
{
  BillingAct *act = billing_act_new (BILLING_VERB_CHARGE_ASSIGN, charge);

  act->patient = g_strdup (patient);
  act->reference = g_strdup (payment);
  return act;
}

/* A charge that is nobody's is given to a payment: it pays it, at once. Nobody can give it away a
 * second time. */
static void
test_assign_to_payment (Fixture       *self,
                        gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 20000);
  g_autoptr (BillingAct) act = assign ("ch_1", NULL, self->number);
  g_autoptr (BillingAct) again = assign ("ch_1", self->practice.patient, NULL);

  charge.payment = NULL;
  put (self, charge);
  post (self);
  billing_test_practice_do (&self->practice, act);
  g_assert_cmpstr (act->result, ==, self->number);
  assert_payment (self, BILLING_STATUS_PAID, 20000, 20000, 0);
  billing_test_practice_assert_payment (&self->practice, "PAY-002", BILLING_STATUS_PENDING, 5000, 0,
                                        0);
  g_free (find_event (self, "charge-assign", 1));
  billing_test_practice_do_refused (&self->practice, again, BILLING_DESK_ERROR_INVALID);
}

/* Given to a patient it is their credit; refunded in Stripe, it goes from there. */
static void
test_assign_to_patient (Fixture       *self,
                        gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 20000);
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 5000, NULL, "ch_1", NULL, NULL };
  g_autoptr (BillingAct) act = assign ("ch_1", self->practice.patient, NULL);

  charge.payment = NULL;
  put (self, charge);
  billing_test_practice_do (&self->practice, act);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 20000);
  assert_payment (self, BILLING_STATUS_PENDING, 25000, 0, 0);

  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 15000);
}

/* What brought no money, has an owner, was refunded wholly, is in another currency or is not there
 * at all cannot be given to anybody, nor to two at once, nor to a payment that wants no money; then
 * nothing is written. */
static void
test_assign_refused (Fixture       *self,
                     gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_owned", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 100, NULL, "ch_gone", NULL, NULL };
  g_autofree char *closed = billing_test_practice_create_payment (&self->practice, 100, FALSE);
  const char * const tries[][3] = {
    { "ch_owned", self->practice.patient, NULL }, { "ch_failed", self->practice.patient, NULL },
    { "ch_gone", self->practice.patient, NULL }, { "ch_euro", self->practice.patient, NULL },
    { "ch_none", self->practice.patient, NULL }, { "ch_free", self->practice.patient, self->number },
    { "ch_free", NULL, NULL }, { "ch_free", NULL, closed }, { "ch_euro", NULL, self->number },
  };
  g_autoptr (BillingAct) cancel = billing_act_new (BILLING_VERB_PAYMENT_CANCEL, closed);

  billing_test_practice_do (&self->practice, cancel);
  charge.status = "pending";
  put (self, charge);
  charge = (BillingTestCharge) { .id = "ch_failed", .status = "failed", .created = NOW, .amount = 100 };
  put (self, charge);
  charge = (BillingTestCharge) { .id = "ch_gone", .status = "succeeded", .created = NOW, .amount = 100, .captured = 100 };
  put (self, charge);
  charge.id = "ch_free";
  put (self, charge);
  charge.id = "ch_euro";
  charge.currency = "eur";
  put (self, charge);
  billing_test_facts_put_refund (self->mirror, &refund);
  post (self);

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (BillingAct) act = assign (tries[i][0], tries[i][1], tries[i][2]);

      billing_test_practice_do_refused (&self->practice, act, BILLING_DESK_ERROR_INVALID);
    }
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

static void
assert_suggested (Fixture                 *self,
                  const char              *charge,
                  BillingSuggestionReason  reason,
                  const char              *payment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = billing_desk_suggest (self->practice.desk, charge, &error);
  BillingSuggestion *first;

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, >, 0);
  first = found->pdata[0];
  g_assert_cmpint (first->reason, ==, reason);
  g_assert_cmpstr (first->patient_id, ==, self->practice.patient);
  g_assert_cmpstr (first->payment, ==, payment);
}

/* Whose a charge may be: by an earlier charge of the same customer, by e-mail, by name however it
 * is written, or only by the amount. Nobody fits: nobody is suggested. */
static void
test_suggest (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (BillingAct) act = assign ("ch_0", self->practice.patient, NULL);
  g_autoptr (GPtrArray) none = NULL;

  put (self, (BillingTestCharge) { .id = "ch_mail", .status = "succeeded", .created = NOW, .amount = 25000,
                                   .captured = 25000, .email = "ZOE@example.org" });
  put (self, (BillingTestCharge) { .id = "ch_name", .status = "succeeded", .created = NOW, .amount = 100, .captured = 100,
                                   .name = "zoe angstrom", .email = "other@example.org" });
  put (self, (BillingTestCharge) { .id = "ch_amount", .status = "succeeded", .created = NOW, .amount = 25000,
                                   .captured = 25000 });
  put (self, (BillingTestCharge) { .id = "ch_nobody", .status = "succeeded", .created = NOW, .amount = 77,
                                   .captured = 77, .name = "Somebody \\\"Else" });
  put (self, (BillingTestCharge) { .id = "ch_0", .status = "succeeded", .created = NOW, .amount = 100, .captured = 100,
                                   .customer = "cus_1" });
  put (self, (BillingTestCharge) { .id = "ch_customer", .status = "succeeded", .created = NOW, .amount = 100,
                                   .captured = 100, .customer = "cus_1" });
  billing_test_practice_do (&self->practice, act);

  assert_suggested (self, "ch_mail", BILLING_SUGGESTION_EMAIL, self->number);
  assert_suggested (self, "ch_name", BILLING_SUGGESTION_NAME, self->number);
  assert_suggested (self, "ch_amount", BILLING_SUGGESTION_AMOUNT, self->number);
  assert_suggested (self, "ch_customer", BILLING_SUGGESTION_CUSTOMER, self->number);
  none = billing_desk_suggest (self->practice.desk, "ch_nobody", NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

static gboolean
tamper_cb (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  return billing_connection_run (connection, error, data, "");
}

/* A breach between the mirror and the books, each in its own way, is found and told; back in order,
 * nothing is. */
static void
test_verify (Fixture       *self,
             gconstpointer  data)
{
  BillingTestCharge charge = charge_of (self, "ch_1", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", NOW + 9, 5000, NULL, "ch_1", NULL, NULL };
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;

  put (self, charge);
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_practice_verify (&self->practice); /* It waits in the queue. */
  post (self);
  billing_test_practice_verify (&self->practice);

  charge.captured = charge.amount = 24000;
  put (self, charge);
  g_assert_true (billing_mirror_drop_queue (self->mirror, G_MAXINT64, &error));
  g_assert_false (billing_desk_verify (self->practice.desk, &report, NULL, &error));
  g_assert_nonnull (strstr (error->message, "ch_1"));
  g_clear_error (&error);
  put (self, charge_of (self, "ch_1", 25000));

  refund.status = "failed";
  billing_test_facts_put_refund (self->mirror, &refund);
  g_assert_true (billing_mirror_drop_queue (self->mirror, G_MAXINT64, &error));
  g_assert_false (billing_desk_verify (self->practice.desk, &report, NULL, &error));
  g_assert_nonnull (strstr (error->message, "re_1"));
  g_clear_error (&error);
  refund.status = "succeeded";
  billing_test_facts_put_refund (self->mirror, &refund);

  billing_store_write (billing_desk_get_store (self->practice.desk), tamper_cb,
                       (gpointer) "UPDATE payments SET withdrawn = 1", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (billing_desk_verify (self->practice.desk, &report, NULL, &error));
  g_assert_nonnull (strstr (error->message, self->number));
  g_clear_error (&error);
  billing_store_write (billing_desk_get_store (self->practice.desk), tamper_cb,
                       (gpointer) "UPDATE payments SET withdrawn = 0", NULL, &error);
  g_assert_no_error (error);
}

static void
list_payout (BillingMirror *mirror,
             const char    *transaction)
{
  g_autoptr (GError) error = NULL;
  BillingConnection *connection = billing_mirror_get_connection (mirror);

  billing_mirror_begin (mirror, &error);
  billing_connection_run (connection, &error, "INSERT INTO payout_items VALUES (?, 'po_1')", "t",
                          transaction);
  billing_connection_run (connection, &error,
                          "INSERT OR IGNORE INTO payout_lists VALUES ('po_1', NULL)", "");
  billing_mirror_commit (mirror, &error);
  g_assert_no_error (error);
}

/* An automatic payout, once it is itemised, is the sum of its transactions; a list without the
 * payout itself is not that. */
static void
test_verify_payout (Fixture       *self,
                    gconstpointer  data)
{
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;

  billing_test_facts_put (self->mirror, "payouts",
                          "{\"id\":\"po_1\",\"object\":\"payout\",\"created\":1,\"amount\":900,"
                          "\"currency\":\"usd\",\"automatic\":true,\"reconciliation_status\":\"completed\"}");
  billing_test_facts_put_move (self->mirror, "txn_1", "charge", "ch_1", NOW, 400);
  billing_test_facts_put_move (self->mirror, "txn_2", "charge", "ch_2", NOW, 500);
  billing_test_facts_put (self->mirror, "balance_transactions",
                          "{\"id\":\"txn_3\",\"object\":\"balance_transaction\",\"type\":"
                          "\"payout\",\"created\":1,\"amount\":-900,\"net\":-900,\"currency\":\"usd\",\"source\":\"po_1\"}");
  list_payout (self->mirror, "txn_1");
  billing_test_practice_verify (&self->practice);
  list_payout (self->mirror, "txn_3");
  g_assert_false (billing_desk_verify (self->practice.desk, &report, NULL, &error));
  g_assert_nonnull (strstr (error->message, "po_1"));
  list_payout (self->mirror, "txn_2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, test) g_test_add ("/desk/posting/" path, Fixture, data, set_up, test, tear_down)

  ADD ("collect", NULL, test_collect);
  ADD ("collect-by-intent", NULL, test_collect_by_intent);
  ADD ("collect-draft", NULL, test_collect_draft);
  ADD ("nobodys", NULL, test_nobodys);
  ADD ("decline", NULL, test_decline);
  ADD ("decline-submitted-again", NULL, test_decline_submitted_again);
  ADD ("capture", NULL, test_capture);
  ADD ("capture-part", NULL, test_capture_part);
  ADD ("voided", NULL, test_let_go);
  ADD ("expired", "automatic", test_let_go);
  ADD ("debit-refused", NULL, test_debit_refused);
  ADD ("debit-returned", NULL, test_debit_returned);
  ADD ("overpaid", NULL, test_overpaid);
  ADD ("late", NULL, test_late);
  ADD ("late-debit", NULL, test_late_debit);
  ADD ("late-used", NULL, test_late_used);
  ADD ("double", NULL, test_double);
  ADD ("currency", NULL, test_currency);
  ADD ("refund-first", NULL, test_refund_first);
  ADD ("refund-fails", NULL, test_refund_fails);
  ADD ("refund-ours", NULL, test_refund_ours);
  ADD ("refund-overtaken", NULL, test_refund_overtaken);
  ADD ("refund-overpaid", NULL, test_refund_overpaid);
  ADD ("refund-overpaid-twice", NULL, test_refund_overpaid_twice);
  ADD ("late-stays-late", NULL, test_late_stays_late);
  ADD ("dispute", NULL, test_dispute);
  ADD ("dispute-backwards", NULL, test_dispute_backwards);
  ADD ("dispute-lost", NULL, test_dispute_lost);
  ADD ("crash-between", NULL, test_crash_between);
  ADD ("assign-to-payment", NULL, test_assign_to_payment);
  ADD ("assign-to-patient", NULL, test_assign_to_patient);
  ADD ("assign-refused", NULL, test_assign_refused);
  ADD ("suggest", NULL, test_suggest);
  ADD ("verify", NULL, test_verify);
  ADD ("verify-payout", NULL, test_verify_payout);

  return g_test_run ();
}
