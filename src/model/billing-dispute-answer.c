/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-answer"

#include "config.h"

#include "billing-dispute-answer.h"

#include "billing-enums.h"

G_DEFINE_FINAL_TYPE (BillingDisputeAnswer, billing_dispute_answer, BILLING_TYPE_RECORD)

static BillingField dispute_answer_fields[] = {
  BILLING_STRING_FIELD (BillingDisputeAnswer, dispute_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDisputeAnswer, evidence, 0),
  BILLING_ENUM_FIELD (BillingDisputeAnswer, state, billing_answer_state_get_type, 0),
  BILLING_STRING_FIELD (BillingDisputeAnswer, problem, 0),
  BILLING_INT64_FIELD (BillingDisputeAnswer, submitted_at, 0),
  BILLING_ENUM_FIELD (BillingDisputeAnswer, outcome, billing_dispute_outcome_get_type, 0),
  BILLING_STRING_FIELD (BillingDisputeAnswer, outcome_id, 0),
  BILLING_STRING_FIELD (BillingDisputeAnswer, person, 0),
  BILLING_INT64_FIELD (BillingDisputeAnswer, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingDisputeAnswer, changed_at, 0),
};

static void
billing_dispute_answer_class_init (BillingDisputeAnswerClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "dispute_answers", "ans", NULL,
                                dispute_answer_fields, G_N_ELEMENTS (dispute_answer_fields));
}

static void
billing_dispute_answer_init (BillingDisputeAnswer *self)
{
}

BillingDisputeAnswer *
billing_dispute_answer_new (void)
{
  return g_object_new (BILLING_TYPE_DISPUTE_ANSWER, NULL);
}

G_DEFINE_FINAL_TYPE (BillingDisputeFile, billing_dispute_file, BILLING_TYPE_RECORD)

static BillingField dispute_file_fields[] = {
  BILLING_STRING_FIELD (BillingDisputeFile, dispute_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDisputeFile, slot, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDisputeFile, document_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDisputeFile, file_id, 0),
  BILLING_STRING_FIELD (BillingDisputeFile, problem, 0),
  BILLING_STRING_FIELD (BillingDisputeFile, person, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingDisputeFile, created_at, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingDisputeFile, name, BILLING_FIELD_JOINED),
  BILLING_INT64_FIELD (BillingDisputeFile, size, BILLING_FIELD_JOINED),
};

static void
billing_dispute_file_class_init (BillingDisputeFileClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "dispute_files", "dfl", NULL,
                                dispute_file_fields, G_N_ELEMENTS (dispute_file_fields));
}

static void
billing_dispute_file_init (BillingDisputeFile *self)
{
}

BillingDisputeFile *
billing_dispute_file_new (void)
{
  return g_object_new (BILLING_TYPE_DISPUTE_FILE, NULL);
}
