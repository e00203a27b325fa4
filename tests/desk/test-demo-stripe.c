/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-demo.h"
#include "billing-desk-posting.h"
#include "billing-mirror.h"
#include "billing-stripe-sync.h"
#include "billing-test-folder.h"
#include "billing-test-sandbox.h"

/* The demo practice and a sandbox that has its history agree. */

static gboolean
count_cb (BillingConnection  *connection,
          gpointer            data,
          GCancellable       *cancellable,
          GError            **error)
{
  return billing_connection_get_integer (connection, data, error,
                                         "SELECT count(*) FROM transactions WHERE act NOT LIKE '%dispute%'", "");
}

static gint64
count_entries (BillingDesk *desk)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  billing_store_read (billing_desk_get_store (desk), count_cb, &n, NULL, &error);
  g_assert_no_error (error);
  return n;
}

static void
fetch (BillingDesk *desk,
       const char  *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeClient) client = billing_stripe_client_new (url, BILLING_TEST_SANDBOX_KEY,
                                                                      &error);
  g_autoptr (BillingMirror) mirror = billing_mirror_open (billing_store_get_folder (billing_desk_get_store (desk)), &error);
  g_auto (BillingStripeSyncSummary) summary = { 0 };
  g_autofree char *account = NULL;
  guint64 n_posted;

  g_assert_no_error (error);
  billing_stripe_sync (client, mirror, BILLING_STRIPE_SYNC_QUICK, NULL, NULL, &summary, NULL,
                       &error);
  g_assert_no_error (error);
  billing_desk_post_stripe (desk, mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);

  g_assert_true (billing_mirror_begin (mirror, &error));
  account = billing_mirror_get_state (mirror, "account_id", &error);
  billing_mirror_rollback (mirror);
  g_assert_cmpstr (account, ==, BILLING_DEMO_STRIPE_ACCOUNT);
}

/* What a sandbox tells of the demo's past is what the books say already: nothing is posted a second
 * time but the money of disputes, of which only Stripe knows. */
static void
test_agreed (void)
{
  g_autofree char *folder = billing_test_folder ();
  g_autofree char *practice = g_build_filename (folder, "practice", NULL);
  g_autofree char *history = billing_demo_get_history (practice);
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDesk) desk = NULL;
  BillingSandboxOptions options = { .seed = 1, .history = history };
  BillingTestSandbox sandbox = { 0 };
  gint64 n_entries;

  billing_demo_create (practice, 400, BILLING_DEMO_SEED, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  billing_test_sandbox_start (&sandbox, &options);

  desk = billing_desk_open (practice, NULL, NULL, &error);
  g_assert_no_error (error);
  n_entries = count_entries (desk);
  fetch (desk, sandbox.url);
  g_assert_cmpint (count_entries (desk), ==, n_entries);
  billing_desk_verify (desk, &report, NULL, &error);
  g_assert_no_error (error);

  g_clear_object (&desk);
  billing_test_sandbox_stop (&sandbox);
  billing_test_folder_remove (g_steal_pointer (&folder));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-stripe/agreed", test_agreed);

  return g_test_run ();
}
