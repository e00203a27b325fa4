/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-detail-section.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYMENT_CARD (billing_payment_card_get_type ())
/**
 * BillingPaymentCard:
 *
 * The payment itself: amount, status and what may be done from there, and its fields. Its buttons activate the `payment.…`
 * actions of the pane that it stands in.
 */
G_DECLARE_FINAL_TYPE (BillingPaymentCard, billing_payment_card, BILLING, PAYMENT_CARD, BillingDetailSection)

G_END_DECLS
