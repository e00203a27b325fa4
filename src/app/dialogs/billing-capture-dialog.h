/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-payment.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CAPTURE_DIALOG (billing_capture_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingCaptureDialog, billing_capture_dialog, BILLING, CAPTURE_DIALOG,
                      BillingDialog)

/**
 * BillingCaptureDialog:
 *
 * Asks Stripe to take what it holds of a payment: all, or a part of it.
 */
GtkWindow *billing_capture_dialog_new (BillingDesk    *desk,
                                       BillingPayment *payment);

G_END_DECLS
