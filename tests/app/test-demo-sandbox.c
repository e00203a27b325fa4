/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>

#include "billing-demo-sandbox.h"
#include "billing-test-folder.h"

/* The sandbox of the demo, as a program of its own. */

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BillingDemoSandbox **sandbox = user_data;
  g_autoptr (GError) error = NULL;

  *sandbox = billing_demo_sandbox_start_finish (result, &error);
  g_assert_no_error (error);
}

static BillingDemoSandbox *
start (const char *folder)
{
  BillingDemoSandbox *sandbox = NULL;

  billing_demo_sandbox_start_async (folder, NULL, started_cb, &sandbox);
  while (sandbox == NULL)
    g_main_context_iteration (NULL, TRUE);
  return sandbox;
}

static gboolean
is_serving (const char *url)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_uri (client, url, 80, NULL,
                                                                             NULL);

  return connection != NULL;
}

/* It serves on this computer when it is said to, and no longer when it was stopped; what happened
 * there is kept beside the practice. */
static void
test_life (void)
{
  char *folder = billing_test_folder ();
  g_autofree char *state = g_build_filename (folder, "sandbox-state.json", NULL);
  BillingDemoSandbox *sandbox = start (folder);
  g_autofree char *url = g_strdup (billing_demo_sandbox_get_url (sandbox));

  g_assert_true (g_str_has_prefix (url, "http://127.0.0.1:"));
  g_assert_true (is_serving (url));
  billing_demo_sandbox_stop (sandbox);
  for (guint i = 0; i < 100 && (is_serving (url) || !g_file_test (state, G_FILE_TEST_EXISTS)); i++)
    g_usleep (100 * 1000);
  g_assert_false (is_serving (url));
  g_assert_true (g_file_test (state, G_FILE_TEST_EXISTS));
  billing_test_folder_remove (folder);
}

static void
missing_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError **error = user_data;

  g_assert_null (billing_demo_sandbox_start_finish (result, error));
}

/* Where it is not installed, a sentence says so. */
static void
test_missing (void)
{
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autoptr (GError) error = NULL;

  g_setenv ("PATH", "/nowhere", TRUE);
  billing_demo_sandbox_start_async ("/nowhere", NULL, missing_cb, &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_setenv ("PATH", path, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo-sandbox/life", test_life);
  g_test_add_func ("/demo-sandbox/missing", test_missing);
  return g_test_run ();
}
