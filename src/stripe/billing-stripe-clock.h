/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BillingStripeClock:
 * @get_time: the time in microseconds, which never goes back
 * @wait: blocks until a time by @get_time, or fails with %G_IO_ERROR_CANCELLED
 * @get_random: any number, for the spread of retries
 * @data: for all of them
 *
 * The time by which requests are paced and retried. All three are called from several threads.
 */
typedef struct
{
  gint64   (*get_time)   (gpointer       data);
  gboolean (*wait)       (gpointer       data,
                          gint64         until,
                          GCancellable  *cancellable,
                          GError       **error);
  guint32  (*get_random) (gpointer       data);
  gpointer data;
} BillingStripeClock;

/**
 * billing_stripe_clock_get_default:
 *
 * Returns: (transfer none): the real one
 */
const BillingStripeClock *billing_stripe_clock_get_default (void);

G_END_DECLS
