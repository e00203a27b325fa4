/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-stripe-probe.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PERMISSIONS_ROW (billing_permissions_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingPermissionsRow, billing_permissions_row, BILLING, PERMISSIONS_ROW, AdwExpanderRow)

/**
 * BillingPermissionsRow:
 *
 * What a key of Stripe's may do: in a sentence, and unfolded one by one.
 */
void billing_permissions_row_set_probe (BillingPermissionsRow *self,
                                        BillingStripeProbe    *probe);

G_END_DECLS
