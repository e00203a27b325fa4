/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-record-csv"

#include "config.h"

#include "billing-record-csv.h"

#include "billing-csv-writer.h"

/* Rows are collected to this many bytes before they are written. */
#define CHUNK (64 * 1024)

struct _BillingRecordCsv {
  const BillingColumn *columns;
  guint n_columns;
  BillingColumnFormat format;
  char *currency;        /* (owned) (nullable) */
  char *time_zone;       /* (owned) (nullable) */
  GOutputStream *stream; /* (owned) */
  GString *chunk;        /* (owned) */
};

static void
append_header (GString             *out,
               const BillingColumn *columns,
               guint                n_columns)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();

  /* Untranslated: scripts and later imports look for these names. */
  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (fields, (gpointer) columns[i].title);
  g_ptr_array_add (fields, NULL);

  billing_csv_append_row (out, (const char * const *) fields->pdata);
}

static void
append_row (GString                   *out,
            const BillingColumn       *columns,
            guint                      n_columns,
            BillingRecord             *record,
            const BillingColumnFormat *format)
{
  g_auto (GStrv) fields = g_new0 (char *, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    fields[i] = billing_column_plain (&columns[i], record, format);

  billing_csv_append_row (out, (const char * const *) fields);
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
  GString *out = g_string_new (NULL);
  guint n_columns;
  const BillingColumn *columns = billing_columns_of (kind, &n_columns);

  append_header (out, columns, n_columns);
  return g_string_free (out, FALSE);
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
  GString *out = g_string_new (NULL);
  guint n_columns;
  const BillingColumn *columns = billing_columns_of (BILLING_RECORD_GET_CLASS (record)->kind, &n_columns);

  append_row (out, columns, n_columns, record, format);
  return g_string_free (out, FALSE);
}

/**
 * billing_record_csv_new:
 * @kind: the kind of records that will be written
 * @stream: where to
 * @format: the practice's currency and time zone; copied
 *
 * Returns: (transfer full): a file of CSV, of which the header is already said
 */
BillingRecordCsv *
billing_record_csv_new (const char                *kind,
                        GOutputStream             *stream,
                        const BillingColumnFormat *format)
{
  BillingRecordCsv *self = g_new0 (BillingRecordCsv, 1);

  self->columns = billing_columns_of (kind, &self->n_columns);
  self->currency = g_strdup (format->currency);
  self->time_zone = g_strdup (format->time_zone);
  self->format = (BillingColumnFormat) { self->currency, self->time_zone };
  self->stream = g_object_ref (stream);
  self->chunk = g_string_sized_new (CHUNK + 1024);

  append_header (self->chunk, self->columns, self->n_columns);
  return self;
}

void
billing_record_csv_free (BillingRecordCsv *self)
{
  g_free (self->currency);
  g_free (self->time_zone);
  g_object_unref (self->stream);
  g_string_free (self->chunk, TRUE);
  g_free (self);
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
  append_row (self->chunk, self->columns, self->n_columns, record, &self->format);

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
