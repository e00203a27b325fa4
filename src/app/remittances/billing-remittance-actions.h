/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-remittance.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REMITTANCE_ACTIONS (billing_remittance_actions_get_type ())
/**
 * BillingRemittanceActions:
 *
 * What can be done with a remittance as a whole.
 */
G_DECLARE_FINAL_TYPE (BillingRemittanceActions, billing_remittance_actions, BILLING, REMITTANCE_ACTIONS, GtkBox)

GtkWidget *billing_remittance_actions_new (BillingRemittance *remittance);

G_END_DECLS
