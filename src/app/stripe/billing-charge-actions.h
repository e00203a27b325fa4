/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-stripe-records.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CHARGE_ACTIONS (billing_charge_actions_get_type ())
G_DECLARE_FINAL_TYPE (BillingChargeActions, billing_charge_actions, BILLING, CHARGE_ACTIONS, GtkBox)

/**
 * BillingChargeActions:
 *
 * What leads on from a charge: whose it is or whose it could be, and its page in Stripe's own
 * dashboard.
 */
GtkWidget *billing_charge_actions_new (BillingCharge *charge,
                                       gboolean       is_test);

G_END_DECLS
