/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-retry"

#include "config.h"

#include "billing-stripe-retry.h"

#define MAX_RETRIES 2
#define MIN_DELAY (G_USEC_PER_SEC / 2)
#define MAX_DELAY (5 * G_USEC_PER_SEC)

gboolean
billing_stripe_retry_is_due (guint       done,
                             guint       status,
                             const char *should_retry)
{
  if (done >= MAX_RETRIES)
    return FALSE;
  if (status == 0)
    return TRUE;
  if (g_strcmp0 (should_retry, "false") == 0)
    return FALSE;
  if (g_strcmp0 (should_retry, "true") == 0)
    return TRUE;
  return status == 409 || status >= 500;
}

/* min (0.5 s × 2^(done - 1), 5 s), times a half to a whole, but never less than 0.5 s. */
gint64
billing_stripe_retry_get_delay (guint   done,
                                guint32 random)
{
  gint64 whole = MIN ((MIN_DELAY / 2) << MIN (done, 8), MAX_DELAY);
  gint64 half = whole / 2;

  return MAX (half + ((half * random) >> 32), MIN_DELAY);
}
