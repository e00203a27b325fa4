/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-webhooks.h"

#include <libsoup/soup.h>
#include <string.h>

#include "billing-sandbox-json.h"
#include "billing-sandbox-wire.h"

/* How often it is tried, and after how long for the second time; then after twice as long each
   time. */
#define TRIES 5
#define FIRST_PAUSE 500

/* How long a delivery that is out of order is held back. */
#define HELD_BACK 400

/* Seconds. */
#define PATIENCE 10

struct _BillingSandboxWebhooks
{
  BillingSandbox *sandbox;   /* (not owned) */
  GMutex *lock;              /* (not owned): of @sandbox */
  SoupSession *session;      /* (owned) */
  GHashTable *deliveries;    /* (owned): of Delivery */
};

typedef struct
{
  BillingSandboxWebhooks *webhooks; /* (not owned) (nullable): NULL once nobody waits for it */
  char *event;                      /* (owned) */
  char *endpoint;                   /* (owned) */
  guint tries;
  gboolean lost;                    /* the next try is not made, and counts as failed */
  gboolean sending;
  GSource *source;                  /* (owned) (nullable) */
} Delivery;

static gboolean send_cb (gpointer data);

static void
delivery_free (Delivery *delivery)
{
  g_clear_pointer (&delivery->source, billing_sandbox_wire_never);
  g_free (delivery->event);
  g_free (delivery->endpoint);
  g_free (delivery);
}

static void
finish (Delivery *delivery)
{
  g_hash_table_remove (delivery->webhooks->deliveries, delivery);
  delivery_free (delivery);
}

static void
wait_and_send (Delivery *delivery,
               guint     ms)
{
  g_clear_pointer (&delivery->source, billing_sandbox_wire_never);
  delivery->source = billing_sandbox_wire_later (ms, send_cb, delivery);
}

static void
try_again (Delivery *delivery)
{
  if (++delivery->tries >= TRIES)
    finish (delivery);
  else
    wait_and_send (delivery, FIRST_PAUSE << (delivery->tries - 1));
}

static void
succeed (Delivery *delivery)
{
  BillingSandboxStore *store = billing_sandbox_get_store (delivery->webhooks->sandbox);
  g_autoptr (JsonObject) event = billing_sandbox_store_get (store, delivery->event);
  gint64 pending = billing_sandbox_json_int (event, "pending_webhooks", 0);

  if (pending > 0)
    {
      json_object_set_int_member (event, "pending_webhooks", pending - 1);
      billing_sandbox_store_put (store, event);
    }
  finish (delivery);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Delivery *delivery = user_data;
  SoupMessage *message =
    soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GBytes) body =
    soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  GMutex *lock;

  if (delivery->webhooks == NULL)
    {
      delivery_free (delivery);
      return;
    }

  lock = delivery->webhooks->lock;
  g_mutex_lock (lock);
  delivery->sending = FALSE;
  if (body != NULL && SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    succeed (delivery);
  else
    try_again (delivery);
  g_mutex_unlock (lock);
}

/* The computer's time, not the sandbox's, which clients do not know. */
static char *
sign (const char *secret,
      const char *body)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *signed_text = g_strdup_printf ("%" G_GINT64_FORMAT ".%s", now, body);
  g_autofree char *digest = g_compute_hmac_for_string (
    G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret), signed_text, -1);

  return g_strdup_printf ("t=%" G_GINT64_FORMAT ",v1=%s", now, digest);
}

static SoupMessage *
write_message (JsonObject *endpoint,
               JsonObject *event)
{
  SoupMessage *message =
    soup_message_new ("POST", json_object_get_string_member (endpoint, "url"));
  g_autofree char *body = billing_sandbox_json_text (event);
  g_autofree char *signature = sign (json_object_get_string_member (endpoint, "_secret"), body);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  soup_message_headers_append (soup_message_get_request_headers (message), "Stripe-Signature",
                               signature);
  soup_message_set_request_body_from_bytes (message, "application/json; charset=utf-8", bytes);
  return message;
}

/* Returns: (transfer full) (nullable): what there is still to send */
static SoupMessage *
prepare (Delivery *delivery)
{
  BillingSandboxStore *store = billing_sandbox_get_store (delivery->webhooks->sandbox);
  BillingSandboxEntry *entry = billing_sandbox_store_find (store, delivery->endpoint);
  g_autoptr (JsonObject) event = billing_sandbox_store_get (store, delivery->event);
  g_autoptr (JsonObject) endpoint = NULL;

  if (entry == NULL || entry->deleted || event == NULL)
    return NULL;

  endpoint = billing_sandbox_entry_read (entry);
  event = billing_sandbox_public (event);
  return write_message (endpoint, event);
}

static void
send_event (Delivery *delivery)
{
  g_autoptr (SoupMessage) message = NULL;

  if (delivery->lost)
    {
      delivery->lost = FALSE;
      try_again (delivery);
      return;
    }

  message = prepare (delivery);
  if (message == NULL)
    {
      finish (delivery);
      return;
    }

  delivery->sending = TRUE;
  soup_session_send_and_read_async (delivery->webhooks->session, message, G_PRIORITY_DEFAULT, NULL,
                                    sent_cb, delivery);
}

static gboolean
send_cb (gpointer data)
{
  Delivery *delivery = data;
  GMutex *lock = delivery->webhooks->lock;

  g_mutex_lock (lock);
  g_clear_pointer (&delivery->source, g_source_unref);
  send_event (delivery);
  g_mutex_unlock (lock);
  return G_SOURCE_REMOVE;
}

static void
deliver (BillingSandboxWebhooks *self,
         const char             *event,
         const char             *endpoint,
         guint                   ms,
         gboolean                lost)
{
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->webhooks = self;
  delivery->event = g_strdup (event);
  delivery->endpoint = g_strdup (endpoint);
  delivery->lost = lost;
  g_hash_table_add (self->deliveries, delivery);
  wait_and_send (delivery, ms);
}

static void
announced_cb (const char *event,
              const char *endpoint,
              gpointer    data)
{
  BillingSandboxWebhooks *self = data;
  g_autoptr (JsonObject) object =
    billing_sandbox_store_get (billing_sandbox_get_store (self->sandbox), event);
  g_auto (BillingSandboxFault) fault = { 0 };

  billing_sandbox_faults_take (billing_sandbox_get_faults (self->sandbox), BILLING_SANDBOX_DELIVERY,
                               billing_sandbox_json_string (object, "type"), &fault);
  deliver (self, event, endpoint,
           fault.kind == BILLING_SANDBOX_FAULT_SHUFFLE ? HELD_BACK : fault.ms,
           fault.kind == BILLING_SANDBOX_FAULT_LOST);
  if (fault.kind == BILLING_SANDBOX_FAULT_DUPLICATE)
    deliver (self, event, endpoint, fault.ms, FALSE);
}

/**
 * billing_sandbox_webhooks_new:
 * @sandbox: a sandbox, whose events are delivered from now on
 * @lock: what is held while something is done with it
 *
 * One connection an endpoint keeps the deliveries in their order, as long as each one succeeds.
 *
 * Returns: (transfer full): what delivers
 */
BillingSandboxWebhooks *
billing_sandbox_webhooks_new (BillingSandbox *sandbox,
                              GMutex         *lock)
{
  BillingSandboxWebhooks *self = g_new0 (BillingSandboxWebhooks, 1);

  self->sandbox = sandbox;
  self->lock = lock;
  self->session =
    soup_session_new_with_options ("max-conns-per-host", 1, "timeout", PATIENCE, "user-agent",
                                   "Stripe/1.0 (billing-sandbox)", NULL);
  self->deliveries = g_hash_table_new (NULL, NULL);
  billing_sandbox_listen (sandbox, announced_cb, self);
  return self;
}

/* Those that are being sent free themselves when they are told so. */
void
billing_sandbox_webhooks_free (BillingSandboxWebhooks *self)
{
  GHashTableIter iter;
  gpointer value;

  billing_sandbox_listen (self->sandbox, NULL, NULL);
  g_hash_table_iter_init (&iter, self->deliveries);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      Delivery *delivery = value;

      if (delivery->sending)
        delivery->webhooks = NULL;
      else
        delivery_free (delivery);
    }
  g_hash_table_unref (self->deliveries);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self);
}
