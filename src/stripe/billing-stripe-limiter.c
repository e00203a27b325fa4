/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-limiter"

#include "config.h"

#include "billing-stripe-limiter.h"

/* Requests a second. */
#define LIVE_RATE 100
#define TEST_RATE 25
#define ENDPOINT_RATE 25
#define SEARCH_RATE 20
#define PAYOUT_RATE 15

typedef struct
{
  gint64 next;    /* when the next token is there */
  gint64 spacing; /* between two of them, in microseconds */
} Bucket;

struct _BillingStripeLimiter
{
  const BillingStripeClock *clock;
  GMutex mutex; /* for what follows */
  Bucket all;
  GHashTable *endpoints; /* (owned): name → Bucket */
};

static gint64
get_spacing (const char *endpoint)
{
  gint64 rate = ENDPOINT_RATE;

  if (g_str_has_suffix (endpoint, "/search"))
    rate = SEARCH_RATE;
  else if (g_str_equal (endpoint, "POST /v1/payouts"))
    rate = PAYOUT_RATE;
  return (G_USEC_PER_SEC + rate - 1) / rate;
}

static Bucket *
get_bucket (BillingStripeLimiter *self,
            const char           *endpoint)
{
  Bucket *bucket = g_hash_table_lookup (self->endpoints, endpoint);

  if (bucket != NULL)
    return bucket;

  bucket = g_new0 (Bucket, 1);
  bucket->next = G_MININT64;
  bucket->spacing = get_spacing (endpoint);
  g_hash_table_insert (self->endpoints, g_strdup (endpoint), bucket);
  return bucket;
}

static gint64
reserve (BillingStripeLimiter *self,
         Bucket               *bucket)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 turn = MAX (bucket->next, self->clock->get_time (self->clock->data));

  bucket->next = turn + bucket->spacing;
  return turn;
}

static void
give_back (BillingStripeLimiter *self,
           Bucket               *bucket,
           gint64                turn)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (bucket->next == turn + bucket->spacing)
    bucket->next = turn;
}

static gboolean
take (BillingStripeLimiter  *self,
      Bucket                *bucket,
      GCancellable          *cancellable,
      GError               **error)
{
  gint64 turn = reserve (self, bucket);

  if (self->clock->wait (self->clock->data, turn, cancellable, error))
    return TRUE;
  give_back (self, bucket, turn);
  return FALSE;
}

BillingStripeLimiter *
billing_stripe_limiter_new (gboolean                  is_live,
                            const BillingStripeClock *clock)
{
  BillingStripeLimiter *self = g_new0 (BillingStripeLimiter, 1);

  self->clock = clock != NULL ? clock : billing_stripe_clock_get_default ();
  self->all.next = G_MININT64;
  self->all.spacing = G_USEC_PER_SEC / (is_live ? LIVE_RATE : TEST_RATE);
  self->endpoints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->mutex);
  return self;
}

void
billing_stripe_limiter_free (BillingStripeLimiter *self)
{
  g_hash_table_unref (self->endpoints);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* First the endpoint's token, then the account's: a long queue at one endpoint must not hold tokens
 * of the account that others could use now. */
gboolean
billing_stripe_limiter_take (BillingStripeLimiter  *self,
                             const char            *endpoint,
                             GCancellable          *cancellable,
                             GError               **error)
{
  Bucket *bucket;

  g_return_val_if_fail (self != NULL && endpoint != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  bucket = get_bucket (self, endpoint);
  g_mutex_unlock (&self->mutex);

  return take (self, bucket, cancellable, error) && take (self, &self->all, cancellable, error);
}
