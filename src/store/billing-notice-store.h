/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/*
 * The notifications that the practice keeps. Times are Unix seconds; errors are those of #BillingStoreError.
 */

/**
 * billing_notices_compare:
 * @connection: inside a transaction
 * @now: Unix seconds
 * @error: return location for a #BillingStoreError
 *
 * Compares what holds by the rules with what is kept. What is new is new; what holds no longer has ended, but for as long as
 * the mirror is incomplete; what holds again is open again, and what was said to be done is not; what was put off until now is
 * new. What else people said stays.
 *
 * Returns: (transfer full) (nullable) (element-type BillingNotice): what is to be written by billing_notices_write(), often nothing
 */
GPtrArray *billing_notices_compare    (BillingConnection  *connection,
                                       gint64              now,
                                       GError            **error);
gboolean   billing_notices_write      (BillingConnection  *connection,
                                       GPtrArray          *changed,
                                       GError            **error);

/* How many are open, which is what the list's status `open` shows, and how many of these are urgent. Quick: for a badge. */
gboolean   billing_notices_count      (BillingConnection  *connection,
                                       gint64             *n_urgent,
                                       gint64             *n_open,
                                       GError            **error);

/* (transfer full) (element-type BillingNotice): open urgent ones that the desktop was not told of yet, the newest first. */
GPtrArray *billing_notices_list_untold (BillingConnection *connection,
                                        GError           **error);
/* Notes that it was told of all that are open now. */
gboolean   billing_notices_set_told   (BillingConnection  *connection,
                                       gint64              now,
                                       GError            **error);

G_END_DECLS
