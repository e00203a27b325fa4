/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-form.h"

G_BEGIN_DECLS

/**
 * BillingStripeRequest:
 *
 * One request to Stripe's v1 API. It cannot be changed, and may be sent any number of times, from
 * any thread: a POST has the same bytes and the same key each time.
 */
typedef struct _BillingStripeRequest BillingStripeRequest;

/**
 * billing_stripe_path_new:
 * @first: what follows `/v1/`: names as they are, ids in whatever form they came
 * @...: (nullable): more of it, %NULL at the end
 *
 * Returns: (transfer full): such as `/v1/charges/ch_1/refunds`, each piece percent-encoded
 */
char *billing_stripe_path_new (const char *first,
                               ...) G_GNUC_NULL_TERMINATED;

/**
 * billing_stripe_request_new_get:
 * @path: as billing_stripe_path_new() makes it, or the `url` of a list in Stripe's answer
 * @query: (nullable): its parameters
 *
 * Returns: %NULL with %BILLING_STRIPE_ERROR_INVALID where @path leads out of the v1 API
 */
BillingStripeRequest *billing_stripe_request_new_get (const char         *path,
                                                      BillingStripeForm  *query,
                                                      GError            **error);

/**
 * billing_stripe_request_new_post:
 * @body: as billing_stripe_form_to_bytes() made it, now or when it was stored
 * @idempotency_key: 1 to 255 printable ASCII characters, best a UUID; kept with what is to be done
 *   before this is sent. Stripe forgets it after 24 hours.
 *
 * Returns: %NULL with %BILLING_STRIPE_ERROR_INVALID where @path or @idempotency_key cannot be sent
 */
BillingStripeRequest *billing_stripe_request_new_post (const char          *path,
                                                       GBytes              *body,
                                                       const char          *idempotency_key,
                                                       GError             **error);

/**
 * billing_stripe_request_new_stored:
 * @api_version: the version of Stripe's API that @body was made for
 *
 * As billing_stripe_request_new_post(), for what an older program may have stored.
 */
BillingStripeRequest *billing_stripe_request_new_stored (const char  *path,
                                                         GBytes      *body,
                                                         const char  *idempotency_key,
                                                         const char  *api_version,
                                                         GError     **error);

/**
 * billing_stripe_request_new_upload:
 * @file: what is uploaded
 * @purpose: Stripe's word for what for: `dispute_evidence`
 * @filename: as Stripe is to know it; plain ASCII without quotes
 * @content_type: `application/pdf`, …
 * @idempotency_key: as of billing_stripe_request_new_post(); the bytes that are sent depend on it too
 *
 * A file goes to a host of its own, where Stripe itself is asked.
 */
BillingStripeRequest *billing_stripe_request_new_upload (GBytes      *file,
                                                         const char  *purpose,
                                                         const char  *filename,
                                                         const char  *content_type,
                                                         const char  *idempotency_key,
                                                         const char  *api_version,
                                                         GError     **error);

BillingStripeRequest *billing_stripe_request_new_delete (const char  *path,
                                                         GError     **error);

BillingStripeRequest *billing_stripe_request_ref   (BillingStripeRequest *self);
void                  billing_stripe_request_unref (BillingStripeRequest *self);

const char           *billing_stripe_request_get_method   (BillingStripeRequest *self);

/* With the query. */
const char           *billing_stripe_request_get_path     (BillingStripeRequest *self);

/**
 * billing_stripe_request_get_endpoint:
 *
 * Returns: (transfer none): the operation, all ids together: `GET /v1/charges/{id}`. It names
 *   nobody, and is fit for a log.
 */
const char           *billing_stripe_request_get_endpoint (BillingStripeRequest *self);

/**
 * billing_stripe_request_get_body:
 *
 * Returns: (transfer none) (nullable): %NULL but for a POST
 */
GBytes               *billing_stripe_request_get_body     (BillingStripeRequest *self);

/* Of the body: a form's, but for a file's. */
const char           *billing_stripe_request_get_content_type (BillingStripeRequest *self);

/* Whether it goes to the host for files. */
gboolean              billing_stripe_request_is_upload    (BillingStripeRequest *self);

/**
 * billing_stripe_request_get_idempotency_key:
 *
 * Returns: (transfer none) (nullable): %NULL but for a POST
 */
const char           *billing_stripe_request_get_idempotency_key (BillingStripeRequest *self);

/**
 * billing_stripe_request_get_api_version:
 *
 * Returns: (transfer none) (nullable): %NULL: this program's
 */
const char           *billing_stripe_request_get_api_version (BillingStripeRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStripeRequest, billing_stripe_request_unref)

G_END_DECLS
