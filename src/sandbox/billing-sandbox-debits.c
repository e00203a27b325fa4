/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-debits.h"

#include "billing-sandbox-charges.h"
#include "billing-sandbox-claims.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-methods.h"

/* How long a payer's bank takes to answer. */
#define SETTLES_AFTER (4 * BILLING_SANDBOX_DAY)

static void
put (BillingSandbox *self,
     JsonObject     *object)
{
  billing_sandbox_store_put (billing_sandbox_get_store (self), object);
}

static JsonObject *
get_member (BillingSandbox *self,
            JsonObject     *object,
            const char     *name)
{
  return billing_sandbox_store_get (billing_sandbox_get_store (self),
                                    json_object_get_string_member (object, name));
}

static gboolean
has_status (JsonObject *object,
            const char *status)
{
  return g_str_equal (json_object_get_string_member (object, "status"), status);
}

static gboolean
takes_debits (JsonObject *intent)
{
  JsonArray *types = json_object_get_array_member (intent, "payment_method_types");

  if (billing_sandbox_json_child (intent, "automatic_payment_methods") != NULL)
    return TRUE;

  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      if (g_str_equal (json_array_get_string_element (types, i), "us_bank_account"))
        return TRUE;
    }

  return FALSE;
}

/**
 * billing_sandbox_debit_check:
 * @call: a request
 * @intent: what is to be paid
 * @method: what it is to be paid with
 *
 * Returns: whether that is possible; if not, @call has been answered
 */
gboolean
billing_sandbox_debit_check (BillingSandboxCall *call,
                             JsonObject         *intent,
                             JsonObject         *method)
{
  if (!billing_sandbox_is_debit (method))
    return TRUE;

  if (!takes_debits (intent))
    billing_sandbox_fail (call, 400, NULL, "payment_method",
                          "The PaymentMethod provided (us_bank_account) is not allowed for this "
                          "PaymentIntent. Please attempt again with an allowed payment method "
                          "type.");
  else if (!g_str_equal (json_object_get_string_member (intent, "currency"), "usd"))
    billing_sandbox_fail (call, 400, NULL, "currency",
                          "The currency provided (%s) is invalid for the payment method type "
                          "us_bank_account, which supports usd.",
                          json_object_get_string_member (intent, "currency"));
  else if (g_str_equal (json_object_get_string_member (intent, "capture_method"), "manual"))
    billing_sandbox_fail (call, 400, NULL, "capture_method",
                          "The payment method type us_bank_account does not support manual "
                          "capture.");

  return call->error == NULL;
}

/* What was counted into the balance is counted out again, at the same time where it is not there
   yet. */
static void
take_back (BillingSandbox *self,
           JsonObject     *charge)
{
  g_autoptr (JsonObject) first = get_member (self, charge, "balance_transaction");
  gint64 available_on = MAX (json_object_get_int_member (first, "available_on"),
                             billing_sandbox_now (self));
  g_autoptr (JsonObject) second = billing_sandbox_move (
    self, "payment_failure_refund", "charge_failure", -json_object_get_int_member (first, "amount"),
    -json_object_get_int_member (first, "fee"), json_object_get_string_member (charge, "currency"),
    json_object_get_string_member (charge, "id"), available_on);

  json_object_set_string_member (charge, "failure_balance_transaction",
                                 json_object_get_string_member (second, "id"));
}

static void
fail_charge (BillingSandbox *self,
             JsonObject     *charge,
             const char     *code,
             const char     *message)
{
  JsonObject *outcome = json_object_get_object_member (charge, "outcome");

  take_back (self, charge);
  json_object_set_string_member (charge, "status", "failed");
  json_object_set_boolean_member (charge, "paid", FALSE);
  json_object_set_string_member (charge, "failure_code", code);
  json_object_set_string_member (charge, "failure_message", message);
  json_object_set_string_member (outcome, "network_status", "declined_by_network");
  json_object_set_string_member (outcome, "reason", code);
  json_object_set_string_member (outcome, "seller_message", message);
  json_object_set_string_member (outcome, "type", "issuer_declined");
  put (self, charge);
}

static void
fail_intent (BillingSandbox *self,
             JsonObject     *intent,
             JsonObject     *charge)
{
  g_autoptr (JsonObject) method = get_member (self, charge, "payment_method");
  JsonObject *error = billing_sandbox_error_new (
    "invalid_request_error", json_object_get_string_member (charge, "failure_code"), NULL,
    json_object_get_string_member (charge, "failure_message"));

  json_object_set_string_member (error, "charge", json_object_get_string_member (charge, "id"));
  json_object_set_object_member (error, "payment_method",
                                 billing_sandbox_public (g_steal_pointer (&method)));
  json_object_set_object_member (intent, "last_payment_error", error);
  json_object_set_string_member (intent, "status", "requires_payment_method");
  json_object_set_int_member (intent, "amount_received", 0);
  json_object_set_null_member (intent, "payment_method");
  json_object_set_null_member (intent, "processing");
  put (self, intent);
}

/* The bank says no, be it in time or long after it said yes. */
static void
fail_debit (BillingSandbox *self,
            JsonObject     *charge,
            const char     *code,
            const char     *message)
{
  g_autoptr (JsonObject) intent = get_member (self, charge, "payment_intent");

  fail_charge (self, charge, code, message);
  fail_intent (self, intent, charge);
  billing_sandbox_tell (self, "charge.failed", charge);
  billing_sandbox_tell (self, "payment_intent.payment_failed", intent);
}

static void
finish_debit (BillingSandbox *self,
              JsonObject     *charge)
{
  g_autoptr (JsonObject) intent = get_member (self, charge, "payment_intent");
  const char *id = json_object_get_string_member (charge, "id");
  g_autofree char *url = g_strconcat ("https://pay.stripe.com/receipts/payment/", id, NULL);

  json_object_set_string_member (charge, "status", "succeeded");
  json_object_set_boolean_member (charge, "paid", TRUE);
  json_object_set_string_member (charge, "receipt_url", url);
  put (self, charge);
  json_object_set_string_member (intent, "status", "succeeded");
  json_object_set_int_member (intent, "amount_received",
                              json_object_get_int_member (charge, "amount"));
  json_object_set_null_member (intent, "processing");
  put (self, intent);
  billing_sandbox_tell (self, "charge.succeeded", charge);
  billing_sandbox_tell (self, "payment_intent.succeeded", intent);
  billing_sandbox_claims_expect (self, charge);
}

/* The payer's bank answers. */
static void
settle (BillingSandbox *self,
        const char     *id)
{
  g_autoptr (JsonObject) charge = billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  g_autoptr (JsonObject) method = get_member (self, charge, "payment_method");
  const BillingSandboxTestCard *account = billing_sandbox_test_card (method);

  if (!has_status (charge, "pending"))
    return;

  if (account->outcome == BILLING_SANDBOX_SUCCEEDS)
    finish_debit (self, charge);
  else
    fail_debit (self, charge, account->code, account->message);
}

/**
 * billing_sandbox_debit_begin:
 * @self: a sandbox
 * @intent: what is paid; it is put
 * @charge: the attempt to collect it from a bank account; it is put
 */
void
billing_sandbox_debit_begin (BillingSandbox *self,
                             JsonObject     *intent,
                             JsonObject     *charge)
{
  gboolean forever = billing_sandbox_trait_of (self, charge) == BILLING_SANDBOX_STAYS_PROCESSING;
  gint64 settles = billing_sandbox_now (self) + (forever ? 1000 : 1) * SETTLES_AFTER;

  json_object_set_string_member (charge, "status", "pending");
  json_object_set_boolean_member (charge, "paid", FALSE);
  billing_sandbox_charge_collect (self, charge, settles);
  json_object_set_string_member (intent, "status", "processing");
  put (self, intent);
  billing_sandbox_tell (self, "charge.pending", charge);
  billing_sandbox_tell (self, "payment_intent.processing", intent);
  if (!forever)
    billing_sandbox_later (self, settles, settle, json_object_get_string_member (charge, "id"));
}

/**
 * billing_sandbox_debit_cancel:
 * @self: a sandbox
 * @charge: a debit that the bank has not answered; it is put
 */
void
billing_sandbox_debit_cancel (BillingSandbox *self,
                              JsonObject     *charge)
{
  fail_charge (self, charge, NULL, "The payment was canceled.");
  billing_sandbox_tell (self, "charge.failed", charge);
}

static gboolean
check_open (BillingSandboxCall *call,
            JsonObject         *charge)
{
  if (has_status (charge, "failed") || !json_object_get_boolean_member (charge, "captured"))
    billing_sandbox_fail (call, 400, NULL, NULL, "Charge %s has not succeeded.", call->id);
  else if (json_object_get_int_member (charge, "amount_refunded") > 0)
    billing_sandbox_fail (call, 400, NULL, NULL, "Charge %s has been refunded.", call->id);
  else if (json_object_get_boolean_member (charge, "disputed"))
    billing_sandbox_fail (call, 400, NULL, NULL, "Charge %s has been disputed.", call->id);

  return call->error == NULL;
}

/* What only happens in the world: a debit fails, though it succeeded. */
JsonObject *
billing_sandbox_charge_fail (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  g_autoptr (JsonObject) charge = billing_sandbox_find (self, call, BILLING_SANDBOX_CHARGE);
  const char *code = billing_sandbox_call_string (call, "failure_code");
  g_autofree char *message = NULL;

  if (charge == NULL || !check_open (call, charge))
    return NULL;
  if (!billing_sandbox_is_debit (charge))
    return billing_sandbox_fail (call, 400, NULL, NULL,
                                 "Charge %s is a card's: it can be disputed, but does not fail "
                                 "any more.",
                                 call->id);

  code = code != NULL ? code : "insufficient_funds";
  message = g_strdup_printf ("The customer's bank returned this payment (%s).", code);
  fail_debit (self, charge, code, message);
  return g_steal_pointer (&charge);
}

/* And somebody disputes a charge, whatever it was paid with. */
JsonObject *
billing_sandbox_charge_dispute (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) charge = billing_sandbox_find (self, call, BILLING_SANDBOX_CHARGE);
  const char *reason = billing_sandbox_call_string (call, "reason");
  gint64 all, amount;

  if (charge == NULL)
    return NULL;
  if (!has_status (charge, "succeeded") || !json_object_get_boolean_member (charge, "captured"))
    return billing_sandbox_fail (call, 400, NULL, NULL, "Charge %s has not succeeded.", call->id);

  all = json_object_get_int_member (charge, "amount") -
        json_object_get_int_member (charge, "amount_refunded");
  amount = billing_sandbox_json_int (call->params, "amount", all);
  if (amount < 1 || amount > all)
    return billing_sandbox_fail (call, 400, NULL, "amount",
                                 "Of charge %s, up to %" G_GINT64_FORMAT " can be disputed.",
                                 call->id, all);

  return billing_sandbox_dispute_open (self, charge, amount,
                                       reason != NULL ? reason : "general",
                                       billing_sandbox_json_bool (call->params, "inquiry"));
}
