/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-csv"

#include "config.h"

#include "billing-rate-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-csv-import-private.h"
#include "billing-csv-reader.h"
#include "billing-csv-writer.h"
#include "billing-exchange-error.h"
#include "billing-money.h"
#include "billing-text-reader.h"

/* Billing rates as a CSV file: a row for each price of each rate, and one for a rate that has none yet. */

typedef enum {
  CODE_SYSTEM,
  CODE,
  NAME,
  PAYER_KIND,
  BILLABLE,
  INVOICED,
  PAYER,
  FROM,
  PRICE,
  CURRENCY,
  TWIN,
  RETIRED,
  N_COLUMNS,
} Column;

/* Headers, folded; the first one of each is what is written. */
static const char * const headers[N_COLUMNS] = {
  [CODE_SYSTEM] = "code system|system|kodiersystem",
  [CODE] = "code|cpt|cpt code|hcpcs|hcpcs code|procedure code|service code|ziffer|leistungsziffer",
  [NAME] = "name|billing rate|description|service|procedure|bezeichnung|leistung",
  [PAYER_KIND] = "payer kind|kind|kind of payer|payer type|kostentragerart",
  [BILLABLE] = "do you need to bill|bill|billable|abrechnen",
  [INVOICED] = "is invoiced|invoiced|in rechnung",
  [PAYER] = "payer|insurer|insurance|versicherung|versicherer",
  [FROM] = "from|valid from|effective|effective from|start|gultig ab|ab",
  [PRICE] = "price|amount|fee|charge|rate|preis|betrag",
  [CURRENCY] = "currency|wahrung",
  [TWIN] = "twin|zwilling",
  [RETIRED] = "retired|ausgemustert",
};

static const char * const titles[N_COLUMNS] = {
  "Code System", "Code", "Name", "Payer Kind", "Do you need to bill", "Is Invoiced", "Payer", "From", "Price", "Currency", "Twin",
  "Retired",
};

void
billing_rate_row_free (BillingRateRow *self)
{
  char **texts[] = { &self->code_system, &self->code, &self->name, &self->payer_kind, &self->billable, &self->invoiced,
                     &self->retired, &self->twin, &self->currency, &self->payer, &self->from, &self->problem };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_free (self);
}

typedef struct {
  int places[N_COLUMNS]; /* of each column in the file; -1: it has none */
  const BillingCsvPractice *practice;
  char decimal;
  const char *order;
} Reading;

/* Of several headers that mean the same, the one that means it most. */
static gboolean
find_columns (Reading             *reading,
              const char * const  *header,
              GError             **error)
{
  for (guint c = 0; c < N_COLUMNS; c++)
    {
      g_auto (GStrv) words = g_strsplit (headers[c], "|", -1);

      reading->places[c] = -1;
      for (guint w = 0; words[w] != NULL && reading->places[c] < 0; w++)
        for (int i = 0; header[i] != NULL && reading->places[c] < 0; i++)
          {
            g_autofree char *folded = billing_csv_fold_header (header[i]);

            if (g_str_equal (folded, words[w]))
              reading->places[c] = i;
          }
    }

  if (reading->places[NAME] >= 0 || reading->places[CODE] >= 0)
    return TRUE;

  g_set_error_literal (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT,
                       _("This is no file of billing rates: it has neither a column “Name” nor a column “Code”."));
  return FALSE;
}

static const char *
get (const Reading *reading,
     GStrv          cells,
     Column         column)
{
  const char *text = reading->places[column] >= 0 ? cells[reading->places[column]] : NULL;

  /* The mark before what a spreadsheet would take for a formula is of the export, not of the text. */
  if (text != NULL && text[0] == '\'' && text[1] != '\0' && strchr ("=+-@\t\r", text[1]) != NULL)
    text++;

  return text != NULL && *text != '\0' ? text : NULL;
}

static void
complain (BillingRateRow *row,
          char           *problem)
{
  if (row->problem == NULL)
    row->problem = problem;
  else
    g_free (problem);
}

/* One of the words, in the form of the first of its group. */
static char *
read_word (BillingRateRow     *row,
           const char         *text,
           const char * const *groups,
           const char         *title)
{
  g_autofree char *folded = text != NULL ? billing_csv_fold_header (text) : NULL;

  for (guint g = 0; folded != NULL && groups[g] != NULL; g++)
    {
      g_auto (GStrv) words = g_strsplit (groups[g], "|", -1);

      if (g_strv_contains ((const char * const *) words + 1, folded))
        return g_strdup (words[0]);
    }

  if (folded != NULL)
    complain (row, g_strdup_printf (_("“%s” is no “%s”"), text, title));
  return NULL;
}

static char *
read_flag (BillingRateRow *row,
           const char     *text,
           Column          column)
{
  static const char * const groups[] = { "yes|yes|y|true|1|ja|j|x", "no|no|n|false|0|nein", NULL };

  return read_word (row, text, groups, titles[column]);
}

static void
read_price (Reading        *reading,
            GStrv           cells,
            BillingRateRow *row)
{
  const char *text = get (reading, cells, PRICE);
  g_autofree char *plain = text != NULL ? billing_csv_plain_number (text, reading->decimal) : NULL;
  const char *currency = row->currency != NULL ? row->currency : reading->practice->currency;
  BillingMoney money;

  if (plain == NULL)
    return;
  if (billing_csv_is_in_currency (text, currency) && billing_money_parse_plain (plain, currency, FALSE, &money, NULL) && money.minor >= 0)
    row->price = money.minor;
  else
    complain (row, g_strdup_printf (_("“%s” is no price"), text));
}

static void
read_day (Reading        *reading,
          GStrv           cells,
          BillingRateRow *row)
{
  const char *text = get (reading, cells, FROM);

  row->from = text != NULL ? billing_csv_parse_day (text, reading->order, reading->practice->locale) : NULL;
  if (text != NULL && row->from == NULL)
    complain (row, g_strdup_printf (_("“%s” is no day"), text));
}

static BillingRateRow *
read_row (Reading *reading,
          GStrv    cells,
          guint64  line)
{
  static const char * const kinds[] = {
    "self-pay|self pay|patient|private|private pay|cash|selbstzahler", "insurance|insurance|insurer|insured|versicherung", "both|both|beide",
    NULL,
  };
  BillingRateRow *row = g_new0 (BillingRateRow, 1);
  const char *currency = get (reading, cells, CURRENCY);

  row->line = line;
  row->price = -1;
  row->code_system = g_strdup (get (reading, cells, CODE_SYSTEM));
  row->code = g_strdup (get (reading, cells, CODE));
  row->name = g_strdup (get (reading, cells, NAME));
  row->twin = g_strdup (get (reading, cells, TWIN));
  row->payer = g_strdup (get (reading, cells, PAYER));
  row->currency = currency != NULL ? g_ascii_strup (currency, -1) : NULL;
  row->payer_kind = read_word (row, get (reading, cells, PAYER_KIND), kinds, titles[PAYER_KIND]);
  row->billable = read_flag (row, get (reading, cells, BILLABLE), BILLABLE);
  row->invoiced = read_flag (row, get (reading, cells, INVOICED), INVOICED);
  row->retired = read_flag (row, get (reading, cells, RETIRED), RETIRED);
  if (row->currency != NULL && !billing_currency_is_known (row->currency))
    complain (row, g_strdup_printf (_("“%s” is no currency"), currency));
  else
    read_price (reading, cells, row);
  read_day (reading, cells, row);
  if (row->name == NULL && row->code == NULL)
    complain (row, g_strdup (_("it has neither a name nor a code")));
  return row;
}

/* How all dates and prices of the file are read, as its own values show it. */
static void
weigh (Reading   *reading,
       GPtrArray *rows)
{
  BillingCsvEvidence days = { 0 };
  BillingCsvEvidence prices = { 0 };

  for (guint i = 0; i < rows->len; i++)
    {
      const char *day = get (reading, rows->pdata[i], FROM);
      const char *price = get (reading, rows->pdata[i], PRICE);

      if (day != NULL)
        billing_csv_evidence_add (&days, day);
      if (price != NULL)
        billing_csv_evidence_add (&prices, price);
    }

  reading->order = days.first_large > 0 ? "dmy" : days.second_large > 0 ? "mdy" : billing_csv_guess_order (reading->practice->locale);
  reading->decimal = prices.comma != prices.point ? (prices.comma > prices.point ? ',' : '.')
                                                  : billing_csv_guess_decimal (reading->practice->locale, reading->practice->currency);
}

static BillingRateRow *
make_bad_row (guint64  line,
              GError  *problem)
{
  BillingRateRow *row = g_new0 (BillingRateRow, 1);

  row->line = line;
  row->price = -1;
  row->problem = g_strdup (problem->message);
  return row;
}

/* All rows, in their order: a GStrv, or %NULL where a row is bad, of which @bad gets the reason. */
static gboolean
read_cells (BillingCsvReader  *reader,
            GPtrArray         *cells,
            GArray            *lines,
            GPtrArray         *bad,
            GCancellable      *cancellable,
            GError           **error)
{
  while (TRUE)
    {
      g_autoptr (GError) problem = NULL;
      g_auto (GStrv) row = NULL;
      guint64 line;

      if (!billing_csv_reader_next (reader, &row, &line, cancellable, &problem))
        {
          if (!g_error_matches (problem, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY))
            {
              g_propagate_error (error, g_steal_pointer (&problem));
              return FALSE;
            }
          g_ptr_array_add (bad, make_bad_row (line, problem));
          continue;
        }
      if (row == NULL)
        return TRUE;

      g_ptr_array_add (cells, g_steal_pointer (&row));
      g_array_append_val (lines, line);
    }
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const BillingRateRow *first = *(const BillingRateRow * const *) a;
  const BillingRateRow *second = *(const BillingRateRow * const *) b;

  return first->line < second->line ? -1 : first->line > second->line;
}

/**
 * billing_rate_csv_read:
 * @raw: a file
 * @practice: whose it is to be
 * @cancellable: (nullable): what stops it
 * @error: return location for a #BillingExchangeError
 *
 * Returns: (transfer full) (nullable) (element-type BillingRateRow): what it says, row by row; what makes no sense says so
 */
GPtrArray *
billing_rate_csv_read (GInputStream              *raw,
                       const BillingCsvPractice  *practice,
                       GCancellable              *cancellable,
                       GError                   **error)
{
  g_autoptr (GInputStream) utf8 = billing_text_reader_open (raw, NULL, cancellable, error);
  g_autoptr (BillingCsvReader) reader = utf8 != NULL ? billing_csv_reader_new (utf8, cancellable, error) : NULL;
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) billing_rate_row_free);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint64));
  Reading reading = { .practice = practice };

  if (reader == NULL || !find_columns (&reading, billing_csv_reader_get_header (reader), error) ||
      !read_cells (reader, cells, lines, rows, cancellable, error))
    return NULL;

  weigh (&reading, cells);
  for (guint i = 0; i < cells->len; i++)
    g_ptr_array_add (rows, read_row (&reading, cells->pdata[i], g_array_index (lines, guint64, i)));
  g_ptr_array_sort (rows, compare_lines);
  return g_steal_pointer (&rows);
}

void
billing_rate_csv_append_head (GString *out)
{
  const char *fields[N_COLUMNS + 2] = { "Rate" };

  for (guint c = 0; c < N_COLUMNS; c++)
    fields[c + 1] = titles[c];
  billing_csv_append_row (out, fields);
}

/**
 * billing_rate_csv_append:
 * @out: where to append
 * @number: of the rate; for people to read
 * @row: what it says
 *
 * Appends a row, which billing_rate_csv_read() reads as the same.
 */
void
billing_rate_csv_append (GString              *out,
                         const char           *number,
                         const BillingRateRow *row)
{
  const char *fields[N_COLUMNS + 2] = { number };
  g_autofree char *price = row->price >= 0 ? billing_money_format_plain (billing_money_new (row->price, row->currency)) : NULL;

  fields[1 + CODE_SYSTEM] = row->code_system;
  fields[1 + CODE] = row->code;
  fields[1 + NAME] = row->name;
  fields[1 + PAYER_KIND] = row->payer_kind;
  fields[1 + BILLABLE] = row->billable;
  fields[1 + INVOICED] = row->invoiced;
  fields[1 + PAYER] = row->payer;
  fields[1 + FROM] = row->from;
  fields[1 + PRICE] = price;
  fields[1 + CURRENCY] = row->currency;
  fields[1 + TWIN] = row->twin;
  fields[1 + RETIRED] = row->retired;
  for (guint c = 0; c < N_COLUMNS; c++)
    fields[1 + c] = fields[1 + c] != NULL ? fields[1 + c] : "";
  billing_csv_append_row (out, fields);
}
