/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-sessions.h"

#include "billing-sandbox-items.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-links.h"
#include "billing-sandbox-nested.h"

#define MAX_ITEMS 100
#define SHORTEST (30 * 60)
#define LONGEST BILLING_SANDBOX_DAY

static gboolean
has_status (JsonObject *session,
            const char *status)
{
  return g_str_equal (json_object_get_string_member (session, "status"), status);
}

static void
put (BillingSandbox *self,
     JsonObject     *session)
{
  billing_sandbox_store_put (billing_sandbox_get_store (self), session);
}

/* What is known of who pays; it may come from what was known before. */
static void
set_payer (JsonObject *session,
           const char *name,
           const char *email)
{
  JsonObject *details = billing_sandbox_json_parse (
    "{\"address\":null,\"business_name\":null,\"email\":null,\"individual_name\":null,"
    "\"name\":null,\"phone\":null,\"tax_exempt\":\"none\",\"tax_ids\":[]}");

  json_object_set_string_member (details, "email", email);
  json_object_set_string_member (details, "name", name);
  /* What lists are filtered by. */
  json_object_set_string_member (session, "_email", email);
  json_object_set_object_member (session, "customer_details", details);
}

static const char *
payer_has (JsonObject *session,
           const char *name)
{
  JsonObject *details = billing_sandbox_json_child (session, "customer_details");

  return details != NULL ? billing_sandbox_json_string (details, name) : NULL;
}

/* An intent that nobody paid ends with its session. */
static void
cancel_intent (BillingSandbox *self,
               JsonObject     *session)
{
  g_auto (BillingSandboxCall) inner = { 0 };
  g_autoptr (JsonObject) intent = NULL;

  if (billing_sandbox_json_string (session, "payment_intent") == NULL)
    return;

  inner.id = g_strdup (json_object_get_string_member (session, "payment_intent"));
  inner.params = json_object_new ();
  intent = billing_sandbox_intent_cancel (self, &inner);
}

static void
expire (BillingSandbox *self,
        JsonObject     *session)
{
  json_object_set_string_member (session, "status", "expired");
  json_object_set_null_member (session, "url");
  put (self, session);
  cancel_intent (self, session);
  billing_sandbox_tell (self, "checkout.session.expired", session);
}

static void
expire_in_time (BillingSandbox *self,
                const char     *id)
{
  g_autoptr (JsonObject) session =
    billing_sandbox_store_get (billing_sandbox_get_store (self), id);

  if (has_status (session, "open"))
    expire (self, session);
}

/**
 * billing_sandbox_session_open:
 * @self: a sandbox
 * @items: what is asked for
 *
 * Returns: (transfer full): a session of a day, still to be filled in and kept
 */
JsonObject *
billing_sandbox_session_open (BillingSandbox *self,
                              JsonArray      *items)
{
  JsonObject *session = billing_sandbox_add (self, BILLING_SANDBOX_SESSION);
  g_autofree char *url =
    g_strdup_printf ("%s/sandbox/pay/%s", billing_sandbox_get_url (self),
                     json_object_get_string_member (session, "id"));

  json_object_set_array_member (session, "_items", json_array_ref (items));
  json_object_set_int_member (session, "amount_subtotal", billing_sandbox_items_total (items));
  json_object_set_int_member (session, "amount_total", billing_sandbox_items_total (items));
  json_object_set_string_member (session, "currency", billing_sandbox_items_currency (items));
  json_object_set_int_member (session, "expires_at", billing_sandbox_now (self) + LONGEST);
  json_object_set_string_member (session, "url", url);
  return session;
}

void
billing_sandbox_session_keep (BillingSandbox *self,
                              JsonObject     *session)
{
  put (self, session);
  billing_sandbox_later (self, json_object_get_int_member (session, "expires_at"), expire_in_time,
                         json_object_get_string_member (session, "id"));
}

static gboolean
apply_expiry (BillingSandbox     *self,
              BillingSandboxCall *call,
              JsonObject         *session)
{
  gint64 now = billing_sandbox_now (self);
  gint64 end = billing_sandbox_json_int (call->params, "expires_at", now + LONGEST);

  if (end < now + SHORTEST)
    return billing_sandbox_fail (call, 400, NULL, "expires_at",
                                 "The `expires_at` timestamp must be at least 30 minutes from "
                                 "Checkout Session creation."),
           FALSE;
  if (end > now + LONGEST)
    return billing_sandbox_fail (call, 400, NULL, "expires_at",
                                 "The `expires_at` timestamp must be less than 24 hours from "
                                 "Checkout Session creation."),
           FALSE;

  json_object_set_int_member (session, "expires_at", end);
  return TRUE;
}

static gboolean
apply_customer (BillingSandbox     *self,
                BillingSandboxCall *call,
                JsonObject         *session)
{
  g_autoptr (JsonObject) customer = NULL;

  if (billing_sandbox_call_string (call, "customer") == NULL)
    {
      if (billing_sandbox_call_string (call, "customer_email") != NULL)
        set_payer (session, NULL, billing_sandbox_call_string (call, "customer_email"));
      return TRUE;
    }

  if (billing_sandbox_call_string (call, "customer_email") != NULL)
    return billing_sandbox_fail (call, 400, NULL, "customer_email",
                                 "You may only specify one of these parameters: customer, "
                                 "customer_email."),
           FALSE;
  customer = billing_sandbox_find_param (self, call, BILLING_SANDBOX_CUSTOMER, "customer");
  if (customer == NULL)
    return FALSE;

  set_payer (session, billing_sandbox_json_string (customer, "name"),
             billing_sandbox_json_string (customer, "email"));
  json_object_set_null_member (session, "customer_creation");
  return TRUE;
}

static gboolean
apply_intent_data (BillingSandboxCall *call,
                   JsonObject         *session)
{
  g_auto (BillingSandboxCall) data = { 0 };

  if (!billing_sandbox_call_enter_param (call, "payment_intent_data", BILLING_SANDBOX_INTENT_DATA,
                                         &data))
    return FALSE;

  billing_sandbox_call_drop_empty (data.params, "capture_method setup_future_usage");
  json_object_set_object_member (session, "_intent", json_object_ref (data.params));
  return TRUE;
}

JsonObject *
billing_sandbox_session_create (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonArray) items = billing_sandbox_items_read (self, call, MAX_ITEMS);
  g_autoptr (JsonObject) session = NULL;

  if (items == NULL)
    return NULL;
  if (billing_sandbox_call_string (call, "success_url") == NULL)
    return billing_sandbox_fail (call, 400, "parameter_missing", "success_url",
                                 "Missing required param: success_url.");

  session = billing_sandbox_session_open (self, items);
  billing_sandbox_call_drop_empty (call->params, "customer_creation payment_method_types");
  billing_sandbox_call_apply (call, session,
                              "billing_address_collection cancel_url client_reference_id customer "
                              "customer_creation customer_email locale metadata "
                              "payment_method_types submit_type success_url");
  /* Without a choice of its own, a session offers all that the account takes. */
  json_object_set_boolean_member (session, "_any_method",
                                  !billing_sandbox_call_has (call, "payment_method_types"));
  if (call->error != NULL || !apply_expiry (self, call, session) ||
      !apply_customer (self, call, session) || !apply_intent_data (call, session))
    return NULL;

  billing_sandbox_session_keep (self, session);
  return g_steal_pointer (&session);
}

JsonObject *
billing_sandbox_session_update (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) session = billing_sandbox_find (self, call, BILLING_SANDBOX_SESSION);

  if (session == NULL)
    return NULL;

  billing_sandbox_call_apply (call, session, "metadata");
  if (call->error != NULL)
    return NULL;

  put (self, session);
  return g_steal_pointer (&session);
}

JsonObject *
billing_sandbox_session_expire (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) session = billing_sandbox_find (self, call, BILLING_SANDBOX_SESSION);

  if (session == NULL)
    return NULL;
  if (!has_status (session, "open"))
    return billing_sandbox_fail (call, 400, NULL, "session",
                                 "Only Checkout Sessions with a status in [\"open\"] can be "
                                 "expired. This Checkout Session has a status of `%s`.",
                                 json_object_get_string_member (session, "status"));

  expire (self, session);
  return g_steal_pointer (&session);
}

JsonObject *
billing_sandbox_session_list (BillingSandbox     *self,
                              BillingSandboxCall *call)
{
  g_auto (BillingSandboxCall) details = { 0 };

  if (!billing_sandbox_call_enter_param (call, "customer_details", "email:s!", &details))
    return NULL;

  billing_sandbox_json_assign (call->params, details.params, "email");
  return billing_sandbox_list (self, call, BILLING_SANDBOX_SESSION,
                               "customer payment_intent payment_link status email=_email",
                               "/v1/checkout/sessions");
}

JsonObject *
billing_sandbox_session_items (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  return billing_sandbox_items_page (self, call, BILLING_SANDBOX_SESSION, "item", "line_items");
}

/* The payer becomes a customer, where that was asked for. */
static void
make_customer (BillingSandbox *self,
               JsonObject     *session)
{
  g_auto (BillingSandboxCall) inner = { .params = json_object_new () };
  g_autoptr (JsonObject) customer = NULL;

  if (g_strcmp0 (billing_sandbox_json_string (session, "customer_creation"), "always") != 0 ||
      billing_sandbox_json_string (session, "customer") != NULL)
    return;

  json_object_set_string_member (inner.params, "email", payer_has (session, "email"));
  json_object_set_string_member (inner.params, "name", payer_has (session, "name"));
  customer = billing_sandbox_customer_create (self, &inner);
  json_object_set_string_member (session, "customer",
                                 json_object_get_string_member (customer, "id"));
}

/* Returns: (transfer full): what is said of the payment where it is made */
static JsonObject *
describe_payment (JsonObject *session)
{
  JsonObject *params = billing_sandbox_json_copy (json_object_get_object_member (session,
                                                                                 "_intent"));

  json_object_set_int_member (params, "amount",
                              json_object_get_int_member (session, "amount_total"));
  billing_sandbox_json_assign (params, session, "currency");
  if (billing_sandbox_json_string (session, "customer") != NULL)
    billing_sandbox_json_assign (params, session, "customer");
  if (!billing_sandbox_json_bool (session, "_any_method"))
    billing_sandbox_json_assign (params, session, "payment_method_types");
  return params;
}

/* Returns: whether there is an intent now; if not, @result says why */
static gboolean
make_intent (BillingSandbox     *self,
             JsonObject         *session,
             BillingSandboxCall *result)
{
  g_autoptr (JsonObject) intent = NULL;

  if (billing_sandbox_json_string (session, "payment_intent") != NULL)
    return TRUE;

  result->params = describe_payment (session);
  intent = billing_sandbox_intent_create (self, result);
  g_clear_pointer (&result->params, json_object_unref);
  if (intent == NULL)
    return FALSE;

  json_object_set_string_member (intent, "_session",
                                 json_object_get_string_member (session, "id"));
  billing_sandbox_store_put (billing_sandbox_get_store (self), intent);
  json_object_set_string_member (session, "payment_intent",
                                 json_object_get_string_member (intent, "id"));
  put (self, session);
  return TRUE;
}

/**
 * billing_sandbox_session_pay:
 * @self: a sandbox
 * @session: an open session
 * @method: the payment method that the payer chose
 * @name: (nullable): the payer's name
 * @email: (nullable): the payer's address
 * @result: (out caller-allocates): what confirming the payment came to
 *
 * What becomes of the session is told by what becomes of its payment.
 */
void
billing_sandbox_session_pay (BillingSandbox     *self,
                             JsonObject         *session,
                             const char         *method,
                             const char         *name,
                             const char         *email,
                             BillingSandboxCall *result)
{
  g_autoptr (JsonObject) intent = NULL;

  set_payer (session, name != NULL ? name : payer_has (session, "name"),
             email != NULL ? email : payer_has (session, "email"));
  make_customer (self, session);
  put (self, session);
  if (!make_intent (self, session, result))
    return;

  result->id = g_strdup (json_object_get_string_member (session, "payment_intent"));
  result->params = json_object_new ();
  json_object_set_string_member (result->params, "payment_method", method);
  json_object_set_string_member (result->params, "return_url",
                                 json_object_get_string_member (session, "url"));
  intent = billing_sandbox_intent_confirm (self, result);
}

/* Returns: whether @intent is of a session that can still be paid */
gboolean
billing_sandbox_session_holds (BillingSandbox *self,
                               JsonObject     *intent)
{
  const char *id = billing_sandbox_json_string (intent, "_session");
  g_autoptr (JsonObject) session =
    id != NULL ? billing_sandbox_store_get (billing_sandbox_get_store (self), id) : NULL;

  return session != NULL && has_status (session, "open");
}

static void
complete (BillingSandbox *self,
          JsonObject     *session,
          gboolean        paid)
{
  json_object_set_string_member (session, "status", "complete");
  json_object_set_string_member (session, "payment_status", paid ? "paid" : "unpaid");
  json_object_set_null_member (session, "url");
  put (self, session);
  billing_sandbox_tell (self, "checkout.session.completed", session);
  if (billing_sandbox_json_string (session, "payment_link") != NULL)
    billing_sandbox_link_count (self, json_object_get_string_member (session, "payment_link"));
}

/* A payment that took days has arrived, or has failed.  A capture is no news to who captured. */
static void
settle (BillingSandbox *self,
        JsonObject     *session,
        JsonObject     *intent,
        gboolean        paid)
{
  gboolean captured = g_str_equal (json_object_get_string_member (intent, "capture_method"),
                                   "manual");

  if (paid)
    json_object_set_string_member (session, "payment_status", "paid");
  put (self, session);
  if (!paid || !captured)
    billing_sandbox_tell (self,
                          paid ? "checkout.session.async_payment_succeeded"
                               : "checkout.session.async_payment_failed",
                          session);
}

/**
 * billing_sandbox_session_follow:
 * @self: a sandbox
 * @type: an event's type
 * @intent: the payment intent that it is about
 *
 * Carries on with the session that @intent is of, if it is of one.
 */
void
billing_sandbox_session_follow (BillingSandbox *self,
                                const char     *type,
                                JsonObject     *intent)
{
  const char *id = billing_sandbox_json_string (intent, "_session");
  gboolean paid = g_str_equal (type, "payment_intent.succeeded");
  gboolean under_way = g_str_equal (type, "payment_intent.processing") ||
                       g_str_equal (type, "payment_intent.amount_capturable_updated");
  g_autoptr (JsonObject) session = NULL;

  if (id == NULL)
    return;

  session = billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  if (has_status (session, "open") && (paid || under_way))
    complete (self, session, paid);
  else if (has_status (session, "complete") &&
           (paid || g_str_equal (type, "payment_intent.payment_failed")))
    settle (self, session, intent, paid);
}
