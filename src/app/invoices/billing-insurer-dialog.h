/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INSURER_DIALOG (billing_insurer_dialog_get_type ())
/**
 * BillingInsurerDialog:
 *
 * Asks what an insurer answered about a service: what it allows, pays and adjusts, and what is the patient’s.
 */
G_DECLARE_FINAL_TYPE (BillingInsurerDialog, billing_insurer_dialog, BILLING, INSURER_DIALOG, BillingDialog)

GtkWindow *billing_insurer_dialog_new (BillingDesk *desk,
                                       const char  *service);

G_END_DECLS
