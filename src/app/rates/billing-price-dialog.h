/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PRICE_DIALOG (billing_price_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingPriceDialog, billing_price_dialog, BILLING, PRICE_DIALOG, BillingDialog)

GtkWindow *billing_price_dialog_new (BillingDesk *desk,
                                     const char  *rate);

G_END_DECLS
