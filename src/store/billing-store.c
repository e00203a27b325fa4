/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-store"

#include "config.h"

#include "billing-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "billing-changes.h"
#include "billing-mirror.h"
#include "billing-writer.h"

/*
 * A practice on the disk: its folder, the one writer of this process, connections for reading, and word of what changed.
 */

#define BOOKS "practice.db"

/* How often other programs' commits are looked for. Looking costs a few microseconds. */
#define LOOK_SECONDS 1

/* Connections that are kept for the next read. */
#define MAX_IDLE_READERS 4

/* What sources know the store by, counted atomically: any thread may let go of a store while a source is dispatched. */
typedef struct {
  GWeakRef store;
} Link;

struct _BillingStore {
  GObject parent_instance;

  char *folder;            /* (owned) */
  char *path;              /* (owned) */
  BillingWriter *writer;   /* (owned) (nullable): %NULL once closed */
  GMainContext *context;   /* (owned): where `changed` is emitted */
  Link *link;              /* (owned) */

  /* Only of @context's thread. */
  struct {
    BillingConnection *connection; /* (owned) */
    gint64 seen;
    gint64 version;
    gint64 mirror_seen; /* microseconds: the newest change of the mirror that was told of */
    gint64 mirror_version;
    GSource *timer; /* (owned) (nullable) */
  } watch;

  /* Under @mutex. */
  GMutex mutex;
  struct {
    GPtrArray *readers; /* (owned) (element-type BillingConnection) */
    GSource *looking;   /* (owned) (nullable): will look at what was committed */
  } shared;
};

G_DEFINE_FINAL_TYPE (BillingStore, billing_store, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
link_clear (gpointer data)
{
  Link *link = data;

  g_weak_ref_clear (&link->store);
}

static void
link_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, link_clear);
}

static void
attach (BillingStore *self,
        GSource      *source,
        GSourceFunc   callback)
{
  g_source_set_callback (source, callback, g_atomic_rc_box_acquire (self->link), link_unref);
  g_source_attach (source, self->context);
}

static void
emit_cb (const char *kind,
         GArray     *pks,
         gpointer    data)
{
  g_signal_emit (data, signals[CHANGED], 0, kind, pks);
}

static void
look (BillingStore *self)
{
  g_autoptr (GError) error = NULL;

  if (!billing_changes_look (self->watch.connection, &self->watch.seen, emit_cb, self, &error))
    g_debug ("Could not look for changes: %s", error->message);
}

/* Lists of Stripe's objects are read again as a whole: they are short, or being filled. */
static GPtrArray *
list_changed_streams (BillingStore *self)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->watch.connection,
    "SELECT name, at FROM mirror.streams WHERE at > ?", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gint64 newest = self->watch.mirror_seen;
  gboolean row;

  if (statement != NULL)
    billing_statement_bind_integer (statement, 1, newest);
  while (statement != NULL && billing_statement_step (statement, &row, NULL) && row)
    {
      newest = MAX (newest, billing_statement_get_integer (statement, 1));
      g_ptr_array_add (names, g_strdup (billing_statement_get_text (statement, 0)));
    }

  self->watch.mirror_seen = newest;
  return g_steal_pointer (&names);
}

static void
look_at_mirror (BillingStore *self)
{
  g_autoptr (GPtrArray) names = list_changed_streams (self);

  for (guint i = 0; i < names->len; i++)
    emit_cb (names->pdata[i], NULL, self);
}

static gboolean
timer_cb (gpointer data)
{
  Link *link = data;
  g_autoptr (BillingStore) self = g_weak_ref_get (&link->store);
  gint64 version;

  if (self == NULL || self->watch.connection == NULL)
    return G_SOURCE_REMOVE;

  if (billing_connection_get_integer (self->watch.connection, &version, NULL, "PRAGMA data_version", "") &&
      version != self->watch.version)
    {
      self->watch.version = version;
      look (self);
    }
  if (billing_connection_get_integer (self->watch.connection, &version, NULL, "PRAGMA mirror.data_version", "") &&
      version != self->watch.mirror_version)
    {
      self->watch.mirror_version = version;
      look_at_mirror (self);
    }

  return G_SOURCE_CONTINUE;
}

static gboolean
committed_idle_cb (gpointer data)
{
  Link *link = data;
  g_autoptr (BillingStore) self = g_weak_ref_get (&link->store);

  if (self == NULL)
    return G_SOURCE_REMOVE;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->shared.looking, g_source_unref);
  g_mutex_unlock (&self->mutex);

  if (self->writer != NULL)
    look (self);

  return G_SOURCE_REMOVE;
}

/* On the writer's thread. The source does not keep the store: where no main loop runs, it would never be closed. */
static void
committed_cb (gpointer data)
{
  BillingStore *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->shared.looking != NULL)
    return;

  self->shared.looking = g_idle_source_new ();
  g_source_set_priority (self->shared.looking, G_PRIORITY_DEFAULT);
  attach (self, self->shared.looking, committed_idle_cb);
}

/* A connection that reads the books, and the mirror beside them. */
static BillingConnection *
open_reader (BillingStore  *self,
             GError       **error)
{
  g_autoptr (BillingConnection) reader = billing_connection_open (self->path, FALSE, error);

  if (reader == NULL || !billing_mirror_attach (reader, self->folder, error))
    return NULL;

  return g_steal_pointer (&reader);
}

static gboolean
start_watch (BillingStore  *self,
             GError       **error)
{
  self->watch.connection = open_reader (self, error);
  self->watch.seen = -1;
  if (self->watch.connection == NULL ||
      !billing_changes_look (self->watch.connection, &self->watch.seen, emit_cb, self, error) ||
      !billing_connection_get_integer (self->watch.connection, &self->watch.version, error,
                                       "PRAGMA data_version", "") ||
      !billing_connection_get_integer (self->watch.connection, &self->watch.mirror_version, error,
                                       "PRAGMA mirror.data_version", ""))
    return FALSE;

  self->watch.timer = g_timeout_source_new_seconds (LOOK_SECONDS);
  attach (self, self->watch.timer, timer_cb);
  return TRUE;
}

static void
billing_store_finalize (GObject *object)
{
  BillingStore *self = BILLING_STORE (object);

  billing_store_close (self);
  link_unref (self->link);
  g_ptr_array_unref (self->shared.readers);
  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
  g_free (self->folder);
  g_free (self->path);

  G_OBJECT_CLASS (billing_store_parent_class)->finalize (object);
}

static void
billing_store_class_init (BillingStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = billing_store_finalize;

  /**
   * BillingStore::changed:
   * @self: the store
   * @kind: what lists call the kind that changed
   * @pks: (nullable) (element-type gint64): the rows that changed; %NULL: many
   *
   * Something was committed, by this program or another. Emitted on the main context of the thread that opened the store.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ARRAY);
}

static void
billing_store_init (BillingStore *self)
{
  g_mutex_init (&self->mutex);
  self->link = g_atomic_rc_box_new0 (Link);
  g_weak_ref_init (&self->link->store, self);
  self->context = g_main_context_ref_thread_default ();
  self->shared.readers = g_ptr_array_new_with_free_func ((GDestroyNotify) billing_connection_close);
}

static gboolean
set_folder_error (const char  *folder,
                  int          saved_errno,
                  GError     **error)
{
  g_set_error (error, BILLING_STORE_ERROR,
               saved_errno == ENOSPC ? BILLING_STORE_ERROR_FULL : BILLING_STORE_ERROR_READ_ONLY,
               _("The folder “%s” cannot be written: %s. Nothing was changed."), folder, g_strerror (saved_errno));
  return FALSE;
}

static gboolean
make_folder (const char  *folder,
             GError     **error)
{
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return set_folder_error (folder, errno, error);

  return TRUE;
}

/**
 * billing_store_create:
 * @folder: where; made with its parents if it is not there
 * @error: return location for a #BillingStoreError
 *
 * Makes the folder of a practice and an empty file for its books. All is the user's alone from its first byte: SQLite gives the mode of the
 * database to the files beside it.
 *
 * Returns: whether it was made; %BILLING_STORE_ERROR_EXISTS where there is one
 */
gboolean
billing_store_create (const char  *folder,
                      GError     **error)
{
  g_autofree char *path = g_build_filename (folder, BOOKS, NULL);
  g_autofree char *documents = g_build_filename (folder, "documents", NULL);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  int fd;

  if (!make_folder (folder, error) || !make_folder (documents, error) || !make_folder (backups, error))
    return FALSE;

  fd = g_open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EEXIST)
    {
      g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_EXISTS,
                   _("There is a practice in “%s” already. Nothing was changed."), folder);
      return FALSE;
    }
  if (fd < 0)
    return set_folder_error (folder, errno, error);

  return g_close (fd, error);
}

static gboolean
check_folder (BillingStore  *self,
              GError       **error)
{
  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND,
                   _("There is no practice in “%s”. Make one with “billingctl init”, or choose another folder."),
                   self->folder);
      return FALSE;
    }

  if (g_access (self->path, R_OK | W_OK) != 0 || g_access (self->folder, W_OK) != 0)
    return set_folder_error (self->folder, errno, error);

  return TRUE;
}

/**
 * billing_store_open:
 * @folder: of a practice
 * @seal_key: (nullable): the secret that keys the seals; %NULL: no keyring
 * @error: return location for a #BillingStoreError
 *
 * Opens a practice and brings its schema up to date.
 *
 * Returns: (transfer full) (nullable): the store
 */
BillingStore *
billing_store_open (const char  *folder,
                    GBytes      *seal_key,
                    GError     **error)
{
  g_autoptr (BillingStore) self = g_object_new (BILLING_TYPE_STORE, NULL);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);

  self->folder = g_strdup (folder);
  self->path = g_build_filename (folder, BOOKS, NULL);

  if (!check_folder (self, error))
    return NULL;

  self->writer = billing_writer_new (self->path, folder, backups, seal_key, committed_cb, self, error);
  if (self->writer == NULL || !start_watch (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * billing_store_close:
 * @self: a store
 *
 * Finishes what is queued and closes the files. The store can do nothing afterwards.
 */
void
billing_store_close (BillingStore *self)
{
  g_clear_pointer (&self->writer, billing_writer_stop);
  if (self->watch.timer != NULL)
    g_source_destroy (self->watch.timer);
  g_clear_pointer (&self->watch.timer, g_source_unref);
  g_clear_pointer (&self->watch.connection, billing_connection_close);

  g_mutex_lock (&self->mutex);
  if (self->shared.looking != NULL)
    g_source_destroy (self->shared.looking);
  g_clear_pointer (&self->shared.looking, g_source_unref);
  g_ptr_array_set_size (self->shared.readers, 0);
  g_mutex_unlock (&self->mutex);
}

const char *
billing_store_get_folder (BillingStore *self)
{
  return self->folder;
}

/**
 * billing_store_build_path:
 * @self: a store
 * @name: a file in the practice's folder
 *
 * Returns: (transfer full): its path
 */
char *
billing_store_build_path (BillingStore *self,
                          const char   *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/**
 * billing_store_write:
 * @self: a store
 * @func: (scope call): the work
 * @data: for @func
 * @cancellable: (nullable): what stops it before it is committed
 * @error: return location for an error
 *
 * Does @func in one transaction on the writer's thread, and waits for it.
 *
 * Returns: whether it was committed
 */
gboolean
billing_store_write (BillingStore      *self,
                     BillingStoreFunc   func,
                     gpointer           data,
                     GCancellable      *cancellable,
                     GError           **error)
{
  return billing_store_write_at (self, G_PRIORITY_DEFAULT, func, data, cancellable, error);
}

/**
 * billing_store_write_at:
 * @self: a store
 * @priority: %G_PRIORITY_LOW for what nobody waits for: people's verbs go first
 * @func: (scope call): the work
 * @data: for @func
 * @cancellable: (nullable): what stops it before it is committed
 * @error: return location for an error
 *
 * Does @func as billing_store_write() does, when its turn comes.
 *
 * Returns: whether it was committed
 */
gboolean
billing_store_write_at (BillingStore      *self,
                        int                priority,
                        BillingStoreFunc   func,
                        gpointer           data,
                        GCancellable      *cancellable,
                        GError           **error)
{
  g_return_val_if_fail (self->writer != NULL, FALSE);

  return billing_writer_run (self->writer, priority, func, data, cancellable, error);
}

/* What a read on another thread needs. */
typedef struct {
  BillingStoreFunc func;
  gpointer data;          /* (owned by @destroy) */
  GDestroyNotify destroy; /* (nullable) */
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  if (work->destroy != NULL)
    work->destroy (work->data);
  g_free (work);
}

static GTask *
make_task (BillingStore        *self,
           BillingStoreFunc     func,
           gpointer             data,
           GDestroyNotify       destroy,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->func = func;
  work->data = data;
  work->destroy = destroy;
  g_task_set_task_data (task, work, free_work);
  return task;
}

/**
 * billing_store_write_async:
 * @self: a store
 * @priority: %G_PRIORITY_DEFAULT for what a person waits for; syncs use a higher number
 * @func: (scope async): the work
 * @data: for @func
 * @destroy: (nullable): frees @data, once @callback was called
 * @cancellable: (nullable): what stops it before it is committed
 * @callback: told when it is done
 * @user_data: for @callback
 *
 * Does @func in one transaction on the writer's thread.
 */
void
billing_store_write_async (BillingStore        *self,
                           int                  priority,
                           BillingStoreFunc     func,
                           gpointer             data,
                           GDestroyNotify       destroy,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = make_task (self, func, data, destroy, cancellable, callback, user_data);

  g_return_if_fail (self->writer != NULL);

  g_task_set_source_tag (task, billing_store_write_async);
  billing_writer_push (self->writer, priority, func, data, task);
}

gboolean
billing_store_write_finish (BillingStore  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static BillingConnection *
borrow_reader (BillingStore  *self,
               GError       **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->shared.readers->len > 0)
    return g_ptr_array_steal_index_fast (self->shared.readers, self->shared.readers->len - 1);

  g_clear_pointer (&locker, g_mutex_locker_free);
  return open_reader (self, error);
}

static void
return_reader (BillingStore      *self,
               BillingConnection *reader)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->shared.readers->len < MAX_IDLE_READERS)
    g_ptr_array_add (self->shared.readers, g_steal_pointer (&reader));

  g_clear_pointer (&locker, g_mutex_locker_free);
  g_clear_pointer (&reader, billing_connection_close);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  billing_connection_interrupt (data);
}

static gboolean
read_on (BillingConnection  *reader,
         BillingStoreFunc    func,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  gboolean success;

  if (!billing_connection_begin (reader, FALSE, error))
    return FALSE;

  success = func (reader, data, cancellable, error);
  billing_connection_rollback (reader);
  return success;
}

/**
 * billing_store_read:
 * @self: a store
 * @func: (scope call): the work, which only reads
 * @data: for @func
 * @cancellable: (nullable): what interrupts it
 * @error: return location for an error
 *
 * Does @func on the calling thread, on a connection of its own, in one transaction: all that it reads belongs together.
 *
 * Returns: what @func returned
 */
gboolean
billing_store_read (BillingStore      *self,
                    BillingStoreFunc   func,
                    gpointer           data,
                    GCancellable      *cancellable,
                    GError           **error)
{
  BillingConnection *reader;
  gulong handler = 0;
  gboolean success;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  reader = borrow_reader (self, error);
  if (reader == NULL)
    return FALSE;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), reader, NULL);
  success = read_on (reader, func, data, cancellable, error);
  g_cancellable_disconnect (cancellable, handler);

  return_reader (self, reader);
  return success;
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;

  if (billing_store_read (source, work->func, work->data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * billing_store_read_async:
 * @self: a store
 * @func: (scope async): the work, which only reads
 * @data: for @func
 * @destroy: (nullable): frees @data, once @callback was called
 * @cancellable: (nullable): what interrupts it
 * @callback: told when it is done
 * @user_data: for @callback
 *
 * Does @func on another thread, as billing_store_read() does.
 */
void
billing_store_read_async (BillingStore        *self,
                          BillingStoreFunc     func,
                          gpointer             data,
                          GDestroyNotify       destroy,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = make_task (self, func, data, destroy, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_store_read_async);
  g_task_run_in_thread (task, read_thread);
}

gboolean
billing_store_read_finish (BillingStore  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
