/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_STRIPE_PAYMENT (billing_stripe_payment_get_type ())
G_DECLARE_FINAL_TYPE (BillingStripePayment, billing_stripe_payment, BILLING, STRIPE_PAYMENT, BillingRecord)

/**
 * BillingStripePayment:
 *
 * One payment of Stripe's account, ours or not: a payment intent with its latest charge, or a charge that has no intent. Its id is that of
 * the one or of the other. Read from the mirror; to be read by its members.
 */
struct _BillingStripePayment {
  BillingRecord parent_instance;

  gint64 created_at; /* Unix seconds */
  gint64 amount; /* minor units */
  char *currency; /* (owned) (nullable): ISO 4217 */
  char *status; /* (owned): billing-stripe-status.h */
  gint64 captured; /* minor units */
  gint64 refunded; /* minor units, without what was never captured */
  gint64 fee; /* minor units of @settled, of all that belongs to the payment */
  gint64 net; /* likewise: what it adds to the balance */
  char *settled; /* (owned) (nullable): the currency of the balance; %NULL: nothing moved there */
  char *method; /* (owned) (nullable): card, us_bank_account, … */
  char *brand; /* (owned) (nullable): of the card, or the bank */
  char *last4; /* (owned) (nullable) */
  char *payer; /* (owned) (nullable): as Stripe knows them */
  char *email; /* (owned) (nullable) */
  char *description; /* (owned) (nullable) */
  char *problem; /* (owned) (nullable): why it was declined */
  char *customer; /* (owned) (nullable): id */
  char *charge; /* (owned) (nullable): id of the latest charge */
  char *payment_intent; /* (owned) (nullable): id */
  gboolean live; /* real money */
  char *payment_id; /* (owned) (nullable): our payment */
  char *payment; /* (owned) (nullable): its number */
  char *patient_id; /* (owned) (nullable) */
  char *patient_name; /* (owned) (nullable) */
};

BillingStripePayment *billing_stripe_payment_new (void);

G_END_DECLS
