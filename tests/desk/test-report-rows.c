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

  g_assert_cmpint (outstanding, >, 0);
  g_assert_cmpint (total, >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (owed); i++)
    g_assert_cmpint (sum_lines (clinic->desk, owed[i], NULL, base), ==, outstanding);
  for (guint i = 0; i < G_N_ELEMENTS (collected); i++)
    g_assert_cmpint (sum_lines (clinic->desk, collected[i], NULL, base), ==, total);
  /* The sandbox leaves nothing out of what it itemises. */
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
  g_test_add_data_func ("/report-rows/refused", &clinic, test_refused);

  status = g_test_run ();
  clinic_tear_down (&clinic);
  return status;
}
