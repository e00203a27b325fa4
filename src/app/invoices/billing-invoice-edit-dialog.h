/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-invoice.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INVOICE_EDIT_DIALOG (billing_invoice_edit_dialog_get_type ())
/**
 * BillingInvoiceEditDialog:
 *
 * What may still be said differently once an invoice is out: when it is due, and its memo.
 */
G_DECLARE_FINAL_TYPE (BillingInvoiceEditDialog, billing_invoice_edit_dialog, BILLING, INVOICE_EDIT_DIALOG, BillingDialog)

GtkWindow *billing_invoice_edit_dialog_new (BillingDesk    *desk,
                                            BillingInvoice *invoice);

G_END_DECLS
