/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-claims.h"

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
