/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_RENAME_DIALOG (billing_rename_dialog_get_type ())
/**
 * BillingRenameDialog:
 *
 * Asks what a document is to be called, and takes only what one can be called: its response is then “rename”.
 */
G_DECLARE_FINAL_TYPE (BillingRenameDialog, billing_rename_dialog, BILLING, RENAME_DIALOG, AdwMessageDialog)

GtkWindow  *billing_rename_dialog_new      (GtkWindow           *parent,
                                            const char          *name);
const char *billing_rename_dialog_get_name (BillingRenameDialog *self);

G_END_DECLS
