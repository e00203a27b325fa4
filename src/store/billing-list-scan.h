/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-query.h"

G_BEGIN_DECLS

/**
 * BillingScanRowFunc:
 * @row: one row: the members asked for, in their order
 * @data: the caller's
 * @error: return location for an error
 *
 * Returns: whether to go on
 */
typedef gboolean (*BillingScanRowFunc) (BillingStatement  *row,
                                        gpointer           data,
                                        GError           **error);

/**
 * BillingScanProgressFunc:
 * @done: rows handed out
 * @total: rows there are
 * @data: the caller's
 *
 * Told now and then, first when nothing is done yet, last when everything is.
 */
typedef void (*BillingScanProgressFunc) (guint64  done,
                                         guint64  total,
                                         gpointer data);

/**
 * BillingScan:
 * @members: (array zero-terminated=1): of the kind's records, what is read of each row
 * @row: is given each row
 * @progress: (nullable): is told how far it is
 * @data: for both
 *
 * How a list is read from its first row to its last, without making records of them.
 */
typedef struct {
  const char * const *members;
  BillingScanRowFunc row;
  BillingScanProgressFunc progress;
  gpointer data;
} BillingScan;

gboolean billing_list_scan (BillingConnection   *connection,
                            BillingQuery        *query,
                            const BillingScan   *scan,
                            GCancellable        *cancellable,
                            GError             **error);

G_END_DECLS
