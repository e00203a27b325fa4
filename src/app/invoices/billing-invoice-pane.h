/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INVOICE_PANE (billing_invoice_pane_get_type ())
/**
 * BillingInvoicePane:
 *
 * An invoice: what it says, its payments, the link to pay it by, what happened to it, and what can be done with it. Its actions are those of
 * #BillingInvoicedPage.
 */
G_DECLARE_FINAL_TYPE (BillingInvoicePane, billing_invoice_pane, BILLING, INVOICE_PANE, BillingRecordPane)

G_END_DECLS
