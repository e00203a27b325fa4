/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "billing-sandbox-client.h"

#define DAY 86400

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("sandbox-state-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "state.json", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static Client *
start (Fixture *fixture,
       guint    payments)
{
  BillingSandboxOptions options = { .seed = 3, .payments = payments, .state = fixture->path };

  return client_new_with_options (&options);
}

static char *
body_of (Client     *client,
         const char *path)
{
  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
  return json_to_string (client->body, FALSE);
}

/* A sandbox that goes on from its file has the same objects, lists, events and balance, old and new, and
   nobody else can read the file. */
static void
test_same (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const paths[] = { "/v1/charges?limit=60", "/v1/balance_transactions?limit=100",
                                       "/v1/events?limit=100", "/v1/balance", "/v1/account",
                                       "/v1/payouts?limit=5",  "/v1/refunds?limit=100",
                                       "/v1/customers?limit=5" };
  g_autoptr (Client) client = start (fixture, 50);
  char *before[G_N_ELEMENTS (paths)];
  g_autofree char *form = NULL;
  GStatBuf status;

  g_free (client_make (client, "/v1/payment_intents",
                       "amount=1000&currency=usd&confirm=true&payment_method=pm_card_visa"));
  g_assert_cmpuint (client_call (client, "GET", "/v1/charges?limit=1", NULL), ==, 200);
  form = g_strconcat ("amount=10&charge=", client_text (client, "data.0.id"), NULL);
  g_free (client_make (client, "/v1/refunds", form));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    before[i] = body_of (client, paths[i]);
  client_free (g_steal_pointer (&client));
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);

  client = start (fixture, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *after = body_of (client, paths[i]);

      g_assert_cmpstr (after, ==, before[i]);
      g_free (before[i]);
    }
}

/* What was to happen happens after a start too: the refund turns, the money is paid out and arrives, and
   the clock goes on from where it was. */
static void
test_later (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (Client) client = start (fixture, 0);
  g_autofree char *intent = client_make (client, "/v1/payment_intents",
                                         "amount=1000&currency=usd&confirm=true"
                                         "&payment_method=pm_card_pendingRefund");
  g_autofree char *form = g_strconcat ("amount=10&payment_intent=", intent, NULL);
  g_autofree char *refund = client_make (client, "/v1/refunds", form);
  g_autofree char *path = g_strconcat ("/v1/refunds/", refund, NULL);
  gint64 now;

  billing_sandbox_server_advance (client->server, 30);
  now = billing_sandbox_server_get_now (client->server);
  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "pending");
  client_free (g_steal_pointer (&client));

  client = start (fixture, 0);
  g_assert_cmpint (billing_sandbox_server_get_now (client->server), >=, now);
  g_assert_cmpint (billing_sandbox_server_get_now (client->server), <, now + 30);
  billing_sandbox_server_advance (client->server, 7 * DAY);
  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "succeeded");
  g_assert_cmpuint (client_call (client, "GET", "/v1/payouts", NULL), ==, 200);
  g_assert_cmpint (client_int (client, "data.0.amount"), ==, 1000 - 59 - 10);
  g_assert_cmpstr (client_text (client, "data.0.status"), ==, "paid");
}

/* An idempotency key that was answered is answered again, and new ids are new. */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (Client) client = start (fixture, 0);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  client->once = g_strdup ("key-1");
  first = client_make (client, "/v1/customers", "name=A");
  client_free (g_steal_pointer (&client));

  client = start (fixture, 0);
  client->once = g_strdup ("key-1");
  second = client_make (client, "/v1/customers", "name=A");
  g_assert_cmpstr (client_header (client, "Idempotent-Replayed"), ==, "true");
  g_assert_cmpstr (first, ==, second);
  g_free (second);
  second = client_make (client, "/v1/customers", "name=B");
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpuint (billing_sandbox_server_count (client->server, "customer"), ==, 2);
}

/* The file is written while the sandbox runs, not only at its end. */
static void
test_meanwhile (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (Client) client = start (fixture, 0);
  g_autofree char *id = client_make (client, "/v1/customers", "name=A");
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  gboolean found = FALSE;

  while (!found && g_get_monotonic_time () < end)
    {
      g_autofree char *text = NULL;

      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
      found = g_file_get_contents (fixture->path, &text, NULL, NULL) && strstr (text, id) != NULL;
    }

  g_assert_true (found);
}

/* A file that is no state stops the sandbox from starting, and stays as it is. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const texts[] = { "", "[]", "{", "{\"version\":99,\"past\":{},\"sandbox\":{}}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      BillingSandboxOptions options = { .state = fixture->path };
      g_autoptr (BillingSandboxServer) server = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      server = billing_sandbox_server_new_with_options (&options, &error);
      g_assert_null (server);
      g_assert_nonnull (error);
      g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/sandbox/state/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("same", test_same);
  ADD ("later", test_later);
  ADD ("keys", test_keys);
  ADD ("meanwhile", test_meanwhile);
  ADD ("damaged", test_damaged);

  return g_test_run ();
}
