/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INVOICE_PAYMENT (billing_invoice_payment_get_type ())
/**
 * BillingInvoicePayment:
 *
 * The link by which the patient pays, which is the payment's of an invoice, and the documents and the notes of the invoice itself. It stays while the pane is filled anew, so that what is being written in it stays.
 */
G_DECLARE_FINAL_TYPE (BillingInvoicePayment, billing_invoice_payment, BILLING, INVOICE_PAYMENT, AdwBin)

void billing_invoice_payment_set_desk    (BillingInvoicePayment *self,
                                          BillingDesk           *desk);
void billing_invoice_payment_set_invoice (BillingInvoicePayment *self,
                                          const char            *invoice,
                                          const char            *payment);

G_END_DECLS
