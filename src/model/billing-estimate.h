/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-patient.h"

G_BEGIN_DECLS

/**
 * BillingEstimateState:
 * @BILLING_ESTIMATE_STATE_NONE: payments of this type are not estimated
 * @BILLING_ESTIMATE_STATE_NO_COVERAGE: no coverage is known, and no check either
 * @BILLING_ESTIMATE_STATE_COVERAGE_ENDED: coverages are known, but none is active today
 * @BILLING_ESTIMATE_STATE_NO_CHECK: nobody asked the insurer
 * @BILLING_ESTIMATE_STATE_ERROR: the insurer did not answer the question (X12 AAA, FHIR outcome `error`)
 * @BILLING_ESTIMATE_STATE_INACTIVE: the insurer says that the coverage is not active
 * @BILLING_ESTIMATE_STATE_NO_BENEFITS: the answer has nothing that the rules could work with
 * @BILLING_ESTIMATE_STATE_NO_CHARGE: without a charge nothing can be told
 * @BILLING_ESTIMATE_STATE_READY: there is an amount
 *
 * What became of an estimate. It keeps nobody from creating the payment.
 */
typedef enum {
  BILLING_ESTIMATE_STATE_NONE,
  BILLING_ESTIMATE_STATE_NO_COVERAGE,
  BILLING_ESTIMATE_STATE_COVERAGE_ENDED,
  BILLING_ESTIMATE_STATE_NO_CHECK,
  BILLING_ESTIMATE_STATE_ERROR,
  BILLING_ESTIMATE_STATE_INACTIVE,
  BILLING_ESTIMATE_STATE_NO_BENEFITS,
  BILLING_ESTIMATE_STATE_NO_CHARGE,
  BILLING_ESTIMATE_STATE_READY,
} BillingEstimateState;

/**
 * BillingEstimateStep:
 * @BILLING_ESTIMATE_STEP_CHARGE: what is charged; the sum of these is the base
 * @BILLING_ESTIMATE_STEP_DEDUCTIBLE: what of a charge the deductible leaves to the patient
 * @BILLING_ESTIMATE_STEP_COINSURANCE: the patient's share of what is left of a charge
 * @BILLING_ESTIMATE_STEP_EXCLUDED: a charge that the insurer does not pay for at all
 * @BILLING_ESTIMATE_STEP_COPAY: a fixed amount
 * @BILLING_ESTIMATE_STEP_OUT_OF_POCKET: what is above the most that the patient still has to pay; negative
 * @BILLING_ESTIMATE_STEP_CAP: what is above the charge itself; negative
 *
 * The steps of the arithmetic. All but the charges sum to the estimate.
 */
typedef enum {
  BILLING_ESTIMATE_STEP_CHARGE,
  BILLING_ESTIMATE_STEP_DEDUCTIBLE,
  BILLING_ESTIMATE_STEP_COINSURANCE,
  BILLING_ESTIMATE_STEP_EXCLUDED,
  BILLING_ESTIMATE_STEP_COPAY,
  BILLING_ESTIMATE_STEP_OUT_OF_POCKET,
  BILLING_ESTIMATE_STEP_CAP,
} BillingEstimateStep;

#define BILLING_TYPE_ESTIMATE_LINE (billing_estimate_line_get_type ())
G_DECLARE_FINAL_TYPE (BillingEstimateLine, billing_estimate_line, BILLING, ESTIMATE_LINE, BillingRecord)

/**
 * BillingEstimateLine:
 *
 * One line of the receipt. To be read by its members or properties.
 */
struct _BillingEstimateLine {
  BillingRecord parent_instance;

  BillingEstimateStep step;
  char *code;     /* (owned) (nullable): the procedure that it is about */
  char *name;     /* (owned) (nullable): that procedure in words */
  char *rate;     /* (owned) (nullable): of a charge: the billing rate that says what the insurer allows for it */
  gint64 of;      /* minor units: of co-insurance what it is a share of; of a deductible or maximum what remained of it; else -1 */
  gint64 percent; /* hundredths of a percent, of co-insurance; else -1 */
  gboolean family; /* the family's deductible or maximum was the smaller one */
  char *currency; /* (owned) */
  gint64 amount;  /* minor units */
  char *text;     /* (owned): the line for a person, without the amount */
};

#define BILLING_TYPE_ESTIMATE_BENEFIT (billing_estimate_benefit_get_type ())
G_DECLARE_FINAL_TYPE (BillingEstimateBenefit, billing_estimate_benefit, BILLING, ESTIMATE_BENEFIT, BillingRecord)

/**
 * BillingEstimateBenefit:
 *
 * One benefit as it counts for this payment. To be read by its members or properties.
 */
struct _BillingEstimateBenefit {
  BillingRecord parent_instance;

  BillingBenefitType type;
  char *code;     /* (owned) (nullable): the procedure that it is limited to */
  gboolean given; /* the insurer said something of it */
  char *currency; /* (owned) */
  gint64 amount;  /* minor units: of a copay; what remains of a deductible or maximum; -1: none */
  gint64 percent; /* hundredths of a percent, of co-insurance; else -1 */
  char *title;    /* (owned): its name for a person */
  char *value;    /* (owned): what it is, for a person */
};

#define BILLING_TYPE_ESTIMATE (billing_estimate_get_type ())
G_DECLARE_FINAL_TYPE (BillingEstimate, billing_estimate, BILLING, ESTIMATE, BillingRecord)

/**
 * BillingEstimate:
 *
 * What a patient will probably owe, from an insurer's answer. To be read by its members; the scalar ones are
 * properties too. It is worked out, never stored.
 *
 * Made with billing_estimate_new(), which is told what is charged (billing_estimate_add_charge()), which of the patient's
 * eligibility checks counts (billing_estimate_choose()), and works it out of that check's benefits
 * (billing_estimate_compute()).
 */
struct _BillingEstimate {
  BillingRecord parent_instance;

  BillingEstimateState state;
  char *patient_id;   /* (owned) (nullable) */
  BillingPaymentType payment_type;
  char *treatment;    /* (owned) (nullable): its number */
  char *check_id;     /* (owned) (nullable): the eligibility check that it is from */
  char *coverage_id;  /* (owned) (nullable) */
  char *payer;        /* (owned) (nullable): the insurer */
  char *plan;         /* (owned) (nullable) */
  char *checked_on;   /* (owned) (nullable): day */
  gint64 age;         /* days since then; -1: there is no check */
  char *disposition;  /* (owned) (nullable): the insurer's words */
  char *currency;     /* (owned) */
  gint64 charge;      /* minor units: the base; -1: not known */
  gint64 copay;       /* minor units of the visit's; -1: not given */
  gint64 coinsurance; /* hundredths of a percent; -1: not given */
  gint64 deductible;  /* minor units of it that remain; -1: not given */
  gint64 out_of_pocket; /* likewise, of the most that the patient pays in a year */
  gint64 amount;      /* minor units: the estimate; -1: there is none */
  char *sentence;     /* (owned) (nullable): why there is none */

  char *today;           /* (owned): day that it is made on */
  GListStore *lines;     /* (owned) (element-type BillingEstimateLine): the receipt */
  GListStore *benefits;  /* (owned) (element-type BillingEstimateBenefit): the four of the visit, then by procedure */
  GPtrArray *missing;    /* (owned) (element-type utf8): sentences: what the insurer did not say */
  GPtrArray *warnings;   /* (owned) (element-type utf8): sentences: what else to bear in mind */
  GPtrArray *checks;     /* (owned) (element-type BillingEligibilityCheck): of the patient, the newest first */
  GPtrArray *coverages;  /* (owned) (element-type BillingCoverage): of the patient, the primary one first */
  GPtrArray *charges;    /* (owned): see billing_estimate_add_charge() */
};

gboolean         billing_estimate_applies    (BillingPaymentType   type);
const char      *billing_estimate_get_caveat (BillingEstimate *self);

BillingEstimate *billing_estimate_new        (BillingPaymentType   type,
                                              const char          *currency,
                                              const char          *today);
void             billing_estimate_add_charge (BillingEstimate     *self,
                                              const char          *code,
                                              const char          *name,
                                              gint64               amount);
void             billing_estimate_add_allowed (BillingEstimate    *self,
                                              const char          *code,
                                              const char          *name,
                                              const char          *rate,
                                              gint64               amount);
void             billing_estimate_choose     (BillingEstimate     *self,
                                              GPtrArray           *coverages,
                                              GPtrArray           *checks,
                                              const char          *check_id);
gboolean         billing_estimate_compute    (BillingEstimate     *self,
                                              GPtrArray           *benefits,
                                              GError             **error);

char            *billing_estimate_dup_source (BillingEstimate     *self);
char            *billing_estimate_dup_choice (BillingEstimate     *self,
                                              guint                check);

G_END_DECLS
