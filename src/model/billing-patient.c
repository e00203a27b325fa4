/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-patient"

#include "config.h"

#include "billing-patient.h"

#include "billing-enums.h"

/* Patients, their coverage, and what insurers answered about it. */

G_DEFINE_FINAL_TYPE (BillingPatient, billing_patient, BILLING_TYPE_RECORD)

static BillingField patient_fields[] = {
  BILLING_STRING_FIELD (BillingPatient, number, 0),
  BILLING_STRING_FIELD (BillingPatient, name, 0),
  BILLING_STRING_FIELD (BillingPatient, given_name, 0),
  BILLING_STRING_FIELD (BillingPatient, family_name, 0),
  BILLING_STRING_FIELD (BillingPatient, birth_date, 0),
  BILLING_STRING_FIELD (BillingPatient, gender, 0),
  BILLING_STRING_FIELD (BillingPatient, phone, 0),
  BILLING_STRING_FIELD (BillingPatient, email, 0),
  BILLING_STRING_FIELD (BillingPatient, address_line, 0),
  BILLING_STRING_FIELD (BillingPatient, city, 0),
  BILLING_STRING_FIELD (BillingPatient, region, 0),
  BILLING_STRING_FIELD (BillingPatient, postal_code, 0),
  BILLING_STRING_FIELD (BillingPatient, country, 0),
  BILLING_STRING_FIELD (BillingPatient, language, 0),
  BILLING_BOOLEAN_FIELD (BillingPatient, deceased, 0),
  BILLING_INT64_FIELD (BillingPatient, credit, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPatient, credit_held, BILLING_FIELD_KEPT),
  BILLING_BOOLEAN_FIELD (BillingPatient, no_mail, BILLING_FIELD_KEPT),
  BILLING_BOOLEAN_FIELD (BillingPatient, no_reminders, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingPatient, merged_into, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingPatient, typed, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingPatient, also, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPatient, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingPatient, balance, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPatient, owed_since, BILLING_FIELD_JOINED),
};

static void
billing_patient_class_init (BillingPatientClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "patients", "pat", "PT",
                                patient_fields, G_N_ELEMENTS (patient_fields));
}

static void
billing_patient_init (BillingPatient *self)
{
}

BillingPatient *
billing_patient_new (void)
{
  return g_object_new (BILLING_TYPE_PATIENT, NULL);
}

/**
 * billing_patient_get_free_credit:
 * @self: a patient
 *
 * Returns: how much of their credit can be used: minor units that are not on their way back
 */
gint64
billing_patient_get_free_credit (BillingPatient *self)
{
  return self->credit - self->credit_held;
}

G_DEFINE_FINAL_TYPE (BillingDuplicate, billing_duplicate, BILLING_TYPE_RECORD)

static BillingField duplicate_fields[] = {
  BILLING_STRING_FIELD (BillingDuplicate, reason, 0),
  BILLING_STRING_FIELD (BillingDuplicate, number, 0),
  BILLING_STRING_FIELD (BillingDuplicate, name, 0),
  BILLING_STRING_FIELD (BillingDuplicate, birth_date, 0),
  BILLING_STRING_FIELD (BillingDuplicate, has, 0),
  BILLING_STRING_FIELD (BillingDuplicate, other, 0),
  BILLING_STRING_FIELD (BillingDuplicate, other_name, 0),
  BILLING_STRING_FIELD (BillingDuplicate, other_birth_date, 0),
  BILLING_STRING_FIELD (BillingDuplicate, other_has, 0),
};

static void
billing_duplicate_class_init (BillingDuplicateClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "duplicates", "dup", NULL,
                                duplicate_fields, G_N_ELEMENTS (duplicate_fields));
}

static void
billing_duplicate_init (BillingDuplicate *self)
{
}

BillingDuplicate *
billing_duplicate_new (void)
{
  return g_object_new (BILLING_TYPE_DUPLICATE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingCoverage, billing_coverage, BILLING_TYPE_RECORD)

static BillingField coverage_fields[] = {
  BILLING_STRING_FIELD (BillingCoverage, patient_id, 0),
  BILLING_STRING_FIELD (BillingCoverage, payer, 0),
  BILLING_STRING_FIELD (BillingCoverage, member_id, 0),
  BILLING_STRING_FIELD (BillingCoverage, plan, 0),
  BILLING_INT64_FIELD (BillingCoverage, precedence, 0),
  BILLING_STRING_FIELD (BillingCoverage, status, 0),
  BILLING_STRING_FIELD (BillingCoverage, starts_on, 0),
  BILLING_STRING_FIELD (BillingCoverage, ends_on, 0),
};

static void
billing_coverage_class_init (BillingCoverageClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "coverages", "cov", NULL,
                                coverage_fields, G_N_ELEMENTS (coverage_fields));
}

static void
billing_coverage_init (BillingCoverage *self)
{
}

BillingCoverage *
billing_coverage_new (void)
{
  return g_object_new (BILLING_TYPE_COVERAGE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingEligibilityCheck, billing_eligibility_check, BILLING_TYPE_RECORD)

static BillingField eligibility_check_fields[] = {
  BILLING_STRING_FIELD (BillingEligibilityCheck, patient_id, 0),
  BILLING_STRING_FIELD (BillingEligibilityCheck, coverage_id, 0),
  BILLING_STRING_FIELD (BillingEligibilityCheck, payer, 0),
  BILLING_STRING_FIELD (BillingEligibilityCheck, plan, 0),
  BILLING_ENUM_FIELD (BillingEligibilityCheck, status, billing_eligibility_status_get_type, 0),
  BILLING_STRING_FIELD (BillingEligibilityCheck, checked_on, 0),
  BILLING_STRING_FIELD (BillingEligibilityCheck, disposition, 0),
  BILLING_STRING_FIELD (BillingEligibilityCheck, patient_name, BILLING_FIELD_JOINED),
};

static void
billing_eligibility_check_class_init (BillingEligibilityCheckClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "eligibility_checks", "chk", NULL,
                                eligibility_check_fields, G_N_ELEMENTS (eligibility_check_fields));
}

static void
billing_eligibility_check_init (BillingEligibilityCheck *self)
{
}

BillingEligibilityCheck *
billing_eligibility_check_new (void)
{
  return g_object_new (BILLING_TYPE_ELIGIBILITY_CHECK, NULL);
}

G_DEFINE_FINAL_TYPE (BillingBenefit, billing_benefit, BILLING_TYPE_RECORD)

static BillingField benefit_fields[] = {
  BILLING_STRING_FIELD (BillingBenefit, check_id, 0),
  BILLING_ENUM_FIELD (BillingBenefit, type, billing_benefit_type_get_type, 0),
  BILLING_STRING_FIELD (BillingBenefit, category, 0),
  BILLING_STRING_FIELD (BillingBenefit, code, 0),
  BILLING_STRING_FIELD (BillingBenefit, network, 0),
  BILLING_STRING_FIELD (BillingBenefit, unit, 0),
  BILLING_STRING_FIELD (BillingBenefit, term, 0),
  BILLING_INT64_FIELD (BillingBenefit, amount, 0),
  BILLING_INT64_FIELD (BillingBenefit, used, 0),
  BILLING_STRING_FIELD (BillingBenefit, currency, 0),
  BILLING_INT64_FIELD (BillingBenefit, percent, 0),
};

static void
billing_benefit_class_init (BillingBenefitClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "benefits", "ben", NULL,
                                benefit_fields, G_N_ELEMENTS (benefit_fields));
}

static void
billing_benefit_init (BillingBenefit *self)
{
}

BillingBenefit *
billing_benefit_new (void)
{
  return g_object_new (BILLING_TYPE_BENEFIT, NULL);
}
