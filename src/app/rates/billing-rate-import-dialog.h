/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RATE_IMPORT_DIALOG (billing_rate_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingRateImportDialog, billing_rate_import_dialog, BILLING, RATE_IMPORT_DIALOG, BillingDialog)

GtkWindow *billing_rate_import_dialog_new (BillingDesk *desk,
                                           const char  *path);

G_END_DECLS
