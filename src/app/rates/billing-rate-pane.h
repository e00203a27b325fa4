/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RATE_PANE (billing_rate_pane_get_type ())
/**
 * BillingRatePane:
 *
 * A billing rate: its prices by payer and day, its twin, what is under it.
 */
G_DECLARE_FINAL_TYPE (BillingRatePane, billing_rate_pane, BILLING, RATE_PANE, BillingRecordPane)

G_END_DECLS
