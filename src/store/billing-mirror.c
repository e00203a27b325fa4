/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mirror"

#include "config.h"

#include "billing-mirror.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "billing-connection-private.h"
#include "billing-mirror-row.h"
#include "billing-mirror-words.h"
#include "billing-schema-resource.h"

#define FILE_NAME "stripe.db"

/* Of schema/mirror.sql. A mirror of another version is dropped and fetched again. */
#define VERSION 5

struct _BillingMirror {
  BillingConnection *connection; /* (owned) */
  GMutex mutex;
  BillingMirrorRow row;
  GHashTable *inserts; /* (owned) (element-type BillingMirrorKind utf8) */
  GHashTable *touched; /* (owned): the names of what this transaction changed, static */
};

static char *
build_path (const char *folder)
{
  return g_build_filename (folder, FILE_NAME, NULL);
}

static gboolean
run_resource (BillingConnection  *connection,
              const char         *path,
              GError            **error)
{
  g_autoptr (GBytes) sql = g_resource_lookup_data (billing_schema_get_resource (), path,
                                                   G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (sql != NULL);
  return billing_connection_execute (connection, g_bytes_get_data (sql, NULL), error);
}

static gboolean
set_unwritable (const char  *path,
                int          saved_errno,
                GError     **error)
{
  g_set_error (error, BILLING_STORE_ERROR,
               saved_errno == ENOSPC ? BILLING_STORE_ERROR_FULL : BILLING_STORE_ERROR_READ_ONLY,
               _("The file “%s” cannot be written: %s. Nothing was changed."), path,
               g_strerror (saved_errno));
  return FALSE;
}

/* A file that is there is not opened: closing it would take SQLite's locks on it from all
 * connections of this process, and another program that closes it then removes the journal that
 * they read. */
static gboolean
make_file (const char  *path,
           GError     **error)
{
  int fd = g_open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_close (fd, error);
  return errno == EEXIST || set_unwritable (path, errno, error);
}

static gboolean
create (BillingConnection  *connection,
        GError            **error)
{
  gint64 version;

  if (!billing_connection_begin (connection, TRUE, error))
    return FALSE;

  /* Another program may have made it while this one waited. */
  if (billing_connection_get_integer (connection, &version, error, "PRAGMA user_version", "") &&
      (version == VERSION ||
       (run_resource (connection, "/com/example/Billing/mirror/mirror.sql", error) &&
        billing_connection_execute (connection, "PRAGMA user_version = " G_STRINGIFY (VERSION),
                                    error))))
    return billing_connection_commit (connection, error);

  billing_connection_rollback (connection);
  return FALSE;
}

/* FULL is nearly free for pages, but what is lost here can be fetched again: the commit does not
 * wait for the disk. */
static BillingConnection *
open_connection (const char  *path,
                 GError     **error)
{
  g_autoptr (BillingConnection) connection = billing_connection_open (path, TRUE, error);

  if (connection == NULL ||
      !billing_connection_execute (connection, "PRAGMA synchronous = NORMAL", error))
    return NULL;

  return g_steal_pointer (&connection);
}

/* Returns FALSE with @error where the file cannot be used; with BILLING_STORE_ERROR_CORRUPT where
 * it is to be made anew. */
static gboolean
prepare (const char  *path,
         GError     **error)
{
  g_autoptr (BillingConnection) connection = NULL;
  gint64 version;

  if (!make_file (path, error))
    return FALSE;

  connection = open_connection (path, error);
  if (connection == NULL ||
      !billing_connection_get_integer (connection, &version, error, "PRAGMA user_version", ""))
    return FALSE;
  if (version == VERSION)
    return TRUE;
  if (version == 0)
    return create (connection, error);

  g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CORRUPT, "");
  return FALSE;
}

/**
 * billing_mirror_drop:
 * @folder: of a practice that no program has open
 * @error: return location for an error
 *
 * Removes the mirror. What it said is still at Stripe.
 *
 * Returns: whether it is gone
 */
gboolean
billing_mirror_drop (const char  *folder,
                     GError     **error)
{
  const char *suffixes[] = { "-wal", "-shm", "" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (FILE_NAME, suffixes[i], NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0 && errno != ENOENT)
        return set_unwritable (path, errno, error);
    }

  return TRUE;
}

/**
 * billing_mirror_prepare:
 * @folder: of a practice
 * @error: return location for a #BillingStoreError
 *
 * Makes sure that there is a mirror, of this program's version.
 *
 * Returns: whether there is
 */
gboolean
billing_mirror_prepare (const char  *folder,
                        GError     **error)
{
  g_autofree char *path = build_path (folder);
  g_autoptr (GError) own_error = NULL;

  if (prepare (path, &own_error))
    return TRUE;

  if (!g_error_matches (own_error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  g_message ("The copy of Stripe's objects is of another version or damaged; it is made anew");
  return billing_mirror_drop (folder, error) && prepare (path, error);
}

/**
 * billing_mirror_attach:
 * @books: a connection to the books
 * @folder: the practice's
 * @error: return location for a #BillingStoreError
 *
 * Lets @books read the mirror under that name, and makes the views that look into both. It is
 * opened read-only, also because a transaction that begins to write would else take the lock of
 * both files.
 *
 * Returns: whether it can be read
 */
gboolean
billing_mirror_attach (BillingConnection  *books,
                       const char         *folder,
                       GError            **error)
{
  g_autofree char *path = build_path (folder);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);
  g_autofree char *name = uri != NULL ? g_strconcat (uri, "?mode=ro", NULL) : NULL;
  gint64 query_only;

  if (name == NULL || !billing_connection_run (books, error, "ATTACH ? AS mirror", "t", name) ||
      !billing_connection_get_integer (books, &query_only, error, "PRAGMA query_only", ""))
    return FALSE;

  /* A connection that only reads may not even make views of its own. */
  return billing_connection_execute (books, "PRAGMA query_only = OFF", error) &&
         run_resource (books, "/com/example/Billing/mirror/mirror-views.sql", error) &&
         (query_only == 0 || billing_connection_execute (books, "PRAGMA query_only = ON", error));
}

/**
 * billing_mirror_read_object:
 * @books: a connection that the mirror is attached to, within a transaction
 * @stream: of which stream
 * @id: which object
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the object as Stripe sent it, but for blanks; %NULL without
 *   @error where it is not there
 */
char *
billing_mirror_read_object (BillingConnection  *books,
                            const char         *stream,
                            const char         *id,
                            GError            **error)
{
  const BillingMirrorKind *kind = billing_mirror_kind_find (stream);
  g_autofree char *sql = NULL;

  if (kind == NULL)
    return NULL;

  sql = g_strdup_printf ("SELECT json FROM mirror.%s WHERE id = ?", kind->table);
  return billing_connection_get_text (books, error, sql, "t", id);
}

/**
 * billing_mirror_open:
 * @folder: of a practice
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the mirror, for writing
 */
BillingMirror *
billing_mirror_open (const char  *folder,
                     GError     **error)
{
  g_autofree char *path = build_path (folder);
  BillingConnection *connection;
  BillingMirror *self;

  if (!billing_mirror_prepare (folder, error))
    return NULL;

  connection = open_connection (path, error);
  if (connection == NULL)
    return NULL;

  self = g_new0 (BillingMirror, 1);
  self->connection = connection;
  self->inserts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->touched = g_hash_table_new (g_str_hash, g_str_equal);
  g_mutex_init (&self->mutex);
  billing_mirror_row_init (&self->row);
  return self;
}

void
billing_mirror_close (BillingMirror *self)
{
  /* The books' connections may be the last to go, and they cannot put the journal away. */
  billing_connection_execute (self->connection, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  billing_connection_close (self->connection);
  g_hash_table_unref (self->inserts);
  g_hash_table_unref (self->touched);
  billing_mirror_row_clear (&self->row);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

BillingConnection *
billing_mirror_get_connection (BillingMirror *self)
{
  return self->connection;
}

/**
 * billing_mirror_begin:
 * @self: the mirror
 * @error: return location for a #BillingStoreError
 *
 * Waits for other threads and programs, and begins a transaction. Nothing is fetched while it is
 * open.
 *
 * Returns: whether it began, to be ended by billing_mirror_commit() or billing_mirror_rollback()
 */
gboolean
billing_mirror_begin (BillingMirror  *self,
                      GError        **error)
{
  g_mutex_lock (&self->mutex);
  if (billing_connection_begin (self->connection, TRUE, error))
    return TRUE;

  g_mutex_unlock (&self->mutex);
  return FALSE;
}

/* What becomes a row of the payments, by the triggers of the mirror. */
static gboolean
is_of_payments (gpointer name,
                gpointer row,
                gpointer data)
{
  static const char * const parts[] = {
    "charges", "disputes", "early_fraud_warnings", "payment_intents", "stripe_refunds", NULL
  };

  return g_strv_contains (parts, name);
}

/* Whether what this transaction changed has words that payments are searched by. */
static gboolean
has_words (BillingMirror *self)
{
  return g_hash_table_contains (self->touched, "charges") || g_hash_table_contains (self->touched, "payment_intents") ||
         g_hash_table_contains (self->touched, "customers");
}

/* Lists look at `at` to know what to read again. */
static gboolean
note_touched (BillingMirror  *self,
              GError        **error)
{
  GHashTableIter iter;
  gpointer name;

  if (g_hash_table_find (self->touched, is_of_payments, NULL) != NULL)
    g_hash_table_add (self->touched, (gpointer) "stripe_payments");

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (!billing_connection_run (self->connection, error,
                                   "INSERT INTO streams (name, at) VALUES (?, ?)"
                                   " ON CONFLICT (name) DO UPDATE SET at = excluded.at", "ti", name,
                                   g_get_real_time ()))
        return FALSE;
    }

  return TRUE;
}

/**
 * billing_mirror_commit:
 * @self: the mirror, within a transaction
 * @error: return location for a #BillingStoreError
 *
 * Ends the transaction. One that cannot be committed is rolled back.
 *
 * Returns: whether it is kept
 */
gboolean
billing_mirror_commit (BillingMirror  *self,
                       GError        **error)
{
  gboolean success = (!has_words (self) || billing_mirror_index_words (self->connection, error)) &&
                     note_touched (self, error) &&
                     billing_connection_commit (self->connection, error);

  if (!success)
    billing_connection_rollback (self->connection);
  g_hash_table_remove_all (self->touched);
  g_mutex_unlock (&self->mutex);
  return success;
}

void
billing_mirror_rollback (BillingMirror *self)
{
  billing_connection_rollback (self->connection);
  g_hash_table_remove_all (self->touched);
  g_mutex_unlock (&self->mutex);
}

static char *
build_insert (const BillingMirrorKind *kind)
{
  g_autoptr (GString) names = g_string_new ("fetched, json");
  g_autoptr (GString) values = g_string_new ("?, ?");
  g_autoptr (GString) sets = g_string_new ("fetched = excluded.fetched, json = excluded.json, deleted = 0");

  for (guint i = 0; kind->columns[i].name != NULL; i++)
    {
      const char *name = kind->columns[i].name;

      g_string_append_printf (names, ", %s", name);
      g_string_append (values, ", ?");
      if (i > 0)
        g_string_append_printf (sets, ", %s = excluded.%s", name, name);
    }

  return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (id) DO UPDATE SET %s"
                          " WHERE excluded.fetched >= fetched", kind->table, names->str,
                          values->str, sets->str);
}

static const char *
get_insert (BillingMirror           *self,
            const BillingMirrorKind *kind)
{
  char *sql = g_hash_table_lookup (self->inserts, kind);

  if (sql == NULL)
    {
      sql = build_insert (kind);
      g_hash_table_insert (self->inserts, (gpointer) kind, sql);
    }

  return sql;
}

/* The texts stand in the row's JSON until the statement has run, so that nothing is copied. */
static void
bind_cell (BillingMirror           *self,
           sqlite3_stmt            *stmt,
           int                      index,
           const BillingMirrorKind *kind,
           guint                    i)
{
  const BillingMirrorCell *cell = &self->row.cells[i];
  BillingMirrorType type = kind->columns[i].type;

  if (type == BILLING_MIRROR_INTEGER || type == BILLING_MIRROR_BOOLEAN)
    sqlite3_bind_int64 (stmt, index, cell->integer);
  else if (cell->is_set)
    sqlite3_bind_text (stmt, index, self->row.json->str + cell->start, (int) cell->length,
                       SQLITE_STATIC);
  else
    sqlite3_bind_null (stmt, index);
}

static gboolean
set_unfit (GError **error)
{
  g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CONSTRAINT,
                       _("Stripe sent an object that has no id, or an amount that is no integer. "
                         "It was not taken in; nothing was lost."));
  return FALSE;
}

/**
 * billing_mirror_put:
 * @self: the mirror, within a transaction
 * @kind: what the object is
 * @text: it, checked as billing_stripe_client_send() and billing_stripe_client_get_page() check
 *   answers
 * @length: its bytes
 * @fetched: when it was asked for, in microseconds since 1970
 * @error: return location for a #BillingStoreError
 *
 * Keeps an object, unless there is an answer to a later question already.
 *
 * Returns: whether the mirror has this or a newer state of it
 */
gboolean
billing_mirror_put (BillingMirror            *self,
                    const BillingMirrorKind  *kind,
                    const char               *text,
                    gsize                     length,
                    gint64                    fetched,
                    GError                  **error)
{
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;

  if (!billing_mirror_row_fill (&self->row, kind, text, length))
    return set_unfit (error);

  statement = billing_connection_prepare (self->connection, get_insert (self, kind), error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement->stmt, 1, fetched);
  sqlite3_bind_text (statement->stmt, 2, self->row.json->str, (int) self->row.json->len,
                     SQLITE_STATIC);
  for (guint i = 0; kind->columns[i].name != NULL; i++)
    bind_cell (self, statement->stmt, (int) i + 3, kind, i);

  g_hash_table_add (self->touched, (gpointer) kind->table);
  return billing_statement_step (statement, &row, error);
}

/**
 * billing_mirror_put_single:
 * @self: the mirror, within a transaction
 * @name: account, balance, balance_settings or tax_settings
 * @text: the object
 * @length: its bytes
 * @fetched: when it was asked for, in microseconds since 1970
 * @error: return location for a #BillingStoreError
 *
 * Keeps what there is one of.
 *
 * Returns: whether the mirror has this or a newer state of it
 */
gboolean
billing_mirror_put_single (BillingMirror  *self,
                           const char     *name,
                           const char     *text,
                           gsize           length,
                           gint64          fetched,
                           GError        **error)
{
  g_autofree char *json = g_strndup (text, length);

  g_hash_table_add (self->touched, (gpointer) g_intern_string (name));
  return billing_connection_run (self->connection, error,
                                 "INSERT INTO singles (name, fetched, json) VALUES (?, ?, json (?)) ON CONFLICT (name)"
                                 " DO UPDATE SET fetched = excluded.fetched, json = excluded.json"
                                 " WHERE excluded.fetched >= fetched", "tit", name, fetched, json);
}

/**
 * billing_mirror_bury:
 * @self: the mirror, within a transaction
 * @kind: what the object was
 * @id: which
 * @fetched: when Stripe was asked, in microseconds since 1970
 * @error: return location for a #BillingStoreError
 *
 * Notes that Stripe has the object no longer. What it was stays, for what refers to it.
 *
 * Returns: whether it is noted
 */
gboolean
billing_mirror_bury (BillingMirror            *self,
                     const BillingMirrorKind  *kind,
                     const char               *id,
                     gint64                    fetched,
                     GError                  **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET deleted = 1, fetched = ? WHERE id = ? AND fetched <= ?",
                                          kind->table);

  g_hash_table_add (self->touched, (gpointer) kind->table);
  return billing_connection_run (self->connection, error, sql, "iti", fetched, id, fetched);
}

/**
 * billing_mirror_set_state:
 * @self: the mirror, within a transaction
 * @name: such as `events_cursor`
 * @value: (nullable): %NULL: forgets it
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it is kept
 */
gboolean
billing_mirror_set_state (BillingMirror  *self,
                          const char     *name,
                          const char     *value,
                          GError        **error)
{
  if (value == NULL)
    return billing_connection_run (self->connection, error, "DELETE FROM state WHERE name = ?", "t",
                                   name);

  return billing_connection_run (self->connection, error,
                                 "INSERT INTO state (name, value) VALUES (?, ?)"
                                 " ON CONFLICT (name) DO UPDATE SET value = excluded.value", "tt",
                                 name, value);
}

/**
 * billing_mirror_get_state:
 * @self: the mirror, within a transaction
 * @name: such as `events_cursor`
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what is kept under it, %NULL also where there is nothing
 */
char *
billing_mirror_get_state (BillingMirror  *self,
                          const char     *name,
                          GError        **error)
{
  return billing_connection_get_text (self->connection, error,
                                      "SELECT value FROM state WHERE name = ?", "t", name);
}
