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
    "card_declined", "generic_decline", DECLINED },
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
};

static const BillingSandboxTestCard *
find_card (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      if (g_strcmp0 (cards[i].name, name) == 0)
        return &cards[i];
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
  return find_card (billing_sandbox_json_string (payment_method, "_card"));
}

static JsonObject *
make_method (BillingSandbox               *self,
             const BillingSandboxTestCard *card)
{
  BillingSandboxStore *store = billing_sandbox_get_store (self);
  JsonObject *method = billing_sandbox_add (self, BILLING_SANDBOX_PAYMENT_METHOD);
  JsonObject *details = json_object_get_object_member (method, "card");
  JsonObject *networks = json_object_get_object_member (details, "networks");
  g_autofree char *fingerprint = g_strconcat ("Sandbox", card->last4, "Card1", NULL);
  JsonArray *available = json_array_new ();

  json_object_set_string_member (method, "_card", card->name);
  json_object_set_string_member (details, "brand", card->brand);
  json_object_set_string_member (details, "display_brand", card->brand);
  json_object_set_string_member (details, "fingerprint", fingerprint);
  json_object_set_string_member (details, "funding", card->funding);
  json_object_set_string_member (details, "last4", card->last4);
  json_array_add_string_element (available, card->brand);
  json_object_set_array_member (networks, "available", available);
  billing_sandbox_store_put (store, method);

  return method;
}

/**
 * billing_sandbox_payment_method_use:
 * @self: a sandbox
 * @call: a request with the parameter payment_method
 *
 * A test card's name gives a payment method of its own each time, as Stripe does.
 *
 * Returns: (transfer full) (nullable): the payment method, or %NULL having answered as Stripe does
 */
JsonObject *
billing_sandbox_payment_method_use (BillingSandbox     *self,
                                    BillingSandboxCall *call)
{
  const char *name = billing_sandbox_call_string (call, "payment_method");
  const BillingSandboxTestCard *card = find_card (name);

  if (card != NULL)
    return make_method (self, card);

  return billing_sandbox_find_param (self, call, BILLING_SANDBOX_PAYMENT_METHOD, "payment_method");
}
