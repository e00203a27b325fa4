/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-filing.h"

G_BEGIN_DECLS

void  billing_document_copy_async  (BillingDesk          *desk,
                                    BillingDocument      *document,
                                    GFile                *to,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
char *billing_document_copy_finish (BillingDesk          *desk,
                                    GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
