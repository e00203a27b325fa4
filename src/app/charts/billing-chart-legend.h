/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-chart.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CHART_LEGEND (billing_chart_legend_get_type ())
G_DECLARE_FINAL_TYPE (BillingChartLegend, billing_chart_legend, BILLING, CHART_LEGEND, GtkGrid)

/**
 * BillingChartLegend:
 *
 * The points of a chart with their colours, names and first numbers, column by column. A click does what a click on
 * the point's mark does; what has no number cannot be clicked.
 *
 * Properties: `chart` (#BillingChart), `rows` (guint): after how many a column ends.
 */
void billing_chart_legend_set_chart (BillingChartLegend *self,
                                     BillingChart       *chart);

G_END_DECLS
