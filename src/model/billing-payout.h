/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What Stripe pays out, read as an account statement; when it does so; and why it failed. Amounts are minor units. The rules are
 * Stripe's (stripe-facts, 2.1, 2.2, 2.6 and 2.11).
 */

/**
 * BillingPayoutGroup:
 * @BILLING_PAYOUT_GROUP_CHARGES: what payers paid, gross, and what of it never came
 * @BILLING_PAYOUT_GROUP_REFUNDS: what went back to payers
 * @BILLING_PAYOUT_GROUP_DISPUTES: what banks took back, and what was won again
 * @BILLING_PAYOUT_GROUP_FEES: what Stripe kept of each transaction
 * @BILLING_PAYOUT_GROUP_OTHER_FEES: what Stripe charged beside them
 * @BILLING_PAYOUT_GROUP_ADJUSTMENTS: corrections and reserves
 * @BILLING_PAYOUT_GROUP_TRANSFERS: other payouts, top-ups, transfers, and whatever this version does not know
 *
 * The lines of a payout's statement. Each transaction is in exactly one of them, but for what Stripe kept of it, which is in
 * %BILLING_PAYOUT_GROUP_FEES: so the lines add up to the sum of the transactions' nets.
 */
typedef enum {
  BILLING_PAYOUT_GROUP_CHARGES,
  BILLING_PAYOUT_GROUP_REFUNDS,
  BILLING_PAYOUT_GROUP_DISPUTES,
  BILLING_PAYOUT_GROUP_FEES,
  BILLING_PAYOUT_GROUP_OTHER_FEES,
  BILLING_PAYOUT_GROUP_ADJUSTMENTS,
  BILLING_PAYOUT_GROUP_TRANSFERS,
} BillingPayoutGroup;

#define BILLING_PAYOUT_N_GROUPS (BILLING_PAYOUT_GROUP_TRANSFERS + 1)

BillingPayoutGroup  billing_payout_group_of        (const char         *category,
                                                    const char         *type);
const char         *billing_payout_group_get_nick  (BillingPayoutGroup  group);
const char         *billing_payout_group_get_label (BillingPayoutGroup  group);

/**
 * BillingPayoutStanding:
 * @BILLING_PAYOUT_STANDING_NOT_ITEMISED: Stripe never says what is in it: it is instant or was made by hand
 * @BILLING_PAYOUT_STANDING_IN_PROGRESS: Stripe is still putting the list of its transactions together
 * @BILLING_PAYOUT_STANDING_INCOMPLETE: not all of the list is here yet
 * @BILLING_PAYOUT_STANDING_MATCHES: it is what its transactions come to, to the cent
 * @BILLING_PAYOUT_STANDING_DIFFERS: it is not
 */
typedef enum {
  BILLING_PAYOUT_STANDING_NOT_ITEMISED,
  BILLING_PAYOUT_STANDING_IN_PROGRESS,
  BILLING_PAYOUT_STANDING_INCOMPLETE,
  BILLING_PAYOUT_STANDING_MATCHES,
  BILLING_PAYOUT_STANDING_DIFFERS,
} BillingPayoutStanding;

/**
 * BillingPayoutLine:
 * @count: of how many transactions
 * @amount: what it adds to the payout, below zero where it takes away
 */
typedef struct {
  gint64 count;
  gint64 amount;
} BillingPayoutLine;

/**
 * BillingPayoutStatement:
 * @standing: what the sum says of the payout
 * @amount: of the payout
 * @currency: (owned): ISO 4217
 * @lines: by group
 * @count: how many transactions it has, without itself
 * @net: what they come to
 *
 * What a payout consists of.
 */
typedef struct {
  BillingPayoutStanding standing;
  gint64 amount;
  char *currency;
  BillingPayoutLine lines[BILLING_PAYOUT_N_GROUPS];
  gint64 count;
  gint64 net;
} BillingPayoutStatement;

BillingPayoutStatement *billing_payout_statement_new           (gint64                  amount,
                                                                const char             *currency);
void                    billing_payout_statement_free          (BillingPayoutStatement *self);
void                    billing_payout_statement_add           (BillingPayoutStatement *self,
                                                                const char             *category,
                                                                const char             *type,
                                                                gint64                  count,
                                                                gint64                  amount,
                                                                gint64                  n_fees,
                                                                gint64                  fees);
const char             *billing_payout_statement_get_standing  (BillingPayoutStatement *self);
char                   *billing_payout_statement_describe      (BillingPayoutStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingPayoutStatement, billing_payout_statement_free)

/**
 * BillingPayoutInterval:
 * @BILLING_PAYOUT_INTERVAL_UNKNOWN: Stripe has not said, or in words that this version does not know
 * @BILLING_PAYOUT_INTERVAL_MANUAL: only when somebody asks for it
 * @BILLING_PAYOUT_INTERVAL_DAILY: every working day
 * @BILLING_PAYOUT_INTERVAL_WEEKLY: on some days of the week
 * @BILLING_PAYOUT_INTERVAL_MONTHLY: on some days of the month
 */
typedef enum {
  BILLING_PAYOUT_INTERVAL_UNKNOWN,
  BILLING_PAYOUT_INTERVAL_MANUAL,
  BILLING_PAYOUT_INTERVAL_DAILY,
  BILLING_PAYOUT_INTERVAL_WEEKLY,
  BILLING_PAYOUT_INTERVAL_MONTHLY,
} BillingPayoutInterval;

/**
 * BillingPayoutSchedule:
 * @interval: how often
 * @word: (owned) (nullable): Stripe's own word for it
 * @weekdays: weekly: a bit for each day of the week, 1 << 1 is Monday
 * @month_days: monthly: a bit for each day of the month, 1 << 1 is the first
 * @delay_days: how many days pass until money is available; -1: not known
 * @minimums: (owned) (nullable): what is to stay in the balance: `usd 50000, eur 0`, in minor units
 * @descriptor: (owned) (nullable): what bank statements say
 * @can_be_changed: whether Stripe lets this key see the settings by which it is changed
 * @is_off: whether Stripe pays nothing out of this account for now
 *
 * When Stripe pays out by itself.
 */
typedef struct {
  BillingPayoutInterval interval;
  char *word;
  guint weekdays;
  guint32 month_days;
  gint64 delay_days;
  char *minimums;
  char *descriptor;
  gboolean can_be_changed;
  gboolean is_off;
} BillingPayoutSchedule;

BillingPayoutSchedule *billing_payout_schedule_new      (const char            *interval,
                                                         const char            *weekdays,
                                                         const char            *month_days);
void                   billing_payout_schedule_free     (BillingPayoutSchedule *self);
char                  *billing_payout_schedule_next     (BillingPayoutSchedule *self,
                                                         const char            *day);
char                  *billing_payout_schedule_describe (BillingPayoutSchedule *self);
const char            *billing_payout_weekday_get_word  (guint                  weekday);
const char            *billing_payout_weekday_get_label (guint                  weekday);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingPayoutSchedule, billing_payout_schedule_free)

const char *billing_payout_describe_failure (const char *code);

G_END_DECLS
