/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BillingStripeError:
 * @BILLING_STRIPE_ERROR_KEY: what was given is not a key that can be used
 * @BILLING_STRIPE_ERROR_ADDRESS: what was given is not an address that a key may be sent to
 * @BILLING_STRIPE_ERROR_OFFLINE: no connection, or one that broke; whether the request was heard is
 *   not known
 * @BILLING_STRIPE_ERROR_TIMEOUT: no answer in time; whether the request was heard is not known
 * @BILLING_STRIPE_ERROR_AUTHENTICATION: the key is wrong, revoked or expired
 * @BILLING_STRIPE_ERROR_PERMISSION: a restricted key that may not do this
 * @BILLING_STRIPE_ERROR_RATE_LIMITED: too much at once: wait longer, with a spread, and ask again
 * @BILLING_STRIPE_ERROR_DECLINED: the card or the bank said no; the sentence may be shown to payers
 * @BILLING_STRIPE_ERROR_INVALID: Stripe refuses the request as it is, or in the state things are in
 * @BILLING_STRIPE_ERROR_IDEMPOTENCY_MISMATCH: the key of another request with other parameters
 * @BILLING_STRIPE_ERROR_CONFLICT: the same request, or another one at the same object, is still
 *   under way
 * @BILLING_STRIPE_ERROR_NOT_FOUND: there is no such object, in this account and mode
 * @BILLING_STRIPE_ERROR_API: a failure at Stripe
 * @BILLING_STRIPE_ERROR_UNREADABLE: an answer that is not Stripe's, or not whole, or too large.
 *   What was asked for may have been done.
 *
 * What can go wrong with Stripe. The message is a sentence for a person: what happened, whether
 * anything was lost, what to do. It may quote Stripe, and so what was sent: it is not for a log, to
 * which billing_stripe_error_to_log() belongs. What was cancelled is %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  BILLING_STRIPE_ERROR_KEY,
  BILLING_STRIPE_ERROR_ADDRESS,
  BILLING_STRIPE_ERROR_OFFLINE,
  BILLING_STRIPE_ERROR_TIMEOUT,
  BILLING_STRIPE_ERROR_AUTHENTICATION,
  BILLING_STRIPE_ERROR_PERMISSION,
  BILLING_STRIPE_ERROR_RATE_LIMITED,
  BILLING_STRIPE_ERROR_DECLINED,
  BILLING_STRIPE_ERROR_INVALID,
  BILLING_STRIPE_ERROR_IDEMPOTENCY_MISMATCH,
  BILLING_STRIPE_ERROR_CONFLICT,
  BILLING_STRIPE_ERROR_NOT_FOUND,
  BILLING_STRIPE_ERROR_API,
  BILLING_STRIPE_ERROR_UNREADABLE,
} BillingStripeError;

#define BILLING_STRIPE_ERROR (billing_stripe_error_quark ())

GQuark billing_stripe_error_quark (void);

/**
 * BillingStripeDetail:
 * @status: of the HTTP answer
 * @type: (nullable): such as `card_error`; it may be one that nobody knows yet, as may the others
 * @code: (nullable): such as `card_declined`
 * @decline_code: (nullable): such as `insufficient_funds`
 * @param: (nullable): which parameter was wrong
 * @permission: (nullable): which one a restricted key lacks, such as `rak_charge_read`
 * @limited_reason: (nullable): which limit was met, such as `endpoint-rate`
 * @request_id: (nullable): `req_…`, by which Stripe finds the request again
 * @message: (nullable): Stripe's own words, without keys
 * @payment_intent: (nullable): id of the payment intent that failed
 * @charge: (nullable): id of the charge that failed
 * @is_replayed: whether this is the answer to an earlier request with the same key
 *
 * What Stripe said of an error.
 */
typedef struct
{
  guint status;
  char *type;
  char *code;
  char *decline_code;
  char *param;
  char *permission;
  char *limited_reason;
  char *request_id;
  char *message;
  char *payment_intent;
  char *charge;
  gboolean is_replayed;
} BillingStripeDetail;

/**
 * billing_stripe_error_get_detail:
 *
 * Returns: (transfer none) (nullable): %NULL where there was no answer, and for other domains
 */
const BillingStripeDetail *billing_stripe_error_get_detail (const GError *error);

/**
 * billing_stripe_error_is_unheard:
 *
 * Returns: whether Stripe has certainly not heard of the request, because there was no connection
 *   to it
 */
gboolean billing_stripe_error_is_unheard (const GError *error);

/**
 * billing_stripe_error_to_log:
 *
 * Returns: (transfer full): one line that is fit for a log: status, codes and request id, no words
 *   that could hold a name, a key or a card
 */
char *billing_stripe_error_to_log (const GError *error);

/* Within the room: an error with what Stripe said. */
GError *billing_stripe_error_new (BillingStripeError   code,
                                  BillingStripeDetail *detail,
                                  const char          *sentence);

/* Within the room, of errors of this domain. */
void billing_stripe_error_set_unheard (GError   *error,
                                       gboolean  unheard);

/* Within the room: a detail is shared by the copies of an error. */
BillingStripeDetail *billing_stripe_detail_new   (void);
void                 billing_stripe_detail_unref (BillingStripeDetail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStripeDetail, billing_stripe_detail_unref)

G_END_DECLS
