/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-clock.h"

G_BEGIN_DECLS

/**
 * BillingStripeLimiter:
 *
 * Keeps requests within Stripe's limits for an account: 100 a second in live mode and 25 in test
 * mode, 25 a second for each endpoint, 20 for a search, 15 for the making of payouts.
 *
 * Tokens come at an even pace and are not saved up, so that no second has more of them than the
 * limit, wherever it begins. Who comes first is served first. Safe from any thread.
 */
typedef struct _BillingStripeLimiter BillingStripeLimiter;

/**
 * billing_stripe_limiter_new:
 * @clock: (nullable) (transfer none): outlives the limiter; %NULL: the real one
 */
BillingStripeLimiter *billing_stripe_limiter_new  (gboolean                  is_live,
                                                   const BillingStripeClock *clock);

void                  billing_stripe_limiter_free (BillingStripeLimiter     *self);

/**
 * billing_stripe_limiter_take:
 * @endpoint: as billing_stripe_request_get_endpoint() gives it
 *
 * Blocks until a request may be sent; no lock is held meanwhile. A wait that is cancelled gives its
 * turn back where nobody stands behind it.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean              billing_stripe_limiter_take (BillingStripeLimiter     *self,
                                                   const char               *endpoint,
                                                   GCancellable             *cancellable,
                                                   GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStripeLimiter, billing_stripe_limiter_free)

G_END_DECLS
