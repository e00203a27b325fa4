/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-verb-cases.h"

/* Seals under a real Secret Service. The program runs itself again in a session bus of its own with a keyring of its own. */

#define VARIABLE_INSIDE "BILLING_TEST_KEYRING"

static void
verify (BillingDesk *desk,
        gboolean     is_keyed)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  billing_desk_verify (desk, &report, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (strstr (report, "without a keyring") == NULL, ==, is_keyed);
}

/* The key is made once, at the practice's first moment, and every session finds it again: all seals are keyed with it. */
static void
test_keyed (void)
{
  char *folder = billing_test_folder ();
  g_autoptr (GBytes) key = NULL;

  billing_verb_cases_make (folder);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BillingDesk) desk = billing_verb_cases_open (folder);
      g_autoptr (GError) error = NULL;

      g_assert_null (billing_desk_get_warning (desk));
      g_assert_nonnull (billing_desk_get_seal_key (desk));
      if (key == NULL)
        key = g_bytes_ref (billing_desk_get_seal_key (desk));
      g_assert_true (g_bytes_equal (key, billing_desk_get_seal_key (desk)));
      billing_verb_cases_do (desk, &billing_verb_cases[0], &error);
      g_assert_no_error (error);
      verify (desk, TRUE);
    }

  g_assert_cmpint (billing_test_integer (folder, "SELECT count(*) FROM seals WHERE key_id = ''"), ==, 0);
  g_assert_cmpint (billing_test_integer (folder, "SELECT count(DISTINCT key_id) FROM seals"), ==, 1);
  billing_test_folder_remove (folder);
}

/* Two practices have two keys. */
static void
test_own_key (void)
{
  char *folder = billing_test_folder ();
  g_autofree char *a = g_build_filename (folder, "a", NULL);
  g_autofree char *b = g_build_filename (folder, "b", NULL);
  g_autoptr (BillingDesk) first = NULL;
  g_autoptr (BillingDesk) second = NULL;

  billing_verb_cases_make (a);
  billing_verb_cases_make (b);
  first = billing_verb_cases_open (a);
  second = billing_verb_cases_open (b);
  g_assert_false (g_bytes_equal (billing_desk_get_seal_key (first), billing_desk_get_seal_key (second)));
  g_clear_object (&first);
  g_clear_object (&second);
  billing_test_folder_remove (folder);
}

/* Without a keyring everything works and says what it cannot do; with it again, the seals of both times are told apart. */
static void
test_without (void)
{
  char *folder = billing_test_folder ();
  g_autofree char *address = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_autoptr (BillingDesk) desk = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  billing_verb_cases_make (folder);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  desk = billing_verb_cases_open (folder);
  g_assert_nonnull (billing_desk_get_warning (desk));
  g_assert_null (billing_desk_get_seal_key (desk));
  billing_verb_cases_do (desk, &billing_verb_cases[0], &error);
  g_assert_no_error (error);
  g_assert_false (billing_desk_verify (desk, &report, NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH);
  g_assert_nonnull (strstr (error->message, "keyring"));
  g_clear_object (&desk);

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  desk = billing_verb_cases_open (folder);
  verify (desk, FALSE);
  g_clear_object (&desk);
  billing_test_folder_remove (folder);
}

static gboolean
has_tools (void)
{
  static const char * const tools[] = { "dbus-run-session", "gnome-keyring-daemon" };

  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      g_autofree char *path = g_find_program_in_path (tools[i]);

      if (path == NULL)
        return FALSE;
    }
  return TRUE;
}

/* The keyring writes until it ends, shortly after its bus. */
static void
remove_home (const char *home)
{
  const char *argv[] = { "rm", "-rf", home, NULL };

  for (guint i = 0; i < 30 && g_file_test (home, G_FILE_TEST_EXISTS); i++)
    {
      g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, NULL,
                    NULL);
      g_usleep (100 * 1000);
    }
}

/* Runs this program again, in a session with a keyring. Returns its exit status. */
static int
run_inside (void)
{
  static const char script[] =
    "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 && exec \"$0\"";
  g_autofree char *home = billing_test_folder ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { "dbus-run-session", "--", "sh", "-c", script, program, NULL };
  g_autoptr (GError) error = NULL;
  int status = 1;

  g_setenv (VARIABLE_INSIDE, "1", TRUE);
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", home, TRUE);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error))
    g_error ("Cannot start a session bus: %s", error->message);
  remove_home (home);
  return g_spawn_check_wait_status (status, NULL) ? 0 : 1;
}

int
main (int    argc,
      char **argv)
{
  if (g_getenv (VARIABLE_INSIDE) == NULL && has_tools ())
    return run_inside ();

  g_test_init (&argc, &argv, NULL);
  if (g_getenv (VARIABLE_INSIDE) == NULL)
    {
      g_print ("1..0 # SKIP Needs dbus-run-session and gnome-keyring-daemon\n");
      return 0;
    }

  g_test_add_func ("/keyring/keyed", test_keyed);
  g_test_add_func ("/keyring/own-key", test_own_key);
  g_test_add_func ("/keyring/without", test_without);
  return g_test_run ();
}
