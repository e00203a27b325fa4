/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_KEY_FORM (billing_key_form_get_type ())
G_DECLARE_FINAL_TYPE (BillingKeyForm, billing_key_form, BILLING, KEY_FORM, AdwBin)

/**
 * BillingKeyForm:
 *
 * Takes the practice's keys and has them checked by Stripe; what is wrong with them stands under
 * the field. Emits `connected` with a sentence that a person should read, or %NULL.
 */
void billing_key_form_set_sync (BillingKeyForm *self,
                                BillingSync    *sync);

G_END_DECLS
