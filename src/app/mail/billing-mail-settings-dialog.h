/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_MAIL_SETTINGS_DIALOG (billing_mail_settings_dialog_get_type ())
/**
 * BillingMailSettingsDialog:
 *
 * Asks how the practice sends e-mails, and when it reminds.
 */
G_DECLARE_FINAL_TYPE (BillingMailSettingsDialog, billing_mail_settings_dialog, BILLING, MAIL_SETTINGS_DIALOG, BillingDialog)

GtkWindow *billing_mail_settings_dialog_new (BillingDesk *desk);

G_END_DECLS
