/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-claims.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-methods.h"

const char billing_sandbox_dispute_template[] =
  "{\"id\":\"\",\"object\":\"dispute\",\"amount\":0,\"balance_transactions\":[],"
  "\"charge\":null,\"created\":0,\"currency\":\"usd\",\"enhanced_eligibility_types\":[],"
  "\"evidence\":{\"access_activity_log\":null,\"billing_address\":null,"
  "\"cancellation_policy\":null,\"cancellation_policy_disclosure\":null,"
  "\"cancellation_rebuttal\":null,\"customer_communication\":null,"
  "\"customer_email_address\":null,\"customer_name\":null,\"customer_purchase_ip\":null,"
  "\"customer_signature\":null,\"duplicate_charge_documentation\":null,"
  "\"duplicate_charge_explanation\":null,\"duplicate_charge_id\":null,"
  "\"enhanced_evidence\":{},\"product_description\":null,\"receipt\":null,"
  "\"refund_policy\":null,\"refund_policy_disclosure\":null,"
  "\"refund_refusal_explanation\":null,\"service_date\":null,\"service_documentation\":null,"
  "\"shipping_address\":null,\"shipping_carrier\":null,\"shipping_date\":null,"
  "\"shipping_documentation\":null,\"shipping_tracking_number\":null,"
  "\"uncategorized_file\":null,\"uncategorized_text\":null},"
  "\"evidence_details\":{\"due_by\":null,\"enhanced_eligibility\":{},\"has_evidence\":false,"
  "\"past_due\":false,\"submission_count\":0,\"submission_method\":\"not_submitted\"},"
  "\"intended_submission_method\":null,\"is_charge_refundable\":false,\"livemode\":false,"
  "\"metadata\":{},\"network_reason_code\":null,\"payment_intent\":null,"
  "\"payment_method_details\":{\"card\":{\"brand\":\"visa\",\"case_type\":\"chargeback\","
  "\"network\":\"visa\",\"network_reason_code\":null},\"type\":\"card\"},"
  "\"reason\":\"fraudulent\",\"status\":\"needs_response\"}";

const char billing_sandbox_warning_template[] =
  "{\"id\":\"\",\"object\":\"radar.early_fraud_warning\",\"actionable\":true,\"charge\":null,"
  "\"created\":0,\"fraud_type\":\"misc\",\"livemode\":false,\"payment_intent\":null}";

const char billing_sandbox_file_template[] =
  "{\"id\":\"\",\"object\":\"file\",\"created\":0,\"expires_at\":null,\"filename\":null,"
  "\"links\":{\"object\":\"list\",\"data\":[],\"has_more\":false,\"url\":\"\"},"
  "\"purpose\":\"dispute_evidence\",\"size\":0,\"title\":null,\"type\":null,\"url\":null}";

/* Apart from the file, so that lists of files need not read it. */
const char billing_sandbox_file_content_template[] =
  "{\"id\":\"\",\"object\":\"sandbox.file_content\",\"created\":0,\"content_type\":\"\","
  "\"base64\":\"\"}";

/* How soon after the answer the claims on a test card's charge come in. */
#define COMES_AFTER 3

/* What the test payment methods are for.  A warning has no reason. */
static const struct
{
  BillingSandboxTrait trait;
  guint n;
  const char *reason;
  gboolean inquiry;
} claims[] = {
  { BILLING_SANDBOX_DISPUTED_AS_FRAUD, 1, "fraudulent", FALSE },
  { BILLING_SANDBOX_DISPUTED_AS_MISSING, 1, "product_not_received", FALSE },
  { BILLING_SANDBOX_DISPUTED_TWICE, 2, "fraudulent", FALSE },
  { BILLING_SANDBOX_INQUIRED, 1, "fraudulent", TRUE },
  { BILLING_SANDBOX_RETURNED, 1, "debit_not_authorized", FALSE },
  { BILLING_SANDBOX_WARNED, 1, NULL, FALSE },
};

static int
find_claim (BillingSandbox *self,
            JsonObject     *charge)
{
  BillingSandboxTrait trait = billing_sandbox_trait_of (self, charge);

  for (guint i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      if (claims[i].trait == trait)
        return (int) i;
    }

  return -1;
}

/* Several disputes share the charge. */
static void
come_in (BillingSandbox *self,
         const char     *id)
{
  g_autoptr (JsonObject) charge = billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  int claim = find_claim (self, charge);
  gint64 left = json_object_get_int_member (charge, "amount") -
                json_object_get_int_member (charge, "amount_refunded");

  if (claims[claim].reason == NULL)
    billing_sandbox_warning_open (self, charge);

  for (guint n = claims[claim].n; claims[claim].reason != NULL && n > 0 && left >= n; n--)
    {
      g_autoptr (JsonObject) dispute = billing_sandbox_dispute_open (
        self, charge, left / n, claims[claim].reason, claims[claim].inquiry);

      left -= left / n;
    }
}

/**
 * billing_sandbox_claims_expect:
 * @self: a sandbox
 * @charge: a charge that succeeded just now
 *
 * Has what its test payment method is for happen shortly.
 */
void
billing_sandbox_claims_expect (BillingSandbox *self,
                               JsonObject     *charge)
{
  if (find_claim (self, charge) >= 0)
    billing_sandbox_later (self, billing_sandbox_now (self) + COMES_AFTER, come_in,
                           json_object_get_string_member (charge, "id"));
}

/**
 * billing_sandbox_claims_of:
 * @self: a sandbox
 * @kind: disputes or warnings
 * @charge_id: a charge
 *
 * Returns: (transfer full) (element-type JsonObject): those of the charge, oldest first
 */
GPtrArray *
billing_sandbox_claims_of (BillingSandbox     *self,
                           BillingSandboxKind  kind,
                           const char         *charge_id)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  BillingSandboxEntries entries = billing_sandbox_store_where (billing_sandbox_get_store (self),
                                                               kind, "charge", charge_id);

  for (guint i = 0; i < entries.n; i++)
    {
      g_autoptr (JsonObject) claim = billing_sandbox_entry_read (entries.entries[i]);

      if (g_strcmp0 (billing_sandbox_json_string (claim, "charge"), charge_id) == 0)
        g_ptr_array_add (found, g_steal_pointer (&claim));
    }

  return found;
}

/**
 * billing_sandbox_claims_forbid_refund:
 * @self: a sandbox
 * @charge: a charge
 *
 * Returns: whether its money went back already, or may, by a dispute
 */
gboolean
billing_sandbox_claims_forbid_refund (BillingSandbox *self,
                                      JsonObject     *charge)
{
  g_autoptr (GPtrArray) disputes = billing_sandbox_claims_of (
    self, BILLING_SANDBOX_DISPUTE, json_object_get_string_member (charge, "id"));

  for (guint i = 0; i < disputes->len; i++)
    {
      if (!billing_sandbox_json_bool (g_ptr_array_index (disputes, i), "is_charge_refundable"))
        return TRUE;
    }

  return FALSE;
}

/**
 * billing_sandbox_claims_refunded:
 * @self: a sandbox
 * @charge: a charge of which money was given back
 *
 * Where all was, nobody asks for it any more.
 */
void
billing_sandbox_claims_refunded (BillingSandbox *self,
                                 JsonObject     *charge)
{
  const char *id = json_object_get_string_member (charge, "id");
  g_autoptr (GPtrArray) disputes = NULL;

  if (!json_object_get_boolean_member (charge, "refunded"))
    return;

  disputes = billing_sandbox_claims_of (self, BILLING_SANDBOX_DISPUTE, id);
  for (guint i = 0; i < disputes->len; i++)
    {
      JsonObject *dispute = g_ptr_array_index (disputes, i);

      if (billing_sandbox_dispute_is_inquiry (dispute) &&
          !g_str_equal (json_object_get_string_member (dispute, "status"), "warning_closed"))
        billing_sandbox_dispute_close (self, dispute, "warning_closed");
    }
  billing_sandbox_warnings_settle (self, id);
}

/**
 * billing_sandbox_warning_open:
 * @self: a sandbox
 * @charge: a charge that its card's issuer takes for fraud
 */
void
billing_sandbox_warning_open (BillingSandbox *self,
                              JsonObject     *charge)
{
  g_autoptr (JsonObject) warning = billing_sandbox_add (self, BILLING_SANDBOX_WARNING);

  json_object_set_string_member (warning, "charge", json_object_get_string_member (charge, "id"));
  billing_sandbox_json_assign (warning, charge, "payment_intent");
  json_object_set_string_member (warning, "fraud_type", "unauthorized_use_of_card");
  json_object_set_boolean_member (warning, "actionable",
                                  !json_object_get_boolean_member (charge, "refunded"));
  billing_sandbox_store_put (billing_sandbox_get_store (self), warning);
  billing_sandbox_tell (self, "radar.early_fraud_warning.created", warning);
}

/**
 * billing_sandbox_warnings_settle:
 * @self: a sandbox
 * @charge_id: a charge that was refunded wholly, or disputed
 *
 * There is nothing to be done about its warnings any more.
 */
void
billing_sandbox_warnings_settle (BillingSandbox *self,
                                 const char     *charge_id)
{
  g_autoptr (GPtrArray) warnings =
    billing_sandbox_claims_of (self, BILLING_SANDBOX_WARNING, charge_id);

  for (guint i = 0; i < warnings->len; i++)
    {
      JsonObject *warning = g_ptr_array_index (warnings, i);
      g_autoptr (JsonObject) before = billing_sandbox_json_copy (warning);

      json_object_set_boolean_member (warning, "actionable", FALSE);
      billing_sandbox_store_put (billing_sandbox_get_store (self), warning);
      billing_sandbox_tell_change (self, "radar.early_fraud_warning.updated", before, warning);
    }
}
