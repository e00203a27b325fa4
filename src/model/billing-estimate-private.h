/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-estimate.h"

G_BEGIN_DECLS

/*
 * What the files of the estimate share. Only for this room.
 */

/* A check is old when it is older than this, in days. */
#define BILLING_ESTIMATE_OLD 30

/**
 * BillingEstimateCharge:
 * @code: (owned) (nullable): the procedure
 * @name: (owned) (nullable): in words
 * @rate: (owned) (nullable): the billing rate that says what the insurer allows for it
 * @amount: minor units; -1: not known
 *
 * One thing that is charged.
 */
typedef struct {
  char *code;
  char *name;
  char *rate;
  gint64 amount;
} BillingEstimateCharge;

/**
 * BillingEstimateService:
 * @code: (nullable): the procedure, %NULL for the visit as a whole
 * @categories: (nullable) (array zero-terminated=1): the X12 service types, or FHIR benefit categories, that it falls under
 *
 * What a benefit is looked for.
 */
typedef struct {
  const char *code;
  const char * const *categories;
} BillingEstimateService;

/**
 * BillingEstimatePool:
 * @benefit: (not owned) (nullable): the deductible or maximum; %NULL: none was given
 * @remaining: minor units that remain of it
 * @is_whole: the insurer did not say how much is used up: @remaining is all of it
 */
typedef struct {
  BillingBenefit *benefit;
  gint64 remaining;
  gboolean is_whole;
} BillingEstimatePool;

/* billing-estimate-pick.c */
BillingEstimateService billing_estimate_service (BillingPaymentType            type,
                                                 const char                   *code,
                                                 const char                   *principal);
BillingBenefit        *billing_estimate_pick    (GPtrArray                    *benefits,
                                                 BillingBenefitType            type,
                                                 const BillingEstimateService *service,
                                                 const char                   *currency,
                                                 BillingBenefit              **other);
BillingEstimatePool    billing_estimate_pool    (GPtrArray                    *benefits,
                                                 BillingBenefitType            type,
                                                 gboolean                      family,
                                                 const BillingEstimateService *service,
                                                 const char                   *currency);
gboolean               billing_estimate_is_excluded (GPtrArray                    *benefits,
                                                     const BillingEstimateService *service,
                                                     const char                   *currency);
gboolean               billing_estimate_is_out_of_network (BillingBenefit     *benefit);

/* billing-estimate-words.c */
char                  *billing_estimate_money   (BillingEstimate              *self,
                                                 gint64                        minor);
char                  *billing_estimate_percent (gint64                        hundredths);
char                  *billing_estimate_line_text (BillingEstimateLine        *line);
void                   billing_estimate_benefit_describe (BillingEstimateBenefit *benefit);
char                  *billing_estimate_explain (BillingEstimate              *self);
void                   billing_estimate_warn    (BillingEstimate              *self,
                                                 char                         *sentence);
void                   billing_estimate_miss    (BillingEstimate              *self,
                                                 char                         *sentence);

G_END_DECLS
