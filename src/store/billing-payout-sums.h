/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-payout.h"

G_BEGIN_DECLS

/**
 * BILLING_PAYOUT_OWN_TRANSACTION:
 *
 * SQL: whether a balance transaction `b` is the one by which the payout `o` itself left the balance. Other payouts may stand among what a
 * payout consists of: one that was made by hand in between, or that came back.
 */
#define BILLING_PAYOUT_OWN_TRANSACTION "(b.type = 'payout' AND b.source = o.id)"

/**
 * BillingPayoutBalance:
 * @currency: ISO 4217
 * @available: minor units that can be paid out
 * @pending: minor units that will be
 * @instant: minor units that could be paid out at once; -1: Stripe does not say
 *
 * What Stripe holds in one currency, as it said last.
 */
typedef struct {
  char currency[4];
  gint64 available;
  gint64 pending;
  gint64 instant;
} BillingPayoutBalance;

/**
 * BillingPayoutUpcoming:
 * @day: (owned): on which it becomes available, in Stripe's days, which are those of UTC
 * @pays_out_on: (owned) (nullable): on which Stripe pays it out by itself; %NULL: not at all, or not known
 * @currency: ISO 4217
 * @count: of how many transactions
 * @amount: minor units, net
 *
 * What will be available.
 */
typedef struct {
  char *day;
  char *pays_out_on;
  char currency[4];
  gint64 count;
  gint64 amount;
} BillingPayoutUpcoming;

/**
 * BillingPayoutOutlook:
 * @balances: (element-type BillingPayoutBalance)
 * @schedule: when Stripe pays out
 * @upcoming: (element-type BillingPayoutUpcoming): the next first
 * @underway: (element-type BillingPayout): payouts that have not arrived, the next first
 *
 * What stands over the list of payouts.
 */
typedef struct {
  GArray *balances;
  BillingPayoutSchedule *schedule;
  GPtrArray *upcoming;
  GPtrArray *underway;
} BillingPayoutOutlook;

BillingPayoutStatement *billing_payout_read_statement (BillingConnection  *connection,
                                                       const char         *payout,
                                                       GError            **error);
GArray                 *billing_payout_read_balances  (BillingConnection  *connection,
                                                       GError            **error);
BillingPayoutSchedule  *billing_payout_read_schedule  (BillingConnection  *connection,
                                                       GError            **error);
BillingPayoutOutlook   *billing_payout_read_outlook   (BillingConnection  *connection,
                                                       const char         *today,
                                                       GError            **error);
void                    billing_payout_outlook_free   (BillingPayoutOutlook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingPayoutOutlook, billing_payout_outlook_free)

G_END_DECLS
