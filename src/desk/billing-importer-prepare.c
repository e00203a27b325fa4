/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-importer-prepare"

#include "config.h"

#include "billing-importer-private.h"

#include "billing-desk-private.h"

/* Everything between the files and what people are shown of them: read, compared, counted. */

/* So many problems are shown; all of them are counted. */
#define MAX_PROBLEMS 1000

static void
work_free (gpointer data)
{
  BillingImporterWork *work = data;

  g_object_unref (work->desk);
  g_free (work->currency);
  g_free (work->time_zone);
  g_free (work->locale);
  g_ptr_array_unref (work->files);
  g_clear_pointer (&work->stage, billing_import_stage_free);
  g_clear_pointer (&work->tallies, g_ptr_array_unref);
  g_clear_pointer (&work->complaints, g_ptr_array_unref);
  g_clear_pointer (&work->context, g_main_context_unref);
  g_free (work);
}

static BillingImporterWork *
begin_work (BillingImporter        *self,
            BillingImportProgress   progress,
            gpointer                progress_data)
{
  BillingPractice *practice = billing_desk_get_practice (self->desk);
  BillingImporterWork *work = g_new0 (BillingImporterWork, 1);

  work->desk = g_object_ref (self->desk);
  work->currency = g_strdup (practice->currency);
  work->time_zone = g_strdup (practice->time_zone);
  work->locale = g_strdup (practice->locale);
  work->plans = self->plans;
  work->progress = progress;
  work->progress_data = progress_data;
  work->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (BillingRecord) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);
      BillingRecord *copy = BILLING_RECORD (billing_import_file_new ());

      billing_record_copy (copy, file);
      g_ptr_array_add (work->files, copy);
    }

  return work;
}

/* Progress */

typedef struct {
  BillingImportProgress progress;
  gpointer data;
  int fraction;
  guint64 entries;
} Telling;

static gboolean
tell_cb (gpointer data)
{
  Telling *telling = data;

  telling->progress (telling->fraction, telling->entries, telling->data);
  return G_SOURCE_REMOVE;
}

void
billing_importer_work_tell (BillingImporterWork *work,
                            int                  fraction)
{
  Telling telling = { work->progress, work->progress_data, fraction,
                      work->entries + work->file_entries };

  work->last_progress = g_get_monotonic_time ();
  if (work->context == NULL)
    tell_cb (&telling);
  else
    g_main_context_invoke_full (work->context, G_PRIORITY_DEFAULT, tell_cb,
                                g_memdup2 (&telling, sizeof telling), g_free);
}

static void
measure_files (BillingImporterWork *work)
{
  for (guint i = 0; i < work->files->len; i++)
    {
      BillingImportFile *told = work->files->pdata[i];
      g_autoptr (GFile) file = g_file_new_for_path (told->path);
      g_autoptr (GFileInfo) info =
        g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

      work->total += info != NULL ? g_file_info_get_size (info) : 0;
    }
}

/* Preparing */

static gboolean
read_all (BillingImporterWork  *work,
          GCancellable         *cancellable,
          GError              **error)
{
  if (!billing_importer_work_read_waiting (work, error))
    return FALSE;

  for (work->file = 0; work->file < work->files->len; work->file++)
    {
      if (!billing_importer_work_read_file (work, cancellable, error))
        return FALSE;
    }

  work->file_entries = 0;
  if (work->progress != NULL)
    billing_importer_work_tell (work, 950);
  return TRUE;
}

static gboolean
compare (BillingImporterWork  *work,
         GCancellable         *cancellable,
         GError              **error)
{
  if (!billing_import_stage_compare (work->stage, cancellable, error) ||
      !billing_import_stage_count_complaints (work->stage, &work->n_complaints, error))
    return FALSE;

  work->tallies = billing_import_stage_list_tallies (work->stage, error);
  if (work->tallies == NULL)
    return FALSE;

  work->complaints = billing_import_stage_list_complaints (work->stage, MAX_PROBLEMS, error);
  if (work->complaints != NULL && work->progress != NULL)
    billing_importer_work_tell (work, 1000);

  return work->complaints != NULL;
}

static gboolean
do_prepare (BillingImporterWork  *work,
            GCancellable         *cancellable,
            GError              **error)
{
  work->stage = billing_import_stage_new (billing_desk_get_store (work->desk), error);
  if (work->stage == NULL)
    return FALSE;

  measure_files (work);
  return read_all (work, cancellable, error) && compare (work, cancellable, error);
}

static void
take_over (BillingImporter     *self,
           BillingImporterWork *work)
{
  for (guint i = 0; i < work->files->len; i++)
    {
      g_autoptr (BillingRecord) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      billing_record_copy (file, work->files->pdata[i]);
      billing_importer_show_plan (self, i);
    }

  billing_importer_show_counts (self, work->tallies);
  billing_importer_show_problems (self, work->complaints);
  self->n_problems = (guint64) work->n_complaints;
  g_clear_pointer (&self->stage, billing_import_stage_free);
  self->stage = g_steal_pointer (&work->stage);
  self->applied = FALSE;
}

/**
 * billing_importer_prepare:
 * @self: an import with files
 * @progress: (nullable) (scope call): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Reads the files and compares them with the books, which stay as they are. What is wrong with files
 * or entries is no error but stands in billing_importer_get_problems().
 *
 * Returns: whether it can be shown and applied
 */
gboolean
billing_importer_prepare (BillingImporter        *self,
                          BillingImportProgress   progress,
                          gpointer                progress_data,
                          GCancellable           *cancellable,
                          GError                **error)
{
  BillingImporterWork *work;
  gboolean ok;

  g_return_val_if_fail (!self->busy, FALSE);

  if (!billing_importer_check_role (self, error))
    return FALSE;

  work = begin_work (self, progress, progress_data);
  ok = do_prepare (work, cancellable, error);
  if (ok)
    take_over (self, work);
  work_free (work);

  return ok;
}

static void
prepare_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  if (do_prepare (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
billing_importer_prepare_async (BillingImporter        *self,
                                BillingImportProgress   progress,
                                gpointer                progress_data,
                                GCancellable           *cancellable,
                                GAsyncReadyCallback     callback,
                                gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  BillingImporterWork *work;

  g_return_if_fail (!self->busy);

  g_task_set_source_tag (task, billing_importer_prepare_async);
  if (!billing_importer_check_role (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  work = begin_work (self, progress, progress_data);
  work->context = g_main_context_ref_thread_default ();
  self->busy = TRUE;
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, prepare_thread);
}

gboolean
billing_importer_prepare_finish (BillingImporter  *self,
                                 GAsyncResult     *result,
                                 GError          **error)
{
  BillingImporterWork *work = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (work != NULL)
    self->busy = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  take_over (self, work);
  return TRUE;
}
