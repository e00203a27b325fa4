/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list.h"
#include "billing-store.h"

G_BEGIN_DECLS

/**
 * BillingListFirstFunc:
 * @records: (element-type BillingRecord): the first rows of the list
 * @data: the caller's
 *
 * Called in the caller's main context, before the read is finished.
 */
typedef void (*BillingListFirstFunc) (GPtrArray *records,
                                      gpointer   data);

/* The first rows of a query at once, then all of the list but its rows; both from one read transaction. */
void            billing_list_read_async  (BillingStore          *store,
                                          BillingQuery          *query,
                                          guint                  n_first,
                                          BillingListFirstFunc   first_func,
                                          gpointer               first_data,
                                          GCancellable          *cancellable,
                                          GAsyncReadyCallback    callback,
                                          gpointer               user_data);
BillingListing *billing_list_read_finish (BillingStore          *store,
                                          GAsyncResult          *result,
                                          GError               **error);

/* Rows by their keys. */
void            billing_list_fetch_async  (BillingStore         *store,
                                           GType                 type,
                                           GArray               *pks,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray      *billing_list_fetch_finish (BillingStore         *store,
                                           GAsyncResult         *result,
                                           GError              **error);
GPtrArray      *billing_list_fetch_now    (BillingStore         *store,
                                           GType                 type,
                                           GArray               *pks,
                                           gint64                deadline);

G_END_DECLS
