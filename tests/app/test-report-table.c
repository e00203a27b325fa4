/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "billing-report-drawing.h"
#include "billing-report-period.h"
#include "billing-report-print.h"
#include "billing-report-question.h"
#include "billing-report-table.h"
#include "billing-test-folder.h"

/* What the cards of the Reports page make of the lines of their reports. */

static void
add_line (GPtrArray  *lines,
          const char *key,
          const char *name,
          const char *currency,
          gint64      amount)
{
  g_ptr_array_add (lines, g_object_new (BILLING_TYPE_REPORT_LINE, "key", key, "name", name, "currency", currency, "amount",
                                        amount, "payments", (gint64) -1, "refunded", (gint64) -1, NULL));
}

static BillingReportTable *
make_table (const char *first,
            GPtrArray  *first_lines,
            const char *second,
            GPtrArray  *second_lines)
{
  const BillingReport *reports[] = { billing_report_find (first), second != NULL ? billing_report_find (second) : NULL };
  GPtrArray *lines[] = { first_lines, second_lines };

  g_assert_nonnull (reports[0]);
  return billing_report_table_new (reports, lines, second != NULL ? 2 : 1, "USD");
}

static void
assert_row (BillingReportTable *table,
            guint               i,
            const char         *key,
            gint64              first,
            gint64              second)
{
  BillingReportRow *row = table->rows->pdata[i];

  g_assert_cmpstr (row->key, ==, key);
  g_assert_cmpint (billing_report_row_get_amount (row, 0), ==, first);
  if (table->n_series > 1)
    g_assert_cmpint (billing_report_row_get_amount (row, 1), ==, second);
}

/* Two reports stand beside each other month by month; months of which neither says anything stand between them. */
static void
test_months (void)
{
  g_autoptr (GPtrArray) collected = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) outstanding = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingReportTable) table = NULL;

  add_line (collected, "2025-11", "2025-11", "USD", 700);
  add_line (collected, "2026-02", "2026-02", "USD", 900);
  add_line (outstanding, "2026-02", "2026-02", "USD", 50);
  add_line (outstanding, "2026-03", "2026-03", "USD", 60);
  table = make_table ("collected", collected, "outstanding-by-month", outstanding);

  g_assert_cmpuint (table->rows->len, ==, 5);
  assert_row (table, 0, "2025-11", 700, 0);
  assert_row (table, 1, "2025-12", 0, 0);
  assert_row (table, 2, "2026-01", 0, 0);
  assert_row (table, 3, "2026-02", 900, 50);
  assert_row (table, 4, "2026-03", 0, 60);
  g_assert_cmpint (table->totals[0], ==, 1600);
  g_assert_cmpint (table->totals[1], ==, 110);
  g_assert_cmpstr (((BillingReportRow *) table->rows->pdata[1])->title, ==, "December 2025");
}

/* The largest is the first, and what has no location the last, whatever it amounts to. */
static void
test_places (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingReportTable) table = NULL;

  add_line (lines, "none", "none", "USD", 9000);
  add_line (lines, "loc_a", "Elm Street", "USD", 100);
  add_line (lines, "loc_b", "Elm Street", "USD", 300);
  table = make_table ("collected-by-location", lines, NULL, NULL);

  assert_row (table, 0, "loc_b", 300, 0);
  assert_row (table, 1, "loc_a", 100, 0);
  assert_row (table, 2, "none", 9000, 0);
  g_assert_cmpstr (((BillingReportRow *) table->rows->pdata[2])->title, ==, "No location");
}

/* All ages are there, in their order, also those of which there is nothing. */
static void
test_ages (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingReportTable) table = NULL;

  add_line (lines, "31-60", "31-60", "USD", 5);
  table = make_table ("aging", lines, NULL, NULL);

  g_assert_cmpuint (table->rows->len, ==, 5);
  assert_row (table, 0, "not-due", 0, 0);
  assert_row (table, 2, "31-60", 5, 0);
  assert_row (table, 4, "91+", 0, 0);
}

/* Other currencies stand beside the practice's and are never added to it. */
static void
test_currencies (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingReportTable) table = NULL;
  g_autofree char *yen = NULL;

  add_line (lines, "2026-02", "2026-02", "JPY", 7);
  add_line (lines, "2026-02", "2026-02", "USD", 900);
  table = make_table ("fees", lines, NULL, NULL);

  g_assert_cmpuint (table->rows->len, ==, 2);
  g_assert_cmpint (table->totals[0], ==, 900);
  yen = billing_report_row_get_shown (table->rows->pdata[0], 0);
  g_assert_nonnull (strstr (yen, "7"));
  g_assert_null (strstr (yen, "."));
}

/* The file says what the table says, to the cent, and runs nothing where it is opened. */
static void
test_csv (void)
{
  const BillingReportQuestion *question = billing_report_question_find ("flow");
  g_autoptr (GPtrArray) collected = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) outstanding = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingReportTable) table = NULL;
  g_autofree char *csv = NULL;

  add_line (collected, "loc_a", "=HYPERLINK(1)", "USD", 123456);
  add_line (outstanding, "loc_b", "Elm, Street", "USD", -5);
  table = make_table ("collected-by-location", collected, "outstanding-by-location", outstanding);
  csv = billing_report_table_to_csv (table, question->series);

  g_assert_cmpstr (csv, ==,
                   "What,Collected,Outstanding,Currency\r\n"
                   "'=HYPERLINK(1),1234.56,0.00,USD\r\n"
                   "\"Elm, Street\",0.00,-0.05,USD\r\n");
}

/* Periods are whole months; those of the year end with it. */
static void
test_periods (void)
{
  static const struct {
    BillingReportPeriod period;
    const char *today;
    const char *from;
    const char *to;
  } cases[] = {
    { BILLING_REPORT_PERIOD_THIS_MONTH, "2026-02-14", "2026-02-01", "2026-02-28" },
    { BILLING_REPORT_PERIOD_THIS_MONTH, "2028-02-01", "2028-02-01", "2028-02-29" },
    { BILLING_REPORT_PERIOD_LAST_MONTH, "2026-01-31", "2025-12-01", "2025-12-31" },
    { BILLING_REPORT_PERIOD_THIS_QUARTER, "2026-01-01", "2026-01-01", "2026-03-31" },
    { BILLING_REPORT_PERIOD_THIS_QUARTER, "2026-12-31", "2026-10-01", "2026-12-31" },
    { BILLING_REPORT_PERIOD_THIS_YEAR, "2026-07-04", "2026-01-01", "2026-12-31" },
    { BILLING_REPORT_PERIOD_TWELVE_MONTHS, "2026-11-22", "2025-12-01", "2026-11-30" },
    { BILLING_REPORT_PERIOD_TWELVE_MONTHS, "2026-01-01", "2025-02-01", "2026-01-31" },
  };
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;

      g_assert_true (billing_report_period_get_days (cases[i].period, cases[i].today, &first, &last));
      g_assert_cmpstr (first, ==, cases[i].from);
      g_assert_cmpstr (last, ==, cases[i].to);
    }

  g_assert_false (billing_report_period_get_days (BILLING_REPORT_PERIOD_CUSTOM, "2026-01-01", &from, &to));
}

static BillingReportPage *
make_paper (guint n_sheets,
            guint n_months)
{
  static const char * const names[] = { "Collected", "Outstanding", NULL };
  BillingReportPage *paper = billing_report_page_new ("Elm Clinic", "Jan 1, 2026 to Dec 31, 2026");

  for (guint i = 0; i < n_sheets; i++)
    {
      g_autoptr (GPtrArray) collected = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GPtrArray) outstanding = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (BillingReportTable) table = NULL;

      for (guint month = 0; month < n_months; month++)
        {
          g_autofree char *key = g_strdup_printf ("%04u-%02u", 2020 + month / 12, month % 12 + 1);

          add_line (collected, key, key, "USD", 1000000 + month);
          add_line (outstanding, key, key, "USD", 1000 * month);
        }
      table = make_table ("collected", collected, "outstanding-by-month", outstanding);
      billing_report_page_add (paper, billing_report_sheet_new ("How much came in, how much is still out?", "By month", names,
                                                                table));
    }

  return paper;
}

/* A little or a lot, it is one page, with nothing beside it. */
static void
test_paper (void)
{
  static const guint months[] = { 1, 12, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      g_autoptr (BillingReportPage) paper = make_paper (5, months[i]);
      cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
      cairo_t *cr = cairo_create (surface);
      double x, y, width, height;

      billing_report_page_draw (paper, cr, 540.0, 780.0);
      cairo_recording_surface_ink_extents (surface, &x, &y, &width, &height);
      g_assert_cmpfloat (x, >=, -1.0);
      g_assert_cmpfloat (x + width, <=, 541.0);
      g_assert_cmpfloat (y + height, <=, 780.0);
      g_assert_cmpfloat (width, >, 500.0);

      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

/* Where there is no printer, the same page becomes a PDF, which says what the table says. */
static void
test_pdf (void)
{
  g_autoptr (BillingReportPage) paper = make_paper (2, 12);
  g_autofree char *folder = billing_test_folder ();
  g_autofree char *path = g_build_filename (folder, "reports.pdf", NULL);
  const char *command[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *page_end;

  g_assert_true (billing_report_to_pdf (paper, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "December 2020"));
  g_assert_nonnull (strstr (text, "10,000.11"));

  /* Each page ends with a form feed. */
  page_end = strchr (text, '\f');
  g_assert_nonnull (page_end);
  g_assert_cmpstr (page_end, ==, "\f");
  billing_test_folder_remove (g_steal_pointer (&folder));
}

/* Paper says that its numbers are made up where they are; without Stripe, or with real money, there is nothing to say. */
static void
test_mode (void)
{
  g_autoptr (BillingPractice) practice = g_object_new (BILLING_TYPE_PRACTICE, NULL);
  g_autofree char *none = billing_report_subheading (practice, "2026");
  g_autofree char *test = NULL;
  g_autofree char *live = NULL;

  g_object_set (practice, "stripe-account", "acct_1", NULL);
  test = billing_report_subheading (practice, "2026");
  g_object_set (practice, "stripe-live", TRUE, NULL);
  live = billing_report_subheading (practice, "2026");

  g_assert_cmpstr (none, ==, "2026");
  g_assert_cmpstr (test, ==, "2026 · Test mode: no real money moves");
  g_assert_cmpstr (live, ==, "2026");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report-table/months", test_months);
  g_test_add_func ("/report-table/places", test_places);
  g_test_add_func ("/report-table/ages", test_ages);
  g_test_add_func ("/report-table/currencies", test_currencies);
  g_test_add_func ("/report-table/csv", test_csv);
  g_test_add_func ("/report-table/periods", test_periods);
  g_test_add_func ("/report-table/paper", test_paper);
  g_test_add_func ("/report-table/mode", test_mode);
  g_test_add_func ("/report-table/pdf", test_pdf);

  return g_test_run ();
}
