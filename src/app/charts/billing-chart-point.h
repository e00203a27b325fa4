/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BILLING_CHART_MAX_SERIES:
 *
 * How many numbers one point of a chart may have.
 */
#define BILLING_CHART_MAX_SERIES 3

#define BILLING_TYPE_CHART_POINT (billing_chart_point_get_type ())
G_DECLARE_FINAL_TYPE (BillingChartPoint, billing_chart_point, BILLING, CHART_POINT, GObject)

/**
 * BillingChartPoint:
 *
 * One place of a chart: a month, a status, an age, with up to %BILLING_CHART_MAX_SERIES numbers. These are minor units of the
 * chart's currency, or counts. Immutable but for its numbers, which are set before the chart gets it.
 */
BillingChartPoint *billing_chart_point_new       (const char        *key,
                                                  const char        *label,
                                                  const char        *title,
                                                  gint64             value);
void               billing_chart_point_set_value (BillingChartPoint *self,
                                                  guint              series,
                                                  gint64             value);
void               billing_chart_point_set_class (BillingChartPoint *self,
                                                  const char        *css_class);

const char        *billing_chart_point_get_key   (BillingChartPoint *self);
const char        *billing_chart_point_get_label (BillingChartPoint *self);
const char        *billing_chart_point_get_title (BillingChartPoint *self);
const char        *billing_chart_point_get_class (BillingChartPoint *self);
gint64             billing_chart_point_get_value (BillingChartPoint *self,
                                                  guint              series);

G_END_DECLS
