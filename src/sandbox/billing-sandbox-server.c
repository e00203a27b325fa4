/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-server.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "billing-sandbox-form.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-memory.h"
#include "billing-sandbox-routes.h"
#include "billing-sandbox-state.h"
#include "billing-sandbox-upload.h"
#include "billing-sandbox-webhooks.h"
#include "billing-sandbox-wire.h"

/* Milliseconds. */
#define WRITTEN_EVERY 2000

struct _BillingSandboxServer
{
  SoupServer *soup;              /* (owned) */
  GSocketService *service;       /* (owned) (nullable): listens */
  GSocket *listens;              /* (owned) (nullable): what libsoup thinks it listens to */
  int silence;                   /* the other end of it */
  guint16 port;
  BillingSandbox *sandbox;       /* (owned) */
  BillingSandboxMemory *memory;  /* (owned) */
  GHashTable *waiting;           /* (owned): of Request (owned), which are answered later */
  BillingSandboxState *state;    /* (owned) (nullable) */
  BillingSandboxWebhooks *webhooks; /* (owned) (nullable) */
  GSource *writing;              /* (owned) (nullable) */
  GHashTable *pages;             /* (owned): path -> the last page of its list (owned) */
  GCancellable *stopped;         /* (owned): ends the wait of those that get no answer */
  GMutex lock;                   /* so that tests can ask from another thread */
  guint latency;                 /* milliseconds */
  guint rate;                    /* requests a second, or 0 */
  gint64 second;                 /* the one that is counted */
  guint counted;
};

/* A request until it is answered. */
typedef struct
{
  BillingSandboxServer *server;       /* (not owned) */
  SoupServerMessage *message;         /* (owned) */
  const BillingSandboxRoute *route;
  BillingSandboxCall call;
  BillingSandboxFault fault;
  char *path;                         /* (owned) */
  GSource *source;                    /* (owned) (nullable) */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->source, billing_sandbox_wire_never);
  billing_sandbox_call_clear (&request->call);
  billing_sandbox_fault_clear (&request->fault);
  g_clear_object (&request->message);
  g_free (request->path);
  g_free (request);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

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

static gboolean
is_page (const char *body)
{
  return g_str_has_prefix (body, "{\"object\":\"list\"");
}

/* Pages and files are not distorted. */
static void
deliver_content (Request *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  BillingSandboxCall *call = &request->call;
  gsize size;
  const char *data = g_bytes_get_data (call->content, &size);

  soup_server_message_set_status (request->message, call->status, NULL);
  if (call->location != NULL)
    soup_message_headers_append (headers, "Location", call->location);
  soup_server_message_set_response (request->message, call->content_type, SOUP_MEMORY_COPY, data,
                                    size);
}

/* The one place where answers go out, or do not. */
static void
deliver (Request *request,
         guint    status,
         char    *body)
{
  BillingSandboxServer *self = request->server;
  SoupServerMessage *message = request->message;
  g_autofree char *answer = billing_sandbox_fault_distort (
    &request->fault, body, g_hash_table_lookup (self->pages, request->path));

  if (is_page (answer))
    g_hash_table_replace (self->pages, g_strdup (request->path), g_strdup (answer));

  if (request->fault.kind == BILLING_SANDBOX_FAULT_NOTICE && request->fault.reason != NULL)
    soup_message_headers_append (soup_server_message_get_response_headers (message), "Stripe-Notice",
                                 request->fault.reason);
  if (request->fault.kind == BILLING_SANDBOX_FAULT_LOST)
    billing_sandbox_wire_hang_up (message);
  else if (request->fault.kind == BILLING_SANDBOX_FAULT_HANG)
    billing_sandbox_wire_hold (message, self->stopped);
  else if (request->fault.kind == BILLING_SANDBOX_FAULT_TORN)
    billing_sandbox_wire_tear (message, status, answer);
  else
    {
      if (request->fault.kind == BILLING_SANDBOX_FAULT_CUT)
        answer[strlen (answer) / 2] = '\0';
      billing_sandbox_wire_send (message, status, g_steal_pointer (&answer));
    }
}

static void
deliver_error (Request *request)
{
  deliver (request, request->call.status, write_error (&request->call));
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

static gboolean
check_key (SoupServerMessage  *message,
           BillingSandboxCall *call)
{
  g_autofree char *key = billing_sandbox_wire_read_key (message);
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
replay (Request              *request,
        BillingSandboxAnswer *earlier)
{
  SoupMessageHeaders *response = soup_server_message_get_response_headers (request->message);

  soup_message_headers_append (response, "Idempotent-Replayed", "true");
  soup_message_headers_append (response, "Original-Request", earlier->request_id);
  deliver (request, earlier->status, g_strdup (earlier->body));
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
begin_key (Request *request)
{
  BillingSandboxServer *self = request->server;
  BillingSandboxCall *call = &request->call;
  g_autofree char *params = NULL;
  BillingSandboxAnswer *earlier;
  BillingSandboxKeyState state;

  if (call->idempotency_key == NULL)
    return TRUE;

  params = billing_sandbox_json_text (call->params);
  state = billing_sandbox_memory_begin (self->memory, call->idempotency_key, request->path, params,
                                        call->request_id, billing_sandbox_now (self->sandbox),
                                        &earlier);
  if (state == BILLING_SANDBOX_KEY_NEW)
    return TRUE;

  if (state == BILLING_SANDBOX_KEY_ANSWERED)
    replay (request, earlier);
  else
    {
      refuse_key (call, state, request->path, earlier);
      deliver_error (request);
    }

  return FALSE;
}

static void
fail_by_fault (Request *request)
{
  SoupMessageHeaders *response = soup_server_message_get_response_headers (request->message);
  BillingSandboxFault *fault = &request->fault;

  billing_sandbox_fail_with (&request->call, fault->status, billing_sandbox_fault_error (fault));
  if (fault->reason != NULL)
    soup_message_headers_append (response, "Stripe-Rate-Limited-Reason", fault->reason);
  if (fault->should_retry != NULL)
    soup_message_headers_append (response, "Stripe-Should-Retry", fault->should_retry);
}

/* What fails before it began may be tried again under the same key. */
static char *
answer (Request *request)
{
  BillingSandboxServer *self = request->server;
  BillingSandboxCall *call = &request->call;
  g_autoptr (JsonObject) object = NULL;
  char *body;
  gboolean valid;

  billing_sandbox_catch_up (self->sandbox);
  if (!g_str_equal (request->route->method, "GET"))
    billing_sandbox_state_touch (self->state);
  call->status = 200;
  valid = billing_sandbox_route_check (request->route, call);
  if (valid)
    {
      billing_sandbox_begin (self->sandbox, call);
      object = billing_sandbox_route_answer (request->route, self->sandbox, call, request->path);
      billing_sandbox_end (self->sandbox);
    }
  if (valid && request->fault.kind == BILLING_SANDBOX_FAULT_STATUS)
    fail_by_fault (request);

  if (call->error != NULL)
    body = write_error (call);
  else
    body = call->text != NULL ? g_steal_pointer (&call->text) : billing_sandbox_json_text (object);
  if (call->idempotency_key != NULL && valid)
    billing_sandbox_memory_keep (self->memory, call->idempotency_key, call->status, body);
  else if (call->idempotency_key != NULL)
    billing_sandbox_memory_drop (self->memory, call->idempotency_key);
  return body;
}

static void
execute (Request *request)
{
  BillingSandboxCall *call = &request->call;
  g_autofree char *body = NULL;

  if (billing_sandbox_fault_is_done (&request->fault))
    {
      body = answer (request);
      if (call->content != NULL && call->error == NULL)
        deliver_content (request);
      else
        deliver (request, call->status, g_steal_pointer (&body));
      return;
    }

  if (call->idempotency_key != NULL)
    billing_sandbox_memory_drop (request->server->memory, call->idempotency_key);
  fail_by_fault (request);
  deliver_error (request);
}

static gboolean
time_passed_cb (gpointer data)
{
  Request *request = data;
  BillingSandboxServer *self = request->server;

  g_mutex_lock (&self->lock);
  soup_server_message_unpause (request->message);
  execute (request);
  g_hash_table_remove (self->waiting, request);
  g_mutex_unlock (&self->lock);
  return G_SOURCE_REMOVE;
}

static void
wait_and_execute (Request *request,
                  guint    ms)
{
  g_hash_table_add (request->server->waiting, request);
  request->source = billing_sandbox_wire_later (ms, time_passed_cb, request);
  soup_server_message_pause (request->message);
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
begin_call (Request *request)
{
  SoupServerMessage *message = request->message;
  BillingSandboxCall *call = &request->call;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *params = billing_sandbox_wire_read_params (message);

  call->request_id = billing_sandbox_store_random (
    billing_sandbox_get_store (request->server->sandbox), "req_", 14);
  if (!billing_sandbox_upload_read (message, call))
    call->params = billing_sandbox_form_decode (params);
  if (g_str_equal (soup_server_message_get_method (message), "POST"))
    call->idempotency_key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  set_headers (request->server, message, call);
}

/* Those that are too many in a second are refused. */
static void
limit_rate (Request *request)
{
  BillingSandboxServer *self = request->server;
  gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .status = 429 };

  if (second != self->second)
    self->counted = 0;
  self->second = second;
  if (self->rate == 0 || ++self->counted <= self->rate)
    return;

  fault.reason = g_strdup ("global-rate");
  billing_sandbox_fault_clear (&request->fault);
  request->fault = fault;
}

/* Returns: whether it can be told what is to go wrong, if anything */
static gboolean
choose_fault (Request *request)
{
  BillingSandbox *sandbox = request->server->sandbox;
  const char *method = soup_server_message_get_method (request->message);
  const char *header = soup_message_headers_get_one (
    soup_server_message_get_request_headers (request->message), "Sandbox-Fault");

  if (g_str_has_prefix (request->path, "/sandbox/"))
    return TRUE;

  billing_sandbox_requests_count (billing_sandbox_get_requests (sandbox), method,
                                  request->route != NULL ? request->route->path : "?");
  billing_sandbox_faults_take (billing_sandbox_get_faults (sandbox), method, request->path,
                               &request->fault);
  limit_rate (request);
  if (header == NULL)
    return TRUE;

  billing_sandbox_fault_clear (&request->fault);
  if (billing_sandbox_fault_parse (&request->fault, header))
    return TRUE;

  billing_sandbox_fault_clear (&request->fault);
  billing_sandbox_fail (&request->call, 400, NULL, "Sandbox-Fault", "No such fault: %s", header);
  return FALSE;
}

/* Browsers, which have no key, see the pages that are for them. */
static gboolean
may_ask (Request *request)
{
  return (request->route != NULL && request->route->open) ||
         check_key (request->message, &request->call);
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
handle (Request *request)
{
  BillingSandboxServer *self = request->server;
  BillingSandboxCall *call = &request->call;
  const char *method = soup_server_message_get_method (request->message);
  g_autoptr (Request) owned = request;
  guint ms;

  begin_call (request);
  request->route = billing_sandbox_route_find (method, request->path, &call->id);
  if (request->route == NULL)
    refuse_path (call, method, request->path);
  if (!choose_fault (request) || !may_ask (request) || request->route == NULL ||
      !check_key_length (call))
    {
      deliver_error (request);
      return;
    }

  if (request->fault.kind == BILLING_SANDBOX_FAULT_REFUSED)
    {
      billing_sandbox_wire_hang_up (request->message);
      return;
    }
  if (!begin_key (request))
    return;

  ms = request->fault.ms > 0 ? request->fault.ms : self->latency;
  if (ms > 0)
    wait_and_execute (g_steal_pointer (&owned), ms);
  else
    execute (request);
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  BillingSandboxServer *self = user_data;
  Request *request = g_new0 (Request, 1);

  request->server = self;
  request->message = g_object_ref (message);
  request->path = g_strdup (path);
  g_mutex_lock (&self->lock);
  handle (request);
  g_mutex_unlock (&self->lock);
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

  /* Or else the end of an answer waits for the client to confirm its beginning, for 40 ms. */
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, 1,
                       NULL);
  if (!soup_server_accept_iostream (self->soup, G_IO_STREAM (connection), here, there, &error))
    g_warning ("A connection was not taken: %s", error->message);
  return TRUE;
}

/* libsoup closes every connection after one answer unless it listens itself; so it is given a
   socket to which nobody can connect. */
static gboolean
keep_alive (BillingSandboxServer  *self,
            GError               **error)
{
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  self->silence = ends[1];
  self->listens = g_socket_new_from_fd (ends[0], error);
  return self->listens != NULL && soup_server_listen_socket (self->soup, self->listens, 0, error);
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

static gboolean
write_state_cb (gpointer data)
{
  BillingSandboxServer *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (GError) error = NULL;

  if (!billing_sandbox_state_write (self->state, &error))
    g_warning ("The state was not written: %s", error->message);
  return G_SOURCE_CONTINUE;
}

/**
 * billing_sandbox_server_new_with_options:
 * @options: what it is to be like
 * @error: where to say why not
 *
 * Serves a sandbox in the calling thread's default main context.
 *
 * Returns: (transfer full) (nullable): the server
 */
BillingSandboxServer *
billing_sandbox_server_new_with_options (const BillingSandboxOptions  *options,
                                         GError                      **error)
{
  g_autoptr (BillingSandboxServer) self = g_new0 (BillingSandboxServer, 1);
  g_autofree char *url = NULL;

  self->silence = -1;
  self->soup = soup_server_new ("server-header", "billing-sandbox ", NULL);
  self->sandbox = billing_sandbox_new (options->seed);
  self->memory = billing_sandbox_memory_new ();
  self->waiting = g_hash_table_new_full (NULL, NULL, request_free, NULL);
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->stopped = g_cancellable_new ();
  g_mutex_init (&self->lock);
  self->latency = options->latency;
  self->rate = options->rate;
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  self->state = billing_sandbox_state_open (options, self->sandbox, self->memory, error);
  if (self->state == NULL || !keep_alive (self, error) || !listen_to (self, options->port, error))
    return NULL;
  if (options->state != NULL)
    self->writing = billing_sandbox_wire_later (WRITTEN_EVERY, write_state_cb, self);

  self->webhooks = billing_sandbox_webhooks_new (self->sandbox, &self->lock);
  url = billing_sandbox_server_get_url (self);
  billing_sandbox_set_url (self->sandbox, url);

  return g_steal_pointer (&self);
}

/**
 * billing_sandbox_server_new:
 * @port: the port on 127.0.0.1, or 0 for any free one
 * @latency: how many milliseconds each request takes
 * @seed: equal seeds and equal requests give equal ids
 * @error: where to say why not
 *
 * Serves a sandbox without a past in the calling thread's default main context.
 *
 * Returns: (transfer full) (nullable): the server
 */
BillingSandboxServer *
billing_sandbox_server_new (guint16   port,
                            guint     latency,
                            guint64   seed,
                            GError  **error)
{
  BillingSandboxOptions options = { .port = port, .latency = latency, .seed = seed };

  return billing_sandbox_server_new_with_options (&options, error);
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
  if (self->writing != NULL)
    write_state_cb (self);
  g_clear_pointer (&self->writing, billing_sandbox_wire_never);
  g_clear_pointer (&self->webhooks, billing_sandbox_webhooks_free);
  g_cancellable_cancel (self->stopped);
  soup_server_disconnect (self->soup);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_object (&self->soup);
  g_clear_object (&self->listens);
  if (self->silence >= 0)
    close (self->silence);
  g_clear_object (&self->stopped);
  g_hash_table_unref (self->pages);
  g_clear_pointer (&self->state, billing_sandbox_state_free);
  g_mutex_clear (&self->lock);
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

/**
 * billing_sandbox_server_add_fault:
 * @self: a server
 * @fault: what is to go wrong; its strings are copied
 *
 * As POST /sandbox/faults.  This and what follows may be called from any thread.
 */
void
billing_sandbox_server_add_fault (BillingSandboxServer      *self,
                                  const BillingSandboxFault *fault)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  billing_sandbox_faults_add (billing_sandbox_get_faults (self->sandbox), fault);
}

void
billing_sandbox_server_clear_faults (BillingSandboxServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  billing_sandbox_faults_clear (billing_sandbox_get_faults (self->sandbox));
}

/**
 * billing_sandbox_server_count_requests:
 * @self: a server
 * @method: (nullable): an HTTP method; %NULL: any
 * @path: (nullable): a path under /v1 with "*" for ids; %NULL: any
 *
 * Returns: how many requests came, whatever became of them
 */
guint64
billing_sandbox_server_count_requests (BillingSandboxServer *self,
                                       const char           *method,
                                       const char           *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return billing_sandbox_requests_sum (billing_sandbox_get_requests (self->sandbox), method, path);
}

/**
 * billing_sandbox_server_get_now:
 * @self: a server
 *
 * Returns: the time by the sandbox's clock, in seconds since 1970
 */
gint64
billing_sandbox_server_get_now (BillingSandboxServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return billing_sandbox_now (self->sandbox);
}

/**
 * billing_sandbox_server_advance:
 * @self: a server
 * @seconds: how far to set the clock ahead
 *
 * What falls due until then happens before this returns.
 */
void
billing_sandbox_server_advance (BillingSandboxServer *self,
                                gint64                seconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  billing_sandbox_set_clock (self->sandbox, billing_sandbox_now (self->sandbox) + seconds);
}

/**
 * billing_sandbox_server_read:
 * @self: a server
 * @id: the id of any object
 *
 * Returns: (transfer full) (nullable): the object as JSON, as it is now; %NULL where there is none
 */
char *
billing_sandbox_server_read (BillingSandboxServer *self,
                             const char           *id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (JsonObject) object =
    billing_sandbox_store_get (billing_sandbox_get_store (self->sandbox), id);

  if (object == NULL)
    return NULL;

  object = billing_sandbox_public (object);
  return billing_sandbox_json_text (object);
}

/**
 * billing_sandbox_server_count:
 * @self: a server
 * @object: a kind of object, as in its member "object": "charge", "refund"
 *
 * Returns: how many there are, those of the history included
 */
guint64
billing_sandbox_server_count (BillingSandboxServer *self,
                              const char           *object)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  int kind = billing_sandbox_kind_from_name (object);
  BillingSandboxEntries all;

  g_return_val_if_fail (kind >= 0, 0);
  all = billing_sandbox_store_all (billing_sandbox_get_store (self->sandbox), kind);
  return (guint64) all.n_old + all.n;
}
