/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "billing-sandbox-client.h"

#define CUSTOMERS "/v1/customers"

static Client *
new_client (const BillingSandboxFault *fault)
{
  Client *client = client_new (0);

  billing_sandbox_server_add_fault (client->server, fault);
  return client;
}

/* Posts a customer and expects no answer. */
static void
expect_silence (Client *client)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = client_try (client, "POST", CUSTOMERS, "name=A", &error);

  g_assert_null (text);
  g_assert_nonnull (error);
}

/* A refused request is not answered, and nothing is done. */
static void
test_refused (void)
{
  g_autoptr (Client) client =
    new_client (&(BillingSandboxFault) { .kind = BILLING_SANDBOX_FAULT_REFUSED });

  expect_silence (client);
  g_assert_cmpuint (billing_sandbox_server_count (client->server, "customer"), ==, 0);
  g_assert_cmpuint (client_call (client, "POST", CUSTOMERS, "name=A"), ==, 200);
}

/* An answer is lost although the work was done; the same idempotency key then tells what was done
   instead of doing it again. */
static void
test_lost (void)
{
  g_autoptr (Client) client =
    new_client (&(BillingSandboxFault) { .kind = BILLING_SANDBOX_FAULT_LOST, .method = "POST" });

  client->once = g_strdup ("key-1");
  expect_silence (client);
  g_assert_cmpuint (billing_sandbox_server_count (client->server, "customer"), ==, 1);

  client->once = g_strdup ("key-1");
  g_assert_cmpuint (client_call (client, "POST", CUSTOMERS, "name=A"), ==, 200);
  g_assert_cmpstr (client_header (client, "Idempotent-Replayed"), ==, "true");
  g_assert_cmpuint (billing_sandbox_server_count (client->server, "customer"), ==, 1);
}

/* The connection breaks in the middle of the body, after the work was done. */
static void
test_torn (void)
{
  g_autoptr (Client) client =
    new_client (&(BillingSandboxFault) { .kind = BILLING_SANDBOX_FAULT_TORN, .path = "/v1/cust*" });

  expect_silence (client);
  g_assert_cmpuint (billing_sandbox_server_count (client->server, "customer"), ==, 1);
}

/* Half of the JSON comes as if it were all: only its grammar shows it. */
static void
test_cut (void)
{
  g_autoptr (Client) client =
    new_client (&(BillingSandboxFault) { .kind = BILLING_SANDBOX_FAULT_CUT });
  g_autoptr (GError) error = NULL;
  g_autofree char *text = client_try (client, "POST", CUSTOMERS, "name=A", &error);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (client->message), ==, 200);
  g_assert_true (g_str_has_prefix (text, "{\"id\":\"cus_"));
  g_assert_cmpuint (strlen (text), ==,
                    g_ascii_strtoull (client_header (client, "Content-Length"), NULL, 10));
  node = json_from_string (text, &error);
  g_assert_null (node);
  g_assert_cmpuint (billing_sandbox_server_count (client->server, "customer"), ==, 1);
}

static gboolean
give_up_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
gave_up_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_null (bytes);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *done = TRUE;
}

/* No answer comes before the client gives up, and the work was done all the same. */
static void
test_hang (void)
{
  g_autoptr (Client) client =
    new_client (&(BillingSandboxFault) { .kind = BILLING_SANDBOX_FAULT_HANG });
  g_autoptr (SoupMessage) message = client_message (client, "POST", CUSTOMERS, "name=A");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean done = FALSE;

  soup_session_send_and_read_async (client->session, message, G_PRIORITY_DEFAULT, cancellable,
                                    gave_up_cb, &done);
  g_timeout_add (200, give_up_cb, cancellable);
  while (!done)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (billing_sandbox_server_count (client->server, "customer"), ==, 1);
  g_assert_cmpuint (client_call (client, "GET", CUSTOMERS, NULL), ==, 200);
}

/* An answer takes the time that was asked for. */
static void
test_latency (void)
{
  g_autoptr (Client) client = new_client (
    &(BillingSandboxFault) { .kind = BILLING_SANDBOX_FAULT_LATENCY, .method = "GET", .ms = 150 });
  gint64 before = g_get_monotonic_time ();

  g_assert_cmpuint (client_call (client, "GET", "/v1/balance", NULL), ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 150 * 1000);
}

/* A status comes instead of the work, as often as was said, after as many as were said. */
static void
test_status (void)
{
  static const guint expected[] = { 200, 429, 429, 200 };
  g_autoptr (Client) client = new_client (&(BillingSandboxFault) {
    .kind = BILLING_SANDBOX_FAULT_STATUS,
    .method = "POST",
    .path = "/v1/c*s",
    .status = 429,
    .reason = "global-rate",
    .after = 1,
    .times = 2 });

  g_assert_cmpuint (client_call (client, "GET", CUSTOMERS, NULL), ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      client->once = g_strdup_printf ("key-%u", i == 3 ? 2 : i);
      g_assert_cmpuint (client_call (client, "POST", CUSTOMERS, "name=A"), ==, expected[i]);
      g_assert_cmpstr (client_header (client, "Stripe-Rate-Limited-Reason"), ==,
                       expected[i] == 429 ? "global-rate" : NULL);
      g_assert_null (client_header (client, "Idempotent-Replayed"));
    }

  g_assert_cmpuint (billing_sandbox_server_count (client->server, "customer"), ==, 2);
}

/* A 500 that comes after the work stays under its idempotency key, as Stripe keeps it. */
static void
test_done (void)
{
  g_autoptr (Client) client =
    new_client (&(BillingSandboxFault) { .kind = BILLING_SANDBOX_FAULT_STATUS,
                                         .status = 500,
                                         .should_retry = "false",
                                         .done = TRUE });

  client->once = g_strdup ("key-1");
  g_assert_cmpuint (client_call (client, "POST", CUSTOMERS, "name=A"), ==, 500);
  client_expect_error (client, 500, "api_error", NULL, NULL);
  g_assert_cmpstr (client_header (client, "Stripe-Should-Retry"), ==, "false");
  g_assert_cmpuint (billing_sandbox_server_count (client->server, "customer"), ==, 1);

  client->once = g_strdup ("key-1");
  g_assert_cmpuint (client_call (client, "POST", CUSTOMERS, "name=A"), ==, 500);
  g_assert_cmpstr (client_header (client, "Idempotent-Replayed"), ==, "true");
}

/* Returns: (transfer full): the last letters of the names of the customers in the last page */
static char *
names (Client *client)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *path = g_strdup_printf ("data.%u.name", i);
      const char *name = client_text (client, path);

      g_string_append (text, name != NULL ? name : "");
    }

  return g_string_free (text, FALSE);
}

static void
expect_page (Client                  *client,
             BillingSandboxFaultKind  kind,
             const char              *query,
             const char              *expected)
{
  BillingSandboxFault fault = { .kind = kind };
  g_autofree char *path = g_strconcat (CUSTOMERS, query, NULL);
  g_autofree char *text = NULL;

  billing_sandbox_server_add_fault (client->server, &fault);
  g_assert_cmpuint (client_call (client, "GET", path, NULL), ==, 200);
  text = names (client);
  g_assert_cmpstr (text, ==, expected);
}

/* Pages can come twice, out of order, with an object twice, and with one that is not there yet; and
   the next time as they are. */
static void
test_pages (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *cursor = NULL;
  g_autofree char *next = NULL;

  for (char c = 'a'; c <= 'e'; c++)
    {
      g_autofree char *form = g_strdup_printf ("name=%c", c);

      g_free (cursor);
      cursor = client_make (client, CUSTOMERS, form);
    }
  next = g_strconcat ("?limit=2&starting_after=", cursor, NULL);

  expect_page (client, BILLING_SANDBOX_FAULT_DUPLICATE, "", "eedcba");
  expect_page (client, BILLING_SANDBOX_FAULT_SHUFFLE, "", "becad");
  expect_page (client, BILLING_SANDBOX_FAULT_LATE, "", "ecba");
  expect_page (client, BILLING_SANDBOX_FAULT_LATENCY, "?limit=1", "e");
  expect_page (client, BILLING_SANDBOX_FAULT_REPEAT, next, "e");
  g_assert_cmpuint (client_call (client, "GET", CUSTOMERS, NULL), ==, 200);
  g_assert_cmpstr (client_text (client, "data.4.name"), ==, "a");
}

/* Over HTTP, faults are asked for, listed with what they did, and cleared; requests are counted by
   endpoint, those under /sandbox are not. */
static void
test_http (void)
{
  g_autoptr (Client) client = client_new (0);

  g_assert_cmpuint (client_call (client, "POST", "/sandbox/faults", "kind=status"), ==, 400);
  client_expect_error (client, 400, "invalid_request_error", "parameter_invalid_integer", "status");
  g_assert_cmpuint (client_call (client, "POST", "/sandbox/faults",
                                 "kind=status&status=503&path=/v1/payouts/*&times=9"),
                    ==, 200);
  g_assert_cmpuint (client_call (client, "GET", "/v1/payouts/po_1", NULL), ==, 503);
  g_assert_cmpuint (client_call (client, "GET", "/v1/payouts", NULL), ==, 200);
  g_assert_cmpuint (client_call (client, "GET", "/sandbox/faults", NULL), ==, 200);
  g_assert_cmpint (client_int (client, "data.0.struck"), ==, 1);
  g_assert_cmpuint (client_call (client, "DELETE", "/sandbox/faults", NULL), ==, 200);
  g_assert_cmpuint (client_call (client, "GET", "/v1/payouts/po_1", NULL), ==, 404);

  g_assert_cmpuint (client_call (client, "GET", "/sandbox/requests", NULL), ==, 200);
  g_assert_cmpstr (client_text (client, "data.0.path"), ==, "/v1/payouts/*");
  g_assert_cmpint (client_int (client, "data.0.count"), ==, 2);
  g_assert_cmpint (client_int (client, "reads"), ==, 3);
  g_assert_cmpint (client_int (client, "total"), ==, 3);
  g_assert_cmpuint (
    billing_sandbox_server_count_requests (client->server, "GET", "/v1/payouts"), ==, 1);
}

/* Beyond the rate, requests get a 429 with its reason; a second later they are answered again. */
static void
test_rate (void)
{
  BillingSandboxOptions options = { .rate = 3 };
  g_autoptr (Client) client = client_new_with_options (&options);
  guint answered = 0;
  guint refused = 0;

  /* Ten requests fall into two seconds at most. */
  for (guint i = 0; i < 10; i++)
    {
      if (client_call (client, "GET", "/v1/balance", NULL) == 200)
        answered++;
      else
        {
          client_expect_error (client, 429, "invalid_request_error", "rate_limit", NULL);
          g_assert_cmpstr (client_header (client, "Stripe-Rate-Limited-Reason"), ==, "global-rate");
          refused++;
        }
    }

  g_assert_cmpuint (answered, >=, 3);
  g_assert_cmpuint (refused, >=, 4);
  g_usleep (G_USEC_PER_SEC);
  g_assert_cmpuint (client_call (client, "GET", "/v1/balance", NULL), ==, 200);
}

/* Tests in the same process read an object and set the clock without HTTP. */
static void
test_in_process (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_make (client, CUSTOMERS, "name=Ada");
  g_autofree char *text = billing_sandbox_server_read (client->server, id);
  gint64 before = billing_sandbox_server_get_now (client->server);

  g_assert_nonnull (strstr (text, "\"name\":\"Ada\""));
  g_assert_null (billing_sandbox_server_read (client->server, "cus_none"));
  billing_sandbox_server_advance (client->server, 1000);
  g_assert_cmpint (billing_sandbox_server_get_now (client->server), >=, before + 1000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/faults/refused", test_refused);
  g_test_add_func ("/sandbox/faults/lost", test_lost);
  g_test_add_func ("/sandbox/faults/torn", test_torn);
  g_test_add_func ("/sandbox/faults/cut", test_cut);
  g_test_add_func ("/sandbox/faults/hang", test_hang);
  g_test_add_func ("/sandbox/faults/latency", test_latency);
  g_test_add_func ("/sandbox/faults/status", test_status);
  g_test_add_func ("/sandbox/faults/done", test_done);
  g_test_add_func ("/sandbox/faults/pages", test_pages);
  g_test_add_func ("/sandbox/faults/http", test_http);
  g_test_add_func ("/sandbox/faults/rate", test_rate);
  g_test_add_func ("/sandbox/faults/in-process", test_in_process);

  return g_test_run ();
}
