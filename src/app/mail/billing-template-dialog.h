/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TEMPLATE_DIALOG (billing_template_dialog_get_type ())
/**
 * BillingTemplateDialog:
 *
 * What e-mails say, by kind and language, with how it looks beside it.
 */
G_DECLARE_FINAL_TYPE (BillingTemplateDialog, billing_template_dialog, BILLING, TEMPLATE_DIALOG, BillingDialog)

GtkWindow *billing_template_dialog_new (BillingDesk *desk);

G_END_DECLS
