/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-choice.h"
#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INVOICED_PAGE (billing_invoiced_page_get_type ())
/**
 * BillingInvoicedPage:
 *
 * Invoices, the newest first. Those that are ticked are marked as paid by *Edit*.
 */
G_DECLARE_FINAL_TYPE (BillingInvoicedPage, billing_invoiced_page, BILLING, INVOICED_PAGE, BillingListPage)

BillingListChoice *billing_invoiced_page_get_choice (BillingInvoicedPage *self);

G_END_DECLS
