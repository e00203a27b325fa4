/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-table"

#include "config.h"

#include "billing-report-table.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "billing-age.h"
#include "billing-csv-writer.h"
#include "billing-day.h"
#include "billing-enums.h"
#include "billing-format.h"
#include "billing-money.h"
#include "billing-status.h"

/* Months without anything stand between those with something, unless there are too many to be looked at. */
#define MAX_MONTHS 60

static void
row_free (gpointer data)
{
  BillingReportRow *row = data;

  g_free (row->key);
  g_free (row->currency);
  g_free (row->label);
  g_free (row->title);
  for (guint i = 0; i < BILLING_REPORT_TABLE_MAX_SERIES; i++)
    g_clear_object (&row->lines[i]);
  g_free (row);
}

/* What people call a line. */

/* A month of a year; its short name, too. */
static char *
format_month (const char *month,
              const char *format)
{
  g_autoptr (GDateTime) date = NULL;
  int y, m;

  if (sscanf (month, "%d-%d", &y, &m) != 2)
    return g_strdup (month);

  date = g_date_time_new_utc (y, m, 1, 0, 0, 0);
  return date != NULL ? g_date_time_format (date, format) : g_strdup (month);
}

static const char *
get_enum_label (const BillingReport *report,
                const char          *key)
{
  int value;

  if (report->group == BILLING_REPORT_GROUP_TENDER && billing_enum_from_nick (BILLING_TYPE_TENDER, key, &value))
    return billing_tender_get_label (value);
  if (report->group == BILLING_REPORT_GROUP_REASON && billing_enum_from_nick (BILLING_TYPE_REFUND_REASON, key, &value))
    return billing_refund_reason_get_label (value);

  return key;
}

static char *
build_title (const BillingReport *report,
             const char          *key,
             const char          *name)
{
  gboolean is_none = g_str_equal (key, BILLING_QUERY_NO_LOCATION);

  switch (report->group)
    {
    case BILLING_REPORT_GROUP_MONTH:
      /* Translators: a month of a year, “November 2026”, as in strftime() */
      return format_month (key, _("%B %Y"));
    case BILLING_REPORT_GROUP_LOCATION:
      return g_strdup (is_none ? _("No location") : name);
    case BILLING_REPORT_GROUP_PHYSICIAN:
      return g_strdup (is_none ? _("No physician") : name);
    case BILLING_REPORT_GROUP_AGE:
      return billing_age_get_label (key, NULL);
    case BILLING_REPORT_GROUP_TENDER:
    case BILLING_REPORT_GROUP_REASON:
      return g_strdup (get_enum_label (report, key));
    case BILLING_REPORT_GROUP_NONE:
    case BILLING_REPORT_GROUP_STATUS:
    case BILLING_REPORT_GROUP_STANDING:
    default:
      return g_strdup (name);
    }
}

static char *
build_label (const BillingReport *report,
             const char          *key,
             const char          *title)
{
  if (report->group != BILLING_REPORT_GROUP_MONTH)
    return g_strdup (title);

  /* Translators: a month on the axis of a chart, “Nov 26”, as in strftime() */
  return format_month (key, _("%b %y"));
}

/* Rows. */

static BillingReportRow *
find_row (BillingReportTable *self,
          const char         *key,
          const char         *currency)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      BillingReportRow *row = self->rows->pdata[i];

      if (g_str_equal (row->key, key) && g_str_equal (row->currency, currency))
        return row;
    }

  return NULL;
}

static BillingReportRow *
ensure_row (BillingReportTable  *self,
            const BillingReport *report,
            const char          *key,
            const char          *name,
            const char          *currency)
{
  BillingReportRow *row = find_row (self, key, currency);

  if (row != NULL)
    return row;

  row = g_new0 (BillingReportRow, 1);
  row->key = g_strdup (key);
  row->currency = g_strdup (currency);
  row->title = build_title (report, key, name);
  row->label = build_label (report, key, row->title);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
add_lines (BillingReportTable  *self,
           const BillingReport *report,
           GPtrArray           *lines,
           guint                series)
{
  for (guint i = 0; i < lines->len; i++)
    {
      BillingReportLine *line = lines->pdata[i];
      BillingReportRow *row = ensure_row (self, report, line->key, line->name, line->currency);

      g_set_object (&row->lines[series], line);
      if (g_str_equal (line->currency, self->currency))
        self->totals[series] += line->amount;
    }
}

/* All ages, in their order, also those of which there is nothing. */
static void
add_ages (BillingReportTable  *self,
          const BillingReport *report)
{
  const char * const *words = billing_age_list_words ();

  for (guint i = 0; words[i] != NULL; i++)
    ensure_row (self, report, words[i], words[i], self->currency);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const BillingReportRow *one = *(const BillingReportRow * const *) a;
  const BillingReportRow *other = *(const BillingReportRow * const *) b;
  int order = g_strcmp0 (one->key, other->key);

  return order != 0 ? order : g_strcmp0 (one->currency, other->currency);
}

static char *
get_next_month (const char *month)
{
  g_autofree char *first = g_strconcat (month, "-01", NULL);
  g_autofree char *later = billing_day_add (first, 31);

  return later != NULL ? g_strndup (later, 7) : NULL;
}

static void
fill_months (BillingReportTable  *self,
             const BillingReport *report)
{
  g_autofree char *month = NULL;
  g_autofree char *last = NULL;

  g_ptr_array_sort (self->rows, compare_keys);
  if (self->rows->len == 0)
    return;

  month = g_strdup (((BillingReportRow *) self->rows->pdata[0])->key);
  last = g_strdup (((BillingReportRow *) self->rows->pdata[self->rows->len - 1])->key);
  for (guint i = 0; i < MAX_MONTHS && month != NULL && g_strcmp0 (month, last) < 0; i++)
    {
      g_autofree char *next = get_next_month (month);

      ensure_row (self, report, month, month, self->currency);
      g_free (month);
      month = g_steal_pointer (&next);
    }
  g_ptr_array_sort (self->rows, compare_keys);
}

static int
compare_amounts (gconstpointer a,
                 gconstpointer b)
{
  gint64 one = billing_report_row_get_amount (*(const BillingReportRow * const *) a, 0);
  gint64 other = billing_report_row_get_amount (*(const BillingReportRow * const *) b, 0);

  return one != other ? (one > other ? -1 : 1) : compare_keys (a, b);
}

/* The largest first; what has no location or physician is the last: it is none of them. */
static void
sort_by_amount (BillingReportTable *self)
{
  g_ptr_array_sort (self->rows, compare_amounts);
  for (guint i = 0; i + 1 < self->rows->len; i++)
    {
      BillingReportRow *row = self->rows->pdata[i];

      if (g_str_equal (row->key, BILLING_QUERY_NO_LOCATION) && g_str_equal (row->currency, self->currency))
        {
          g_ptr_array_add (self->rows, g_ptr_array_steal_index (self->rows, i));
          return;
        }
    }
}

/* The practice's, unless there is nothing in it: an account of Stripe's may settle in another. */
static const char *
choose_currency (GPtrArray * const *lines,
                 guint              n_series,
                 const char        *currency)
{
  const char *other = NULL;

  for (guint series = 0; series < n_series; series++)
    {
      for (guint i = 0; i < lines[series]->len; i++)
        {
          BillingReportLine *line = lines[series]->pdata[i];

          if (g_str_equal (line->currency, currency))
            return currency;
          other = line->currency;
        }
    }

  return other != NULL ? other : currency;
}

/**
 * billing_report_table_new:
 * @reports: (array length=n_series): the reports
 * @lines: (array length=n_series) (element-type BillingReportLine): their lines
 * @n_series: how many there are
 * @currency: of the practice
 *
 * Returns: (transfer full): the lines of the same thing beside each other
 */
BillingReportTable *
billing_report_table_new (const BillingReport * const *reports,
                          GPtrArray * const           *lines,
                          guint                        n_series,
                          const char                  *currency)
{
  BillingReportTable *self = g_rc_box_new0 (BillingReportTable);

  self->currency = g_strdup (choose_currency (lines, n_series, currency));
  self->n_series = n_series;
  self->rows = g_ptr_array_new_with_free_func (row_free);

  if (reports[0]->group == BILLING_REPORT_GROUP_AGE)
    add_ages (self, reports[0]);
  for (guint i = 0; i < n_series; i++)
    add_lines (self, reports[i], lines[i], i);
  if (reports[0]->group == BILLING_REPORT_GROUP_MONTH)
    fill_months (self, reports[0]);
  else if (reports[0]->group != BILLING_REPORT_GROUP_AGE)
    sort_by_amount (self);

  return self;
}

BillingReportTable *
billing_report_table_ref (BillingReportTable *self)
{
  return g_rc_box_acquire (self);
}

static void
table_clear (gpointer data)
{
  BillingReportTable *self = data;

  g_free (self->currency);
  g_ptr_array_unref (self->rows);
}

void
billing_report_table_unref (BillingReportTable *self)
{
  g_rc_box_release_full (self, table_clear);
}

/**
 * billing_report_row_get_amount:
 * @row: a row
 * @series: which of its reports
 *
 * Returns: minor units of the row's currency
 */
gint64
billing_report_row_get_amount (const BillingReportRow *row,
                               guint                   series)
{
  return row->lines[series] != NULL ? row->lines[series]->amount : 0;
}

/**
 * billing_report_row_get_shown:
 * @row: a row
 * @series: which of its reports
 *
 * Returns: (transfer full): the amount, as people of the user's locale write it
 */
char *
billing_report_row_get_shown (const BillingReportRow *row,
                              guint                   series)
{
  return billing_format_money (NULL, billing_report_row_get_amount (row, series), row->currency);
}

/**
 * billing_report_table_find:
 * @self: a table
 * @key: of a row in the table's currency
 *
 * Returns: (transfer none) (nullable): the row
 */
BillingReportRow *
billing_report_table_find (BillingReportTable *self,
                           const char         *key)
{
  return find_row (self, key, self->currency);
}

static void
append_cells (GString    *csv,
              GPtrArray  *cells)
{
  g_ptr_array_add (cells, NULL);
  billing_csv_append_row (csv, (const char * const *) cells->pdata);
}

/**
 * billing_report_table_to_csv:
 * @self: a table
 * @names: (array zero-terminated=1): what its reports are called
 *
 * Returns: (transfer full): the table as a CSV file, amounts as plain decimals
 */
char *
billing_report_table_to_csv (BillingReportTable *self,
                             const char * const *names)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GPtrArray) header = g_ptr_array_new ();

  /* Untranslated, like the names of all columns in files. */
  g_ptr_array_add (header, (gpointer) "What");
  for (guint i = 0; i < self->n_series; i++)
    g_ptr_array_add (header, (gpointer) names[i]);
  g_ptr_array_add (header, (gpointer) "Currency");
  append_cells (csv, header);

  for (guint i = 0; i < self->rows->len; i++)
    {
      BillingReportRow *row = self->rows->pdata[i];
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (cells, g_strdup (g_ascii_isdigit (*row->key) ? row->key : row->title));
      for (guint series = 0; series < self->n_series; series++)
        g_ptr_array_add (cells, billing_money_format_plain (
                                  billing_money_new (billing_report_row_get_amount (row, series), row->currency)));
      g_ptr_array_add (cells, g_strdup (row->currency));
      append_cells (csv, cells);
    }

  return g_string_free (g_steal_pointer (&csv), FALSE);
}
