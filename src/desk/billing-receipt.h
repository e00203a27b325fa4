/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-letter.h"

G_BEGIN_DECLS

BillingLetter *billing_receipt_build        (BillingDesk          *desk,
                                             const char           *payment,
                                             GError              **error);
void           billing_receipt_build_async  (BillingDesk          *desk,
                                             const char           *payment,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
BillingLetter *billing_receipt_build_finish (BillingDesk          *desk,
                                             GAsyncResult         *result,
                                             GError              **error);
gboolean       billing_receipt_write        (BillingDesk          *desk,
                                             const char           *payment,
                                             const char           *path,
                                             GError              **error);
void           billing_receipt_write_async  (BillingDesk          *desk,
                                             const char           *payment,
                                             const char           *path,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean       billing_receipt_write_finish (BillingDesk          *desk,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
