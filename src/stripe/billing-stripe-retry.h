/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * When a request is sent again, by the rules of Stripe's own SDKs: at most two more times, with the
 * same bytes and the same key. What takes longer than these few seconds is the caller's: a 429 is
 * not sent again here, and `Retry-After` is not read.
 */

/**
 * billing_stripe_retry_is_due:
 * @done: how many times it was sent again already
 * @status: of the answer; 0: there was none
 * @should_retry: (nullable): what Stripe says itself, in the header `Stripe-Should-Retry`
 */
gboolean billing_stripe_retry_is_due    (guint       done,
                                         guint       status,
                                         const char *should_retry);

/**
 * billing_stripe_retry_get_delay:
 * @random: any number; spreads the retries of many programs
 *
 * Returns: how long to wait before it is sent again, in microseconds: from 0.5 to 5 seconds
 */
gint64   billing_stripe_retry_get_delay (guint       done,
                                         guint32     random);

G_END_DECLS
