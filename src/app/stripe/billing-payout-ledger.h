/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYOUT_LEDGER (billing_payout_ledger_get_type ())
/**
 * BillingPayoutLedger:
 *
 * What a payout consists of: its lines, whether they come to it, and every transaction.
 */
G_DECLARE_FINAL_TYPE (BillingPayoutLedger, billing_payout_ledger, BILLING, PAYOUT_LEDGER, AdwBin)

void billing_payout_ledger_set_desk   (BillingPayoutLedger *self,
                                       BillingDesk         *desk);
void billing_payout_ledger_set_payout (BillingPayoutLedger *self,
                                       const char          *payout);

G_END_DECLS
