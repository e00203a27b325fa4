/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BillingStripeForm:
 *
 * The parameters of a request, in the encoding of Stripe's v1 API:
 * `application/x-www-form-urlencoded`, UTF-8, `a[b][c]=v` for members, `a[0]=x` for lists, with all
 * but letters, digits and `-._~` percent-encoded. What is not added stays as it is at Stripe.
 *
 * The bytes depend on nothing but the calls and their order: the outbox keeps them, and the same
 * key goes with the same bytes.
 *
 * Names and values must be UTF-8; a name has no brackets, and is added once. A breach of that is
 * the caller's mistake.
 */
typedef struct _BillingStripeForm BillingStripeForm;

BillingStripeForm *billing_stripe_form_new  (void);
void               billing_stripe_form_free (BillingStripeForm *self);

/**
 * billing_stripe_form_open:
 * @name: (nullable): of a member that has members or items; %NULL: the next item of the open list
 *
 * What is added until billing_stripe_form_close() belongs to it. A member that is opened and closed
 * with nothing in it leaves no trace: to empty one at Stripe, use billing_stripe_form_add_unset().
 */
void billing_stripe_form_open  (BillingStripeForm *self, const char *name);
void billing_stripe_form_close (BillingStripeForm *self);

/**
 * billing_stripe_form_add_string:
 * @name: (nullable): of a member; %NULL: the next item of the open list
 * @value: empty text unsets the member at Stripe, as billing_stripe_form_add_unset() does
 */
void billing_stripe_form_add_string  (BillingStripeForm *self, const char *name, const char *value);
void billing_stripe_form_add_integer (BillingStripeForm *self, const char *name, gint64 value);
void billing_stripe_form_add_boolean (BillingStripeForm *self, const char *name, gboolean value);

/**
 * billing_stripe_form_add_unset:
 *
 * Unsets a member that Stripe's reference calls Emptyable: `metadata` is emptied, one key of it is
 * removed.
 */
void billing_stripe_form_add_unset (BillingStripeForm *self, const char *name);

/**
 * billing_stripe_form_expand:
 * @path: such as `latest_charge.balance_transaction`; in lists with `data.` before it
 *
 * Asks for a whole object where Stripe would answer with its id. At most four levels.
 */
void billing_stripe_form_expand (BillingStripeForm *self, const char *path);

/**
 * billing_stripe_form_to_bytes:
 *
 * Returns: (transfer full): the body of a POST, or what follows the `?` of a GET
 */
GBytes *billing_stripe_form_to_bytes (BillingStripeForm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStripeForm, billing_stripe_form_free)

G_END_DECLS
