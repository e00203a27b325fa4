/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAY_OUT_DIALOG (billing_pay_out_dialog_get_type ())
/**
 * BillingPayOutDialog:
 *
 * Asks how much of the balance Stripe is to pay out now.
 */
G_DECLARE_FINAL_TYPE (BillingPayOutDialog, billing_pay_out_dialog, BILLING, PAY_OUT_DIALOG, BillingDialog)

GtkWindow *billing_pay_out_dialog_new (BillingDesk *desk);

G_END_DECLS
