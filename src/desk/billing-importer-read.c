/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-importer-read"

#include "config.h"

#include "billing-importer-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-fhir.h"
#include "billing-x12-reader.h"
#include "billing-x12.h"

/* From the files into the stage. */

/* People see progress this often. */
#define PROGRESS_INTERVAL (50 * G_TIME_SPAN_MILLISECOND)

static void
sink_progress (gpointer data,
               guint64  offset,
               guint64  entries)
{
  BillingImporterWork *work = data;
  gint64 at = work->before;

  work->file_entries = entries;
  if (work->progress == NULL || g_get_monotonic_time () - work->last_progress < PROGRESS_INTERVAL)
    return;

  if (work->stream != NULL)
    at += g_seekable_tell (G_SEEKABLE (work->stream));
  billing_importer_work_tell (work,
                              (int) (work->total > 0 ? MIN (at * 950 / work->total, 950) : 0));
}

static gboolean
sink_item (gpointer            data,
           guint64             entry,
           BillingImportItem  *item,
           GError            **error)
{
  return billing_import_stage_put (((BillingImporterWork *) data)->stage, entry, item, error);
}

static gboolean
sink_unused (gpointer     data,
             const char  *type,
             GError     **error)
{
  return billing_import_stage_put_unused (((BillingImporterWork *) data)->stage, type, error);
}

static gboolean
sink_problem (gpointer     data,
              guint64      entry,
              const char  *type,
              const char  *what,
              const char  *text,
              GError     **error)
{
  BillingImporterWork *work = data;

  return billing_import_stage_put_problem (work->stage, entry, type, what, text, error);
}

static const BillingImportSink sink = { sink_item, sink_unused, sink_problem, sink_progress };

static gboolean
waiting_cb (GBytes    *entry,
            gpointer   data,
            GError   **error)
{
  BillingImporterWork *work = data;
  BillingFhirPractice practice = { work->currency, work->time_zone };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (entry);

  return billing_fhir_read (stream, &practice, &sink, work, NULL, error);
}

/* What an earlier import kept, as if it stood in a file before all others. */
gboolean
billing_importer_work_read_waiting (BillingImporterWork  *work,
                                    GError              **error)
{
  return billing_import_stage_each_waiting (work->stage, waiting_cb, work, error);
}

/* Where a file begins: behind white space and a byte order mark. */
static gssize
find_first (const char *bytes,
            gssize      n)
{
  gssize i = n >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (i < n && g_ascii_isspace (bytes[i]))
    i++;

  return i;
}

/* What a file is shows in how it begins; NULL where it is empty. */
static const char *
tell_format (const char *bytes,
             gssize      n)
{
  gssize first = find_first (bytes, n);

  if (first == n)
    return NULL;
  if (bytes[first] == '<')
    return "xml";
  if (bytes[first] == '{' || bytes[first] == '[')
    return "fhir";

  return billing_x12_is_interchange (bytes + first, (gsize) (n - first)) ? "x12" : "csv";
}

static gboolean
peek (GFile         *file,
      const char   **format,
      gint64        *size,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;
  char bytes[4096];
  gssize n;

  if (stream == NULL)
    return FALSE;

  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL);
  *size = info != NULL ? g_file_info_get_size (info) : 0;
  n = g_input_stream_read (G_INPUT_STREAM (stream), bytes, sizeof bytes, cancellable, error);
  if (n < 0)
    return FALSE;

  *format = tell_format (bytes, n);
  return TRUE;
}

static gboolean
set_bad_format (GError     **error,
                const char  *text)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, text);
  return FALSE;
}

static GInputStream *
open_file (BillingImporterWork  *work,
           GFile                *file,
           GCancellable         *cancellable,
           GError              **error)
{
  GFileInputStream *stream = g_file_read (file, cancellable, error);

  work->stream = (GInputStream *) stream;
  return (GInputStream *) stream;
}

static gboolean
read_fhir (BillingImporterWork  *work,
           GFile                *file,
           GCancellable         *cancellable,
           GError              **error)
{
  BillingFhirPractice practice = { work->currency, work->time_zone };
  g_autoptr (GInputStream) stream = open_file (work, file, cancellable, error);
  gboolean ok = stream != NULL &&
                billing_fhir_read (stream, &practice, &sink, work, cancellable, error);

  work->stream = NULL;
  return ok;
}

static gboolean
read_x12 (BillingImporterWork  *work,
          GFile                *file,
          GCancellable         *cancellable,
          GError              **error)
{
  BillingX12Practice practice = { work->currency };
  g_autoptr (GInputStream) stream = open_file (work, file, cancellable, error);
  gboolean ok = stream != NULL && billing_x12_read (stream, &practice, &sink, work, cancellable, error);

  work->stream = NULL;
  return ok;
}

static gboolean
make_plan (BillingImporterWork  *work,
           GFile                *file,
           GCancellable         *cancellable,
           GError              **error)
{
  BillingCsvPractice practice = { work->currency, work->time_zone, work->locale };
  g_autoptr (GInputStream) stream = NULL;

  if (work->plans->pdata[work->file] != NULL)
    return TRUE;

  stream = G_INPUT_STREAM (g_file_read (file, cancellable, error));
  if (stream == NULL)
    return FALSE;

  work->plans->pdata[work->file] = billing_csv_plan_new (stream, &practice, cancellable, error);
  return work->plans->pdata[work->file] != NULL;
}

static gboolean
read_csv (BillingImporterWork  *work,
          GFile                *file,
          GCancellable         *cancellable,
          GError              **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *missing = NULL;
  gboolean ok;

  if (!make_plan (work, file, cancellable, error))
    return FALSE;

  missing = billing_csv_plan_check (work->plans->pdata[work->file]);
  if (missing != NULL)
    return set_bad_format (error, missing);

  stream = open_file (work, file, cancellable, error);
  ok = stream != NULL &&
       billing_csv_read (stream, work->plans->pdata[work->file], &sink, work, cancellable, error);
  work->stream = NULL;
  return ok;
}

static gboolean
read_content (BillingImporterWork  *work,
              BillingImportFile    *told,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (told->path);
  const char *format;

  if (!peek (file, &format, &told->size, cancellable, error))
    return FALSE;

  if (format == NULL)
    return set_bad_format (error, _("It is empty"));
  if (g_str_equal (format, "xml"))
    return set_bad_format (error, _("It is XML; FHIR is read as JSON, and tables as CSV"));

  g_free (told->format);
  told->format = g_strdup (format);
  if (g_str_equal (format, "fhir"))
    return read_fhir (work, file, cancellable, error);
  if (g_str_equal (format, "x12"))
    return read_x12 (work, file, cancellable, error);

  return read_csv (work, file, cancellable, error);
}

/* A file that cannot be read whole leaves nothing but the reason. */
static gboolean
drop_file (BillingImporterWork  *work,
           const char           *why,
           GError              **error)
{
  g_autofree char *reason = g_strdelimit (g_strdup (why), "\n", ' ');
  g_autofree char *text = NULL;

  if (g_str_has_suffix (reason, "."))
    reason[strlen (reason) - 1] = '\0';

  /* Translators: why a file was not imported, a sentence without its full stop */
  text = g_strdup_printf (_("%s. Nothing of it was imported."), reason);
  return billing_import_stage_drop_file (work->stage, text, error);
}

/* Only what is wrong with us ends the import. */
static gboolean
is_ours (const GError *error)
{
  return error->domain == BILLING_STORE_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

gboolean
billing_importer_work_read_file (BillingImporterWork  *work,
                                 GCancellable         *cancellable,
                                 GError              **error)
{
  BillingImportFile *told = work->files->pdata[work->file];
  g_autoptr (GError) local = NULL;
  gboolean ok;

  work->file_entries = 0;
  if (!billing_import_stage_begin_file (work->stage, told->name, error))
    return FALSE;

  ok = read_content (work, told, cancellable, &local);
  told->entries = (gint64) work->file_entries;
  if (!ok && is_ours (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!ok && !drop_file (work, local->message, error))
    return FALSE;

  work->before += told->size;
  work->entries += work->file_entries;
  return billing_import_stage_end_file (work->stage, error);
}
