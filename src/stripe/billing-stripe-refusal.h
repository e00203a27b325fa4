/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-answer.h"

G_BEGIN_DECLS

/*
 * Private to the room: the one place where what Stripe refuses becomes an error.
 */

/* Of an answer whose status is not 2xx. */
GError *billing_stripe_refusal_to_error (BillingStripeAnswer *answer);

/* (transfer full): @text without the keys that it quotes. */
char   *billing_stripe_refusal_hide_keys (const char         *text);

G_END_DECLS
