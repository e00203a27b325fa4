/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-sync"

#include "config.h"

#include <string.h>

#include "billing-kill.h"
#include "billing-stripe-error.h"
#include "billing-test-mirror.h"

#define DAY (24 * 60 * 60)

static void
pay_many (BillingTestMirror *fixture,
          guint              n)
{
  for (guint i = 0; i < n; i++)
    g_free (billing_test_mirror_pay (fixture, 1000 + i));
}

/* Everything is there once, and its amounts are Stripe's; a round in which nothing happened is one
 * request. */
static void
test_whole (BillingTestMirror *fixture,
            gconstpointer      unused)
{
  g_autofree char *customer = billing_test_mirror_post (fixture, "/v1/customers",
                                                        "name=A&email=a%40b.example");

  pay_many (fixture, 230);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);

  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM charges"), ==, 230);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM payment_intents"),
                   ==, 230);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM balance_transactions"), ==, 230);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM customers"), ==, 1);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT sum (amount) FROM charges"), ==,
                   230 * 1000 + 229 * 115);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM ranges"), ==, 0);
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "charges")->state, ==, "done");
  g_assert_cmpuint (billing_test_mirror_stream (fixture, "charges")->objects, ==, 230);

  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
}

/* However many threads and ranges there are, every object comes once; what automatic payouts
 * consist of adds up to them, and the balance is the sum of its transactions. */
static void
test_ranges (BillingTestMirror *fixture,
             gconstpointer      unused)
{
  billing_test_mirror_pass_days (fixture, 60, 12);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);

  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM charges"), ==,
                   (gint64) billing_sandbox_server_count (fixture->sandbox.server, "charge"));
  g_assert_cmpint (billing_test_mirror_integer (fixture,
                                                "SELECT count (*) FROM balance_transactions"), ==,
                   (gint64) billing_sandbox_server_count (fixture->sandbox.server,
                                                          "balance_transaction"));
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM payouts"), >, 50);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM payout_lists"), ==,
                   billing_test_mirror_integer (fixture,
                                                "SELECT count (*) FROM payouts WHERE automatic = 1"
                                                         " AND reconciliation_status = 'completed'"));
  g_assert_cmpint (billing_test_mirror_integer (
                     fixture, "SELECT count (*) FROM payouts o WHERE automatic = 1 AND amount <> (SELECT sum (b.net)"
                              " FROM payout_items n JOIN balance_transactions b ON b.id = n.transaction_id"
                              " WHERE n.payout = o.id AND b.type <> 'payout')"), ==, 0);
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
}

/* A mirror that was dropped and fetched again says the same as the one that followed the events. */
static void
test_drop (BillingTestMirror *fixture,
           gconstpointer      unused)
{
  g_autofree char *before = NULL, *after = NULL;

  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  billing_test_mirror_pass_days (fixture, 12, 5);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  billing_test_mirror_pass_days (fixture, 3, 5);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  before = billing_test_mirror_dump (fixture);

  billing_test_mirror_drop (fixture);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  after = billing_test_mirror_dump (fixture);
  g_assert_cmpstr (after, ==, before);
}

typedef struct
{
  GCancellable *cancellable;
  int left;
} Stop;

static void
stop_cb (const char *stream,
         guint64     objects,
         guint64     requests,
         gpointer    data)
{
  Stop *stop = data;

  if (--stop->left == 0)
    g_cancellable_cancel (stop->cancellable);
}

/* Whatever page a backfill is stopped behind, the next round goes on there, and the result is the
 * same. */
static void
test_stop (BillingTestMirror *fixture,
           gconstpointer      unused)
{
  g_autofree char *whole = NULL;
  gboolean stopped = TRUE;

  billing_test_mirror_pass_days (fixture, 8, 40);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  whole = billing_test_mirror_dump (fixture);

  for (int n = 1; stopped; n += 3)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autofree char *dump = NULL;
      g_autoptr (GError) error = NULL;
      Stop stop = { cancellable, n };

      billing_test_mirror_drop (fixture);
      billing_stripe_sync_summary_clear (&fixture->summary);
      stopped = !billing_stripe_sync (fixture->client, fixture->mirror, BILLING_STRIPE_SYNC_QUICK,
                                      stop_cb, &stop, &fixture->summary, cancellable, &error);
      if (stopped)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
      dump = billing_test_mirror_dump (fixture);
      g_assert_cmpstr (dump, ==, whole);
    }
}

/* Everything is listed again; what Stripe has no longer is buried, what was deleted here comes
 * back. */
static void
test_full (BillingTestMirror *fixture,
           gconstpointer      unused)
{
  billing_test_mirror_pass_days (fixture, 3, 5);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);

  billing_test_mirror_run (fixture,
                           "INSERT INTO charges (id, fetched, json) VALUES ('ch_gone', 1, '{}')");
  billing_test_mirror_run (fixture, "DELETE FROM charges WHERE pk = 2");
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT deleted FROM charges WHERE id = 'ch_gone'"), ==, 0);

  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_FULL);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT deleted FROM charges WHERE id = 'ch_gone'"), ==, 1);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM charges WHERE deleted = 0"), ==,
                   (gint64) billing_sandbox_server_count (fixture->sandbox.server, "charge"));
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
}

/* A full round that was stopped is finished by a quick one, up to what is no longer there. */
static void
test_full_stopped (BillingTestMirror *fixture,
                   gconstpointer      unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Stop stop = { cancellable, 3 };

  billing_test_mirror_pass_days (fixture, 3, 5);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  billing_test_mirror_run (fixture,
                           "INSERT INTO charges (id, fetched, json) VALUES ('ch_gone', 1, '{}')");

  billing_stripe_sync_summary_clear (&fixture->summary);
  g_assert_false (billing_stripe_sync (fixture->client, fixture->mirror, BILLING_STRIPE_SYNC_FULL,
                                       stop_cb, &stop, &fixture->summary, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM ranges"), >, 0);

  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT deleted FROM charges WHERE id = 'ch_gone'"), ==, 1);
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
}

/* Once a day what is young is compared: what was missed is put right and counted, and the sentence
 * for the window says so. */
static void
test_audit (BillingTestMirror *fixture,
            gconstpointer      unused)
{
  g_autofree char *text = NULL, *again = NULL;

  billing_test_mirror_pass_days (fixture, 3, 5);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  billing_test_mirror_run (fixture, "UPDATE state SET value = '1' WHERE name = 'audit_at'");
  billing_test_mirror_run (fixture, "DELETE FROM charges WHERE pk = 2");
  billing_test_mirror_run (fixture, "UPDATE stripe_refunds SET json = '{}', status = 'pending' WHERE pk = 1");
  billing_test_mirror_run (fixture, "INSERT INTO charges (id, fetched, created, json)"
                                    " SELECT 'ch_gone', 1, max (created), '{}' FROM charges");
  billing_test_mirror_run (fixture, "DELETE FROM payout_items WHERE transaction_id = (SELECT n.transaction_id"
                                    " FROM payout_items n JOIN payouts o ON o.id = n.payout JOIN balance_transactions b"
                                    " ON b.id = n.transaction_id WHERE b.type = 'charge'"
                                    " AND o.reconciliation_status = 'completed' LIMIT 1)");

  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), >, 1);
  text = billing_test_mirror_text (fixture, "SELECT value FROM state WHERE name = 'audit_text'");
  g_assert_nonnull (strstr (text, "4 had been missed and were put right. The balance is the sum"));
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM charges WHERE deleted = 0"), ==, 15);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM stripe_refunds WHERE status = 'pending'"),
                   ==, 0);

  /* The next round lists the payout that did not add up. */
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 2);
  g_assert_cmpint (billing_test_mirror_integer (fixture,
                     "SELECT count (*) FROM payouts o WHERE o.reconciliation_status = 'completed' AND o.amount <>"
                     " (SELECT ifnull (sum (b.net), 0) FROM payout_items n JOIN balance_transactions b ON b.id = n.transaction_id"
                     " WHERE n.payout = o.id AND b.type <> 'payout')"), ==, 0);
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);

  /* A transaction that is missing shows in the sums. */
  billing_test_mirror_run (fixture,
                           "INSERT INTO balance_transactions (id, fetched, json, net, currency)"
                                    " VALUES ('txn_x', 1, '{}', 5, 'usd')");
  billing_test_mirror_run (fixture, "UPDATE state SET value = '1' WHERE name = 'audit_at'");
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  again = billing_test_mirror_text (fixture,
                                    "SELECT value FROM state WHERE name = 'audit_balance'");
  g_assert_cmpstr (again, ==, "usd");
}

/* A key of the other mode, or of another account, changes nothing. */
static void
test_other_account (BillingTestMirror *fixture,
                    gconstpointer      unused)
{
  g_autoptr (GError) mode_error = NULL, account_error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  g_free (billing_test_mirror_pay (fixture, 100));
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  before = billing_test_mirror_dump (fixture);

  g_free (billing_test_mirror_pay (fixture, 200));
  billing_test_mirror_run (fixture, "UPDATE state SET value = '1' WHERE name = 'livemode'");
  g_assert_false (billing_test_mirror_try (fixture, BILLING_STRIPE_SYNC_QUICK, NULL, &mode_error));
  g_assert_error (mode_error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY);
  g_assert_cmpuint (fixture->summary.requests, ==, 0);

  billing_test_mirror_run (fixture, "UPDATE state SET value = '0' WHERE name = 'livemode'");
  billing_test_mirror_run (fixture,
                           "UPDATE state SET value = 'acct_other' WHERE name = 'account_id'");
  g_assert_false (billing_test_mirror_try (fixture, BILLING_STRIPE_SYNC_FULL, NULL,
                                           &account_error));
  g_assert_error (account_error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY);
  after = billing_test_mirror_dump (fixture);
  g_assert_cmpstr (after, ==, before);
}

static void
sync_child (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "url", NULL), *url = NULL;
  g_auto (BillingStripeSyncSummary) summary = { 0 };
  g_autoptr (BillingStripeClient) client = NULL;
  g_autoptr (BillingMirror) mirror = NULL;
  g_autoptr (GError) error = NULL;
  BillingTestClock clock;

  g_file_get_contents (path, &url, NULL, &error);
  billing_test_clock_init (&clock);
  client = billing_stripe_client_new_full (url, BILLING_TEST_SANDBOX_KEY, 5, &clock.clock, &error);
  mirror = billing_mirror_open (folder, &error);
  if (!billing_stripe_sync (client, mirror, BILLING_STRIPE_SYNC_QUICK, NULL, NULL, &summary, NULL,
                            &error))
    g_error ("%s", error->message);
  g_clear_object (&client);
  billing_test_clock_clear (&clock);
}

/* A process that is killed at any statement of a backfill leaves a mirror with which the next one
 * ends at the same. */
static void
test_kill (BillingTestMirror *fixture,
           gconstpointer      unused)
{
  g_autofree char *whole = NULL, *path = g_build_filename (fixture->folder, "url", NULL);
  gboolean is_full = g_getenv ("BILLING_TEST_FULL") != NULL;
  BillingKillResult result = BILLING_KILL_KILLED;
  g_autoptr (GError) error = NULL;

  billing_test_mirror_pass_days (fixture, 3, 40);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  whole = billing_test_mirror_dump (fixture);
  g_file_set_contents (path, fixture->sandbox.url, -1, &error);
  g_assert_no_error (error);

  for (int at = 1; result == BILLING_KILL_KILLED; at += is_full ? 7 : 97)
    {
      g_autofree char *dump = NULL;

      billing_test_mirror_drop (fixture);
      billing_mirror_close (g_steal_pointer (&fixture->mirror));
      result = billing_kill_run ("sync", fixture->folder, at, &error);
      g_assert_no_error (error);
      g_assert_cmpint (result, !=, BILLING_KILL_FAILED);

      fixture->mirror = billing_mirror_open (fixture->folder, &error);
      g_assert_no_error (error);
      billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
      dump = billing_test_mirror_dump (fixture);
      g_assert_cmpstr (dump, ==, whole);
    }
}

#define ADD(name, func) \
  g_test_add (name, BillingTestMirror, NULL, billing_test_mirror_set_up, func, \
              billing_test_mirror_tear_down)

int
main (int argc, char **argv)
{
  billing_kill_add_child ("sync", sync_child);
  if (billing_kill_main ())
    return 0;

  g_test_init (&argc, &argv, NULL);
  ADD ("/stripe/sync/whole", test_whole);
  ADD ("/stripe/sync/ranges", test_ranges);
  ADD ("/stripe/sync/drop", test_drop);
  ADD ("/stripe/sync/stop", test_stop);
  ADD ("/stripe/sync/kill", test_kill);
  ADD ("/stripe/sync/full", test_full);
  ADD ("/stripe/sync/full-stopped", test_full_stopped);
  ADD ("/stripe/sync/audit", test_audit);
  ADD ("/stripe/sync/other-account", test_other_account);
  return g_test_run ();
}
