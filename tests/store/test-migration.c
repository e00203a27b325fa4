/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "billing-kill.h"
#include "billing-migration.h"
#include "billing-store.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-verb-cases.h"
#include "billing-verify.h"

/* Practices of older programs, newer ones, and of several at once. */

/* Kept books of each schema that programs of people had (tests/support/make-practice.c). */
typedef struct {
  const char *file;
  int version;
  gboolean has_stripe; /* an outbox, what Stripe answered, and a charge that was assigned */
  gboolean has_links;  /* an open one and a closed one, and late money that nobody was asked about yet */
  gboolean has_dashboard; /* notifications, and answers to disputes */
  gboolean has_invoices; /* rates, services, invoices, what insurers answered, messages, a merge and a day that is closed */
} Kept;

static const Kept first = { "schema-001.db", 1, FALSE };
static const Kept with_stripe = { "schema-004.db", 4, TRUE };
static const Kept with_links = { "schema-009.db", 9, TRUE, TRUE };
static const Kept with_dashboard = { "schema-010.db", 10, TRUE, TRUE, TRUE };
static const Kept with_invoices = { "schema-014.db", 14, TRUE, TRUE, TRUE, TRUE };

static char *
make_practice_of (const Kept *kept)
{
  char *folder = billing_test_folder ();
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "fixtures", kept->file, NULL);
  g_autofree char *path = g_build_filename (folder, "practice.db", NULL);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (file, &data, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (backups, 0700), ==, 0);
  return folder;
}

static char *
make_old_practice (void)
{
  return make_practice_of (&first);
}

static BillingStore *
open_store (const char *folder)
{
  g_autoptr (GError) error = NULL;
  BillingStore *store = billing_store_open (folder, NULL, &error);

  g_assert_no_error (error);
  return store;
}

static gboolean
verify (BillingConnection  *connection,
        gpointer            data,
        GCancellable       *cancellable,
        GError            **error)
{
  g_autofree char *report = NULL;

  return billing_verify_books (connection, NULL, &report, cancellable, error);
}

static void
assert_whole (BillingStore *store)
{
  g_autoptr (GError) error = NULL;

  billing_store_read (store, verify, NULL, NULL, &error);
  g_assert_no_error (error);
}

static GPtrArray *
list_backups (const char *folder)
{
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (backups, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (backups, name, NULL));
  return names;
}

#define SCHEMA "SELECT group_concat (type || ' ' || name || ' ' || ifnull (sql, ''), char (10))" \
  " FROM (SELECT * FROM sqlite_schema ORDER BY type, name)"

#define N_ROWS "SELECT (SELECT count(*) FROM payments) || ' ' || (SELECT count(*) FROM postings) || ' ' ||" \
  " (SELECT count(*) FROM audit) || ' ' || (SELECT count(*) FROM seals) || ' ' ||" \
  " (SELECT sum (collected) FROM payments) || ' ' || (SELECT group_concat (name) FROM patients)"

#define STRIPE_ROWS "SELECT (SELECT group_concat (kind || ' ' || state || ' ' || amount || ' ' || ifnull (answer, '')) FROM outbox) ||" \
  " (SELECT group_concat (state || ' ' || source || ' ' || amount) FROM attempts) || (SELECT group_concat (reference) FROM refunds) ||" \
  " (SELECT group_concat (charge_id || ' ' || patient_id) FROM assignments) || (SELECT stripe_account FROM practice)"

#define LINK_ROWS "SELECT (SELECT group_concat (state || ' ' || ifnull (why, '') || ' ' || url || ' ' || amount || ' ' || expires_on) FROM links) ||" \
  " (SELECT group_concat (id || ' ' || state || ' ' || amount || ' ' || held) FROM late_money)"

#define DASHBOARD_ROWS "SELECT (SELECT group_concat (key || ' ' || state || ' ' || snoozed_until || ' ' || amount) FROM notices) ||" \
  " (SELECT group_concat (dispute_id || ' ' || state || ' ' || outcome || ' ' || evidence) FROM dispute_answers) ||" \
  " (SELECT group_concat (dispute_id || ' ' || slot || ' ' || document_id) FROM dispute_files)"

#define INVOICE_ROWS "SELECT (SELECT group_concat (number || ' ' || payer_kind || ' ' || retired || ' ' || ifnull (twin_id, '')) FROM rates) ||" \
  " (SELECT group_concat (rate_id || ' ' || ifnull (payer, '') || ' ' || from_on || ' ' || amount) FROM rate_prices) ||" \
  " (SELECT group_concat (number || ' ' || state || ' ' || patient_part || ' ' || insurer_open || ' ' || reviewed_at) FROM services) ||" \
  " (SELECT group_concat (service_id || ' ' || paid || ' ' || adjusted || ' ' || moved) FROM insurer_answers) ||" \
  " (SELECT group_concat (number || ' ' || status || ' ' || amount || ' ' || collected || ' ' || balance) FROM invoices) ||" \
  " (SELECT group_concat (invoice_id || ' ' || service_id || ' ' || amount) FROM invoice_lines) ||" \
  " (SELECT group_concat (number || ' ' || state || ' ' || n_posted || ' ' || posted) FROM remittances) ||" \
  " (SELECT group_concat (id || ' ' || state || ' ' || address || ' ' || subject) FROM messages) ||" \
  " (SELECT group_concat (kind || ' ' || language || ' ' || subject) FROM templates) || (SELECT channel FROM mail_settings) ||" \
  " (SELECT group_concat (from_id || ' ' || into_id || ' ' || taken_back_at) FROM merges) ||" \
  " (SELECT group_concat (day || ' ' || expected || ' ' || counted || ' ' || closed_at) FROM day_closes)"

/* An empty file becomes the newest schema, without a backup of nothing. */
static void
test_empty (void)
{
  char *folder = billing_test_folder ();
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) error = NULL;

  billing_store_create (folder, &error);
  g_assert_no_error (error);
  g_object_unref (open_store (folder));
  g_assert_cmpint (billing_test_integer (folder, "PRAGMA user_version"), ==, billing_migration_get_newest ());
  backups = list_backups (folder);
  g_assert_cmpuint (backups->len, ==, 0);
  billing_test_folder_remove (folder);
}

/* A practice that was migrated has the same schema as one that was made today. */
static void
assert_same_schema (const char *folder)
{
  char *fresh = billing_test_folder ();
  g_autofree char *migrated = billing_test_text (folder, SCHEMA);
  g_autofree char *made = NULL;

  billing_store_create (fresh, NULL);
  g_object_unref (open_store (fresh));
  made = billing_test_text (fresh, SCHEMA);
  g_assert_cmpstr (migrated, ==, made);
  billing_test_folder_remove (fresh);
}

/* The one backup there is is the practice as it was. Where nothing was to be migrated, there is none. */
static void
assert_backed_up (const char *folder,
                  int         version)
{
  g_autoptr (GPtrArray) backups = list_backups (folder);
  char *restored;
  GStatBuf info;

  g_assert_cmpuint (backups->len, ==, version < billing_migration_get_newest () ? 1 : 0);
  if (backups->len == 0)
    return;

  g_assert_cmpint (g_stat (backups->pdata[0], &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  restored = billing_test_folder ();
  billing_store_restore (restored, backups->pdata[0], NULL);
  g_assert_cmpint (billing_test_integer (restored, "PRAGMA user_version"), ==, version);
  billing_test_folder_remove (restored);
}

/* The books of every schema come up to date with all that they said, and what they were before is kept. */
static void
test_old (gconstpointer data)
{
  const Kept *kept = data;
  char *folder = make_practice_of (kept);
  const char *rows = kept->has_invoices    ? N_ROWS " || (" STRIPE_ROWS ") || (" LINK_ROWS ") || (" DASHBOARD_ROWS ") || (" INVOICE_ROWS ")"
                     : kept->has_dashboard ? N_ROWS " || (" STRIPE_ROWS ") || (" LINK_ROWS ") || (" DASHBOARD_ROWS ")"
                     : kept->has_links     ? N_ROWS " || (" STRIPE_ROWS ") || (" LINK_ROWS ")"
                     : kept->has_stripe    ? N_ROWS " || (" STRIPE_ROWS ")"
                                           : N_ROWS;
  g_autofree char *before = billing_test_text (folder, rows);
  g_autofree char *after = NULL;
  g_autoptr (BillingStore) store = NULL;

  g_assert_nonnull (before);
  g_assert_cmpint (billing_test_integer (folder, "PRAGMA user_version"), ==, kept->version);
  store = open_store (folder);
  assert_whole (store);
  g_clear_object (&store);
  g_assert_cmpint (billing_test_integer (folder, "PRAGMA user_version"), ==, billing_migration_get_newest ());
  after = billing_test_text (folder, rows);
  g_assert_cmpstr (before, ==, after);
  assert_same_schema (folder);
  assert_backed_up (folder, kept->version);
  billing_test_folder_remove (folder);
}

/* The closing of a link cannot be withdrawn, so that it is tried where no link is closed. */
static gboolean
is_for (BillingVerb  verb,
        const Kept  *kept)
{
  if (verb == BILLING_VERB_OUTBOX_WITHDRAW)
    return kept->has_stripe && !kept->has_links;
  if (verb == BILLING_VERB_LINK_CANCEL || verb == BILLING_VERB_LATE_KEEP)
    return kept->has_links;
  if (verb == BILLING_VERB_NOTICE_REOPEN)
    return kept->has_dashboard;
  if (verb == BILLING_VERB_INVOICE_WRITE_OFF || verb == BILLING_VERB_SERVICE_TAKE_BACK || verb == BILLING_VERB_MESSAGE_CANCEL ||
      verb == BILLING_VERB_PATIENT_UNMERGE || verb == BILLING_VERB_DAY_REOPEN)
    return kept->has_invoices;

  return verb == BILLING_VERB_PAYMENT_CREATE;
}

/* The day after a migration is like any other: verbs work on the practice of an older program, and what it had still to tell to Stripe can be
 * taken back, its links can be closed, its late money kept and its notifications opened again; what its invoices still ask for can be written
 * off, an insurer's answer taken back, a message stopped, patients parted again and its last day opened. */
static void
test_old_works (gconstpointer data)
{
  const Kept *kept = data;
  char *folder = make_practice_of (kept);
  g_autoptr (BillingDesk) desk = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("UPDATE people SET account = '%s' WHERE role = 'administrator'"
                                          " AND account <> 'boss'", g_get_user_name ());

  /* Whoever made the fixture is not who runs the test. */
  billing_test_sql (folder, sql);
  desk = billing_verb_cases_open (folder);
  for (guint i = 0; i < billing_n_verb_cases; i++)
    {
      if (!is_for (billing_verb_cases[i].verb, kept))
        continue;
      billing_verb_cases_do (desk, &billing_verb_cases[i], &error);
      g_assert_no_error (error);
    }
  assert_whole (billing_desk_get_store (desk));
  g_clear_object (&desk);
  billing_test_folder_remove (folder);
}

/* Money that came too late before anybody was asked about it was kept, and can be looked for. */
static void
test_late (void)
{
  g_autofree char *folder = make_practice_of (&with_stripe);
  g_autofree char *found = NULL;
  BillingStore *store;

  billing_test_sql (folder, "INSERT INTO transactions (pk, at, day, act, person, patient_id, payment_id, source)"
                            " SELECT 9000, 1793000000, '2026-10-26', 'late', 'stripe', patient_id, id, 'ch_x:late' FROM payments LIMIT 1");
  billing_test_sql (folder, "INSERT INTO postings (transaction_pk, account, currency, amount)"
                            " VALUES (9000, 'stripe', 'USD', 700), (9000, 'credit', 'USD', -700)");
  store = open_store (folder);
  g_object_unref (store);
  found = billing_test_text (folder, "SELECT group_concat (id || ' ' || charge_id || ' ' || amount || ' ' || state) FROM late_money");
  g_assert_cmpstr (found, ==, "lat_ch_x ch_x 700 kept");
  billing_test_folder_remove (g_steal_pointer (&folder));
}

/* A practice of a newer program is refused with a sentence, and not a byte of it is changed. */
static void
test_newer (void)
{
  static const char * const modes[] = { "WAL", "DELETE" };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      char *folder = make_old_practice ();
      g_autofree char *path = g_build_filename (folder, "practice.db", NULL);
      g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = 999; PRAGMA journal_mode = %s", modes[i]);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) backups = NULL;
      gsize size_before;
      gsize size_after;

      billing_test_sql (folder, sql);
      g_file_get_contents (path, &before, &size_before, NULL);
      g_assert_null (billing_store_open (folder, NULL, &error));
      g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NEWER);
      g_assert_nonnull (strstr (error->message, "newer version"));
      g_file_get_contents (path, &after, &size_after, NULL);
      g_assert_cmpmem (before, size_before, after, size_after);
      backups = list_backups (folder);
      g_assert_cmpuint (backups->len, ==, 0);
      billing_test_folder_remove (folder);
    }
}

static void
open_child (const char *folder)
{
  g_autoptr (BillingStore) store = open_store (folder);

  assert_whole (store);
}

static gpointer
open_thread (gpointer folder)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (billing_kill_run ("open", folder, 0, &error), ==, BILLING_KILL_FINISHED);
  g_assert_no_error (error);
  return NULL;
}

/* Several programs that open an old practice at once: one migrates it, the others wait; there is a backup of what was, and one that came while
 * some steps were taken already has backed up what it found, which is never the newest schema. */
static void
test_at_once (void)
{
  for (guint round = 0; round < 3; round++)
    {
      char *folder = make_old_practice ();
      GThread *threads[4];
      g_autoptr (GPtrArray) backups = NULL;
      guint n_of_old = 0;

      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("open", open_thread, folder);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        g_thread_join (threads[i]);

      g_assert_cmpint (billing_test_integer (folder, "PRAGMA user_version"), ==, billing_migration_get_newest ());
      backups = list_backups (folder);
      g_assert_cmpuint (backups->len, >, 0);
      for (guint i = 0; i < backups->len; i++)
        {
          char *restored = billing_test_folder ();
          g_autoptr (GError) error = NULL;

          billing_store_restore (restored, backups->pdata[i], &error);
          g_assert_no_error (error);
          g_assert_cmpint (billing_test_integer (restored, "PRAGMA user_version"), <, billing_migration_get_newest ());
          n_of_old += billing_test_integer (restored, "PRAGMA user_version") == 1;
          billing_test_folder_remove (restored);
        }
      g_assert_cmpuint (n_of_old, >, 0);
      billing_test_folder_remove (folder);
    }
}

/* Killed at any statement of a migration, the practice opens the next time, up to date and with all that it said. */
static void
test_killed (void)
{
  BillingKillResult result = BILLING_KILL_KILLED;
  gboolean is_full = g_strcmp0 (g_getenv ("BILLING_TEST_FULL"), "1") == 0;
  guint n_killed = 0;

  for (int at = 1; result == BILLING_KILL_KILLED; at += is_full ? 1 : g_test_rand_int_range (10, 40))
    {
      char *folder = make_old_practice ();
      g_autofree char *before = billing_test_text (folder, N_ROWS);
      g_autofree char *after = NULL;
      g_autoptr (BillingStore) store = NULL;
      g_autoptr (GError) error = NULL;

      result = billing_kill_run ("open", folder, at, &error);
      g_assert_no_error (error);
      n_killed += result == BILLING_KILL_KILLED;
      store = open_store (folder);
      assert_whole (store);
      after = billing_test_text (folder, N_ROWS);
      g_assert_cmpstr (before, ==, after);
      g_clear_object (&store);
      billing_test_folder_remove (folder);
    }
  g_assert_cmpuint (n_killed, >, 3);
}

int
main (int    argc,
      char **argv)
{
  billing_kill_add_child ("open", open_child);
  if (billing_kill_main ())
    return 0;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/migration/empty", test_empty);
  g_test_add_data_func ("/migration/old/first", &first, test_old);
  g_test_add_data_func ("/migration/old/with-stripe", &with_stripe, test_old);
  g_test_add_data_func ("/migration/old/with-links", &with_links, test_old);
  g_test_add_data_func ("/migration/old/with-dashboard", &with_dashboard, test_old);
  g_test_add_data_func ("/migration/old/with-invoices", &with_invoices, test_old);
  g_test_add_data_func ("/migration/old-works/first", &first, test_old_works);
  g_test_add_data_func ("/migration/old-works/with-stripe", &with_stripe, test_old_works);
  g_test_add_data_func ("/migration/old-works/with-links", &with_links, test_old_works);
  g_test_add_data_func ("/migration/old-works/with-dashboard", &with_dashboard, test_old_works);
  g_test_add_data_func ("/migration/old-works/with-invoices", &with_invoices, test_old_works);
  g_test_add_func ("/migration/late", test_late);
  g_test_add_func ("/migration/newer", test_newer);
  g_test_add_func ("/migration/at-once", test_at_once);
  g_test_add_func ("/migration/killed", test_killed);
  return g_test_run ();
}
