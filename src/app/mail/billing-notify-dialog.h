/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_NOTIFY_DIALOG (billing_notify_dialog_get_type ())
/**
 * BillingNotifyDialog:
 *
 * *Notify…*: shows the e-mails that would go out, each with the real values, and who is left out and why, before they are sent.
 */
G_DECLARE_FINAL_TYPE (BillingNotifyDialog, billing_notify_dialog, BILLING, NOTIFY_DIALOG, BillingDialog)

GtkWindow *billing_notify_dialog_new (BillingDesk *desk,
                                      BillingAct  *act);

G_END_DECLS
