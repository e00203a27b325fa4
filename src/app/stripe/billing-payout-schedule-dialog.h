/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYOUT_SCHEDULE_DIALOG (billing_payout_schedule_dialog_get_type ())
/**
 * BillingPayoutScheduleDialog:
 *
 * Says when Stripe pays out by itself, and asks when it is to; where Stripe does not let that be changed from here, it leads to the page that does.
 */
G_DECLARE_FINAL_TYPE (BillingPayoutScheduleDialog, billing_payout_schedule_dialog, BILLING, PAYOUT_SCHEDULE_DIALOG, BillingDialog)

GtkWindow *billing_payout_schedule_dialog_new (BillingDesk *desk);

G_END_DECLS
