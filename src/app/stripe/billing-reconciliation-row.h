/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-reconciliation-line.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RECONCILIATION_ROW (billing_reconciliation_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingReconciliationRow, billing_reconciliation_row, BILLING, RECONCILIATION_ROW, AdwActionRow)

/**
 * BillingReconciliationRow:
 *
 * One line of a reconciliation: what it is, how much, by how much it does not fit; it leads to what it is about.
 */
GtkWidget *billing_reconciliation_row_new             (BillingReconciliationLine *line,
                                                       const char                *time_zone);

char      *billing_reconciliation_row_format_title    (BillingReconciliationLine *line,
                                                       const char                *time_zone);
char      *billing_reconciliation_row_format_subtitle (BillingReconciliationLine *line);

G_END_DECLS
