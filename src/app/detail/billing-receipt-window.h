/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-payment.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RECEIPT_WINDOW (billing_receipt_window_get_type ())
/**
 * BillingReceiptWindow:
 *
 * What a patient is given about a payment, as it will print; printed, or saved as PDF.
 */
G_DECLARE_FINAL_TYPE (BillingReceiptWindow, billing_receipt_window, BILLING, RECEIPT_WINDOW, AdwWindow)

GtkWindow *billing_receipt_window_new (BillingDesk    *desk,
                                       BillingPayment *payment);

G_END_DECLS
