/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-charges.h"

#include <string.h>

#include "billing-sandbox-claims.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-methods.h"
#include "billing-sandbox-settings.h"

#define FEE_PER_MILLE 29
#define FEE_FIXED 30
#define DEBIT_FEE_PER_MILLE 8
#define DEBIT_FEE_MAX 500

static void
copy_card (JsonObject *charge,
           JsonObject *method,
           gint64      amount)
{
  static const char *const members[] = { "brand", "fingerprint", "funding", "last4" };
  JsonObject *details = json_object_get_object_member (charge, "payment_method_details");
  JsonObject *card = json_object_get_object_member (details, "card");
  JsonObject *source = json_object_get_object_member (method, "card");

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    billing_sandbox_json_assign (card, source, members[i]);
  json_object_set_string_member (card, "network", billing_sandbox_json_string (source, "brand"));
  json_object_set_int_member (card, "amount_authorized", amount);
  json_object_set_int_member (json_object_get_object_member (card, "overcapture"),
                              "maximum_amount_capturable", amount);
}

/* Where a card can be described, Stripe says nothing of a bank account, and the reverse. */
static void
copy_account (JsonObject *charge,
              JsonObject *method)
{
  static const char *const members[] = { "account_holder_type", "account_type", "bank_name",
                                         "fingerprint",         "last4",        "routing_number" };
  JsonObject *details = json_object_get_object_member (charge, "payment_method_details");
  JsonObject *source = json_object_get_object_member (method, "us_bank_account");
  JsonObject *account = json_object_new ();
  const char *id = json_object_get_string_member (charge, "id");
  g_autofree char *other = g_strconcat ("py_", id + strlen ("ch_"), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    billing_sandbox_json_assign (account, source, members[i]);
  json_object_set_null_member (account, "payment_reference");
  json_object_remove_member (details, "card");
  json_object_set_object_member (details, "us_bank_account", account);
  json_object_set_string_member (details, "type", "us_bank_account");
  json_object_set_string_member (charge, "id", other);
}

static const char authenticated[] =
  "{\"authentication_flow\":\"challenge\",\"electronic_commerce_indicator\":\"05\","
  "\"exemption_indicator\":null,\"result\":\"authenticated\",\"result_reason\":null,"
  "\"transaction_id\":null,\"version\":\"2.2.0\"}";

static void
set_authenticated (JsonObject *charge)
{
  JsonObject *details = json_object_get_object_member (charge, "payment_method_details");

  json_object_set_object_member (json_object_get_object_member (details, "card"),
                                 "three_d_secure", billing_sandbox_json_parse (authenticated));
}

static void
set_failure (JsonObject                   *charge,
             const BillingSandboxTestCard *card)
{
  JsonObject *outcome = json_object_get_object_member (charge, "outcome");
  gboolean blocked = card->outcome == BILLING_SANDBOX_BLOCKS;

  json_object_set_string_member (charge, "status", "failed");
  json_object_set_boolean_member (charge, "paid", FALSE);
  json_object_set_string_member (charge, "failure_code", card->code);
  json_object_set_string_member (charge, "failure_message", card->message);
  json_object_set_string_member (outcome, "network_status",
                                 blocked ? "not_sent_to_network" : "declined_by_network");
  json_object_set_string_member (outcome, "reason",
                                 blocked ? "highest_risk_level" : card->decline_code);
  json_object_set_string_member (outcome, "risk_level", blocked ? "highest" : "normal");
  json_object_set_string_member (outcome, "seller_message",
                                 blocked ? "Stripe blocked this payment as too risky."
                                         : "The bank did not return any further details with this "
                                           "decline.");
  json_object_set_string_member (outcome, "type", blocked ? "blocked" : "issuer_declined");
}

static void
set_outcome (JsonObject                   *charge,
             JsonObject                   *intent,
             const BillingSandboxTestCard *card)
{
  JsonObject *outcome = json_object_get_object_member (charge, "outcome");
  gboolean asked = card->outcome == BILLING_SANDBOX_ASKS;

  /* Authentication was asked for off session: that is a decline too.  A bank declines later. */
  if (asked && billing_sandbox_json_bool (intent, "_authenticated"))
    set_authenticated (charge);
  else if (card->outcome != BILLING_SANDBOX_SUCCEEDS && card->account == NULL)
    set_failure (charge, card);
  else if (card->trait == BILLING_SANDBOX_ELEVATED_RISK)
    {
      json_object_set_string_member (outcome, "risk_level", "elevated");
      json_object_set_int_member (outcome, "risk_score", 65);
    }
}

/**
 * billing_sandbox_charge_new:
 * @self: a sandbox
 * @intent: what is confirmed
 * @method: what it is to be paid with
 *
 * Tries to charge; the charge is not captured yet, and not yet put.
 *
 * Returns: (transfer full): the charge, which may have failed
 */
JsonObject *
billing_sandbox_charge_new (BillingSandbox *self,
                            JsonObject     *intent,
                            JsonObject     *method)
{
  static const char *const members[] = { "amount",        "currency", "customer",
                                         "description",   "metadata", "shipping",
                                         "receipt_email", "statement_descriptor",
                                         "statement_descriptor_suffix" };
  JsonObject *charge = billing_sandbox_add (self, BILLING_SANDBOX_CHARGE);
  g_autoptr (JsonObject) copy = billing_sandbox_json_copy (intent);
  g_autoptr (JsonObject) source = billing_sandbox_json_copy (method);
  const char *id = json_object_get_string_member (charge, "id");
  g_autofree char *url = g_strconcat ("https://pay.stripe.com/receipts/payment/", id, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    billing_sandbox_json_assign (charge, copy, members[i]);
  billing_sandbox_json_assign (charge, source, "billing_details");
  json_object_set_string_member (charge, "payment_intent",
                                 json_object_get_string_member (intent, "id"));
  json_object_set_string_member (charge, "payment_method",
                                 json_object_get_string_member (method, "id"));
  if (billing_sandbox_is_debit (method))
    copy_account (charge, source);
  else
    copy_card (charge, source, json_object_get_int_member (intent, "amount"));
  set_outcome (charge, intent, billing_sandbox_test_card (method));
  if (!billing_sandbox_charge_failed (charge) && !billing_sandbox_is_debit (method))
    json_object_set_string_member (charge, "receipt_url", url);

  return charge;
}

gboolean
billing_sandbox_charge_failed (JsonObject *charge)
{
  return g_str_equal (json_object_get_string_member (charge, "status"), "failed");
}

/* 2.9 % and 30, rounded half up; of a debit 0.8 %, up to 5.00. */
gint64
billing_sandbox_charge_fee (gint64   amount,
                            gboolean debit)
{
  if (debit)
    return MIN (DEBIT_FEE_MAX, (amount * DEBIT_FEE_PER_MILLE + 500) / 1000);

  return MIN (amount, (amount * FEE_PER_MILLE + 500) / 1000 + FEE_FIXED);
}

/* The second midnight after @moment, or as many as the settings say. */
static gint64
midnight_after (BillingSandbox *self,
                gint64          moment)
{
  return (moment / BILLING_SANDBOX_DAY + billing_sandbox_settings_delay (self)) *
         BILLING_SANDBOX_DAY;
}

static void
count_in (BillingSandbox *self,
          JsonObject     *charge,
          gint64          captured,
          gint64          available_on)
{
  gboolean debit = billing_sandbox_is_debit (charge);
  g_autoptr (JsonObject) transaction = billing_sandbox_move (
    self, debit ? "payment" : "charge", "charge", json_object_get_int_member (charge, "amount"),
    billing_sandbox_charge_fee (captured, debit), json_object_get_string_member (charge, "currency"),
    json_object_get_string_member (charge, "id"), available_on);

  json_object_set_boolean_member (charge, "captured", TRUE);
  json_object_set_int_member (charge, "amount_captured", captured);
  json_object_set_string_member (charge, "balance_transaction",
                                 json_object_get_string_member (transaction, "id"));
  if (billing_sandbox_json_string (charge, "description") != NULL)
    {
      billing_sandbox_json_assign (transaction, charge, "description");
      billing_sandbox_store_put (billing_sandbox_get_store (self), transaction);
    }
  billing_sandbox_store_put (billing_sandbox_get_store (self), charge);
}

/**
 * billing_sandbox_charge_collect:
 * @self: a sandbox
 * @charge: a debit, which is put
 * @settles: when the payer's bank answers
 */
void
billing_sandbox_charge_collect (BillingSandbox *self,
                                JsonObject     *charge,
                                gint64          settles)
{
  count_in (self, charge, json_object_get_int_member (charge, "amount"),
            midnight_after (self, settles));
}

/**
 * billing_sandbox_charge_capture:
 * @self: a sandbox
 * @charge: an authorised charge, which is put
 * @amount: how much of it is collected
 *
 * As at Stripe the whole charge is in the balance, and what was not captured goes back at once.
 */
void
billing_sandbox_charge_capture (BillingSandbox *self,
                                JsonObject     *charge,
                                gint64          amount)
{
  gint64 now = billing_sandbox_now (self);
  gboolean at_once = billing_sandbox_trait_of (self, charge) == BILLING_SANDBOX_BYPASSES_PENDING;
  gint64 available_on = at_once ? now : midnight_after (self, now);

  count_in (self, charge, amount, available_on);
  if (amount < json_object_get_int_member (charge, "amount"))
    json_object_unref (billing_sandbox_refund_rest (self, charge, available_on));
  billing_sandbox_claims_expect (self, charge);
}

JsonObject *
billing_sandbox_charge_update (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = billing_sandbox_find (self, call, BILLING_SANDBOX_CHARGE);
  g_autoptr (JsonObject) charge = NULL;

  if (before == NULL)
    return NULL;

  charge = billing_sandbox_json_copy (before);
  billing_sandbox_call_apply (call, charge,
                              "description metadata receipt_email fraud_details shipping");
  if (call->error != NULL)
    return NULL;

  billing_sandbox_store_put (billing_sandbox_get_store (self), charge);
  billing_sandbox_tell_change (self, "charge.updated", before, charge);
  return g_steal_pointer (&charge);
}
