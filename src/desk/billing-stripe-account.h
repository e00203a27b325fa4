/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "billing-desk.h"
#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_BANK_ACCOUNT (billing_bank_account_get_type ())
G_DECLARE_FINAL_TYPE (BillingBankAccount, billing_bank_account, BILLING, BANK_ACCOUNT, BillingRecord)

/**
 * BillingBankAccount:
 *
 * Where payouts go. What Stripe does not say is %NULL.
 */
struct _BillingBankAccount {
  BillingRecord parent_instance;

  char *bank;         /* (owned) (nullable): its name, or the brand of a card */
  char *last4;        /* (owned) (nullable) */
  char *currency;     /* (owned) (nullable): ISO 4217 */
  char *country;      /* (owned) (nullable): ISO 3166 */
  char *holder;       /* (owned) (nullable) */
  char *status;       /* (owned) (nullable): new, validated, verified, verification_failed, errored */
  char *standard;     /* (owned) (nullable): true: payouts of its currency go there unless somebody says otherwise */
  gint64 last_used_at; /* Unix seconds of the last payout; 0: none is known */
  gint64 payouts;      /* how many are known */
};

#define BILLING_TYPE_CAPABILITY (billing_capability_get_type ())
G_DECLARE_FINAL_TYPE (BillingCapability, billing_capability, BILLING, CAPABILITY, BillingRecord)

/**
 * BillingCapability:
 *
 * Something that the account may do at Stripe; its id is Stripe's name of it: card_payments.
 */
struct _BillingCapability {
  BillingRecord parent_instance;

  char *standing; /* (owned): active, pending, inactive */
};

#define BILLING_TYPE_REQUIREMENT (billing_requirement_get_type ())
G_DECLARE_FINAL_TYPE (BillingRequirement, billing_requirement, BILLING, REQUIREMENT, BillingRecord)

/**
 * BillingRequirement:
 *
 * Something that Stripe wants to know of the business; its id is Stripe's name of the field: individual.id_number.
 */
struct _BillingRequirement {
  BillingRecord parent_instance;

  char *standing; /* (owned): past_due, currently_due, pending_verification, eventually_due, future */
  char *reason;   /* (owned) (nullable): Stripe's words: what was wrong with what it was told */
  gint64 due_at;  /* Unix seconds; 0: no day is set */
};

#define BILLING_TYPE_STRIPE_ACCOUNT (billing_stripe_account_get_type ())
G_DECLARE_FINAL_TYPE (BillingStripeAccount, billing_stripe_account, BILLING, STRIPE_ACCOUNT, BillingRecord)

/**
 * BillingStripeAccount:
 *
 * The practice's account, as Stripe last described it (stripe-facts 2.11). A text is %NULL where Stripe does not say, and empty where
 * it says that there is nothing; truths are `true` and `false`. Words that Stripe may add to are as Stripe has them.
 */
struct _BillingStripeAccount {
  BillingRecord parent_instance;

  /* All texts: (owned) (nullable) */
  char *display_name, *email, *country, *currency, *time_zone;
  char *charges_enabled, *payouts_enabled, *details_submitted, *disabled_reason;
  char *business_type, *legal_name, *legal_phone, *legal_address, *tax_id_provided, *website, *product_description, *mcc;
  char *first_name, *last_name, *person_title, *person_email, *person_phone, *person_verification;
  char *public_name, *support_email, *support_phone, *support_url, *support_address;
  char *payout_status, *payout_interval, *payout_days, *payout_delay, *payout_descriptor, *debit_negative;
  char *descriptor, *descriptor_prefix, *icon, *logo, *primary_color, *secondary_color;
  gint64 created_at;  /* Unix seconds; 0: not known, as for those below */
  gint64 accepted_at; /* the terms of service */
  gint64 fetched_at;  /* when Stripe was asked */
  char *state;        /* how fetching it went: done, denied, missing */
  char *problem;      /* Stripe's words where it said no */

  GPtrArray *banks;        /* (owned) (element-type BillingBankAccount): the last used first */
  GPtrArray *capabilities; /* (owned) (element-type BillingCapability) */
  GPtrArray *requirements; /* (owned) (element-type BillingRequirement): the most urgent first */
  JsonNode *stripe;        /* (owned) (nullable): what Stripe says, whole */
};

BillingStripeAccount *billing_stripe_account_new           (const char           *account,
                                               const char           *settings);
void            billing_stripe_account_add_bank      (BillingStripeAccount       *self,
                                               const char           *destination,
                                               gint64                last_used_at,
                                               gint64                payouts);
gboolean        billing_stripe_account_is_known      (BillingStripeAccount       *self);
char           *billing_stripe_account_get_sentence  (BillingStripeAccount       *self);
JsonNode       *billing_stripe_account_to_json       (BillingStripeAccount       *self);

BillingStripeAccount *billing_desk_read_stripe_account        (BillingDesk          *desk,
                                                  GError              **error);
void            billing_desk_read_stripe_account_async  (BillingDesk          *desk,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
BillingStripeAccount *billing_desk_read_stripe_account_finish (BillingDesk          *desk,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
