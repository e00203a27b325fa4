/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-intents.h"

#include "billing-sandbox-charges.h"
#include "billing-sandbox-debits.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-methods.h"
#include "billing-sandbox-sessions.h"

#define MIN_AMOUNT 50
#define MAX_AMOUNT G_GINT64_CONSTANT (99999999)
#define AUTHORISED_FOR (7 * BILLING_SANDBOX_DAY)

static const char *
status_of (JsonObject *intent)
{
  return json_object_get_string_member (intent, "status");
}

static gboolean
is_one_of (JsonObject *intent,
           const char *statuses)
{
  g_auto (GStrv) words = g_strsplit (statuses, " ", -1);

  return g_strv_contains ((const char *const *) words, status_of (intent));
}

static void
put (BillingSandbox *self,
     JsonObject     *intent)
{
  billing_sandbox_store_put (billing_sandbox_get_store (self), intent);
}

/* Stripe's error carries the intent, so that a client knows where it stands. */
static gpointer
refuse (BillingSandboxCall *call,
        JsonObject         *intent,
        const char         *verb,
        const char         *allowed)
{
  g_autofree char *list = g_strdelimit (g_strdup (allowed), " ", '|');
  g_auto (GStrv) words = g_strsplit (list, "|", -1);
  g_autofree char *states = g_strjoinv (", ", words);
  g_autofree char *message = g_strdup_printf (
    "You cannot %s this PaymentIntent because it has a status of %s. Only a PaymentIntent with one "
    "of "
    "the following statuses may be %s: %s.",
    verb, status_of (intent),
    g_str_equal (verb, "cancel")    ? "canceled"
    : g_str_equal (verb, "capture") ? "captured"
                                    : "confirmed",
    states);
  JsonObject *error = billing_sandbox_error_new (
    "invalid_request_error", "payment_intent_unexpected_state", NULL, message);

  json_object_set_object_member (error, "payment_intent",
                                 billing_sandbox_public (billing_sandbox_json_copy (intent)));
  return billing_sandbox_fail_with (call, 400, error);
}

static gboolean
check_amount (BillingSandboxCall *call)
{
  gint64 amount = billing_sandbox_json_int (call->params, "amount", MIN_AMOUNT);

  if (amount < 1)
    billing_sandbox_fail (call, 400, "parameter_invalid_integer", "amount",
                          "This value must be greater than or equal to 1.");
  else if (amount < MIN_AMOUNT)
    billing_sandbox_fail (call, 400, "amount_too_small", "amount",
                          "The Payment Intent's amount must be greater than or equal to the "
                          "minimum "
                          "charge amount allowed for your account and the currency set.");
  else if (amount > MAX_AMOUNT)
    billing_sandbox_fail (call, 400, "amount_too_large", "amount",
                          "Amount must be no more than $999,999.99");

  return call->error == NULL;
}

static gboolean
check_customer (BillingSandbox     *self,
                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) customer = NULL;

  if (billing_sandbox_call_string (call, "customer") == NULL)
    return TRUE;

  customer = billing_sandbox_find_param (self, call, BILLING_SANDBOX_CUSTOMER, "customer");
  return customer != NULL;
}

static void
apply_automatic (BillingSandboxCall *call,
                 JsonObject         *intent)
{
  JsonObject *given = billing_sandbox_json_child (call->params, "automatic_payment_methods");
  JsonObject *automatic;
  const char *redirects;

  if (given == NULL && billing_sandbox_call_has (call, "payment_method_types"))
    return;

  redirects = given != NULL ? billing_sandbox_json_string (given, "allow_redirects") : NULL;
  automatic = json_object_new ();
  json_object_set_string_member (automatic, "allow_redirects",
                                 redirects != NULL ? redirects : "always");
  json_object_set_boolean_member (automatic, "enabled", TRUE);
  json_object_set_object_member (intent, "automatic_payment_methods", automatic);
}

/* Puts the payment method that was given; the intent waits for a confirmation then. */
static gboolean
apply_method (BillingSandbox     *self,
              BillingSandboxCall *call,
              JsonObject         *intent)
{
  g_autoptr (JsonObject) method = NULL;

  if (billing_sandbox_call_string (call, "payment_method") == NULL)
    return TRUE;

  method = billing_sandbox_payment_method_use (self, call);
  if (method == NULL ||
      !billing_sandbox_payment_method_belongs (
        call, method, billing_sandbox_json_string (intent, "customer")) ||
      !billing_sandbox_debit_check (call, intent, method))
    return FALSE;

  json_object_set_string_member (intent, "payment_method",
                                 json_object_get_string_member (method, "id"));
  json_object_remove_member (intent, "_authenticated");
  if (is_one_of (intent, "requires_payment_method"))
    json_object_set_string_member (intent, "status", "requires_confirmation");
  return TRUE;
}

static gboolean
apply (BillingSandbox     *self,
       BillingSandboxCall *call,
       JsonObject         *intent)
{
  if (!check_amount (call) || !billing_sandbox_call_check_currency (call) ||
      !check_customer (self, call))
    return FALSE;

  billing_sandbox_call_apply (call, intent,
                              "amount currency customer description metadata receipt_email "
                              "capture_method setup_future_usage statement_descriptor "
                              "statement_descriptor_suffix payment_method_types "
                              "confirmation_method "
                              "shipping");
  return call->error == NULL && apply_method (self, call, intent);
}

static JsonObject *
latest_charge (BillingSandbox *self,
               JsonObject     *intent)
{
  return billing_sandbox_store_get (billing_sandbox_get_store (self),
                                    json_object_get_string_member (intent, "latest_charge"));
}

/* An authorisation that nobody captures comes to its end. */
static void
expire (BillingSandbox *self,
        const char     *id)
{
  BillingSandboxStore *store = billing_sandbox_get_store (self);
  g_autoptr (JsonObject) intent = billing_sandbox_store_get (store, id);
  g_autoptr (JsonObject) charge = NULL;
  g_autoptr (JsonObject) refund = NULL;

  if (!is_one_of (intent, "requires_capture"))
    return;

  charge = latest_charge (self, intent);
  refund = billing_sandbox_refund_charge (self, charge,
                                          json_object_get_int_member (charge, "amount"),
                                          "expired_uncaptured_charge", NULL);
  billing_sandbox_tell (self, "charge.expired", charge);
  json_object_set_string_member (intent, "status", "canceled");
  json_object_set_string_member (intent, "cancellation_reason", "automatic");
  json_object_set_int_member (intent, "canceled_at", billing_sandbox_now (self));
  json_object_set_int_member (intent, "amount_capturable", 0);
  put (self, intent);
  billing_sandbox_tell (self, "payment_intent.canceled", intent);
}

static JsonObject *
card_error (JsonObject                   *charge,
            JsonObject                   *method,
            const BillingSandboxTestCard *card)
{
  JsonObject *error = billing_sandbox_error_new ("card_error", card->code, NULL, card->message);

  json_object_set_string_member (error, "charge", json_object_get_string_member (charge, "id"));
  json_object_set_string_member (error, "decline_code", card->decline_code);
  json_object_set_object_member (error, "payment_method",
                                 billing_sandbox_public (billing_sandbox_json_copy (method)));
  return error;
}

static gpointer
decline (BillingSandbox               *self,
         BillingSandboxCall           *call,
         JsonObject                   *intent,
         JsonObject                   *charge,
         JsonObject                   *method)
{
  const BillingSandboxTestCard *card = billing_sandbox_test_card (method);
  JsonObject *error = card_error (charge, method, card);

  json_object_set_object_member (intent, "last_payment_error", billing_sandbox_json_copy (error));
  json_object_set_null_member (intent, "payment_method");
  json_object_set_string_member (intent, "status", "requires_payment_method");
  billing_sandbox_store_put (billing_sandbox_get_store (self), charge);
  put (self, intent);
  billing_sandbox_tell (self, "charge.failed", charge);
  billing_sandbox_tell (self, "payment_intent.payment_failed", intent);

  json_object_set_object_member (error, "payment_intent",
                                 billing_sandbox_public (billing_sandbox_json_copy (intent)));
  return billing_sandbox_fail_with (call, 402, error);
}

static void
ask (BillingSandbox     *self,
     BillingSandboxCall *call,
     JsonObject         *intent)
{
  JsonObject *action = json_object_new ();
  JsonObject *details = json_object_new ();
  const char *back = billing_sandbox_call_string (call, "return_url");
  g_autofree char *url =
    g_strdup_printf ("%s/sandbox/authenticate/%s", billing_sandbox_get_url (self),
                     json_object_get_string_member (intent, "id"));

  if (back != NULL)
    {
      json_object_set_string_member (intent, "_return_url", back);
      json_object_set_string_member (details, "return_url", back);
      json_object_set_string_member (details, "url", url);
      json_object_set_object_member (action, "redirect_to_url", details);
      json_object_set_string_member (action, "type", "redirect_to_url");
    }
  else
    {
      json_object_remove_member (intent, "_return_url");
      json_object_set_string_member (details, "type", "three_d_secure_redirect");
      json_object_set_string_member (details, "stripe_js", url);
      json_object_set_object_member (action, "use_stripe_sdk", details);
      json_object_set_string_member (action, "type", "use_stripe_sdk");
    }

  json_object_set_object_member (intent, "next_action", action);
  json_object_set_string_member (intent, "status", "requires_action");
  put (self, intent);
  billing_sandbox_tell (self, "payment_intent.requires_action", intent);
}

static void
collect (BillingSandbox *self,
         JsonObject     *intent,
         JsonObject     *charge,
         gint64          amount)
{
  billing_sandbox_charge_capture (self, charge, amount);
  json_object_set_string_member (intent, "status", "succeeded");
  json_object_set_int_member (intent, "amount_received", amount);
  json_object_set_int_member (intent, "amount_capturable", 0);
  put (self, intent);
}

static void
authorise (BillingSandbox *self,
           JsonObject     *intent,
           JsonObject     *charge)
{
  gint64 until = billing_sandbox_now (self) + AUTHORISED_FOR;
  JsonObject *details = json_object_get_object_member (charge, "payment_method_details");

  json_object_set_int_member (json_object_get_object_member (details, "card"), "capture_before",
                              until);
  billing_sandbox_store_put (billing_sandbox_get_store (self), charge);
  json_object_set_string_member (intent, "status", "requires_capture");
  json_object_set_int_member (intent, "amount_capturable",
                              json_object_get_int_member (intent, "amount"));
  put (self, intent);
  billing_sandbox_later (self, until, expire, json_object_get_string_member (intent, "id"));
}

/* Who means to pay with it again keeps it, once it has paid. */
static void
keep_method (BillingSandbox *self,
             JsonObject     *intent,
             JsonObject     *method)
{
  const char *customer = billing_sandbox_json_string (intent, "customer");

  if (customer != NULL && billing_sandbox_json_string (method, "customer") == NULL &&
      billing_sandbox_json_string (intent, "setup_future_usage") != NULL)
    billing_sandbox_payment_method_join (self, method, customer);
}

static void
succeed (BillingSandbox *self,
         JsonObject     *intent,
         JsonObject     *charge)
{
  if (g_str_equal (json_object_get_string_member (intent, "capture_method"), "manual"))
    authorise (self, intent, charge);
  else
    collect (self, intent, charge, json_object_get_int_member (intent, "amount"));

  billing_sandbox_tell (self, "charge.succeeded", charge);
  billing_sandbox_tell (self,
                        is_one_of (intent, "succeeded")
                          ? "payment_intent.succeeded"
                          : "payment_intent.amount_capturable_updated",
                        intent);
}

/* Returns: whether it went well, or may yet */
static gboolean
charge_now (BillingSandbox     *self,
            BillingSandboxCall *call,
            JsonObject         *intent,
            JsonObject         *method)
{
  g_autoptr (JsonObject) charge = billing_sandbox_charge_new (self, intent, method);

  json_object_set_string_member (intent, "latest_charge",
                                 json_object_get_string_member (charge, "id"));
  json_object_set_null_member (intent, "next_action");
  if (billing_sandbox_charge_failed (charge))
    return decline (self, call, intent, charge, method), FALSE;

  json_object_set_null_member (intent, "last_payment_error");
  if (billing_sandbox_is_debit (method))
    billing_sandbox_debit_begin (self, intent, charge);
  else
    succeed (self, intent, charge);
  keep_method (self, intent, method);
  return TRUE;
}

static JsonObject *
get_method (BillingSandbox *self,
            JsonObject     *intent)
{
  return billing_sandbox_store_get (billing_sandbox_get_store (self),
                                    json_object_get_string_member (intent, "payment_method"));
}

static JsonObject *
confirm (BillingSandbox     *self,
         BillingSandboxCall *call,
         JsonObject         *intent)
{
  g_autoptr (JsonObject) method = get_method (self, intent);

  if (billing_sandbox_test_card (method)->outcome == BILLING_SANDBOX_ASKS &&
      !billing_sandbox_json_bool (call->params, "off_session"))
    return ask (self, call, intent), json_object_ref (intent);

  return charge_now (self, call, intent, method) ? json_object_ref (intent) : NULL;
}

static void
fail_authentication (BillingSandbox *self,
                     JsonObject     *intent,
                     JsonObject     *method)
{
  JsonObject *error = billing_sandbox_error_new (
    "invalid_request_error", "payment_intent_authentication_failure", NULL,
    "We are unable to authenticate your payment method. Please choose a different payment method "
    "and try again.");

  json_object_set_object_member (error, "payment_method",
                                 billing_sandbox_public (billing_sandbox_json_copy (method)));
  json_object_set_object_member (intent, "last_payment_error", error);
  json_object_set_null_member (intent, "next_action");
  json_object_set_null_member (intent, "payment_method");
  json_object_set_string_member (intent, "status", "requires_payment_method");
  put (self, intent);
  billing_sandbox_tell (self, "payment_intent.payment_failed", intent);
}

/**
 * billing_sandbox_intent_authenticate:
 * @self: a sandbox
 * @intent: a payment intent that waits for its payer; it is put
 * @complete: whether the payer says yes
 *
 * Returns: whether the payment went on
 */
gboolean
billing_sandbox_intent_authenticate (BillingSandbox *self,
                                     JsonObject     *intent,
                                     gboolean        complete)
{
  g_autoptr (JsonObject) method = get_method (self, intent);
  g_auto (BillingSandboxCall) nobody = { .params = json_object_new () };

  if (!complete)
    {
      fail_authentication (self, intent, method);
      return FALSE;
    }

  json_object_set_boolean_member (intent, "_authenticated", TRUE);
  return charge_now (self, &nobody, intent, method);
}

static gpointer
miss_method (BillingSandboxCall *call)
{
  return billing_sandbox_fail (call, 400, "payment_intent_unexpected_state", NULL,
                               "You cannot confirm this PaymentIntent because it's missing a "
                               "payment "
                               "method. You can either update the PaymentIntent with a payment "
                               "method "
                               "and then confirm it again, or confirm it again directly with a "
                               "payment method or ConfirmationToken.");
}

JsonObject *
billing_sandbox_intent_create (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) intent = billing_sandbox_add (self, BILLING_SANDBOX_PAYMENT_INTENT);
  gboolean at_once = billing_sandbox_json_bool (call->params, "confirm");
  g_autofree char *prefix = g_strconcat (json_object_get_string_member (intent, "id"), "_secret_",
                                         NULL);
  g_autofree char *secret =
    billing_sandbox_store_random (billing_sandbox_get_store (self), prefix, 25);

  json_object_set_string_member (intent, "client_secret", secret);
  apply_automatic (call, intent);
  if (at_once && billing_sandbox_call_string (call, "payment_method") == NULL)
    return miss_method (call);
  if (!apply (self, call, intent))
    return NULL;

  put (self, intent);
  billing_sandbox_tell (self, "payment_intent.created", intent);
  return at_once ? confirm (self, call, intent) : g_steal_pointer (&intent);
}

JsonObject *
billing_sandbox_intent_update (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) intent = billing_sandbox_find (self, call, BILLING_SANDBOX_PAYMENT_INTENT);

  if (intent == NULL)
    return NULL;
  if ((billing_sandbox_call_has (call, "amount") || billing_sandbox_call_has (call, "currency") ||
       billing_sandbox_call_has (call, "payment_method")) &&
      !is_one_of (intent, "requires_payment_method requires_confirmation requires_action"))
    return billing_sandbox_fail (call, 400, "payment_intent_unexpected_state", NULL,
                                 "This PaymentIntent's amount, currency and payment method could "
                                 "not "
                                 "be updated because it has a status of %s.",
                                 status_of (intent));
  if (!apply (self, call, intent))
    return NULL;

  put (self, intent);
  return g_steal_pointer (&intent);
}

JsonObject *
billing_sandbox_intent_confirm (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  static const char allowed[] = "requires_payment_method requires_confirmation requires_action";
  g_autoptr (JsonObject) intent = billing_sandbox_find (self, call, BILLING_SANDBOX_PAYMENT_INTENT);

  if (intent == NULL)
    return NULL;
  if (!is_one_of (intent, allowed))
    return refuse (call, intent, "confirm", allowed);
  if (!apply (self, call, intent))
    return NULL;
  if (billing_sandbox_json_string (intent, "payment_method") == NULL)
    return miss_method (call);

  return confirm (self, call, intent);
}

JsonObject *
billing_sandbox_intent_capture (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) intent = billing_sandbox_find (self, call, BILLING_SANDBOX_PAYMENT_INTENT);
  g_autoptr (JsonObject) charge = NULL;
  gint64 all, amount;

  if (intent == NULL)
    return NULL;
  if (!is_one_of (intent, "requires_capture"))
    return refuse (call, intent, "capture", "requires_capture");

  all = json_object_get_int_member (intent, "amount_capturable");
  amount = billing_sandbox_json_int (call->params, "amount_to_capture", all);
  if (amount < 1)
    return billing_sandbox_fail (call, 400, "parameter_invalid_integer", "amount_to_capture",
                                 "This value must be greater than or equal to 1.");
  if (amount > all)
    return billing_sandbox_fail (call, 400, "amount_too_large", "amount_to_capture",
                                 "The requested capture amount is greater than the amount you can "
                                 "capture for this charge.");

  charge = latest_charge (self, intent);
  billing_sandbox_call_apply (call, intent, "metadata");
  collect (self, intent, charge, amount);
  billing_sandbox_tell (self, "charge.captured", charge);
  billing_sandbox_tell (self, "payment_intent.succeeded", intent);
  return g_steal_pointer (&intent);
}

static void
let_go (BillingSandbox *self,
        JsonObject     *intent)
{
  g_autoptr (JsonObject) charge = latest_charge (self, intent);
  g_autoptr (JsonObject) refund = billing_sandbox_refund_charge (
    self, charge, json_object_get_int_member (charge, "amount"), NULL, NULL);

  json_object_set_int_member (intent, "amount_capturable", 0);
}

static void
stop_debit (BillingSandbox *self,
            JsonObject     *intent)
{
  g_autoptr (JsonObject) charge = latest_charge (self, intent);

  billing_sandbox_debit_cancel (self, charge);
}

JsonObject *
billing_sandbox_intent_cancel (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  static const char allowed[] =
    "requires_payment_method requires_capture requires_confirmation requires_action processing";
  g_autoptr (JsonObject) intent = billing_sandbox_find (self, call, BILLING_SANDBOX_PAYMENT_INTENT);

  if (intent == NULL)
    return NULL;
  if (!is_one_of (intent, allowed))
    return refuse (call, intent, "cancel", allowed);
  if (billing_sandbox_session_holds (self, intent))
    return billing_sandbox_fail (call, 400, "payment_intent_unexpected_state", NULL,
                                 "You cannot cancel this PaymentIntent because it belongs to an "
                                 "open Checkout Session. Expire the session instead.");

  if (is_one_of (intent, "requires_capture"))
    let_go (self, intent);
  else if (is_one_of (intent, "processing"))
    stop_debit (self, intent);
  billing_sandbox_call_apply (call, intent, "cancellation_reason");
  json_object_set_string_member (intent, "status", "canceled");
  json_object_set_int_member (intent, "canceled_at", billing_sandbox_now (self));
  json_object_set_null_member (intent, "next_action");
  put (self, intent);
  billing_sandbox_tell (self, "payment_intent.canceled", intent);
  return g_steal_pointer (&intent);
}
