/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INVOICING_DIALOG (billing_invoicing_dialog_get_type ())
/**
 * BillingInvoicingDialog:
 *
 * Asks for the invoiced date of services, says what will happen, and makes their invoices.
 */
G_DECLARE_FINAL_TYPE (BillingInvoicingDialog, billing_invoicing_dialog, BILLING, INVOICING_DIALOG, BillingDialog)

GtkWindow *billing_invoicing_dialog_new (BillingDesk *desk,
                                         BillingAct  *act);

G_END_DECLS
