/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-context.h"
#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LIST_ROW (billing_list_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingListRow, billing_list_row, BILLING, LIST_ROW, GObject)

/**
 * BillingListRowFunc:
 * @data: the cell's
 * @row: the row that says something else now
 */
typedef void (*BillingListRowFunc) (gpointer        data,
                                    BillingListRow *row);

/**
 * BillingListRow:
 *
 * One row of a list. It stands for a row of the books from the moment the list knows that there is one; its record
 * arrives later, and may be replaced by a newer one, which is when `record` notifies.
 *
 * Properties: `record` (BillingRecord, %NULL until it arrived), `context` (BillingListContext).
 */
BillingListRow     *billing_list_row_new         (gint64              pk,
                                                  BillingListContext *context);
gint64              billing_list_row_get_pk      (BillingListRow     *self);
BillingRecord      *billing_list_row_get_record  (BillingListRow     *self);
BillingListContext *billing_list_row_get_context (BillingListRow     *self);
void                billing_list_row_set_record  (BillingListRow     *self,
                                                  BillingRecord      *record);
void                billing_list_row_renew       (BillingListRow     *self);

/* For cells. */
void                billing_list_row_watch       (BillingListRow     *self,
                                                  BillingListRowFunc  func,
                                                  gpointer            data);
void                billing_list_row_unwatch     (BillingListRow     *self,
                                                  gpointer            data);

/* The model's: where it keeps the row, %NULL where it does not. */
gpointer            billing_list_row_get_keeper  (BillingListRow     *self);
void                billing_list_row_set_keeper  (BillingListRow     *self,
                                                  gpointer            keeper);

G_END_DECLS
