/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LOCATION (billing_location_get_type ())
G_DECLARE_FINAL_TYPE (BillingLocation, billing_location, BILLING, LOCATION, BillingRecord)

/**
 * BillingLocation:
 *
 * A place where patients are treated.
 * To be read by its members; changed by its properties.
 */
struct _BillingLocation {
  BillingRecord parent_instance;

  char *name; /* (owned): as shown */
  char *address_line; /* (owned) (nullable) */
  char *city; /* (owned) (nullable) */
  char *region; /* (owned) (nullable) */
  char *postal_code; /* (owned) (nullable) */
  char *country; /* (owned) (nullable) */
  char *phone; /* (owned) (nullable) */
};

BillingLocation *billing_location_new (void);

#define BILLING_TYPE_PHYSICIAN (billing_physician_get_type ())
G_DECLARE_FINAL_TYPE (BillingPhysician, billing_physician, BILLING, PHYSICIAN, BillingRecord)

/**
 * BillingPhysician:
 *
 * Who treats.
 * To be read by its members; changed by its properties.
 */
struct _BillingPhysician {
  BillingRecord parent_instance;

  char *name; /* (owned): as shown, with prefix */
  char *npi; /* (owned) (nullable): National Provider Identifier */
  char *specialty; /* (owned) (nullable) */
};

BillingPhysician *billing_physician_new (void);

#define BILLING_TYPE_TREATMENT (billing_treatment_get_type ())
G_DECLARE_FINAL_TYPE (BillingTreatment, billing_treatment, BILLING, TREATMENT, BillingRecord)

/**
 * BillingTreatment:
 *
 * One visit or encounter.
 * To be read by its members; changed by its properties.
 */
struct _BillingTreatment {
  BillingRecord parent_instance;

  char *number; /* (owned): TRT-001 */
  char *patient_id; /* (owned): whose */
  char *location_id; /* (owned) (nullable): where */
  char *physician_id; /* (owned) (nullable): by whom */
  gint64 starts_at; /* Unix seconds */
  gint64 ends_at; /* Unix seconds, 0: not said */
  char *day; /* (owned): the service date in the practice's time zone */
  char *description; /* (owned) (nullable) */
  char *state; /* (owned): FHIR encounter status */
  char *currency; /* (owned): of the amounts below */
  gint64 charges; /* minor units: what was claimed for it */
  gint64 coinsurance; /* minor units of the patient's responsibility, from an ExplanationOfBenefit */
  gint64 deductible; /* likewise */
  gint64 copay; /* likewise */
  gint64 insurer_paid; /* minor units that the insurer paid */
  gint64 created_at; /* Unix seconds */
  char *patient_name; /* (owned) */
  char *location; /* (owned) */
  char *physician; /* (owned) */
  char *codes; /* (owned): the codes, separated by commas */
  gint64 balance; /* minor units that its patient still owes for it */
  char *owed_since; /* (owned) (nullable): day on which the first of that is due */
};

BillingTreatment *billing_treatment_new (void);

#define BILLING_TYPE_TREATMENT_CODE (billing_treatment_code_get_type ())
G_DECLARE_FINAL_TYPE (BillingTreatmentCode, billing_treatment_code, BILLING, TREATMENT_CODE, BillingRecord)

/**
 * BillingTreatmentCode:
 *
 * One coded thing done in a treatment; the code keeps its system.
 * To be read by its members; changed by its properties.
 */
struct _BillingTreatmentCode {
  BillingRecord parent_instance;

  char *treatment_id; /* (owned): in which */
  char *system; /* (owned): CPT, HCPCS, SNOMED CT, CVX, or the URI of another */
  char *code; /* (owned): as coded */
  char *display; /* (owned) (nullable): in words */
  gint64 units; /* how many */
  gint64 amount; /* minor units charged for it, 0: not said */
};

BillingTreatmentCode *billing_treatment_code_new (void);

G_END_DECLS
