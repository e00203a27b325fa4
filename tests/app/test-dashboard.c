/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-dashboard-numbers.h"
#include "billing-dashboard-text.h"
#include "billing-day.h"
#include "billing-enums.h"
#include "billing-month.h"
#include "billing-payment.h"
#include "billing-table.h"
#include "billing-test-practice.h"

/* The cards over the payments: each number is the sum of the rows that its click lists. */

typedef struct {
  BillingTestPractice practice;
  char *today; /* (owned) */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  billing_test_practice_set_up (&fixture->practice);
  fixture->today = billing_desk_get_today (fixture->practice.desk);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  billing_test_practice_verify (&fixture->practice);
  g_free (fixture->today);
  billing_test_practice_tear_down (&fixture->practice);
}

static void
act (Fixture     *fixture,
     BillingVerb  verb,
     const char  *payment)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, payment);

  g_object_set (act, "notes", "Asked for", NULL);
  billing_test_practice_do (&fixture->practice, act);
}

static char *
add_due (Fixture *fixture,
         gint64   amount,
         int      days,
         gboolean draft)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);

  act->patient = g_strdup (fixture->practice.patient);
  act->has_amount = TRUE;
  act->amount = amount;
  act->due = billing_day_add (fixture->today, days);
  act->draft = draft;
  billing_test_practice_do (&fixture->practice, act);
  return g_steal_pointer (&act->result);
}

static char *
add_collected (Fixture *fixture,
               gint64   amount,
               int      days)
{
  char *payment = add_due (fixture, amount, days, FALSE);
  g_autoptr (BillingAct) collect = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, payment);

  collect->tender = BILLING_TENDER_CASH;
  collect->date = billing_day_add (fixture->today, days);
  billing_test_practice_do (&fixture->practice, collect);
  return payment;
}

static void
add_refunded (Fixture *fixture,
              gint64   amount,
              gint64   refunded,
              int      days)
{
  g_autofree char *payment = add_collected (fixture, amount, days);
  g_autoptr (BillingAct) refund = billing_act_new (BILLING_VERB_PAYMENT_REFUND, payment);

  refund->has_amount = TRUE;
  refund->amount = refunded;
  refund->reason = BILLING_REFUND_REASON_PATIENT_REQUEST;
  refund->tender = BILLING_TENDER_CASH;
  billing_test_practice_do (&fixture->practice, refund);
}

/* Payments of eight statuses, over a year and more. */
static void
fill (Fixture *fixture)
{
  for (int month = 0; month < 14; month++)
    g_free (add_collected (fixture, 10000 + 100 * month, -30 * month));

  add_refunded (fixture, 50000, 20000, -45);
  add_refunded (fixture, 7000, 7000, -10);
  g_free (add_due (fixture, 1100, 10, FALSE));
  g_free (add_due (fixture, 1300, -10, FALSE));
  g_free (add_due (fixture, 1700, 10, TRUE));
  g_free (add_due (fixture, 1900, -10, TRUE));

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *failed = add_due (fixture, 2300 + i, -i, FALSE);
      g_autofree char *cancelled = add_due (fixture, 2900, -20, FALSE);

      act (fixture, BILLING_VERB_PAYMENT_FAIL, failed);
      act (fixture, BILLING_VERB_PAYMENT_CANCEL, cancelled);
    }
}

typedef struct {
  gint64 n;
  gint64 amount;
  gint64 collected;
  gint64 refunded;
} Rows;

static gboolean
add_row (BillingRecord  *record,
         gpointer        data,
         GError        **error)
{
  BillingPayment *payment = BILLING_PAYMENT (record);
  Rows *rows = data;

  rows->n++;
  rows->amount += payment->amount;
  rows->collected += payment->collected;
  rows->refunded += payment->refunded;
  return TRUE;
}

static Rows
list (Fixture              *fixture,
      BillingDashboardPart  part,
      const char           *key)
{
  g_autoptr (BillingQuery) query =
    billing_dashboard_build_query (fixture->practice.desk, part, key);
  g_autoptr (GError) error = NULL;
  Rows rows = { 0 };

  billing_desk_list (fixture->practice.desk, query, add_row, &rows, NULL, &error);
  g_assert_no_error (error);
  return rows;
}

static BillingDashboardNumbers *
read_numbers (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  BillingDashboardNumbers *numbers =
    billing_dashboard_numbers_read (fixture->practice.desk, NULL, &error);

  g_assert_no_error (error);
  return numbers;
}

/* What was collected, ever and in each month, and what of it went back. */
static void
test_collected (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (BillingDashboardNumbers) numbers = NULL;
  Rows rows;

  fill (fixture);
  numbers = read_numbers (fixture);
  rows = list (fixture, BILLING_DASHBOARD_COLLECTED, NULL);

  g_assert_cmpint (rows.n, ==, 16);
  g_assert_cmpint (rows.collected, ==, 14 * 10000 + 100 * 91 + 57000);
  g_assert_cmpint (rows.amount, ==, rows.collected);
  g_assert_cmpint (numbers->sum.collected, ==, rows.collected);
  g_assert_cmpint (numbers->sum.refunded, ==, 27000);
  g_assert_cmpint (numbers->sum.refunded, ==, rows.refunded);

  for (int i = 0; i < BILLING_DASHBOARD_MONTHS; i++)
    {
      rows = list (fixture, BILLING_DASHBOARD_MONTH, numbers->months[i]);
      g_assert_cmpint (numbers->collected[i], ==, rows.amount);
      g_assert_cmpint (numbers->collected[i], ==, rows.collected);
    }
}

/* What is owed, what of it is late, and what failed beside it. */
static void
test_outstanding (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (BillingDashboardNumbers) numbers = NULL;
  Rows rows;

  fill (fixture);
  numbers = read_numbers (fixture);

  rows = list (fixture, BILLING_DASHBOARD_OUTSTANDING, NULL);
  g_assert_cmpint (rows.amount, ==, 1100 + 1300 + 1700 + 1900);
  g_assert_cmpint (numbers->sum.outstanding, ==, rows.amount);
  g_assert_cmpint (numbers->sum.n_outstanding, ==, rows.n);

  rows = list (fixture, BILLING_DASHBOARD_FAILED, NULL);
  g_assert_cmpint (rows.amount, ==, 2300 + 2301 + 2302);
  g_assert_cmpint (numbers->sum.failed, ==, rows.amount);
  g_assert_cmpint (numbers->sum.n_failed, ==, rows.n);

  /* A draft is not late, and what is due today is not yet. */
  rows = list (fixture, BILLING_DASHBOARD_OVERDUE, NULL);
  g_assert_cmpint (rows.amount, ==, 1300 + 2301 + 2302);
  g_assert_cmpint (numbers->sum.overdue, ==, rows.amount);
  g_assert_cmpint (numbers->sum.n_overdue, ==, rows.n);
}

/* How many there are of each status, and in all. */
static void
test_status (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (BillingDashboardNumbers) numbers = NULL;
  gint64 n = 0;

  fill (fixture);
  numbers = read_numbers (fixture);

  for (int i = 0; i < BILLING_DASHBOARD_STATUSES; i++)
    {
      Rows rows = list (fixture, BILLING_DASHBOARD_STATUS, billing_enum_nick (BILLING_TYPE_STATUS, i));

      g_assert_cmpint (numbers->counts[i], ==, rows.n);
      g_assert_cmpint (numbers->amounts[i], ==, rows.amount);
      n += rows.n;
    }

  g_assert_cmpint (numbers->counts[BILLING_STATUS_PAID], ==, 14);
  g_assert_cmpint (list (fixture, BILLING_DASHBOARD_ALL, NULL).n, ==, n);
}

/* A collection that was a mistake leaves the card as it came. */
static void
test_reversed (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *payment = add_collected (fixture, 12300, -3);
  g_autoptr (BillingDashboardNumbers) before = read_numbers (fixture);
  g_autoptr (BillingDashboardNumbers) after = NULL;

  act (fixture, BILLING_VERB_PAYMENT_REVERSE, payment);
  after = read_numbers (fixture);

  g_assert_cmpint (before->sum.collected, ==, 12300);
  g_assert_cmpint (after->sum.collected, ==, 0);
  g_assert_cmpint (after->sum.outstanding, ==, 12300);
  g_assert_cmpint (list (fixture, BILLING_DASHBOARD_COLLECTED, NULL).n, ==, 0);
}

static gboolean
insert_euros (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  Fixture *fixture = data;
  g_autoptr (BillingPayment) payment = billing_payment_new ();

  g_object_set (payment, "patient-id", fixture->practice.patient, "amount", (gint64) 12000, "currency", "EUR",
                "status", BILLING_STATUS_DRAFT, "created-at", (gint64) 1793000000, NULL);
  return billing_table_insert (connection, BILLING_RECORD (payment), error);
}

/* Another currency stands beside the practice's own, and is never added to it. */
static void
test_currencies (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (BillingDashboardNumbers) numbers = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *others = NULL;
  g_autofree char *payment = add_due (fixture, 1300, -10, FALSE);

  billing_store_write (billing_desk_get_store (fixture->practice.desk), insert_euros, fixture, NULL,
                       &error);
  g_assert_no_error (error);
  numbers = read_numbers (fixture);
  others = billing_dashboard_text_others (numbers, offsetof (BillingDashboardSum, outstanding));

  g_assert_cmpint (numbers->sum.outstanding, ==, 1300);
  g_assert_cmpint (numbers->sum.overdue, ==, 1300);
  g_assert_cmpint (numbers->sum.n_overdue, ==, 1);
  g_assert_cmpuint (numbers->others->len, ==, 1);
  g_assert_cmpstr (others, ==, "€120.00");
  g_assert_cmpint (numbers->counts[BILLING_STATUS_DRAFT], ==, 1);
  g_assert_cmpint (numbers->amounts[BILLING_STATUS_DRAFT], ==, 0);
}

/* A practice without payments has twelve months in which nothing came in. */
static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (BillingDashboardNumbers) numbers = read_numbers (fixture);
  g_autofree char *refunded = billing_dashboard_text_refunded (numbers);
  g_autofree char *trend = billing_dashboard_text_trend (numbers, FALSE);
  g_autofree char *month = billing_month_of (numbers->today);

  g_assert_cmpint (numbers->sum.collected, ==, 0);
  g_assert_cmpstr (numbers->months[BILLING_DASHBOARD_MONTHS - 1], ==, month);
  g_assert_cmpstr (refunded, ==, "");
  g_assert_cmpstr (trend, ==, "");
}

static void
assert_trend (gint64      this_month,
              gint64      last_month,
              int         n_days,
              const char *expected,
              const char *spoken)
{
  char november[] = "2026-11", october[] = "2026-10", usd[] = "USD";
  BillingDashboardNumbers numbers = {
    .sum.currency = usd,
    .months[BILLING_DASHBOARD_MONTHS - 2] = october,
    .months[BILLING_DASHBOARD_MONTHS - 1] = november,
    .collected[BILLING_DASHBOARD_MONTHS - 1] = this_month,
    .last_month = last_month,
    .n_days = n_days,
  };
  g_autofree char *text = billing_dashboard_text_trend (&numbers, FALSE);
  g_autofree char *words = billing_dashboard_text_trend (&numbers, TRUE);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (words, ==, spoken);
}

/* This month is compared with as many days of the last one, in whole percents, and with nothing where nothing came in. */
static void
test_trend (void)
{
  assert_trend (10600, 10000, 22, "▲ 6 % on the first 22 days of October",
                "6 % more than the first 22 days of October");
  assert_trend (9400, 10000, 0, "▼ 6 % on October", "6 % less than October");
  assert_trend (0, 10000, 1, "▼ 100 % on the first of October", "100 % less than the first of October");
  assert_trend (10049, 10000, 0, "As much as October", "As much as October");
  assert_trend (10051, 10000, 0, "▲ 1 % on October", "1 % more than October");
  assert_trend (10000, 0, 0, "", "");
  assert_trend (G_MAXINT64, 1, 0, "", "");
}

static void
assert_last_month (const char *today,
                   int         n_days,
                   const char *to)
{
  g_autofree char *month = billing_month_of (today);
  g_autofree char *before = billing_month_add (month, -1);
  int days;
  g_autofree char *last = billing_dashboard_find_last_day (before, today, &days);

  g_assert_cmpint (days, ==, n_days);
  g_assert_cmpstr (last, ==, to);
}

/* The same days, or all of a month that has no more. */
static void
test_days (void)
{
  assert_last_month ("2026-11-22", 22, "2026-10-22");
  assert_last_month ("2026-12-30", 0, "2026-11-30");
  assert_last_month ("2026-12-31", 0, "2026-11-30");
  assert_last_month ("2026-12-29", 29, "2026-11-29");
  assert_last_month ("2026-03-28", 0, "2026-02-28");
  assert_last_month ("2028-03-28", 28, "2028-02-28");
  assert_last_month ("2027-01-01", 1, "2026-12-01");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/dashboard/collected", Fixture, NULL, set_up, test_collected, tear_down);
  g_test_add ("/dashboard/outstanding", Fixture, NULL, set_up, test_outstanding, tear_down);
  g_test_add ("/dashboard/status", Fixture, NULL, set_up, test_status, tear_down);
  g_test_add ("/dashboard/reversed", Fixture, NULL, set_up, test_reversed, tear_down);
  g_test_add ("/dashboard/currencies", Fixture, NULL, set_up, test_currencies, tear_down);
  g_test_add ("/dashboard/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add_func ("/dashboard/trend", test_trend);
  g_test_add_func ("/dashboard/days", test_days);

  return g_test_run ();
}
