/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-printer"

#include "config.h"

#include "billing-printer.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "billing-console.h"
#include "billing-record-csv.h"
#include "billing-record-json.h"

/* A table is as wide as its first rows need; those that follow are printed as they come. */
#define ROWS_MEASURED 1000
#define MAX_CELL 60
#define GAP "  "

typedef enum {
  FORMAT_TABLE,
  FORMAT_CSV,
  FORMAT_JSON,
} BillingPrinterFormat;

static const char * const format_names[] = { "table", "csv", "json", NULL };

struct _BillingPrinter {
  FILE *output;                       /* (not owned) */
  BillingPrinterFormat format;
  BillingColumnFormat columns_format; /* borrowed */
  GArray *columns;                    /* (owned) (element-type BillingColumn): those that are printed */
  GPtrArray *rows;                    /* (owned) (nullable): rows of the table that are measured before they are printed */
  int *widths;                        /* (owned) */
  int max_cell;
  const char *kind;
  gboolean begun;
  guint64 n_records;
};

static gboolean
is_number (const BillingColumn *column)
{
  return column->type == BILLING_COLUMN_MONEY || column->type == BILLING_COLUMN_PERCENT ||
         column->type == BILLING_COLUMN_NUMBER;
}

static void
pad (FILE *output,
     int   width)
{
  for (int i = 0; i < width; i++)
    fputc (' ', output);
}

static void
print_row (BillingPrinter  *self,
           char           **cells)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      int gap = MAX (self->widths[i] - billing_console_width (cells[i]), 0);
      gboolean right = is_number (&g_array_index (self->columns, BillingColumn, i));

      if (i > 0)
        fputs (GAP, self->output);
      if (right)
        pad (self->output, gap);
      fputs (cells[i], self->output);
      /* Nothing follows the last cell, so that narrow terminals break no lines for it. */
      if (!right && i + 1 < self->columns->len)
        pad (self->output, gap);
    }
  fputc ('\n', self->output);
}

static void
measure (BillingPrinter  *self,
         char           **cells)
{
  for (guint i = 0; i < self->columns->len; i++)
    self->widths[i] = MAX (self->widths[i], billing_console_width (cells[i]));
}

static char **
make_cells (BillingPrinter *self,
            BillingRecord  *record)
{
  char **cells = g_new0 (char *, self->columns->len + 1);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const BillingColumn *column = &g_array_index (self->columns, BillingColumn, i);
      g_autofree char *shown = record != NULL ? billing_column_shown (column, record, &self->columns_format)
                                              : g_strdup (_(column->title));

      cells[i] = billing_console_cell (shown, self->max_cell);
    }

  return cells;
}

static void
print_rows (BillingPrinter *self)
{
  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    print_row (self, g_ptr_array_index (self->rows, i));

  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

static void
add_to_table (BillingPrinter *self,
              BillingRecord  *record)
{
  g_auto (GStrv) cells = make_cells (self, record);

  if (self->rows == NULL)
    {
      print_row (self, cells);
      return;
    }

  measure (self, cells);
  g_ptr_array_add (self->rows, g_steal_pointer (&cells));
  if (self->rows->len > ROWS_MEASURED)
    print_rows (self);
}

static void
add_to_csv (BillingPrinter *self,
            BillingRecord  *record)
{
  g_autofree char *row = billing_record_csv_row (record, &self->columns_format);

  fputs (row, self->output);
}

static void
add_to_json (BillingPrinter *self,
             BillingRecord  *record)
{
  g_autoptr (JsonNode) node = billing_record_to_json (record);
  g_autofree char *text = billing_json_to_text (node, FALSE);

  fputs (self->n_records > 0 ? ",\n" : "\n", self->output);
  fputs (text, self->output);
}

/* Only once there is something to print: a list that fails prints nothing. */
static void
begin (BillingPrinter *self)
{
  g_autofree char *header = NULL;

  if (self->begun)
    return;

  self->begun = TRUE;
  switch (self->format)
    {
    case FORMAT_CSV:
      header = billing_record_csv_header (self->kind);
      fputs (header, self->output);
      break;
    case FORMAT_JSON:
      fputc ('[', self->output);
      break;
    case FORMAT_TABLE:
    default:
      self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
      add_to_table (self, NULL);
    }
}

/* Amounts are shown with their currency, which needs no column beside them then. */
static void
take_columns (BillingPrinter *self)
{
  guint n_columns;
  const BillingColumn *columns = billing_columns_of (self->kind, &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      if (!g_str_equal (columns[i].property, "currency"))
        g_array_append_val (self->columns, columns[i]);
    }

  self->widths = g_new0 (int, self->columns->len + 1);
}

/**
 * billing_printer_new:
 * @format: (nullable): `table`, `csv` or `json`
 * @kind: the kind of records that will be printed; borrowed while it lives
 * @columns: the practice's currency and time zone; borrowed while it lives
 * @error: return location for a %G_OPTION_ERROR
 *
 * Returns: (transfer full): a printer, or %NULL with @error set where there is no such format
 */
BillingPrinter *
billing_printer_new (const char                 *format,
                     const char                 *kind,
                     const BillingColumnFormat  *columns,
                     GError                    **error)
{
  g_autoptr (BillingPrinter) self = g_new0 (BillingPrinter, 1);

  self->output = stdout;
  self->max_cell = MAX_CELL;
  self->kind = kind;
  self->columns_format = *columns;
  self->columns = g_array_new (FALSE, FALSE, sizeof (BillingColumn));
  take_columns (self);

  for (guint i = 0; format_names[i] != NULL; i++)
    {
      if (g_str_equal (format_names[i], format != NULL ? format : "table"))
        {
          self->format = i;
          return g_steal_pointer (&self);
        }
    }

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--format should be table, csv or json, not “%s”"),
               format);
  return NULL;
}

void
billing_printer_free (BillingPrinter *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_array_unref (self->columns);
  g_free (self->widths);
  g_free (self);
}

/**
 * billing_printer_set_max_cell:
 * @self: a printer that has printed nothing yet
 * @max_cell: how many columns of a terminal a cell may take
 *
 * For tables that hold sentences.
 */
void
billing_printer_set_max_cell (BillingPrinter *self,
                              int             max_cell)
{
  self->max_cell = max_cell;
}

/**
 * billing_printer_set_output:
 * @self: a printer that has printed nothing yet
 * @output: (transfer none): where it prints to instead of standard output
 */
void
billing_printer_set_output (BillingPrinter *self,
                            FILE           *output)
{
  self->output = output;
}

void
billing_printer_add (BillingPrinter *self,
                     BillingRecord  *record)
{
  begin (self);
  switch (self->format)
    {
    case FORMAT_CSV:
      add_to_csv (self, record);
      break;
    case FORMAT_JSON:
      add_to_json (self, record);
      break;
    case FORMAT_TABLE:
    default:
      add_to_table (self, record);
    }

  self->n_records++;
}

void
billing_printer_finish (BillingPrinter *self)
{
  begin (self);
  if (self->format == FORMAT_JSON)
    fputs (self->n_records > 0 ? "\n]\n" : "]\n", self->output);
  else if (self->format == FORMAT_TABLE)
    print_rows (self);
}
