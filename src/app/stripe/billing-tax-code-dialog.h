/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_CODE_DIALOG (billing_tax_code_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingTaxCodeDialog, billing_tax_code_dialog, BILLING, TAX_CODE_DIALOG, AdwWindow)

/**
 * BillingTaxCodeDialog:
 *
 * Stripe's tax codes, found by what they are called and what they are for. Signal: `chosen` (id, name), before it closes.
 */
GtkWindow *billing_tax_code_dialog_new (BillingDesk *desk,
                                        const char  *chosen);

G_END_DECLS
