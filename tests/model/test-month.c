/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-month.h"

/* Months, by which charts show what came in. */

/* A month is its text and nothing else. */
static void
test_valid (void)
{
  g_assert_true (billing_month_is_valid ("2026-11"));
  g_assert_false (billing_month_is_valid ("2026-13"));
  g_assert_false (billing_month_is_valid ("2026-11-01"));
  g_assert_false (billing_month_is_valid (""));
  g_assert_false (billing_month_is_valid (NULL));
}

static void
assert_add (const char *month,
            int         months,
            const char *expected)
{
  g_autofree char *later = billing_month_add (month, months);

  g_assert_cmpstr (later, ==, expected);
}

/* Years follow, both ways, and the calendar ends. */
static void
test_add (void)
{
  assert_add ("2026-11", 1, "2026-12");
  assert_add ("2026-11", 2, "2027-01");
  assert_add ("2026-11", -11, "2025-12");
  assert_add ("2026-01", -1, "2025-12");
  assert_add ("2026-12", 12, "2027-12");
  assert_add ("9999-12", 1, NULL);
  assert_add ("0001-01", -1, NULL);
}

static void
assert_days (const char *day,
             const char *first,
             const char *last)
{
  g_autofree char *month = billing_month_of (day);
  g_autofree char *begin = billing_month_first_day (month);
  g_autofree char *end = billing_month_last_day (month);

  g_assert_cmpstr (begin, ==, first);
  g_assert_cmpstr (end, ==, last);
}

/* Its first and its last day, leap years included. */
static void
test_days (void)
{
  assert_days ("2026-11-22", "2026-11-01", "2026-11-30");
  assert_days ("2026-02-28", "2026-02-01", "2026-02-28");
  assert_days ("2028-02-01", "2028-02-01", "2028-02-29");
  assert_days ("9999-12-01", "9999-12-01", "9999-12-31");
}

static void
assert_format (BillingMonthStyle  style,
               const char        *locale,
               const char        *expected)
{
  g_autofree char *text = billing_month_format ("2026-10", style, locale);

  g_assert_cmpstr (text, ==, expected);
}

/* As it stands by itself, in languages that have a form for that too. */
static void
test_format (void)
{
  assert_format (BILLING_MONTH_SHORT, "en_US", "Oct");
  assert_format (BILLING_MONTH_NAME, "en_US", "October");
  assert_format (BILLING_MONTH_FULL, "en_US", "October 2026");
  assert_format (BILLING_MONTH_NAME, "de_DE", "Oktober");
  assert_format (BILLING_MONTH_FULL, "de_DE", "Oktober 2026");
  assert_format (BILLING_MONTH_NAME, "pl_PL", "październik");
  assert_format (BILLING_MONTH_FULL, "fa_IR@calendar=gregorian", "اکتبر ۲۰۲۶");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/month/valid", test_valid);
  g_test_add_func ("/month/add", test_add);
  g_test_add_func ("/month/days", test_days);
  g_test_add_func ("/month/format", test_format);

  return g_test_run ();
}
