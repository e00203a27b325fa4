/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BILLING_TYPE_DASHBOARD_ROW (billing_dashboard_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingDashboardRow, billing_dashboard_row, BILLING, DASHBOARD_ROW, GtkButton)

/**
 * BillingDashboardRow:
 *
 * A line of a card, or all that is left of one in a low window: what it is, how many, how much. It is called like its `title`.
 */
void billing_dashboard_row_set_text (BillingDashboardRow *self,
                                     const char          *count,
                                     const char          *amount,
                                     const char          *spoken);

G_END_DECLS
