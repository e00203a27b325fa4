/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-table.h"
#include "billing-test-posting.h"

/* What Stripe says of refunds and disputes, and what our payments say then. */

/* A refund made in Stripe's own pages, heard of before its charge. */
static void
test_refund_first (BillingTestPosting *self,
                   gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 10000, NULL, "ch_1" };

  billing_test_facts_put_refund (self->mirror, &refund);
  g_assert_cmpuint (billing_test_posting_post (self), ==, 0);
  charge.refunded = 10000;
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 10000);
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
approve_refused (BillingTestPosting *self,
                 const char         *reference)
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
test_refund_fails (BillingTestPosting *self,
                   gconstpointer       data)
{
  BillingTestRefund refund = { "re_1", "pending", BILLING_TEST_NOW + 9, 25000, NULL, "ch_1" };

  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 25000));
  billing_test_posting_post (self);
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpint (billing_test_posting_get_payment (self)->waiting, ==, 25000);
  approve_refused (self, "re_1");

  refund.status = "succeeded";
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
  g_assert_cmpint (billing_test_posting_get_payment (self)->waiting, ==, 0);
  billing_test_practice_verify (&self->practice);

  refund.status = "failed";
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

typedef struct {
  BillingTestPosting *fixture;
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
  refund->created_at = BILLING_TEST_NOW;
  if (!billing_table_insert (connection, BILLING_RECORD (refund), error))
    return FALSE;

  reservation->id = g_strdup (billing_record_get_id (BILLING_RECORD (refund)));
  return TRUE;
}

/* A refund that a person asked for here, and that waits. */
static char *
reserve (BillingTestPosting *self,
         gint64              amount)
{
  g_autoptr (GError) error = NULL;
  Reservation reservation = { self, amount, NULL };

  billing_store_write (billing_desk_get_store (self->practice.desk), reserve_cb, &reservation, NULL,
                       &error);
  g_assert_no_error (error);
  return reservation.id;
}

static BillingRefund *
get_refund (BillingTestPosting *self,
            const char         *id)
{
  g_autoptr (GError) error = NULL;
  BillingRecord *record = billing_desk_find (self->practice.desk, id, &error);

  g_assert_no_error (error);
  return BILLING_REFUND (record);
}

/* Our own refund that waits is the one that is posted: its reason and who asked for it stay. */
static void
test_refund_ours (BillingTestPosting *self,
                  gconstpointer       data)
{
  g_autofree char *id = NULL;
  g_autoptr (BillingRefund) row = NULL;
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 10000, NULL, "ch_1" };

  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 25000));
  billing_test_posting_post (self);
  id = reserve (self, 10000);
  refund.refund = id;
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 10000);
  row = get_refund (self, id);
  g_assert_cmpint (row->state, ==, BILLING_REFUND_STATE_POSTED);
  g_assert_cmpint (row->reason, ==, BILLING_REFUND_REASON_PATIENT_REQUEST);
  g_assert_cmpstr (row->reference, ==, "re_1");
  g_assert_cmpstr (row->person, ==, "somebody");
}

/* While ours waits, somebody gives all of it back at Stripe: what waits never exceeds what is
 * left. */
static void
test_refund_overtaken (BillingTestPosting *self,
                       gconstpointer       data)
{
  g_autofree char *id = NULL;
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 25000, NULL, "ch_1" };

  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 25000));
  billing_test_posting_post (self);
  id = reserve (self, 20000);
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
  g_assert_cmpint (billing_test_posting_get_payment (self)->waiting, ==, 0);
}

/* Of an overpaid charge all is refunded: first what paid the payment, the rest from the patient's
 * credit. */
static void
test_refund_overpaid (BillingTestPosting *self,
                      gconstpointer       data)
{
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 30000, NULL, "ch_1" };

  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 30000));
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

/* Given back in two parts of which it hears at once, the second takes what the first left of the
 * payment, and then the credit. */
static void
test_refund_overpaid_twice (BillingTestPosting *self,
                            gconstpointer       data)
{
  BillingTestRefund refund = { "re_1", "succeeded", BILLING_TEST_NOW + 9, 20000, NULL, "ch_1" };

  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 30000));
  billing_test_facts_put_refund (self->mirror, &refund);
  refund.id = "re_2";
  refund.created = BILLING_TEST_NOW + 10;
  refund.amount = 10000;
  billing_test_facts_put_refund (self->mirror, &refund);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 0);
}

/* Money that came late is the patient's for good: when the debit that had paid the payment comes
 * back, it does not pay it by itself. */
static void
test_late_stays_late (BillingTestPosting *self,
                      gconstpointer       data)
{
  BillingTestCharge debit = billing_test_posting_make_charge (self, "py_1", 25000);
  BillingTestCharge late = billing_test_posting_make_charge (self, "ch_2", 25000);

  late.created = BILLING_TEST_NOW + 60;
  billing_test_posting_put (self, debit);
  billing_test_posting_post (self);
  billing_test_posting_put (self, late);
  billing_test_posting_post (self);
  debit.status = "failed";
  billing_test_posting_put (self, debit);
  billing_test_posting_post (self);
  billing_test_facts_queue_all (self->mirror);
  g_assert_cmpuint (billing_test_posting_post (self), ==, 0);
  billing_test_posting_assert (self, BILLING_STATUS_PENDING, 25000, 0, 0);
  g_assert_cmpint (billing_test_practice_get_credit (&self->practice), ==, 25000);
}

/* A dispute, heard of before its charge: the money is withdrawn, the payment stays Paid and says
 * how it stands. Won, it comes back. */
static void
test_dispute (BillingTestPosting *self,
              gconstpointer       data)
{
  BillingTestCharge charge = billing_test_posting_make_charge (self, "ch_1", 25000);

  billing_test_facts_put_move (self->mirror, "txn_1", "dispute", "dp_1",
                               BILLING_TEST_NOW + 20, -25000);
  billing_test_facts_put_dispute (self->mirror, "dp_1", "needs_response", "ch_1",
                                  BILLING_TEST_NOW + 20, 25000);
  g_assert_cmpuint (billing_test_posting_post (self), ==, 0);
  charge.is_disputed = TRUE;
  billing_test_posting_put (self, charge);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpint (billing_test_posting_get_payment (self)->withdrawn, ==, 25000);
  g_assert_cmpstr (billing_test_posting_get_payment (self)->dispute, ==, "needs_response");
  billing_test_practice_verify (&self->practice);

  billing_test_facts_put_dispute (self->mirror, "dp_1", "won", "ch_1",
                                  BILLING_TEST_NOW + 20, 25000);
  billing_test_facts_put_move (self->mirror, "txn_2", "dispute_reversal", "dp_1",
                               BILLING_TEST_NOW + 90, 25000);
  billing_test_posting_post (self);
  g_assert_cmpint (billing_test_posting_get_payment (self)->withdrawn, ==, 0);
  g_assert_cmpstr (billing_test_posting_get_payment (self)->dispute, ==, "won");
}

/* That the money came back may be heard of before it is known that it went. */
static void
test_dispute_backwards (BillingTestPosting *self,
                        gconstpointer       data)
{
  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 25000));
  billing_test_facts_put_dispute (self->mirror, "dp_1", "won", "ch_1",
                                  BILLING_TEST_NOW + 20, 25000);
  billing_test_facts_put_move (self->mirror, "txn_2", "dispute_reversal", "dp_1",
                               BILLING_TEST_NOW + 90, 25000);
  billing_test_posting_post (self);
  g_assert_cmpint (billing_test_posting_get_payment (self)->withdrawn, ==, 0);

  billing_test_facts_put_move (self->mirror, "txn_1", "dispute", "dp_1",
                               BILLING_TEST_NOW + 20, -25000);
  g_assert_cmpuint (billing_test_posting_post (self), ==, 2);
  g_assert_cmpint (billing_test_posting_get_payment (self)->withdrawn, ==, 0);
}

/* Lost: what was withdrawn stays withdrawn. The money of an inquiry never moves. */
static void
test_dispute_lost (BillingTestPosting *self,
                   gconstpointer       data)
{
  billing_test_posting_put (self, billing_test_posting_make_charge (self, "ch_1", 25000));
  billing_test_facts_put_dispute (self->mirror, "dp_1", "lost", "ch_1",
                                  BILLING_TEST_NOW + 20, 10000);
  billing_test_facts_put_move (self->mirror, "txn_1", "dispute", "dp_1",
                               BILLING_TEST_NOW + 20, -10000);
  billing_test_posting_post (self);
  billing_test_posting_assert (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpint (billing_test_posting_get_payment (self)->withdrawn, ==, 10000);
  g_assert_cmpstr (billing_test_posting_get_payment (self)->dispute, ==, "lost");
}

#define ADD(path, data, test) \
  g_test_add ("/desk/posting-back/" path, BillingTestPosting, data, billing_test_posting_set_up, \
              test, billing_test_posting_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

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

  return g_test_run ();
}
