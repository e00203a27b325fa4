/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_EXPORT_DIALOG (billing_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingExportDialog, billing_export_dialog, BILLING, EXPORT_DIALOG, AdwMessageDialog)

/**
 * BillingExportDialog:
 *
 * How far the export of a list is, where it takes longer than a moment; with *Cancel*.
 *
 * Signal: `exported` (path, rows as guint64): the file is there. What went wrong is told to the window (`win.warn`).
 */
void billing_export_dialog_run (BillingExportDialog *self,
                                BillingDesk         *desk,
                                BillingQuery        *query,
                                const char * const  *columns,
                                const char          *path);

GtkWindow *billing_export_dialog_new (GtkWindow *window);

G_END_DECLS
