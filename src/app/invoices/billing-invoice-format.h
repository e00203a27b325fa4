/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-invoice.h"
#include "billing-service.h"

G_BEGIN_DECLS

/*
 * The words of services and invoices. Pure functions.
 */
const char *billing_invoice_format_service_class (BillingServiceState  state);
gboolean    billing_invoice_format_is_overdue    (BillingInvoice      *invoice,
                                                  const char          *today);
char       *billing_invoice_format_status        (BillingInvoice      *invoice,
                                                  const char          *today);
const char *billing_invoice_format_class         (BillingInvoice      *invoice,
                                                  const char          *today);
char       *billing_invoice_format_choice        (const char          *list,
                                                  gint64               n,
                                                  gint64               n_patients,
                                                  const char          *sum);
char       *billing_invoice_format_code          (const char          *code_system,
                                                  const char          *code,
                                                  const char          *name);

G_END_DECLS
