/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_STRIPE_SETUP (billing_stripe_setup_get_type ())
G_DECLARE_FINAL_TYPE (BillingStripeSetup, billing_stripe_setup, BILLING, STRIPE_SETUP,
                      AdwPreferencesGroup)

/**
 * BillingStripeSetup:
 *
 * *Billing Setup*: the practice's account and key, or how it gets one. Whoever may not change it
 * sees it.
 */
void billing_stripe_setup_set_sync (BillingStripeSetup *self,
                                    BillingDesk        *desk,
                                    BillingSync        *sync);
void billing_stripe_setup_warn     (BillingStripeSetup *self,
                                    const char         *warning);

G_END_DECLS
