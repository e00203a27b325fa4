/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-clock"

#include "config.h"

#include "billing-stripe-clock.h"

static gint64
get_time (gpointer data)
{
  return g_get_monotonic_time ();
}

static guint32
get_random (gpointer data)
{
  return g_random_int ();
}

static int
count_milliseconds (gint64 until)
{
  gint64 left = until - g_get_monotonic_time ();

  return (int) CLAMP ((left + 999) / 1000, 0, G_MAXINT);
}

/* A cancellable has a descriptor that can be waited for; where there is none, time alone is. */
static gboolean
wait_until (gpointer       data,
            gint64         until,
            GCancellable  *cancellable,
            GError       **error)
{
  GPollFD fd = { 0 };
  gboolean has_fd = g_cancellable_make_pollfd (cancellable, &fd);

  while (!g_cancellable_is_cancelled (cancellable) && g_get_monotonic_time () < until)
    g_poll (&fd, has_fd ? 1 : 0, count_milliseconds (until));

  if (has_fd)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

const BillingStripeClock *
billing_stripe_clock_get_default (void)
{
  static const BillingStripeClock clock = { get_time, wait_until, get_random, NULL };

  return &clock;
}
