/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-wire"

#include "config.h"

#include "billing-stripe-wire.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "billing-stripe-client.h"
#include "billing-stripe-error.h"

#define CHUNK_SIZE (64 * 1024)
#define MAX_CONNECTIONS 32

struct _BillingStripeWire
{
  GUri *base;            /* (owned) */
  BillingStripeKey *key; /* (not owned) */
  guint timeout;
  gboolean is_direct;
  GMainContext *context; /* (owned): of the thread */
  GMainLoop *loop;       /* (owned) */
  GThread *thread;       /* (owned) */
  SoupSession *session;  /* (owned): the thread's alone */
};

/* One request under way. It lives in billing_stripe_wire_send(), which waits for is_done; until
 * then only the thread touches it. */
typedef struct
{
  BillingStripeWire *wire;
  BillingStripeRequest *request; /* (not owned) */
  GCancellable *cancellable;     /* (owned): cancelled in the thread only */
  SoupMessage *message;          /* (owned) */
  GInputStream *stream;          /* (owned) (nullable) */
  GByteArray *body;              /* (owned) */
  BillingStripeAnswer *answer;   /* (owned) (nullable) */
  GError *error;                 /* (owned) (nullable) */
  GMutex mutex;                  /* for is_done */
  GCond cond;
  gboolean is_done;
} Exchange;

/* --- the answer ------------------------------------------------------------------------------- */

static char *
dup_header (Exchange   *exchange,
            const char *name)
{
  const char *value = soup_message_headers_get_one (soup_message_get_response_headers (exchange->message), name);

  return value != NULL ? g_utf8_make_valid (value, -1) : NULL;
}

static BillingStripeAnswer *
make_answer (Exchange *exchange)
{
  BillingStripeAnswer *answer = g_new0 (BillingStripeAnswer, 1);
  g_autofree char *is_replayed = dup_header (exchange, "Idempotent-Replayed");

  answer->status = soup_message_get_status (exchange->message);
  answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  answer->request_id = dup_header (exchange, "Request-Id");
  answer->notice = dup_header (exchange, "Stripe-Notice");
  answer->should_retry = dup_header (exchange, "Stripe-Should-Retry");
  answer->limited_reason = dup_header (exchange, "Stripe-Rate-Limited-Reason");
  answer->is_replayed = g_strcmp0 (is_replayed, "true") == 0;
  return answer;
}

static gboolean
is_write (Exchange *exchange)
{
  return billing_stripe_request_get_body (exchange->request) != NULL;
}

static GError *
describe_timeout (Exchange *exchange)
{
  if (is_write (exchange))
    return g_error_new (BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_TIMEOUT,
                        _("Stripe did not answer in time. It may have done what was asked, or not: asking again with "
                          "the same request finds out, and does it only once."));
  return g_error_new (BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_TIMEOUT,
                      _("Stripe did not answer in time. Nothing is lost; try again."));
}

static GError *
describe_tls (GError *error)
{
  return g_error_new (BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE,
                      _("The connection to Stripe is not safe, and nothing was sent (%s). Check this computer's date "
                        "and time, and whether the network wants a sign-in, then try again."), error->message);
}

static GError *
describe_offline (Exchange *exchange,
                  GError   *error)
{
  if (is_write (exchange))
    return g_error_new (BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE,
                        _("Stripe cannot be reached, or the connection broke (%s). Nothing is lost: asking again with "
                          "the same request does it only once. Check the network."), error->message);
  return g_error_new (BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE,
                      _("Stripe cannot be reached, or the connection broke (%s). Nothing is lost; check the network "
                        "and try again."), error->message);
}

/* Nobody was there to hear: no address, no way, no door. */
static gboolean
is_unheard (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE);
}

/* What GIO and libsoup say, in our words. */
static GError *
describe (Exchange *exchange)
{
  GError *error = exchange->error;
  GError *described;

  if (error->domain == BILLING_STRIPE_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return describe_timeout (exchange);
  if (error->domain == G_TLS_ERROR)
    return describe_tls (error);

  described = describe_offline (exchange, error);
  billing_stripe_error_set_unheard (described, is_unheard (error));
  return described;
}

/* --- in the thread ---------------------------------------------------------------------------- */

/* What is libsoup's is let go of here, in its thread. */
static void
finish (Exchange *exchange,
        GError   *error)
{
  g_autoptr (GMutexLocker) locker = NULL;

  exchange->error = error;
  if (error == NULL)
    exchange->answer = make_answer (exchange);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->message);

  locker = g_mutex_locker_new (&exchange->mutex);
  exchange->is_done = TRUE;
  g_cond_signal (&exchange->cond);
}

/* The limit is on what was unpacked: a small answer may become a large one. */
static gboolean
keep (Exchange  *exchange,
      GBytes    *bytes,
      GError   **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (exchange->body->len + size > BILLING_STRIPE_MAX_ANSWER)
    {
      g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE,
                           _("The answer is larger than 16 MiB, which none of Stripe's is. Nothing here was changed by "
                             "it; check the network and try again."));
      return FALSE;
    }
  g_byte_array_append (exchange->body, data, (guint) size);
  return TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Exchange *exchange = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0 || !keep (exchange, bytes, &error))
    finish (exchange, error);
  else
    g_input_stream_read_bytes_async (exchange->stream, CHUNK_SIZE, G_PRIORITY_DEFAULT, exchange->cancellable, read_cb,
                                     exchange);
}

static void
send_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Exchange *exchange = data;
  GError *error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    finish (exchange, error);
  else
    g_input_stream_read_bytes_async (exchange->stream, CHUNK_SIZE, G_PRIORITY_DEFAULT, exchange->cancellable, read_cb,
                                     exchange);
}

static SoupMessage *
make_message (Exchange *exchange)
{
  g_autofree char *base = g_uri_to_string (exchange->wire->base);
  g_autofree char *address = g_strconcat (base, billing_stripe_request_get_path (exchange->request), NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  SoupMessage *message = soup_message_new_from_uri (billing_stripe_request_get_method (exchange->request), uri);

  /* Nobody sends us elsewhere with the key in hand. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  return message;
}

/* libsoup keeps copies of the header that it does not wipe, for as long as the message lives. */
static void
add_headers (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (exchange->message);
  char *bearer = g_strconcat ("Bearer ", billing_stripe_key_peek (exchange->wire->key), NULL);
  const char *version = billing_stripe_request_get_api_version (exchange->request);
  GBytes *body = billing_stripe_request_get_body (exchange->request);

  soup_message_headers_replace (headers, "Authorization", bearer);
  explicit_bzero (bearer, strlen (bearer));
  g_free (bearer);

  soup_message_headers_replace (headers, "Stripe-Version", version != NULL ? version : BILLING_STRIPE_API_VERSION);
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (body == NULL)
    return;

  /* The key makes it so. libsoup then lets it use a connection that is open already. */
  soup_message_add_flags (exchange->message, SOUP_MESSAGE_IDEMPOTENT);
  soup_message_headers_replace (headers, "Idempotency-Key",
                                billing_stripe_request_get_idempotency_key (exchange->request));
  soup_message_set_request_body_from_bytes (exchange->message, "application/x-www-form-urlencoded", body);
}

static gboolean
begin_cb (gpointer data)
{
  Exchange *exchange = data;

  exchange->message = make_message (exchange);
  add_headers (exchange);
  soup_session_send_async (exchange->wire->session, exchange->message, G_PRIORITY_DEFAULT, exchange->cancellable,
                           send_cb, exchange);
  return G_SOURCE_REMOVE;
}

/* Proxies and certificates are those of the desktop: libsoup's and GIO's defaults. */
static SoupSession *
make_session (BillingStripeWire *self)
{
  SoupSession *session = soup_session_new_with_options ("timeout", self->timeout,
                                                        "max-conns", MAX_CONNECTIONS,
                                                        "max-conns-per-host", MAX_CONNECTIONS,
                                                        "user-agent", "Billing/" PACKAGE_VERSION,
                                                        NULL);

  if (self->is_direct)
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

static gpointer
run_thread (gpointer data)
{
  BillingStripeWire *self = data;

  g_main_context_push_thread_default (self->context);
  self->session = make_session (self);
  g_main_loop_run (self->loop);

  /* What libsoup still has to tidy up is done here: nobody else runs this context. */
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit_cb (gpointer data)
{
  BillingStripeWire *self = data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
post (BillingStripeWire *self,
      GSourceFunc        func,
      gpointer           data,
      GDestroyNotify     destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, self->context);
}

/* GLib 2.74 may leak a source whose cancellable is cancelled in one thread while another lets go of
 * it. So what libsoup waits with is a cancellable of its own. */
static void
cancelled_cb (GCancellable *cancellable,
              Exchange     *exchange)
{
  post (exchange->wire, cancel_cb, g_object_ref (exchange->cancellable), g_object_unref);
}

/* --- for all ---------------------------------------------------------------------------------- */

BillingStripeWire *
billing_stripe_wire_new (GUri             *base,
                         BillingStripeKey *key,
                         guint             timeout,
                         gboolean          is_direct)
{
  BillingStripeWire *self = g_new0 (BillingStripeWire, 1);

  self->base = g_uri_ref (base);
  self->key = key;
  self->timeout = timeout;
  self->is_direct = is_direct;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("stripe", run_thread, self);
  return self;
}

void
billing_stripe_wire_free (BillingStripeWire *self)
{
  post (self, quit_cb, self, NULL);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_uri_unref (self->base);
  g_free (self);
}

BillingStripeAnswer *
billing_stripe_wire_send (BillingStripeWire     *self,
                          BillingStripeRequest  *request,
                          GCancellable          *cancellable,
                          GError               **error)
{
  Exchange exchange = { .wire = self, .request = request };
  gulong handler = 0;

  exchange.cancellable = g_cancellable_new ();
  exchange.body = g_byte_array_new ();
  g_mutex_init (&exchange.mutex);
  g_cond_init (&exchange.cond);

  post (self, begin_cb, &exchange, NULL);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), &exchange, NULL);
  g_mutex_lock (&exchange.mutex);
  while (!exchange.is_done)
    g_cond_wait (&exchange.cond, &exchange.mutex);
  g_mutex_unlock (&exchange.mutex);
  g_cancellable_disconnect (cancellable, handler);

  if (exchange.error != NULL)
    g_propagate_error (error, describe (&exchange));

  g_clear_object (&exchange.cancellable);
  g_clear_pointer (&exchange.body, g_byte_array_unref);
  g_clear_error (&exchange.error);
  g_mutex_clear (&exchange.mutex);
  g_cond_clear (&exchange.cond);
  return exchange.answer;
}
