/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-methods.h"

/* Payment methods as clients make and keep them, and whose they are. */

static const BillingSandboxTestCard *
refuse_number (BillingSandboxCall *call)
{
  return billing_sandbox_fail (
    call, 402, NULL, NULL,
    "Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you "
    "use test tokens that map to the test card you are using, see "
    "https://stripe.com/docs/testing. To enable raw card data APIs in test mode, see "
    "https://support.stripe.com/questions/enabling-access-to-raw-card-data-apis.");
}

static const BillingSandboxTestCard *
choose_card (BillingSandboxCall *call)
{
  JsonObject *given = billing_sandbox_json_child (call->params, "card");
  const char *token = given != NULL ? billing_sandbox_json_string (given, "token") : NULL;
  const BillingSandboxTestCard *card;

  if (given != NULL && json_object_has_member (given, "number"))
    return refuse_number (call);
  if (token == NULL)
    return billing_sandbox_fail (call, 400, "parameter_missing", "card",
                                 "Missing required param: card.");

  card = g_str_has_prefix (token, "tok_") ? billing_sandbox_test_card_named (token) : NULL;
  return card != NULL ? card
                      : billing_sandbox_fail (call, 400, "resource_missing", "card[token]",
                                              "No such token: '%s'", token);
}

static const BillingSandboxTestCard *
choose_account (BillingSandboxCall *call)
{
  JsonObject *given = billing_sandbox_json_child (call->params, "us_bank_account");
  const char *number = given != NULL ? billing_sandbox_json_string (given, "account_number") : NULL;
  const char *routing =
    given != NULL ? billing_sandbox_json_string (given, "routing_number") : NULL;
  const BillingSandboxTestCard *card;

  if (number == NULL || routing == NULL)
    return billing_sandbox_fail (call, 400, "parameter_missing",
                                 number == NULL ? "us_bank_account[account_number]"
                                                : "us_bank_account[routing_number]",
                                 "Missing required param: us_bank_account[%s].",
                                 number == NULL ? "account_number" : "routing_number");
  if (!g_str_equal (routing, "110000000"))
    return billing_sandbox_fail (call, 400, "routing_number_invalid",
                                 "us_bank_account[routing_number]", "Invalid routing number: %s",
                                 routing);

  card = billing_sandbox_test_card_of_account (number);
  return card != NULL ? card
                      : billing_sandbox_fail (call, 400, "account_number_invalid",
                                              "us_bank_account[account_number]",
                                              "You must use a test bank account number in test "
                                              "mode. Try 000123456789.");
}

static void
merge_given (JsonObject *target,
             JsonObject *given,
             const char *names)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);

  for (guint i = 0; given != NULL && words[i] != NULL; i++)
    {
      const char *value = billing_sandbox_json_string (given, words[i]);

      if (value != NULL)
        json_object_set_string_member (target, words[i], *value != '\0' ? value : NULL);
    }
}

static void
apply_billing (BillingSandboxCall *call,
               JsonObject         *method)
{
  JsonObject *given = billing_sandbox_json_child (call->params, "billing_details");
  JsonObject *details = json_object_get_object_member (method, "billing_details");

  if (given == NULL)
    return;

  merge_given (details, given, "email name phone tax_id");
  merge_given (json_object_get_object_member (details, "address"),
               billing_sandbox_json_child (given, "address"),
               "city country line1 line2 postal_code state");
}

static gboolean
apply (BillingSandboxCall *call,
       JsonObject         *method)
{
  JsonObject *account = billing_sandbox_json_child (method, "us_bank_account");

  billing_sandbox_call_apply (call, method, "allow_redisplay metadata");
  apply_billing (call, method);
  if (account != NULL)
    merge_given (account, billing_sandbox_json_child (call->params, "us_bank_account"),
                 "account_holder_type account_type");
  return call->error == NULL;
}

JsonObject *
billing_sandbox_method_create (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  gboolean debit = g_str_equal (billing_sandbox_call_string (call, "type"), "us_bank_account");
  const BillingSandboxTestCard *card = debit ? choose_account (call) : choose_card (call);
  g_autoptr (JsonObject) method = NULL;

  if (card == NULL)
    return NULL;

  method = billing_sandbox_payment_method_new (self, card);
  if (!apply (call, method))
    return NULL;
  if (debit && billing_sandbox_json_string (
                 json_object_get_object_member (method, "billing_details"), "name") == NULL)
    return billing_sandbox_fail (call, 400, "parameter_missing", "billing_details[name]",
                                 "Missing required param: billing_details[name].");

  billing_sandbox_store_put (billing_sandbox_get_store (self), method);
  return g_steal_pointer (&method);
}

/* A payment method that belongs to somebody, which alone can be changed or taken away. */
static JsonObject *
find_owned (BillingSandbox     *self,
            BillingSandboxCall *call,
            const char         *what)
{
  g_autoptr (JsonObject) method =
    billing_sandbox_find (self, call, BILLING_SANDBOX_PAYMENT_METHOD);

  if (method == NULL || billing_sandbox_json_string (method, "customer") != NULL)
    return g_steal_pointer (&method);

  return billing_sandbox_fail (call, 400, NULL, NULL, "%s", what);
}

JsonObject *
billing_sandbox_method_update (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = find_owned (
    self, call, "You must save this PaymentMethod to a customer before you can update it.");
  g_autoptr (JsonObject) method = NULL;

  if (before == NULL)
    return NULL;

  method = billing_sandbox_json_copy (before);
  if (!apply (call, method))
    return NULL;

  billing_sandbox_store_put (billing_sandbox_get_store (self), method);
  billing_sandbox_tell_change (self, "payment_method.updated", before, method);
  return g_steal_pointer (&method);
}

/* Most cards that decline do so when they are attached, too. */
static gpointer
refuse_card (BillingSandboxCall           *call,
             const BillingSandboxTestCard *card)
{
  JsonObject *error = billing_sandbox_error_new ("card_error", card->code, NULL, card->message);

  json_object_set_string_member (error, "decline_code", card->decline_code);
  return billing_sandbox_fail_with (call, 402, error);
}

JsonObject *
billing_sandbox_method_attach (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) method = billing_sandbox_payment_method_find (self, call, call->id);
  g_autoptr (JsonObject) customer = NULL;
  const BillingSandboxTestCard *card;

  if (method == NULL)
    return billing_sandbox_find (self, call, BILLING_SANDBOX_PAYMENT_METHOD);
  customer = billing_sandbox_find_param (self, call, BILLING_SANDBOX_CUSTOMER, "customer");
  if (customer == NULL)
    return NULL;
  if (billing_sandbox_json_string (method, "customer") != NULL)
    return billing_sandbox_fail (
      call, 400, NULL, NULL,
      "The payment method you provided has already been attached to a customer.");
  if (billing_sandbox_json_bool (method, "_detached"))
    return billing_sandbox_fail (
      call, 400, NULL, NULL,
      "This PaymentMethod was previously used without being attached to a Customer or was detached "
      "from a Customer, and may not be used again.");

  card = billing_sandbox_test_card (method);
  if (card->account == NULL && card->outcome == BILLING_SANDBOX_DECLINES &&
      card->trait != BILLING_SANDBOX_DECLINES_LATER)
    return refuse_card (call, card);

  billing_sandbox_payment_method_join (self, method,
                                       billing_sandbox_call_string (call, "customer"));
  return g_steal_pointer (&method);
}

/* What is gone is nobody's default. */
static void
forget_default (BillingSandbox *self,
                const char     *customer_id,
                const char     *method_id)
{
  BillingSandboxStore *store = billing_sandbox_get_store (self);
  g_autoptr (JsonObject) before = billing_sandbox_store_get (store, customer_id);
  g_autoptr (JsonObject) customer = billing_sandbox_store_get (store, customer_id);
  JsonObject *settings = json_object_get_object_member (customer, "invoice_settings");

  if (g_strcmp0 (billing_sandbox_json_string (settings, "default_payment_method"), method_id) != 0)
    return;

  json_object_set_null_member (settings, "default_payment_method");
  billing_sandbox_store_put (store, customer);
  billing_sandbox_tell_change (self, "customer.updated", before, customer);
}

JsonObject *
billing_sandbox_method_detach (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before =
    find_owned (self, call,
                "The payment method you provided is not attached to a customer so detachment is "
                "impossible.");
  g_autoptr (JsonObject) method = NULL;

  if (before == NULL)
    return NULL;

  method = billing_sandbox_json_copy (before);
  json_object_set_null_member (method, "customer");
  json_object_set_boolean_member (method, "_detached", TRUE);
  billing_sandbox_store_put (billing_sandbox_get_store (self), method);
  billing_sandbox_tell_change (self, "payment_method.detached", before, method);
  forget_default (self, json_object_get_string_member (before, "customer"), call->id);
  return g_steal_pointer (&method);
}
