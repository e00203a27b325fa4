/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "billing-books.h"
#include "billing-fault-vfs.h"
#include "billing-store.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-verb-cases.h"

/* Books that are copied, brought back and damaged. */

static char *original;

static char *
copy_original (void)
{
  char *folder = billing_test_folder ();

  billing_test_copy (original, folder);
  return folder;
}

static void
do_something (BillingDesk *desk)
{
  g_autoptr (GError) error = NULL;

  billing_verb_cases_do (desk, &billing_verb_cases[0], &error);
  g_assert_no_error (error);
}

static char *
make_backup (void)
{
  g_autoptr (BillingDesk) desk = billing_verb_cases_open (original);
  g_autoptr (GError) error = NULL;
  char *path = g_strconcat (original, "-backup.db", NULL);

  billing_store_back_up (billing_desk_get_store (desk), path, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_whole (const char *folder)
{
  g_autoptr (BillingDesk) desk = billing_verb_cases_open (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  billing_desk_verify (desk, &report, NULL, &error);
  g_assert_no_error (error);
}

/* The path of the one backup whose name begins so. */
static char *
find_backup (const char *folder,
             const char *start)
{
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (backups, 0, NULL);
  char *found = NULL;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_prefix (name, start) || !g_str_has_suffix (name, ".db"))
        continue;
      g_assert_null (found);
      found = g_build_filename (backups, name, NULL);
    }
  return found;
}

static void
restore (const char *folder,
         const char *backup)
{
  g_autoptr (GError) error = NULL;

  billing_desk_restore (folder, backup, &error);
  g_assert_no_error (error);
}

/* What a restore changes, and nothing else: nobody knows whether what waited for Stripe, or to go to a patient, was sent since. */
static void
expect_unknown (char **dump)
{
  g_auto (GStrv) pieces = g_strsplit (*dump, " state=queued ", -1);

  g_assert_nonnull (pieces[1]);
  g_free (*dump);
  *dump = g_strjoinv (" state=unknown ", pieces);
}

/* Work goes on after a backup; bringing the backup back undoes it, and what was undone is kept. */
static void
test_live (void)
{
  char *folder = copy_original ();
  g_autofree char *backup = make_backup ();
  g_autofree char *at_backup = billing_test_dump (folder);
  g_autofree char *later = NULL;
  g_autofree char *restored = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *kept_says = NULL;
  g_autoptr (BillingDesk) desk = billing_verb_cases_open (folder);

  do_something (desk);
  g_clear_object (&desk);
  later = billing_test_dump (folder);
  g_assert_cmpstr (at_backup, !=, later);

  restore (folder, backup);
  restored = billing_test_dump (folder);
  expect_unknown (&at_backup);
  g_assert_cmpstr (restored, ==, at_backup);
  assert_whole (folder);

  kept = find_backup (folder, "before-restore");
  g_assert_nonnull (kept);
  restore (folder, kept);
  kept_says = billing_test_dump (folder);
  expect_unknown (&later);
  g_assert_cmpstr (kept_says, ==, later);

  g_remove (backup);
  billing_test_folder_remove (folder);
}

/* A window that was left open sees the books that were brought back, and goes on with them. */
static void
test_open (void)
{
  char *folder = copy_original ();
  g_autofree char *backup = make_backup ();
  g_autoptr (BillingDesk) desk = billing_verb_cases_open (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRecord) payment = NULL;
  g_autofree char *newest = NULL;

  do_something (desk);
  newest = billing_test_text (folder, "SELECT number FROM payments ORDER BY pk DESC LIMIT 1");
  restore (folder, backup);
  payment = billing_desk_find (desk, newest, &error);
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND);
  do_something (desk);
  g_clear_object (&desk);
  assert_whole (folder);

  g_remove (backup);
  billing_test_folder_remove (folder);
}

static void
write_garbage (const char *folder,
               gsize       from,
               gsize       size)
{
  g_autofree char *path = g_build_filename (folder, "practice.db", NULL);
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpuint (from, <, length);
  memset (data + from, 0xaa, MIN (size, length - from));
  g_assert_true (g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Books that cannot be read any more are brought back too; what is left of them is kept as it is. */
static void
test_damaged (void)
{
  for (guint i = 0; i < 2; i++)
    {
      char *folder = copy_original ();
      g_autofree char *backup = make_backup ();
      g_autofree char *expected = billing_test_dump (folder);
      g_autofree char *restored = NULL;
      g_autofree char *kept = NULL;

      /* No database at all, or one with a hole. */
      write_garbage (folder, i * 4096, i == 0 ? G_MAXSIZE : 40960);
      restore (folder, backup);
      restored = billing_test_dump (folder);
      expect_unknown (&expected);
      g_assert_cmpstr (restored, ==, expected);
      assert_whole (folder);
      kept = find_backup (folder, "damaged");
      g_assert_nonnull (kept);

      g_remove (backup);
      billing_test_folder_remove (folder);
    }
}

/* A practice whose folder is lost is made again from its backup, and the documents from where they were copied to. */
static void
test_lost (void)
{
  char *folder = billing_test_folder ();
  g_autofree char *backup = make_backup ();
  g_autofree char *deep = g_build_filename (folder, "new", NULL);
  g_autofree char *documents = g_build_filename (original, "documents", NULL);
  g_autofree char *copied = g_build_filename (deep, "documents", NULL);
  g_autofree char *expected = billing_test_dump (original);
  g_autofree char *restored = NULL;

  restore (deep, backup);
  billing_test_copy (documents, copied);
  restored = billing_test_dump (deep);
  expect_unknown (&expected);
  g_assert_cmpstr (restored, ==, expected);
  assert_whole (deep);

  g_remove (backup);
  billing_test_folder_remove (folder);
}

static void
assert_not_restored (const char *folder,
                     const char *path,
                     int         code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = billing_test_dump (folder);
  g_autofree char *after = NULL;

  g_assert_false (billing_desk_restore (folder, path, &error));
  g_assert_error (error, BILLING_STORE_ERROR, code);
  after = billing_test_dump (folder);
  g_assert_cmpstr (before, ==, after);
  g_assert_null (find_backup (folder, "before-restore"));
}

/* What is no backup, is not there, is damaged or comes from a newer program is refused, and the books stay as they are. */
static void
test_no_backup (void)
{
  char *folder = copy_original ();
  char *other = copy_original ();
  g_autofree char *text = g_build_filename (other, "text", NULL);
  g_autofree char *empty = g_build_filename (other, "empty", NULL);
  g_autofree char *missing = g_build_filename (other, "missing", NULL);
  g_autofree char *books = g_build_filename (other, "practice.db", NULL);

  g_file_set_contents (text, "Dear patient, this is a letter of more than sixteen bytes.", -1, NULL);
  g_file_set_contents (empty, "", 0, NULL);
  assert_not_restored (folder, text, BILLING_STORE_ERROR_CORRUPT);
  assert_not_restored (folder, empty, BILLING_STORE_ERROR_CORRUPT);
  assert_not_restored (folder, missing, BILLING_STORE_ERROR_CORRUPT);

  billing_test_sql (other, "PRAGMA user_version = 999");
  assert_not_restored (folder, books, BILLING_STORE_ERROR_NEWER);
  billing_test_sql (other, "PRAGMA user_version = 1");
  write_garbage (other, 8192, 40960);
  assert_not_restored (folder, books, BILLING_STORE_ERROR_CORRUPT);

  billing_test_folder_remove (folder);
  billing_test_folder_remove (other);
}

/* The disk fills up while the books are brought back: they are what they were, or what the backup says, and open. */
static void
test_full_disk (void)
{
  g_autofree char *backup = make_backup ();
  g_autofree char *restored = billing_test_dump (original);
  gboolean is_full = g_strcmp0 (g_getenv ("BILLING_TEST_FULL"), "1") == 0;
  gboolean success = FALSE;

  expect_unknown (&restored);
  billing_fault_vfs_register (TRUE);
  for (int n = 1; !success; n += is_full ? 1 : g_test_rand_int_range (1, 20))
    {
      char *folder = copy_original ();
      g_autoptr (BillingDesk) desk = billing_verb_cases_open (folder);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      do_something (desk);
      g_clear_object (&desk);
      before = billing_test_dump (folder);
      billing_fault_vfs_fail_write (n, SQLITE_FULL, TRUE);
      success = billing_desk_restore (folder, backup, NULL);
      billing_fault_vfs_reset ();

      assert_whole (folder);
      after = billing_test_dump (folder);
      g_assert_cmpstr (after, ==, success ? restored : before);
      billing_test_folder_remove (folder);
    }
  billing_fault_vfs_unregister ();
  g_remove (backup);
}

/* A backup that fails leaves the one that was there. */
static void
test_backup_on_full_disk (void)
{
  char *folder = copy_original ();
  g_autofree char *path = g_build_filename (folder, "copy.db", NULL);
  g_autoptr (BillingDesk) desk = NULL;
  gboolean success = FALSE;

  billing_fault_vfs_register (TRUE);
  desk = billing_verb_cases_open (folder);
  g_file_set_contents (path, "the old one", -1, NULL);
  for (int n = 1; !success; n += 7)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *partial = g_strconcat (path, ".partial", NULL);
      g_autofree char *found = NULL;

      billing_fault_vfs_fail_write (n, SQLITE_FULL, TRUE);
      success = billing_store_back_up (billing_desk_get_store (desk), path, &error);
      billing_fault_vfs_reset ();
      g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
      if (success)
        continue;

      g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_FULL);
      g_file_get_contents (path, &found, NULL, NULL);
      g_assert_cmpstr (found, ==, "the old one");
    }
  g_clear_object (&desk);
  billing_fault_vfs_unregister ();
  billing_test_folder_remove (folder);
}

/* A file that is no database is refused in a sentence, whoever looks at it, and is not changed. */
static void
test_not_a_database (void)
{
  char *folder = copy_original ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "practice.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  write_garbage (folder, 0, 4096);
  g_file_get_contents (path, &before, NULL, NULL);
  g_assert_null (billing_desk_open (folder, NULL, NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "backup"));
  g_clear_error (&error);
  g_assert_null (billing_store_open (folder, NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CORRUPT);
  g_file_get_contents (path, &after, NULL, NULL);
  g_assert_cmpstr (before, ==, after);
  billing_test_folder_remove (folder);
}

static gboolean
is_found (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;
  g_autoptr (BillingDesk) desk = billing_desk_open (folder, NULL, NULL, &error);

  if (desk != NULL && billing_desk_verify (desk, &report, NULL, &error))
    return FALSE;

  if (!g_error_matches (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH))
    g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CORRUPT);
  return TRUE;
}

/* Any page that is damaged is found, with a sentence and without a crash; only pages that hold nothing may hide it. */
static void
test_pages (void)
{
  const gint64 n_pages = billing_test_integer (original, "PRAGMA page_count");
  const gint64 n_free = billing_test_integer (original, "PRAGMA freelist_count");
  gboolean is_full = g_strcmp0 (g_getenv ("BILLING_TEST_FULL"), "1") == 0;
  gint64 n_hidden = 0;

  for (gint64 page = 1; page < n_pages; page += is_full ? 1 : g_test_rand_int_range (1, 6))
    {
      char *folder = copy_original ();

      write_garbage (folder, (gsize) page * 4096, 4096);
      if (!is_found (folder))
        {
          g_test_message ("Page %" G_GINT64_FORMAT " hides its damage", page + 1);
          n_hidden++;
        }
      billing_test_folder_remove (folder);
    }
  g_assert_cmpint (n_hidden, <=, n_free);
}

/* Half of a file, as a copy that was broken off leaves it, is found. */
static void
test_truncated (void)
{
  char *folder = copy_original ();
  g_autofree char *path = g_build_filename (folder, "practice.db", NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (truncate (path, info.st_size / 2), ==, 0);
  g_assert_true (is_found (folder));
  billing_test_folder_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  billing_test_folder_use_memory ();
  original = billing_test_folder ();
  billing_verb_cases_make (original);
  g_test_add_func ("/restore/live", test_live);
  g_test_add_func ("/restore/open", test_open);
  g_test_add_func ("/restore/damaged", test_damaged);
  g_test_add_func ("/restore/lost", test_lost);
  g_test_add_func ("/restore/no-backup", test_no_backup);
  g_test_add_func ("/restore/full-disk", test_full_disk);
  g_test_add_func ("/restore/backup-on-full-disk", test_backup_on_full_disk);
  g_test_add_func ("/restore/not-a-database", test_not_a_database);
  g_test_add_func ("/restore/pages", test_pages);
  g_test_add_func ("/restore/truncated", test_truncated);
  result = g_test_run ();
  billing_test_folder_remove (original);
  return result;
}
