/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-stripe-probe.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PERMISSION_ROW (billing_permission_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingPermissionRow, billing_permission_row, BILLING, PERMISSION_ROW,
                      AdwActionRow)

/**
 * BillingPermissionRow:
 *
 * Something that a key may do, or may not, and Stripe's reason.
 */
GtkWidget *billing_permission_row_new (const BillingStripePermission *permission,
                                       gboolean                       restricted);

G_END_DECLS
