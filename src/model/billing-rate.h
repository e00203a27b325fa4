/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RATE (billing_rate_get_type ())
G_DECLARE_FINAL_TYPE (BillingRate, billing_rate, BILLING, RATE, BillingRecord)

/**
 * BillingRate:
 *
 * The price of a code for a kind of payer (seeds/client-invoices-and-portal.txt). A rate for both kinds is two rates, twins:
 * “General Service” and “General Service (Self-Pay)”; services are flipped between them.
 */
struct _BillingRate {
  BillingRecord parent_instance;

  char *number; /* (owned): RATE-001 */
  char *code_system; /* (owned): CPT, HCPCS, or own */
  char *code; /* (owned) (nullable): the code; %NULL: services are billed by it by hand only */
  char *name; /* (owned): in words */
  BillingPayerKind payer_kind; /* who pays by it */
  gboolean billable; /* “Do you need to bill”: what is under it is billed */
  gboolean invoiced; /* “Is Invoiced”: patients get invoices for what is under it; only where it is @billable */
  char *twin_id; /* (owned) (nullable): the rate of the same thing for the other kind of payer */
  char *currency; /* (owned): ISO 4217, of its prices */
  gboolean retired; /* nothing new is billed by it */
  gint64 created_at; /* Unix seconds */
  gint64 price; /* minor units of one unit for any payer today; -1: it has no price yet */
  char *twin; /* (owned) (nullable): number of its twin */
  char *twin_name; /* (owned) (nullable) */
  gint64 n_services; /* how many services are under it */
};

BillingRate *billing_rate_new (void);

#define BILLING_TYPE_RATE_PRICE (billing_rate_price_get_type ())
G_DECLARE_FINAL_TYPE (BillingRatePrice, billing_rate_price, BILLING, RATE_PRICE, BillingRecord)

/**
 * BillingRatePrice:
 *
 * What one unit costs from a day on, until the next price of the same payer. Services copy it, so that what was billed stays.
 */
struct _BillingRatePrice {
  BillingRecord parent_instance;

  char *rate_id; /* (owned): of which rate */
  char *payer; /* (owned) (nullable): the insurer that pays this price; %NULL: anybody */
  char *from_on; /* (owned): the first day on which it holds */
  gint64 amount; /* minor units of one unit */
  char *person; /* (owned): who said so */
  gint64 created_at; /* Unix seconds */
};

BillingRatePrice *billing_rate_price_new (void);

G_END_DECLS
