/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-mirror.h"

G_BEGIN_DECLS

/*
 * What the sync asks of the mirror, within a transaction, to know what to ask Stripe for. Lists of
 * ids are (transfer full) (element-type utf8), %NULL with @error; texts are (transfer full)
 * (nullable). Times are Unix seconds, as Stripe's are, but for @fetched, microseconds. Errors are
 * those of #BillingStoreError.
 */

/* Whether this event was dealt with before. */
gboolean   billing_mirror_has_event           (BillingMirror            *mirror,
                                               const char               *id,
                                               gboolean                 *has,
                                               GError                  **error);
/* Forgets those from before @time. */
gboolean   billing_mirror_forget_events       (BillingMirror            *mirror,
                                               gint64                    time,
                                               GError                  **error);
/* That Stripe said @text in a header, now. */
gboolean   billing_mirror_put_header_notice   (BillingMirror            *mirror,
                                               const char               *text,
                                               gint64                    now,
                                               GError                  **error);
/* How many objects of a stream were made at @since or later, and when the newest was, 0 without
 * any. */
gboolean   billing_mirror_count_since         (BillingMirror            *mirror,
                                               const BillingMirrorKind  *kind,
                                               gint64                    since,
                                               gint64                   *n,
                                               gint64                   *newest,
                                               GError                  **error);
/* When the oldest of these that is here was made; 0 where one is not here or does not say. */
gboolean   billing_mirror_find_oldest         (BillingMirror            *mirror,
                                               const BillingMirrorKind  *kind,
                                               GPtrArray                *ids,
                                               gint64                   *oldest,
                                               GError                  **error);
/* Of these, the ones that nobody has asked for at @fetched or later. */
GPtrArray *billing_mirror_list_stale          (BillingMirror            *mirror,
                                               const BillingMirrorKind  *kind,
                                               GPtrArray                *ids,
                                               gint64                    fetched,
                                               GError                  **error);
/* What is there since @since and was last asked for before @fetched. */
GPtrArray *billing_mirror_list_unseen         (BillingMirror            *mirror,
                                               const BillingMirrorKind  *kind,
                                               gint64                    since,
                                               gint64                    fetched,
                                               guint                     limit,
                                               GError                  **error);
/* Balance transactions that should have become available by @now. */
GPtrArray *billing_mirror_list_due_transactions (BillingMirror          *mirror,
                                                 gint64                  now,
                                                 guint                   limit,
                                                 GError                **error);
/* Checkout sessions that should have ended by @now. */
GPtrArray *billing_mirror_list_due_sessions   (BillingMirror            *mirror,
                                               gint64                    now,
                                               guint                     limit,
                                               GError                  **error);

/* Automatic payouts made at @since or later whose transactions are not all known, the newest
 * first. */
GPtrArray *billing_mirror_list_payouts        (BillingMirror            *mirror,
                                               gint64                    since,
                                               guint                     limit,
                                               GError                  **error);
/* Behind which transaction its listing goes on; %NULL without @error: from its beginning, or it was
 * listed to its end. */
char      *billing_mirror_get_payout_cursor   (BillingMirror            *mirror,
                                               const char               *payout,
                                               GError                  **error);
/* That these transactions, ended by %NULL, are of the payout. Within the transaction that has them.
 * @cursor NULL: these were the last. */
/* Automatic payouts whose transactions do not come to their amount are to be listed again: a page
 * may have been another's. */
gboolean   billing_mirror_reopen_payouts      (BillingMirror            *mirror,
                                               gint64                   *n_reopened,
                                               GError                  **error);
gboolean   billing_mirror_put_payout_items    (BillingMirror            *mirror,
                                               const char               *payout,
                                               char                    **ids,
                                               const char               *cursor,
                                               GError                  **error);

/* Whether @text, an object of Stripe's, is not what the mirror has of it. */
gboolean   billing_mirror_differs             (BillingMirror            *mirror,
                                               const BillingMirrorKind  *kind,
                                               const char               *text,
                                               gsize                     length,
                                               gboolean                 *differs,
                                               GError                  **error);
/* The first currency in which the balance is not the sum of its transactions, both in minor units.
 * %NULL without @error: there is none, or no balance. */
char      *billing_mirror_find_balance_difference (BillingMirror        *mirror,
                                                   gint64               *stripe,
                                                   gint64               *ours,
                                                   GError              **error);

G_END_DECLS
