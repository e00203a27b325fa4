/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-test-clock"

#include "config.h"

#include "billing-test-clock.h"

static gint64
get_time (gpointer data)
{
  BillingTestClock *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->now;
}

static gboolean
wait_until (gpointer       data,
            gint64         until,
            GCancellable  *cancellable,
            GError       **error)
{
  BillingTestClock *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 wait = until - self->now;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (wait > 0)
    {
      g_array_append_val (self->waits, wait);
      self->now = until;
    }
  return TRUE;
}

static guint32
get_random (gpointer data)
{
  BillingTestClock *self = data;

  return self->random;
}

void
billing_test_clock_init (BillingTestClock *self)
{
  *self = (BillingTestClock) { .clock = { get_time, wait_until, get_random, self } };
  g_mutex_init (&self->mutex);
  self->waits = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
billing_test_clock_clear (BillingTestClock *self)
{
  g_clear_pointer (&self->waits, g_array_unref);
  g_mutex_clear (&self->mutex);
}
