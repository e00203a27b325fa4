/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REMITTANCE_PANE (billing_remittance_pane_get_type ())
/**
 * BillingRemittancePane:
 *
 * A remittance: what can be done with it, what it comes to, and each of its lines.
 */
G_DECLARE_FINAL_TYPE (BillingRemittancePane, billing_remittance_pane, BILLING, REMITTANCE_PANE, BillingRecordPane)

G_END_DECLS
