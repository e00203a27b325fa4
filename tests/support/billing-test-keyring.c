/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-test-keyring.h"

#include "billing-test-folder.h"

#define VARIABLE_INSIDE "BILLING_TEST_KEYRING"

gboolean
billing_test_keyring_is_inside (void)
{
  return g_getenv (VARIABLE_INSIDE) != NULL;
}

/**
 * billing_test_keyring_is_there:
 *
 * Returns: whether this computer has what it takes
 */
gboolean
billing_test_keyring_is_there (void)
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
      g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                    NULL, NULL, NULL, NULL, NULL, NULL);
      g_usleep (100 * 1000);
    }
}

/**
 * billing_test_keyring_run:
 *
 * Runs this program again, in a session with a keyring.
 *
 * Returns: its exit status
 */
int
billing_test_keyring_run (void)
{
  /* What would end this program on a warning must not end the keyring, whose warnings are its
   * own. */
  static const char script[] =
    "debug=$G_DEBUG; unset G_DEBUG;"
    "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 && G_DEBUG=$debug exec \"$0\"";
  g_autofree char *home = billing_test_folder ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { "dbus-run-session", "--", "sh", "-c", script, program, NULL };
  g_autoptr (GError) error = NULL;
  int status = 1;

  g_setenv (VARIABLE_INSIDE, "1", TRUE);
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", home, TRUE);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                     &status, &error))
    g_error ("Cannot start a session bus: %s", error->message);
  remove_home (home);
  return g_spawn_check_wait_status (status, NULL) ? 0 : 1;
}

/**
 * billing_test_keyring_lock:
 *
 * Locks the keyring, as the desktop does when nobody is there.
 */
void
billing_test_keyring_lock (void)
{
  static const char * const paths[] = { "/org/freedesktop/secrets/aliases/default", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                        "org.freedesktop.Secret.Service", "Lock",
                                        g_variant_new ("(^ao)", paths), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}
