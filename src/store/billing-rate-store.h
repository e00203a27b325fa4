/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-types.h"

G_BEGIN_DECLS

gboolean billing_rate_find_price    (BillingConnection  *connection,
                                     const char         *rate_id,
                                     const char         *day,
                                     const char         *payer,
                                     gint64             *amount,
                                     GError            **error);
char    *billing_rate_find_for_code (BillingConnection  *connection,
                                     const char         *code_system,
                                     const char         *code,
                                     BillingPayerKind    payer_kind,
                                     GError            **error);

G_END_DECLS
