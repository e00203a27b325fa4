/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-read"

#include "config.h"

#include "billing-report-read.h"

#include "billing-totals.h"

typedef struct {
  char **reports;       /* (owned) */
  BillingQuery *query;  /* (owned) */
  GPtrArray *tables;    /* (owned) (nullable) (element-type GPtrArray): of each report its lines */
} BillingReportReading;

static void
reading_free (BillingReportReading *reading)
{
  g_strfreev (reading->reports);
  g_object_unref (reading->query);
  g_clear_pointer (&reading->tables, g_ptr_array_unref);
  g_free (reading);
}

static gboolean
read_reports (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  BillingReportReading *reading = data;
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; reading->reports[i] != NULL; i++)
    {
      GPtrArray *lines = billing_totals_report (connection, reading->reports[i], reading->query, error);

      if (lines == NULL)
        return FALSE;
      g_ptr_array_add (tables, lines);
    }

  reading->tables = g_steal_pointer (&tables);
  return TRUE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  BillingReportReading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  if (!billing_store_read_finish (BILLING_STORE (object), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&reading->tables), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * billing_report_read_async:
 * @store: the books
 * @reports: (array zero-terminated=1): names of reports
 * @query: from, to, location; copied
 * @cancellable: (nullable): interrupts the read
 * @callback: called with what they say
 * @user_data: data for @callback
 */
void
billing_report_read_async (BillingStore        *store,
                           const char * const  *reports,
                           BillingQuery        *query,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  BillingReportReading *reading = g_new0 (BillingReportReading, 1);

  reading->reports = g_strdupv ((char **) reports);
  reading->query = billing_query_copy (query);
  g_task_set_source_tag (task, billing_report_read_async);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  billing_store_read_async (store, read_reports, reading, NULL, cancellable, read_cb, task);
}

/**
 * billing_report_read_finish:
 * @store: the books
 * @result: what the callback got
 * @error: return location for a #BillingStoreError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type GPtrArray): of each report its lines
 */
GPtrArray *
billing_report_read_finish (BillingStore  *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
