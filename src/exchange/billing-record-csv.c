/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-record-csv"

#include "config.h"

#include "billing-record-csv.h"

#include "billing-csv-writer.h"

/* Rows are collected to this many bytes before they are written. */
#define CHUNK (64 * 1024)

struct _BillingRecordCsv {
  const BillingColumn **columns;  /* (owned): which, in their order */
  guint n_columns;
  BillingRecordClass *klass;      /* (nullable): of the rows */
  const BillingField **fields;    /* (owned): of it, that the columns show */
  const BillingField *currency_field; /* (nullable) */
  char *currency;                 /* (owned) (nullable): of the practice */
  BillingDayCache *days;          /* (owned) */
  GOutputStream *stream;          /* (owned) (nullable) */
  GString *chunk;                 /* (owned) */

  /* Of the row being written. */
  GString *scratch;               /* (owned): its fields, each with its end */
  gsize *starts;                  /* (owned): of them in @scratch */
  const char **cells;             /* (owned): NULL-terminated */
  BillingColumnValue *values;     /* (owned) */
};

static void
append_header (BillingRecordCsv *self)
{
  /* Untranslated: scripts and later imports look for these names. */
  for (guint i = 0; i < self->n_columns; i++)
    self->cells[i] = self->columns[i]->title;

  billing_csv_append_row (self->chunk, self->cells);
}

static void
append_row (BillingRecordCsv         *self,
            GString                  *out,
            const BillingColumnValue *values,
            const char               *currency)
{
  g_string_truncate (self->scratch, 0);
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->starts[i] = self->scratch->len;
      billing_column_append_plain (self->scratch, self->columns[i], self->klass, self->fields[i], &values[i],
                                   currency != NULL ? currency : self->currency, self->days);
      g_string_append_c (self->scratch, '\0');
    }

  for (guint i = 0; i < self->n_columns; i++)
    self->cells[i] = self->scratch->str + self->starts[i];
  billing_csv_append_row (out, self->cells);
}

static void
take_class (BillingRecordCsv   *self,
            BillingRecordClass *klass)
{
  if (self->klass == klass)
    return;

  self->klass = klass;
  self->currency_field = billing_record_class_find (klass, "currency");
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->fields[i] = billing_record_class_find (klass, self->columns[i]->property);
      g_assert (self->fields[i] != NULL);
    }
}

static void
append_record (BillingRecordCsv *self,
               BillingRecord    *record)
{
  take_class (self, BILLING_RECORD_GET_CLASS (record));
  for (guint i = 0; i < self->n_columns; i++)
    self->values[i] = billing_column_get_value (record, self->fields[i]);

  append_row (self, self->chunk, self->values,
              self->currency_field != NULL ? billing_record_get_text (record, self->currency_field) : NULL);
}

static const BillingColumn *
find_column (const BillingColumn *all,
             guint                n_all,
             const char          *property)
{
  for (guint i = 0; i < n_all; i++)
    {
      if (g_str_equal (all[i].property, property))
        return &all[i];
    }

  return NULL;
}

/* All columns, or those of @wanted in its order; what there is no column for is left out. */
static void
take_columns (BillingRecordCsv   *self,
              const char         *kind,
              const char * const *wanted)
{
  guint n_all;
  const BillingColumn *all = billing_columns_of (kind, &n_all);
  guint n = wanted != NULL ? g_strv_length ((char **) wanted) : n_all;

  self->columns = g_new0 (const BillingColumn *, n);
  for (guint i = 0; i < n; i++)
    {
      const BillingColumn *column = wanted != NULL ? find_column (all, n_all, wanted[i]) : &all[i];

      if (column != NULL)
        self->columns[self->n_columns++] = column;
    }
}

static BillingRecordCsv *
create (const char                *kind,
        const char * const        *wanted,
        GOutputStream             *stream,
        const BillingColumnFormat *format)
{
  BillingRecordCsv *self = g_new0 (BillingRecordCsv, 1);

  take_columns (self, kind, wanted);
  self->fields = g_new0 (const BillingField *, self->n_columns);
  self->currency = g_strdup (format->currency);
  self->days = billing_day_cache_new (format->time_zone);
  self->stream = stream != NULL ? g_object_ref (stream) : NULL;
  self->chunk = g_string_new (NULL);
  self->scratch = g_string_new (NULL);
  self->starts = g_new0 (gsize, self->n_columns);
  self->cells = g_new0 (const char *, self->n_columns + 1);
  self->values = g_new0 (BillingColumnValue, self->n_columns);
  return self;
}

static char *
take_text (BillingRecordCsv *self)
{
  return g_string_free (g_steal_pointer (&self->chunk), FALSE);
}

static gboolean
flush (BillingRecordCsv  *self,
       GCancellable      *cancellable,
       GError           **error)
{
  if (!g_output_stream_write_all (self->stream, self->chunk->str, self->chunk->len, NULL, cancellable, error))
    return FALSE;

  g_string_truncate (self->chunk, 0);
  return TRUE;
}

/**
 * billing_record_csv_header:
 * @kind: a kind of records
 *
 * Returns: (transfer full): the row that names its columns, with its CRLF
 */
char *
billing_record_csv_header (const char *kind)
{
  static const BillingColumnFormat none = { NULL, "UTC" };
  g_autoptr (BillingRecordCsv) self = create (kind, NULL, NULL, &none);

  append_header (self);
  return take_text (self);
}

/**
 * billing_record_csv_row:
 * @record: a record
 * @format: the practice's currency and time zone
 *
 * Returns: (transfer full): the record as one row, with its CRLF
 */
char *
billing_record_csv_row (BillingRecord             *record,
                        const BillingColumnFormat *format)
{
  g_autoptr (BillingRecordCsv) self = create (BILLING_RECORD_GET_CLASS (record)->kind, NULL, NULL, format);

  append_record (self, record);
  return take_text (self);
}

/**
 * billing_record_csv_new:
 * @kind: the kind of records that will be written
 * @wanted: (nullable): the properties of the columns that are wanted, in their order; %NULL: all columns
 * @stream: where to
 * @format: the practice's currency and time zone; copied
 *
 * Returns: (transfer full): a file of CSV, of which the header is already said
 */
BillingRecordCsv *
billing_record_csv_new (const char                *kind,
                        const char * const        *wanted,
                        GOutputStream             *stream,
                        const BillingColumnFormat *format)
{
  BillingRecordCsv *self = create (kind, wanted, stream, format);

  append_header (self);
  return self;
}

void
billing_record_csv_free (BillingRecordCsv *self)
{
  g_free (self->columns);
  g_free (self->fields);
  g_free (self->currency);
  g_free (self->starts);
  g_free (self->cells);
  g_free (self->values);
  billing_day_cache_free (self->days);
  g_clear_object (&self->stream);
  g_string_free (self->scratch, TRUE);
  if (self->chunk != NULL)
    g_string_free (self->chunk, TRUE);
  g_free (self);
}

/**
 * billing_record_csv_get_fields:
 * @self: a file of CSV
 * @klass: of the rows that will be written by billing_record_csv_add_values()
 * @n_fields: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_fields): the fields of @klass that the columns show, in their order
 */
const BillingField * const *
billing_record_csv_get_fields (BillingRecordCsv   *self,
                               BillingRecordClass *klass,
                               guint              *n_fields)
{
  take_class (self, klass);
  *n_fields = self->n_columns;
  return self->fields;
}

/**
 * billing_record_csv_add:
 * @self: a file of CSV
 * @record: what comes next
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set where it could not be written
 */
gboolean
billing_record_csv_add (BillingRecordCsv  *self,
                        BillingRecord     *record,
                        GCancellable      *cancellable,
                        GError           **error)
{
  append_record (self, record);

  return self->chunk->len < CHUNK || flush (self, cancellable, error);
}

/**
 * billing_record_csv_append:
 * @self: a file of CSV
 * @out: where to append, for billing_record_csv_write()
 * @values: one for each of the fields that billing_record_csv_get_fields() returned
 * @currency: (nullable): of the row; %NULL: the practice's
 *
 * Appends a row that never was a record: of long lists, making records takes more time than all the rest.
 */
void
billing_record_csv_append (BillingRecordCsv         *self,
                           GString                  *out,
                           const BillingColumnValue *values,
                           const char               *currency)
{
  append_row (self, out, values, currency);
}

/**
 * billing_record_csv_write:
 * @self: a file of CSV
 * @rows: whole rows, by billing_record_csv_append()
 * @length: of them in bytes
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set where they could not be written
 */
gboolean
billing_record_csv_write (BillingRecordCsv  *self,
                          const char        *rows,
                          gsize              length,
                          GCancellable      *cancellable,
                          GError           **error)
{
  g_string_append_len (self->chunk, rows, (gssize) length);

  return self->chunk->len < CHUNK || flush (self, cancellable, error);
}

/**
 * billing_record_csv_finish:
 * @self: a file of CSV
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Writes what is left. The stream stays open.
 *
 * Returns: %FALSE with @error set where it could not be written
 */
gboolean
billing_record_csv_finish (BillingRecordCsv  *self,
                           GCancellable      *cancellable,
                           GError           **error)
{
  return flush (self, cancellable, error);
}
