/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_REGISTER_DIALOG (billing_tax_register_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingTaxRegisterDialog, billing_tax_register_dialog, BILLING, TAX_REGISTER_DIALOG, BillingDialog)

/**
 * BillingTaxRegisterDialog:
 *
 * *Add Registration*: first the country, then what Stripe asks for there, and from when.
 */
GtkWindow *billing_tax_register_dialog_new (BillingDesk *desk,
                                            const char  *country);

G_END_DECLS
