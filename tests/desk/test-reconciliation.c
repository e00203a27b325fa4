/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-books.h"
#include "billing-day.h"
#include "billing-desk-posting.h"
#include "billing-desk-private.h"
#include "billing-reconcile.h"
#include "billing-test-facts.h"
#include "billing-test-stripe.h"

/* Stripe's ledger against its balance, its payouts and our books: where all is well it comes to 0.00, and where it is not the rows are named. */

#define DAY (24 * 60 * 60)

/* A round: what is new is fetched and posted. */
static void
sync_all (Fixture               *self,
          BillingStripeSyncMode  mode)
{
  g_auto (BillingStripeSyncSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;
  guint64 n_posted;

  billing_stripe_sync (self->stripe.client, self->mirror, mode, NULL, NULL, &summary, NULL, &error);
  g_assert_no_error (error);
  billing_desk_post_stripe (self->practice.desk, self->mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);
}

/* Someone pays @amount of a payment of ours, or, without @number, of nobody's. Returns: (transfer full): the intent's id */
static char *
pay (Fixture    *self,
     const char *number,
     gint64      amount,
     const char *currency,
     const char *method,
     const char *more)
{
  g_autofree char *id = number != NULL ? billing_test_facts_get_id (&self->practice, number) : NULL;
  g_autofree char *ours = id != NULL ? g_strconcat ("&metadata[billing_payment]=", id, NULL) : g_strdup ("");
  g_autofree char *form =
    g_strdup_printf ("amount=%" G_GINT64_FORMAT "&currency=%s&confirm=true&payment_method=%s&payment_method_types[0]=card%s%s",
                     amount, currency, method, ours, more);

  return billing_test_mirror_post (&self->stripe, "/v1/payment_intents", form);
}

static char *
pay_new (Fixture    *self,
         gint64      amount,
         const char *method)
{
  g_autofree char *number = billing_test_practice_create_payment (&self->practice, amount, FALSE);

  return pay (self, number, amount, "usd", method, "");
}

static void
refund (Fixture    *self,
        const char *intent,
        gint64      amount)
{
  g_autofree char *form = g_strdup_printf ("payment_intent=%s&amount=%" G_GINT64_FORMAT, intent, amount);

  g_free (billing_test_mirror_post (&self->stripe, "/v1/refunds", form));
}

/* A week of a practice: paid, refunded in part and whole, a refund that fails and one that waits, captured in part, disputed, of nobody, in
 * another currency; paid out each night. */
static void
live_a_week (Fixture *self)
{
  g_autofree char *mine = pay (self, self->number, 25000, "usd", "pm_card_visa", "");
  g_autofree char *number = billing_test_practice_create_payment (&self->practice, 9000, FALSE);
  g_autofree char *held = pay (self, number, 9000, "usd", "pm_card_visa", "&capture_method=manual");
  g_autofree char *path = g_strdup_printf ("/v1/payment_intents/%s/capture", held);
  g_autofree char *failing = NULL, *waiting = NULL;

  g_free (pay_new (self, 4200, "pm_card_createDispute"));
  g_free (pay (self, NULL, 3100, "usd", "pm_card_visa", ""));
  g_free (pay (self, NULL, 7700, "eur", "pm_card_visa", ""));
  g_free (billing_test_mirror_post (&self->stripe, path, "amount_to_capture=6000"));
  pass (self, DAY);
  sync_all (self, BILLING_STRIPE_SYNC_QUICK);

  refund (self, mine, 5000);
  failing = pay_new (self, 8000, "pm_card_refundFail");
  waiting = pay_new (self, 7000, "pm_card_pendingRefund");
  pass (self, 3 * DAY);
  sync_all (self, BILLING_STRIPE_SYNC_QUICK);
  refund (self, failing, 8000);
  pass (self, 3600);
  refund (self, mine, 20000);
  refund (self, waiting, 7000);
  sync_all (self, BILLING_STRIPE_SYNC_QUICK);
  pass (self, 3 * DAY);
  g_free (pay_new (self, 1500, "pm_card_visa"));
  sync_all (self, BILLING_STRIPE_SYNC_QUICK);
}

static BillingReconciliation *
reconcile (Fixture    *self,
           const char *currency,
           int         from,
           int         to)
{
  g_autofree char *today = billing_desk_get_today (self->practice.desk);
  g_autofree char *first = billing_day_add (today, from);
  g_autofree char *last = billing_day_add (today, to);
  g_autoptr (GError) error = NULL;
  BillingReconciliation *result = billing_desk_reconcile (self->practice.desk, currency, first, last, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static void
print_lines (BillingReconciliation *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      BillingReconciliationLine *line = self->lines->pdata[i];

      g_test_message ("%s %s %s amount %" G_GINT64_FORMAT " difference %" G_GINT64_FORMAT " %s", line->part, line->what,
                      line->about != NULL ? line->about : "", line->amount, line->difference, line->note != NULL ? line->note : "");
    }
}

static BillingReconciliationLine *
find_line (BillingReconciliation *self,
           const char            *part,
           const char            *what)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      BillingReconciliationLine *line = self->lines->pdata[i];

      if (g_str_equal (line->part, part) && g_str_equal (line->what, what))
        return line;
    }

  print_lines (self);
  g_error ("there is no line %s %s", part, what);
}

static void
assert_fits (BillingReconciliation *self)
{
  gint64 sum = 0;

  if (!billing_reconciliation_fits (self))
    print_lines (self);
  g_assert_cmpstr (self->incomplete, ==, NULL);
  g_assert_cmpstr (self->unanchored, ==, NULL);
  g_assert_cmpint (self->difference, ==, 0);
  g_assert_cmpuint (self->n_breaches, ==, 0);

  for (guint i = 0; i < self->lines->len; i++)
    {
      BillingReconciliationLine *line = self->lines->pdata[i];

      if (g_str_equal (line->part, BILLING_RECONCILIATION_MOVED))
        sum += line->amount;
    }
  g_assert_cmpint (self->start + sum, ==, self->end);
}

/* A week with everything in it comes to 0.00, whichever days are asked for, and days that follow each other hand the balance on. */
static void
test_week (Fixture       *self,
           gconstpointer  data)
{
  gint64 before = 0;

  live_a_week (self);
  {
    g_autoptr (BillingReconciliation) whole = reconcile (self, NULL, -30, 1);
    g_autofree char *sentence = billing_reconciliation_describe (whole);

    assert_fits (whole);
    g_assert_cmpint (whole->start, ==, 0);
    g_assert_cmpint (whole->end, ==, whole->stripe);
    g_assert_nonnull (strstr (sentence, "0.00"));
    g_assert_cmpint (find_line (whole, "moved", "charges")->amount, ==, 25000 + 6000 + 4200 + 3100 + 8000 + 7000 + 1500);
    g_assert_cmpint (find_line (whole, "moved", "refunds")->amount, ==, -25000 - 7000);
    g_assert_cmpint (find_line (whole, "moved", "disputes")->amount, ==, -4200);
    g_assert_cmpint (find_line (whole, "moved", "fees")->amount, <, 0);
    g_assert_cmpint (find_line (whole, "moved", "payouts")->amount, <, 0);
    g_assert_cmpint (find_line (whole, "books", "unassigned")->amount, ==, 3100);
    g_assert_cmpint (find_line (whole, "books", "books")->amount, ==, find_line (whole, "books", "stripe")->amount);
    g_assert_cmpuint (whole->n_payouts, >, 1);
    g_assert_cmpuint (whole->n_matched, ==, whole->n_payouts);
  }

  for (int day = -9; day <= 1; day++)
    {
      g_autoptr (BillingReconciliation) one = reconcile (self, NULL, day, day);

      assert_fits (one);
      g_assert_cmpint (one->start, ==, before);
      before = one->end;
    }
}

/* Each currency is a balance of its own. */
static void
test_currencies (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (BillingReconciliation) euros = NULL;
  g_auto (GStrv) currencies = NULL;

  live_a_week (self);
  euros = reconcile (self, "EUR", -30, 1);
  assert_fits (euros);
  g_assert_cmpint (find_line (euros, "moved", "charges")->amount, ==, 7700);

  currencies = billing_desk_list_stripe_currencies (self->practice.desk, NULL);
  g_assert_cmpuint (g_strv_length (currencies), ==, 2);
  g_assert_true (g_strv_contains ((const char * const *) currencies, "EUR"));
}

/* A payout by hand is said not to be itemised; one that was cancelled, or failed, came back, and fits. */
static void
test_payouts (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (BillingReconciliation) result = NULL;
  g_autofree char *cancelled = NULL;
  g_autofree char *path = NULL;

  live_a_week (self);
  g_free (pay_new (self, 50000, "pm_card_bypassPending"));
  g_free (billing_test_mirror_post (&self->stripe, "/v1/payouts", "amount=1000&currency=usd"));
  cancelled = billing_test_mirror_post (&self->stripe, "/v1/payouts", "amount=2000&currency=usd");
  path = g_strdup_printf ("/v1/payouts/%s/cancel", cancelled);
  g_free (billing_test_mirror_post (&self->stripe, path, ""));
  sync_all (self, BILLING_STRIPE_SYNC_FULL);

  result = reconcile (self, NULL, -30, 1);
  assert_fits (result);
  g_assert_cmpuint (result->n_unitemised, ==, 2);
  g_assert_cmpuint (result->n_matched, ==, result->n_payouts - 2);
  g_assert_nonnull (find_line (result, "payout", "canceled")->note);
}

/* Where a payout failed that did not come back on the ledger, it is named. */
static void
test_failed_payout (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (BillingReconciliation) result = NULL;
  g_autofree char *failed = NULL;
  BillingReconciliationLine *line;

  live_a_week (self);
  failed = g_strdup_printf ("{\"id\":\"po_failed\",\"object\":\"payout\",\"created\":%" G_GINT64_FORMAT
                            ",\"amount\":1234,\"currency\":\"usd\",\"status\":\"failed\",\"automatic\":false}", self->now - DAY);
  billing_test_facts_put (self->mirror, "payouts", failed);
  {
    g_autoptr (BillingReconciliation) came_back = reconcile (self, NULL, -30, 1);

    assert_fits (came_back);
  }
  billing_test_facts_put_move (self->mirror, "txn_gone", "payout", "po_failed", self->now - DAY, -1234);

  result = reconcile (self, NULL, -30, 1);
  g_assert_cmpint (result->difference, ==, 1234);
  line = find_line (result, "breach", "payout-ledger");
  g_assert_cmpstr (line->about, ==, "po_failed");
  g_assert_cmpint (line->difference, ==, -1234);
}

/* Changes the practice's mirror behind its back. */
static void
alter (Fixture    *self,
       const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (billing_mirror_begin (self->mirror, &error));
  billing_connection_run (billing_mirror_get_connection (self->mirror), &error, sql, "");
  g_assert_no_error (error);
  g_assert_true (billing_mirror_commit (self->mirror, &error));
}

/* A transaction that is not here is named by what names it, with how much the balance and the books lack. */
static void
test_deleted (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (BillingReconciliation) result = NULL;

  live_a_week (self);
  alter (self, "DELETE FROM balance_transactions WHERE type = 'charge' AND amount = 1500");

  result = reconcile (self, NULL, -30, 1);
  g_assert_false (billing_reconciliation_fits (result));
  g_assert_cmpint (result->difference, >, 1300);
  g_assert_cmpint (result->difference, <=, 1500);
  g_assert_cmpint (find_line (result, "breach", "missing")->amount, ==, 1500);
  g_assert_cmpint (find_line (result, "breach", "books")->difference, ==, -1500);
  g_assert_nonnull (find_line (result, "breach", "books")->payment);
}

/* What was changed is named: an amount, and what is in a payout. */
static void
test_altered (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (BillingReconciliation) result = NULL;
  BillingReconciliationLine *line;

  live_a_week (self);
  alter (self, "UPDATE balance_transactions SET net = net + 7, amount = amount + 7 WHERE type = 'charge' AND amount = 3100");
  result = reconcile (self, NULL, -30, 1);
  g_assert_cmpint (result->difference, ==, -7);
  line = find_line (result, "breach", "altered");
  g_assert_cmpint (line->difference, ==, 7);
  line = find_line (result, "breach", "payout-contents");
  g_assert_cmpint (line->difference, ==, 7);
}

/* A net that is not the amount less the fee is named, also where a row elsewhere makes up for it. */
static void
test_torn (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (BillingReconciliation) result = NULL;

  live_a_week (self);
  alter (self, "UPDATE balance_transactions SET fee = fee - 9 WHERE type = 'charge' AND amount = 3100");
  result = reconcile (self, NULL, -30, 1);
  g_assert_cmpint (result->difference, ==, 0);
  g_assert_cmpint (find_line (result, "breach", "torn")->difference, ==, -9);
}

/* Money of ours that the books do not have, and why. */
static void
test_not_posted (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (BillingReconciliation) result = NULL;
  g_autofree char *number = NULL;
  BillingReconciliationLine *line;

  live_a_week (self);
  number = billing_test_practice_create_payment (&self->practice, 6100, FALSE);
  g_free (pay (self, number, 6100, "eur", "pm_card_visa", ""));
  sync_all (self, BILLING_STRIPE_SYNC_QUICK);

  result = reconcile (self, "EUR", -30, 1);
  g_assert_cmpint (result->difference, ==, 0);
  line = find_line (result, "breach", "books");
  g_assert_cmpint (line->difference, ==, 6100);
  g_assert_cmpstr (line->payment, ==, number);
  g_assert_nonnull (strstr (line->note, "USD"));
}

/* Before all of Stripe's past is here nothing is said to be wrong, but how far it is; without a balance nothing is said to be right. */
static void
test_incomplete (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (BillingReconciliation) nothing = reconcile (self, NULL, -30, 1);
  g_autoptr (BillingReconciliation) part = NULL;
  g_autoptr (BillingReconciliation) denied = NULL;
  g_autoptr (BillingReconciliation) loose = NULL;
  g_autofree char *ranges = NULL;

  g_assert_nonnull (nothing->incomplete);
  live_a_week (self);
  alter (self, "UPDATE streams SET state = '' WHERE name = 'balance_transactions'");
  ranges = g_strdup_printf ("INSERT INTO ranges (stream, low, high, reached) VALUES ('balance_transactions', 0, 9, %" G_GINT64_FORMAT ")",
                            self->now - DAY);
  alter (self, ranges);
  alter (self, "DELETE FROM balance_transactions WHERE amount = 1500");
  part = reconcile (self, NULL, -30, 1);
  g_assert_nonnull (strstr (part->incomplete, "balance transactions so far"));
  g_assert_cmpuint (part->n_breaches, ==, 0);
  g_assert_false (billing_reconciliation_fits (part));

  alter (self, "UPDATE streams SET state = 'denied' WHERE name = 'balance_transactions'");
  denied = reconcile (self, NULL, -30, 1);
  g_assert_nonnull (strstr (denied->incomplete, "permission"));

  alter (self, "UPDATE streams SET state = 'done' WHERE name = 'balance_transactions'");
  alter (self, "DELETE FROM singles WHERE name = 'balance'");
  loose = reconcile (self, NULL, -1, -1);
  g_assert_nonnull (loose->unanchored);
  g_assert_false (billing_reconciliation_fits (loose));
}

/* Days that make no sense are refused. */
static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (billing_desk_reconcile (self->practice.desk, NULL, "2026-11-02", "2026-11-01", NULL, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
}

/* What was altered is mended by fetching all of it again: then the books are in order. */
static void
mend (Fixture       *self,
      gconstpointer  data)
{
  alter (self, "DELETE FROM balance_transactions");
  alter (self, "DELETE FROM payouts WHERE id = 'po_failed'");
  alter (self, "DELETE FROM payout_lists");
  sync_all (self, BILLING_STRIPE_SYNC_FULL);
  {
    g_autoptr (BillingReconciliation) result = reconcile (self, NULL, -30, 1);

    g_assert_cmpint (result->difference, ==, 0);
  }
  tear_down (self, data);
}

#define ADD(path, test) g_test_add ("/desk/reconciliation/" path, Fixture, NULL, set_up, test, tear_down)
#define ADD_MENDED(path, test) g_test_add ("/desk/reconciliation/" path, Fixture, NULL, set_up, test, mend)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("week", test_week);
  ADD ("currencies", test_currencies);
  ADD ("payouts", test_payouts);
  ADD_MENDED ("failed-payout", test_failed_payout);
  ADD_MENDED ("deleted", test_deleted);
  ADD_MENDED ("altered", test_altered);
  ADD_MENDED ("torn", test_torn);
  ADD ("not-posted", test_not_posted);
  ADD_MENDED ("incomplete", test_incomplete);
  ADD ("refused", test_refused);

  return g_test_run ();
}
