/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-payment.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYMENT_DIALOG (billing_payment_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingPaymentDialog, billing_payment_dialog, BILLING, PAYMENT_DIALOG, BillingDialog)

/**
 * BillingPaymentDialog:
 *
 * *Create Payment*, or the same form over a payment that is there. The caller makes it transient for the window and
 * presents it. What it did it tells that window: `win.toast` and, when a payment was created, `win.show-payment`.
 *
 * Properties: `desk` (construct only), `payment` (BillingPayment to edit, construct only, %NULL: a new one),
 * `patient` and `treatment` (strings, id or number: filled in before the person begins).
 */
BillingPaymentDialog *billing_payment_dialog_new      (BillingDesk    *desk);
BillingPaymentDialog *billing_payment_dialog_new_edit (BillingDesk    *desk,
                                                       BillingPayment *payment);

G_END_DECLS
