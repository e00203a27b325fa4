/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-query.h"

G_BEGIN_DECLS

/**
 * BillingPaymentFilter:
 *
 * What payments, ours and Stripe's, can be narrowed to, in the order in which it is shown.
 */
typedef enum {
  BILLING_PAYMENT_FILTER_OVERDUE,
  BILLING_PAYMENT_FILTER_STATUS,
  BILLING_PAYMENT_FILTER_LOCATION,
  BILLING_PAYMENT_FILTER_PATIENT,
  BILLING_PAYMENT_FILTER_TREATMENT,
  BILLING_PAYMENT_FILTER_PHYSICIAN,
  BILLING_PAYMENT_FILTER_PAID,
  BILLING_PAYMENT_FILTER_TENDER,
  BILLING_PAYMENT_FILTER_DUE,
  BILLING_PAYMENT_FILTER_CREATED,
  BILLING_PAYMENT_FILTER_AGE,
  BILLING_PAYMENT_FILTER_AMOUNT,
  BILLING_PAYMENT_FILTER_METHOD,
  BILLING_N_PAYMENT_FILTERS,
} BillingPaymentFilter;

/**
 * BillingPaymentFilterNames:
 * @location: (nullable): what people call the query's location; %NULL: as the query does
 * @patient: (nullable): likewise
 * @treatment: (nullable): likewise
 * @physician: (nullable): likewise
 * @currency: (nullable): of its amounts
 */
typedef struct {
  const char *location;
  const char *patient;
  const char *treatment;
  const char *physician;
  const char *currency;
} BillingPaymentFilterNames;

gboolean  billing_payment_filter_is_active (BillingPaymentFilter             filter,
                                            BillingQuery                    *query);
void      billing_payment_filter_copy      (BillingPaymentFilter             filter,
                                            BillingQuery                    *from,
                                            BillingQuery                    *to);
void      billing_payment_filter_clear     (BillingPaymentFilter             filter,
                                            BillingQuery                    *query);
char     *billing_payment_filter_format    (BillingPaymentFilter             filter,
                                            BillingQuery                    *query,
                                            const BillingPaymentFilterNames *names);

G_END_DECLS
