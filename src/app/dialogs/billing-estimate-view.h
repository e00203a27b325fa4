/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk-estimate.h"

G_BEGIN_DECLS

#define BILLING_TYPE_ESTIMATE_VIEW (billing_estimate_view_get_type ())
/**
 * BillingEstimateView:
 *
 * What a patient will probably owe: whose answer it is from, the benefits, the receipt, what is missing, and a button that
 * takes the amount over. Hidden until there is something to say.
 *
 * Its signal `use-amount` (int64, minor units) is emitted when a person wants the amount; `changed` when there is another
 * estimate, or none.
 */
G_DECLARE_FINAL_TYPE (BillingEstimateView, billing_estimate_view, BILLING, ESTIMATE_VIEW, AdwBin)

void             billing_estimate_view_ask          (BillingEstimateView     *self,
                                                     BillingDesk             *desk,
                                                     BillingEstimateQuestion *question);
void             billing_estimate_view_clear        (BillingEstimateView     *self);
BillingEstimate *billing_estimate_view_get_estimate (BillingEstimateView     *self);

G_END_DECLS
