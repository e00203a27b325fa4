/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REMITTANCE_DISMISS_DIALOG (billing_remittance_dismiss_dialog_get_type ())
/**
 * BillingRemittanceDismissDialog:
 *
 * Asks why a line, or what is open of a remittance, is set aside.
 */
G_DECLARE_FINAL_TYPE (BillingRemittanceDismissDialog, billing_remittance_dismiss_dialog, BILLING, REMITTANCE_DISMISS_DIALOG, BillingDialog)

GtkWindow *billing_remittance_dismiss_dialog_new (BillingDesk *desk,
                                       const char  *subject);

G_END_DECLS
