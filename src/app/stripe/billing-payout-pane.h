/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYOUT_PANE (billing_payout_pane_get_type ())
/**
 * BillingPayoutPane:
 *
 * A payout as an account statement, how it fares, and what can be done about it.
 */
G_DECLARE_FINAL_TYPE (BillingPayoutPane, billing_payout_pane, BILLING, PAYOUT_PANE, BillingRecordPane)

G_END_DECLS
