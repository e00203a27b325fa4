/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-methods.h"

#include "billing-sandbox-json.h"

#define DECLINED "Your card was declined."

static const BillingSandboxTestCard cards[] = {
  { "pm_card_visa", "visa", "4242", "credit" },
  { "pm_card_visa_debit", "visa", "5556", "debit" },
  { "pm_card_mastercard", "mastercard", "4444", "credit" },
  { "pm_card_amex", "amex", "0005", "credit" },
  { "pm_card_discover", "discover", "1117", "credit" },
  { "pm_card_visa_chargeDeclined", "visa", "0002", "credit", BILLING_SANDBOX_DECLINES,
    "card_declined", "generic_decline", DECLINED },
  { "pm_card_visa_chargeDeclinedInsufficientFunds", "visa", "9995", "credit",
    BILLING_SANDBOX_DECLINES, "card_declined", "insufficient_funds",
    "Your card has insufficient funds." },
  { "pm_card_visa_chargeDeclinedLostCard", "visa", "9987", "credit", BILLING_SANDBOX_DECLINES,
    "card_declined", "lost_card", DECLINED },
  { "pm_card_visa_chargeDeclinedStolenCard", "visa", "9979", "credit", BILLING_SANDBOX_DECLINES,
    "card_declined", "stolen_card", DECLINED },
  { "pm_card_chargeDeclinedExpiredCard", "visa", "0069", "credit", BILLING_SANDBOX_DECLINES,
    "expired_card", "expired_card", "Your card has expired." },
  { "pm_card_chargeDeclinedIncorrectCvc", "visa", "0127", "credit", BILLING_SANDBOX_DECLINES,
    "incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect." },
  { "pm_card_chargeDeclinedProcessingError", "visa", "0119", "credit", BILLING_SANDBOX_DECLINES,
    "processing_error", "processing_error",
    "An error occurred while processing your card. Try again in a little bit." },
  { "pm_card_visa_chargeDeclinedVelocityLimitExceeded", "visa", "6975", "credit",
    BILLING_SANDBOX_DECLINES, "card_declined", "card_velocity_exceeded",
    "Your card was declined for making repeated attempts too frequently or exceeding its amount "
    "limit." },
  { "pm_card_chargeCustomerFail", "visa", "0341", "credit", BILLING_SANDBOX_DECLINES,
    "card_declined", "generic_decline", DECLINED, BILLING_SANDBOX_DECLINES_LATER },
  { "pm_card_radarBlock", "visa", "0019", "credit", BILLING_SANDBOX_BLOCKS, "card_declined",
    "fraudulent", DECLINED },
  { "pm_card_riskLevelElevated", "visa", "9235", "credit", BILLING_SANDBOX_SUCCEEDS, NULL, NULL,
    NULL, BILLING_SANDBOX_ELEVATED_RISK },
  { "pm_card_authenticationRequired", "visa", "3184", "credit", BILLING_SANDBOX_ASKS,
    "authentication_required", "authentication_required",
    "Your card was declined. This transaction requires authentication." },
  { "pm_card_threeDSecure2Required", "visa", "3220", "credit", BILLING_SANDBOX_ASKS,
    "authentication_required", "authentication_required",
    "Your card was declined. This transaction requires authentication." },
  { "pm_card_pendingRefund", "visa", "7726", "credit", BILLING_SANDBOX_SUCCEEDS, NULL, NULL, NULL,
    BILLING_SANDBOX_REFUND_PENDS },
  { "pm_card_refundFail", "visa", "5126", "credit", BILLING_SANDBOX_SUCCEEDS, NULL, NULL, NULL,
    BILLING_SANDBOX_REFUND_FAILS },
  { "pm_card_bypassPending", "visa", "0077", "credit", BILLING_SANDBOX_SUCCEEDS, NULL, NULL, NULL,
    BILLING_SANDBOX_BYPASSES_PENDING },
  { "pm_card_createDispute", "visa", "0259", "credit", BILLING_SANDBOX_SUCCEEDS, NULL, NULL, NULL,
    BILLING_SANDBOX_DISPUTED_AS_FRAUD },
  { "pm_card_createDisputeProductNotReceived", "visa", "2685", "credit", BILLING_SANDBOX_SUCCEEDS,
    NULL, NULL, NULL, BILLING_SANDBOX_DISPUTED_AS_MISSING },
  { "pm_card_createDisputeInquiry", "visa", "1976", "credit", BILLING_SANDBOX_SUCCEEDS, NULL, NULL,
    NULL, BILLING_SANDBOX_INQUIRED },
  { "pm_card_createMultipleDisputes", "visa", "0079", "credit", BILLING_SANDBOX_SUCCEEDS, NULL,
    NULL, NULL, BILLING_SANDBOX_DISPUTED_TWICE },
  { "pm_card_createIssuerFraudRecord", "visa", "5423", "credit", BILLING_SANDBOX_SUCCEEDS, NULL,
    NULL, NULL, BILLING_SANDBOX_WARNED },
};

#define ACCOUNT(name, number, last4, outcome, code, message, trait)                                \
  { "pm_usBankAccount_" name, NULL, last4, NULL, BILLING_SANDBOX_##outcome, code, code, message,   \
    BILLING_SANDBOX_##trait, number }

/* All at the bank with the routing number 110000000.  A debit is declined some days later. */
static const BillingSandboxTestCard accounts[] = {
  ACCOUNT ("success", "000123456789", "6789", SUCCEEDS, NULL, NULL, PLAIN),
  ACCOUNT ("accountClosed", "000111111113", "1113", DECLINES, "account_closed",
           "The customer's bank account has been closed.", PLAIN),
  ACCOUNT ("noAccount", "000111111116", "1116", DECLINES, "no_account",
           "The customer's bank account could not be located.", PLAIN),
  ACCOUNT ("insufficientFunds", "000222222227", "2227", DECLINES, "insufficient_funds",
           "The customer's account has insufficient funds to cover this payment.", PLAIN),
  ACCOUNT ("debitNotAuthorized", "000333333335", "3335", DECLINES, "debit_not_authorized",
           "The customer has notified their bank that this payment was unauthorized.", PLAIN),
  ACCOUNT ("invalidCurrency", "000444444440", "4440", DECLINES, "invalid_currency",
           "The bank could not process this payment because of its currency.", PLAIN),
  ACCOUNT ("weeklyLimitExceeded", "000777777771", "7771", DECLINES, "charge_exceeds_weekly_limit",
           "This payment would cause the account to exceed its weekly payment volume limit.",
           PLAIN),
  ACCOUNT ("dispute", "000555555559", "5559", SUCCEEDS, NULL, NULL, RETURNED),
  ACCOUNT ("processing", "000000000009", "0009", SUCCEEDS, NULL, NULL, STAYS_PROCESSING),
};

/**
 * billing_sandbox_test_card_named:
 * @name: (nullable): "pm_card_…", "tok_…" or "pm_usBankAccount_…"
 *
 * Returns: (transfer none) (nullable): the test card or account
 */
const BillingSandboxTestCard *
billing_sandbox_test_card_named (const char *name)
{
  g_autofree char *card = NULL;

  if (name == NULL)
    return NULL;
  if (g_str_has_prefix (name, "tok_"))
    card = g_strconcat ("pm_card_", name + 4, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      if (g_str_equal (cards[i].name, card != NULL ? card : name))
        return &cards[i];
    }
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      if (g_str_equal (accounts[i].name, name))
        return &accounts[i];
    }

  return NULL;
}

/**
 * billing_sandbox_test_card_of_account:
 * @number: a bank account's number
 *
 * Returns: (transfer none) (nullable): the test account
 */
const BillingSandboxTestCard *
billing_sandbox_test_card_of_account (const char *number)
{
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      if (g_str_equal (accounts[i].account, number))
        return &accounts[i];
    }

  return NULL;
}

/**
 * billing_sandbox_test_card:
 * @payment_method: a payment method, as it is kept
 *
 * Returns: (transfer none): the test card that it was made from
 */
const BillingSandboxTestCard *
billing_sandbox_test_card (JsonObject *payment_method)
{
  return billing_sandbox_test_card_named (
    billing_sandbox_json_string (payment_method, "_card"));
}

/**
 * billing_sandbox_trait_of:
 * @self: a sandbox
 * @charge: a charge
 *
 * Returns: what is special about what it was paid with
 */
BillingSandboxTrait
billing_sandbox_trait_of (BillingSandbox *self,
                          JsonObject     *charge)
{
  g_autoptr (JsonObject) method =
    billing_sandbox_store_get (billing_sandbox_get_store (self),
                               json_object_get_string_member (charge, "payment_method"));

  return billing_sandbox_test_card (method)->trait;
}

/**
 * billing_sandbox_is_debit:
 * @object: a payment method, or a charge
 *
 * Returns: whether it is about a bank account, whose money takes days
 */
gboolean
billing_sandbox_is_debit (JsonObject *object)
{
  JsonObject *details = billing_sandbox_json_child (object, "payment_method_details");

  return json_object_has_member (details != NULL ? details : object, "us_bank_account");
}

static void
describe_card (JsonObject                   *method,
               const BillingSandboxTestCard *card)
{
  JsonObject *details = json_object_get_object_member (method, "card");
  JsonObject *networks = json_object_get_object_member (details, "networks");
  g_autofree char *fingerprint = g_strconcat ("Sandbox", card->last4, "Card1", NULL);
  JsonArray *available = json_array_new ();

  json_object_set_string_member (details, "brand", card->brand);
  json_object_set_string_member (details, "display_brand", card->brand);
  json_object_set_string_member (details, "fingerprint", fingerprint);
  json_object_set_string_member (details, "funding", card->funding);
  json_object_set_string_member (details, "last4", card->last4);
  json_array_add_string_element (available, card->brand);
  json_object_set_array_member (networks, "available", available);
}

static const char account_template[] =
  "{\"account_holder_type\":\"individual\",\"account_type\":\"checking\","
  "\"bank_name\":\"STRIPE TEST BANK\",\"financial_connections_account\":null,"
  "\"fingerprint\":\"\",\"last4\":\"\",\"networks\":{\"preferred\":\"ach\","
  "\"supported\":[\"ach\"]},\"routing_number\":\"110000000\",\"status_details\":{}}";

static void
describe_account (JsonObject                   *method,
                  const BillingSandboxTestCard *card)
{
  JsonObject *details = billing_sandbox_json_parse (account_template);
  g_autofree char *fingerprint = g_strconcat ("Sandbox", card->last4, "Bank1", NULL);

  json_object_set_string_member (details, "fingerprint", fingerprint);
  json_object_set_string_member (details, "last4", card->last4);
  json_object_remove_member (method, "card");
  json_object_set_object_member (method, "us_bank_account", details);
  json_object_set_string_member (method, "type", "us_bank_account");
}

/**
 * billing_sandbox_payment_method_new:
 * @self: a sandbox
 * @card: what it is
 *
 * Returns: (transfer full): a payment method of its own, which is not put
 */
JsonObject *
billing_sandbox_payment_method_new (BillingSandbox               *self,
                                    const BillingSandboxTestCard *card)
{
  JsonObject *method = billing_sandbox_add (self, BILLING_SANDBOX_PAYMENT_METHOD);

  json_object_set_string_member (method, "_card", card->name);
  if (card->account != NULL)
    describe_account (method, card);
  else
    describe_card (method, card);

  return method;
}

/**
 * billing_sandbox_payment_method_find:
 * @self: a sandbox
 * @call: a request
 * @id: (nullable): a payment method's id, or a test card's name
 *
 * A test card's name gives a payment method of its own each time, as Stripe does.
 *
 * Returns: (transfer full) (nullable): it, or %NULL where there is none
 */
JsonObject *
billing_sandbox_payment_method_find (BillingSandbox     *self,
                                     BillingSandboxCall *call,
                                     const char         *id)
{
  const BillingSandboxTestCard *card =
    id != NULL && g_str_has_prefix (id, "pm_") ? billing_sandbox_test_card_named (id) : NULL;
  BillingSandboxEntry *entry;
  JsonObject *method;

  if (card != NULL)
    {
      method = billing_sandbox_payment_method_new (self, card);
      billing_sandbox_store_put (billing_sandbox_get_store (self), method);
      return method;
    }

  entry = id != NULL ? billing_sandbox_store_find (billing_sandbox_get_store (self), id) : NULL;
  return entry != NULL && entry->kind == BILLING_SANDBOX_PAYMENT_METHOD
           ? billing_sandbox_entry_read (entry)
           : NULL;
}

/**
 * billing_sandbox_payment_method_use:
 * @self: a sandbox
 * @call: a request with the parameter payment_method
 *
 * Returns: (transfer full) (nullable): the payment method, or %NULL having answered as Stripe does
 */
JsonObject *
billing_sandbox_payment_method_use (BillingSandbox     *self,
                                    BillingSandboxCall *call)
{
  g_autoptr (JsonObject) method = billing_sandbox_payment_method_find (
    self, call, billing_sandbox_call_string (call, "payment_method"));

  if (method == NULL)
    return billing_sandbox_find_param (self, call, BILLING_SANDBOX_PAYMENT_METHOD,
                                       "payment_method");
  if (billing_sandbox_json_bool (method, "_detached"))
    return billing_sandbox_fail (
      call, 400, NULL, "payment_method",
      "The provided PaymentMethod was previously used with a PaymentIntent without Customer "
      "attachment, shared with a connected account without Customer attachment, or was detached "
      "from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must "
      "attach it to a Customer first.");

  return g_steal_pointer (&method);
}

/**
 * billing_sandbox_payment_method_belongs:
 * @call: a request
 * @method: a payment method
 * @customer: (nullable): who is to pay with it
 *
 * Returns: whether @customer may use it; if not, @call has been answered
 */
gboolean
billing_sandbox_payment_method_belongs (BillingSandboxCall *call,
                                        JsonObject         *method,
                                        const char         *customer)
{
  const char *owner = billing_sandbox_json_string (method, "customer");
  const char *id = json_object_get_string_member (method, "id");

  if (owner == NULL || g_strcmp0 (owner, customer) == 0)
    return TRUE;

  if (customer == NULL)
    billing_sandbox_fail (call, 400, NULL, "payment_method",
                          "The payment method %s belongs to the Customer %s. Please include the "
                          "Customer in the `customer` parameter on the PaymentIntent.",
                          id, owner);
  else
    billing_sandbox_fail (call, 400, NULL, "payment_method",
                          "The customer %s does not have a payment method with the ID %s. The "
                          "payment method must be attached to the customer.",
                          customer, id);
  return FALSE;
}

/**
 * billing_sandbox_payment_method_join:
 * @self: a sandbox
 * @method: a payment method of nobody; it is put
 * @customer: whose it will be
 */
void
billing_sandbox_payment_method_join (BillingSandbox *self,
                                     JsonObject     *method,
                                     const char     *customer)
{
  json_object_set_string_member (method, "customer", customer);
  billing_sandbox_store_put (billing_sandbox_get_store (self), method);
  billing_sandbox_tell (self, "payment_method.attached", method);
}
