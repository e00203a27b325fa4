/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

/* The templates of disputes and what belongs to them, for the table of kinds: JSON with every
   field of API version 2026-10-28.endive. */

extern const char billing_sandbox_dispute_template[];
extern const char billing_sandbox_warning_template[];
extern const char billing_sandbox_file_template[];
extern const char billing_sandbox_file_content_template[];

#define BILLING_SANDBOX_EVIDENCE_TEXTS                                                             \
  "access_activity_log,billing_address,cancellation_policy_disclosure,cancellation_rebuttal,"      \
  "customer_email_address,customer_name,customer_purchase_ip,duplicate_charge_explanation,"        \
  "duplicate_charge_id,product_description,refund_policy_disclosure,refund_refusal_explanation,"   \
  "service_date,shipping_address,shipping_carrier,shipping_date,shipping_tracking_number,"         \
  "uncategorized_text"

#define BILLING_SANDBOX_EVIDENCE_FILES                                                             \
  "cancellation_policy,customer_communication,customer_signature,"                                 \
  "duplicate_charge_documentation,receipt,refund_policy,service_documentation,"                    \
  "shipping_documentation,uncategorized_file"

#define BILLING_SANDBOX_DISPUTE_PARAMS                                                             \
  "evidence:h=" BILLING_SANDBOX_EVIDENCE_TEXTS "," BILLING_SANDBOX_EVIDENCE_FILES                  \
  ",enhanced_evidence "                                                                            \
  "intended_submission_method:e=manual,prefer_manual,prefer_smart_disputes,smart_disputes "        \
  "metadata:m submit:b"

/* What becomes of a charge's claims: disputes, and warnings of them. */
void billing_sandbox_claims_expect (BillingSandbox *self, JsonObject *charge);
gboolean billing_sandbox_claims_forbid_refund (BillingSandbox *self, JsonObject *charge);
void billing_sandbox_claims_refunded (BillingSandbox *self, JsonObject *charge);
GPtrArray *billing_sandbox_claims_of (BillingSandbox *self, BillingSandboxKind kind,
                                      const char *charge_id);

void billing_sandbox_warning_open (BillingSandbox *self, JsonObject *charge);
void billing_sandbox_warnings_settle (BillingSandbox *self, const char *charge_id);

JsonObject *billing_sandbox_dispute_open (BillingSandbox *self, JsonObject *charge, gint64 amount,
                                          const char *reason, gboolean inquiry);
void billing_sandbox_dispute_close (BillingSandbox *self, JsonObject *dispute, const char *status);
gboolean billing_sandbox_dispute_awaits (JsonObject *dispute);
gboolean billing_sandbox_dispute_is_inquiry (JsonObject *dispute);
void billing_sandbox_dispute_review (BillingSandbox *self, JsonObject *dispute);
