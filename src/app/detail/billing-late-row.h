/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LATE_ROW (billing_late_row_get_type ())
/**
 * BillingLateRow:
 *
 * One sum of late money: what came, and what becomes of it. Its buttons activate `late.keep` and `late.refund` with its id.
 */
G_DECLARE_FINAL_TYPE (BillingLateRow, billing_late_row, BILLING, LATE_ROW, GtkBox)

GtkWidget *billing_late_row_new (gpointer     late,
                                 BillingDesk *desk);

G_END_DECLS
