/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-query.h"

G_BEGIN_DECLS

/**
 * BILLING_SCAN_CHUNK:
 *
 * How many rows are handed out between two calls of a #BillingScanChunkFunc, at most.
 */
#define BILLING_SCAN_CHUNK 131072

/**
 * BillingScanRowFunc:
 * @row: one row: the members asked for, in their order
 * @place: where in its chunk it stands in the list's order
 * @data: the caller's
 *
 * Is given the rows of a chunk as they lie on the disk, which is not the list's order: rows sorted by amount lie anywhere, and to
 * fetch them one by one takes twice as long.
 */
typedef void (*BillingScanRowFunc) (BillingStatement *row,
                                    guint             place,
                                    gpointer          data);

/**
 * BillingScanChunkFunc:
 * @n_rows: how many places the chunk has; one whose row is gone was not handed out
 * @data: the caller's
 * @error: return location for an error
 *
 * Told that all rows of a chunk were handed out, and that the next ones come behind them.
 *
 * Returns: whether to go on
 */
typedef gboolean (*BillingScanChunkFunc) (guint      n_rows,
                                          gpointer   data,
                                          GError   **error);

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
 * @chunk: is told when some are together
 * @progress: (nullable): is told how far it is
 * @data: for all of them
 *
 * How a list is read from its first row to its last, without making records of them.
 */
typedef struct {
  const char * const *members;
  BillingScanRowFunc row;
  BillingScanChunkFunc chunk;
  BillingScanProgressFunc progress;
  gpointer data;
} BillingScan;

gboolean billing_list_scan (BillingConnection   *connection,
                            BillingQuery        *query,
                            const BillingScan   *scan,
                            GCancellable        *cancellable,
                            GError             **error);

G_END_DECLS
