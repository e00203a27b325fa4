/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REMITTANCE_POST_DIALOG (billing_remittance_post_dialog_get_type ())
/**
 * BillingRemittancePostDialog:
 *
 * Shows what posting a remittance would do, and does it.
 */
G_DECLARE_FINAL_TYPE (BillingRemittancePostDialog, billing_remittance_post_dialog, BILLING, REMITTANCE_POST_DIALOG, BillingDialog)

GtkWindow *billing_remittance_post_dialog_new (BillingDesk *desk,
                                    const char  *remittance);

G_END_DECLS
