/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PATIENT (billing_patient_get_type ())
G_DECLARE_FINAL_TYPE (BillingPatient, billing_patient, BILLING, PATIENT, BillingRecord)

/**
 * BillingPatient:
 *
 * The person treated.
 * To be read by its members; changed by its properties.
 */
struct _BillingPatient {
  BillingRecord parent_instance;

  char *number; /* (owned): PT-001, or the number that the importing system gave */
  char *name; /* (owned): as shown in lists: given and family name */
  char *given_name; /* (owned) (nullable) */
  char *family_name; /* (owned) (nullable) */
  char *birth_date; /* (owned) (nullable): FHIR date, as precise as it is known */
  char *gender; /* (owned) (nullable): FHIR administrative-gender, or what was written */
  char *phone; /* (owned) (nullable) */
  char *email; /* (owned) (nullable) */
  char *address_line; /* (owned) (nullable) */
  char *city; /* (owned) (nullable) */
  char *region; /* (owned) (nullable) */
  char *postal_code; /* (owned) (nullable) */
  char *country; /* (owned) (nullable) */
  char *language; /* (owned) (nullable): BCP 47 */
  gboolean deceased; /* says the importing system */
  gint64 credit; /* minor units: what the practice holds that settles nothing yet */
  gint64 credit_held; /* minor units of it that are on their way back by Stripe, and cannot be used */
  gboolean no_mail; /* wants no e-mail at all */
  gboolean no_reminders; /* wants no reminders */
  char *merged_into; /* (owned) (nullable): id of the patient whom this one turned out to be, at the end of any chain */
  char *typed; /* (owned) (nullable): columns that a person typed, separated by blanks: no import changes them */
  char *also; /* (owned) (nullable): numbers and names of those who turned out to be this patient */
  gint64 created_at; /* Unix seconds */
  gint64 balance; /* minor units that they still owe */
  char *owed_since; /* (owned) (nullable): day on which the first of that is due */
};

BillingPatient *billing_patient_new             (void);
gint64          billing_patient_get_free_credit (BillingPatient *self);

#define BILLING_TYPE_DUPLICATE (billing_duplicate_get_type ())
G_DECLARE_FINAL_TYPE (BillingDuplicate, billing_duplicate, BILLING, DUPLICATE, BillingRecord)

/**
 * BillingDuplicate:
 *
 * Two patients who may be one; found anew whenever somebody asks. Its id is theirs.
 */
struct _BillingDuplicate {
  BillingRecord parent_instance;

  char *reason; /* (owned): what they have in common: name, member-id, email */
  char *number; /* (owned): of who has been there longer */
  char *name; /* (owned) */
  char *birth_date; /* (owned) (nullable) */
  char *has; /* (owned): what belongs to them, in words; empty: nothing */
  char *other; /* (owned): number of the other */
  char *other_name; /* (owned) */
  char *other_birth_date; /* (owned) (nullable) */
  char *other_has; /* (owned) */
};

BillingDuplicate *billing_duplicate_new (void);

#define BILLING_TYPE_COVERAGE (billing_coverage_get_type ())
G_DECLARE_FINAL_TYPE (BillingCoverage, billing_coverage, BILLING, COVERAGE, BillingRecord)

/**
 * BillingCoverage:
 *
 * A patient's coverage by an insurer (FHIR Coverage).
 * To be read by its members; changed by its properties.
 */
struct _BillingCoverage {
  BillingRecord parent_instance;

  char *patient_id; /* (owned): whose */
  char *payer; /* (owned): the insurer, as it is called */
  char *member_id; /* (owned) (nullable): the subscriber id */
  char *plan; /* (owned) (nullable) */
  gint64 precedence; /* 1: primary */
  char *status; /* (owned): FHIR financial resource status: active, cancelled, … */
  char *starts_on; /* (owned) (nullable): day */
  char *ends_on; /* (owned) (nullable): day */
};

BillingCoverage *billing_coverage_new (void);

#define BILLING_TYPE_ELIGIBILITY_CHECK (billing_eligibility_check_get_type ())
G_DECLARE_FINAL_TYPE (BillingEligibilityCheck, billing_eligibility_check, BILLING, ELIGIBILITY_CHECK, BillingRecord)

/**
 * BillingEligibilityCheck:
 *
 * An insurer's answer about a patient's benefits (FHIR CoverageEligibilityResponse, X12 271).
 * To be read by its members; changed by its properties.
 */
struct _BillingEligibilityCheck {
  BillingRecord parent_instance;

  char *patient_id; /* (owned): whose */
  char *coverage_id; /* (owned) (nullable) */
  char *payer; /* (owned): the insurer */
  char *plan; /* (owned) (nullable) */
  BillingEligibilityStatus status; /* what was answered */
  char *checked_on; /* (owned): day on which it was asked */
  char *disposition; /* (owned) (nullable): the insurer's words, or its error */
  char *patient_name; /* (owned) */
};

BillingEligibilityCheck *billing_eligibility_check_new (void);

#define BILLING_TYPE_BENEFIT (billing_benefit_get_type ())
G_DECLARE_FINAL_TYPE (BillingBenefit, billing_benefit, BILLING, BENEFIT, BillingRecord)

/**
 * BillingBenefit:
 *
 * One line of an eligibility check.
 * To be read by its members; changed by its properties.
 */
struct _BillingBenefit {
  BillingRecord parent_instance;

  char *check_id; /* (owned): of which check */
  BillingBenefitType type; /* what it is about */
  char *category; /* (owned) (nullable): FHIR benefit category or X12 service type, as coded */
  char *code; /* (owned) (nullable): a procedure that it is limited to */
  char *network; /* (owned) (nullable): in, out */
  char *unit; /* (owned) (nullable): individual, family */
  char *term; /* (owned) (nullable): annual, visit, remaining, … */
  gint64 amount; /* minor units allowed, -1: no amount */
  gint64 used; /* minor units used up, -1: not said */
  char *currency; /* (owned) (nullable) */
  gint64 percent; /* hundredths of a percent that the patient pays, -1: no percentage */
};

BillingBenefit *billing_benefit_new (void);

G_END_DECLS
