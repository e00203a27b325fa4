/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_SYNC_BUTTON (billing_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (BillingSyncButton, billing_sync_button, BILLING, SYNC_BUTTON, AdwBin)

/**
 * BillingSyncButton:
 *
 * At the bottom of the sidebar: how the practice stands with Stripe, in a few words, with a count
 * where something needs a person. It opens what is to be said and done about it.
 */
void billing_sync_button_set_sync (BillingSyncButton *self,
                                   BillingDesk       *desk,
                                   BillingSync       *sync);

G_END_DECLS
