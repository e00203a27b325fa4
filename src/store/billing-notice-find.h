/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/*
 * What holds now, by the rules of billing-notice-rules.h: read from the mirror and the books, nothing written. Inside a
 * transaction; @now in Unix seconds. Errors are those of #BillingStoreError.
 */

/* (transfer full) (element-type BillingNotice): without an id or a row, and with created_at 0 where nobody knows since when. */
GPtrArray  *billing_notice_find      (BillingConnection  *connection,
                                      const char         *rule,
                                      gint64              now,
                                      GError            **error);
GPtrArray  *billing_notice_find_all  (BillingConnection  *connection,
                                      gint64              now,
                                      GError            **error);
/* For tests, which look at how it is read. */
const char *billing_notice_find_sql  (const char         *rule);

G_END_DECLS
