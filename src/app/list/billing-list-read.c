/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-read"

#include "config.h"

#include "billing-list-read.h"

#include "billing-table.h"

/* A read on its way. It lives on the reading thread and in the main context: hence counted atomically. */
typedef struct {
  BillingQuery *query; /* (owned) */
  guint n_first;
  GMainContext *context; /* (owned): the caller's */
  GCancellable *cancellable; /* (owned) (nullable) */
  GPtrArray *first; /* (owned) (nullable): written before it is handed over, not touched after */
  BillingListing *listing; /* (owned) (nullable) */

  /* Only in the caller's context. */
  BillingListFirstFunc first_func;
  gpointer first_data; /* (not owned): good until the read is finished or cancelled */
  gboolean finished;
} ListJob;

typedef struct {
  GType type;
  GArray *pks; /* (owned) */
  gint64 deadline; /* monotonic; 0: none */
  GPtrArray *records; /* (owned) (nullable) */
} FetchJob;

static void
list_job_clear (gpointer data)
{
  ListJob *job = data;

  g_clear_object (&job->query);
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->context, g_main_context_unref);
  g_clear_pointer (&job->first, g_ptr_array_unref);
  g_clear_pointer (&job->listing, billing_listing_free);
}

static void
list_job_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, list_job_clear);
}

static void
fetch_job_free (gpointer data)
{
  FetchJob *job = data;

  g_array_unref (job->pks);
  g_clear_pointer (&job->records, g_ptr_array_unref);
  g_free (job);
}

static gboolean
first_rows_cb (gpointer user_data)
{
  ListJob *job = user_data;

  if (!job->finished && !g_cancellable_is_cancelled (job->cancellable))
    job->first_func (job->first, job->first_data);

  return G_SOURCE_REMOVE;
}

static void
hand_over_first_rows (ListJob *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "first rows of a list");
  g_source_set_callback (source, first_rows_cb, g_atomic_rc_box_acquire (job), list_job_release);
  g_source_attach (source, job->context);
}

static gboolean
read_list (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  ListJob *job = data;

  if (job->n_first > 0)
    {
      g_autoptr (BillingQuery) first = billing_query_copy (job->query);

      first->limit = job->n_first;
      job->first = billing_list_rows (connection, first, error);
      if (job->first == NULL)
        return FALSE;

      hand_over_first_rows (job);
    }

  job->listing = billing_list_listing (connection, job->query, error);
  return job->listing != NULL;
}

static gboolean
fetch_rows (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  FetchJob *job = data;

  billing_connection_set_deadline (connection, job->deadline);
  job->records = billing_table_fetch (connection, job->type, (const gint64 *) job->pks->data,
                                      job->pks->len, error);
  billing_connection_set_deadline (connection, 0);
  return job->records != NULL;
}

static void
list_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ListJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  job->finished = TRUE;
  if (billing_store_read_finish (BILLING_STORE (object), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&job->listing),
                           (GDestroyNotify) billing_listing_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
fetch_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  FetchJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (billing_store_read_finish (BILLING_STORE (object), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&job->records),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * billing_list_read_async:
 * @store: the books
 * @query: what to list; must not change until the read is finished
 * @n_first: how many rows to hand over first, 0: none
 * @first_func: (nullable): what to give them to
 * @first_data: data for @first_func; good until @callback was called, or @cancellable cancelled
 * @cancellable: (nullable): interrupts the read
 * @callback: called when it is finished
 * @user_data: data for @callback
 *
 * Reads a list without blocking.
 */
void
billing_list_read_async (BillingStore         *store,
                         BillingQuery         *query,
                         guint                 n_first,
                         BillingListFirstFunc  first_func,
                         gpointer              first_data,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  ListJob *job = g_atomic_rc_box_new0 (ListJob);

  job->query = g_object_ref (query);
  job->n_first = n_first;
  job->context = g_main_context_ref_thread_default ();
  g_set_object (&job->cancellable, cancellable);
  job->first_func = first_func;
  job->first_data = first_data;

  g_task_set_source_tag (task, billing_list_read_async);
  g_task_set_task_data (task, job, list_job_release);
  billing_store_read_async (store, read_list, g_atomic_rc_box_acquire (job), list_job_release,
                            cancellable, list_read_cb, task);
}

/**
 * billing_list_read_finish:
 * @store: the books
 * @result: what the callback got
 * @error: return location for a #BillingStoreError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the list
 */
BillingListing *
billing_list_read_finish (BillingStore  *store,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * billing_list_fetch_async:
 * @store: the books
 * @type: of the records
 * @pks: (element-type gint64): which rows
 * @cancellable: (nullable): interrupts the read
 * @callback: called when it is finished
 * @user_data: data for @callback
 *
 * Reads rows without blocking.
 */
void
billing_list_fetch_async (BillingStore        *store,
                          GType                type,
                          GArray              *pks,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  FetchJob *job = g_new0 (FetchJob, 1);

  job->type = type;
  job->pks = g_array_ref (pks);

  g_task_set_source_tag (task, billing_list_fetch_async);
  g_task_set_task_data (task, job, fetch_job_free);
  billing_store_read_async (store, fetch_rows, job, NULL, cancellable, fetch_cb, task);
}

/**
 * billing_list_fetch_finish:
 * @store: the books
 * @result: what the callback got
 * @error: return location for a #BillingStoreError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type BillingRecord): the rows that there are
 */
GPtrArray *
billing_list_fetch_finish (BillingStore  *store,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * billing_list_fetch_now:
 * @store: the books
 * @type: of the records
 * @pks: (element-type gint64): which rows
 * @deadline: the monotonic time at which to give up
 *
 * Reads rows in the calling thread, if that is quick.
 *
 * Returns: (transfer full) (nullable) (element-type BillingRecord): the rows that there are; %NULL: it takes too long, or failed
 */
GPtrArray *
billing_list_fetch_now (BillingStore *store,
                        GType         type,
                        GArray       *pks,
                        gint64        deadline)
{
  FetchJob job = { .type = type, .pks = pks, .deadline = deadline };

  return billing_store_read (store, fetch_rows, &job, NULL, NULL) ? job.records : NULL;
}
