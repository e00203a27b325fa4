/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-singles.h"
#include "billing-stripe-sync.h"

G_BEGIN_DECLS

/*
 * Private to the room: one round of the sync, and what all its parts use.
 */
typedef struct
{
  BillingStripeClient *client; /* (not owned) */
  BillingMirror *mirror;       /* (not owned) */
  GCancellable *cancellable;   /* (owned): the caller's, and that of an error after which nothing has a point */
  BillingStripeProgressFunc progress;
  gpointer progress_data;
  guint n_workers;

  GMutex mutex; /* for what follows; nothing else is locked under it */
  GError *error; /* (owned) (nullable): the first one */
  guint64 objects;
  guint64 requests;
  GHashTable *counts; /* (owned): name of a stream → guint64 * */
} BillingStripeRound;

/* One page of a list. */
typedef struct
{
  const BillingMirrorKind *kind;
  const char *filter; /* (nullable): a parameter, such as charge */
  const char *value;  /* (nullable) */
  gint64 low;         /* of the creation; 0: none */
  gint64 high;        /* behind it; G_MAXINT64: none */
} BillingStripeList;

BillingStripeAnswer *billing_stripe_round_get      (BillingStripeRound       *self,
                                                    const char               *path,
                                                    BillingStripeForm        *form,
                                                    GError                  **error);
BillingStripePage   *billing_stripe_round_get_page (BillingStripeRound       *self,
                                                    const BillingStripeList  *list,
                                                    const char               *cursor,
                                                    GError                  **error);
/* A page of a list that has parameters of its own. */
BillingStripePage   *billing_stripe_round_get_form (BillingStripeRound       *self,
                                                    const char               *path,
                                                    BillingStripeForm        *form,
                                                    const char               *cursor,
                                                    GError                  **error);

/* Commits what went well, and takes back what did not. Returns: whether it is kept */
gboolean             billing_stripe_round_end      (BillingStripeRound       *self,
                                                    gboolean                  success,
                                                    GError                  **error);
/* Within a transaction of the mirror: keeps an object, or all of a page, or says what is wrong with
 * it. */
gboolean             billing_stripe_round_put      (BillingStripeRound       *self,
                                                    const BillingMirrorKind  *kind,
                                                    const char               *text,
                                                    gsize                     length,
                                                    gint64                    fetched,
                                                    GError                  **error);
gboolean             billing_stripe_round_put_page (BillingStripeRound       *self,
                                                    const BillingMirrorKind  *kind,
                                                    BillingStripePage        *page,
                                                    gint64                    fetched,
                                                    GError                  **error);
/* When the object was made; 0 where it does not say. */
gint64               billing_stripe_round_read_created (BillingStripePage    *page,
                                                        guint                 i);

/* Counts, and tells. */
void                 billing_stripe_round_count    (BillingStripeRound       *self,
                                                    const char               *stream,
                                                    guint                     n_objects);

/* The stream stops with this problem; what the key may not do and what is not there is no error of
 * the round. */
void                 billing_stripe_round_stop     (BillingStripeRound       *self,
                                                    const char               *stream,
                                                    GError                   *error);
/* Takes @problem: TRUE where the key may not read the stream, which then stops; otherwise it is
 * @error. */
gboolean             billing_stripe_round_forgive  (BillingStripeRound       *self,
                                                    const char               *stream,
                                                    GError                   *problem,
                                                    GError                  **error);
/* Keeps the first error, and ends all that goes on where nothing else has a point. */
void                 billing_stripe_round_fail     (BillingStripeRound       *self,
                                                    GError                   *error);
gboolean             billing_stripe_round_has_ended (BillingStripeRound      *self);

/* Whether a stream may be asked for. Where the mirror cannot be read, this and the next two end the
 * round. */
gboolean             billing_stripe_round_is_open  (BillingStripeRound       *self,
                                                    const char               *stream);
char                *billing_stripe_round_get_state (BillingStripeRound      *self,
                                                     const char              *name);
gint64               billing_stripe_round_get_time (BillingStripeRound       *self,
                                                    const char               *name);
/* What time it is, in seconds since 1970: Stripe's clock may be ahead of this computer's. */
gint64               billing_stripe_round_get_now  (BillingStripeRound       *self);
/* Pairs of names and values, in one transaction; NULL at the end. */
gboolean             billing_stripe_round_set_states (BillingStripeRound     *self,
                                                      GError                **error,
                                                      ...) G_GNUC_NULL_TERMINATED;

typedef gboolean (*BillingStripeEachFunc) (BillingStripeRound  *self,
                                           const char          *item,
                                           gpointer             data,
                                           GError             **error);

/* Calls @func for each of the strings, several at once, until one fails. */
gboolean             billing_stripe_round_each     (BillingStripeRound       *self,
                                                    GPtrArray                *items,
                                                    BillingStripeEachFunc     func,
                                                    gpointer                  data,
                                                    GError                  **error);

/* The parts. Each returns FALSE where the round cannot go on, with @error. */
void                 billing_stripe_backfill       (BillingStripeRound       *self);

gboolean             billing_stripe_single_fetch   (BillingStripeRound       *self,
                                                    const char               *name);
void                 billing_stripe_singles_fetch_missing (BillingStripeRound *self);

gboolean             billing_stripe_events_begin   (BillingStripeRound       *self,
                                                    GError                  **error);
gboolean             billing_stripe_events_read    (BillingStripeRound       *self,
                                                    gboolean                 *has_gap,
                                                    GError                  **error);

gboolean             billing_stripe_refetch        (BillingStripeRound       *self,
                                                    const BillingMirrorKind  *kind,
                                                    GPtrArray                *ids,
                                                    gint64                    since,
                                                    guint                     n_since,
                                                    GError                  **error);
gboolean             billing_stripe_list_again     (BillingStripeRound       *self,
                                                    const BillingStripeList  *list,
                                                    guint                     max_pages,
                                                    guint64                  *n_objects,
                                                    guint64                  *n_differing,
                                                    GError                  **error);

gboolean             billing_stripe_money_refresh  (BillingStripeRound       *self,
                                                    GError                  **error);
gboolean             billing_stripe_payouts_itemise (BillingStripeRound      *self,
                                                     GError                 **error);

gboolean             billing_stripe_sweep_check    (BillingStripeRound       *self,
                                                    GError                  **error);
gboolean             billing_stripe_audit          (BillingStripeRound       *self,
                                                    GError                  **error);

G_END_DECLS
