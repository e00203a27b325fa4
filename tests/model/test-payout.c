/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "billing-payout.h"

/* Every reporting category of Stripe's (stripe-facts 2.2), and what is none. */
static const struct {
  const char *category;
  BillingPayoutGroup group;
} categories[] = {
  { "charge", BILLING_PAYOUT_GROUP_CHARGES },
  { "charge_failure", BILLING_PAYOUT_GROUP_CHARGES },
  { "partial_capture_reversal", BILLING_PAYOUT_GROUP_CHARGES },
  { "refund", BILLING_PAYOUT_GROUP_REFUNDS },
  { "refund_failure", BILLING_PAYOUT_GROUP_REFUNDS },
  { "dispute", BILLING_PAYOUT_GROUP_DISPUTES },
  { "dispute_reversal", BILLING_PAYOUT_GROUP_DISPUTES },
  { "fee", BILLING_PAYOUT_GROUP_OTHER_FEES },
  { "network_cost", BILLING_PAYOUT_GROUP_OTHER_FEES },
  { "tax", BILLING_PAYOUT_GROUP_OTHER_FEES },
  { "other_adjustment", BILLING_PAYOUT_GROUP_ADJUSTMENTS },
  { "risk_reserved_funds", BILLING_PAYOUT_GROUP_ADJUSTMENTS },
  { "unreconciled_customer_funds", BILLING_PAYOUT_GROUP_ADJUSTMENTS },
  { "payout", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "payout_reversal", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "topup", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "topup_reversal", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "transfer", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "transfer_reversal", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "advance", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "financing_paydown", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "issuing_transaction", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "climate_order_purchase", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "platform_earning", BILLING_PAYOUT_GROUP_TRANSFERS },
  { "something_new", BILLING_PAYOUT_GROUP_TRANSFERS },
};

/* Every category stands in one line of a statement, and the lines add up to the net of all transactions, whatever was kept of
 * each: nothing is left out or counted twice. */
static void
test_groups (void)
{
  g_autoptr (BillingPayoutStatement) statement = billing_payout_statement_new (0, "USD");
  gint64 net = 0, count = 0, sum = 0, n_rows = 0;

  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      BillingPayoutGroup group = categories[i].group;
      gint64 before = statement->lines[group].amount;
      gint64 amount = (gint64) (i + 1) * 1000 * (i % 2 == 0 ? 1 : -1);

      g_assert_cmpint (billing_payout_group_of (categories[i].category, "adjustment"), ==, group);
      billing_payout_statement_add (statement, categories[i].category, NULL, 2, amount, 1, i);
      g_assert_cmpint (statement->lines[group].amount, ==, before + amount);
      net += amount - i;
      count += 2;
    }

  for (guint i = 0; i < BILLING_PAYOUT_N_GROUPS; i++)
    {
      sum += statement->lines[i].amount;
      n_rows += i != BILLING_PAYOUT_GROUP_FEES ? statement->lines[i].count : 0;
    }

  g_assert_cmpint (statement->net, ==, net);
  g_assert_cmpint (sum, ==, net);
  g_assert_cmpint (statement->count, ==, count);
  g_assert_cmpint (n_rows, ==, count);
  g_assert_cmpint (statement->lines[BILLING_PAYOUT_GROUP_FEES].count, ==, G_N_ELEMENTS (categories));
}

/* Without a category the type decides, and what neither names is other. */
static void
test_types (void)
{
  g_assert_cmpint (billing_payout_group_of (NULL, "payment"), ==, BILLING_PAYOUT_GROUP_CHARGES);
  g_assert_cmpint (billing_payout_group_of ("", "payment_refund"), ==, BILLING_PAYOUT_GROUP_REFUNDS);
  g_assert_cmpint (billing_payout_group_of (NULL, "stripe_fee"), ==, BILLING_PAYOUT_GROUP_OTHER_FEES);
  g_assert_cmpint (billing_payout_group_of (NULL, "reserve_hold"), ==, BILLING_PAYOUT_GROUP_ADJUSTMENTS);
  g_assert_cmpint (billing_payout_group_of (NULL, NULL), ==, BILLING_PAYOUT_GROUP_TRANSFERS);
}

/* A statement that does not match says by how much, in which direction. */
static void
test_difference (void)
{
  g_autoptr (BillingPayoutStatement) statement = billing_payout_statement_new (1000, "USD");
  g_autofree char *more = NULL;
  g_autofree char *less = NULL;

  statement->standing = BILLING_PAYOUT_STANDING_DIFFERS;
  billing_payout_statement_add (statement, "charge", "charge", 1, 1310, 1, 60);
  more = billing_payout_statement_describe (statement);
  g_assert_nonnull (strstr (more, "$12.50, $2.50 more than"));

  billing_payout_statement_add (statement, "refund", "refund", 1, -251, 0, 0);
  less = billing_payout_statement_describe (statement);
  g_assert_nonnull (strstr (less, "$9.99, $0.01 less than"));
}

static const struct {
  const char *interval;
  const char *weekdays;
  const char *month_days;
  const char *day;
  const char *next;
  const char *words;
} schedules[] = {
  { "daily", NULL, NULL, "2026-11-20", "2026-11-20", "Every working day" },
  { "daily", NULL, NULL, "2026-11-21", "2026-11-23", "Every working day" },
  { "weekly", "friday", NULL, "2026-11-20", "2026-11-20", "Every week: Friday" },
  { "weekly", "monday,thursday", NULL, "2026-11-24", "2026-11-26", "Every week: Monday, Thursday" },
  { "weekly", NULL, NULL, "2026-11-24", NULL, "Every week" },
  { "monthly", NULL, "1,15", "2026-11-16", "2026-12-01", "Every month, on day 1, 15" },
  { "monthly", NULL, "31", "2027-02-01", "2027-02-28", "Every month, on day 31" },
  { "monthly", NULL, "31", "2028-02-29", "2028-02-29", "Every month, on day 31" },
  { "monthly", NULL, "30", "2026-12-31", "2027-01-30", "Every month, on day 30" },
  { "manual", NULL, NULL, "2026-11-20", NULL, "Only by hand" },
  { "hourly", NULL, NULL, "2026-11-20", NULL, "hourly" },
  { NULL, NULL, NULL, "2026-11-20", NULL, "Not known" },
  { "daily", NULL, NULL, "no day", NULL, "Every working day" },
};

/* On which day money is paid out that is available from a day on: never on a weekend where Stripe pays out every day, on a
 * month's last day where it has not so many, and never by itself where that is not known. */
static void
test_schedule (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (schedules); i++)
    {
      g_autoptr (BillingPayoutSchedule) schedule =
        billing_payout_schedule_new (schedules[i].interval, schedules[i].weekdays, schedules[i].month_days);
      g_autofree char *next = billing_payout_schedule_next (schedule, schedules[i].day);
      g_autofree char *words = billing_payout_schedule_describe (schedule);

      g_assert_cmpstr (next, ==, schedules[i].next);
      g_assert_cmpstr (words, ==, schedules[i].words);
    }
}

/* Reasons are in plain words; one that nobody knows yet has none, and is shown as it is. */
static void
test_failures (void)
{
  g_assert_cmpstr (billing_payout_describe_failure ("account_closed"), ==, "The bank account has been closed.");
  g_assert_nonnull (billing_payout_describe_failure ("no_account"));
  g_assert_null (billing_payout_describe_failure ("the_dog_ate_it"));
  g_assert_null (billing_payout_describe_failure (NULL));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/payout/groups", test_groups);
  g_test_add_func ("/model/payout/types", test_types);
  g_test_add_func ("/model/payout/difference", test_difference);
  g_test_add_func ("/model/payout/schedule", test_schedule);
  g_test_add_func ("/model/payout/failures", test_failures);

  return g_test_run ();
}
