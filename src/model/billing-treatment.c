/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-treatment"

#include "config.h"

#include "billing-treatment.h"

#include "billing-enums.h"

/* Treatments: where, by whom, what was done. */

G_DEFINE_FINAL_TYPE (BillingLocation, billing_location, BILLING_TYPE_RECORD)

static BillingField location_fields[] = {
  BILLING_STRING_FIELD (BillingLocation, name, 0),
  BILLING_STRING_FIELD (BillingLocation, address_line, 0),
  BILLING_STRING_FIELD (BillingLocation, city, 0),
  BILLING_STRING_FIELD (BillingLocation, region, 0),
  BILLING_STRING_FIELD (BillingLocation, postal_code, 0),
  BILLING_STRING_FIELD (BillingLocation, country, 0),
  BILLING_STRING_FIELD (BillingLocation, phone, 0),
};

static void
billing_location_class_init (BillingLocationClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "locations", "loc", NULL,
                                location_fields, G_N_ELEMENTS (location_fields));
}

static void
billing_location_init (BillingLocation *self)
{
}

BillingLocation *
billing_location_new (void)
{
  return g_object_new (BILLING_TYPE_LOCATION, NULL);
}

G_DEFINE_FINAL_TYPE (BillingPhysician, billing_physician, BILLING_TYPE_RECORD)

static BillingField physician_fields[] = {
  BILLING_STRING_FIELD (BillingPhysician, name, 0),
  BILLING_STRING_FIELD (BillingPhysician, npi, 0),
  BILLING_STRING_FIELD (BillingPhysician, specialty, 0),
};

static void
billing_physician_class_init (BillingPhysicianClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "physicians", "phy", NULL,
                                physician_fields, G_N_ELEMENTS (physician_fields));
}

static void
billing_physician_init (BillingPhysician *self)
{
}

BillingPhysician *
billing_physician_new (void)
{
  return g_object_new (BILLING_TYPE_PHYSICIAN, NULL);
}

G_DEFINE_FINAL_TYPE (BillingTreatment, billing_treatment, BILLING_TYPE_RECORD)

static BillingField treatment_fields[] = {
  BILLING_STRING_FIELD (BillingTreatment, number, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingTreatment, patient_id, 0),
  BILLING_STRING_FIELD (BillingTreatment, location_id, 0),
  BILLING_STRING_FIELD (BillingTreatment, physician_id, 0),
  BILLING_INT64_FIELD (BillingTreatment, starts_at, 0),
  BILLING_INT64_FIELD (BillingTreatment, ends_at, 0),
  BILLING_STRING_FIELD (BillingTreatment, day, 0),
  BILLING_STRING_FIELD (BillingTreatment, description, 0),
  BILLING_STRING_FIELD (BillingTreatment, state, 0),
  BILLING_STRING_FIELD (BillingTreatment, currency, 0),
  BILLING_INT64_FIELD (BillingTreatment, charges, 0),
  BILLING_INT64_FIELD (BillingTreatment, coinsurance, 0),
  BILLING_INT64_FIELD (BillingTreatment, deductible, 0),
  BILLING_INT64_FIELD (BillingTreatment, copay, 0),
  BILLING_INT64_FIELD (BillingTreatment, insurer_paid, 0),
  BILLING_INT64_FIELD (BillingTreatment, created_at, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingTreatment, patient_name, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingTreatment, location, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingTreatment, physician, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingTreatment, codes, BILLING_FIELD_JOINED),
  BILLING_INT64_FIELD (BillingTreatment, balance, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingTreatment, owed_since, BILLING_FIELD_JOINED),
};

static void
billing_treatment_class_init (BillingTreatmentClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "treatments", "trt", "TRT",
                                treatment_fields, G_N_ELEMENTS (treatment_fields));
}

static void
billing_treatment_init (BillingTreatment *self)
{
}

BillingTreatment *
billing_treatment_new (void)
{
  return g_object_new (BILLING_TYPE_TREATMENT, NULL);
}

G_DEFINE_FINAL_TYPE (BillingTreatmentCode, billing_treatment_code, BILLING_TYPE_RECORD)

static BillingField treatment_code_fields[] = {
  BILLING_STRING_FIELD (BillingTreatmentCode, treatment_id, 0),
  BILLING_STRING_FIELD (BillingTreatmentCode, system, 0),
  BILLING_STRING_FIELD (BillingTreatmentCode, code, 0),
  BILLING_STRING_FIELD (BillingTreatmentCode, display, 0),
  BILLING_INT64_FIELD (BillingTreatmentCode, units, 0),
  BILLING_INT64_FIELD (BillingTreatmentCode, amount, 0),
};

static void
billing_treatment_code_class_init (BillingTreatmentCodeClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "treatment_codes", "cod", NULL,
                                treatment_code_fields, G_N_ELEMENTS (treatment_code_fields));
}

static void
billing_treatment_code_init (BillingTreatmentCode *self)
{
}

BillingTreatmentCode *
billing_treatment_code_new (void)
{
  return g_object_new (BILLING_TYPE_TREATMENT_CODE, NULL);
}
