/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DAY_CLOSE (billing_day_close_get_type ())
G_DECLARE_FINAL_TYPE (BillingDayClose, billing_day_close, BILLING, DAY_CLOSE, BillingRecord)

/**
 * BillingDayClose:
 *
 * The cash of a day, counted before anybody is told what it should be, and compared with the ledger. Once it is closed, people post nothing
 * of that day or of an earlier one.
 */
struct _BillingDayClose {
  BillingRecord parent_instance;

  char *day; /* (owned): which day is closed */
  char *since_on; /* (owned): the first day of what it counts: that after the close before it */
  char *currency; /* (owned): ISO 4217: the practice’s */
  gint64 expected; /* minor units of cash, by the ledger */
  gint64 counted; /* minor units of cash, by a person */
  char *reason; /* (owned) (nullable): why the two differ */
  char *person; /* (owned): who counted, and closed */
  gint64 created_at; /* Unix seconds: when it was counted first */
  gint64 closed_at; /* Unix seconds; 0: it is counted and not closed */
  gint64 reopened_at; /* Unix seconds; 0: it stands */
  char *reopened_by; /* (owned) (nullable) */
  char *reopened_because; /* (owned) (nullable) */
  gint64 variance; /* minor units: counted − expected */
};

BillingDayClose *billing_day_close_new (void);

#define BILLING_TYPE_DAY_TOTAL (billing_day_total_get_type ())
G_DECLARE_FINAL_TYPE (BillingDayTotal, billing_day_total, BILLING, DAY_TOTAL, BillingRecord)

/**
 * BillingDayTotal:
 *
 * What one person took in and gave back by one tender, up to the close of a day.
 */
struct _BillingDayTotal {
  BillingRecord parent_instance;

  char *close_id; /* (owned): of which close */
  BillingAccount account; /* where the money is: cash, cheques, … */
  char *account_of; /* (owned): account of the person, or `stripe` */
  char *currency; /* (owned): ISO 4217 */
  gint64 count; /* entries of the ledger */
  gint64 amount; /* minor units: in less out */
  char *day; /* (owned): that was closed */
  char *who; /* (owned): the person’s name */
};

BillingDayTotal *billing_day_total_new (void);

G_END_DECLS
