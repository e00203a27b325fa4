/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-rate.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RATE_ACTIONS (billing_rate_actions_get_type ())
/**
 * BillingRateActions:
 *
 * What can be done with a billing rate.
 */
G_DECLARE_FINAL_TYPE (BillingRateActions, billing_rate_actions, BILLING, RATE_ACTIONS, GtkBox)

GtkWidget *billing_rate_actions_new (BillingRate *rate);

G_END_DECLS
