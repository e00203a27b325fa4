/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_SET_RATE_DIALOG (billing_set_rate_dialog_get_type ())
/**
 * BillingSetRateDialog:
 *
 * Asks under which rate services are to be, and shows what changes first.
 */
G_DECLARE_FINAL_TYPE (BillingSetRateDialog, billing_set_rate_dialog, BILLING, SET_RATE_DIALOG, BillingDialog)

GtkWindow *billing_set_rate_dialog_new (BillingDesk *desk,
                                        BillingAct  *act);

G_END_DECLS
