/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_MARK_PAID_DIALOG (billing_mark_paid_dialog_get_type ())
/**
 * BillingMarkPaidDialog:
 *
 * Asks how invoices were paid otherwise: by which tender, when, whole or in part.
 */
G_DECLARE_FINAL_TYPE (BillingMarkPaidDialog, billing_mark_paid_dialog, BILLING, MARK_PAID_DIALOG, BillingDialog)

GtkWindow *billing_mark_paid_dialog_new (BillingDesk *desk,
                                         BillingAct  *act);

G_END_DECLS
