/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-claims.h"

#include "billing-sandbox-json.h"

#define DECIDED_AFTER 5
#define ANSWERED_WITHIN 10
#define DISPUTE_FEE 1500

static void
put (BillingSandbox *self,
     JsonObject     *dispute)
{
  billing_sandbox_store_put (billing_sandbox_get_store (self), dispute);
}

static const char *
status_of (JsonObject *dispute)
{
  return json_object_get_string_member (dispute, "status");
}

/**
 * billing_sandbox_dispute_is_inquiry:
 * @dispute: a dispute
 *
 * Returns: whether it is only a question, by which no money moves
 */
gboolean
billing_sandbox_dispute_is_inquiry (JsonObject *dispute)
{
  return g_str_has_prefix (status_of (dispute), "warning_");
}

/**
 * billing_sandbox_dispute_awaits:
 * @dispute: a dispute
 *
 * Returns: whether it can be answered
 */
gboolean
billing_sandbox_dispute_awaits (JsonObject *dispute)
{
  return g_str_has_suffix (status_of (dispute), "needs_response");
}

static JsonObject *
evidence_details (JsonObject *dispute)
{
  return json_object_get_object_member (dispute, "evidence_details");
}

/* The fee is the dispute's, not the payment's. */
static void
name_fee (JsonObject *transaction)
{
  JsonArray *details = json_object_get_array_member (transaction, "fee_details");

  if (json_array_get_length (details) > 0)
    json_object_set_string_member (json_array_get_object_element (details, 0), "description",
                                   "Dispute fee");
}

static void
move_money (BillingSandbox *self,
            JsonObject     *dispute,
            const char     *category,
            const char     *what,
            gint64          amount,
            gint64          fee)
{
  g_autoptr (JsonObject) transaction = billing_sandbox_move (
    self, "adjustment", category, amount, fee, json_object_get_string_member (dispute, "currency"),
    json_object_get_string_member (dispute, "id"), billing_sandbox_now (self));
  g_autofree char *description =
    g_strdup_printf ("%s for %s", what, json_object_get_string_member (dispute, "charge"));

  json_object_set_string_member (transaction, "description", description);
  name_fee (transaction);
  put (self, transaction);
  json_array_add_object_element (json_object_get_array_member (dispute, "balance_transactions"),
                                 billing_sandbox_public (billing_sandbox_json_copy (transaction)));
}

static void
withdraw (BillingSandbox *self,
          JsonObject     *dispute)
{
  move_money (self, dispute, "dispute", "Chargeback withdrawal",
              -json_object_get_int_member (dispute, "amount"), DISPUTE_FEE);
  json_object_set_boolean_member (dispute, "is_charge_refundable", FALSE);
}

/* Nobody answered in time. */
static void
lapse (BillingSandbox *self,
       const char     *id)
{
  g_autoptr (JsonObject) dispute = billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  JsonObject *details = evidence_details (dispute);

  if (!billing_sandbox_dispute_awaits (dispute) ||
      billing_sandbox_json_int (details, "due_by", 0) >= billing_sandbox_now (self))
    return;

  json_object_set_boolean_member (details, "past_due", TRUE);
  billing_sandbox_dispute_close (
    self, dispute, billing_sandbox_dispute_is_inquiry (dispute) ? "warning_closed" : "lost");
}

/* Until the end of a day, UTC. */
static void
set_due (BillingSandbox *self,
         JsonObject     *dispute)
{
  gint64 day = billing_sandbox_now (self) / BILLING_SANDBOX_DAY + ANSWERED_WITHIN + 1;

  json_object_set_int_member (evidence_details (dispute), "due_by", day * BILLING_SANDBOX_DAY - 1);
  billing_sandbox_later (self, day * BILLING_SANDBOX_DAY, lapse,
                         json_object_get_string_member (dispute, "id"));
}

static const char *
network_code (const char *reason)
{
  return g_str_equal (reason, "fraudulent")             ? "10.4"
         : g_str_equal (reason, "product_not_received") ? "13.1"
                                                        : NULL;
}

static void
describe_card (JsonObject *dispute,
               JsonObject *card,
               gboolean    inquiry)
{
  JsonObject *details = json_object_get_object_member (
    json_object_get_object_member (dispute, "payment_method_details"), "card");
  const char *code = network_code (json_object_get_string_member (dispute, "reason"));

  billing_sandbox_json_assign (details, card, "brand");
  billing_sandbox_json_assign (details, card, "network");
  json_object_set_string_member (details, "case_type", inquiry ? "inquiry" : "chargeback");
  json_object_set_string_member (details, "network_reason_code", code);
  json_object_set_string_member (dispute, "network_reason_code", code);
  json_object_set_string_member (dispute, "status",
                                 inquiry ? "warning_needs_response" : "needs_response");
}

/* A payer's bank takes back a debit for good: there is nobody to answer to. */
static void
describe_debit (JsonObject *dispute)
{
  JsonObject *details = json_object_get_object_member (dispute, "payment_method_details");

  json_object_remove_member (details, "card");
  json_object_set_string_member (details, "type", "us_bank_account");
  json_object_set_string_member (dispute, "status", "lost");
}

static JsonObject *
new_dispute (BillingSandbox *self,
             JsonObject     *charge,
             gint64          amount,
             const char     *reason,
             gboolean        inquiry)
{
  JsonObject *dispute = billing_sandbox_add (self, BILLING_SANDBOX_DISPUTE);
  JsonObject *card = billing_sandbox_json_child (
    json_object_get_object_member (charge, "payment_method_details"), "card");

  json_object_set_int_member (dispute, "amount", amount);
  json_object_set_string_member (dispute, "charge", json_object_get_string_member (charge, "id"));
  billing_sandbox_json_assign (dispute, charge, "currency");
  billing_sandbox_json_assign (dispute, charge, "payment_intent");
  json_object_set_string_member (dispute, "reason", reason);
  if (card == NULL)
    {
      describe_debit (dispute);
      return dispute;
    }

  describe_card (dispute, card, inquiry);
  set_due (self, dispute);
  return dispute;
}

/**
 * billing_sandbox_dispute_open:
 * @self: a sandbox
 * @charge: a charge that succeeded
 * @amount: how much of it is disputed
 * @reason: Stripe's word for why
 * @inquiry: whether it is only a question
 *
 * Takes the money back, unless it is a question.  A bank debit's dispute is lost at once.
 *
 * Returns: (transfer full): the dispute
 */
JsonObject *
billing_sandbox_dispute_open (BillingSandbox *self,
                              JsonObject     *charge,
                              gint64          amount,
                              const char     *reason,
                              gboolean        inquiry)
{
  JsonObject *dispute = new_dispute (self, charge, amount, reason, inquiry);
  gboolean question = billing_sandbox_dispute_is_inquiry (dispute);

  json_object_set_boolean_member (dispute, "is_charge_refundable", question);
  if (!question)
    withdraw (self, dispute);
  put (self, dispute);

  json_object_set_boolean_member (charge, "disputed", TRUE);
  put (self, charge);
  billing_sandbox_tell (self, "charge.dispute.created", dispute);
  if (!question)
    billing_sandbox_tell (self, "charge.dispute.funds_withdrawn", dispute);
  if (g_str_equal (status_of (dispute), "lost"))
    billing_sandbox_tell (self, "charge.dispute.closed", dispute);
  billing_sandbox_warnings_settle (self, json_object_get_string_member (charge, "id"));
  return dispute;
}

/**
 * billing_sandbox_dispute_close:
 * @self: a sandbox
 * @dispute: a dispute, which is put
 * @status: how it ends: won, lost or warning_closed
 */
void
billing_sandbox_dispute_close (BillingSandbox *self,
                               JsonObject     *dispute,
                               const char     *status)
{
  gboolean won = g_str_equal (status, "won");

  json_object_set_string_member (dispute, "status", status);
  if (won)
    {
      json_object_set_boolean_member (dispute, "is_charge_refundable", TRUE);
      move_money (self, dispute, "dispute_reversal", "Chargeback reversal",
                  json_object_get_int_member (dispute, "amount"), 0);
    }
  put (self, dispute);
  billing_sandbox_tell (self, "charge.dispute.closed", dispute);
  if (won)
    billing_sandbox_tell (self, "charge.dispute.funds_reinstated", dispute);
}

/* The question becomes a dispute, which can be answered anew. */
static void
escalate (BillingSandbox *self,
          JsonObject     *dispute)
{
  g_autoptr (JsonObject) before = billing_sandbox_json_copy (dispute);
  JsonObject *method = json_object_get_object_member (dispute, "payment_method_details");
  JsonObject *details = evidence_details (dispute);

  json_object_set_string_member (dispute, "status", "needs_response");
  json_object_set_string_member (json_object_get_object_member (method, "card"), "case_type",
                                 "chargeback");
  json_object_set_int_member (details, "submission_count", 0);
  json_object_set_string_member (details, "submission_method", "not_submitted");
  set_due (self, dispute);
  withdraw (self, dispute);
  put (self, dispute);
  billing_sandbox_tell_change (self, "charge.dispute.updated", before, dispute);
  billing_sandbox_tell (self, "charge.dispute.funds_withdrawn", dispute);
}

/* In test mode, the evidence says how it ends; other evidence is under review forever. */
static void
decide (BillingSandbox *self,
        const char     *id)
{
  g_autoptr (JsonObject) dispute = billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  const char *text = billing_sandbox_json_string (
    json_object_get_object_member (dispute, "evidence"), "uncategorized_text");
  gboolean question = billing_sandbox_dispute_is_inquiry (dispute);

  if (!g_str_has_suffix (status_of (dispute), "under_review"))
    return;

  if (g_strcmp0 (text, "winning_evidence") == 0)
    billing_sandbox_dispute_close (self, dispute, question ? "warning_closed" : "won");
  else if (g_strcmp0 (text, "losing_evidence") == 0)
    billing_sandbox_dispute_close (self, dispute, question ? "warning_closed" : "lost");
  else if (g_strcmp0 (text, "escalate_inquiry_evidence") == 0 && question)
    escalate (self, dispute);
}

/**
 * billing_sandbox_dispute_review:
 * @self: a sandbox
 * @dispute: a dispute whose evidence is complete; it is not put
 *
 * Hands the evidence to the bank, which decides shortly.
 */
void
billing_sandbox_dispute_review (BillingSandbox *self,
                                JsonObject     *dispute)
{
  JsonObject *details = evidence_details (dispute);
  gboolean question = billing_sandbox_dispute_is_inquiry (dispute);

  json_object_set_int_member (details, "submission_count",
                              json_object_get_int_member (details, "submission_count") + 1);
  json_object_set_string_member (details, "submission_method", "manual");
  json_object_set_string_member (dispute, "status",
                                 question ? "warning_under_review" : "under_review");
  billing_sandbox_later (self, billing_sandbox_now (self) + DECIDED_AFTER, decide,
                         json_object_get_string_member (dispute, "id"));
}
