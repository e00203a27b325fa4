/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DASHBOARD (billing_dashboard_get_type ())
G_DECLARE_FINAL_TYPE (BillingDashboard, billing_dashboard, BILLING, DASHBOARD, GtkBox)

/**
 * BillingDashboard:
 *
 * The cards over the payments: what came in, what is owed, how the payments stand. They follow the books, and fold to one
 * line where the window is low or the person wants that. Without payments there are none.
 *
 * Signal: `filter` (#BillingQuery): something was clicked; these are exactly the payments that sum to it.
 */
GtkWidget *billing_dashboard_new      (void);
void       billing_dashboard_set_desk (BillingDashboard *self,
                                       BillingDesk      *desk);
void       billing_dashboard_update   (BillingDashboard *self);

G_END_DECLS
