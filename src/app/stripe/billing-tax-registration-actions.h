/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-stripe-records.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_REGISTRATION_ACTIONS (billing_tax_registration_actions_get_type ())
G_DECLARE_FINAL_TYPE (BillingTaxRegistrationActions, billing_tax_registration_actions, BILLING, TAX_REGISTRATION_ACTIONS, GtkBox)

/**
 * BillingTaxRegistrationActions:
 *
 * What can be done with a tax registration: *End…*, and *Open in Stripe*.
 */
GtkWidget *billing_tax_registration_actions_new (BillingTaxRegistration *registration,
                                                 BillingDesk            *desk);

G_END_DECLS
