/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-reconciliation.h"

G_BEGIN_DECLS

BillingReconciliation *billing_desk_reconcile        (BillingDesk          *self,
                                                      const char           *currency,
                                                      const char           *from,
                                                      const char           *to,
                                                      GCancellable         *cancellable,
                                                      GError              **error);
void                   billing_desk_reconcile_async  (BillingDesk          *self,
                                                      const char           *currency,
                                                      const char           *from,
                                                      const char           *to,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
BillingReconciliation *billing_desk_reconcile_finish (BillingDesk          *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
char                 **billing_desk_list_stripe_currencies
                                                     (BillingDesk          *self,
                                                      GError              **error);
char                  *billing_reconciliation_describe
                                                     (BillingReconciliation *self);

G_END_DECLS
