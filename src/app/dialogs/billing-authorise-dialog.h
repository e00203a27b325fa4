/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-payment.h"

G_BEGIN_DECLS

#define BILLING_TYPE_AUTHORISE_DIALOG (billing_authorise_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingAuthoriseDialog, billing_authorise_dialog, BILLING, AUTHORISE_DIALOG,
                      BillingDialog)

/**
 * BillingAuthoriseDialog:
 *
 * Asks Stripe to hold a payment's amount: on a card that the patient enters on Stripe's page, and
 * in test mode also on one of Stripe's test cards.
 */
GtkWindow *billing_authorise_dialog_new (BillingDesk    *desk,
                                         BillingPayment *payment);

G_END_DECLS
