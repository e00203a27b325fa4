/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "billing-kill.h"
#include "billing-patient.h"
#include "billing-store.h"
#include "billing-table.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-treatment.h"

/* The books as a file that others read, write, damage and take away. */

typedef struct {
  char *folder;
  BillingStore *store;
  GString *changes; /* what was told, one line each */
} Fixture;

static void
changed_cb (BillingStore *store,
            const char   *kind,
            GArray       *pks,
            Fixture      *fixture)
{
  g_string_append (fixture->changes, kind);
  for (guint i = 0; pks != NULL && i < pks->len; i++)
    g_string_append_printf (fixture->changes, " %" G_GINT64_FORMAT, g_array_index (pks, gint64, i));
  g_string_append (fixture->changes, pks == NULL ? " many\n" : "\n");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = billing_test_folder ();
  fixture->changes = g_string_new (NULL);
  billing_store_create (fixture->folder, &error);
  g_assert_no_error (error);
  fixture->store = billing_store_open (fixture->folder, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->store);
  g_string_free (fixture->changes, TRUE);
  billing_test_folder_remove (g_steal_pointer (&fixture->folder));
}

static gboolean
insert_patients (BillingConnection  *connection,
                 gpointer            data,
                 GCancellable       *cancellable,
                 GError            **error)
{
  for (int i = 0; i < GPOINTER_TO_INT (data); i++)
    {
      g_autoptr (BillingRecord) patient = g_object_new (BILLING_TYPE_PATIENT, "name", "Zoë", NULL);

      if (!billing_table_insert (connection, patient, error))
        return FALSE;
    }
  return TRUE;
}

static void
write_patients (BillingStore *store,
                int           n)
{
  g_autoptr (GError) error = NULL;

  billing_store_write (store, insert_patients, GINT_TO_POINTER (n), NULL, &error);
  g_assert_no_error (error);
}

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until something was told, at most so long. */
static void
wait_for_change (Fixture *fixture,
                 guint    seconds)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add_seconds (seconds, timeout_cb, &is_late);

  while (fixture->changes->len == 0 && !is_late)
    g_main_context_iteration (NULL, TRUE);
  if (!is_late)
    g_source_remove (source);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* A commit of this program is told at once, with its rows; a large one as “many”; one that was rolled back not at all. */
static void
test_own_changes (Fixture       *fixture,
                  gconstpointer  data)
{
  write_patients (fixture->store, 2);
  wait_for_change (fixture, 5);
  g_assert_cmpstr (fixture->changes->str, ==, "patients 1 2\n");

  g_string_truncate (fixture->changes, 0);
  write_patients (fixture->store, 1000);
  wait_for_change (fixture, 5);
  g_assert_cmpstr (fixture->changes->str, ==, "patients many\n");
}

static void
write_child (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStore) store = billing_store_open (folder, NULL, &error);

  g_assert_no_error (error);
  write_patients (store, 3);
}

/* A commit of another program is told within a few seconds. */
static void
test_others_changes (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (billing_kill_run ("write", fixture->folder, 0, &error), ==, BILLING_KILL_FINISHED);
  wait_for_change (fixture, 10);
  g_assert_cmpstr (fixture->changes->str, ==, "patients 1 2 3\n");
}

/* Of so many commits of another program that not all of them are remembered, every kind is told. */
static void
test_forgotten_changes (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO changes (kind, row) VALUES ('notes', 1), ('patients', 1);");

  write_patients (fixture->store, 1);
  wait_for_change (fixture, 5);
  g_string_truncate (fixture->changes, 0);

  g_string_append (sql, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)"
                        " INSERT INTO changes (kind, row) SELECT 'payments', i FROM n;"
                        "DELETE FROM changes WHERE pk <= (SELECT max (pk) FROM changes) - 5000;");
  billing_test_sql (fixture->folder, sql->str);
  wait_for_change (fixture, 10);
  g_assert_nonnull (strstr (fixture->changes->str, "payments many\n"));
  g_assert_nonnull (strstr (fixture->changes->str, "notes many\n"));
  g_assert_nonnull (strstr (fixture->changes->str, "patients many\n"));
}

static gboolean
fail (BillingConnection  *connection,
      gpointer            data,
      GCancellable       *cancellable,
      GError            **error)
{
  g_assert_true (insert_patients (connection, GINT_TO_POINTER (1), NULL, error));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no");
  return FALSE;
}

static gboolean
break_commit (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  return insert_patients (connection, GINT_TO_POINTER (1), NULL, error) &&
         billing_connection_execute (connection,
                                     "PRAGMA defer_foreign_keys = ON;"
                                     "INSERT INTO coverages (id, patient_id, payer) VALUES ('cov_1', 'nobody', 'x')",
                                     error);
}

/* Work that fails, and a commit that fails, leave nothing and are told as errors; the next write works. */
static void
test_rolled_back (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = billing_test_dump (fixture->folder);
  g_autofree char *after = NULL;

  g_assert_false (billing_store_write (fixture->store, fail, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (billing_store_write (fixture->store, break_commit, NULL, NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CONSTRAINT);
  after = billing_test_dump (fixture->folder);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (fixture->changes->len, ==, 0);

  write_patients (fixture->store, 1);
  g_assert_cmpint (billing_test_integer (fixture->folder, "SELECT count(*) FROM patients"), ==, 1);
}

static gboolean
read_long (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  gint64 n;

  g_atomic_int_set ((int *) data, TRUE);
  return billing_connection_get_integer (connection, &n, error,
                                         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                                         " SELECT count(*) FROM n", "");
}

static gboolean
count_patients (BillingConnection  *connection,
                gpointer            data,
                GCancellable       *cancellable,
                GError            **error)
{
  return billing_connection_get_integer (connection, data, error, "SELECT count(*) FROM patients", "");
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* A read that is no longer wanted is interrupted, even one that would never end; its connection reads on. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      int is_running = FALSE;
      gint64 n = -1;

      billing_store_read_async (fixture->store, read_long, &is_running, NULL, cancellable, finished_cb, &result);
      while (!g_atomic_int_get (&is_running))
        g_usleep (100);
      g_usleep (2000);
      g_cancellable_cancel (cancellable);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_false (billing_store_read_finish (fixture->store, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);

      billing_store_read (fixture->store, count_patients, &n, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (n, ==, 0);
    }
}

static gboolean
read_until (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  int is_running;
  gboolean success;

  billing_connection_set_deadline (connection, g_get_monotonic_time () + 2000);
  success = read_long (connection, &is_running, cancellable, error);
  billing_connection_set_deadline (connection, 0);
  return success;
}

/* A read that has a deadline ends with it, even one that would never end; its connection reads on. */
static void
test_deadline (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_false (billing_store_read (fixture->store, read_until, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  billing_store_read (fixture->store, count_patients, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 0);
}

/* Who cancelled before it began gets nothing done. */
static void
test_cancelled_before (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 n;

  g_cancellable_cancel (cancellable);
  g_assert_false (billing_store_read (fixture->store, count_patients, &n, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (billing_store_write (fixture->store, insert_patients, GINT_TO_POINTER (1), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (billing_test_integer (fixture->folder, "SELECT count(*) FROM patients"), ==, 0);
}

/* A read sees one moment, whatever is committed meanwhile. */
static gboolean
read_twice (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  gint64 before;
  gint64 after;

  if (!count_patients (connection, &before, NULL, error))
    return FALSE;
  write_patients (data, 5);
  if (!count_patients (connection, &after, NULL, error))
    return FALSE;
  g_assert_cmpint (before, ==, after);
  return TRUE;
}

static void
test_one_moment (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_store_read (fixture->store, read_twice, fixture->store, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
write_by_reader (BillingConnection  *connection,
                 gpointer            data,
                 GCancellable       *cancellable,
                 GError            **error)
{
  return billing_connection_execute (connection, "DELETE FROM patients", error);
}

/* A read cannot write. */
static void
test_reader_writes (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  write_patients (fixture->store, 1);
  g_assert_false (billing_store_read (fixture->store, write_by_reader, NULL, NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (billing_test_integer (fixture->folder, "SELECT count(*) FROM patients"), ==, 1);
}

static sqlite3 *
begin_elsewhere (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "practice.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

static gpointer
commit_later (gpointer db)
{
  g_usleep (300 * 1000);
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  return NULL;
}

/* While another program writes, a write waits its turn; readers do not wait at all. */
static void
test_waits (Fixture       *fixture,
            gconstpointer  data)
{
  sqlite3 *db = begin_elsewhere (fixture->folder);
  GThread *thread = g_thread_new ("other", commit_later, db);
  g_autoptr (GError) error = NULL;
  gint64 n;

  billing_store_read (fixture->store, count_patients, &n, NULL, &error);
  g_assert_no_error (error);
  write_patients (fixture->store, 1);
  g_thread_join (thread);
  sqlite3_close (db);
}

typedef struct {
  BillingStore *store;
  GMutex gate;
  GString *order;
} Queueing;

static gboolean
wait_at_gate (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  Queueing *queueing = data;

  g_mutex_lock (&queueing->gate);
  g_mutex_unlock (&queueing->gate);
  return TRUE;
}

static gboolean
note_person (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  g_string_append (((Queueing *) data)->order, "person ");
  return TRUE;
}

static gboolean
note_posting (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  g_string_append (((Queueing *) data)->order, "posting ");
  return TRUE;
}

static gpointer
post_thread (gpointer data)
{
  Queueing *queueing = data;

  g_assert_true (billing_store_write_at (queueing->store, G_PRIORITY_LOW, note_posting, queueing, NULL, NULL));
  return NULL;
}

/* What a person does goes before what nobody waits for, though it was asked for later. */
static void
test_priority (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GString) order = g_string_new (NULL);
  Queueing queueing = { .store = fixture->store, .order = order };
  GThread *thread;

  g_mutex_init (&queueing.gate);
  g_mutex_lock (&queueing.gate);
  billing_store_write_async (fixture->store, G_PRIORITY_DEFAULT, wait_at_gate, &queueing, NULL, NULL, NULL, NULL);
  thread = g_thread_new ("posting", post_thread, &queueing);
  g_usleep (100000);
  billing_store_write_async (fixture->store, G_PRIORITY_DEFAULT, note_person, &queueing, NULL, NULL, NULL, NULL);
  g_mutex_unlock (&queueing.gate);
  g_thread_join (thread);
  g_assert_cmpstr (order->str, ==, "person posting ");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_mutex_clear (&queueing.gate);
}

/* Where the other program does not come to an end, a person hears of it, and nothing is changed. */
static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  sqlite3 *db = begin_elsewhere (fixture->folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (billing_store_write (fixture->store, insert_patients, GINT_TO_POINTER (1), NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "Another program"));
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close (db);
  write_patients (fixture->store, 1);
}

static void
assert_mode (const char *folder,
             const char *name,
             guint       mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    g_error ("%s is not there", path);
  g_assert_cmphex (info.st_mode & 0777, ==, mode);
}

/* Whatever the account lets others read elsewhere, a practice is its own from the first byte. */
static void
test_modes (void)
{
  char *parent = billing_test_folder ();
  g_autofree char *folder = g_build_filename (parent, "deep", "practice", NULL);
  g_autofree char *backup = g_build_filename (parent, "copy.db", NULL);
  g_autoptr (BillingStore) store = NULL;
  g_autoptr (GError) error = NULL;
  mode_t old = umask (0);

  billing_store_create (folder, &error);
  g_assert_no_error (error);
  assert_mode (folder, "practice.db", 0600);
  store = billing_store_open (folder, NULL, &error);
  g_assert_no_error (error);
  write_patients (store, 1);
  billing_store_back_up (store, backup, &error);
  g_assert_no_error (error);
  umask (old);

  assert_mode (parent, "deep", 0700);
  assert_mode (parent, "deep/practice", 0700);
  assert_mode (folder, "practice.db", 0600);
  assert_mode (folder, "practice.db-wal", 0600);
  assert_mode (folder, "practice.db-shm", 0600);
  assert_mode (folder, "documents", 0700);
  assert_mode (folder, "backups", 0700);
  assert_mode (parent, "copy.db", 0600);
  g_clear_object (&store);
  billing_test_folder_remove (parent);
}

/* When the last program closes a practice, all of it is in its one file. */
static void
test_closed (void)
{
  char *folder = billing_test_folder ();
  g_autofree char *wal = g_build_filename (folder, "practice.db-wal", NULL);
  g_autoptr (BillingStore) store = NULL;

  billing_store_create (folder, NULL);
  store = billing_store_open (folder, NULL, NULL);
  write_patients (store, 1);
  g_assert_true (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_clear_object (&store);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  billing_test_folder_remove (folder);
}

/* There is one practice in a folder, or none. */
static void
test_exists (void)
{
  char *folder = billing_test_folder ();
  g_autoptr (GError) error = NULL;

  g_assert_null (billing_store_open (folder, NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  billing_store_create (folder, &error);
  g_assert_no_error (error);
  g_assert_false (billing_store_create (folder, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_EXISTS);
  billing_test_folder_remove (folder);
}

/* Opens what it may not write; to be run by somebody who is not root. */
static void
read_only_child (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStore) store = NULL;

  /* Modes do not bind root. */
  if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
    g_error ("Cannot become nobody");

  store = billing_store_open (folder, NULL, &error);
  g_assert_null (store);
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, folder));
  g_clear_error (&error);
  g_assert_false (billing_store_create (folder, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_READ_ONLY);
}

/* A folder, or a file, that cannot be written is refused in a sentence that names it. */
static void
test_read_only (void)
{
  static const struct {
    guint folder_mode;
    guint file_mode;
  } modes[] = { { 0500, 0600 }, { 0500, 0400 } };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      char *folder = billing_test_folder ();
      g_autofree char *path = g_build_filename (folder, "practice.db", NULL);
      g_autofree char *documents = g_build_filename (folder, "documents", NULL);
      g_autoptr (GError) error = NULL;

      billing_store_create (folder, NULL);
      g_object_unref (billing_store_open (folder, NULL, NULL));
      if (geteuid () == 0)
        g_assert_true (chown (folder, 65534, 65534) == 0 && chown (path, 65534, 65534) == 0);
      g_remove (documents);
      g_chmod (path, modes[i].file_mode);
      g_chmod (folder, modes[i].folder_mode);
      g_assert_cmpint (billing_kill_run ("read-only", folder, 0, &error), ==, BILLING_KILL_FINISHED);
      g_assert_no_error (error);
      g_chmod (folder, 0700);
      billing_test_folder_remove (folder);
    }
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "own-changes", test_own_changes },
    { "others-changes", test_others_changes },
    { "forgotten-changes", test_forgotten_changes },
    { "rolled-back", test_rolled_back },
    { "cancelled", test_cancelled },
    { "cancelled-before", test_cancelled_before },
    { "deadline", test_deadline },
    { "one-moment", test_one_moment },
    { "reader-writes", test_reader_writes },
    { "waits", test_waits },
    { "priority", test_priority },
    { "busy", test_busy },
  };

  billing_kill_add_child ("write", write_child);
  billing_kill_add_child ("read-only", read_only_child);
  if (billing_kill_main ())
    return 0;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/store/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }
  g_test_add_func ("/store/modes", test_modes);
  g_test_add_func ("/store/closed", test_closed);
  g_test_add_func ("/store/exists", test_exists);
  g_test_add_func ("/store/read-only", test_read_only);
  return g_test_run ();
}
