/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-client.h"

G_BEGIN_DECLS

/**
 * BillingStripeAccess:
 * @BILLING_STRIPE_ACCESS_UNKNOWN: not tried: what a restricted key may write cannot be asked
 *   without writing
 * @BILLING_STRIPE_ACCESS_ALLOWED: tried, or a secret key, which may do everything
 * @BILLING_STRIPE_ACCESS_DENIED: Stripe said no
 * @BILLING_STRIPE_ACCESS_MISSING: there is no such thing in this account: nothing that a permission
 *   would change
 */
typedef enum {
  BILLING_STRIPE_ACCESS_UNKNOWN,
  BILLING_STRIPE_ACCESS_ALLOWED,
  BILLING_STRIPE_ACCESS_DENIED,
  BILLING_STRIPE_ACCESS_MISSING,
} BillingStripeAccess;

/**
 * BillingStripePermission:
 * @name: (owned): of a stream of the mirror (`charges`), of a single (`balance`), or `write`
 * @access: whether the key may
 * @sentence: (owned) (nullable): Stripe's own words where it said no
 *
 * What a key may read; `write` stands for everything that it may change.
 */
typedef struct {
  char *name;
  BillingStripeAccess access;
  char *sentence;
} BillingStripePermission;

/**
 * BillingStripeProbe:
 * @account: (owned): id
 * @name: (owned) (nullable): of the business
 * @country: (owned) (nullable): ISO 3166
 * @currency: (owned) (nullable): ISO 4217, upper case, in which the account usually collects
 * @live: whether the key moves real money
 * @restricted: whether it may do only what it was given permission for
 * @last4: the last four characters of the key, by which people tell keys apart
 * @permissions: (owned) (element-type BillingStripePermission): in the order of the mirror's
 *   streams
 *
 * Whose key it is, and what it may do.
 */
typedef struct {
  char *account;
  char *name;
  char *country;
  char *currency;
  gboolean live;
  gboolean restricted;
  char last4[5];
  GPtrArray *permissions;
} BillingStripeProbe;

#define BILLING_TYPE_STRIPE_PROBE (billing_stripe_probe_get_type ())
GType billing_stripe_probe_get_type (void);

/**
 * billing_stripe_probe_run:
 * @client: for the key
 * @last4: the last four characters of the key
 * @cancellable: (nullable): what stops it
 * @error: return location for a #BillingStripeError
 *
 * Asks Stripe whose key it is, and then for one object of each list. Not for the thread of a main
 * loop.
 *
 * Returns: (transfer full) (nullable): %NULL where the key is refused, or there is no answer
 */
BillingStripeProbe *billing_stripe_probe_run      (BillingStripeClient  *client,
                                                   const char           *last4,
                                                   GCancellable         *cancellable,
                                                   GError              **error);

/* Only whose key it is: one request. Permissions are empty. */
BillingStripeProbe *billing_stripe_probe_account  (BillingStripeClient  *client,
                                                   const char           *last4,
                                                   GCancellable         *cancellable,
                                                   GError              **error);

/**
 * billing_stripe_probe_find:
 *
 * Returns: (transfer none) (nullable): what is known of @name
 */
const BillingStripePermission *
                    billing_stripe_probe_find     (BillingStripeProbe   *self,
                                                   const char           *name);

/* As JSON without the key, to be kept. */
char               *billing_stripe_probe_to_text  (BillingStripeProbe   *self);
BillingStripeProbe *billing_stripe_probe_from_text (const char          *text);

BillingStripeProbe *billing_stripe_probe_ref      (BillingStripeProbe   *self);
void                billing_stripe_probe_unref    (BillingStripeProbe   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStripeProbe, billing_stripe_probe_unref)

G_END_DECLS
