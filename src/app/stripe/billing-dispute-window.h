/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-stripe-records.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DISPUTE_WINDOW (billing_dispute_window_get_type ())
/**
 * BillingDisputeWindow:
 *
 * The answer to a dispute: texts and files, those first that matter for its reason, kept as a draft here and at Stripe; then all that
 * will be sent, on a page of its own, and its submission, which happens once. What was submitted is shown the same way, and cannot be
 * changed.
 */
G_DECLARE_FINAL_TYPE (BillingDisputeWindow, billing_dispute_window, BILLING, DISPUTE_WINDOW, BillingDialog)

GtkWindow *billing_dispute_window_new (BillingDesk    *desk,
                                       BillingDispute *dispute);

G_END_DECLS
