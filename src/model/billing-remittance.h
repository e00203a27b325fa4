/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REMITTANCE (billing_remittance_get_type ())
G_DECLARE_FINAL_TYPE (BillingRemittance, billing_remittance, BILLING, REMITTANCE, BillingRecord)

/**
 * BillingRemittance:
 *
 * What an insurer paid with one cheque or transfer, and for what: an X12 835, or a FHIR ExplanationOfBenefit. What it says never
 * changes; what became of its lines is kept by the books.
 */
struct _BillingRemittance {
  BillingRecord parent_instance;

  char *number; /* (owned): REM-001 */
  char *format; /* (owned): 835 or eob */
  char *payer; /* (owned): who paid, "" where nobody says */
  char *payer_code; /* (owned) (nullable): how the insurer identifies itself */
  char *payee; /* (owned) (nullable): who was paid */
  char *reference; /* (owned): number of the cheque or transfer, or of the explanation */
  char *method; /* (owned) (nullable): as coded: CHK, ACH, NON */
  char *day; /* (owned) (nullable): when the money moved; else when it was written */
  gint64 amount; /* minor units that were paid */
  gint64 claims; /* minor units that its claims come to */
  gint64 provider_adjusted; /* minor units that were kept for something else than its claims; negative: paid besides them */
  char *provider_codes; /* (owned) (nullable): why, each “CODE:minor units” */
  gint64 imbalance; /* minor units: @amount − (@claims − @provider_adjusted) */
  char *currency; /* (owned): ISO 4217 */
  gint64 created_at; /* Unix seconds: when it came in */
  gint64 n_lines; /* how many lines it has */
  gint64 n_open; /* lines that somebody has to do something about */
  gint64 n_posted; /* lines that are answers of services now */
  gint64 posted; /* minor units that those lines paid */
  BillingRemittanceState state; /* where it stands */
  gint64 n_matched; /* lines whose service is known and that are not posted */
  gint64 to_post; /* minor units of those */
};

BillingRemittance *billing_remittance_new (void);

#define BILLING_TYPE_REMITTANCE_LINE (billing_remittance_line_get_type ())
G_DECLARE_FINAL_TYPE (BillingRemittanceLine, billing_remittance_line, BILLING, REMITTANCE_LINE, BillingRecord)

/**
 * BillingRemittanceLine:
 *
 * What an insurer says of one service, or of a claim as a whole where it says no more (@level claim), or of a claim besides what it
 * says of its services (@level rest). The lines of a claim sum up to what the claim says.
 */
struct _BillingRemittanceLine {
  BillingRecord parent_instance;

  char *remittance_id; /* (owned): of which remittance */
  gint64 place; /* which line of its claim, from 1 */
  char *level; /* (owned): service, claim or rest */
  char *claim; /* (owned): the practice’s number of the claim */
  char *payer_claim; /* (owned) (nullable): the insurer’s number of it */
  char *claim_status; /* (owned) (nullable): as coded: 1 primary, 2 secondary, 4 denied, 22 reversal … */
  char *patient_name; /* (owned) (nullable): as the insurer writes it */
  char *member_id; /* (owned) (nullable) */
  char *treatment_id; /* (owned) (nullable): the treatment that it names */
  char *day; /* (owned) (nullable): of the service */
  char *code; /* (owned) (nullable): as it was asked for */
  char *modifiers; /* (owned) (nullable): separated by blanks */
  gint64 units; /* how many */
  gint64 charge; /* minor units that were asked for */
  gint64 allowed; /* minor units; -1: it does not say */
  gint64 paid; /* minor units */
  gint64 adjusted; /* minor units that nobody pays, by the contract with the insurer */
  gint64 prior; /* minor units that other insurers dealt with before */
  gint64 patient; /* minor units that it says are the patient’s */
  gint64 imbalance; /* minor units: @charge − all of these */
  char *codes; /* (owned) (nullable): why: “CO-45:minor units” and remarks, separated by blanks */
  char *service_id; /* (owned) (nullable): the service that it is about */
  char *answer_id; /* (owned) (nullable): the answer that it became */
  BillingRemittanceLineState state; /* where it stands */
  char *why; /* (owned) (nullable): why it is unmatched, refused or set aside */
  gint64 done_at; /* Unix seconds: when it was posted, refused or set aside; 0: it was not */
  char *done_by; /* (owned) (nullable): account of who did */
  char *chosen_by; /* (owned) (nullable): account of who said which service it is; %NULL: nobody had to */
  char *remittance; /* (owned): number of the remittance */
  char *payer; /* (owned) */
  char *reference; /* (owned): of the remittance */
  char *paid_on; /* (owned) (nullable): day of the remittance */
  char *currency; /* (owned): ISO 4217 */
  char *service; /* (owned) (nullable): number of the service */
  char *service_name; /* (owned) (nullable) */
};

BillingRemittanceLine *billing_remittance_line_new (void);

#define BILLING_TYPE_KEPT_ESTIMATE (billing_kept_estimate_get_type ())
G_DECLARE_FINAL_TYPE (BillingKeptEstimate, billing_kept_estimate, BILLING, KEPT_ESTIMATE, BillingRecord)

/**
 * BillingKeptEstimate:
 *
 * What a payment was estimated to be when it was created, kept so that it can be compared with what the insurer left to the
 * patient in the end.
 */
struct _BillingKeptEstimate {
  BillingRecord parent_instance;

  char *payment_id; /* (owned): of which payment */
  char *treatment_id; /* (owned) (nullable): for which treatment */
  char *payer; /* (owned) (nullable): whose answer it was worked out of */
  gint64 charge; /* minor units that it is a part of */
  gint64 estimated; /* minor units: the patient’s */
  char *currency; /* (owned): ISO 4217 */
  char *person; /* (owned): who created the payment */
  gint64 created_at; /* Unix seconds */
  char *payment; /* (owned): number of the payment */
  char *treatment; /* (owned) (nullable): number of the treatment */
  char *patient_name; /* (owned) */
  char *day; /* (owned) (nullable): of the insurer’s last answer; %NULL: it has not answered every service yet */
  gint64 actual; /* minor units that are the patient’s in the end; -1: not known yet */
};

BillingKeptEstimate *billing_kept_estimate_new (void);

#define BILLING_TYPE_ESTIMATE_SCORE (billing_estimate_score_get_type ())
G_DECLARE_FINAL_TYPE (BillingEstimateScore, billing_estimate_score, BILLING, ESTIMATE_SCORE, BillingRecord)

/**
 * BillingEstimateScore:
 *
 * How near the estimates of an insurer’s patients came to what they owed in the end. It is worked out, never stored.
 */
struct _BillingEstimateScore {
  BillingRecord parent_instance;

  char *payer; /* (owned): "" where nobody was asked */
  char *currency; /* (owned): ISO 4217 */
  gint64 n; /* how many estimates */
  gint64 n_answered; /* of which the insurer has answered all services by now */
  gint64 estimated; /* minor units of these */
  gint64 actual; /* minor units that the patients owed in the end */
  gint64 difference; /* minor units: @actual − @estimated */
  gint64 within; /* hundredths of a percent of @n_answered that were within 10 % of the actual amount; -1: none was answered */
};

BillingEstimateScore *billing_estimate_score_new (void);

G_END_DECLS
