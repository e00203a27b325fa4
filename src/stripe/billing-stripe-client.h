/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-stripe-answer.h"
#include "billing-stripe-clock.h"
#include "billing-stripe-page.h"
#include "billing-stripe-request.h"

G_BEGIN_DECLS

/* Where Stripe is, and the version of its API that every answer is asked for in: without it, an
 * account's own default would decide what objects look like. */
#define BILLING_STRIPE_BASE "https://api.stripe.com"
#define BILLING_STRIPE_API_VERSION "2026-10-28.endive"

/**
 * BillingStripeClient:
 *
 * Stripe's v1 API for one key: sends requests, one at a time for each thread that asks, as many
 * threads as like. It keeps Stripe's rate limits (one client for each account in a process, then),
 * sends again what Stripe's own SDKs would send again, and tells what went wrong in the words of
 * BillingStripeError. It never follows a redirection, and never sends the key over plain http but
 * to this computer itself.
 *
 * A POST that ends with an error other than a refusal (see BillingStripeError) may have been done:
 * send the same request again, within 23 hours.
 */
#define BILLING_TYPE_STRIPE_CLIENT (billing_stripe_client_get_type ())
G_DECLARE_FINAL_TYPE (BillingStripeClient, billing_stripe_client, BILLING, STRIPE_CLIENT, GObject)

/**
 * billing_stripe_client_new:
 * @base: (nullable): `https://host` or, for loopback addresses, `http://host:port`; %NULL: Stripe
 * @key: a secret or restricted key; the caller wipes its own copy
 *
 * Returns: (transfer full): %NULL with %BILLING_STRIPE_ERROR_KEY or %BILLING_STRIPE_ERROR_ADDRESS
 */
BillingStripeClient *billing_stripe_client_new      (const char  *base,
                                                     const char  *key,
                                                     GError     **error);

/**
 * billing_stripe_client_new_full:
 * @timeout: how long a connection may be silent, in seconds; 0: Stripe's own 80
 * @clock: (nullable) (transfer none): outlives the client; %NULL: the real one
 */
BillingStripeClient *billing_stripe_client_new_full (const char                *base,
                                                     const char                *key,
                                                     guint                      timeout,
                                                     const BillingStripeClock  *clock,
                                                     GError                   **error);

/* Whether the key moves real money. */
gboolean             billing_stripe_client_is_live       (BillingStripeClient *self);

/* Whether the key may do only what it was given permission for. */
gboolean             billing_stripe_client_is_restricted (BillingStripeClient *self);

/**
 * billing_stripe_client_send:
 *
 * Sends @request and waits: for its turn, for the answer, and for up to two repetitions. Not for
 * the thread of a main loop.
 *
 * Returns: (transfer full): an answer of status 2xx, whose body is one JSON object that can be
 *   parsed; %NULL with %BILLING_STRIPE_ERROR or %G_IO_ERROR_CANCELLED
 */
BillingStripeAnswer *billing_stripe_client_send        (BillingStripeClient   *self,
                                                        BillingStripeRequest  *request,
                                                        GCancellable          *cancellable,
                                                        GError               **error);

void                 billing_stripe_client_send_async  (BillingStripeClient   *self,
                                                        BillingStripeRequest  *request,
                                                        GCancellable          *cancellable,
                                                        GAsyncReadyCallback    callback,
                                                        gpointer               user_data);

BillingStripeAnswer *billing_stripe_client_send_finish (BillingStripeClient   *self,
                                                        GAsyncResult          *result,
                                                        GError               **error);

/**
 * billing_stripe_client_get_page:
 * @request: a GET of a list
 * @cursor: (nullable): the id after or before which it is asked for; its answer must not have it
 *
 * As billing_stripe_client_send(), for lists: the body is looked through once, without a tree.
 *
 * Returns: (transfer full): %NULL with %BILLING_STRIPE_ERROR or %G_IO_ERROR_CANCELLED
 */
BillingStripePage   *billing_stripe_client_get_page    (BillingStripeClient   *self,
                                                        BillingStripeRequest  *request,
                                                        const char            *cursor,
                                                        GCancellable          *cancellable,
                                                        GError               **error);

/**
 * billing_stripe_client_take_notices:
 *
 * What Stripe said in the header `Stripe-Notice` of its answers since this was asked last, each once: for whoever runs this
 * program. Nothing that looks like a key is in it.
 *
 * Returns: (transfer full) (array zero-terminated=1): often empty
 */
GStrv                billing_stripe_client_take_notices  (BillingStripeClient *self);

/* Within the room: whether @error says that what was asked for is not there at all, because this is
 * no Stripe, but something on this computer that answers in its place and may have less. Of Stripe
 * it never does. */
gboolean             billing_stripe_client_lacks         (BillingStripeClient *self,
                                                          const GError        *error);

/* Within the room: the time by which it waits. */
const BillingStripeClock *billing_stripe_client_get_clock (BillingStripeClient *self);

G_END_DECLS
