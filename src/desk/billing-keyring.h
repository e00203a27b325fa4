/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BillingKeyringState:
 * @BILLING_KEYRING_OPEN: it answered
 * @BILLING_KEYRING_LOCKED: it would ask a person for its password
 * @BILLING_KEYRING_NONE: there is none, or it does not answer
 *
 * How the Secret Service stands.
 */
typedef enum {
  BILLING_KEYRING_OPEN,
  BILLING_KEYRING_LOCKED,
  BILLING_KEYRING_NONE,
} BillingKeyringState;

/**
 * BILLING_KEYRING_MAIL:
 *
 * Which secret is the password of the mail server.
 */
#define BILLING_KEYRING_MAIL "mail"

/**
 * BillingKeyringItem:
 * @practice_id: whose
 * @which: (nullable): which of the keys of its Stripe account, or BILLING_KEYRING_MAIL; %NULL: the secret that keys its seals
 *
 * The name under which a secret is kept.
 */
typedef struct {
  const char *practice_id;
  const char *which;
} BillingKeyringItem;

GBytes   *billing_keyring_get_seal_key (const char                *practice_id,
                                        char                     **warning);

/* Never asks a person, and takes a few seconds at most. */
char     *billing_keyring_look_up      (const BillingKeyringItem  *item,
                                        BillingKeyringState       *state);

/* On a person's explicit request: the keyring may ask for its password, and take all the time. */
gboolean  billing_keyring_unlock       (const BillingKeyringItem  *item,
                                        GCancellable              *cancellable,
                                        GError                   **error);
gboolean  billing_keyring_store        (const BillingKeyringItem  *item,
                                        const char                *label,
                                        const char                *secret,
                                        GCancellable              *cancellable,
                                        GError                   **error);
gboolean  billing_keyring_clear        (const BillingKeyringItem  *item,
                                        GCancellable              *cancellable,
                                        GError                   **error);

/* Wipes it first. */
void      billing_keyring_free_secret  (char                      *secret);

G_END_DECLS
