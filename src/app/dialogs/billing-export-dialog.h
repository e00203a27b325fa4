/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_EXPORT_DIALOG (billing_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingExportDialog, billing_export_dialog, BILLING, EXPORT_DIALOG, BillingDialog)

/**
 * BillingExportDialog:
 *
 * What of a list goes into a file, how much that is, where to, and how far it is. When the file is there the dialog goes, and the window
 * below says where it was saved (`win.exported`).
 */
GtkWindow *billing_export_dialog_new      (BillingDesk         *desk);
void       billing_export_dialog_offer    (BillingExportDialog *self,
                                           const char          *label,
                                           BillingQuery        *query,
                                           const char * const  *columns);

G_END_DECLS
