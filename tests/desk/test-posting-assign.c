/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-posting.h"
#include "billing-mirror-queue.h"
#include "billing-test-posting.h"

/* Charges that are nobody's, and what does not agree between the mirror and the books. */

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
test_assign_to_payment (BillingTestPosting *self,
                        gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 20000);
  g_autoptr (BillingAct) act = assign ("ch_1", NULL, self->number);
  g_autoptr (BillingAct) again = assign ("ch_1", self->practice.patient, NULL);

  charge.payment = NULL;
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_practice_do (&self->practice, act);
  g_assert_cmpstr (act->result, ==, self->number);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 20000, 20000, 0);
  billing_test_practice_assert_payment (&self->practice, "PAY-002", BILLING_STATUS_PENDING, 5000, 0,
                                        0);
  g_free (billing_test_posting_find_event (self, "charge-assign", 1));
  billing_test_practice_do_refused (&self->practice, again, BILLING_DESK_ERROR_INVALID);
}

/* Given to a patient it is their credit; refunded in Stripe, it goes from there. */
static void
test_assign_to_patient (BillingTestPosting *self,
                        gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 20000);
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 5000, NULL, "ch_1" };
  g_autoptr (BillingAct) act = assign ("ch_1", self->practice.patient, NULL);

  charge.payment = NULL;
  billing_test_posting_put (self, charge);
  billing_test_practice_do (&self->practice, act);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 20000);
  billing_test_posting_assert (self, BILLING_STATUS_PENDING, 25000, 0, 0);

  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 15000);
}

/* What brought no money, has an owner, was refunded wholly, is in another currency or is not there
 * at all cannot be given to anybody, nor to two at once, nor to a payment that wants no money; then
 * nothing is written. */
static void
test_assign_refused (BillingTestPosting *self,
                     gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_owned", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 100, NULL, "ch_gone" };
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
  billing_test_posting_put (self, charge);
  charge = (BillingTestCharge) { .id = "ch_failed", .status = "failed", .created = BILLING_TEST_NOW,
                                 .amount = 100 };
  billing_test_posting_put (self, charge);
  charge = (BillingTestCharge) { .id = "ch_gone", .status = "succeeded", .created = BILLING_TEST_NOW,
                                 .amount = 100, .captured = 100 };
  billing_test_posting_put (self, charge);
  charge.id = "ch_free";
  billing_test_posting_put (self, charge);
  charge.id = "ch_euro";
  charge.currency = "eur";
  billing_test_posting_put (self, charge);
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (BillingAct) act = assign (tries[i][0], tries[i][1], tries[i][2]);

      billing_test_practice_do_refused (&self->practice, act, BILLING_DESK_ERROR_INVALID);
    }
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

static void
assert_suggested (BillingTestPosting     *self,
                  const char             *charge,
                  BillingSuggestionReason reason,
                  const char             *payment)
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
test_suggest (BillingTestPosting *self,
              gconstpointer       data)
{
  static const BillingTestCharge charges[] = {
    { .id = "ch_mail", .amount = 25000, .email = "ZOE@example.org" },
    { .id = "ch_name", .amount = 100, .name = "zoe angstrom", .email = "other@example.org" },
    { .id = "ch_amount", .amount = 25000 },
    { .id = "ch_nobody", .amount = 77, .name = "Somebody \\\"Else" },
    { .id = "ch_0", .amount = 100, .customer = "cus_1" },
    { .id = "ch_customer", .amount = 100, .customer = "cus_1" },
  };
  g_autoptr (BillingAct) act = assign ("ch_0", self->practice.patient, NULL);
  g_autoptr (GPtrArray) none = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (charges); i++)
    {
      BillingTestCharge charge = charges[i];

      charge.status = "succeeded";
      charge.created = BILLING_TEST_NOW;
      charge.captured = charge.amount;
      billing_test_posting_put (self, charge);
    }
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
test_verify (BillingTestPosting *self,
             gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 5000, NULL, "ch_1" };
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;

  billing_test_posting_put (self, charge);
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_practice_verify (&self->practice); /* It waits in the queue. */
  billing_test_posting_post (self);
  billing_test_practice_verify (&self->practice);

  charge.captured = charge.amount = 24000;
  billing_test_posting_put (self, charge);
  g_assert_true (billing_mirror_drop_queue (self->mirror, G_MAXINT64, &error));
  g_assert_false (billing_desk_verify (self->practice.desk, &report, NULL, &error));
  g_assert_nonnull (strstr (error->message, "ch_1"));
  g_clear_error (&error);
  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 25000));

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
test_verify_payout (BillingTestPosting *self,
                    gconstpointer       data)
{
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;

  billing_test_facts_put (self->mirror, "payouts",
                          "{\"id\":\"po_1\",\"object\":\"payout\",\"created\":1,\"amount\":900,"
                          "\"currency\":\"usd\",\"automatic\":true,\"reconciliation_status\":\"completed\"}");
  billing_test_facts_put_move (self->mirror, "txn_1", "charge", "ch_1", BILLING_TEST_NOW,
                               400);
  billing_test_facts_put_move (self->mirror, "txn_2", "charge", "ch_2", BILLING_TEST_NOW,
                               500);
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

#define ADD(path, data, test) \
  g_test_add ("/desk/posting-assign/" path, BillingTestPosting, data, billing_test_posting_set_up, \
              test, billing_test_posting_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("assign-to-payment", NULL, test_assign_to_payment);
  ADD ("assign-to-patient", NULL, test_assign_to_patient);
  ADD ("assign-refused", NULL, test_assign_refused);
  ADD ("suggest", NULL, test_suggest);
  ADD ("verify", NULL, test_verify);
  ADD ("verify-payout", NULL, test_verify_payout);

  return g_test_run ();
}
