/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYMENT_PANE (billing_payment_pane_get_type ())
G_DECLARE_FINAL_TYPE (BillingPaymentPane, billing_payment_pane, BILLING, PAYMENT_PANE, AdwBin)

/**
 * BillingPaymentPane:
 *
 * One payment, whole: what it is, what may be done with it, its treatment, patient, timeline, documents and notes.
 *
 * Properties: `desk` (BillingDesk), `payment` (string: id or number; %NULL shows nothing).
 *
 * It stands in a window that has these actions, each with one string for parameter unless said otherwise:
 * `win.close-detail` (without parameter), `win.toast` (a sentence to show for a moment), `win.show-payment`, `win.show-patient`
 * and `win.show-treatment` (an id or a number).
 */
GtkWidget   *billing_payment_pane_new         (BillingDesk        *desk);
BillingDesk *billing_payment_pane_get_desk    (BillingPaymentPane *self);
void         billing_payment_pane_set_desk    (BillingPaymentPane *self,
                                               BillingDesk        *desk);
const char  *billing_payment_pane_get_payment (BillingPaymentPane *self);
void         billing_payment_pane_set_payment (BillingPaymentPane *self,
                                               const char         *payment);

G_END_DECLS
