/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-payment.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REFUND_DIALOG (billing_refund_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingRefundDialog, billing_refund_dialog, BILLING, REFUND_DIALOG, BillingDialog)

/**
 * BillingRefundDialog:
 *
 * Gives money back in three steps: how much, why and how, and the summary. The caller makes it transient for the
 * window and presents it; that window's `win.toast` says what happened.
 */
GtkWindow *billing_refund_dialog_new (BillingDesk    *desk,
                                      BillingPayment *payment);

G_END_DECLS
