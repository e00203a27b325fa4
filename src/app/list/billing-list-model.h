/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-row.h"
#include "billing-query.h"
#include "billing-store.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LIST_MODEL (billing_list_model_get_type ())
G_DECLARE_FINAL_TYPE (BillingListModel, billing_list_model, BILLING, LIST_MODEL, GObject)

/**
 * BillingListModel:
 *
 * A list of the books, as long as it may be, as a #GListModel of #BillingListRow. It knows eight bytes of each row, its
 * key; records are read by the page when somebody asks for a row of it, and never in get_item(). Sorting and filtering
 * are the query's.
 *
 * It follows the books: a row that changed is changed in place, rows that came, went or moved do so at their places. A
 * new query empties the list and fills it again, in two steps, because GTK otherwise asks for every row.
 *
 * Properties, read-only: `loading` (whether what is shown is not yet all that the query asks for), `sum` (int64, minor units),
 * `overdue` (int64). Signals: `resetting`, before all rows are replaced though the query is the same; `listed` (gboolean
 * new_query), when the list is whole; `failed` (GError).
 */
BillingListModel *billing_list_model_new        (BillingStore        *store,
                                                 GType                type,
                                                 BillingListContext  *context);
BillingQuery     *billing_list_model_get_query  (BillingListModel    *self);
void              billing_list_model_set_query  (BillingListModel    *self,
                                                 BillingQuery        *query);
gboolean          billing_list_model_is_loading (BillingListModel    *self);
gint64            billing_list_model_get_sum    (BillingListModel    *self);
gint64            billing_list_model_get_overdue (BillingListModel   *self);
gint64            billing_list_model_get_pk     (BillingListModel    *self,
                                                 guint                position);
gboolean          billing_list_model_find       (BillingListModel    *self,
                                                 gint64               pk,
                                                 guint               *position);
void              billing_list_model_refresh    (BillingListModel    *self);

G_END_DECLS
