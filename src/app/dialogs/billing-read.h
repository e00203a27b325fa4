/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-query.h"
#include "billing-store.h"

G_BEGIN_DECLS

/*
 * Records for the dialogs, read without blocking.
 */

void       billing_read_query_async  (BillingStore         *store,
                                      BillingQuery         *query,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
void       billing_read_list_again   (BillingDesk          *desk,
                                      const char           *list,
                                      GCancellable        **reading,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
void       billing_read_record_async (BillingStore         *store,
                                      GType                 type,
                                      const char           *name,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GPtrArray *billing_read_finish       (BillingStore         *store,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
