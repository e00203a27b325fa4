/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-day.h"
#include "billing-demo.h"
#include "billing-desk-posting.h"
#include "billing-enums.h"
#include "billing-mirror.h"
#include "billing-record-csv.h"
#include "billing-report.h"
#include "billing-stripe-sync.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"
#include "billing-test-sandbox.h"
#include "billing-totals.h"
#include "billing-year-end-store.h"

/*
 * Every line of every report opens the rows that sum to it.
 *
 * BILLING_TEST_SEED says what the practice looks like; the seed is printed.
 */

#define N_PAYMENTS 600

typedef struct {
  char *folder;      /* (owned) */
  BillingDesk *desk; /* (owned) */
} Clinic;

static void
fetch (Clinic     *clinic,
       const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeClient) client = billing_stripe_client_new (url, BILLING_TEST_SANDBOX_KEY, &error);
  g_autoptr (BillingMirror) mirror = billing_mirror_open (billing_store_get_folder (billing_desk_get_store (clinic->desk)),
                                                          &error);
  g_auto (BillingStripeSyncSummary) summary = { 0 };
  guint64 n_posted;

  g_assert_no_error (error);
  billing_stripe_sync (client, mirror, BILLING_STRIPE_SYNC_QUICK, NULL, NULL, &summary, NULL, &error);
  g_assert_no_error (error);
  billing_desk_post_stripe (clinic->desk, mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);
}

static guint64
get_seed (void)
{
  const char *seed = g_getenv ("BILLING_TEST_SEED");

  return seed != NULL ? g_ascii_strtoull (seed, NULL, 10) : BILLING_DEMO_SEED;
}

/* A made-up clinic, and what its Stripe says. */
static void
clinic_set_up (Clinic *clinic)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *practice = NULL;
  g_autofree char *history = NULL;
  BillingSandboxOptions options = { .seed = 1 };
  BillingTestSandbox sandbox = { 0 };

  g_test_message ("BILLING_TEST_SEED=%" G_GUINT64_FORMAT, get_seed ());
  clinic->folder = billing_test_folder ();
  practice = g_build_filename (clinic->folder, "practice", NULL);
  history = billing_demo_get_history (practice);
  billing_demo_create (practice, N_PAYMENTS, get_seed (), NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  clinic->desk = billing_desk_open (practice, NULL, NULL, &error);
  g_assert_no_error (error);

  options.history = history;
  billing_test_sandbox_start (&sandbox, &options);
  fetch (clinic, sandbox.url);
  billing_test_sandbox_stop (&sandbox);
}

static void
clinic_tear_down (Clinic *clinic)
{
  g_clear_object (&clinic->desk);
  billing_test_folder_remove (clinic->folder);
}

static GPtrArray *
read_report (BillingDesk  *desk,
             const char   *name,
             BillingQuery *base)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *lines = billing_desk_report (desk, name, base, &error);

  g_assert_no_error (error);
  return lines;
}

typedef struct {
  const BillingReport *report;
  const char *currency;
  gint64 amount;
  gint64 n_rows;
} Sum;

/* What of a row is in its line. */
static gint64
get_part (const BillingReport *report,
          BillingRecord       *record)
{
  const char *property = report->rows == BILLING_REPORT_ROWS_FEES ? "fee" : "amount";
  gboolean automatic;
  gint64 amount;

  if (report->rows == BILLING_REPORT_ROWS_PAYOUT_ITEMS)
    {
      g_object_get (record, "automatic", &automatic, NULL);
      property = automatic ? "itemised" : "amount";
    }

  g_object_get (record, property, &amount, NULL);
  return amount;
}

/* What came in has two names, which must be one number. */
static gboolean
add_row_cb (BillingRecord  *record,
            gpointer        data,
            GError        **error)
{
  Sum *sum = data;
  g_autofree char *currency = NULL;
  gint64 amount = get_part (sum->report, record);
  gint64 collected;

  g_object_get (record, "currency", &currency, NULL);
  if (sum->report->rows == BILLING_REPORT_ROWS_COLLECTED)
    {
      g_object_get (record, "collected", &collected, NULL);
      g_assert_cmpint (collected, ==, amount);
    }

  if (sum->currency != NULL && !g_str_equal (currency, sum->currency))
    return TRUE;

  sum->amount += amount;
  sum->n_rows++;
  return TRUE;
}

static void
sum_rows (BillingDesk         *desk,
          const BillingReport *report,
          BillingReportLine   *line,
          BillingQuery        *base,
          Sum                 *sum)
{
  g_autoptr (BillingQuery) query = billing_report_build_query (report, line, base);
  g_autoptr (GError) error = NULL;

  *sum = (Sum) { .report = report, .currency = line != NULL ? line->currency : NULL };
  billing_desk_list (desk, query, add_row_cb, sum, NULL, &error);
  g_assert_no_error (error);
}

/* What a person reads of a line in its CSV is the same number again. */
static void
check_csv (BillingReportLine *line)
{
  static const BillingColumnFormat format = { "USD", "UTC" };
  g_autofree char *row = billing_record_csv_row (BILLING_RECORD (line), &format);
  g_autofree char *amount = g_strdup_printf (",%s%" G_GINT64_FORMAT ".%02d,", line->amount < 0 ? "-" : "",
                                             ABS (line->amount) / 100, (int) (ABS (line->amount) % 100));

  if (g_str_equal (line->currency, "USD"))
    g_assert_nonnull (strstr (row, amount));
}

/* Returns how many lines there were. */
static guint
check_report (BillingDesk         *desk,
              const BillingReport *report,
              BillingQuery        *base)
{
  g_autoptr (GPtrArray) lines = read_report (desk, report->name, base);
  gint64 amount = 0;
  Sum all;

  for (guint i = 0; i < lines->len; i++)
    {
      BillingReportLine *line = lines->pdata[i];
      Sum sum;

      sum_rows (desk, report, line, base, &sum);
      g_assert_cmpint (sum.amount, ==, line->amount);
      if (line->payments >= 0)
        g_assert_cmpint (sum.n_rows, ==, line->payments);
      check_csv (line);
      amount += line->amount;
    }

  /* Those of the card overlap: what is overdue is among the others. */
  if (report->group == BILLING_REPORT_GROUP_STANDING)
    return lines->len;

  sum_rows (desk, report, NULL, base, &all);
  g_assert_cmpint (all.amount, ==, amount);
  return lines->len;
}

static guint
check_reports (BillingDesk  *desk,
               BillingQuery *base)
{
  guint n_reports, n_lines = 0;
  const BillingReport *reports = billing_report_list (&n_reports);

  for (guint i = 0; i < n_reports; i++)
    {
      guint n = reports[i].rows != BILLING_REPORT_ROWS_NONE ? check_report (desk, &reports[i], base) : 0;

      g_test_message ("%s: %u lines", reports[i].name, n);
      n_lines += n;
    }

  return n_lines;
}

static gint64
sum_lines (BillingDesk  *desk,
           const char   *name,
           const char   *only,
           BillingQuery *base)
{
  g_autoptr (GPtrArray) lines = read_report (desk, name, base);
  gint64 amount = 0;

  g_assert_cmpuint (lines->len, >, 0);
  for (guint i = 0; i < lines->len; i++)
    {
      BillingReportLine *line = lines->pdata[i];

      if (only == NULL || g_str_equal (line->key, only))
        amount += line->amount;
    }

  return amount;
}

/* Whichever way they are told apart, the parts are the card's number. */
static void
test_cards (gconstpointer data)
{
  static const char * const owed[] = { "aging", "aging-by-service", "aging-by-created", "outstanding-by-month",
                                       "outstanding-by-location", "outstanding-by-physician" };
  static const char * const collected[] = { "collected-by-location", "collected-by-physician", "tenders" };
  const Clinic *clinic = data;
  g_autoptr (BillingQuery) base = billing_desk_query (clinic->desk, "payments");
  gint64 outstanding = sum_lines (clinic->desk, "outstanding", "outstanding", base);
  gint64 total = sum_lines (clinic->desk, "collected", NULL, base);
  g_autofree char *last = NULL;

  g_assert_cmpint (outstanding, >, 0);
  g_assert_cmpint (total, >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (owed); i++)
    g_assert_cmpint (sum_lines (clinic->desk, owed[i], NULL, base), ==, outstanding);
  for (guint i = 0; i < G_N_ELEMENTS (collected); i++)
    g_assert_cmpint (sum_lines (clinic->desk, collected[i], NULL, base), ==, total);
  /* The sandbox leaves nothing out of what it itemises, which takes it a day: of the last week nothing is asked. */
  last = billing_day_add (base->today, -7);
  g_object_set (base, "to", last, NULL);
  g_assert_cmpint (sum_lines (clinic->desk, "payout-items", NULL, base), ==,
                   sum_lines (clinic->desk, "payouts", NULL, base));
}

/* Rows, line and CSV say the same of every line of every report, over all time. */
static void
test_rows (gconstpointer data)
{
  const Clinic *clinic = data;
  g_autoptr (BillingQuery) base = billing_desk_query (clinic->desk, "payments");

  /* All reports but one have lines. */
  g_assert_cmpuint (check_reports (clinic->desk, base), >, 60);
}

/* Days that begin and end within a month cut off what is before and behind, of the bars and of their rows. */
static void
test_days (gconstpointer data)
{
  static const struct {
    int from;
    int to;
  } cases[] = { { -200, -17 }, { -45, 0 }, { -10, 20 }, { -3, -3 }, { 4000, 4001 } };
  const Clinic *clinic = data;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BillingQuery) base = billing_desk_query (clinic->desk, "payments");

      base->from = billing_day_add (base->today, cases[i].from);
      base->to = billing_day_add (base->today, cases[i].to);
      check_reports (clinic->desk, base);
      g_clear_pointer (&base->to, g_free);
      check_reports (clinic->desk, base);
    }
}

/* Likewise each location, and what has none. */
static void
test_locations (gconstpointer data)
{
  const Clinic *clinic = data;
  g_autoptr (BillingQuery) base = billing_desk_query (clinic->desk, "payments");
  g_autoptr (GPtrArray) lines = read_report (clinic->desk, "collected-by-location", base);
  gint64 outstanding = sum_lines (clinic->desk, "outstanding", "outstanding", base);
  gboolean has_none = FALSE;

  g_assert_cmpuint (lines->len, >, 1);
  for (guint i = 0; i < lines->len; i++)
    {
      BillingReportLine *line = lines->pdata[i];

      has_none = has_none || g_str_equal (line->key, BILLING_QUERY_NO_LOCATION);
      g_free (base->location);
      base->location = g_strdup (line->key);
      check_reports (clinic->desk, base);
      outstanding -= sum_lines (clinic->desk, "outstanding", "outstanding", base);
      g_assert_cmpint (sum_lines (clinic->desk, "aging", NULL, base), ==,
                       sum_lines (clinic->desk, "outstanding", "outstanding", base));
    }

  g_assert_true (has_none);
  g_assert_cmpint (outstanding, ==, 0);
}

static gboolean
set_created (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  gint64 *at = data;

  return billing_connection_run (connection, error, "UPDATE payments SET created_at = ?1 - 1 WHERE amount = 1", "i", *at) &&
         billing_connection_run (connection, error, "UPDATE payments SET created_at = ?1 WHERE amount = 2", "i", *at);
}

/* What has no due date is as old as the day on which it was made where the practice is, to the second, not where Greenwich is. */
static void
test_time_zone (gconstpointer data)
{
  static const char * const zones[] = { "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin" };
  BillingTestPractice practice;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  billing_test_practice_set_up (&practice);
  one = billing_test_practice_create_payment (&practice, 1, FALSE);
  two = billing_test_practice_create_payment (&practice, 2, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (BillingQuery) base = billing_query_new ("payments");
      g_autoptr (GError) error = NULL;
      gint64 at = billing_day_start ("2026-03-01", zones[i]);

      base->today = billing_day_add ("2026-03-01", 30);
      base->time_zone = g_strdup (zones[i]);
      billing_store_write (billing_desk_get_store (practice.desk), set_created, &at, NULL, &error);
      g_assert_no_error (error);

      g_assert_cmpint (sum_lines (practice.desk, "aging", "31-60", base), ==, 1);
      g_assert_cmpint (sum_lines (practice.desk, "aging", "0-30", base), ==, 2);
      g_assert_cmpint (sum_lines (practice.desk, "outstanding-by-month", "2026-02", base), ==, 1);
      g_assert_cmpint (sum_lines (practice.desk, "outstanding-by-month", "2026-03", base), ==, 2);
      check_reports (practice.desk, base);
    }

  billing_test_practice_tear_down (&practice);
}

/* An age that is none, and a basis that is none, are refused with those that there are. */
static void
test_refused (gconstpointer data)
{
  const Clinic *clinic = data;
  static const struct {
    const char *age;
    const char *basis;
    const char *says;
  } cases[] = {
    { "old", NULL, "91+" }, { "..", NULL, "0-30" }, { "2026-13-01..", NULL, "0-30" }, { "0-30", "birth", "service" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BillingQuery) query = billing_desk_query (clinic->desk, "payments");
      g_autoptr (GError) error = NULL;
      Sum sum = { 0 };

      g_object_set (query, "age", cases[i].age, "age-basis", cases[i].basis, NULL);
      g_assert_false (billing_desk_list (clinic->desk, query, add_row_cb, &sum, NULL, &error));
      g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

typedef struct {
  BillingPractice *practice;
  int year;
  int first;
  int last;
  GPtrArray *lines; /* (owned) (nullable) */
} Year;

static gboolean
read_year (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Year *year = data;

  year->lines = billing_year_end_read (connection, year->year, year->practice->time_zone, year->practice->currency, error);
  return year->lines != NULL &&
         billing_year_end_read_years (connection, year->practice->time_zone, &year->first, &year->last, error);
}

/* What a report says of a month, or of one key of it. */
static gint64
find_amount (BillingDesk *desk,
             const char  *report,
             const char  *month,
             const char  *key,
             gboolean     refunded)
{
  g_autoptr (BillingQuery) base = billing_desk_query (desk, "payments");
  g_autoptr (GPtrArray) lines = NULL;
  gint64 amount = 0;
  g_autofree char *first = g_strconcat (month, "-01", NULL);
  g_autofree char *later = billing_day_add (first, 31);
  g_autofree char *next = g_strdup_printf ("%.7s-01", later);
  g_autofree char *last = billing_day_add (next, -1);

  g_object_set (base, "from", first, "to", last, NULL);
  lines = read_report (desk, report, base);
  for (guint i = 0; i < lines->len; i++)
    {
      BillingReportLine *line = lines->pdata[i];

      if (key == NULL || g_str_equal (line->key, key))
        amount += refunded ? line->refunded : line->amount;
    }

  return amount;
}

/* A month of the year's end is what the other reports, which add up the rows themselves, say of it; and what it says of itself. */
static void
check_month (BillingDesk        *desk,
             BillingYearEndLine *line)
{
  gint64 fees = line->payment_fees + line->dispute_fees + line->other_fees + line->tax_on_fees;
  const char *tenders[] = { "cash", "cheque", "card", "bank" };
  gint64 amounts[] = { line->cash, line->cheque, line->card, line->bank };
  gint64 refunded = 0;

  g_assert_cmpint (line->collected, ==, find_amount (desk, "stripe-collected", line->month, NULL, FALSE));
  g_assert_cmpint (line->payment_fees + line->dispute_fees + line->tax_on_fees, ==, find_amount (desk, "fees", line->month, NULL, FALSE));
  g_assert_cmpint (line->net, ==, line->collected - line->refunded - line->disputed - fees + line->other);
  for (guint i = 0; i < G_N_ELEMENTS (tenders); i++)
    {
      g_assert_cmpint (amounts[i], ==, find_amount (desk, "tenders", line->month, tenders[i], FALSE));
      refunded += find_amount (desk, "tenders", line->month, tenders[i], TRUE);
    }
  g_assert_cmpint (line->tender_refunded, ==, refunded);
  g_assert_cmpint (line->tender_net, ==, line->cash + line->cheque + line->card + line->bank - refunded);
}

/* The year's end equals the books' and the mirror's own sums, month by month, and its total is the sum of its months. */
static void
test_year_end (gconstpointer data)
{
  const Clinic *clinic = data;
  BillingPractice *practice = billing_desk_get_practice (clinic->desk);
  Year year = { practice, 2025 };
  gint64 collected = 0, net = 0, cash = 0;
  guint n_busy = 0;
  int last = 0;

  for (year.year = 2020; year.year <= MAX (last, 2020) || last == 0; year.year++)
    {
      g_autoptr (GError) error = NULL;
      BillingYearEndLine *total;
      gint64 sum = 0, sum_of_cash = 0;

      billing_store_read (billing_desk_get_store (clinic->desk), read_year, &year, NULL, &error);
      g_assert_no_error (error);
      last = year.last;
      g_assert_cmpint (year.first, >, 2020);
      g_assert_cmpuint (year.lines->len, ==, 12);
      for (guint i = 0; i < year.lines->len; i++)
        {
          BillingYearEndLine *line = year.lines->pdata[i];

          check_month (clinic->desk, line);
          sum += line->net;
          sum_of_cash += line->cash;
          n_busy += line->collected > 0 && line->cash > 0;
        }

      billing_year_end_add_totals (year.lines);
      g_assert_cmpuint (year.lines->len, ==, 13);
      total = year.lines->pdata[12];
      g_assert_cmpstr (total->month, ==, BILLING_YEAR_END_TOTAL);
      g_assert_cmpint (total->net, ==, sum);
      g_assert_cmpint (total->cash, ==, sum_of_cash);
      collected += total->collected;
      net += total->net;
      cash += total->cash;
      g_ptr_array_unref (year.lines);
    }

  /* Something was there to be compared. */
  g_assert_cmpuint (n_busy, >, 3);
  g_assert_cmpint (collected, >, net);
  g_assert_cmpint (cash, >, 0);
}

int
main (int    argc,
      char **argv)
{
  Clinic clinic = { 0 };
  int status;

  g_test_init (&argc, &argv, NULL);
  clinic_set_up (&clinic);

  g_test_add_data_func ("/report-rows/cards", &clinic, test_cards);
  g_test_add_data_func ("/report-rows/rows", &clinic, test_rows);
  g_test_add_data_func ("/report-rows/days", &clinic, test_days);
  g_test_add_data_func ("/report-rows/locations", &clinic, test_locations);
  g_test_add_data_func ("/report-rows/time-zone", &clinic, test_time_zone);
  g_test_add_data_func ("/report-rows/year-end", &clinic, test_year_end);
  g_test_add_data_func ("/report-rows/refused", &clinic, test_refused);

  status = g_test_run ();
  clinic_tear_down (&clinic);
  return status;
}
