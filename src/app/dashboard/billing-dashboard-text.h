/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dashboard-numbers.h"

G_BEGIN_DECLS

/**
 * BillingDashboardTrend:
 *
 * Where this month is going, next to the same days of the last one.
 */
typedef enum {
  BILLING_DASHBOARD_TREND_UNKNOWN,
  BILLING_DASHBOARD_TREND_DOWN,
  BILLING_DASHBOARD_TREND_LEVEL,
  BILLING_DASHBOARD_TREND_UP,
} BillingDashboardTrend;

/*
 * What the cards say: pure functions that return new text, empty where there is nothing to say.
 */

char                  *billing_dashboard_text_amount   (const BillingDashboardSum     *sum,
                                                        gint64                         amount);
char                  *billing_dashboard_text_others   (const BillingDashboardNumbers *numbers,
                                                        gsize                          member);
char                  *billing_dashboard_text_refunded (const BillingDashboardNumbers *numbers);
char                  *billing_dashboard_text_payments (gint64                         n);
char                  *billing_dashboard_text_overdue  (gint64                         n);
BillingDashboardTrend  billing_dashboard_get_trend     (const BillingDashboardNumbers *numbers,
                                                        gint64                        *percent);
char                  *billing_dashboard_text_trend    (const BillingDashboardNumbers *numbers,
                                                        gboolean                       spoken);

G_END_DECLS
