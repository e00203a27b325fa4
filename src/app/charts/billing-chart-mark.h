/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-chart-point.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CHART_MARK (billing_chart_mark_get_type ())
G_DECLARE_FINAL_TYPE (BillingChartMark, billing_chart_mark, BILLING, CHART_MARK, GtkButton)

/**
 * BillingChartMark:
 *
 * A bar of a chart, or a part of one: a button that draws it. It is as large as the place in which a click means it; the
 * bar itself may be smaller, or nothing at all.
 */
GtkWidget         *billing_chart_mark_new        (void);
void               billing_chart_mark_set        (BillingChartMark      *self,
                                                  BillingChartPoint     *point,
                                                  guint                  series,
                                                  const char            *css_class);
BillingChartPoint *billing_chart_mark_get_point  (BillingChartMark      *self);
guint              billing_chart_mark_get_series (BillingChartMark      *self);
void               billing_chart_mark_set_bar    (BillingChartMark      *self,
                                                  const GskRoundedRect  *bar);

G_END_DECLS
