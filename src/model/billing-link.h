/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"
#include "billing-types.h"

G_BEGIN_DECLS

/**
 * BILLING_LINK_MAX_DAYS:
 *
 * For how many days a payment link may be open: a year and a day. No page is to be paid after so long.
 */
#define BILLING_LINK_MAX_DAYS 366

#define BILLING_TYPE_LINK (billing_link_get_type ())
G_DECLARE_FINAL_TYPE (BillingLink, billing_link, BILLING, LINK, BillingRecord)

/**
 * BillingLink:
 *
 * A payment link: Stripe's page on which one payment can be paid.
 * To be read by its members; changed by its properties.
 */
struct _BillingLink {
  BillingRecord parent_instance;

  char *payment_id; /* (owned): of which payment */
  BillingLinkState state; /* where it stands */
  char *stripe_id; /* (owned) (nullable): Stripe's id, plink_…, once Stripe has made it */
  char *url; /* (owned) (nullable): for the patient, likewise */
  gint64 amount; /* minor units */
  char *currency; /* (owned): ISO 4217 */
  char *expires_on; /* (owned): the last day on which it is open, in the practice's time zone */
  gint64 expires_at; /* Unix seconds: the end of that day */
  gint64 opened_at; /* Unix seconds, 0: not yet */
  gint64 closed_at; /* Unix seconds, 0: not yet */
  char *why; /* (owned) (nullable): why it is closed: paid, collected, cancelled, amount, replaced, expired, authorised, or Stripe's words */
  char *person; /* (owned): who made it */
  gint64 created_at; /* Unix seconds */
};

BillingLink *billing_link_new (void);

#define BILLING_TYPE_LATE_MONEY (billing_late_money_get_type ())
G_DECLARE_FINAL_TYPE (BillingLateMoney, billing_late_money, BILLING, LATE_MONEY, BillingRecord)

/**
 * BillingLateMoney:
 *
 * Money that came for a payment that wanted none any more: it is the patient's credit until
 * somebody says whether it is kept or goes back (design.md, section 5).
 * To be read by its members; changed by its properties.
 */
struct _BillingLateMoney {
  BillingRecord parent_instance;

  char *charge_id; /* (owned): Stripe's charge */
  char *payment_id; /* (owned): for which it came */
  char *patient_id; /* (owned): whose credit it is */
  gint64 amount; /* minor units */
  char *currency; /* (owned): ISO 4217 */
  gint64 refunded; /* minor units of it that went back */
  gint64 held; /* minor units of it that Stripe was asked to give back, and has not yet */
  BillingLateState state; /* what became of it */
  char *person; /* (owned) (nullable): who said so */
  gint64 created_at; /* Unix seconds */
};

BillingLateMoney *billing_late_money_new (void);

G_END_DECLS
