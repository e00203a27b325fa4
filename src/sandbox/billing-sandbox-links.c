/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-links.h"

#include "billing-sandbox-items.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-nested.h"
#include "billing-sandbox-sessions.h"

#define MAX_ITEMS 20

static void
set_active (JsonObject *link,
            gboolean    active)
{
  json_object_set_boolean_member (link, "active", active);
  /* Lists compare texts. */
  json_object_set_string_member (link, "_active", active ? "true" : "false");
}

/* Returns: (transfer none) (nullable): how many payments it allows, and has seen */
static JsonObject *
get_limit (JsonObject *link)
{
  JsonObject *restrictions = billing_sandbox_json_child (link, "restrictions");

  return restrictions != NULL ? billing_sandbox_json_child (restrictions, "completed_sessions")
                              : NULL;
}

gboolean
billing_sandbox_link_is_used_up (JsonObject *link)
{
  JsonObject *limit = get_limit (link);

  return limit != NULL && billing_sandbox_json_int (limit, "count", 0) >=
                            billing_sandbox_json_int (limit, "limit", G_MAXINT64);
}

static gboolean
apply_restrictions (BillingSandboxCall *call,
                    JsonObject         *link)
{
  g_auto (BillingSandboxCall) given = { 0 };
  g_auto (BillingSandboxCall) sessions = { 0 };
  JsonObject *old = get_limit (link);
  JsonObject *restrictions, *limit;

  if (!billing_sandbox_call_has (call, "restrictions"))
    return TRUE;
  if (json_object_get_null_member (call->params, "restrictions"))
    {
      json_object_set_null_member (link, "restrictions");
      return TRUE;
    }
  if (!billing_sandbox_call_enter_param (call, "restrictions", "completed_sessions:h!", &given) ||
      !billing_sandbox_call_enter_param (&given, "completed_sessions", "limit:i!", &sessions))
    return billing_sandbox_call_leave (call, "restrictions", &given);
  if (billing_sandbox_json_int (sessions.params, "limit", 0) < 1)
    return billing_sandbox_fail (call, 400, "parameter_invalid_integer",
                                 "restrictions[completed_sessions][limit]",
                                 "This value must be greater than or equal to 1."),
           FALSE;

  restrictions = json_object_new ();
  limit = json_object_new ();
  json_object_set_int_member (limit, "count",
                              old != NULL ? json_object_get_int_member (old, "count") : 0);
  billing_sandbox_json_assign (limit, sessions.params, "limit");
  json_object_set_object_member (restrictions, "completed_sessions", limit);
  json_object_set_object_member (link, "restrictions", restrictions);
  return TRUE;
}

/* What the payer sees in the end: a sentence, or another page. */
static gboolean
apply_completion (BillingSandboxCall *call,
                  JsonObject         *link)
{
  g_auto (BillingSandboxCall) given = { 0 };
  JsonObject *completion, *details;
  gboolean redirect;

  if (!billing_sandbox_call_enter_param (call, "after_completion",
                                         "type:e=hosted_confirmation,redirect "
                                         "hosted_confirmation:h=custom_message redirect:h=url",
                                         &given))
    return FALSE;
  if (!billing_sandbox_call_has (call, "after_completion") &&
      billing_sandbox_json_child (link, "after_completion") != NULL)
    return TRUE;

  redirect = g_strcmp0 (billing_sandbox_call_string (&given, "type"), "redirect") == 0;
  details = billing_sandbox_json_child (given.params, redirect ? "redirect"
                                                               : "hosted_confirmation");
  if (redirect && (details == NULL || billing_sandbox_json_string (details, "url") == NULL))
    return billing_sandbox_fail (call, 400, "parameter_missing", "after_completion[redirect][url]",
                                 "Missing required param: after_completion[redirect][url]."),
           FALSE;

  completion = json_object_new ();
  if (details != NULL)
    json_object_set_object_member (completion, redirect ? "redirect" : "hosted_confirmation",
                                   json_object_ref (details));
  else
    json_object_set_object_member (completion, "hosted_confirmation",
                                   billing_sandbox_json_parse ("{\"custom_message\":null}"));
  json_object_set_string_member (completion, "type", redirect ? "redirect"
                                                              : "hosted_confirmation");
  json_object_set_object_member (link, "after_completion", completion);
  return TRUE;
}

static gboolean
apply_intent_data (BillingSandboxCall *call,
                   JsonObject         *link)
{
  static const char *const members[] = {
    "capture_method",       "description",                 "metadata",      "setup_future_usage",
    "statement_descriptor", "statement_descriptor_suffix", "transfer_group"
  };
  g_auto (BillingSandboxCall) given = { 0 };
  JsonObject *data;

  if (!billing_sandbox_call_has (call, "payment_intent_data"))
    return TRUE;
  if (!billing_sandbox_call_enter_param (call, "payment_intent_data", BILLING_SANDBOX_INTENT_DATA,
                                         &given))
    return FALSE;

  data = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_object_set_null_member (data, members[i]);
      billing_sandbox_json_assign (data, given.params, members[i]);
    }
  if (billing_sandbox_json_child (data, "metadata") == NULL)
    json_object_set_object_member (data, "metadata", json_object_new ());
  json_object_set_object_member (link, "payment_intent_data", data);
  return TRUE;
}

static gboolean
apply (BillingSandboxCall *call,
       JsonObject         *link)
{
  billing_sandbox_call_drop_empty (call->params,
                                   "after_completion customer_creation submit_type "
                                   "billing_address_collection");
  billing_sandbox_call_apply (call, link,
                              "allow_promotion_codes billing_address_collection customer_creation "
                              "inactive_message metadata payment_method_types submit_type");
  return call->error == NULL && apply_restrictions (call, link) && apply_completion (call, link) &&
         apply_intent_data (call, link);
}

JsonObject *
billing_sandbox_link_create (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  g_autoptr (JsonArray) items = billing_sandbox_items_read (self, call, MAX_ITEMS);
  g_autoptr (JsonObject) link = NULL;
  g_autofree char *url = NULL;

  if (items == NULL)
    return NULL;

  link = billing_sandbox_add (self, BILLING_SANDBOX_LINK);
  url = g_strdup_printf ("%s/sandbox/link/%s", billing_sandbox_get_url (self),
                         json_object_get_string_member (link, "id"));
  /* The one kind that does not say when it was made; lists are in that order nevertheless. */
  json_object_remove_member (link, "created");
  json_object_set_array_member (link, "_items", json_array_ref (items));
  json_object_set_string_member (link, "currency", billing_sandbox_items_currency (items));
  json_object_set_string_member (link, "url", url);
  set_active (link, TRUE);
  if (!apply (call, link))
    return NULL;

  billing_sandbox_store_put (billing_sandbox_get_store (self), link);
  billing_sandbox_tell (self, "payment_link.created", link);
  return g_steal_pointer (&link);
}

JsonObject *
billing_sandbox_link_update (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = billing_sandbox_find (self, call, BILLING_SANDBOX_LINK);
  g_autoptr (JsonObject) link = NULL;

  if (before == NULL)
    return NULL;

  link = billing_sandbox_json_copy (before);
  if (!apply (call, link))
    return NULL;
  if (billing_sandbox_call_has (call, "active"))
    set_active (link, billing_sandbox_json_bool (call->params, "active"));
  if (billing_sandbox_json_bool (link, "active") && billing_sandbox_link_is_used_up (link))
    return billing_sandbox_fail (call, 400, NULL, "active",
                                 "This payment link cannot be activated: its limit of completed "
                                 "sessions has been reached.");

  billing_sandbox_store_put (billing_sandbox_get_store (self), link);
  billing_sandbox_tell_change (self, "payment_link.updated", before, link);
  return g_steal_pointer (&link);
}

JsonObject *
billing_sandbox_link_items (BillingSandbox     *self,
                            BillingSandboxCall *call)
{
  return billing_sandbox_items_page (self, call, BILLING_SANDBOX_LINK, "item", "line_items");
}

/**
 * billing_sandbox_link_count:
 * @self: a sandbox
 * @id: a link through which somebody has paid
 *
 * The last payment that the link allows makes it inactive.
 */
void
billing_sandbox_link_count (BillingSandbox *self,
                            const char     *id)
{
  g_autoptr (JsonObject) before = billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  g_autoptr (JsonObject) link = billing_sandbox_json_copy (before);
  JsonObject *limit = get_limit (link);

  if (limit == NULL)
    return;

  json_object_set_int_member (limit, "count", json_object_get_int_member (limit, "count") + 1);
  if (billing_sandbox_link_is_used_up (link))
    set_active (link, FALSE);
  billing_sandbox_store_put (billing_sandbox_get_store (self), link);
  billing_sandbox_tell_change (self, "payment_link.updated", before, link);
}

/* Where the payer goes in the end. */
static void
set_success (JsonObject *session,
             JsonObject *link)
{
  JsonObject *completion = json_object_get_object_member (link, "after_completion");
  JsonObject *redirect = billing_sandbox_json_child (completion, "redirect");
  JsonObject *message = billing_sandbox_json_child (completion, "hosted_confirmation");

  json_object_set_string_member (session, "success_url",
                                 redirect != NULL ? billing_sandbox_json_string (redirect, "url")
                                                  : "https://stripe.com");
  if (message != NULL)
    json_object_set_string_member (session, "_message",
                                   billing_sandbox_json_string (message, "custom_message"));
}

/* Returns: (transfer full): what is known of the payment, without what is not */
static JsonObject *
describe_payment (JsonObject *link)
{
  JsonObject *data = billing_sandbox_json_child (link, "payment_intent_data");
  JsonObject *result = json_object_new ();
  g_autoptr (GList) names = data != NULL ? json_object_get_members (data) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      if (!json_object_get_null_member (data, l->data))
        billing_sandbox_json_assign (result, data, l->data);
    }

  return result;
}

/**
 * billing_sandbox_link_visit:
 * @self: a sandbox
 * @link: an active link
 * @email: (nullable): the payer's address
 * @reference: (nullable): the client's name for the visit
 *
 * Returns: (transfer full): the session that the visitor pays in
 */
JsonObject *
billing_sandbox_link_visit (BillingSandbox *self,
                            JsonObject     *link,
                            const char     *email,
                            const char     *reference)
{
  JsonObject *session =
    billing_sandbox_session_open (self, json_object_get_array_member (link, "_items"));
  gboolean any = json_object_get_null_member (link, "payment_method_types");

  billing_sandbox_json_assign (session, link, "metadata");
  billing_sandbox_json_assign (session, link, "customer_creation");
  billing_sandbox_json_assign (session, link, "submit_type");
  json_object_set_string_member (session, "client_reference_id", reference);
  json_object_set_string_member (session, "customer_email", email);
  json_object_set_string_member (session, "payment_link",
                                 json_object_get_string_member (link, "id"));
  json_object_set_object_member (session, "_intent", describe_payment (link));
  json_object_set_boolean_member (session, "_any_method", any);
  if (!any)
    billing_sandbox_json_assign (session, link, "payment_method_types");
  set_success (session, link);
  billing_sandbox_session_keep (self, session);
  return session;
}
