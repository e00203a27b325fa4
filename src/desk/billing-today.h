/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"

G_BEGIN_DECLS

/**
 * BillingTodayPart:
 * @BILLING_TODAY_CHECK: what to check every day
 * @BILLING_TODAY_NEWS: what is new since yesterday
 * @BILLING_TODAY_MONTH_END: what month-end still needs, of last month
 *
 * The parts of the Today list.
 */
typedef enum {
  BILLING_TODAY_CHECK,
  BILLING_TODAY_NEWS,
  BILLING_TODAY_MONTH_END,
} BillingTodayPart;

/**
 * BillingTodayState:
 * @BILLING_TODAY_STATE_DONE: there is nothing to do
 * @BILLING_TODAY_STATE_OPEN: somebody should look at it
 * @BILLING_TODAY_STATE_PLAIN: neither: news, or nothing here can tell
 *
 * How a line stands.
 */
typedef enum {
  BILLING_TODAY_STATE_DONE,
  BILLING_TODAY_STATE_OPEN,
  BILLING_TODAY_STATE_PLAIN,
} BillingTodayState;

/**
 * BillingTodayLine:
 * @part: to which it belongs
 * @nick: what it is of: notifications, verification, disputes, failed, unassigned, overdue, queue; collected-stripe,
 *   collected-otherwise, refunded, payouts-new, payouts-coming, disputes-new; backfill, month-unassigned, month-underway,
 *   month-unmatched, reconciliation
 * @state: how it stands
 * @title: (owned): what it is of, in words
 * @count: how many
 * @value: (owned) (nullable): the number to be shown at its end: the count, or the amounts; %NULL: there is none
 * @sentence: (owned): the rest: by when, how much, or that there is nothing to do
 * @button: (nullable): what deals with it, translated; %NULL: nothing has to
 * @action: (nullable): what that activates in the window
 * @target: (nullable): its target, a string; %NULL: it takes none
 *
 * A line of the Today list. Nothing is said that the data cannot prove.
 */
typedef struct {
  BillingTodayPart part;
  const char *nick;
  BillingTodayState state;
  char *title;
  gint64 count;
  char *value;
  char *sentence;
  const char *button;
  const char *action;
  const char *target;
} BillingTodayLine;

/* (transfer full) (nullable) (element-type BillingTodayLine): in the order in which they are shown. Blocks for some milliseconds. */
GPtrArray *billing_today_list        (BillingDesk          *desk,
                                      GError              **error);
void       billing_today_list_async  (BillingDesk          *desk,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GPtrArray *billing_today_list_finish (BillingDesk          *desk,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
