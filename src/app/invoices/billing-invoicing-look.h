/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-invoice-store.h"

G_BEGIN_DECLS

/**
 * BillingInvoicingLook:
 * @sums: what the invoices come to, and what is left out
 * @selection: (nullable): ids of the services that are invoiced, between blanks, where others were named too
 *
 * What would become of services that are invoiced now.
 */
typedef struct {
  BillingInvoicingSums sums;
  char *selection;
} BillingInvoicingLook;

void                  billing_invoicing_look_free   (BillingInvoicingLook *look);
void                  billing_invoicing_look_async  (BillingStore         *store,
                                                     BillingAct           *act,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
BillingInvoicingLook *billing_invoicing_look_finish (BillingStore         *store,
                                                     GAsyncResult         *result,
                                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingInvoicingLook, billing_invoicing_look_free)

G_END_DECLS
