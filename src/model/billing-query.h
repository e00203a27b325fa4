/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_QUERY (billing_query_get_type ())
G_DECLARE_FINAL_TYPE (BillingQuery, billing_query, BILLING, QUERY, BillingRecord)

/**
 * BILLING_QUERY_NO_LOCATION:
 *
 * The location of what has none.
 */
#define BILLING_QUERY_NO_LOCATION "none"

/**
 * BillingQuery:
 *
 * What a list shows: kind, filters, search and order as one value. Lists, totals, exports and the command line
 * read by it, so that they never disagree. A filter that is %NULL (or -1 for amounts) does not filter;
 * lists refuse a filter that their kind does not have.
 */
struct _BillingQuery {
  BillingRecord parent_instance;

  char *list;          /* (owned): the kind: payments, treatments, … */
  char *status;        /* (owned) (nullable): nicks, separated by commas */
  char *location;      /* (owned) (nullable): id or name, or BILLING_QUERY_NO_LOCATION */
  char *patient;       /* (owned) (nullable): id or number; of payments at Stripe, BILLING_QUERY_NO_LOCATION too */
  char *subject;       /* (owned) (nullable): notes, documents, timeline, … of this id or number */
  char *search;        /* (owned) (nullable): as typed */
  char *from;          /* (owned) (nullable): first day, of creation (treatments: of service) */
  char *to;            /* (owned) (nullable): last day */
  char *due_from;      /* (owned) (nullable): payments: first day on which they are due */
  char *due_to;        /* (owned) (nullable): last day */
  char *paid_from;     /* (owned) (nullable): payments: first day of their collection; refunds: of the refund */
  char *paid_to;       /* (owned) (nullable): last day */
  char *tender;        /* (owned) (nullable): payments: nick of the tender that collected them */
  char *physician;     /* (owned) (nullable): payments: id or name of who treats, or BILLING_QUERY_NO_LOCATION */
  char *method;        /* (owned) (nullable): charges: Stripe's payment method type: card, us_bank_account, … */
  char *payout;        /* (owned) (nullable): balance transactions: id of the payout that they are in */
  char *reason;        /* (owned) (nullable): refunds: nick of the reason */
  char *rate;          /* (owned) (nullable): services: id or number of their billing rate */
  char *reviewed;      /* (owned) (nullable): services: yes or no */
  char *payer;         /* (owned) (nullable): services: name of the insurer */
  char *age;           /* (owned) (nullable): payments: not-due, 0-30, 31-60, 61-90, 91+, or days, 2026-11-01.. (billing-age.h) */
  char *age_basis;     /* (owned) (nullable): of @age: due (usual), service, created */
  gint64 min;          /* minor units */
  gint64 max;          /* minor units */
  gboolean overdue;    /* due before @today and still owed */
  char *today;         /* (owned) (nullable): day in the practice's time zone */
  char *time_zone;     /* (owned) (nullable): in which days begin */
  char *sort;          /* (owned) (nullable): one of billing_list_get_sorts() */
  gboolean descending;
  gint64 limit;        /* rows, -1: all */
  gint64 offset;       /* rows to leave out first */
};

BillingQuery *billing_query_new  (const char   *list);
BillingQuery *billing_query_copy (BillingQuery *self);

G_END_DECLS
