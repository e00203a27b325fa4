/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-query.h"
#include "billing-store.h"

G_BEGIN_DECLS

/* Reports, all as of one moment, without blocking. */

void       billing_report_read_async  (BillingStore         *store,
                                       const char * const   *reports,
                                       BillingQuery         *query,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GPtrArray *billing_report_read_finish (BillingStore         *store,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
