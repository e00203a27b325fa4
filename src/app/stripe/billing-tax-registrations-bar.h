/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_REGISTRATIONS_BAR (billing_tax_registrations_bar_get_type ())
G_DECLARE_FINAL_TYPE (BillingTaxRegistrationsBar, billing_tax_registrations_bar, BILLING, TAX_REGISTRATIONS_BAR, AdwBin)

/**
 * BillingTaxRegistrationsBar:
 *
 * What stands over the registrations: *Add Registration…*, what must be done before, and what waits for Stripe.
 */
void billing_tax_registrations_bar_set_sync (BillingTaxRegistrationsBar *self,
                                             BillingDesk                *desk,
                                             BillingSync                *sync);

G_END_DECLS
