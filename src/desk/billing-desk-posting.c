/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-posting"

#include "config.h"

#include "billing-desk-posting.h"

#include "billing-desk-posting-private.h"
#include "billing-mirror-queue.h"
#include "billing-posting.h"

/*
 * What Stripe's objects in the mirror mean for our payments, taken from the mirror's queue. Each
 * look compares what the mirror says of a charge with what the books say, and posts the difference:
 * so the order in which things come does not matter, and looking twice changes nothing.
 */

/* So many charges are looked at one by one in a transaction, for which people's verbs wait. */
#define SLICE 200

typedef struct {
  BillingDesk *desk;
  BillingPostingBatch batch;
  guint next;
  guint64 n_posted;
} Work;

static gboolean
post_slice (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Work *work = data;
  guint end = MIN (work->next + SLICE, work->batch.charges->len);

  for (guint i = work->next; i < end; i++)
    {
      if (!billing_desk_post_charge (work->desk, connection,
                                     g_array_index (work->batch.charges, gint64, i),
                                     &work->n_posted, error))
        return FALSE;
    }

  work->next = end;
  return billing_desk_close_links (work->desk, connection, error);
}

static gboolean
take_batch (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Work *work = data;

  return billing_posting_take_batch (connection, &work->batch, error) &&
         post_slice (connection, data, cancellable, error);
}

static gboolean
post_batch (Work           *work,
            GCancellable   *cancellable,
            GError        **error)
{
  BillingStore *store = billing_desk_get_store (work->desk);
  BillingStoreFunc func = take_batch;

  do
    {
      if (!billing_store_write_at (store, G_PRIORITY_LOW, func, work, cancellable, error))
        return FALSE;
      func = post_slice;
    }
  while (work->next < work->batch.charges->len);

  return TRUE;
}

/* Only what is kept in the books is taken from the queue. */
static gboolean
post_next (BillingDesk    *desk,
           BillingMirror  *mirror,
           guint64        *n_posted,
           gboolean       *is_empty,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr (GArray) charges = g_array_new (FALSE, FALSE, sizeof (gint64));
  Work work = { .desk = desk, .batch.charges = charges };

  if (!post_batch (&work, cancellable, error))
    return FALSE;

  *n_posted += work.n_posted + work.batch.n_posted;
  *is_empty = work.batch.seq == 0;
  return *is_empty || billing_mirror_drop_queue (mirror, work.batch.seq, error);
}

/**
 * billing_desk_post_stripe:
 * @desk: a session
 * @mirror: the practice's mirror, in no transaction of this thread's
 * @n_posted: (out): how much was posted: collections, attempts, refunds, …
 * @cancellable: (nullable): what stops it between two transactions
 * @error: return location for an error
 *
 * Posts what is in the mirror's queue, until it is empty. People's verbs go first.
 *
 * Returns: whether the books say what the mirror says
 */
gboolean
billing_desk_post_stripe (BillingDesk    *desk,
                          BillingMirror  *mirror,
                          guint64        *n_posted,
                          GCancellable   *cancellable,
                          GError        **error)
{
  gboolean is_empty = FALSE;

  *n_posted = 0;
  while (!is_empty)
    {
      if (!post_next (desk, mirror, n_posted, &is_empty, cancellable, error))
        return FALSE;
    }

  return TRUE;
}
