/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-list-page.h"
#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_STRIPE_DASHBOARD (billing_stripe_dashboard_get_type ())
G_DECLARE_FINAL_TYPE (BillingStripeDashboard, billing_stripe_dashboard, BILLING, STRIPE_DASHBOARD, AdwBin)

/**
 * BillingStripeDashboard:
 *
 * The Stripe Dashboard: three tabs, *General*, *Payments* and *Tax*, each of some sections (#BillingStripeSection). What is over them all
 * says what Stripe holds, how fresh that is, and whether it is real money.
 *
 * Properties: `section` (string): what is shown, such as `payments/payouts`; it is remembered. `detail-shown` (gboolean, read-only): the
 * section is a list, and its detail covers it. `search` (string, read-only): of that list.
 */
void             billing_stripe_dashboard_set_sync      (BillingStripeDashboard *self,
                                                        BillingDesk            *desk,
                                                        BillingSync            *sync);
void             billing_stripe_dashboard_set_section   (BillingStripeDashboard *self,
                                                        const char             *section);
const char      *billing_stripe_dashboard_get_section   (BillingStripeDashboard *self);
void             billing_stripe_dashboard_turn          (BillingStripeDashboard *self,
                                                        int                     by);
gboolean         billing_stripe_dashboard_show          (BillingStripeDashboard *self,
                                                        const char             *target,
                                                        GError                **error);

G_END_DECLS
