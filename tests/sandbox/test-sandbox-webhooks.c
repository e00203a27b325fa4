/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "billing-sandbox-client.h"

/* What listens to the sandbox. */
typedef struct
{
  Client *client;
  SoupServer *soup;
  GSocketService *service;
  char *url;
  GPtrArray *bodies;      /* of char, in the order in which they came */
  GPtrArray *signatures;  /* of char */
  guint failures;         /* how many more it refuses */
} Fixture;

static void
received_cb (SoupServer        *soup,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GBytes) bytes =
    soup_message_body_flatten (soup_server_message_get_request_body (message));

  g_ptr_array_add (fixture->bodies,
                   g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
  g_ptr_array_add (fixture->signatures,
                   g_strdup (soup_message_headers_get_one (
                     soup_server_message_get_request_headers (message), "Stripe-Signature")));
  soup_server_message_set_status (message, fixture->failures > 0 ? 500 : 200, NULL);
  if (fixture->failures > 0)
    fixture->failures--;
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             Fixture           *fixture)
{
  g_autoptr (GSocketAddress) here = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) there = g_socket_connection_get_remote_address (connection, NULL);

  soup_server_accept_iostream (fixture->soup, G_IO_STREAM (connection), here, there, NULL);
  return TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  guint16 port;

  fixture->client = client_new (0);
  fixture->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->soup, NULL, received_cb, fixture, NULL);
  fixture->service = g_socket_service_new ();
  g_signal_connect (fixture->service, "incoming", G_CALLBACK (incoming_cb), fixture);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (fixture->service), NULL, NULL);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%u/hook", port);
  fixture->bodies = g_ptr_array_new_with_free_func (g_free);
  fixture->signatures = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  client_free (fixture->client);
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_object_unref (fixture->service);
  soup_server_disconnect (fixture->soup);
  g_object_unref (fixture->soup);
  g_free (fixture->url);
  g_ptr_array_unref (fixture->bodies);
  g_ptr_array_unref (fixture->signatures);
}

/* Returns: (transfer full): the id of a new endpoint */
static char *
add_endpoint (Fixture    *fixture,
              const char *types)
{
  g_autofree char *form = g_strdup_printf ("url=%s&%s", fixture->url, types);

  return client_make (fixture->client, "/v1/webhook_endpoints", form);
}

/* Lets time pass until @n deliveries have come, and a little longer for one too many. */
static void
wait_for (Fixture *fixture,
          guint    n)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (fixture->bodies->len < n && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }

  end = g_get_monotonic_time () + 100 * 1000;
  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (fixture->bodies->len, ==, n);
}

static JsonObject *
event_at (Fixture *fixture,
          guint    i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (g_ptr_array_index (fixture->bodies, i), &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

/* Returns: (transfer full): the name of the customer that the event is about */
static char *
name_at (Fixture *fixture,
         guint    i)
{
  g_autoptr (JsonObject) event = event_at (fixture, i);
  JsonObject *data = json_object_get_object_member (event, "data");

  return g_strdup (
    json_object_get_string_member (json_object_get_object_member (data, "object"), "name"));
}

static gint64
pending (Fixture    *fixture,
         const char *event)
{
  g_autofree char *path = g_strconcat ("/v1/events/", event, NULL);

  g_assert_cmpuint (client_call (fixture->client, "GET", path, NULL), ==, 200);
  return client_int (fixture->client, "pending_webhooks");
}

/* An event arrives with a signature that its endpoint's secret makes, and is then no longer pending. */
static void
test_signature (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *endpoint = add_endpoint (fixture, "enabled_events[]=*");
  g_autofree char *secret = g_strdup (client_text (fixture->client, "secret"));
  g_autofree char *path = g_strconcat ("/v1/webhook_endpoints/", endpoint, NULL);
  g_autoptr (JsonObject) event = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  const char *body;

  g_assert_true (g_str_has_prefix (secret, "whsec_"));
  g_free (client_make (fixture->client, "/v1/customers", "name=Ada"));
  wait_for (fixture, 1);
  body = g_ptr_array_index (fixture->bodies, 0);
  parts = g_strsplit (g_ptr_array_index (fixture->signatures, 0), ",v1=", 2);
  g_assert_true (g_str_has_prefix (parts[0], "t="));
  text = g_strconcat (parts[0] + 2, ".", body, NULL);
  expected = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret),
                                        text, -1);
  g_assert_cmpstr (parts[1], ==, expected);

  event = event_at (fixture, 0);
  g_assert_cmpstr (json_object_get_string_member (event, "type"), ==, "customer.created");
  g_assert_cmpint (json_object_get_int_member (event, "pending_webhooks"), ==, 1);
  g_assert_cmpint (pending (fixture, json_object_get_string_member (event, "id")), ==, 0);

  /* The secret is told once. */
  g_assert_cmpuint (client_call (fixture->client, "GET", path, NULL), ==, 200);
  g_assert_null (client_text (fixture->client, "secret"));
}

/* An endpoint is told of what it asked for, and of nothing while it is disabled or after it is deleted. */
static void
test_types (Fixture       *fixture,
            gconstpointer  data)
{
  Client *client = fixture->client;
  g_autofree char *endpoint = add_endpoint (fixture, "enabled_events[]=customer.created");
  g_autofree char *path = g_strconcat ("/v1/webhook_endpoints/", endpoint, NULL);
  g_autofree char *customer = client_make (client, "/v1/customers", "name=A");
  g_autofree char *owner = g_strconcat ("/v1/customers/", customer, NULL);

  g_free (client_make (client, owner, "name=B"));
  wait_for (fixture, 1);
  g_free (client_make (client, path, "disabled=true"));
  g_free (client_make (client, "/v1/customers", "name=C"));
  wait_for (fixture, 1);
  g_free (client_make (client, path, "disabled=false&enabled_events[]=customer.updated"));
  g_free (client_make (client, owner, "name=D"));
  wait_for (fixture, 2);
  g_assert_cmpuint (client_call (client, "DELETE", path, NULL), ==, 200);
  g_assert_true (client_true (client, "deleted"));
  g_free (client_make (client, owner, "name=E"));
  wait_for (fixture, 2);
  g_assert_cmpuint (client_call (client, "GET", "/v1/webhook_endpoints", NULL), ==, 200);
  g_assert_null (client_text (client, "data.0.id"));
}

/* What an endpoint refuses comes again, until it is taken. */
static void
test_retry (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *endpoint = add_endpoint (fixture, "enabled_events[]=*");
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) third = NULL;

  fixture->failures = 2;
  g_free (client_make (fixture->client, "/v1/customers", "name=A"));
  wait_for (fixture, 1);
  first = event_at (fixture, 0);
  g_assert_cmpint (pending (fixture, json_object_get_string_member (first, "id")), ==, 1);
  wait_for (fixture, 3);
  third = event_at (fixture, 2);
  g_assert_cmpstr (json_object_get_string_member (first, "id"), ==,
                   json_object_get_string_member (third, "id"));
  g_assert_cmpint (pending (fixture, json_object_get_string_member (first, "id")), ==, 0);
}

static void
strike (Fixture                 *fixture,
        BillingSandboxFaultKind  kind)
{
  BillingSandboxFault fault = { .kind = kind,
                                .method = BILLING_SANDBOX_DELIVERY,
                                .path = "customer.*" };

  billing_sandbox_server_add_fault (fixture->client->server, &fault);
}

/* Deliveries come twice, out of order, or only at the second try, where that is asked for; the order is
   kept otherwise. */
static void
test_faults (Fixture       *fixture,
             gconstpointer  data)
{
  static const char expected[] = "aacbdfe";
  g_autofree char *endpoint = add_endpoint (fixture, "enabled_events[]=*");

  strike (fixture, BILLING_SANDBOX_FAULT_DUPLICATE);
  g_free (client_make (fixture->client, "/v1/customers", "name=a"));
  wait_for (fixture, 2);
  strike (fixture, BILLING_SANDBOX_FAULT_SHUFFLE);
  g_free (client_make (fixture->client, "/v1/customers", "name=b"));
  g_free (client_make (fixture->client, "/v1/customers", "name=c"));
  wait_for (fixture, 4);
  g_free (client_make (fixture->client, "/v1/customers", "name=d"));
  strike (fixture, BILLING_SANDBOX_FAULT_LOST);
  g_free (client_make (fixture->client, "/v1/customers", "name=e"));
  g_free (client_make (fixture->client, "/v1/customers", "name=f"));
  wait_for (fixture, 7);

  for (guint i = 0; i < fixture->bodies->len; i++)
    {
      g_autofree char *name = name_at (fixture, i);

      g_assert_cmpint (name[0], ==, expected[i]);
    }
}

/* An event can be sent again, with the same id. */
static void
test_resend (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *endpoint = add_endpoint (fixture, "enabled_events[]=customer.created");
  g_autofree char *path = NULL;
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autofree char *form = g_strconcat ("webhook_endpoint=", endpoint, NULL);

  g_free (client_make (fixture->client, "/v1/customers", "name=a"));
  wait_for (fixture, 1);
  first = event_at (fixture, 0);
  path = g_strdup_printf ("/sandbox/events/%s/resend", json_object_get_string_member (first, "id"));
  g_assert_cmpuint (client_call (fixture->client, "POST", path, NULL), ==, 200);
  wait_for (fixture, 2);
  g_assert_cmpuint (client_call (fixture->client, "POST", path, form), ==, 200);
  wait_for (fixture, 3);
  second = event_at (fixture, 2);
  g_assert_cmpstr (json_object_get_string_member (first, "id"), ==,
                   json_object_get_string_member (second, "id"));
}

/* Nothing is sent to other computers. */
static void
test_url (Fixture       *fixture,
          gconstpointer  data)
{
  static const char *const urls[] = { "https://example.com/hook", "http://10.0.0.1/", "ftp://localhost/",
                                      "hook" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *form = g_strdup_printf ("url=%s&enabled_events[]=*", urls[i]);

      g_assert_cmpuint (client_call (fixture->client, "POST", "/v1/webhook_endpoints", form), ==, 400);
      client_expect_error (fixture->client, 400, "invalid_request_error", "url_invalid", "url");
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/sandbox/webhooks/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("signature", test_signature);
  ADD ("types", test_types);
  ADD ("retry", test_retry);
  ADD ("faults", test_faults);
  ADD ("resend", test_resend);
  ADD ("url", test_url);

  return g_test_run ();
}
