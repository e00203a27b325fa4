/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CARE_BAR (billing_care_bar_get_type ())
G_DECLARE_FINAL_TYPE (BillingCareBar, billing_care_bar, BILLING, CARE_BAR, AdwBin)

/**
 * BillingCareBar:
 *
 * Stands at the top of every page while Stripe needs a person: a sentence, and the button that
 * deals with it. Shown to those who may.
 */
void billing_care_bar_set_sync (BillingCareBar *self,
                                BillingDesk    *desk,
                                BillingSync    *sync);

G_END_DECLS
