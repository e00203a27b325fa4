/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-chart-point.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CHART_ENTRY (billing_chart_entry_get_type ())
G_DECLARE_FINAL_TYPE (BillingChartEntry, billing_chart_entry, BILLING, CHART_ENTRY, GtkButton)

/**
 * BillingChartEntry:
 *
 * An entry of a legend: colour, name, number.
 */
GtkWidget *billing_chart_entry_new       (void);
void       billing_chart_entry_set_point (BillingChartEntry *self,
                                          BillingChartPoint *point,
                                          const char        *css_class,
                                          const char        *currency);

G_END_DECLS
