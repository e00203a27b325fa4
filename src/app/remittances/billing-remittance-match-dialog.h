/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REMITTANCE_MATCH_DIALOG (billing_remittance_match_dialog_get_type ())
/**
 * BillingRemittanceMatchDialog:
 *
 * Asks which service a line of a remittance is about.
 */
G_DECLARE_FINAL_TYPE (BillingRemittanceMatchDialog, billing_remittance_match_dialog, BILLING, REMITTANCE_MATCH_DIALOG, BillingDialog)

GtkWindow *billing_remittance_match_dialog_new (BillingDesk *desk,
                                     const char  *line);

G_END_DECLS
