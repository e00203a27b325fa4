/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-demo.h"
#include "billing-desk-posting.h"
#include "billing-mirror.h"
#include "billing-stripe-records.h"
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

static gboolean
keep_cb (BillingRecord  *record,
         gpointer        data,
         GError        **error)
{
  g_ptr_array_add (data, g_object_ref (record));
  return TRUE;
}

static GPtrArray *
list_disputes (BillingDesk *desk,
               const char  *status)
{
  g_autoptr (BillingQuery) query = billing_desk_query (desk, "disputes");
  GPtrArray *disputes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  g_object_set (query, "status", status, NULL);
  billing_desk_list (desk, query, keep_cb, disputes, NULL, &error);
  g_assert_no_error (error);
  return disputes;
}

/* The clinic that everybody sees first shows each way in which a dispute can stand, each of them a patient's: one that can be
 * answered for some days yet, an inquiry, one under review, one won, and one lost. */
static void
test_disputes (void)
{
  static const char * const statuses[] = { "needs_response", "warning_needs_response", "under_review", "won", "lost" };
  g_autofree char *folder = billing_test_folder ();
  g_autofree char *practice = g_build_filename (folder, "practice", NULL);
  g_autofree char *history = billing_demo_get_history (practice);
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDesk) desk = NULL;
  BillingSandboxOptions options = { .seed = 1, .history = history };
  BillingTestSandbox sandbox = { 0 };

  billing_demo_create (practice, 0, BILLING_DEMO_SEED, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  billing_test_sandbox_start (&sandbox, &options);
  desk = billing_desk_open (practice, NULL, NULL, &error);
  g_assert_no_error (error);
  fetch (desk, sandbox.url);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GPtrArray) disputes = list_disputes (desk, statuses[i]);

      g_test_message ("%s: %u", statuses[i], disputes->len);
      g_assert_cmpuint (disputes->len, >=, 1);
      for (guint k = 0; k < disputes->len; k++)
        {
          BillingDispute *dispute = disputes->pdata[k];

          g_assert_nonnull (dispute->patient_name);
          g_assert_nonnull (dispute->payment);
          g_assert_nonnull (dispute->network_code);
          if (i < 2)
            g_assert_cmpint (dispute->due_at, >, g_get_real_time () / G_USEC_PER_SEC);
        }
    }
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
  g_test_add_func ("/demo-stripe/disputes", test_disputes);

  return g_test_run ();
}
