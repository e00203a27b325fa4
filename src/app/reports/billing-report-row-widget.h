/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-report-table.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REPORT_ROW_WIDGET (billing_report_row_widget_get_type ())
G_DECLARE_FINAL_TYPE (BillingReportRowWidget, billing_report_row_widget, BILLING, REPORT_ROW_WIDGET, GtkBox)

/**
 * BillingReportRowWidget:
 *
 * A row of the table under a chart: what it is about and, for each report, an amount that opens its rows.
 *
 * Signal: `activated` (BillingReportLine, guint series): somebody wants to see what the amount is made of.
 */
GtkWidget *billing_report_row_widget_new        (void);
void       billing_report_row_widget_set_header (BillingReportRowWidget   *self,
                                                 const char * const       *names,
                                                 guint                     n_series,
                                                 gboolean                  has_counts);
void       billing_report_row_widget_set_row    (BillingReportRowWidget   *self,
                                                 const BillingReportRow   *row,
                                                 const char * const       *names,
                                                 guint                     n_series);
void       billing_report_row_widget_set_totals (BillingReportRowWidget   *self,
                                                 const BillingReportTable *table,
                                                 const char * const       *names);

G_END_DECLS
