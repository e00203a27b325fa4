/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <utime.h>

#include "billing-books.h"
#include "billing-fault-vfs.h"
#include "billing-importer.h"
#include "billing-kill.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"

/*
 * The program is killed, the power goes, the disk is full while an import is applied or read: it is in the books whole or not at all,
 * and the next import finds a practice as if nothing had been.
 *
 * BILLING_TEST_FULL=1 tries every point; otherwise some of them.
 */

/* What is there before: something to change, and something that waits for what comes now. */
static const char earlier[] =
  "{'resourceType':'Patient','id':'1','meta':{'lastUpdated':'2026-01-01T00:00:00Z'},'name':[{'family':'Before','given':['Ada']}]}\n"
  "{'resourceType':'Encounter','id':'1','status':'finished','subject':{'reference':'Patient/1'},"
  "'period':{'start':'2026-01-05T09:00:00Z'}}\n"
  "{'resourceType':'Encounter','id':'3','status':'finished','subject':{'reference':'Patient/3'},"
  "'period':{'start':'2026-01-06T09:00:00Z'}}\n";

static const char later[] =
  "{'resourceType':'Patient','id':'1','meta':{'lastUpdated':'2026-02-01T00:00:00Z'},'name':[{'family':'After','given':['Ada']}]}\n"
  "{'resourceType':'Patient','id':'2','name':[{'family':'New','given':['Bo']}],'birthDate':'1980-02-03'}\n"
  "{'resourceType':'Patient','id':'3','name':[{'family':'Awaited','given':['Cy']}]}\n"
  "{'resourceType':'Location','id':'l','name':'North'}\n"
  "{'resourceType':'Encounter','id':'2','status':'finished','subject':{'reference':'Patient/2'},"
  "'period':{'start':'2026-02-05T09:00:00Z'},'location':[{'location':{'reference':'Location/l'}}]}\n"
  "{'resourceType':'Encounter','id':'9','status':'finished','subject':{'reference':'Patient/9'},"
  "'period':{'start':'2026-02-06T09:00:00Z'}}\n"
  "{'resourceType':'Claim','id':'c','status':'active','use':'claim','patient':{'reference':'Patient/1'},"
  "'total':{'value':80.5,'currency':'USD'},'item':[{'sequence':1,'encounter':[{'reference':'Encounter/1'}],"
  "'productOrService':{'coding':[{'system':'http://snomed.info/sct','code':'185349003'}]},'net':{'value':80.5}}]}\n";

static const char table[] = "Patient ID;Name;Birth Date\nX-9;Ole Ålund;1999-12-31\n";

/* Made once, before any fault. */
static char *original; /* the practice's folder */
static char *files;    /* a folder with what is imported */
static char *before;   /* what its books say */
static char *after;    /* and with the import in them */

static gboolean
is_full (void)
{
  return g_strcmp0 (g_getenv ("BILLING_TEST_FULL"), "1") == 0;
}

static int
get_step (int most)
{
  return is_full () ? 1 : g_test_rand_int_range (1, most);
}

/* JSON is written here with apostrophes. */
static void
write_file (const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (files, name, NULL);
  g_autofree char *content = g_strdelimit (g_strdup (text), "'", '"');

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

static BillingDesk *
open_practice (const char *folder)
{
  g_autoptr (GError) error = NULL;
  BillingDesk *desk = billing_desk_open (folder, NULL, NULL, &error);

  g_assert_no_error (error);
  return desk;
}

static BillingImporter *
begin_import (BillingDesk *desk,
              const char  *folder)
{
  static const char * const names[] = { "later.ndjson", "table.csv" };
  BillingImporter *importer = billing_importer_new (desk);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      billing_importer_add_path (importer, path);
    }

  return importer;
}

static BillingImporter *
prepare (BillingDesk *desk)
{
  BillingImporter *importer = begin_import (desk, files);
  g_autoptr (GError) error = NULL;

  g_assert_true (billing_importer_prepare (importer, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint ((gint64) billing_importer_get_n_problems (importer), ==, 1);
  return importer;
}

static void
import (BillingDesk *desk)
{
  g_autoptr (BillingImporter) importer = prepare (desk);
  g_autoptr (GError) error = NULL;

  g_assert_true (billing_importer_apply (importer, NULL, &error));
  g_assert_no_error (error);
}

/* Two imports of the same write the same, at different seconds; seals are over the seconds too. */
static char *
dump (const char *folder)
{
  static const char pattern[] = "=1[0-9]{9}\\b|^seals:.*\\n";
  g_autofree char *text = billing_test_dump (folder);
  g_autoptr (GRegex) seconds = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);

  return g_regex_replace_literal (seconds, text, -1, 0, "", 0, NULL);
}

static char *
copy_original (void)
{
  char *folder = billing_test_folder ();

  billing_test_copy (original, folder);
  return folder;
}

/* The folders of stages. They are made to look old: the program leaves young ones alone, which somebody may just be making. */
static guint
age_stages (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  struct utimbuf long_ago = { 1000, 1000 };
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_str_has_prefix (name, ".import-"))
        continue;
      g_assert_cmpint (g_utime (path, &long_ago), ==, 0);
      n++;
    }

  return n;
}

static void
assert_whole (BillingDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  billing_desk_verify (desk, &report, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
is_done (const char *folder)
{
  g_autofree char *found = dump (folder);

  if (g_str_equal (found, before))
    return FALSE;

  g_assert_cmpstr (found, ==, after);
  return TRUE;
}

/* Opens what a fault left: the practice is sound, the import is there or not, and importing it then leaves nothing lying about. */
static gboolean
examine (const char *folder)
{
  g_autoptr (BillingDesk) desk = open_practice (folder);
  gboolean done = is_done (folder);

  assert_whole (desk);
  age_stages (folder);
  if (done)
    g_object_unref (prepare (desk));
  else
    import (desk);
  g_assert_cmpuint (age_stages (folder), ==, 0);
  g_assert_true (is_done (folder));
  assert_whole (desk);
  return done;
}

static void
make_expectations (void)
{
  g_autoptr (BillingDesk) desk = NULL;
  g_autoptr (BillingImporter) importer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  char *folder;

  billing_test_folder_use_memory ();
  files = billing_test_folder ();
  write_file ("earlier.ndjson", earlier);
  write_file ("later.ndjson", later);
  write_file ("table.csv", table);

  original = billing_test_folder ();
  billing_desk_create (original, "Clinic", "USD", "Europe/Berlin", &error);
  g_assert_no_error (error);
  desk = open_practice (original);
  importer = billing_importer_new (desk);
  first = g_build_filename (files, "earlier.ndjson", NULL);
  billing_importer_add_path (importer, first);
  g_assert_true (billing_importer_prepare (importer, NULL, NULL, NULL, &error));
  g_assert_true (billing_importer_apply (importer, NULL, &error));
  g_clear_object (&importer);
  g_clear_object (&desk);
  before = dump (original);

  folder = copy_original ();
  desk = open_practice (folder);
  import (desk);
  after = dump (folder);
  g_assert_cmpstr (before, !=, after);
  g_clear_object (&desk);
  billing_test_folder_remove (folder);
}

/* The child that is killed: reads and applies, and every statement of both counts. The files lie where its practice does. */
static void
import_child (const char *folder)
{
  g_autofree char *practice = g_build_filename (folder, "practice", NULL);
  g_autoptr (BillingDesk) desk = NULL;
  g_autoptr (BillingImporter) importer = NULL;
  g_autoptr (GError) error = NULL;

  billing_kill_child_hold ();
  desk = open_practice (practice);
  importer = begin_import (desk, folder);
  billing_kill_child_release ();
  g_assert_true (billing_importer_prepare (importer, NULL, NULL, NULL, &error));
  g_assert_true (billing_importer_apply (importer, NULL, &error));
}

static BillingKillResult
kill_at (int       at,
         gboolean *done)
{
  char *folder = billing_test_folder ();
  g_autofree char *practice = g_build_filename (folder, "practice", NULL);
  g_autoptr (GError) error = NULL;
  BillingKillResult result;

  billing_test_copy (files, folder);
  billing_test_copy (original, practice);
  g_assert_cmpint (g_chmod (practice, 0700), ==, 0);
  result = billing_kill_run ("import", folder, at, &error);
  g_assert_no_error (error);
  /* The stage of who was killed is still there, of who came to an end it is not. */
  if (at > 1)
    g_assert_cmpuint (age_stages (practice), ==, result == BILLING_KILL_KILLED);
  *done = examine (practice);
  billing_test_folder_remove (folder);
  return result;
}

/* Killed at any statement of reading or applying, an import is not there at all until its commit, and whole from then on. */
static void
test_killed (void)
{
  BillingKillResult result = BILLING_KILL_KILLED;
  gboolean was_done = FALSE;
  guint n_not_done = 0;

  for (int at = 1; result == BILLING_KILL_KILLED; at += get_step (40))
    {
      gboolean done;

      result = kill_at (at, &done);
      g_assert_true (done || !was_done);
      g_assert_true (done || result == BILLING_KILL_KILLED);
      was_done = done;
      n_not_done += !done;
    }

  g_test_message ("Killed %u times before its commit", n_not_done);
  g_assert_true (was_done);
  g_assert_cmpuint (n_not_done, >, 1);
}

/* What the power leaves after the sync of that number. */
static void
cut_power (guint sync,
           guint variant,
           guint n_syncs_begun,
           guint n_syncs_done)
{
  char *folder = billing_test_folder ();

  g_assert_true (billing_fault_vfs_restore (sync, folder, variant));
  if (examine (folder))
    g_assert_cmpuint (sync, >=, n_syncs_begun);
  else
    g_assert_cmpuint (sync, <, n_syncs_done);
  billing_test_folder_remove (folder);
}

/* The power goes after any sync, with what was not synced kept, lost or torn: what was said to be imported is. */
static void
test_power (void)
{
  char *folder = copy_original ();
  BillingDesk *desk;
  g_autoptr (BillingImporter) importer = NULL;
  g_autoptr (GError) error = NULL;
  guint n_syncs_begun;
  guint n_syncs_done;

  billing_fault_vfs_register (TRUE);
  billing_fault_vfs_record_start (folder);
  desk = open_practice (folder);
  importer = prepare (desk);
  n_syncs_begun = billing_fault_vfs_n_syncs ();
  g_assert_true (billing_importer_apply (importer, NULL, &error));
  n_syncs_done = billing_fault_vfs_n_syncs ();
  g_clear_object (&importer);
  g_object_unref (desk);
  billing_fault_vfs_record_stop ();

  g_assert_cmpuint (n_syncs_done, >, n_syncs_begun);
  for (guint sync = 0; sync <= billing_fault_vfs_n_syncs (); sync++)
    {
      if (is_full ())
        for (guint variant = 0; variant < 8; variant++)
          cut_power (sync, variant, n_syncs_begun, n_syncs_done);
      else
        cut_power (sync, (guint) g_test_rand_int_range (0, 8), n_syncs_begun, n_syncs_done);
    }
  billing_fault_vfs_unregister ();
  billing_test_folder_remove (folder);
}

/* Applies with the n-th operation on the disk failing. Returns whether it was applied. */
static gboolean
apply_failing (BillingDesk     *desk,
               BillingImporter *importer,
               const char      *folder,
               int              n,
               int              code,
               gboolean         sticky)
{
  g_autoptr (GError) error = NULL;
  gboolean success;
  guint n_failures;

  billing_fault_vfs_fail_write (n, code, sticky);
  success = billing_importer_apply (importer, NULL, &error);
  n_failures = billing_fault_vfs_n_failures ();
  billing_fault_vfs_reset ();

  assert_whole (desk);
  g_assert_cmpint (is_done (folder), ==, success);
  if (success)
    return TRUE;

  g_assert_error (error, BILLING_STORE_ERROR,
                  (code == SQLITE_FULL ? BILLING_STORE_ERROR_FULL : BILLING_STORE_ERROR_FAILED));
  g_assert_nonnull (strstr (error->message, "Nothing was changed"));
  g_assert_cmpuint (n_failures, >, 0);
  return FALSE;
}

static void
try_writes (int      code,
            gboolean sticky)
{
  char *folder = copy_original ();
  BillingDesk *desk = open_practice (folder);
  BillingImporter *importer = prepare (desk);
  int n = 1;

  while (!apply_failing (desk, importer, folder, n, code, sticky))
    n += get_step (4);

  g_test_message ("Applied before its operation %d on the disk", n);
  g_assert_cmpint (n, >, 1);
  g_object_unref (importer);
  g_object_unref (desk);
  g_assert_true (examine (folder));
  billing_test_folder_remove (folder);
}

/* The disk is full, or fails, at any write of applying: a sentence, nothing changed, and the same import can be applied when there is
 * room again. */
static void
test_disk_full (void)
{
  billing_fault_vfs_register (TRUE);
  try_writes (SQLITE_FULL, TRUE);
  try_writes (SQLITE_FULL, FALSE);
  try_writes (SQLITE_IOERR_WRITE, FALSE);
  billing_fault_vfs_unregister ();
}

/* A sync that fails leaves open whether the commit is on the disk; the import is there whole or not at all, and there if it was said to
 * be. */
static void
test_sync_fails (void)
{
  guint n_failures = 1;
  int n;

  billing_fault_vfs_register (TRUE);
  for (n = 1; n_failures > 0; n++)
    {
      char *folder = copy_original ();
      BillingDesk *desk = open_practice (folder);
      BillingImporter *importer = prepare (desk);
      gboolean success;

      billing_fault_vfs_fail_write (n, SQLITE_IOERR_FSYNC, FALSE);
      success = billing_importer_apply (importer, NULL, NULL);
      n_failures = billing_fault_vfs_n_failures ();
      billing_fault_vfs_reset ();
      g_object_unref (importer);
      g_object_unref (desk);
      g_assert_true (success || n_failures > 0);
      g_assert_true (examine (folder) || !success);
      billing_test_folder_remove (folder);
    }

  g_assert_cmpint (n, >, 2);
  billing_fault_vfs_unregister ();
}

/* Reads with the n-th operation on the disk failing. Returns whether there was none such. */
static gboolean
prepare_failing (BillingDesk *desk,
                 const char  *folder,
                 int          n)
{
  g_autoptr (BillingImporter) importer = begin_import (desk, files);
  g_autoptr (GError) error = NULL;
  gboolean success;
  guint n_failures;

  billing_fault_vfs_fail_write (n, SQLITE_FULL, TRUE);
  success = billing_importer_prepare (importer, NULL, NULL, NULL, &error);
  n_failures = billing_fault_vfs_n_failures ();
  billing_fault_vfs_reset ();

  g_assert_cmpint (success, ==, n_failures == 0);
  if (!success)
    {
      g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_FULL);
      g_assert_nonnull (strstr (error->message, "The disk is full. Nothing was changed"));
      g_assert_false (billing_importer_has_changes (importer));
      g_assert_cmpuint (age_stages (folder), ==, 0);
    }
  g_assert_false (is_done (folder));
  return success;
}

/* The disk is full at any write of reading: the sentence, nothing in the books, and nothing left lying about. */
static void
test_staging_full (void)
{
  char *folder = copy_original ();
  BillingDesk *desk;
  int n_failed = 0;

  billing_fault_vfs_register (TRUE);
  desk = open_practice (folder);
  for (int n = 1; !prepare_failing (desk, folder, n); n += get_step (8))
    n_failed++;

  g_test_message ("Failed %d times", n_failed);
  g_assert_cmpint (n_failed, >, 3);
  g_object_unref (desk);
  billing_fault_vfs_unregister ();
  g_assert_false (examine (folder));
  billing_test_folder_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  int result;

  billing_kill_add_child ("import", import_child);
  if (billing_kill_main ())
    return 0;

  g_test_init (&argc, &argv, NULL);
  make_expectations ();
  g_test_add_func ("/importer-faults/killed", test_killed);
  g_test_add_func ("/importer-faults/power", test_power);
  g_test_add_func ("/importer-faults/disk-full", test_disk_full);
  g_test_add_func ("/importer-faults/sync-fails", test_sync_fails);
  g_test_add_func ("/importer-faults/staging-full", test_staging_full);
  result = g_test_run ();

  g_free (before);
  g_free (after);
  billing_test_folder_remove (files);
  billing_test_folder_remove (original);
  return result;
}
