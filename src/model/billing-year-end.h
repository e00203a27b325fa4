/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_YEAR_END_LINE (billing_year_end_line_get_type ())
G_DECLARE_FINAL_TYPE (BillingYearEndLine, billing_year_end_line, BILLING, YEAR_END_LINE, BillingRecord)

/**
 * BILLING_YEAR_END_TOTAL:
 *
 * The month of the line that sums up all others of its currency.
 */
#define BILLING_YEAR_END_TOTAL "total"

/**
 * BillingYearEndLine:
 *
 * One month of a year in one currency, for whoever files the taxes: what Stripe's ledger says of it, and what came in otherwise.
 * Amounts are minor units; what went back, was withdrawn or was charged is above 0.
 *
 * Of Stripe, net = collected − refunded − disputed − payment fees − dispute fees − other fees − tax on fees + other. What was paid out
 * is none of it: it went from one pocket into another.
 */
struct _BillingYearEndLine {
  BillingRecord parent_instance;

  char *month;            /* (owned): 2026-03, or %BILLING_YEAR_END_TOTAL */
  char *currency;         /* (owned): ISO 4217 */
  gint64 collected;       /* by charges */
  gint64 refunded;        /* less what came back of refunds that failed */
  gint64 disputed;        /* withdrawn by disputes, less what was reinstated */
  gint64 payment_fees;    /* of Stripe, without tax */
  gint64 dispute_fees;    /* likewise */
  gint64 other_fees;      /* likewise: of the account, for conversions, … */
  gint64 tax_on_fees;     /* VAT or sales tax that Stripe adds to what it takes */
  gint64 other;           /* everything else on the balance but payouts */
  gint64 net;
  gint64 tax;             /* that payers paid, where Stripe worked it out */
  gint64 cash;
  gint64 cheque;
  gint64 card;            /* by another terminal */
  gint64 bank;
  gint64 tender_refunded; /* of these four */
  gint64 tender_net;
};

BillingYearEndLine *billing_year_end_line_new   (void);
void                billing_year_end_add_months (GPtrArray  *lines,
                                                 int         year,
                                                 const char *currency);
void                billing_year_end_add_totals (GPtrArray  *lines);

G_END_DECLS
