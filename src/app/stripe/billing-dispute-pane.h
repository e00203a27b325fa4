/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DISPUTE_PANE (billing_dispute_pane_get_type ())
/**
 * BillingDisputePane:
 *
 * A dispute: by when it must be answered, why, what helps, what moved on the balance, and the payment and patient.
 */
G_DECLARE_FINAL_TYPE (BillingDisputePane, billing_dispute_pane, BILLING, DISPUTE_PANE, BillingRecordPane)

G_END_DECLS
