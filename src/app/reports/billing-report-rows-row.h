/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-list-row.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REPORT_ROWS_ROW (billing_report_rows_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingReportRowsRow, billing_report_rows_row, BILLING, REPORT_ROWS_ROW, GtkBox)

/**
 * BillingReportRowsRow:
 *
 * A refund, or a line of Stripe's ledger: what it is, when, and how much of it is in the number.
 */
GtkWidget *billing_report_rows_row_new      (gboolean              by_fee);
void       billing_report_rows_row_set_row  (BillingReportRowsRow *self,
                                             BillingListRow       *row);

G_END_DECLS
