/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-service"

#include "config.h"

#include "billing-service.h"

#include "billing-enums.h"

/* Services, and what insurers answered about them. */

G_DEFINE_FINAL_TYPE (BillingService, billing_service, BILLING_TYPE_RECORD)

static BillingField service_fields[] = {
  BILLING_STRING_FIELD (BillingService, number, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingService, patient_id, 0),
  BILLING_STRING_FIELD (BillingService, treatment_id, 0),
  BILLING_STRING_FIELD (BillingService, location_id, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingService, source, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingService, rate_id, 0),
  BILLING_STRING_FIELD (BillingService, day, 0),
  BILLING_STRING_FIELD (BillingService, code_system, 0),
  BILLING_STRING_FIELD (BillingService, code, 0),
  BILLING_STRING_FIELD (BillingService, name, 0),
  BILLING_INT64_FIELD (BillingService, units, 0),
  BILLING_INT64_FIELD (BillingService, price, 0),
  BILLING_INT64_FIELD (BillingService, amount, 0),
  BILLING_STRING_FIELD (BillingService, currency, BILLING_FIELD_FIXED),
  BILLING_BOOLEAN_FIELD (BillingService, billable, BILLING_FIELD_KEPT),
  BILLING_BOOLEAN_FIELD (BillingService, rate_invoiced, BILLING_FIELD_KEPT),
  BILLING_ENUM_FIELD (BillingService, payer_kind, billing_payer_kind_get_type, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingService, payer, 0),
  BILLING_INT64_FIELD (BillingService, insurer_part, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingService, allowed, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingService, insurer_paid, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingService, insurer_adjusted, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingService, answered_on, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingService, reviewed_at, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingService, reviewed_by, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingService, invoice_id, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingService, removed_at, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingService, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingService, patient_part, BILLING_FIELD_JOINED),
  BILLING_INT64_FIELD (BillingService, insurer_open, BILLING_FIELD_JOINED),
  BILLING_ENUM_FIELD (BillingService, state, billing_service_state_get_type, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingService, patient_name, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingService, patient_number, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingService, treatment, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingService, location, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingService, physician, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingService, rate, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingService, rate_number, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingService, invoice, BILLING_FIELD_JOINED),
};

static void
billing_service_class_init (BillingServiceClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "services", "svc", "SVC",
                                service_fields, G_N_ELEMENTS (service_fields));
}

static void
billing_service_init (BillingService *self)
{
  self->units = 1;
  self->allowed = -1;
}

BillingService *
billing_service_new (void)
{
  return g_object_new (BILLING_TYPE_SERVICE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingInsurerAnswer, billing_insurer_answer, BILLING_TYPE_RECORD)

static BillingField insurer_answer_fields[] = {
  BILLING_STRING_FIELD (BillingInsurerAnswer, service_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInsurerAnswer, payer, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInsurerAnswer, day, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInsurerAnswer, reference, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInsurerAnswer, allowed, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInsurerAnswer, paid, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInsurerAnswer, adjusted, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInsurerAnswer, patient, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInsurerAnswer, codes, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingInsurerAnswer, source, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInsurerAnswer, moved, 0),
  BILLING_INT64_FIELD (BillingInsurerAnswer, lowered, 0),
  BILLING_INT64_FIELD (BillingInsurerAnswer, credited, 0),
  BILLING_STRING_FIELD (BillingInsurerAnswer, person, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInsurerAnswer, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingInsurerAnswer, taken_back_at, 0),
  BILLING_STRING_FIELD (BillingInsurerAnswer, service, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingInsurerAnswer, patient_name, BILLING_FIELD_JOINED),
};

static void
billing_insurer_answer_class_init (BillingInsurerAnswerClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "insurer_answers", "ian", NULL,
                                insurer_answer_fields, G_N_ELEMENTS (insurer_answer_fields));
}

static void
billing_insurer_answer_init (BillingInsurerAnswer *self)
{
  self->allowed = -1;
  self->patient = -1;
}

BillingInsurerAnswer *
billing_insurer_answer_new (void)
{
  return g_object_new (BILLING_TYPE_INSURER_ANSWER, NULL);
}
