/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-stripe-key.h"

G_BEGIN_DECLS

/**
 * BillingStripeKeysState:
 * @BILLING_STRIPE_KEYS_FOUND: there is one, in the keyring
 * @BILLING_STRIPE_KEYS_FROM_ENVIRONMENT: there is one, in BILLING_STRIPE_KEY, and no keyring
 * @BILLING_STRIPE_KEYS_NONE: the keyring has none
 * @BILLING_STRIPE_KEYS_LOCKED: the keyring is locked
 * @BILLING_STRIPE_KEYS_NO_KEYRING: there is no keyring, and nothing in the environment
 *
 * Where the key of a practice is.
 */
typedef enum {
  BILLING_STRIPE_KEYS_FOUND,
  BILLING_STRIPE_KEYS_FROM_ENVIRONMENT,
  BILLING_STRIPE_KEYS_NONE,
  BILLING_STRIPE_KEYS_LOCKED,
  BILLING_STRIPE_KEYS_NO_KEYRING,
} BillingStripeKeysState;

/* To be done first of all in every program that may use a key, while it has one thread. */
void              billing_stripe_keys_take_environment    (void);
BillingStripeKey *billing_stripe_keys_get_brought         (GError                 **error);

BillingStripeKey *billing_stripe_keys_look_up             (const char              *practice_id,
                                                           BillingStripeKeysState  *state,
                                                           GError                 **error);
char             *billing_stripe_keys_look_up_publishable (const char              *practice_id);
gboolean          billing_stripe_keys_unlock              (const char              *practice_id,
                                                           GCancellable            *cancellable,
                                                           GError                 **error);
gboolean          billing_stripe_keys_store               (const char              *practice_id,
                                                           BillingStripeKey        *secret,
                                                           const char              *publishable,
                                                           GCancellable            *cancellable,
                                                           GError                 **error);
gboolean          billing_stripe_keys_clear               (const char              *practice_id,
                                                           GCancellable            *cancellable,
                                                           GError                 **error);

gboolean          billing_stripe_keys_check_publishable   (const char              *publishable,
                                                           gboolean                 live,
                                                           GError                 **error);

G_END_DECLS
