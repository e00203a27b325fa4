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
  SoupSession *session;  /* (owned) */
};

/* One request under way, in the thread that asks. */
typedef struct
{
  BillingStripeWire *wire;
  BillingStripeRequest *request; /* (not owned) */
  GCancellable *cancellable;     /* (not owned) (nullable) */
  SoupMessage *message;          /* (owned) */
  GByteArray *body;              /* (owned) (nullable) */
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
                        _("Stripe did not answer in time. It may have done what was asked, or "
                          "not: asking again with the same request finds out, and does it only "
                          "once."));
  return g_error_new (BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_TIMEOUT,
                      _("Stripe did not answer in time. Nothing is lost; try again."));
}

static GError *
describe_tls (GError *error)
{
  return g_error_new (BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE,
                      _("The connection to Stripe is not safe, and nothing was sent (%s). Check "
                        "this computer's date and time, and whether the network wants a sign-in, "
                        "then try again."), error->message);
}

static GError *
describe_offline (Exchange *exchange,
                  GError   *error)
{
  if (is_write (exchange))
    return g_error_new (BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE,
                        _("Stripe cannot be reached, or the connection broke (%s). Nothing is "
                          "lost: asking again with the same request does it only once. Check the "
                          "network."), error->message);
  return g_error_new (BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE,
                      _("Stripe cannot be reached, or the connection broke (%s). Nothing is lost; "
                        "check the network and try again."), error->message);
}

/* Nobody was there to hear: no address, no way, no door. */
static gboolean
is_unheard (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE);
}

/* What GIO and libsoup say, in our words. */
static GError *
describe (Exchange *exchange,
          GError   *error)
{
  GError *described;

  if (error->domain == BILLING_STRIPE_ERROR ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return describe_timeout (exchange);
  if (error->domain == G_TLS_ERROR)
    return describe_tls (error);

  described = describe_offline (exchange, error);
  billing_stripe_error_set_unheard (described, is_unheard (error));
  return described;
}

/* --- the request ------------------------------------------------------------------------------ */

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
                           _("The answer is larger than 16 MiB, which none of Stripe's is. "
                             "Nothing here was changed by it; check the network and try again."));
      return FALSE;
    }
  g_byte_array_append (exchange->body, data, (guint) size);
  return TRUE;
}

static gboolean
read_body (Exchange      *exchange,
           GInputStream  *stream,
           GError       **error)
{
  while (TRUE)
    {
      g_autoptr (GBytes) bytes = g_input_stream_read_bytes (stream, CHUNK_SIZE,
                                                            exchange->cancellable, error);

      if (bytes == NULL || !keep (exchange, bytes, error))
        return FALSE;
      if (g_bytes_get_size (bytes) == 0)
        return TRUE;
    }
}

/* Stripe takes files at a host of its own; whatever stands in for Stripe is one host. */
static char *
make_base (Exchange *exchange)
{
  if (billing_stripe_request_is_upload (exchange->request) &&
      g_strcmp0 (g_uri_get_host (exchange->wire->base), "api.stripe.com") == 0)
    return g_strdup ("https://files.stripe.com");

  return g_uri_to_string (exchange->wire->base);
}

static SoupMessage *
make_message (Exchange *exchange)
{
  g_autofree char *base = make_base (exchange);
  g_autofree char *address = g_strconcat (base, billing_stripe_request_get_path (exchange->request),
                                          NULL);
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

  /* Not with SOUP_MESSAGE_IDEMPOTENT, though the key makes it so: libsoup would then send it over a
   * connection that is open already, and not try another where Stripe has just closed that one. */
  soup_message_headers_replace (headers, "Idempotency-Key",
                                billing_stripe_request_get_idempotency_key (exchange->request));
  soup_message_set_request_body_from_bytes (exchange->message, billing_stripe_request_get_content_type (exchange->request), body);
}

static gboolean
run (Exchange  *exchange,
     GError   **error)
{
  g_autoptr (GInputStream) stream = soup_session_send (exchange->wire->session, exchange->message,
                                                       exchange->cancellable, error);

  return stream != NULL && read_body (exchange, stream, error);
}

/* Proxies and certificates are those of the desktop: libsoup's and GIO's defaults. Connections are
 * not closed for being idle: that would be done by the main loop of whatever thread was the last to
 * use one. */
static SoupSession *
make_session (guint    timeout,
              gboolean is_direct)
{
  SoupSession *session = soup_session_new_with_options ("timeout", timeout,
                                                        "idle-timeout", 0,
                                                        "max-conns", MAX_CONNECTIONS,
                                                        "max-conns-per-host", MAX_CONNECTIONS,
                                                        "user-agent", "Billing/" PACKAGE_VERSION,
                                                        NULL);

  if (is_direct)
    soup_session_set_proxy_resolver (session, NULL);
  return session;
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
  self->session = make_session (timeout, is_direct);
  return self;
}

void
billing_stripe_wire_free (BillingStripeWire *self)
{
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_uri_unref (self->base);
  g_free (self);
}

BillingStripeAnswer *
billing_stripe_wire_send (BillingStripeWire     *self,
                          BillingStripeRequest  *request,
                          GCancellable          *cancellable,
                          GError               **error)
{
  Exchange exchange = { .wire = self, .request = request, .cancellable = cancellable };
  g_autoptr (GError) own_error = NULL;
  BillingStripeAnswer *answer = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  exchange.body = g_byte_array_new ();
  exchange.message = make_message (&exchange);
  add_headers (&exchange);
  if (run (&exchange, &own_error))
    answer = make_answer (&exchange);
  else
    g_propagate_error (error, describe (&exchange, own_error));

  g_object_unref (exchange.message);
  g_clear_pointer (&exchange.body, g_byte_array_unref);
  return answer;
}
