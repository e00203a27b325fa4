/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-stripe-payment.h"

G_BEGIN_DECLS

/**
 * BillingStoryWhat:
 *
 * What happens to a payment at Stripe, in the order in which it is told where it happens in one second.
 */
typedef enum {
  BILLING_STORY_CREATED,
  BILLING_STORY_DECLINED,
  BILLING_STORY_BLOCKED,
  BILLING_STORY_PENDING,
  BILLING_STORY_AUTHORISED,
  BILLING_STORY_COLLECTED,
  BILLING_STORY_CAPTURED,
  BILLING_STORY_RELEASED, /* what was not captured */
  BILLING_STORY_FEE,
  BILLING_STORY_CANCELED,
  BILLING_STORY_RETURNED, /* a bank debit that had succeeded */
  BILLING_STORY_WARNING,
  BILLING_STORY_REFUNDED,
  BILLING_STORY_REFUND_FAILED,
  BILLING_STORY_DISPUTED,
  BILLING_STORY_DISPUTE_WON,
  BILLING_STORY_DISPUTE_LOST,
  BILLING_STORY_DISPUTE_CLOSED,
  BILLING_STORY_AVAILABLE,
  BILLING_STORY_PAID_OUT,
} BillingStoryWhat;

/**
 * BillingStoryEvent:
 * @what: what happened
 * @at: when, Unix seconds; perhaps still to come
 * @amount: minor units, 0: of no amount
 * @currency: (nullable): its
 * @detail: (nullable): a sentence or a word of Stripe's: why it was declined, what the fee is for, how the refund or the payout stands
 * @code: (nullable): Stripe's or the bank's code for it
 * @id: (nullable): of the charge, refund, dispute or payout
 */
typedef struct {
  BillingStoryWhat what;
  gint64 at;
  gint64 amount;
  char *currency;
  char *detail;
  char *code;
  char *id;
} BillingStoryEvent;

/**
 * BillingStoryLine:
 * @category: Stripe's reporting category, or `fee`
 * @detail: (nullable): of a fee, what it is for
 * @amount: minor units, as it changes the balance
 *
 * A line of what a payment does to the balance.
 */
typedef struct {
  char *category;
  char *detail;
  gint64 amount;
} BillingStoryLine;

/**
 * BillingStoryFact:
 *
 * What Stripe knows of the charge beyond its row; each as Stripe says it.
 */
typedef enum {
  BILLING_STORY_RISK_LEVEL,
  BILLING_STORY_RISK_SCORE,
  BILLING_STORY_RISK_RULE,
  BILLING_STORY_RISK_REASON,
  BILLING_STORY_SELLER_MESSAGE,
  BILLING_STORY_RECEIPT_URL,
  BILLING_STORY_RECEIPT_NUMBER,
  BILLING_STORY_RECEIPT_EMAIL,
  BILLING_STORY_EXPIRY_MONTH,
  BILLING_STORY_EXPIRY_YEAR,
  BILLING_STORY_FUNDING,
  BILLING_STORY_COUNTRY,
  BILLING_STORY_NETWORK,
  BILLING_STORY_WALLET,
  BILLING_STORY_CHECK_CVC,
  BILLING_STORY_CHECK_ADDRESS,
  BILLING_STORY_CHECK_POSTAL_CODE,
  BILLING_STORY_BANK_NAME,
  BILLING_STORY_BANK_ACCOUNT_TYPE,
  BILLING_STORY_BANK_HOLDER_TYPE,
  BILLING_STORY_BANK_ROUTING,
  BILLING_STORY_DESCRIPTOR,
  BILLING_STORY_DISPUTE, /* id of one that is open */
  BILLING_STORY_EXCHANGE_RATE, /* where the balance is in another currency */
  BILLING_STORY_INTENT_STATUS,
  BILLING_STORY_N_FACTS,
} BillingStoryFact;

/**
 * BillingStripeStory:
 * @events: (element-type BillingStoryEvent): what happened, the first first
 * @lines: (element-type BillingStoryLine): what it does to the balance
 * @net: what @lines come to
 * @currency: (nullable): of @lines and @net
 * @facts: (nullable): by #BillingStoryFact
 */
typedef struct {
  GPtrArray *events;
  GPtrArray *lines;
  gint64 net;
  char *currency;
  char *facts[BILLING_STORY_N_FACTS];
} BillingStripeStory;

BillingStripeStory *billing_stripe_story_read (BillingConnection     *connection,
                                               BillingStripePayment  *payment,
                                               GError               **error);
void                billing_stripe_story_free (BillingStripeStory    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStripeStory, billing_stripe_story_free)

G_END_DECLS
