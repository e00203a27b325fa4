/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_IMPORT_DIALOG (billing_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingImportDialog, billing_import_dialog, BILLING, IMPORT_DIALOG, BillingDialog)

/**
 * BillingImportDialog:
 *
 * Brings patients and their treatments in from files: chosen, looked at, then written. The caller makes it transient
 * for the window and presents it.
 */
GtkWindow *billing_import_dialog_new       (BillingDesk         *desk);
void       billing_import_dialog_add_files (BillingImportDialog *self,
                                            GSList              *files);

G_END_DECLS
