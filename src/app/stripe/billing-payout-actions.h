/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-stripe-records.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYOUT_ACTIONS (billing_payout_actions_get_type ())
G_DECLARE_FINAL_TYPE (BillingPayoutActions, billing_payout_actions, BILLING, PAYOUT_ACTIONS, GtkBox)

/**
 * BillingPayoutActions:
 *
 * Why a payout failed and what to do about that, and what leads on from it: taking it back, its page at Stripe.
 */
GtkWidget *billing_payout_actions_new (BillingPayout *payout);

G_END_DECLS
