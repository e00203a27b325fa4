/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-estimate.h"

G_BEGIN_DECLS

#define BILLING_TYPE_ESTIMATE_ROW (billing_estimate_row_get_type ())
/**
 * BillingEstimateRow:
 *
 * A benefit, a line of the receipt, or of any other sum: what it is, and how much.
 */
G_DECLARE_FINAL_TYPE (BillingEstimateRow, billing_estimate_row, BILLING, ESTIMATE_ROW, GtkListBoxRow)

GtkWidget *billing_estimate_row_new_benefit (BillingEstimateBenefit *benefit);
GtkWidget *billing_estimate_row_new_sum     (const char             *title,
                                             const char             *value);
GtkWidget *billing_estimate_row_new_line    (BillingEstimateLine    *line);

G_END_DECLS
