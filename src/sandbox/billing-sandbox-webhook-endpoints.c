/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include <gio/gio.h>

#include "billing-sandbox-json.h"

/* What is told of a practice stays on its machine. */
static gboolean
check_url (BillingSandboxCall *call)
{
  const char *url = billing_sandbox_call_string (call, "url");
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autoptr (GInetAddress) address = NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (url == NULL)
    return TRUE;
  if (host == NULL || (!g_str_equal (g_uri_get_scheme (uri), "http") &&
                       !g_str_equal (g_uri_get_scheme (uri), "https")))
    return billing_sandbox_fail (call, 400, "url_invalid", "url", "Invalid URL: %s", url), FALSE;

  address = g_inet_address_new_from_string (host);
  if (g_str_equal (host, "localhost") ||
      (address != NULL && g_inet_address_get_is_loopback (address)))
    return TRUE;

  return billing_sandbox_fail (call, 400, "url_invalid", "url",
                               "The sandbox delivers to this computer only, not to %s.", host),
         FALSE;
}

static gboolean
apply (BillingSandboxCall *call,
       JsonObject         *endpoint)
{
  if (!check_url (call))
    return FALSE;

  billing_sandbox_call_apply (call, endpoint,
                              "url enabled_events description metadata api_version");
  if (billing_sandbox_call_has (call, "disabled"))
    json_object_set_string_member (
      endpoint, "status",
      billing_sandbox_json_bool (call->params, "disabled") ? "disabled" : "enabled");
  return call->error == NULL;
}

/* The secret is told once. */
JsonObject *
billing_sandbox_webhook_create (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  BillingSandboxStore *store = billing_sandbox_get_store (self);
  g_autoptr (JsonObject) endpoint = billing_sandbox_add (self, BILLING_SANDBOX_WEBHOOK_ENDPOINT);
  g_autofree char *secret = billing_sandbox_store_random (store, "whsec_", 32);

  if (!apply (call, endpoint))
    return NULL;

  json_object_set_string_member (endpoint, "_secret", secret);
  billing_sandbox_store_put (store, endpoint);
  json_object_set_string_member (endpoint, "secret", secret);
  return g_steal_pointer (&endpoint);
}

JsonObject *
billing_sandbox_webhook_update (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) endpoint =
    billing_sandbox_find (self, call, BILLING_SANDBOX_WEBHOOK_ENDPOINT);

  if (endpoint == NULL || !apply (call, endpoint))
    return NULL;

  billing_sandbox_store_put (billing_sandbox_get_store (self), endpoint);
  return g_steal_pointer (&endpoint);
}

JsonObject *
billing_sandbox_webhook_delete (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) endpoint =
    billing_sandbox_find (self, call, BILLING_SANDBOX_WEBHOOK_ENDPOINT);
  JsonObject *answer;

  if (endpoint == NULL)
    return NULL;

  billing_sandbox_store_delete (billing_sandbox_get_store (self), call->id);
  answer = json_object_new ();
  json_object_set_string_member (answer, "id", call->id);
  json_object_set_string_member (answer, "object", "webhook_endpoint");
  json_object_set_boolean_member (answer, "deleted", TRUE);
  return answer;
}

static gboolean
wants (JsonObject *endpoint,
       const char *type)
{
  JsonArray *types = json_object_get_array_member (endpoint, "enabled_events");

  if (!g_str_equal (billing_sandbox_json_string (endpoint, "status"), "enabled"))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      const char *wanted = json_array_get_string_element (types, i);

      if (g_str_equal (wanted, "*") || g_str_equal (wanted, type))
        return TRUE;
    }

  return FALSE;
}

/* Returns: (transfer container): the ids of those that want to know of @type */
static GPtrArray *
find_endpoints (BillingSandbox *self,
                const char     *type)
{
  BillingSandboxEntries all =
    billing_sandbox_store_all (billing_sandbox_get_store (self), BILLING_SANDBOX_WEBHOOK_ENDPOINT);
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < all.n; i++)
    {
      g_autoptr (JsonObject) endpoint = NULL;

      if (all.entries[i]->deleted)
        continue;
      endpoint = billing_sandbox_entry_read (all.entries[i]);
      if (wants (endpoint, type))
        g_ptr_array_add (ids, all.entries[i]->id);
    }

  return ids;
}

/**
 * billing_sandbox_webhook_count:
 * @self: a sandbox
 * @type: an event's type
 *
 * Returns: how many endpoints are to be told of such an event
 */
guint
billing_sandbox_webhook_count (BillingSandbox *self,
                               const char     *type)
{
  g_autoptr (GPtrArray) ids = find_endpoints (self, type);

  return ids->len;
}

void
billing_sandbox_webhook_announce (BillingSandbox *self,
                                  const char     *event,
                                  const char     *type)
{
  g_autoptr (GPtrArray) ids = find_endpoints (self, type);

  for (guint i = 0; i < ids->len; i++)
    billing_sandbox_announce (self, event, g_ptr_array_index (ids, i));
}

/* Ours, not Stripe's: POST /sandbox/events/ID/resend, to one endpoint or all that want it. */
JsonObject *
billing_sandbox_event_resend (BillingSandbox     *self,
                              BillingSandboxCall *call)
{
  g_autoptr (JsonObject) event = billing_sandbox_find (self, call, BILLING_SANDBOX_EVENT);
  g_autoptr (JsonObject) endpoint = NULL;

  if (event == NULL)
    return NULL;
  if (!billing_sandbox_call_has (call, "webhook_endpoint"))
    {
      billing_sandbox_webhook_announce (self, call->id,
                                        billing_sandbox_json_string (event, "type"));
      return g_steal_pointer (&event);
    }

  endpoint =
    billing_sandbox_find_param (self, call, BILLING_SANDBOX_WEBHOOK_ENDPOINT, "webhook_endpoint");
  if (endpoint == NULL)
    return NULL;

  billing_sandbox_announce (self, call->id, billing_sandbox_json_string (endpoint, "id"));
  return g_steal_pointer (&event);
}
