/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-chart.h"

G_BEGIN_DECLS

#define BILLING_TYPE_SHARE_CHART (billing_share_chart_get_type ())
G_DECLARE_FINAL_TYPE (BillingShareChart, billing_share_chart, BILLING, SHARE_CHART, BillingChart)

/**
 * BillingShareChart:
 *
 * Parts of a whole, by the first number of each point: one bar, divided. Numbers below zero have no part in it.
 */
GtkWidget *billing_share_chart_new (void);

G_END_DECLS
