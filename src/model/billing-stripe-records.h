/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

/*
 * Stripe's objects as lists show them, read from the mirror. Their words are Stripe's own and open:
 * a status that nobody knows yet is shown as it is. Their ids are Stripe's. To be read by their
 * members.
 */

#define BILLING_TYPE_CHARGE (billing_charge_get_type ())
G_DECLARE_FINAL_TYPE (BillingCharge, billing_charge, BILLING, CHARGE, BillingRecord)

/**
 * BillingCharge:
 *
 * One attempt of Stripe's to collect, and whose it is.
 */
struct _BillingCharge {
  BillingRecord parent_instance;

  gint64 created_at; /* Unix seconds */
  gint64 amount; /* minor units */
  char *currency; /* (owned): ISO 4217 */
  char *status; /* (owned): succeeded, pending, failed */
  char *standing; /* (owned) (nullable): the status of the payment whose latest charge it is (billing-stripe-status.h) */
  gint64 captured; /* minor units */
  gint64 refunded; /* minor units */
  gboolean disputed;
  char *method; /* (owned) (nullable): card, us_bank_account, … */
  char *brand; /* (owned) (nullable): of the card, or the bank */
  char *last4; /* (owned) (nullable) */
  char *payer; /* (owned) (nullable): as Stripe knows them */
  char *email; /* (owned) (nullable) */
  char *description; /* (owned) (nullable) */
  char *outcome; /* (owned) (nullable): why it was declined, or what Stripe says of it */
  char *risk; /* (owned) (nullable): normal, elevated, highest, … */
  char *receipt_url; /* (owned) (nullable) */
  char *customer; /* (owned) (nullable): id */
  char *payment_intent; /* (owned) (nullable): id */
  gint64 fee; /* minor units */
  gint64 net; /* minor units */
  gint64 available_at; /* Unix seconds, 0: not known */
  char *payout; /* (owned) (nullable): id of the payout that it is in */
  char *payment_id; /* (owned) (nullable): our payment */
  char *payment; /* (owned) (nullable): its number */
  char *patient_id; /* (owned) (nullable) */
  char *patient_name; /* (owned) (nullable) */
};

BillingCharge *billing_charge_new (void);

#define BILLING_TYPE_PAYMENT_INTENT (billing_payment_intent_get_type ())
G_DECLARE_FINAL_TYPE (BillingPaymentIntent, billing_payment_intent, BILLING, PAYMENT_INTENT,
                      BillingRecord)

/**
 * BillingPaymentIntent:
 *
 * What Stripe is to collect, over all its attempts.
 */
struct _BillingPaymentIntent {
  BillingRecord parent_instance;

  gint64 created_at; /* Unix seconds */
  gint64 amount; /* minor units */
  char *currency; /* (owned): ISO 4217 */
  char *status; /* (owned): requires_capture, succeeded, … */
  char *description; /* (owned) (nullable) */
  char *customer; /* (owned) (nullable): id */
  char *charge; /* (owned) (nullable): id of the last one */
  char *problem; /* (owned) (nullable): why the last attempt failed */
  gint64 capturable; /* minor units */
  gint64 received; /* minor units */
  char *payment_id; /* (owned) (nullable): our payment */
  char *payment; /* (owned) (nullable): its number */
};

BillingPaymentIntent *billing_payment_intent_new (void);

#define BILLING_TYPE_STRIPE_REFUND (billing_stripe_refund_get_type ())
G_DECLARE_FINAL_TYPE (BillingStripeRefund, billing_stripe_refund, BILLING, STRIPE_REFUND,
                      BillingRecord)

/**
 * BillingStripeRefund:
 *
 * Money that Stripe gives back.
 */
struct _BillingStripeRefund {
  BillingRecord parent_instance;

  gint64 created_at; /* Unix seconds */
  gint64 amount; /* minor units */
  char *currency; /* (owned): ISO 4217 */
  char *status; /* (owned): pending, requires_action, succeeded, failed, canceled */
  char *reason; /* (owned) (nullable) */
  char *problem; /* (owned) (nullable): why it failed */
  char *charge; /* (owned) (nullable): id */
  char *payment_id; /* (owned) (nullable): our payment */
  char *payment; /* (owned) (nullable): its number */
};

BillingStripeRefund *billing_stripe_refund_new (void);

#define BILLING_TYPE_PAYOUT (billing_payout_get_type ())
G_DECLARE_FINAL_TYPE (BillingPayout, billing_payout, BILLING, PAYOUT, BillingRecord)

/**
 * BillingPayout:
 *
 * Money on its way from Stripe to the practice's bank.
 */
struct _BillingPayout {
  BillingRecord parent_instance;

  gint64 created_at; /* Unix seconds */
  gint64 arrives_at; /* Unix seconds, expected */
  char *arrives_on; /* (owned) (nullable): its day, which is Stripe's: of UTC */
  gint64 amount; /* minor units */
  char *currency; /* (owned): ISO 4217 */
  char *status; /* (owned): pending, in_transit, paid, failed, canceled */
  gboolean automatic; /* otherwise Stripe does not itemise it */
  char *reconciliation; /* (owned) (nullable): completed, in_progress, not_applicable */
  char *bank; /* (owned) (nullable) */
  char *last4; /* (owned) (nullable): of the account */
  char *kind; /* (owned) (nullable): to what: bank_account, card */
  char *method; /* (owned) (nullable): standard, instant */
  char *trace; /* (owned) (nullable): by which the bank finds it */
  char *trace_status; /* (owned) (nullable): supported, pending, unsupported */
  char *descriptor; /* (owned) (nullable): what the bank statement says */
  char *description; /* (owned) (nullable) */
  char *failure; /* (owned) (nullable): Stripe's code of why it failed (billing_payout_describe_failure()) */
  char *problem; /* (owned) (nullable): why it failed, in Stripe's words */
  gint64 itemised; /* minor units: what its transactions come to, without itself */
};

BillingPayout *billing_payout_new (void);

#define BILLING_TYPE_DISPUTE (billing_dispute_get_type ())
G_DECLARE_FINAL_TYPE (BillingDispute, billing_dispute, BILLING, DISPUTE, BillingRecord)

/**
 * BillingDispute:
 *
 * A charge that a payer's bank takes back, or asks about.
 */
struct _BillingDispute {
  BillingRecord parent_instance;

  gint64 created_at; /* Unix seconds */
  gint64 amount; /* minor units */
  char *currency; /* (owned): ISO 4217 */
  char *status; /* (owned): needs_response, won, … */
  char *reason; /* (owned): fraudulent, … */
  gint64 due_at; /* Unix seconds by which to answer; 0: there is no answer */
  char *brand; /* (owned) (nullable): of the card: visa, … */
  char *network_code; /* (owned) (nullable): the card network's own word for the reason */
  char *charge; /* (owned) (nullable): id */
  char *payment_id; /* (owned) (nullable): our payment */
  char *payment; /* (owned) (nullable): its number */
  char *patient_id; /* (owned) (nullable): whose it is */
  char *patient_name; /* (owned) (nullable) */
  char *payer; /* (owned) (nullable): as Stripe knows who paid */
  char *last4; /* (owned) (nullable): of the card */
  char *case_type; /* (owned) (nullable): chargeback, inquiry, compliance, … */
  gboolean has_evidence; /* Stripe has some, submitted or not */
  gboolean past_due; /* the time to answer is over */
  gint64 submissions; /* how often evidence was submitted, here or elsewhere */
  char *submission_method; /* (owned) (nullable): manual, not_submitted, smart_disputes */
  gboolean refundable; /* a refund of the charge would end it */
  gint64 withdrawn; /* minor units that it took from the balance and has not given back, without fees */
  gint64 fee; /* minor units that Stripe took for it and has not given back */
  char *answer; /* (owned) (nullable): nick of BillingAnswerState: how our answer stands; %NULL: there is none */
  gint64 submitted_at; /* Unix seconds at which our answer was submitted; 0: it was not */
  char *outcome; /* (owned) (nullable): nick of BillingDisputeOutcome */
};

BillingDispute *billing_dispute_new (void);

#define BILLING_TYPE_BALANCE_TRANSACTION (billing_balance_transaction_get_type ())
G_DECLARE_FINAL_TYPE (BillingBalanceTransaction, billing_balance_transaction, BILLING,
                      BALANCE_TRANSACTION, BillingRecord)

/**
 * BillingBalanceTransaction:
 *
 * One line of Stripe's own ledger.
 */
struct _BillingBalanceTransaction {
  BillingRecord parent_instance;

  gint64 created_at; /* Unix seconds */
  gint64 available_at; /* Unix seconds */
  char *available_on; /* (owned) (nullable): its day, which is Stripe's: of UTC */
  gint64 amount; /* minor units, gross */
  gint64 fee; /* minor units */
  gint64 net; /* minor units */
  char *currency; /* (owned): ISO 4217 */
  char *status; /* (owned): available, pending */
  char *type; /* (owned) */
  char *category; /* (owned) (nullable): Stripe's reporting category */
  char *source; /* (owned) (nullable): id of what it is for */
  char *description; /* (owned) (nullable) */
  char *payout; /* (owned) (nullable): id of the payout that it is in */
  char *charge; /* (owned) (nullable): id of what was paid: itself, or that of its refund or dispute */
  char *dispute; /* (owned) (nullable): id */
  char *payment_id; /* (owned) (nullable): our payment */
  char *payment; /* (owned) (nullable): its number */
  char *patient_name; /* (owned) (nullable) */
};

BillingBalanceTransaction *billing_balance_transaction_new (void);

#define BILLING_TYPE_CUSTOMER (billing_customer_get_type ())
G_DECLARE_FINAL_TYPE (BillingCustomer, billing_customer, BILLING, CUSTOMER, BillingRecord)

/**
 * BillingCustomer:
 *
 * Stripe's record of a payer.
 */
struct _BillingCustomer {
  BillingRecord parent_instance;

  gint64 created_at; /* Unix seconds */
  char *name; /* (owned) (nullable) */
  char *email; /* (owned) (nullable) */
  char *phone; /* (owned) (nullable) */
  char *description; /* (owned) (nullable) */
  gboolean deleted; /* at Stripe */
};

BillingCustomer *billing_customer_new (void);

#define BILLING_TYPE_STRIPE_EVENT (billing_stripe_event_get_type ())
G_DECLARE_FINAL_TYPE (BillingStripeEvent, billing_stripe_event, BILLING, STRIPE_EVENT,
                      BillingRecord)

/**
 * BillingStripeEvent:
 *
 * What Stripe said that happened, of the last 35 days.
 */
struct _BillingStripeEvent {
  BillingRecord parent_instance;

  gint64 created_at; /* Unix seconds */
  char *type; /* (owned): charge.succeeded, … */
  char *object; /* (owned) (nullable): what it happened to */
  char *object_id; /* (owned) (nullable): which */
};

BillingStripeEvent *billing_stripe_event_new (void);

#define BILLING_TYPE_TAX_REGISTRATION (billing_tax_registration_get_type ())
G_DECLARE_FINAL_TYPE (BillingTaxRegistration, billing_tax_registration, BILLING, TAX_REGISTRATION,
                      BillingRecord)

/**
 * BillingTaxRegistration:
 *
 * Where the practice is registered to collect tax.
 */
struct _BillingTaxRegistration {
  BillingRecord parent_instance;

  gint64 created_at; /* Unix seconds */
  char *country; /* (owned): ISO 3166 */
  char *region; /* (owned) (nullable): a state of the US, a province of Canada */
  char *type; /* (owned) (nullable): standard, state_sales_tax, … (billing-tax-scheme.h) */
  char *jurisdiction; /* (owned) (nullable): of a local tax in the US */
  char *scheme; /* (owned) (nullable): of the place of supply */
  char *status; /* (owned): active, expired, scheduled */
  gint64 active_from; /* Unix seconds */
  gint64 expires_at; /* Unix seconds, 0: not */
};

BillingTaxRegistration *billing_tax_registration_new (void);

G_END_DECLS
