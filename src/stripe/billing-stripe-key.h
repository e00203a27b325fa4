/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BillingStripeKey:
 *
 * A secret or restricted key of a Stripe account. Its text is held in memory that is neither
 * swapped out, where the system allows it, nor written into core dumps, and that is wiped when the
 * key is freed. It cannot be changed, and may be read from any thread.
 */
typedef struct _BillingStripeKey BillingStripeKey;

/**
 * billing_stripe_key_new:
 * @text: what a person entered; wiping it is the caller's
 *
 * Returns: %NULL with %BILLING_STRIPE_ERROR_KEY where this cannot be such a key; the sentence says
 *   which one is wanted, and never repeats what was entered
 */
BillingStripeKey *billing_stripe_key_new           (const char       *text,
                                                    GError          **error);

void              billing_stripe_key_free          (BillingStripeKey *self);

/**
 * billing_stripe_key_peek:
 *
 * Returns: (transfer none): the secret itself: for the request only, never for a log, an error or
 *   the screen
 */
const char       *billing_stripe_key_peek          (BillingStripeKey *self);

/* Whether it moves real money; otherwise it is for Stripe's test mode. */
gboolean          billing_stripe_key_is_live       (BillingStripeKey *self);

/* Whether it may do only what it was given permission for. */
gboolean          billing_stripe_key_is_restricted (BillingStripeKey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStripeKey, billing_stripe_key_free)

G_END_DECLS
