/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-detail-section.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYMENT_FIELDS (billing_payment_fields_get_type ())
/**
 * BillingPaymentFields:
 *
 * What the payment says of itself. Amount, due date, type, treatment and memo are edited in place where that is legal: the
 * pencil, or Enter on the row, opens it, Enter saves, Escape restores. Locked fields say why.
 */
G_DECLARE_FINAL_TYPE (BillingPaymentFields, billing_payment_fields, BILLING, PAYMENT_FIELDS, BillingDetailSection)

G_END_DECLS
