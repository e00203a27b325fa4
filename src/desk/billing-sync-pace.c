/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sync-pace"

#include "config.h"

#include "billing-sync-private.h"

/* How long it is from one round to the next. */

/* Seconds from one round to the next (stripe-facts 1.5: Stripe grants a quiet account 10,000 reads
 * a month). */
#define POLL_ACTIVE 60
#define POLL_IDLE (10 * 60)

/* Seconds until it is tried again, doubled each time up to a limit. */
#define RETRY_OFFLINE 15
#define RETRY_LIMITED 60
#define RETRY_FAILED 60
#define RETRY_BUSY 10
#define MAX_RETRY (15 * 60)

/* A key that Stripe refuses is not shown to it every minute. */
#define RETRY_REFUSED (60 * 60)

static guint
get_retry (guint first,
           guint n_failed)
{
  guint shift = MIN (n_failed > 0 ? n_failed - 1 : 0, 8);

  return MIN (first << shift, MAX_RETRY);
}

static guint
get_usual (BillingSyncState state,
           gboolean         is_active,
           guint            n_failed)
{
  switch (state)
    {
    case BILLING_SYNC_STATE_OFFLINE:
      return MIN (get_retry (RETRY_OFFLINE, n_failed), POLL_IDLE);
    case BILLING_SYNC_STATE_LIMITED:
      return get_retry (RETRY_LIMITED, n_failed);
    case BILLING_SYNC_STATE_FAILED:
      return get_retry (RETRY_FAILED, n_failed);
    case BILLING_SYNC_STATE_BUSY:
      return RETRY_BUSY;
    case BILLING_SYNC_STATE_KEY_REFUSED:
    case BILLING_SYNC_STATE_DENIED:
      return RETRY_REFUSED;
    case BILLING_SYNC_STATE_STARTING:
    case BILLING_SYNC_STATE_NOT_CONNECTED:
    case BILLING_SYNC_STATE_LOCKED:
    case BILLING_SYNC_STATE_NO_KEYRING:
    case BILLING_SYNC_STATE_SYNCING:
    case BILLING_SYNC_STATE_CURRENT:
    default:
      return is_active ? POLL_ACTIVE : POLL_IDLE;
    }
}

/* @due: when the first intent is to be sent, Unix seconds; 0: none. One that is soon does not wait
 * for the next poll. */
guint
_billing_sync_get_delay (BillingSyncState state,
                         gboolean         is_active,
                         guint            n_failed,
                         gint64           due)
{
  guint usual = get_usual (state, is_active, n_failed);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (due == 0 || state != BILLING_SYNC_STATE_CURRENT)
    return usual;

  return (guint) CLAMP (due - now, MIN (RETRY_OFFLINE, usual), usual);
}
