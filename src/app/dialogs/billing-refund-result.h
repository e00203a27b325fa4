/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REFUND_RESULT (billing_refund_result_get_type ())
G_DECLARE_FINAL_TYPE (BillingRefundResult, billing_refund_result, BILLING, REFUND_RESULT, AdwBin)

/**
 * BillingRefundResult:
 *
 * What becomes of a refund, followed while it is looked at: sent, waiting for the network or for a second person,
 * its answer unknown, done, or refused, in plain words.
 */
void billing_refund_result_follow (BillingRefundResult *self,
                                   BillingDesk         *desk,
                                   const char          *payment,
                                   const char          *refund);

G_END_DECLS
