/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-fault-vfs.h"
#include "billing-kill.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-verb-cases.h"

/*
 * The program is killed, the power goes, the disk is full: each verb is done whole or not at all, and the practice goes on.
 *
 * BILLING_TEST_FULL=1 tries every point of every verb; otherwise every point of three verbs, and some of each other.
 */

#define VARIABLE_CASE "BILLING_TEST_CASE"

/* Of a sampled verb, at the most so many are between two that it is killed at. */
#define MANY_STATEMENTS 150

/* Under the sanitizers a program takes four times as long, and looks at memory: a twentieth of the points are enough. */
#ifdef __SANITIZE_ADDRESS__
#define WIDENING 20
#else
#define WIDENING 5
#endif

/* How far it is from one point that is tried to the next, where some are enough. */
static int
choose_step (gboolean is_whole,
             int      widest)
{
  return is_whole ? 1 : g_test_rand_int_range (1, widest * WIDENING + 1);
}

/* Made once, before any fault: the practice, and what its books say before any verb and after each. */
static char *original;
static char *before;
static GPtrArray *after;

static gboolean
is_full (void)
{
  return g_strcmp0 (g_getenv ("BILLING_TEST_FULL"), "1") == 0;
}

static gboolean
is_tried_whole (const BillingVerbCase *verb_case)
{
  /* Under the sanitizers, none but on demand. */
  return is_full () || (WIDENING < 10 && (g_str_equal (verb_case->name, "collect-part") ||
                                          g_str_equal (verb_case->name, "approve") || g_str_equal (verb_case->name, "document")));
}

static char *
copy_original (void)
{
  char *folder = billing_test_folder ();

  billing_test_copy (original, folder);
  return folder;
}

static void
assert_whole (BillingDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  billing_desk_verify (desk, &report, NULL, &error);
  g_assert_no_error (error);
}

/* Opens what a fault left, and looks whether the verb was done. */
static gboolean
is_done (const char *folder,
         guint       i)
{
  g_autoptr (BillingDesk) desk = billing_verb_cases_open (folder);
  g_autofree char *found = NULL;

  assert_whole (desk);
  found = billing_test_dump (folder);
  if (g_str_equal (found, before))
    return FALSE;

  g_assert_cmpstr (found, ==, after->pdata[i]);
  return TRUE;
}

static void
do_case (BillingDesk *desk,
         guint        i)
{
  g_autoptr (GError) error = NULL;

  billing_verb_cases_do (desk, &billing_verb_cases[i], &error);
  g_assert_no_error (error);
}

static void
make_expectations (void)
{
  billing_test_folder_use_memory ();
  original = billing_test_folder ();
  billing_verb_cases_make (original);
  before = billing_test_dump (original);
  after = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < billing_n_verb_cases; i++)
    {
      char *folder = copy_original ();
      g_autoptr (BillingDesk) desk = billing_verb_cases_open (folder);

      do_case (desk, i);
      g_ptr_array_add (after, billing_test_dump (folder));
      g_assert_cmpstr (before, !=, after->pdata[i]);
      g_clear_object (&desk);
      billing_test_folder_remove (folder);
    }
}

/* The child that is killed: opens the practice, and does one verb, whose statements count. */
static void
verb_child (const char *folder)
{
  g_autoptr (BillingDesk) desk = NULL;
  g_autoptr (BillingAct) act = NULL;
  g_autoptr (GError) error = NULL;
  guint i = (guint) g_ascii_strtoull (g_getenv (VARIABLE_CASE), NULL, 10);

  billing_kill_child_hold ();
  desk = billing_verb_cases_open (folder);
  act = billing_verb_cases_build_act (&billing_verb_cases[i], desk);
  billing_kill_child_release ();
  billing_desk_do (desk, act, &error);
  g_assert_no_error (error);
}

static BillingKillResult
kill_at (guint     i,
         int       at,
         gboolean *done)
{
  char *folder = copy_original ();
  g_autofree char *number = g_strdup_printf ("%u", i);
  g_autoptr (GError) error = NULL;
  BillingKillResult result;

  g_setenv (VARIABLE_CASE, number, TRUE);
  result = billing_kill_run ("verb", folder, at, &error);
  g_assert_no_error (error);
  *done = is_done (folder, i);
  billing_test_folder_remove (folder);
  return result;
}

/* Killed at any statement, a verb is not done at all until its commit, and whole from then on. */
static void
test_killed (void)
{
  for (guint i = 0; i < billing_n_verb_cases; i++)
    {
      BillingKillResult result = BILLING_KILL_KILLED;
      gboolean is_whole = is_tried_whole (&billing_verb_cases[i]);
      gboolean was_done = FALSE;
      guint n_not_done = 0;

      for (int at = 1; result == BILLING_KILL_KILLED; at += choose_step (is_whole, MANY_STATEMENTS))
        {
          gboolean done;

          result = kill_at (i, at, &done);
          g_assert_true (done || !was_done);
          g_assert_true (done || result == BILLING_KILL_KILLED);
          was_done = done;
          n_not_done += !done;
        }
      g_test_message ("%s: killed %u times before its commit", billing_verb_cases[i].name, n_not_done);
      g_assert_true (was_done);
      g_assert_cmpuint (n_not_done, >, 0);
    }
}

/* What the power leaves after the sync of that number. */
static void
cut_power (guint i,
           guint sync,
           guint variant,
           guint n_syncs_done,
           guint n_syncs_begun)
{
  char *folder = billing_test_folder ();

  g_assert_true (billing_fault_vfs_restore (sync, folder, variant));
  if (is_done (folder, i))
    g_assert_cmpuint (sync, >=, n_syncs_begun);
  else
    g_assert_cmpuint (sync, <, n_syncs_done);
  billing_test_folder_remove (folder);
}

static void
try_power (guint i)
{
  char *folder = copy_original ();
  gboolean is_whole = is_tried_whole (&billing_verb_cases[i]);
  BillingDesk *desk;
  guint n_syncs_begun;
  guint n_syncs_done;

  billing_fault_vfs_record_start (folder);
  desk = billing_verb_cases_open (folder);
  n_syncs_begun = billing_fault_vfs_n_syncs ();
  do_case (desk, i);
  n_syncs_done = billing_fault_vfs_n_syncs ();
  g_object_unref (desk);
  billing_fault_vfs_record_stop ();

  /* A verb that did not wait for the disk would be lost with the power. */
  g_assert_cmpuint (n_syncs_done, >, n_syncs_begun);
  for (guint sync = 0; sync <= billing_fault_vfs_n_syncs (); sync += (guint) choose_step (is_whole, 6))
    {
      if (is_whole)
        for (guint variant = 0; variant < 4; variant++)
          cut_power (i, sync, variant, n_syncs_done, n_syncs_begun);
      else
        cut_power (i, sync, (guint) g_test_rand_int_range (0, 20), n_syncs_done, n_syncs_begun);
    }
  billing_test_folder_remove (folder);
}

/* The power goes after any sync, with what was not synced kept, lost or torn: what was said to be done is done, the rest is not. */
static void
test_power (void)
{
  billing_fault_vfs_register (TRUE);
  for (guint i = 0; i < billing_n_verb_cases; i++)
    try_power (i);
  billing_fault_vfs_unregister ();
}

/* Does a verb with the n-th operation on the disk failing. Returns whether the disk failed at all. */
static gboolean
do_failing (BillingDesk *desk,
            const char  *folder,
            guint        i,
            int          n,
            int          code,
            gboolean     sticky)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  gboolean success;
  guint n_failures;

  billing_fault_vfs_fail_write (n, code, sticky);
  success = billing_verb_cases_do (desk, &billing_verb_cases[i], &error);
  n_failures = billing_fault_vfs_n_failures ();
  billing_fault_vfs_reset ();

  assert_whole (desk);
  found = billing_test_dump (folder);
  if (success)
    g_assert_cmpstr (found, ==, after->pdata[i]);
  else
    {
      g_assert_cmpstr (found, ==, before);
      g_assert_error (error, BILLING_STORE_ERROR,
                      (code == SQLITE_FULL ? BILLING_STORE_ERROR_FULL : BILLING_STORE_ERROR_FAILED));
      g_assert_nonnull (strstr (error->message, "Nothing was changed"));
      g_assert_cmpuint (n_failures, >, 0);
    }
  return !success;
}

/* The same session goes on after each failure, and when the disk has room again the verb is done. */
static void
try_writes (guint    i,
            int      code,
            gboolean sticky)
{
  char *folder = copy_original ();
  BillingDesk *desk = billing_verb_cases_open (folder);
  gboolean is_whole = is_tried_whole (&billing_verb_cases[i]);
  int n = 1;

  while (do_failing (desk, folder, i, n, code, sticky))
    n += choose_step (is_whole, 9);

  g_assert_cmpint (n, >, 1);
  g_object_unref (desk);
  g_assert_true (is_done (folder, i));
  billing_test_folder_remove (folder);
}

/* The disk is full, or fails, at any write of any verb: a sentence, nothing changed, and the next try succeeds. */
static void
test_disk_full (void)
{
  billing_fault_vfs_register (TRUE);
  for (guint i = 0; i < billing_n_verb_cases; i++)
    {
      if (!is_tried_whole (&billing_verb_cases[i]))
        {
          try_writes (i, SQLITE_FULL, g_test_rand_bit ());
          continue;
        }
      try_writes (i, SQLITE_FULL, TRUE);
      try_writes (i, SQLITE_FULL, FALSE);
      try_writes (i, SQLITE_IOERR_WRITE, FALSE);
    }
  billing_fault_vfs_unregister ();
}

/* A sync that fails leaves open whether the commit is on the disk; it is there whole or not at all. */
static void
try_sync (guint i)
{
  guint n_failures = 1;

  for (int n = 1; n_failures > 0; n++)
    {
      char *folder = copy_original ();
      BillingDesk *desk = billing_verb_cases_open (folder);
      g_autoptr (GError) error = NULL;

      billing_fault_vfs_fail_write (n, SQLITE_IOERR_FSYNC, FALSE);
      billing_verb_cases_do (desk, &billing_verb_cases[i], &error);
      n_failures = billing_fault_vfs_n_failures ();
      billing_fault_vfs_reset ();
      g_assert_cmpint (n_failures > 0, ==, error != NULL);
      assert_whole (desk);
      g_object_unref (desk);
      is_done (folder, i);
      billing_test_folder_remove (folder);
    }
}

static void
test_sync_fails (void)
{
  billing_fault_vfs_register (TRUE);
  for (guint i = 0; i < billing_n_verb_cases; i++)
    {
      if (is_tried_whole (&billing_verb_cases[i]))
        try_sync (i);
    }
  billing_fault_vfs_unregister ();
}

/* A practice that cannot be made is not there, and can be made when the disk has room again. */
static void
test_create_on_full_disk (void)
{
  char *folder = billing_test_folder ();
  gboolean success = FALSE;
  int n;

  billing_fault_vfs_register (TRUE);
  for (n = 1; !success; n += is_full () ? 1 : g_test_rand_int_range (1, 12))
    {
      g_autoptr (GError) error = NULL;

      billing_fault_vfs_fail_write (n, SQLITE_FULL, TRUE);
      success = billing_desk_create (folder, "Clinic", "USD", "Europe/Berlin", &error);
      billing_fault_vfs_reset ();
      g_assert_cmpint (success, ==, billing_desk_exists (folder));
      if (!success)
        g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_FULL);
    }

  g_assert_cmpint (n, >, 2);
  g_object_unref (billing_verb_cases_open (folder));
  billing_fault_vfs_unregister ();
  billing_test_folder_remove (folder);
}

/* The child that is killed while it makes a practice. */
static void
create_child (const char *folder)
{
  g_autoptr (GError) error = NULL;

  billing_desk_create (folder, "Clinic", "USD", "Europe/Berlin", &error);
  g_assert_no_error (error);
}

/* Killed while it is made, a practice is whole, or says in a sentence that it is not and what to do. */
static void
test_create_killed (void)
{
  BillingKillResult result = BILLING_KILL_KILLED;

  for (int at = 1; result == BILLING_KILL_KILLED; at += is_full () ? 1 : g_test_rand_int_range (5, 30))
    {
      char *folder = billing_test_folder ();
      g_autoptr (GError) error = NULL;
      g_autoptr (BillingDesk) desk = NULL;

      result = billing_kill_run ("create", folder, at, &error);
      g_assert_no_error (error);
      desk = billing_desk_open (folder, NULL, NULL, &error);
      if (desk != NULL)
        assert_whole (desk);
      else
        {
          g_assert_cmpint (result, ==, BILLING_KILL_KILLED);
          g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CORRUPT);
          g_assert_nonnull (strstr (error->message, "interrupted"));
        }
      g_clear_object (&desk);
      billing_test_folder_remove (folder);
    }
}

int
main (int    argc,
      char **argv)
{
  int result;

  billing_kill_add_child ("verb", verb_child);
  billing_kill_add_child ("create", create_child);
  if (billing_kill_main ())
    return 0;

  g_test_init (&argc, &argv, NULL);
  make_expectations ();
  g_test_add_func ("/faults/killed", test_killed);
  g_test_add_func ("/faults/power", test_power);
  g_test_add_func ("/faults/disk-full", test_disk_full);
  g_test_add_func ("/faults/sync-fails", test_sync_fails);
  g_test_add_func ("/faults/create-on-full-disk", test_create_on_full_disk);
  g_test_add_func ("/faults/create-killed", test_create_killed);
  result = g_test_run ();

  g_ptr_array_unref (after);
  g_free (before);
  billing_test_folder_remove (original);
  return result;
}
