/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-letter.h"

G_BEGIN_DECLS

BillingLetter *billing_statement_letter_build        (BillingDesk          *desk,
                                                      const char           *patient,
                                                      const char           *from,
                                                      const char           *to,
                                                      GError              **error);
void           billing_statement_letter_build_async  (BillingDesk          *desk,
                                                      const char           *patient,
                                                      const char           *from,
                                                      const char           *to,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
BillingLetter *billing_statement_letter_build_finish (BillingDesk          *desk,
                                                      GAsyncResult         *result,
                                                      GError              **error);

G_END_DECLS
