/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-writer"

#include "config.h"

#include "billing-writer.h"

#include "billing-changes.h"
#include "billing-migration.h"
#include "billing-mirror.h"
#include "billing-seal.h"

typedef struct {
  int priority;
  guint64 serial;
  BillingStoreFunc func; /* (nullable): %NULL stops the thread */
  gpointer data;         /* (not owned) */
  GTask *task;           /* (owned) (nullable): to be answered */
  GCancellable *cancellable; /* (owned) (nullable) */

  /* A caller that waits. */
  gboolean waits;
  gboolean done;
  gboolean success;
  GError *error; /* (owned) (nullable) */
} Job;

struct _BillingWriter {
  GThread *thread;   /* (owned) */
  GAsyncQueue *jobs; /* (owned) (element-type Job) */
  guint64 serial;    /* atomic by the queue's lock */

  GMutex mutex;
  GCond cond;

  /* Only the thread's, once it runs. */
  struct {
    BillingConnection *connection; /* (owned) */
    BillingChanges *changes;       /* (owned) */
    BillingSealer *sealer;         /* (owned) */
  } own;

  BillingCommittedFunc committed;
  gpointer data; /* (not owned) */
};

static int
compare_jobs (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const Job *x = a;
  const Job *y = b;

  if (x->priority != y->priority)
    return x->priority < y->priority ? -1 : 1;

  return x->serial < y->serial ? -1 : x->serial > y->serial;
}

/* One transaction: the work, the seal over what it wrote, what changed. Any error takes all of it back. */
static gboolean
transact (BillingWriter     *self,
          BillingStoreFunc   func,
          gpointer           data,
          GCancellable      *cancellable,
          GError           **error)
{
  BillingConnection *connection = self->own.connection;

  if (!billing_connection_begin (connection, TRUE, error))
    return FALSE;

  billing_changes_clear (self->own.changes);
  if (func (connection, data, cancellable, error) &&
      billing_sealer_seal (self->own.sealer, error) &&
      billing_changes_write (self->own.changes, error) &&
      billing_connection_commit (connection, error))
    return TRUE;

  billing_connection_rollback (connection);
  return FALSE;
}

static void
free_job (Job *job)
{
  g_clear_object (&job->task);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static void
answer (BillingWriter *self,
        Job           *job,
        gboolean       success,
        GError        *error)
{
  if (job->waits)
    {
      g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

      job->success = success;
      job->error = error;
      job->done = TRUE;
      g_cond_broadcast (&self->cond);
      return;
    }

  if (success)
    g_task_return_boolean (job->task, TRUE);
  else
    g_task_return_error (job->task, error);
  free_job (job);
}

static gpointer
writer_thread (gpointer user_data)
{
  BillingWriter *self = user_data;

  while (TRUE)
    {
      Job *job = g_async_queue_pop (self->jobs);
      GError *error = NULL;
      gboolean success;

      if (job->func == NULL)
        {
          free_job (job);
          return NULL;
        }

      success = !g_cancellable_set_error_if_cancelled (job->cancellable, &error) &&
                transact (self, job->func, job->data, job->cancellable, &error);
      if (success)
        self->committed (self->data);
      answer (self, job, success, error);
    }
}

static void
push (BillingWriter *self,
      Job           *job)
{
  g_async_queue_lock (self->jobs);
  job->serial = self->serial++;
  g_async_queue_push_sorted_unlocked (self->jobs, job, compare_jobs, NULL);
  g_async_queue_unlock (self->jobs);
}

/* A writer's connection changes the file's way of keeping its journal, so a newer program's file is recognised before there is one. */
static gboolean
check_version (const char  *path,
               GError     **error)
{
  g_autoptr (BillingConnection) reader = billing_connection_open (path, FALSE, error);
  int version;

  return reader != NULL && billing_migration_check (reader, &version, error);
}

static gboolean
set_up (BillingWriter  *self,
        const char     *path,
        const char     *folder,
        const char     *backups,
        GBytes         *seal_key,
        GError        **error)
{
  if (!check_version (path, error))
    return FALSE;

  self->own.connection = billing_connection_open (path, TRUE, error);
  if (self->own.connection == NULL || !billing_migration_run (self->own.connection, backups, error) ||
      !billing_mirror_prepare (folder, error) || !billing_mirror_attach (self->own.connection, folder, error))
    return FALSE;

  self->own.changes = billing_changes_new (self->own.connection);
  self->own.sealer = billing_sealer_new (self->own.connection, seal_key);
  return TRUE;
}

/**
 * billing_writer_new:
 * @path: the database, which exists
 * @folder: the practice's, where the mirror is
 * @backups: the folder for backups
 * @seal_key: (nullable): the secret that keys the seals
 * @committed: told of each commit
 * @data: for @committed
 * @error: return location for a #BillingStoreError
 *
 * Opens the database for writing, brings its schema up to date and starts the thread.
 *
 * Returns: (transfer full) (nullable): the writer
 */
BillingWriter *
billing_writer_new (const char            *path,
                    const char            *folder,
                    const char            *backups,
                    GBytes                *seal_key,
                    BillingCommittedFunc   committed,
                    gpointer               data,
                    GError               **error)
{
  BillingWriter *self = g_new0 (BillingWriter, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->jobs = g_async_queue_new ();
  self->committed = committed;
  self->data = data;

  if (!set_up (self, path, folder, backups, seal_key, error))
    {
      billing_writer_stop (self);
      return NULL;
    }

  self->thread = g_thread_new ("billing-writer", writer_thread, self);
  return self;
}

/**
 * billing_writer_stop:
 * @self: (transfer full): the writer
 *
 * Finishes what is queued, then closes the database.
 */
void
billing_writer_stop (BillingWriter *self)
{
  if (self->thread != NULL)
    {
      Job *job = g_new0 (Job, 1);

      job->priority = G_MAXINT;
      push (self, job);
      g_thread_join (self->thread);
    }

  g_clear_pointer (&self->own.sealer, billing_sealer_free);
  g_clear_pointer (&self->own.changes, billing_changes_free);
  g_clear_pointer (&self->own.connection, billing_connection_close);
  g_async_queue_unref (self->jobs);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

/**
 * billing_writer_push:
 * @self: the writer
 * @priority: %G_PRIORITY_DEFAULT for a person's verb; syncs come after
 * @func: the work
 * @data: (not owned): for @func, kept by @task
 * @task: (transfer none): answered when it is done
 *
 * Queues work.
 */
void
billing_writer_push (BillingWriter    *self,
                     int               priority,
                     BillingStoreFunc  func,
                     gpointer          data,
                     GTask            *task)
{
  Job *job = g_new0 (Job, 1);

  job->priority = priority;
  job->func = func;
  job->data = data;
  job->task = g_object_ref (task);
  if (g_task_get_cancellable (task) != NULL)
    job->cancellable = g_object_ref (g_task_get_cancellable (task));
  push (self, job);
}

/**
 * billing_writer_run:
 * @self: the writer
 * @func: the work
 * @data: for @func
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Queues work and waits for it. Not to be called by work itself.
 *
 * Returns: whether it was committed
 */
gboolean
billing_writer_run (BillingWriter     *self,
                    int                priority,
                    BillingStoreFunc   func,
                    gpointer           data,
                    GCancellable      *cancellable,
                    GError           **error)
{
  Job job = { .priority = priority, .func = func, .data = data, .waits = TRUE };

  g_return_val_if_fail (g_thread_self () != self->thread, FALSE);

  job.cancellable = cancellable;
  push (self, &job);

  g_mutex_lock (&self->mutex);
  while (!job.done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  if (job.error != NULL)
    g_propagate_error (error, job.error);

  return job.success;
}
