/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RATE_DIALOG (billing_rate_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingRateDialog, billing_rate_dialog, BILLING, RATE_DIALOG, BillingDialog)

GtkWindow *billing_rate_dialog_new (BillingDesk *desk,
                                    const char  *rate);

G_END_DECLS
