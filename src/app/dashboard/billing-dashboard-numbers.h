/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-query.h"

G_BEGIN_DECLS

/**
 * BILLING_DASHBOARD_MONTHS:
 *
 * How many months the chart of what came in has, with this one.
 */
#define BILLING_DASHBOARD_MONTHS 12

#define BILLING_DASHBOARD_STATUSES (BILLING_STATUS_VOIDED + 1)

/**
 * BillingDashboardSum:
 *
 * Of one currency, in minor units.
 */
typedef struct {
  char *currency;       /* (owned) */
  gint64 collected;     /* ever */
  gint64 refunded;      /* ever */
  gint64 outstanding;   /* Draft, Pending, Processing */
  gint64 n_outstanding;
  gint64 failed;        /* still owed, and not part of @outstanding */
  gint64 n_failed;
  gint64 overdue;       /* due before today, and Pending, Processing or Failed */
  gint64 n_overdue;
} BillingDashboardSum;

/**
 * BillingDashboardNumbers:
 *
 * What the cards over the payments say, all of it as of one moment.
 */
typedef struct {
  char *today;                                  /* (owned): in the practice's time zone */
  BillingDashboardSum sum;                      /* in the practice's currency */
  GPtrArray *others;                            /* (owned) (element-type BillingDashboardSum): in each other one */
  char *months[BILLING_DASHBOARD_MONTHS];       /* (owned): the last is this one */
  gint64 collected[BILLING_DASHBOARD_MONTHS];   /* in each, in the practice's currency */
  gint64 last_month;                            /* collected from its first day to the @n_days -th */
  int n_days;                                   /* of the last month that this one is compared with; 0: all */
  gint64 counts[BILLING_DASHBOARD_STATUSES];    /* payments by status, in any currency */
  gint64 amounts[BILLING_DASHBOARD_STATUSES];   /* what they ask for, in the practice's currency */
} BillingDashboardNumbers;

/**
 * BillingDashboardPart:
 * @BILLING_DASHBOARD_COLLECTED: what was ever collected
 * @BILLING_DASHBOARD_MONTH: what was collected in a month
 * @BILLING_DASHBOARD_OUTSTANDING: what is Draft, Pending or Processing
 * @BILLING_DASHBOARD_FAILED: what failed, and is still owed
 * @BILLING_DASHBOARD_OVERDUE: what is late
 * @BILLING_DASHBOARD_STATUS: what is of a status
 * @BILLING_DASHBOARD_ALL: all payments
 *
 * What can be clicked.
 */
typedef enum {
  BILLING_DASHBOARD_COLLECTED,
  BILLING_DASHBOARD_MONTH,
  BILLING_DASHBOARD_OUTSTANDING,
  BILLING_DASHBOARD_FAILED,
  BILLING_DASHBOARD_OVERDUE,
  BILLING_DASHBOARD_STATUS,
  BILLING_DASHBOARD_ALL,
} BillingDashboardPart;

BillingQuery            *billing_dashboard_build_query   (BillingDesk              *desk,
                                                          BillingDashboardPart      part,
                                                          const char               *key);

char                    *billing_dashboard_find_last_day (const char               *month,
                                                          const char               *today,
                                                          int                      *n_days);

BillingDashboardNumbers *billing_dashboard_numbers_read  (BillingDesk              *desk,
                                                          GCancellable             *cancellable,
                                                          GError                  **error);
void                     billing_dashboard_numbers_read_async  (BillingDesk         *desk,
                                                                GCancellable        *cancellable,
                                                                GAsyncReadyCallback  callback,
                                                                gpointer             user_data);
BillingDashboardNumbers *billing_dashboard_numbers_read_finish (BillingDesk         *desk,
                                                                GAsyncResult        *result,
                                                                GError             **error);
void                     billing_dashboard_numbers_free  (BillingDashboardNumbers  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingDashboardNumbers, billing_dashboard_numbers_free)

G_END_DECLS
