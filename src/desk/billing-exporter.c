/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-exporter"

#include "config.h"

#include "billing-exporter.h"

#include <gio/gunixoutputstream.h>
#include <string.h>
#include <unistd.h>

#include "billing-desk-private.h"
#include "billing-list-scan.h"
#include "billing-record-csv.h"
#include "billing-safe-file.h"
#include "billing-table.h"

/* A list on its way out of the practice, as CSV: from the statement into the file, with no record between. */

/* People see progress this often. */
#define PROGRESS_INTERVAL (50 * G_TIME_SPAN_MILLISECOND)

/* Where the text of a row is. */
typedef struct {
  gsize start;
  gsize length;
} Span;

typedef struct {
  BillingDesk *desk;         /* (not owned) */
  BillingQuery *query;       /* (owned) */
  GStrv columns;             /* (owned) (nullable) */
  char *path;                /* (owned) */
  BillingExportProgress progress;
  gpointer progress_data;
  GMainContext *context;     /* (owned) (nullable): where progress is told; %NULL: here */
  gint64 last_progress;
  guint64 n_rows;            /* written */

  BillingRecordCsv *csv;     /* (owned) */
  GPtrArray *members;        /* (owned) (element-type utf8): NULL-terminated */
  const BillingField * const *fields;
  guint n_fields;
  gboolean has_currency;     /* behind the fields */
  BillingColumnValue *values; /* (owned) */
  GString *rows;             /* (owned): of a chunk, as they came */
  Span *spans;               /* (owned): of its rows in @rows, in the list's order */
} Export;

static Export *
export_new (BillingDesk           *desk,
            BillingQuery          *query,
            const char * const    *columns,
            const char            *path,
            BillingExportProgress  progress,
            gpointer               progress_data)
{
  Export *self = g_new0 (Export, 1);

  self->desk = desk;
  self->query = billing_query_copy (query);
  self->columns = g_strdupv ((char **) columns);
  self->path = g_strdup (path);
  self->progress = progress;
  self->progress_data = progress_data;
  self->rows = g_string_new (NULL);
  self->spans = g_new0 (Span, BILLING_SCAN_CHUNK);
  return self;
}

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->query);
  g_strfreev (self->columns);
  g_free (self->path);
  g_free (self->values);
  g_free (self->spans);
  g_string_free (self->rows, TRUE);
  g_clear_pointer (&self->csv, billing_record_csv_free);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

/* Progress */

typedef struct {
  BillingExportProgress progress;
  gpointer data;
  guint64 done;
  guint64 total;
} Telling;

static gboolean
tell_cb (gpointer data)
{
  Telling *telling = data;

  telling->progress (telling->done, telling->total, telling->data);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (guint64  done,
             guint64  total,
             gpointer data)
{
  Export *self = data;
  Telling telling = { self->progress, self->progress_data, done, total };
  gint64 now = g_get_monotonic_time ();

  if (self->progress == NULL || (done < total && now - self->last_progress < PROGRESS_INTERVAL))
    return;

  self->last_progress = now;
  if (self->context == NULL)
    tell_cb (&telling);
  else
    g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, tell_cb, g_memdup2 (&telling, sizeof telling), g_free);
}

/* Rows */

static void
row_cb (BillingStatement *row,
        guint             place,
        gpointer          data)
{
  Export *self = data;
  gsize start = self->rows->len;

  for (guint i = 0; i < self->n_fields; i++)
    {
      if (self->fields[i]->type == G_TYPE_STRING || self->fields[i]->get_enum != NULL)
        self->values[i].text = billing_statement_get_text (row, (int) i);
      else
        self->values[i].integer = billing_statement_get_integer (row, (int) i);
    }

  billing_record_csv_append (self->csv, self->rows, self->values,
                             self->has_currency ? billing_statement_get_text (row, (int) self->n_fields) : NULL);
  self->spans[place] = (Span) { start, self->rows->len - start };
  self->n_rows++;
}

/* In the list's order. */
static gboolean
chunk_cb (guint      n_rows,
          gpointer   data,
          GError   **error)
{
  Export *self = data;

  for (guint i = 0; i < n_rows; i++)
    {
      if (!billing_record_csv_write (self->csv, self->rows->str + self->spans[i].start, self->spans[i].length, NULL, error))
        return FALSE;
    }

  g_string_truncate (self->rows, 0);
  memset (self->spans, 0, n_rows * sizeof (Span));
  return TRUE;
}

/* What is read of each row: what the columns show, and the currency in which its amounts are. */
static void
choose_members (Export *self)
{
  GType type = billing_table_get_type_of (self->query->list);
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);

  self->fields = billing_record_csv_get_fields (self->csv, (BillingRecordClass *) klass, &self->n_fields);
  self->values = g_new0 (BillingColumnValue, self->n_fields);
  self->members = g_ptr_array_new ();
  for (guint i = 0; i < self->n_fields; i++)
    g_ptr_array_add (self->members, (gpointer) self->fields[i]->member);

  self->has_currency = billing_record_class_find ((BillingRecordClass *) klass, "currency") != NULL;
  if (self->has_currency)
    g_ptr_array_add (self->members, (gpointer) "currency");
  g_ptr_array_add (self->members, NULL);
}

static gboolean
read_rows (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Export *self = data;
  BillingScan scan = { (const char * const *) self->members->pdata, row_cb, chunk_cb, progress_cb, self };

  return billing_list_scan (connection, self->query, &scan, cancellable, error);
}

static gboolean
write_rows (Export         *self,
            GOutputStream  *stream,
            GCancellable   *cancellable,
            GError        **error)
{
  BillingPractice *practice = billing_desk_get_practice (self->desk);
  BillingColumnFormat format = { practice->currency, practice->time_zone };

  self->csv = billing_record_csv_new (self->query->list, (const char * const *) self->columns, stream, &format);
  choose_members (self);
  return billing_store_read (billing_desk_get_store (self->desk), read_rows, self, cancellable, error) &&
         billing_record_csv_finish (self->csv, cancellable, error);
}

/* The file */

static gboolean
write_to_output (Export        *self,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

  return write_rows (self, stream, cancellable, error);
}

static gboolean
write_file (Export        *self,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (BillingSafeFile) file = billing_safe_file_open (self->path, error);

  if (file == NULL)
    return FALSE;

  if (!write_rows (self, billing_safe_file_get_stream (file), cancellable, error))
    {
      billing_safe_file_explain (file, error);
      return FALSE;
    }

  return !g_cancellable_set_error_if_cancelled (cancellable, error) && billing_safe_file_commit (file, error);
}

/* Who takes data out of the practice is written down first, and may be refused. */
static gboolean
announce (Export   *self,
          GError  **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_EXPORT, NULL);

  g_object_set (act, "text", self->query->list, NULL);
  return billing_desk_do (self->desk, act, error);
}

static gboolean
run (Export        *self,
     GCancellable  *cancellable,
     GError       **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !announce (self, error))
    return FALSE;

  return g_str_equal (self->path, "-") ? write_to_output (self, cancellable, error)
                                       : write_file (self, cancellable, error);
}

/**
 * billing_desk_export:
 * @self: a session
 * @query: what to list: its filters and its order
 * @columns: (nullable) (array zero-terminated=1): the properties that are wanted, in their order; %NULL: all columns
 *   of the kind
 * @path: a file, which appears whole or not at all; `-`: the standard output
 * @progress: (nullable) (scope call): told how far it is
 * @progress_data: for @progress
 * @n_rows: (out) (optional): how many rows were written
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Writes a list as CSV, all of it as of one moment, while work goes on. The audit says so first.
 *
 * Returns: whether the file is there; without, what was there before is
 */
gboolean
billing_desk_export (BillingDesk            *self,
                     BillingQuery           *query,
                     const char * const     *columns,
                     const char             *path,
                     BillingExportProgress   progress,
                     gpointer                progress_data,
                     guint64                *n_rows,
                     GCancellable           *cancellable,
                     GError                **error)
{
  g_autoptr (Export) export = export_new (self, query, columns, path, progress, progress_data);
  gboolean ok = run (export, cancellable, error);

  if (n_rows != NULL)
    *n_rows = export->n_rows;
  return ok;
}

static void
export_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (run (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * billing_desk_export_async:
 * @self: a session
 * @query: which rows, in which order; copied
 * @columns: (nullable): which columns; copied
 * @path: where the file goes
 * @progress: (nullable) (scope notified): told how far it is
 * @progress_data: data for @progress
 * @cancellable: (nullable): ends it, and leaves no file
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Does billing_desk_export() in a thread.
 */
void
billing_desk_export_async (BillingDesk            *self,
                           BillingQuery           *query,
                           const char * const     *columns,
                           const char             *path,
                           BillingExportProgress   progress,
                           gpointer                progress_data,
                           GCancellable           *cancellable,
                           GAsyncReadyCallback     callback,
                           gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Export *export = export_new (self, query, columns, path, progress, progress_data);

  /* A file that is in its place is there, whatever is cancelled afterwards. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, billing_desk_export_async);
  export->context = g_main_context_ref_thread_default ();
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, export_thread);
}

/**
 * billing_desk_export_finish:
 * @self: a session
 * @result: what the callback got
 * @n_rows: (out) (optional): how many rows the file has
 * @error: return location for a #GError
 *
 * Returns: whether the file is in its place
 */
gboolean
billing_desk_export_finish (BillingDesk   *self,
                            GAsyncResult  *result,
                            guint64       *n_rows,
                            GError       **error)
{
  Export *export = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (n_rows != NULL)
    *n_rows = export->n_rows;
  return g_task_propagate_boolean (G_TASK (result), error);
}
