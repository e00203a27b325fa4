/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-rate.h"

G_BEGIN_DECLS

/* SQL: what one unit of a rate costs on a day for an insurer, or else for anybody; NULL: there is no price. Of an insurer neither case nor
 * accents matter. */
#define BILLING_RATE_PRICE(rate, day, insurer) \
  "(SELECT k.amount FROM rate_prices k WHERE k.rate_id = " rate " AND k.from_on <= " day \
  " AND (k.payer IS NULL OR billing_fold (k.payer) = billing_fold (" insurer ")) ORDER BY k.payer IS NULL, k.from_on DESC LIMIT 1)"

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
char    *billing_rate_find_same     (BillingConnection  *connection,
                                     BillingRate        *rate,
                                     GError            **error);
char    *billing_rate_find_price_of (BillingConnection  *connection,
                                     const char         *rate_id,
                                     const char         *day,
                                     const char         *payer,
                                     GError            **error);
char    *billing_rate_match         (BillingConnection  *connection,
                                     const char         *code_system,
                                     const char         *code,
                                     const char         *name,
                                     BillingPayerKind    payer_kind,
                                     GError            **error);
gboolean billing_rate_get_own_price (BillingConnection  *connection,
                                     const char         *rate_id,
                                     const char         *day,
                                     const char         *payer,
                                     gint64             *amount,
                                     GError            **error);
gboolean billing_rate_remove_price  (BillingConnection  *connection,
                                     const char         *id,
                                     GError            **error);
gboolean billing_rate_count         (BillingConnection  *connection,
                                     const char         *rate_id,
                                     gint64             *n,
                                     gint64             *n_waiting,
                                     gint64             *n_never_billed,
                                     GError            **error);
gboolean billing_rate_copy_flags    (BillingConnection  *connection,
                                     BillingRate        *rate,
                                     GError            **error);

GPtrArray *billing_rate_list_all    (BillingConnection  *connection,
                                     GError            **error);

G_END_DECLS
