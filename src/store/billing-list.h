/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-query.h"

G_BEGIN_DECLS

/**
 * BillingListing:
 * @pks: (element-type gint64): the rows of a query, in its order
 * @sum: minor units that they amount to, for kinds that have amounts
 * @overdue: how many of them are due before the query's today and still owed
 *
 * All of a list but its rows: eight bytes a row.
 */
typedef struct {
  GArray *pks;
  gint64 sum;
  gint64 overdue;
} BillingListing;

GStrv           billing_list_get_sorts     (const char         *kind);
gboolean        billing_list_check         (BillingQuery       *query,
                                            GError            **error);
GPtrArray      *billing_list_rows          (BillingConnection  *connection,
                                            BillingQuery       *query,
                                            GError            **error);
BillingListing *billing_list_listing       (BillingConnection  *connection,
                                            BillingQuery       *query,
                                            GError            **error);
BillingStatement *billing_list_prepare_groups (BillingConnection  *connection,
                                               BillingQuery       *query,
                                               const char         *columns,
                                               const char         *ending,
                                               GError            **error);
gboolean        billing_list_insert_pks    (BillingConnection  *connection,
                                            BillingQuery       *query,
                                            const char         *table,
                                            GError            **error);
void            billing_listing_free       (BillingListing     *listing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingListing, billing_listing_free)

G_END_DECLS
