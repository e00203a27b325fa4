/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk-private.h"

G_BEGIN_DECLS

/* Between the parts of invoices: billing-desk-invoices.c, -invoice-money.c, -invoice-moves.c. */

BillingInvoice *billing_invoice_load      (BillingTurn     *turn,
                                           const char      *name,
                                           GError         **error);
GPtrArray      *billing_invoice_list_payments (BillingTurn *turn,
                                           BillingInvoice  *invoice,
                                           GError         **error);
GPtrArray      *billing_invoice_list_open (BillingTurn     *turn,
                                           BillingInvoice  *invoice,
                                           GError         **error);
gboolean        billing_invoice_conclude  (BillingTurn     *turn,
                                           BillingInvoice  *before,
                                           BillingInvoice  *invoice,
                                           GError         **error);
gboolean        billing_invoice_ask       (BillingTurn     *turn,
                                           BillingInvoice  *invoice,
                                           gint64           amount,
                                           BillingPayment  *like,
                                           GError         **error);
gboolean        billing_invoice_do        (BillingTurn     *turn,
                                           BillingAct      *act,
                                           BillingVerbFunc  func,
                                           GError         **error);

G_END_DECLS
