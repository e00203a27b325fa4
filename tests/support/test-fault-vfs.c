/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-fault-vfs"

#include "config.h"

#include "billing-fault-vfs.h"
#include "billing-kill.h"
#include "billing-test-folder.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A small set of books: each batch of N_ROWS entries is one transaction, and a trigger keeps a
 * total, so that a transaction that is there by half is seen. */
#define N_ROWS    3
#define N_BATCHES 8

static const char schema[] =
  "BEGIN IMMEDIATE;"
  "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, batch INTEGER NOT NULL,"
  "                                  amount INTEGER NOT NULL, note TEXT NOT NULL) STRICT;"
  "CREATE TABLE IF NOT EXISTS total (id INTEGER PRIMARY KEY, batches INTEGER NOT NULL,"
  "                                  amount INTEGER NOT NULL) STRICT;"
  "INSERT INTO total VALUES (1, 0, 0) ON CONFLICT DO NOTHING;"
  "CREATE TRIGGER IF NOT EXISTS entry_total AFTER INSERT ON entry BEGIN"
  "  UPDATE total SET amount = amount + NEW.amount;"
  "END;"
  "COMMIT;";

static const char batch[] =
  "WITH row (n) AS (VALUES (1), (2), (3))"
  "INSERT INTO entry (batch, amount, note)"
  "  SELECT batches + 1, 100 * batches + n, printf ('%0900d', n) FROM row, total;"
  "UPDATE total SET batches = batches + 1;";

/* When, in syncs, each batch began and was acknowledged. Batches count from 1. */
typedef struct
{
  guint n;
  guint began[4 * N_BATCHES + 1];
  guint returned[4 * N_BATCHES + 1];
} Diary;

static int
run (sqlite3    *db,
     const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL);
}

static void
run_well (sqlite3    *db,
          const char *sql)
{
  const int result = run (db, sql);

  if (result != SQLITE_OK)
    g_error ("%s: %s (%d)", sql, sqlite3_errmsg (db), sqlite3_extended_errcode (db));
}

/* Returns -1 if @sql cannot be run. */
static int
query (sqlite3    *db,
       const char *sql)
{
  sqlite3_stmt *statement = NULL;
  int result = -1;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    result = sqlite3_column_int (statement, 0);

  sqlite3_finalize (statement);

  return result;
}

static sqlite3 *
open_file (const char *folder,
           const char *vfs)
{
  g_autofree char *path = g_build_filename (folder, "books.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs), ==,
                   SQLITE_OK);
  sqlite3_extended_result_codes (db, TRUE);
  sqlite3_busy_timeout (db, 10000);

  return db;
}

/* The WAL is kept so short that checkpoints and new beginnings of it happen all the time. */
static int
set_up (sqlite3    *db,
        const char *synchronous)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA synchronous = %s", synchronous);
  int result = run (db, "PRAGMA journal_mode = WAL");

  if (result == SQLITE_OK)
    result = run (db, pragma);
  if (result == SQLITE_OK)
    result = run (db, "PRAGMA wal_autocheckpoint = 12");
  if (result == SQLITE_OK)
    result = run (db, schema);

  return result;
}

static sqlite3 *
open_books (const char *folder,
            const char *synchronous)
{
  sqlite3 *db = open_file (folder, BILLING_FAULT_VFS_NAME);

  g_assert_cmpint (set_up (db, synchronous), ==, SQLITE_OK);

  return db;
}

static int
add_batch (sqlite3 *db)
{
  int result = run (db, "BEGIN IMMEDIATE");

  if (result == SQLITE_OK)
    result = run (db, batch);
  if (result == SQLITE_OK)
    result = run (db, "COMMIT");

  if (result != SQLITE_OK && !sqlite3_get_autocommit (db))
    run (db, "ROLLBACK");

  return result;
}

static void
add_batches (sqlite3 *db,
             guint    n,
             Diary   *diary)
{
  for (guint i = 0; i < n; i++)
    {
      diary->n++;
      diary->began[diary->n] = billing_fault_vfs_n_syncs ();
      g_assert_cmpint (add_batch (db), ==, SQLITE_OK);
      diary->returned[diary->n] = billing_fault_vfs_n_syncs ();
    }
}

static gboolean
is_whole (sqlite3 *db)
{
  return query (db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1;
}

/* Opens the books as a program that starts again would, and returns how many batches they hold. */
static guint
verify (const char *folder)
{
  sqlite3 *db = open_file (folder, "unix");
  int n_batches = 0;

  g_assert_true (is_whole (db));

  if (query (db, "SELECT count(*) FROM sqlite_schema") > 0)
    {
      n_batches = query (db, "SELECT batches FROM total");

      g_assert_cmpint (n_batches, >=, 0);
      g_assert_cmpint (query (db, "SELECT count(DISTINCT batch) FROM entry"), ==, n_batches);
      g_assert_cmpint (query (db, "SELECT coalesce (max (batch), 0) FROM entry"), ==, n_batches);
      g_assert_cmpint (query (db, "SELECT count(*) FROM entry"), ==, N_ROWS * n_batches);
      g_assert_cmpint (query (db, "SELECT coalesce (sum (amount), 0) FROM entry"), ==,
                       query (db, "SELECT amount FROM total"));
    }

  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  return (guint) n_batches;
}

static guint
get_n_variants (void)
{
  return g_getenv ("BILLING_TEST_FULL") != NULL ? 64 : 4;
}

/* Cuts the power after every sync, in every variant. What the diary says was acknowledged by then
 * must be there, and nothing that began only later can be. */
static void
verify_every_cut (const Diary *diary)
{
  char *after = billing_test_folder ();
  const guint n_syncs = billing_fault_vfs_n_syncs ();

  for (guint k = 0; k <= n_syncs; k++)
    for (guint variant = 0; variant < get_n_variants (); variant++)
      {
        guint n;

        g_assert_true (billing_fault_vfs_restore (k, after, variant));
        n = verify (after);

        for (guint i = 1; i <= diary->n; i++)
          {
            if (diary->returned[i] <= k)
              g_assert_cmpuint (n, >=, i);
            if (diary->began[i] > k)
              g_assert_cmpuint (n, <, i);
          }
      }

  g_assert_false (billing_fault_vfs_restore (n_syncs + 1, after, 0));
  billing_test_folder_remove (after);
}

/* SQLite's side of one file, without a database. */
static sqlite3_file *
open_raw (const char *path,
          int         kind)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (BILLING_FAULT_VFS_NAME);
  sqlite3_file *file = g_malloc0 ((gsize) vfs->szOsFile);

  g_assert_cmpint (vfs->xOpen (vfs, path, file,
                               kind | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), ==,
                   SQLITE_OK);

  return file;
}

static void
close_raw (sqlite3_file *file)
{
  g_assert_cmpint (file->pMethods->xClose (file), ==, SQLITE_OK);
  g_free (file);
}

static void
delete_raw (const char *path,
            gboolean    sync_folder)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (BILLING_FAULT_VFS_NAME);

  g_assert_cmpint (vfs->xDelete (vfs, path, sync_folder), ==, SQLITE_OK);
}

static void
write_raw (sqlite3_file *file,
           const char   *text,
           gint64        offset)
{
  g_assert_cmpint (file->pMethods->xWrite (file, text, (int) strlen (text), offset), ==, SQLITE_OK);
}

static void
sync_raw (sqlite3_file *file)
{
  g_assert_cmpint (file->pMethods->xSync (file, SQLITE_SYNC_NORMAL), ==, SQLITE_OK);
}

/* @text %NULL: there is no such file. */
static void
assert_restored (guint       sync_index,
                 guint       variant,
                 const char *name,
                 const char *text)
{
  char *after = billing_test_folder ();
  g_autofree char *path = g_build_filename (after, name, NULL);
  g_autofree char *contents = NULL;

  g_assert_true (billing_fault_vfs_restore (sync_index, after, variant));
  g_file_get_contents (path, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==, text);

  billing_test_folder_remove (after);
}

/* What was synced is there after a cut; what was not is lost, or there, as the variant says. A file
 * that is already open when the recording begins is taken as it is then. */
static void
test_restore_bytes (void)
{
  char *folder = billing_test_folder ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  sqlite3_file *file = open_raw (path, SQLITE_OPEN_MAIN_DB);

  write_raw (file, "before", 0);
  billing_fault_vfs_record_start (folder);
  write_raw (file, "AB", 0);
  sync_raw (file);
  write_raw (file, "xyz", 6);
  g_assert_cmpint (file->pMethods->xTruncate (file, 8), ==, SQLITE_OK);
  sync_raw (file);
  write_raw (file, "late", 0);
  billing_fault_vfs_record_stop ();
  write_raw (file, "never", 0);
  close_raw (file);

  g_assert_cmpuint (billing_fault_vfs_n_syncs (), ==, 2);
  assert_restored (0, 0, "file", "before");
  assert_restored (0, 1, "file", "ABfore");
  assert_restored (1, 0, "file", "ABfore");
  assert_restored (1, 1, "file", "ABforexy");
  assert_restored (2, 0, "file", "ABforexy");
  assert_restored (2, 1, "file", "laterexy");

  billing_test_folder_remove (folder);
}

/* The sync of one file says nothing of another, nor does it cover what is written after it. */
static void
test_restore_files (void)
{
  char *folder = billing_test_folder ();
  g_autofree char *path_a = g_build_filename (folder, "a", NULL);
  g_autofree char *path_b = g_build_filename (folder, "b", NULL);
  sqlite3_file *a = open_raw (path_a, SQLITE_OPEN_MAIN_DB);
  sqlite3_file *b = open_raw (path_b, SQLITE_OPEN_MAIN_DB);

  /* Not one byte: SQLite takes a file of one byte for an empty one. */
  write_raw (a, "a0", 0);
  write_raw (b, "b0", 0);
  billing_fault_vfs_record_start (folder);
  write_raw (a, "A1", 0);
  write_raw (b, "B1", 0);
  sync_raw (a);
  write_raw (a, "lost", 0);
  sync_raw (b);
  billing_fault_vfs_record_stop ();
  close_raw (a);
  close_raw (b);

  assert_restored (1, 0, "a", "A1");
  assert_restored (1, 0, "b", "b0");
  assert_restored (1, 1, "a", "lost");
  assert_restored (1, 1, "b", "B1");
  assert_restored (2, 0, "a", "A1");
  assert_restored (2, 0, "b", "B1");

  billing_test_folder_remove (folder);
}

/* A name is as durable as its folder: a file that was made and never synced is gone, one that was
 * deleted without a sync of the folder is back, with what was synced of it. A new file of the same
 * name is another file. Journals bring their folder's sync with their own first one. */
static void
test_restore_names (void)
{
  char *folder = billing_test_folder ();
  g_autofree char *books = g_build_filename (folder, "books", NULL);
  g_autofree char *old = g_build_filename (folder, "old", NULL);
  g_autofree char *new = g_build_filename (folder, "books-wal", NULL);
  sqlite3_file *file;

  /* A journal takes its owner and mode from the database it belongs to. */
  g_assert_true (g_file_set_contents (books, "", -1, NULL));
  g_assert_true (g_file_set_contents (old, "old", -1, NULL));
  billing_fault_vfs_record_start (folder);

  file = open_raw (new, SQLITE_OPEN_WAL);
  write_raw (file, "new", 0);
  delete_raw (old, FALSE);
  sync_raw (file);
  close_raw (file);

  delete_raw (new, FALSE);
  file = open_raw (new, SQLITE_OPEN_MAIN_DB);
  write_raw (file, "newer", 0);
  close_raw (file);

  delete_raw (new, TRUE);
  billing_fault_vfs_record_stop ();

  g_assert_cmpuint (billing_fault_vfs_n_syncs (), ==, 2);
  assert_restored (0, 0, "old", "old");
  assert_restored (0, 1, "old", NULL);
  assert_restored (0, 0, "books-wal", NULL);
  assert_restored (0, 1, "books-wal", "new");
  assert_restored (1, 0, "old", NULL);
  assert_restored (1, 0, "books-wal", "new");
  assert_restored (2, 0, "books-wal", NULL);

  billing_test_folder_remove (folder);
}

/* Documents come along as they are; -shm files do not, and nothing stays of an earlier restore. */
static void
test_restore_others (void)
{
  char *folder = billing_test_folder ();
  char *after = billing_test_folder ();
  g_autofree char *documents = g_build_filename (folder, "documents", NULL);
  g_autofree char *document = g_build_filename (documents, "letter.pdf", NULL);
  g_autofree char *copy = g_build_filename (after, "documents", "letter.pdf", NULL);
  g_autofree char *shm = g_build_filename (after, "books.db-shm", NULL);
  g_autofree char *stale = g_build_filename (after, "stale", NULL);
  g_autofree char *contents = NULL;
  sqlite3 *db;

  billing_fault_vfs_record_start (folder);
  db = open_books (folder, "FULL");
  g_assert_cmpint (g_mkdir (documents, 0700), ==, 0);
  g_assert_true (g_file_set_contents (document, "letter", -1, NULL));
  g_assert_true (g_file_set_contents (stale, "stale", -1, NULL));

  g_assert_true (billing_fault_vfs_restore (0, after, 1));
  g_assert_true (g_file_get_contents (copy, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "letter");
  g_assert_false (g_file_test (shm, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));

  billing_fault_vfs_record_stop ();
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  billing_test_folder_remove (after);
  billing_test_folder_remove (folder);
}

/* Over many seeds an unsynced write of three sectors is seen lost, whole and torn, and torn at the
 * sectors only; the same seed always gives the same; bytes beside the write stay. */
static void
test_restore_torn (void)
{
  char *folder = billing_test_folder ();
  char *after = billing_test_folder ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autofree char *copy = g_build_filename (after, "file", NULL);
  g_autofree char *before = g_strnfill (4 * 512, 'a');
  g_autofree char *written = g_strnfill (3 * 512, 'b');
  sqlite3_file *file = open_raw (path, SQLITE_OPEN_MAIN_DB);
  guint n_lost = 0, n_whole = 0, n_torn = 0, n_rubbish = 0;

  write_raw (file, before, 0);
  billing_fault_vfs_record_start (folder);
  write_raw (file, written, 256);
  billing_fault_vfs_record_stop ();
  close_raw (file);

  for (guint variant = 2; variant < 200; variant++)
    {
      g_autofree char *bytes = NULL;
      g_autofree char *again = NULL;
      guint n_sectors = 0, n_bad = 0;
      gsize size;

      g_assert_true (billing_fault_vfs_restore (0, after, variant));
      g_assert_true (g_file_get_contents (copy, &bytes, &size, NULL));
      g_assert_cmpuint (size, ==, 4 * 512);
      g_assert_true (billing_fault_vfs_restore (0, after, variant));
      g_assert_true (g_file_get_contents (copy, &again, &size, NULL));
      g_assert_cmpmem (bytes, 4 * 512, again, size);

      g_assert_cmpmem (bytes, 256, before, 256);
      g_assert_cmpmem (bytes + 7 * 256, 256, before, 256);

      for (guint at = 256; at < 7 * 256; at += at == 256 ? 256 : 512)
        {
          const gsize piece = at == 256 || at == 6 * 256 ? 256 : 512;

          if (memcmp (bytes + at, written, piece) == 0)
            n_sectors++;
          else if (memcmp (bytes + at, before, piece) != 0)
            n_bad++;
        }

      n_rubbish += n_bad > 0;
      n_lost += n_sectors == 0 && n_bad == 0;
      n_whole += n_sectors == 4;
      n_torn += n_sectors > 0 && n_sectors < 4;
    }

  g_assert_cmpuint (n_lost, >, 0);
  g_assert_cmpuint (n_whole, >, 0);
  g_assert_cmpuint (n_torn, >, 0);
  g_assert_cmpuint (n_rubbish, >, 0);

  billing_test_folder_remove (after);
  billing_test_folder_remove (folder);
}

/* WAL with synchronous=FULL keeps what it acknowledged, whenever the power goes: while the database
 * is made, between checkpoints, with a reader holding the WAL, after closing and opening again. */
static void
test_power_loss (void)
{
  char *folder = billing_test_folder ();
  Diary diary = { 0 };
  sqlite3 *writer;
  sqlite3 *reader;

  billing_fault_vfs_record_start (folder);
  writer = open_books (folder, "FULL");
  reader = open_books (folder, "FULL");

  add_batches (writer, 2, &diary);
  run_well (reader, "BEGIN; SELECT * FROM total");
  add_batches (writer, N_BATCHES - 2, &diary);
  g_assert_cmpint (query (reader, "SELECT batches FROM total"), ==, 2);
  run_well (reader, "COMMIT");
  add_batches (reader, 2, &diary);
  run_well (writer, "PRAGMA wal_checkpoint (TRUNCATE)");
  add_batches (writer, 1, &diary);
  g_assert_cmpint (sqlite3_close (reader), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (writer), ==, SQLITE_OK);

  writer = open_books (folder, "FULL");
  add_batches (writer, N_BATCHES, &diary);
  g_assert_cmpint (sqlite3_close (writer), ==, SQLITE_OK);
  billing_fault_vfs_record_stop ();

  g_assert_cmpuint (verify (folder), ==, diary.n);
  g_assert_cmpuint (billing_fault_vfs_n_syncs (), >=, diary.n);
  verify_every_cut (&diary);
  billing_test_folder_remove (folder);
}

typedef struct
{
  const char *folder;   /* (not owned) */
  Diary *diary;         /* (not owned): each thread writes only the batches that it adds */
} Clerk;

static gpointer
clerk_thread (gpointer data)
{
  Clerk *clerk = data;
  sqlite3 *db = open_books (clerk->folder, "FULL");

  for (guint i = 0; i < N_BATCHES; i++)
    {
      const guint began = billing_fault_vfs_n_syncs ();
      int n;

      run_well (db, "BEGIN IMMEDIATE");
      run_well (db, batch);
      n = query (db, "SELECT batches FROM total");
      run_well (db, "COMMIT");

      clerk->diary->returned[n] = billing_fault_vfs_n_syncs ();
      clerk->diary->began[n] = began;
    }

  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  return NULL;
}

/* The same with two threads that write at once, each with its own connection. */
static void
test_power_loss_threads (void)
{
  char *folder = billing_test_folder ();
  Diary diary = { .n = 2 * N_BATCHES };
  Clerk clerk = { folder, &diary };
  sqlite3 *db;
  GThread *threads[2];

  db = open_books (folder, "FULL");
  billing_fault_vfs_record_start (folder);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("clerk", clerk_thread, &clerk);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  billing_fault_vfs_record_stop ();
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  g_assert_cmpuint (verify (folder), ==, diary.n);
  verify_every_cut (&diary);
  billing_test_folder_remove (folder);
}

/* The harness sees a wrong setting: what was acknowledged is lost with synchronous=OFF, and with
 * NORMAL, when the power goes right after the COMMIT. With FULL it is not. */
static void
test_wrong_setting (gconstpointer data)
{
  const char *synchronous = data;
  const gboolean is_safe = g_str_equal (synchronous, "FULL");
  char *folder = billing_test_folder ();
  char *after = billing_test_folder ();
  Diary diary = { 0 };
  sqlite3 *db = open_books (folder, synchronous);

  run_well (db, "PRAGMA wal_autocheckpoint = 1000");
  billing_fault_vfs_record_start (folder);
  add_batches (db, 3, &diary);
  billing_fault_vfs_record_stop ();
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  g_assert_true (billing_fault_vfs_restore (diary.returned[3], after, 0));
  g_assert_cmpuint (verify (after), ==, is_safe ? 3 : 0);
  g_assert_true (billing_fault_vfs_restore (diary.returned[3], after, 1));
  g_assert_cmpuint (verify (after), ==, 3);

  billing_test_folder_remove (after);
  billing_test_folder_remove (folder);
}

/* With synchronous=OFF and checkpoints the order of writes is anybody's: some seed must break the
 * database, or the torn variants would have no teeth. */
static void
test_torn_breaks (void)
{
  char *folder = billing_test_folder ();
  char *after = billing_test_folder ();
  Diary diary = { 0 };
  sqlite3 *db = open_books (folder, "OFF");
  guint n_broken = 0;

  billing_fault_vfs_record_start (folder);
  add_batches (db, N_BATCHES, &diary);
  billing_fault_vfs_record_stop ();
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  for (guint variant = 2; variant < 40; variant++)
    {
      g_assert_true (billing_fault_vfs_restore (0, after, variant));
      db = open_file (after, "unix");
      n_broken += !is_whole (db);
      g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
    }

  g_assert_cmpuint (n_broken, >, 0);

  billing_test_folder_remove (after);
  billing_test_folder_remove (folder);
}

/* A fault hits the first operation of its kind at or after the n-th of all, once or for good, and
 * leaves half of what was to be written. */
static void
test_fail (void)
{
  char *folder = billing_test_folder ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autofree char *contents = NULL;
  sqlite3_file *file = open_raw (path, SQLITE_OPEN_MAIN_DB);
  const sqlite3_io_methods *methods = file->pMethods;

  billing_fault_vfs_fail_write (2, SQLITE_FULL, FALSE);
  write_raw (file, "abcd", 0);
  sync_raw (file);
  g_assert_cmpint (methods->xWrite (file, "wxyz", 4, 4), ==, SQLITE_FULL);
  write_raw (file, "!", 6);
  g_assert_cmpuint (billing_fault_vfs_n_operations (), ==, 4);
  g_assert_cmpuint (billing_fault_vfs_n_failures (), ==, 1);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "abcdwx!");

  billing_fault_vfs_fail_write (1, SQLITE_IOERR_FSYNC, TRUE);
  write_raw (file, "a", 0);
  g_assert_cmpint (methods->xSync (file, SQLITE_SYNC_NORMAL), ==, SQLITE_IOERR_FSYNC);
  g_assert_cmpint (methods->xTruncate (file, 1), ==, SQLITE_OK);
  g_assert_cmpint (methods->xSync (file, SQLITE_SYNC_NORMAL), ==, SQLITE_IOERR_FSYNC);
  g_assert_cmpuint (billing_fault_vfs_n_operations (), ==, 4);
  g_assert_cmpuint (billing_fault_vfs_n_failures (), ==, 2);

  billing_fault_vfs_reset ();
  sync_raw (file);
  g_assert_cmpuint (billing_fault_vfs_n_operations (), ==, 1);
  close_raw (file);
  billing_fault_vfs_reset ();
  billing_test_folder_remove (folder);
}

typedef struct
{
  const char *name;     /* (not owned) */
  int code;
  gboolean sticky;
} Fault;

static const Fault faults[] = {
  { "full", SQLITE_FULL, TRUE },
  { "full-once", SQLITE_FULL, FALSE },
  { "write", SQLITE_IOERR_WRITE, TRUE },
  { "write-once", SQLITE_IOERR_WRITE, FALSE },
  { "sync", SQLITE_IOERR_FSYNC, TRUE },
  { "sync-once", SQLITE_IOERR_FSYNC, FALSE },
  { "truncate", SQLITE_IOERR_TRUNCATE, TRUE },
};

/* Counts in @n_errors the transactions that were refused; returns how many were acknowledged. */
static guint
work_with_fault (const char  *folder,
                 const Fault *fault,
                 guint       *n_errors)
{
  sqlite3 *db = open_file (folder, BILLING_FAULT_VFS_NAME);
  guint n_done = 0;
  int result = set_up (db, "FULL");

  *n_errors = 0;

  if (result != SQLITE_OK)
    {
      *n_errors += 1;
      g_assert_cmpint (result & 0xff, ==, fault->code & 0xff);
      result = run (db, "PRAGMA synchronous = FULL");
    }

  for (guint i = 0; i < N_BATCHES; i++)
    {
      result = add_batch (db);

      if (result == SQLITE_OK)
        n_done++;
      else
        *n_errors += 1;

      if (result != SQLITE_OK)
        g_assert_cmpint (result & 0xff, ==, fault->code & 0xff);
    }

  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  return n_done;
}

/* Wherever the disk fails, for once or for good, the error is SQLite's own and comes to whoever
 * wrote, the database stays whole, and what was acknowledged is there; what was refused is not.
 * (Except that a transaction whose sync failed may be there after all: it is in the WAL, and only
 * its durability is in doubt.) */
static void
test_fail_everywhere (gconstpointer data)
{
  const Fault *fault = data;
  guint n_errors_of_all = 0;
  guint n_failures = 1;
  int n;

  for (n = 1; n_failures > 0; n++)
    {
      char *folder = billing_test_folder ();
      sqlite3 *db = open_books (folder, "FULL");
      guint n_done, n_errors, n_found;

      g_assert_cmpint (add_batch (db), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

      billing_fault_vfs_fail_write (n, fault->code, fault->sticky);
      n_done = 1 + work_with_fault (folder, fault, &n_errors);
      n_failures = billing_fault_vfs_n_failures ();
      billing_fault_vfs_reset ();

      n_found = verify (folder);
      g_assert_cmpuint (n_found, >=, n_done);
      g_assert_cmpuint (n_found, <=, n_done + (fault->code == SQLITE_IOERR_FSYNC ? 1 : 0));
      g_assert_true (n_errors > 0 || n_done == 1 + N_BATCHES);
      if (n == 1 && fault->sticky && fault->code != SQLITE_IOERR_TRUNCATE)
        g_assert_cmpuint (n_done, ==, 1);

      n_errors_of_all += n_errors;
      billing_test_folder_remove (folder);
    }

  g_assert_cmpint (n, >, N_BATCHES);

  /* Only checkpoints truncate, and a checkpoint that fails is made up for by the next one. */
  if (fault->code != SQLITE_IOERR_TRUNCATE)
    g_assert_cmpuint (n_errors_of_all, >, 0);
}

static void
books_child (const char *folder)
{
  g_autofree char *acknowledged = g_build_filename (folder, "acknowledged", NULL);
  sqlite3 *db = open_file (folder, "unix");

  g_assert_cmpint (set_up (db, "FULL"), ==, SQLITE_OK);

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_assert_cmpint (add_batch (db), ==, SQLITE_OK);
      g_assert_true (g_file_set_contents (acknowledged, text, -1, NULL));
    }

  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
broken_child (const char *folder)
{
  exit (3);
}

static guint
read_acknowledged (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "acknowledged", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;

  return (guint) g_ascii_strtoull (text, NULL, 10);
}

/* A process killed at any statement leaves whole books with all that it acknowledged, and at most
 * one batch more. The statements of triggers are points to die at, too. */
static void
test_kill (void)
{
  const int n_without_triggers = 3 + 6 + 3 * 4;
  BillingKillResult result = BILLING_KILL_KILLED;
  int n = 0;

  while (result == BILLING_KILL_KILLED)
    {
      g_autoptr (GError) error = NULL;
      char *folder = billing_test_folder ();
      guint n_acknowledged, n_found;

      result = billing_kill_run ("books", folder, ++n, &error);
      g_assert_no_error (error);

      n_acknowledged = read_acknowledged (folder);
      n_found = verify (folder);
      g_assert_cmpuint (n_found, >=, n_acknowledged);
      g_assert_cmpuint (n_found, <=, n_acknowledged + 1);
      if (n == 1)
        g_assert_cmpuint (n_found, ==, 0);
      if (result == BILLING_KILL_FINISHED)
        g_assert_cmpuint (n_found, ==, 3);

      billing_test_folder_remove (folder);
    }

  g_assert_cmpint (result, ==, BILLING_KILL_FINISHED);
  g_assert_cmpint (n - 1, >=, n_without_triggers + 3 * N_ROWS);
}

/* A child that is not killed and fails is neither killed nor finished. */
static void
test_kill_broken (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = billing_test_folder ();

  g_assert_cmpint (billing_kill_run ("broken", folder, 1, &error), ==, BILLING_KILL_FAILED);
  g_assert_error (error, G_SPAWN_EXIT_ERROR, 3);

  billing_test_folder_remove (folder);
}

/* A folder of a test is the user's alone, and is removed with all that is in it, but not with what
 * a symbolic link in it points to. */
static void
test_folder (void)
{
  char *folder = billing_test_folder ();
  char *other = billing_test_folder ();
  g_autofree char *kept = g_strdup (other);
  g_autofree char *below = g_build_filename (folder, "a", "b", NULL);
  g_autofree char *link = g_build_filename (below, "link", NULL);
  g_autofree char *gone = g_strdup (folder);
  GStatBuf info;

  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  g_assert_cmpint (g_mkdir_with_parents (below, 0700), ==, 0);
  g_assert_cmpint (symlink (other, link), ==, 0);
  billing_test_folder_remove (folder);
  g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept, G_FILE_TEST_IS_DIR));

  billing_test_folder_remove (other);
}

int
main (int    argc,
      char **argv)
{
  static const char * const settings[] = { "OFF", "NORMAL", "FULL" };
  int result;

  billing_kill_add_child ("books", books_child);
  billing_kill_add_child ("broken", broken_child);
  if (billing_kill_main ())
    return 0;

  g_test_init (&argc, &argv, NULL);
  billing_fault_vfs_register (FALSE);

  g_test_add_func ("/support/folder", test_folder);
  g_test_add_func ("/fault-vfs/restore/bytes", test_restore_bytes);
  g_test_add_func ("/fault-vfs/restore/files", test_restore_files);
  g_test_add_func ("/fault-vfs/restore/names", test_restore_names);
  g_test_add_func ("/fault-vfs/restore/others", test_restore_others);
  g_test_add_func ("/fault-vfs/restore/torn", test_restore_torn);
  g_test_add_func ("/fault-vfs/power-loss/one-thread", test_power_loss);
  g_test_add_func ("/fault-vfs/power-loss/threads", test_power_loss_threads);
  g_test_add_func ("/fault-vfs/power-loss/torn-breaks", test_torn_breaks);
  g_test_add_func ("/fault-vfs/fail/kinds", test_fail);
  g_test_add_func ("/kill/books", test_kill);
  g_test_add_func ("/kill/broken", test_kill_broken);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fault-vfs/power-loss/%s", settings[i]);

      g_test_add_data_func (path, settings[i], test_wrong_setting);
    }

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fault-vfs/fail/%s", faults[i].name);

      g_test_add_data_func (path, &faults[i], test_fail_everywhere);
    }

  result = g_test_run ();
  billing_fault_vfs_unregister ();

  return result;
}
