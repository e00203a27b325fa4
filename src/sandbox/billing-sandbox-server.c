/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "billing-sandbox-form.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-memory.h"
#include "billing-sandbox-routes.h"

struct _BillingSandboxServer
{
  SoupServer *soup;              /* (owned) */
  GSocketService *service;       /* (owned) (nullable): listens */
  guint16 port;
  BillingSandbox *sandbox;       /* (owned) */
  BillingSandboxMemory *memory;  /* (owned) */
  GHashTable *waiting;           /* (owned): of Waiting, which are answered later */
  guint latency;                 /* milliseconds */
};

/* A request that waits for the time it is to take. */
typedef struct
{
  BillingSandboxServer *server;       /* (not owned) */
  SoupServerMessage *message;         /* (owned) */
  const BillingSandboxRoute *route;
  BillingSandboxCall call;
  char *path;                         /* (owned) */
  guint source;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_handle_id (&waiting->source, g_source_remove);
  billing_sandbox_call_clear (&waiting->call);
  g_clear_object (&waiting->message);
  g_free (waiting->path);
  g_free (waiting);
}

static void
send_text (SoupServerMessage *message,
           guint              status,
           const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static char *
write_error (BillingSandboxCall *call)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autofree char *url =
    g_strconcat ("https://dashboard.stripe.com/test/logs/", call->request_id, NULL);

  json_object_set_string_member (call->error, "request_log_url", url);
  json_object_set_object_member (answer, "error", json_object_ref (call->error));
  return billing_sandbox_json_text (answer);
}

static void
send_error (SoupServerMessage  *message,
            BillingSandboxCall *call)
{
  g_autofree char *body = write_error (call);

  send_text (message, call->status, body);
}

/* What Stripe shows of a wrong key. */
static char *
mask_key (const char *key)
{
  gsize length = strlen (key);
  GString *masked = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_c (masked, i < 8 || i + 4 >= length ? key[i] : '*');

  return g_string_free (masked, FALSE);
}

static char *
read_key (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "Authorization");
  gsize length;

  if (header == NULL)
    return NULL;
  if (g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    return g_strstrip (g_strdup (header + 7));
  if (g_ascii_strncasecmp (header, "Basic ", 6) == 0)
    {
      g_autofree guchar *pair = g_base64_decode (header + 6, &length);
      g_autofree char *text = g_strndup ((const char *) pair, length);

      return g_strndup (text, strcspn (text, ":"));
    }

  return NULL;
}

static gboolean
check_key (SoupServerMessage  *message,
           BillingSandboxCall *call)
{
  g_autofree char *key = read_key (message);
  g_autofree char *masked = NULL;

  if (key == NULL || *key == '\0')
    return billing_sandbox_fail (call, 401, NULL, NULL,
                                 "You did not provide an API key. You need to provide your API key "
                                 "in "
                                 "the Authorization header, using Bearer auth (e.g. "
                                 "'Authorization: "
                                 "Bearer YOUR_SECRET_KEY'). See "
                                 "https://stripe.com/docs/api#authentication for details, or we "
                                 "can "
                                 "help at https://support.stripe.com/."),
           FALSE;
  if ((g_str_has_prefix (key, "sk_test_") || g_str_has_prefix (key, "rk_test_")) &&
      strlen (key) > 8)
    return TRUE;

  masked = mask_key (key);
  g_strdelimit (masked, "\r\n", ' ');
  return billing_sandbox_fail (call, 401, NULL, NULL, "Invalid API Key provided: %s", masked),
         FALSE;
}

static char *
read_params (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = NULL;

  if (!g_str_equal (soup_server_message_get_method (message), "POST"))
    return g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));

  bytes = soup_message_body_flatten (body);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
set_headers (BillingSandboxServer *self,
             SoupServerMessage    *message,
             BillingSandboxCall   *call)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  const char *version = soup_message_headers_get_one (request, "Stripe-Version");

  soup_message_headers_append (response, "Request-Id", call->request_id);
  soup_message_headers_append (response, "Stripe-Version",
                               version != NULL ? version : BILLING_SANDBOX_VERSION);
  if (call->idempotency_key != NULL)
    soup_message_headers_append (response, "Idempotency-Key", call->idempotency_key);
}

static void
replay (SoupServerMessage    *message,
        BillingSandboxAnswer *earlier)
{
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);

  soup_message_headers_append (response, "Idempotent-Replayed", "true");
  soup_message_headers_append (response, "Original-Request", earlier->request_id);
  send_text (message, earlier->status, earlier->body);
}

static void
refuse_key (BillingSandboxCall     *call,
            BillingSandboxKeyState  state,
            const char             *path,
            BillingSandboxAnswer   *earlier)
{
  g_autofree char *message = NULL;

  if (state == BILLING_SANDBOX_KEY_IN_USE)
    {
      billing_sandbox_fail (call, 409, "idempotency_key_in_use", NULL,
                            "There is currently another in-progress request using this Idempotent "
                            "Key "
                            "(that probably means you submitted twice, and the other request is "
                            "still "
                            "going through): %s. Please try again later.",
                            call->idempotency_key);
      return;
    }

  if (state == BILLING_SANDBOX_KEY_OTHER_PATH)
    message = g_strdup_printf ("Keys for idempotent requests can only be used for the same "
                               "endpoint "
                               "they were first used for ('%s' vs '%s'). Try using a key other "
                               "than "
                               "'%s' if you meant to execute a different request.",
                               path, earlier->path, call->idempotency_key);
  else
    message = g_strdup_printf ("Keys for idempotent requests can only be used with the same "
                               "parameters they were first used with. Try using a key other than "
                               "'%s' "
                               "if you meant to execute a different request.",
                               call->idempotency_key);
  billing_sandbox_fail_with (call, 400,
                             billing_sandbox_error_new ("idempotency_error", NULL, NULL, message));
}

/* Returns: whether the request is to be executed; if not, it has been answered. */
static gboolean
begin_key (BillingSandboxServer *self,
           SoupServerMessage    *message,
           BillingSandboxCall   *call,
           const char           *path)
{
  g_autofree char *params = NULL;
  BillingSandboxAnswer *earlier;
  BillingSandboxKeyState state;

  if (call->idempotency_key == NULL)
    return TRUE;

  params = billing_sandbox_json_text (call->params);
  state = billing_sandbox_memory_begin (self->memory, call->idempotency_key, path, params,
                                        call->request_id, billing_sandbox_now (self->sandbox),
                                        &earlier);
  if (state == BILLING_SANDBOX_KEY_NEW)
    return TRUE;

  if (state == BILLING_SANDBOX_KEY_ANSWERED)
    replay (message, earlier);
  else
    {
      refuse_key (call, state, path, earlier);
      send_error (message, call);
    }

  return FALSE;
}

/* What fails before it began may be tried again under the same key. */
static void
execute (BillingSandboxServer      *self,
         SoupServerMessage         *message,
         const BillingSandboxRoute *route,
         BillingSandboxCall        *call,
         const char                *path)
{
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *body = NULL;
  gboolean valid;

  billing_sandbox_catch_up (self->sandbox);
  call->status = 200;
  valid = billing_sandbox_route_check (route, call);
  if (valid)
    {
      billing_sandbox_begin (self->sandbox, call);
      answer = billing_sandbox_route_answer (route, self->sandbox, call, path);
      billing_sandbox_end (self->sandbox);
    }

  body = answer != NULL ? billing_sandbox_json_text (answer) : write_error (call);
  if (call->idempotency_key != NULL && valid)
    billing_sandbox_memory_keep (self->memory, call->idempotency_key, call->status, body);
  else if (call->idempotency_key != NULL)
    billing_sandbox_memory_drop (self->memory, call->idempotency_key);
  send_text (message, call->status, body);
}

static gboolean
time_passed_cb (gpointer data)
{
  Waiting *waiting = data;
  BillingSandboxServer *self = waiting->server;

  waiting->source = 0;
  execute (self, waiting->message, waiting->route, &waiting->call, waiting->path);
  soup_server_message_unpause (waiting->message);
  g_hash_table_remove (self->waiting, waiting);
  return G_SOURCE_REMOVE;
}

static void
wait_and_execute (BillingSandboxServer      *self,
                  SoupServerMessage         *message,
                  const BillingSandboxRoute *route,
                  BillingSandboxCall        *call,
                  const char                *path)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->server = self;
  waiting->message = g_object_ref (message);
  waiting->route = route;
  waiting->call = *call;
  memset (call, 0, sizeof *call);
  waiting->path = g_strdup (path);
  waiting->source = g_timeout_add (self->latency, time_passed_cb, waiting);
  g_hash_table_add (self->waiting, waiting);
  soup_server_message_pause (message);
}

static void
refuse_path (BillingSandboxCall *call,
             const char         *method,
             const char         *path)
{
  billing_sandbox_fail (call, 404, NULL, NULL,
                        "Unrecognized request URL (%s: %s). Please see https://stripe.com/docs or "
                        "we "
                        "can help at https://support.stripe.com/.",
                        method, path);
}

static void
begin_call (BillingSandboxServer *self,
            SoupServerMessage    *message,
            BillingSandboxCall   *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *params = read_params (message);

  call->request_id =
    billing_sandbox_store_random (billing_sandbox_get_store (self->sandbox), "req_", 14);
  call->params = billing_sandbox_form_decode (params);
  if (g_str_equal (soup_server_message_get_method (message), "POST"))
    call->idempotency_key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  set_headers (self, message, call);
}

static gboolean
check_key_length (BillingSandboxCall *call)
{
  if (call->idempotency_key == NULL || strlen (call->idempotency_key) <= 255)
    return TRUE;

  billing_sandbox_fail (call, 400, NULL, NULL,
                        "Idempotency keys can have up to 255 characters.");
  return FALSE;
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  BillingSandboxServer *self = user_data;
  const char *method = soup_server_message_get_method (message);
  g_auto (BillingSandboxCall) call = { 0 };
  const BillingSandboxRoute *route;

  begin_call (self, message, &call);
  route = billing_sandbox_route_find (method, path, &call.id);
  if (route == NULL)
    refuse_path (&call, method, path);
  if (!check_key (message, &call) || route == NULL || !check_key_length (&call))
    {
      send_error (message, &call);
      return;
    }

  if (!begin_key (self, message, &call, path))
    return;
  if (self->latency > 0)
    wait_and_execute (self, message, route, &call, path);
  else
    execute (self, message, route, &call, path);
}

static gboolean
incoming_cb (GSocketService       *service,
             GSocketConnection    *connection,
             GObject              *source,
             BillingSandboxServer *self)
{
  g_autoptr (GSocketAddress) here = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) there = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  if (!soup_server_accept_iostream (self->soup, G_IO_STREAM (connection), here, there, &error))
    g_warning ("A connection was not taken: %s", error->message);
  return TRUE;
}

/* libsoup 3.2 leaks the sockets of its own listener, so GIO listens. */
static gboolean
listen_to (BillingSandboxServer  *self,
           guint16                port,
           GError               **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocketAddress) found = NULL;

  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &found, error))
    return FALSE;

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found));
  return TRUE;
}

/**
 * billing_sandbox_server_new:
 * @port: the port on 127.0.0.1, or 0 for any free one
 * @latency: how many milliseconds each request takes
 * @seed: equal seeds and equal requests give equal ids
 * @error: where to say why not
 *
 * Serves a sandbox in the calling thread's default main context.
 *
 * Returns: (transfer full) (nullable): the server
 */
BillingSandboxServer *
billing_sandbox_server_new (guint16   port,
                            guint     latency,
                            guint64   seed,
                            GError  **error)
{
  g_autoptr (BillingSandboxServer) self = g_new0 (BillingSandboxServer, 1);

  self->soup = soup_server_new ("server-header", "billing-sandbox ", NULL);
  self->sandbox = billing_sandbox_new (seed);
  self->memory = billing_sandbox_memory_new ();
  self->waiting = g_hash_table_new_full (NULL, NULL, waiting_free, NULL);
  self->latency = latency;
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  if (!listen_to (self, port, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
billing_sandbox_server_free (BillingSandboxServer *self)
{
  if (self->service != NULL)
    {
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    }
  g_clear_object (&self->service);
  soup_server_disconnect (self->soup);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_object (&self->soup);
  billing_sandbox_memory_free (self->memory);
  billing_sandbox_free (self->sandbox);
  g_free (self);
}

/**
 * billing_sandbox_server_get_url:
 * @self: a server
 *
 * Returns: (transfer full): where it is, without a slash at the end
 */
char *
billing_sandbox_server_get_url (BillingSandboxServer *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}
