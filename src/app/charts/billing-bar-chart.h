/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-chart.h"

G_BEGIN_DECLS

#define BILLING_TYPE_BAR_CHART (billing_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (BillingBarChart, billing_bar_chart, BILLING, BAR_CHART, BillingChart)

/**
 * BillingBarChart:
 *
 * Bars over an axis of round numbers; where there are several series, side by side or stacked, with a legend.
 *
 * Properties: `horizontal` (gboolean): bars lie, with whole labels beside them; `stacked` (gboolean).
 */
GtkWidget *billing_bar_chart_new            (void);
void       billing_bar_chart_set_horizontal (BillingBarChart *self,
                                             gboolean         horizontal);
void       billing_bar_chart_set_stacked    (BillingBarChart *self,
                                             gboolean         stacked);

G_END_DECLS
