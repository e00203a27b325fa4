/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-test-keyring.h"
#include "billing-verb-cases.h"

/* Seals under a real Secret Service. */

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

int
main (int    argc,
      char **argv)
{
  if (!billing_test_keyring_is_inside () && billing_test_keyring_is_there ())
    return billing_test_keyring_run ();

  g_test_init (&argc, &argv, NULL);
  if (!billing_test_keyring_is_inside ())
    {
      g_print ("1..0 # SKIP Needs dbus-run-session and gnome-keyring-daemon\n");
      return 0;
    }

  g_test_add_func ("/keyring/keyed", test_keyed);
  g_test_add_func ("/keyring/own-key", test_own_key);
  g_test_add_func ("/keyring/without", test_without);
  return g_test_run ();
}
