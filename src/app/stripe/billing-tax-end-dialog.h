/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-stripe-records.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TAX_END_DIALOG (billing_tax_end_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingTaxEndDialog, billing_tax_end_dialog, BILLING, TAX_END_DIALOG, BillingDialog)

/**
 * BillingTaxEndDialog:
 *
 * *End Registration*: now, or on a day.
 */
GtkWindow *billing_tax_end_dialog_new (BillingDesk            *desk,
                                       BillingTaxRegistration *registration);

G_END_DECLS
