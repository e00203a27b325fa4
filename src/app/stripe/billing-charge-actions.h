/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-payment.h"
#include "billing-stripe-payment.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CHARGE_ACTIONS (billing_charge_actions_get_type ())
G_DECLARE_FINAL_TYPE (BillingChargeActions, billing_charge_actions, BILLING, CHARGE_ACTIONS, GtkBox)

/**
 * BillingChargeActions:
 *
 * How a payment at Stripe stands, and what can be done with it: assigned, refunded, captured, voided, opened at Stripe. What cannot be done
 * says why.
 */
GtkWidget *billing_charge_actions_new (BillingDesk          *desk,
                                       BillingStripePayment *stripe,
                                       BillingPayment       *ours,
                                       gboolean              is_inquiry,
                                       gboolean              is_test);

G_END_DECLS
