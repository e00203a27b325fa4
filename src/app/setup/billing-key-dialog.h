/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_KEY_DIALOG (billing_key_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingKeyDialog, billing_key_dialog, BILLING, KEY_DIALOG, AdwWindow)

/**
 * BillingKeyDialog:
 *
 * Takes another key in place of the practice's. When Stripe has accepted it, it activates
 * `win.connected` of the window that it stands over, and closes.
 */
GtkWindow *billing_key_dialog_new (BillingSync *sync);

G_END_DECLS
