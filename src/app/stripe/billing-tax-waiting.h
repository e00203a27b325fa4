/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_WAITING (billing_tax_waiting_get_type ())
G_DECLARE_FINAL_TYPE (BillingTaxWaiting, billing_tax_waiting, BILLING, TAX_WAITING, AdwBin)

/**
 * BillingTaxWaiting:
 *
 * What was asked of Stripe about taxes and has no answer yet, or was refused and not asked again: a row of the queue each. Hidden
 * while there is nothing. Property: `kinds` (string): the kinds of intents that it shows, separated by spaces.
 */
void billing_tax_waiting_set_sync (BillingTaxWaiting *self,
                                   BillingDesk       *desk,
                                   BillingSync       *sync);

G_END_DECLS
