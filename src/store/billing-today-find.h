/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/**
 * BillingTodayTimes:
 * @now: Unix seconds
 * @today: the practice's day
 * @yesterday: the day before
 * @since: when yesterday began, Unix seconds
 * @month_from: when last month began
 * @month_to: when it ended
 *
 * What “today”, “yesterday” and “last month” are.
 */
typedef struct {
  gint64 now;
  const char *today;
  const char *yesterday;
  gint64 since;
  gint64 month_from;
  gint64 month_to;
} BillingTodayTimes;

/**
 * BillingTodayFact:
 * @nick: what it is of
 * @count: how many
 * @amount: minor units, of @currency
 * @currency: (owned) (nullable): ISO 4217
 * @at: Unix seconds, of the nearest of them; 0: none
 *
 * A number of today. What is in several currencies are several facts.
 */
typedef struct {
  const char *nick;
  gint64 count;
  gint64 amount;
  char *currency;
  gint64 at;
} BillingTodayFact;

void       billing_today_fact_free (gpointer            self);

/* (transfer full) (element-type BillingTodayFact): inside a transaction, some milliseconds. */
GPtrArray *billing_today_find      (BillingConnection        *connection,
                                    const BillingTodayTimes  *times,
                                    GError                  **error);

G_END_DECLS
