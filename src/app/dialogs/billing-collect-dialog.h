/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-payment.h"

G_BEGIN_DECLS

#define BILLING_TYPE_COLLECT_DIALOG (billing_collect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingCollectDialog, billing_collect_dialog, BILLING, COLLECT_DIALOG, BillingDialog)

/**
 * BillingCollectDialog:
 *
 * Takes the money for a payment: by which tender, how much of it, when. The caller makes it transient for the window
 * and presents it; that window's `win.toast` says what happened.
 */
GtkWindow *billing_collect_dialog_new (BillingDesk    *desk,
                                       BillingPayment *payment,
                                       gint64          credit);
GtkWindow *billing_collect_dialog_new_by_credit (BillingDesk    *desk,
                                                 BillingPayment *payment,
                                                 gint64          credit);

G_END_DECLS
