/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-history.h"
#include "billing-mirror.h"
#include "billing-stripe-client.h"

G_BEGIN_DECLS

/**
 * BillingStripeOutcome:
 * @BILLING_STRIPE_OUTCOME_DONE: Stripe did it
 * @BILLING_STRIPE_OUTCOME_REFUSED: Stripe did not and will not do it
 * @BILLING_STRIPE_OUTCOME_LOST: Stripe may have done it: to be sent again with the same key and
 *   bytes, or looked up again
 * @BILLING_STRIPE_OUTCOME_UNHEARD: this time it was certainly not done: to be sent again, as if it
 *   had not been sent now
 * @BILLING_STRIPE_OUTCOME_UNKNOWN: Stripe may have done it, and its key is of no use any more: to
 *   be looked up
 *
 * What became of an intent.
 */
typedef enum
{
  BILLING_STRIPE_OUTCOME_DONE,
  BILLING_STRIPE_OUTCOME_REFUSED,
  BILLING_STRIPE_OUTCOME_LOST,
  BILLING_STRIPE_OUTCOME_UNHEARD,
  BILLING_STRIPE_OUTCOME_UNKNOWN,
} BillingStripeOutcome;

/**
 * BillingStripeDelivery:
 * @outcome: what became of it
 * @problem: (owned) (nullable): why it is not done: a sentence
 * @answer: (owned) (nullable): JSON of what is worth keeping of Stripe's answer: `id`, `object`,
 *   `status`, `url`
 * @request_id: (owned) (nullable): by which Stripe finds the request
 * @result_id: (owned) (nullable): of the object that it made or changed
 * @error: (owned) (nullable): what went wrong, where it went wrong
 *
 * To be cleared.
 */
typedef struct
{
  BillingStripeOutcome outcome;
  char *problem;
  char *answer;
  char *request_id;
  char *result_id;
  GError *error;
} BillingStripeDelivery;

void     billing_stripe_delivery_clear   (BillingStripeDelivery *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingStripeDelivery, billing_stripe_delivery_clear)

/**
 * billing_stripe_delivery_send:
 * @intent: to be sent; its `first-sent-at` is 0 where Stripe cannot know its key
 * @delivery: (out caller-allocates): what became of it
 *
 * Sends an intent, and keeps what Stripe says of it in the mirror: the object that it made or
 * changed, and the charge that belongs to that. What Stripe did is done only when the mirror has
 * it; until then it counts as lost, and is sent again, which does nothing twice.
 *
 * Not for the thread of a main loop. No transaction is open while the network is used.
 */
void     billing_stripe_delivery_send    (BillingStripeClient   *client,
                                          BillingMirror         *mirror,
                                          BillingIntent         *intent,
                                          BillingStripeDelivery *delivery,
                                          GCancellable          *cancellable);

/**
 * billing_stripe_delivery_send_file:
 * @intent: to be sent; its body is a form that says `purpose`, `filename` and `content_type`
 * @file: what is uploaded, the same each time
 * @delivery: (out caller-allocates): what became of it
 *
 * As billing_stripe_delivery_send(), for an intent whose kind is an upload. The mirror keeps no files: the id of Stripe's is the
 * result.
 */
void     billing_stripe_delivery_send_file (BillingStripeClient   *client,
                                            BillingMirror         *mirror,
                                            BillingIntent         *intent,
                                            GBytes                *file,
                                            BillingStripeDelivery *delivery,
                                            GCancellable          *cancellable);

/**
 * billing_stripe_delivery_look_up:
 * @intent: of which it is not known whether it was done
 * @delivery: (out caller-allocates): done, refused (which means: never done), or lost: it could not
 *   be looked up now
 *
 * Looks at Stripe for what an intent was to make, by our mark in its metadata, or for the state of
 * what it was to change. Sends nothing that changes anything.
 */
void     billing_stripe_delivery_look_up (BillingStripeClient   *client,
                                          BillingMirror         *mirror,
                                          BillingIntent         *intent,
                                          BillingStripeDelivery *delivery,
                                          GCancellable          *cancellable);

/**
 * billing_stripe_delivery_stops:
 *
 * Returns: whether nothing else can be sent now either: the key is wrong, too much was asked, it
 *   was cancelled, or the mirror cannot be written
 */
gboolean billing_stripe_delivery_stops   (BillingStripeDelivery *self);

/**
 * billing_stripe_delivery_get_url:
 * @answer: (nullable): of an intent that is done
 *
 * Returns: (transfer full) (nullable): the page to open in the patient's browser, if there is one
 */
char    *billing_stripe_delivery_get_url (const char *answer);

G_END_DECLS
