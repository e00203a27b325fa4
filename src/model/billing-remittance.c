/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance"

#include "config.h"

#include "billing-remittance.h"

#include "billing-enums.h"

/* What insurers paid, line by line, and what was thought before that they would. */

G_DEFINE_FINAL_TYPE (BillingRemittance, billing_remittance, BILLING_TYPE_RECORD)

static BillingField remittance_fields[] = {
  BILLING_STRING_FIELD (BillingRemittance, number, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingRemittance, format, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingRemittance, payer, 0),
  BILLING_STRING_FIELD (BillingRemittance, payer_code, 0),
  BILLING_STRING_FIELD (BillingRemittance, payee, 0),
  BILLING_STRING_FIELD (BillingRemittance, reference, 0),
  BILLING_STRING_FIELD (BillingRemittance, method, 0),
  BILLING_STRING_FIELD (BillingRemittance, day, 0),
  BILLING_INT64_FIELD (BillingRemittance, amount, 0),
  BILLING_INT64_FIELD (BillingRemittance, claims, 0),
  BILLING_INT64_FIELD (BillingRemittance, provider_adjusted, 0),
  BILLING_STRING_FIELD (BillingRemittance, provider_codes, 0),
  BILLING_INT64_FIELD (BillingRemittance, imbalance, 0),
  BILLING_STRING_FIELD (BillingRemittance, currency, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingRemittance, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingRemittance, n_lines, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingRemittance, n_open, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingRemittance, n_posted, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingRemittance, posted, BILLING_FIELD_KEPT),
  BILLING_ENUM_FIELD (BillingRemittance, state, billing_remittance_state_get_type, BILLING_FIELD_JOINED),
  BILLING_INT64_FIELD (BillingRemittance, n_matched, BILLING_FIELD_JOINED),
  BILLING_INT64_FIELD (BillingRemittance, to_post, BILLING_FIELD_JOINED),
};

static void
billing_remittance_class_init (BillingRemittanceClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "remittances", "rem", "REM",
                                remittance_fields, G_N_ELEMENTS (remittance_fields));
}

static void
billing_remittance_init (BillingRemittance *self)
{
}

BillingRemittance *
billing_remittance_new (void)
{
  return g_object_new (BILLING_TYPE_REMITTANCE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingRemittanceLine, billing_remittance_line, BILLING_TYPE_RECORD)

static BillingField remittance_line_fields[] = {
  BILLING_STRING_FIELD (BillingRemittanceLine, remittance_id, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingRemittanceLine, place, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, level, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, claim, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, payer_claim, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, claim_status, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, patient_name, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, member_id, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, treatment_id, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, day, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, code, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, modifiers, 0),
  BILLING_INT64_FIELD (BillingRemittanceLine, units, 0),
  BILLING_INT64_FIELD (BillingRemittanceLine, charge, 0),
  BILLING_INT64_FIELD (BillingRemittanceLine, allowed, 0),
  BILLING_INT64_FIELD (BillingRemittanceLine, paid, 0),
  BILLING_INT64_FIELD (BillingRemittanceLine, adjusted, 0),
  BILLING_INT64_FIELD (BillingRemittanceLine, prior, 0),
  BILLING_INT64_FIELD (BillingRemittanceLine, patient, 0),
  BILLING_INT64_FIELD (BillingRemittanceLine, imbalance, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, codes, 0),
  BILLING_STRING_FIELD (BillingRemittanceLine, service_id, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingRemittanceLine, answer_id, BILLING_FIELD_KEPT),
  BILLING_ENUM_FIELD (BillingRemittanceLine, state, billing_remittance_line_state_get_type, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingRemittanceLine, why, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingRemittanceLine, done_at, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingRemittanceLine, done_by, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingRemittanceLine, chosen_by, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingRemittanceLine, remittance, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingRemittanceLine, payer, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingRemittanceLine, reference, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingRemittanceLine, paid_on, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingRemittanceLine, currency, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingRemittanceLine, service, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingRemittanceLine, service_name, BILLING_FIELD_JOINED),
};

static void
billing_remittance_line_class_init (BillingRemittanceLineClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "remittance_lines", "rml", NULL,
                                remittance_line_fields, G_N_ELEMENTS (remittance_line_fields));
}

static void
billing_remittance_line_init (BillingRemittanceLine *self)
{
  self->allowed = -1;
  self->units = 1;
}

BillingRemittanceLine *
billing_remittance_line_new (void)
{
  return g_object_new (BILLING_TYPE_REMITTANCE_LINE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingKeptEstimate, billing_kept_estimate, BILLING_TYPE_RECORD)

static BillingField kept_estimate_fields[] = {
  BILLING_STRING_FIELD (BillingKeptEstimate, payment_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingKeptEstimate, treatment_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingKeptEstimate, payer, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingKeptEstimate, charge, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingKeptEstimate, estimated, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingKeptEstimate, currency, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingKeptEstimate, person, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingKeptEstimate, created_at, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingKeptEstimate, payment, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingKeptEstimate, treatment, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingKeptEstimate, patient_name, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingKeptEstimate, day, BILLING_FIELD_JOINED),
  BILLING_INT64_FIELD (BillingKeptEstimate, actual, BILLING_FIELD_JOINED),
};

static void
billing_kept_estimate_class_init (BillingKeptEstimateClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "estimates", "est", NULL,
                                kept_estimate_fields, G_N_ELEMENTS (kept_estimate_fields));
}

static void
billing_kept_estimate_init (BillingKeptEstimate *self)
{
  self->actual = -1;
}

BillingKeptEstimate *
billing_kept_estimate_new (void)
{
  return g_object_new (BILLING_TYPE_KEPT_ESTIMATE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingEstimateScore, billing_estimate_score, BILLING_TYPE_RECORD)

static BillingField estimate_score_fields[] = {
  BILLING_STRING_FIELD (BillingEstimateScore, payer, 0),
  BILLING_STRING_FIELD (BillingEstimateScore, currency, 0),
  BILLING_INT64_FIELD (BillingEstimateScore, n, 0),
  BILLING_INT64_FIELD (BillingEstimateScore, n_answered, 0),
  BILLING_INT64_FIELD (BillingEstimateScore, estimated, 0),
  BILLING_INT64_FIELD (BillingEstimateScore, actual, 0),
  BILLING_INT64_FIELD (BillingEstimateScore, difference, 0),
  BILLING_INT64_FIELD (BillingEstimateScore, within, 0),
};

static void
billing_estimate_score_class_init (BillingEstimateScoreClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "estimate_scores", "esc", NULL,
                                estimate_score_fields, G_N_ELEMENTS (estimate_score_fields));
}

static void
billing_estimate_score_init (BillingEstimateScore *self)
{
  self->within = -1;
}

BillingEstimateScore *
billing_estimate_score_new (void)
{
  return g_object_new (BILLING_TYPE_ESTIMATE_SCORE, NULL);
}
