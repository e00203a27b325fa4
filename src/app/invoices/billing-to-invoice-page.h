/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-choice.h"
#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TO_INVOICE_PAGE (billing_to_invoice_page_get_type ())
/**
 * BillingToInvoicePage:
 *
 * Services, first those that are to be invoiced, in the order of their patients: each can be ticked, and all of a patient, and all that the
 * filters leave. What is ticked is reviewed, flipped to another rate or, by *Edit*, invoiced.
 */
G_DECLARE_FINAL_TYPE (BillingToInvoicePage, billing_to_invoice_page, BILLING, TO_INVOICE_PAGE, BillingListPage)

BillingListChoice *billing_to_invoice_page_get_choice (BillingToInvoicePage *self);

G_END_DECLS
