/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_BALANCE_BAR (billing_balance_bar_get_type ())
G_DECLARE_FINAL_TYPE (BillingBalanceBar, billing_balance_bar, BILLING, BALANCE_BAR, GtkBox)

/**
 * BillingBalanceBar:
 *
 * What stands over the Stripe Dashboard: the balance in each currency, how fresh it is, the mode,
 * and the way into Stripe's own dashboard.
 */
void billing_balance_bar_set_desk (BillingBalanceBar *self,
                                   BillingDesk       *desk);
void billing_balance_bar_set_sync (BillingBalanceBar *self,
                                   BillingSync       *sync);

G_END_DECLS
