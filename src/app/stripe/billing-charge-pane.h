/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"
#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CHARGE_PANE (billing_charge_pane_get_type ())
G_DECLARE_FINAL_TYPE (BillingChargePane, billing_charge_pane, BILLING, CHARGE_PANE,
                      BillingRecordPane)

/* Which mode's dashboard its button opens. */
void billing_charge_pane_set_sync (BillingChargePane *self,
                                   BillingSync       *sync);

G_END_DECLS
