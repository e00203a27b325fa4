/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include <string.h>

#include "billing-sandbox-claims.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-methods.h"

/* How long the refund of a test card takes to go the way that it is for. */
#define TURNS_AFTER 60

/* How long the refund of a debit takes. */
#define DEBIT_TURNS_AFTER (4 * BILLING_SANDBOX_DAY)

static void
change_refunded (BillingSandbox *self,
                 JsonObject     *charge,
                 gint64          amount)
{
  gint64 refunded = json_object_get_int_member (charge, "amount_refunded") + amount;

  json_object_set_int_member (charge, "amount_refunded", refunded);
  json_object_set_boolean_member (charge, "refunded",
                                  refunded >= json_object_get_int_member (charge, "amount"));
  billing_sandbox_store_put (billing_sandbox_get_store (self), charge);
}

static void
tell_turn (BillingSandbox *self,
           const char     *type,
           JsonObject     *before,
           JsonObject     *refund)
{
  billing_sandbox_tell_change (self, "charge.refund.updated", before, refund);
  billing_sandbox_tell_change (self, "refund.updated", before, refund);
  if (type != NULL)
    billing_sandbox_tell (self, type, refund);
}

static void
succeed (BillingSandbox *self,
         const char     *id)
{
  BillingSandboxStore *store = billing_sandbox_get_store (self);
  g_autoptr (JsonObject) before = billing_sandbox_store_get (store, id);
  g_autoptr (JsonObject) refund = billing_sandbox_store_get (store, id);

  json_object_set_string_member (refund, "status", "succeeded");
  json_object_remove_member (refund, "pending_reason");
  billing_sandbox_store_put (store, refund);
  tell_turn (self, NULL, before, refund);
}

static void
fail (BillingSandbox *self,
      const char     *id)
{
  BillingSandboxStore *store = billing_sandbox_get_store (self);
  g_autoptr (JsonObject) before = billing_sandbox_store_get (store, id);
  g_autoptr (JsonObject) refund = billing_sandbox_store_get (store, id);
  gint64 amount = json_object_get_int_member (refund, "amount");
  g_autoptr (JsonObject) charge =
    billing_sandbox_store_get (store, json_object_get_string_member (refund, "charge"));
  g_autoptr (JsonObject) transaction = billing_sandbox_move (
    self, "refund_failure", "refund_failure", amount, 0,
    json_object_get_string_member (refund, "currency"), id, billing_sandbox_now (self));

  json_object_set_string_member (refund, "status", "failed");
  json_object_set_string_member (refund, "failure_reason", "expired_or_canceled_card");
  json_object_set_string_member (refund, "failure_balance_transaction",
                                 json_object_get_string_member (transaction, "id"));
  billing_sandbox_store_put (store, refund);
  change_refunded (self, charge, -amount);
  tell_turn (self, "refund.failed", before, refund);
}

static void
wait_for (BillingSandbox     *self,
          JsonObject         *refund,
          gint64              seconds)
{
  json_object_set_string_member (refund, "status", "pending");
  json_object_set_string_member (refund, "pending_reason", "processing");
  billing_sandbox_later (self, billing_sandbox_now (self) + seconds, succeed,
                         json_object_get_string_member (refund, "id"));
}

static void
take_money (BillingSandbox *self,
            JsonObject     *charge,
            JsonObject     *refund)
{
  gboolean debit = billing_sandbox_is_debit (charge);
  g_autoptr (JsonObject) transaction = billing_sandbox_move (
    self, debit ? "payment_refund" : "refund", "refund",
    -json_object_get_int_member (refund, "amount"), 0,
    json_object_get_string_member (refund, "currency"),
    json_object_get_string_member (refund, "id"), billing_sandbox_now (self));
  const char *id = json_object_get_string_member (refund, "id");

  json_object_set_string_member (refund, "balance_transaction",
                                 json_object_get_string_member (transaction, "id"));
  if (debit)
    wait_for (self, refund, DEBIT_TURNS_AFTER);
  else if (billing_sandbox_trait_of (self, charge) == BILLING_SANDBOX_REFUND_PENDS)
    wait_for (self, refund, TURNS_AFTER);
  else if (billing_sandbox_trait_of (self, charge) == BILLING_SANDBOX_REFUND_FAILS)
    billing_sandbox_later (self, billing_sandbox_now (self) + TURNS_AFTER, fail, id);
}

/* Back into a bank account goes a transfer. */
static void
describe_transfer (JsonObject *refund)
{
  JsonObject *details = json_object_get_object_member (refund, "destination_details");
  JsonObject *transfer = json_object_new ();
  const char *id = json_object_get_string_member (refund, "id");
  g_autofree char *other = g_strconcat ("pyr_", id + strlen ("re_"), NULL);

  json_object_set_null_member (transfer, "reference");
  json_object_set_string_member (transfer, "reference_status", "pending");
  json_object_remove_member (details, "card");
  json_object_set_object_member (details, "us_bank_transfer", transfer);
  json_object_set_string_member (details, "type", "us_bank_transfer");
  json_object_set_string_member (refund, "id", other);
}

/* No money goes to the card: it was never taken from it. */
static void
describe_reversal (JsonObject *refund)
{
  JsonObject *details = json_object_get_object_member (refund, "destination_details");

  json_object_set_string_member (json_object_get_object_member (details, "card"), "type",
                                 "reversal");
}

static JsonObject *
new_refund (BillingSandbox *self,
            JsonObject     *charge,
            gint64          amount)
{
  JsonObject *refund = billing_sandbox_add (self, BILLING_SANDBOX_REFUND);

  json_object_set_int_member (refund, "amount", amount);
  json_object_set_string_member (refund, "charge", json_object_get_string_member (charge, "id"));
  billing_sandbox_json_assign (refund, charge, "currency");
  billing_sandbox_json_assign (refund, charge, "payment_intent");
  if (billing_sandbox_is_debit (charge))
    describe_transfer (refund);

  return refund;
}

/**
 * billing_sandbox_refund_rest:
 * @self: a sandbox
 * @charge: a charge that was captured in part just now; it is put
 * @available_on: when its money is available
 *
 * Lets go of what was not captured.
 *
 * Returns: (transfer full): the refund
 */
JsonObject *
billing_sandbox_refund_rest (BillingSandbox *self,
                             JsonObject     *charge,
                             gint64          available_on)
{
  gint64 rest = json_object_get_int_member (charge, "amount") -
                json_object_get_int_member (charge, "amount_captured");
  JsonObject *refund = new_refund (self, charge, rest);
  g_autoptr (JsonObject) transaction = billing_sandbox_move (
    self, "refund", "partial_capture_reversal", -rest, 0,
    json_object_get_string_member (charge, "currency"),
    json_object_get_string_member (refund, "id"), available_on);

  json_object_set_string_member (refund, "balance_transaction",
                                 json_object_get_string_member (transaction, "id"));
  describe_reversal (refund);
  billing_sandbox_store_put (billing_sandbox_get_store (self), refund);
  change_refunded (self, charge, rest);
  billing_sandbox_tell (self, "refund.created", refund);
  return refund;
}

/**
 * billing_sandbox_refund_charge:
 * @self: a sandbox
 * @charge: a charge that succeeded; it is put
 * @amount: at most what is left of it
 * @reason: (nullable): why
 * @metadata: (nullable): the client's notes
 *
 * Gives money back or, of a charge that was only authorised, lets go of it.
 *
 * Returns: (transfer full): the refund
 */
JsonObject *
billing_sandbox_refund_charge (BillingSandbox *self,
                               JsonObject     *charge,
                               gint64          amount,
                               const char     *reason,
                               JsonObject     *metadata)
{
  JsonObject *refund = new_refund (self, charge, amount);
  g_autoptr (JsonObject) before = billing_sandbox_json_copy (charge);

  json_object_set_string_member (refund, "reason", reason);
  if (metadata != NULL)
    json_object_set_object_member (refund, "metadata", billing_sandbox_json_copy (metadata));
  if (json_object_get_boolean_member (charge, "captured"))
    take_money (self, charge, refund);
  else
    describe_reversal (refund);

  billing_sandbox_store_put (billing_sandbox_get_store (self), refund);
  change_refunded (self, charge, amount);
  billing_sandbox_tell (self, "refund.created", refund);
  billing_sandbox_tell_change (self, "charge.refunded", before, charge);
  billing_sandbox_claims_refunded (self, charge);
  return refund;
}

static JsonObject *
charge_of_intent (BillingSandbox     *self,
                  BillingSandboxCall *call)
{
  g_autoptr (JsonObject) intent =
    billing_sandbox_find_param (self, call, BILLING_SANDBOX_PAYMENT_INTENT, "payment_intent");

  if (intent == NULL)
    return NULL;
  if (!g_str_equal (json_object_get_string_member (intent, "status"), "succeeded"))
    return billing_sandbox_fail (call, 400, "payment_intent_unexpected_state", "payment_intent",
                                 "This PaymentIntent (%s) does not have a successful charge to "
                                 "refund.",
                                 json_object_get_string_member (intent, "id"));

  return billing_sandbox_store_get (billing_sandbox_get_store (self),
                                    json_object_get_string_member (intent, "latest_charge"));
}

static JsonObject *
find_charge (BillingSandbox     *self,
             BillingSandboxCall *call)
{
  if (billing_sandbox_call_has (call, "charge") ==
      billing_sandbox_call_has (call, "payment_intent"))
    return billing_sandbox_fail (call, 400, "parameter_missing", NULL,
                                 "One of the following params should be provided for this request: "
                                 "payment_intent or charge.");
  if (billing_sandbox_call_has (call, "charge"))
    return billing_sandbox_find_param (self, call, BILLING_SANDBOX_CHARGE, "charge");

  return charge_of_intent (self, call);
}

static gboolean
check_amount (BillingSandboxCall *call,
              JsonObject         *charge,
              gint64              amount,
              gint64              left)
{
  const char *currency = json_object_get_string_member (charge, "currency");
  g_autofree char *asked = billing_sandbox_format (amount, currency);
  g_autofree char *unrefunded = billing_sandbox_format (left, currency);

  if (left == 0)
    billing_sandbox_fail (call, 400, "charge_already_refunded", NULL,
                          "Charge %s has already been refunded.",
                          json_object_get_string_member (charge, "id"));
  else if (amount < 1)
    billing_sandbox_fail (call, 400, "parameter_invalid_integer", "amount",
                          "This value must be greater than or equal to 1.");
  else if (amount > left)
    billing_sandbox_fail (call, 400, NULL, "amount",
                          "Refund amount (%s) is greater than unrefunded amount on charge (%s)",
                          asked, unrefunded);

  return call->error == NULL;
}

JsonObject *
billing_sandbox_refund_create (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) charge = find_charge (self, call);
  g_autoptr (JsonObject) notes = NULL;
  gint64 left, amount;

  if (charge == NULL)
    return NULL;
  if (!json_object_get_boolean_member (charge, "captured"))
    return billing_sandbox_fail (call, 400, NULL, "charge",
                                 "Charge %s has no captured money to refund; cancel its "
                                 "PaymentIntent instead.",
                                 json_object_get_string_member (charge, "id"));

  if (!g_str_equal (json_object_get_string_member (charge, "status"), "succeeded"))
    return billing_sandbox_fail (call, 400, NULL, "charge",
                                 "Charge %s is %s; only a charge that succeeded can be refunded.",
                                 json_object_get_string_member (charge, "id"),
                                 json_object_get_string_member (charge, "status"));
  if (billing_sandbox_claims_forbid_refund (self, charge))
    return billing_sandbox_fail (call, 400, "charge_disputed", NULL,
                                 "Charge %s has been charged back; cannot issue a refund.",
                                 json_object_get_string_member (charge, "id"));

  left = json_object_get_int_member (charge, "amount") -
         json_object_get_int_member (charge, "amount_refunded");
  amount = billing_sandbox_json_int (call->params, "amount", left);
  if (!check_amount (call, charge, amount, left))
    return NULL;

  notes = billing_sandbox_kind_new (BILLING_SANDBOX_REFUND);
  billing_sandbox_call_apply (call, notes, "metadata");
  if (call->error != NULL)
    return NULL;

  return billing_sandbox_refund_charge (self, charge, amount,
                                        billing_sandbox_call_string (call, "reason"),
                                        json_object_get_object_member (notes, "metadata"));
}

JsonObject *
billing_sandbox_refund_update (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = billing_sandbox_find (self, call, BILLING_SANDBOX_REFUND);
  g_autoptr (JsonObject) refund = NULL;

  if (before == NULL)
    return NULL;

  refund = billing_sandbox_json_copy (before);
  billing_sandbox_call_apply (call, refund, "metadata");
  if (call->error != NULL)
    return NULL;

  billing_sandbox_store_put (billing_sandbox_get_store (self), refund);
  tell_turn (self, NULL, before, refund);
  return g_steal_pointer (&refund);
}

JsonObject *
billing_sandbox_refund_cancel (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) refund = billing_sandbox_find (self, call, BILLING_SANDBOX_REFUND);

  if (refund == NULL)
    return NULL;

  /* Only refunds that wait for the payer can be canceled, and a card's never does. */
  return billing_sandbox_fail (call, 400, NULL, NULL,
                               "Refund %s cannot be canceled: its status is %s, not "
                               "requires_action.",
                               call->id, json_object_get_string_member (refund, "status"));
}
