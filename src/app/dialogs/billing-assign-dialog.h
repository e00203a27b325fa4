/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_ASSIGN_DIALOG (billing_assign_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BillingAssignDialog, billing_assign_dialog, BILLING, ASSIGN_DIALOG,
                      BillingDialog)

/**
 * BillingAssignDialog:
 *
 * Says whose a charge of Stripe's is that carries no payment of ours: a patient's, or one of their
 * open payments. Whose it may be is suggested, and never done by itself.
 */
GtkWindow *billing_assign_dialog_new (BillingDesk *desk,
                                      const char  *charge_id);

G_END_DECLS
