/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-connection"

#include "config.h"

#include "billing-connection-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "billing-functions.h"

/* Another program that writes is waited for this long before a person hears of it. */
#define BUSY_TIMEOUT_MS 5000

static BillingStoreError
get_code (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return BILLING_STORE_ERROR_BUSY;
    case SQLITE_FULL:
      return BILLING_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return BILLING_STORE_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return BILLING_STORE_ERROR_CORRUPT;
    case SQLITE_CONSTRAINT:
      return BILLING_STORE_ERROR_CONSTRAINT;
    default:
      return BILLING_STORE_ERROR_FAILED;
    }
}

static const char *
get_sentence (BillingStoreError code)
{
  switch (code)
    {
    case BILLING_STORE_ERROR_BUSY:
      return _("Another program has been writing to this practice for a while. Nothing was changed; "
               "try again in a moment.");
    case BILLING_STORE_ERROR_FULL:
      return _("The disk is full. Nothing was changed and nothing was lost; make room and try again.");
    case BILLING_STORE_ERROR_READ_ONLY:
      return _("The practice's folder cannot be written. Nothing was changed; check that the folder is yours "
               "and that its disk is not write-protected.");
    case BILLING_STORE_ERROR_CORRUPT:
      return _("The books of this practice are damaged on the disk. Nothing was changed; bring back the newest "
               "backup, which is in the practice's folder under “backups”.");
    case BILLING_STORE_ERROR_CONSTRAINT:
      return _("A rule of the books forbids this. Nothing was changed.");
    case BILLING_STORE_ERROR_CLOSED:
      return _("The day is closed: what people post is of a later day, or a manager reopens it. Nothing was changed.");
    case BILLING_STORE_ERROR_FAILED:
    case BILLING_STORE_ERROR_NOT_FOUND:
    case BILLING_STORE_ERROR_EXISTS:
    case BILLING_STORE_ERROR_NEWER:
    case BILLING_STORE_ERROR_QUERY:
    case BILLING_STORE_ERROR_BREACH:
    default:
      return _("The books could not be read or written. Nothing was changed.");
    }
}

/**
 * billing_connection_fail:
 * @self: a connection
 * @code: what SQLite answered
 * @error: return location for an error
 *
 * Translates an answer of SQLite into an error of this room. The message is for people and never says what SQLite said, which may hold
 * values; the log has the statement without its values.
 *
 * Returns: %FALSE
 */
gboolean
billing_connection_fail (BillingConnection  *self,
                         int                 code,
                         GError            **error)
{
  BillingStoreError ours = get_code (code);

  /* The one rule that people meet by themselves, of all that the triggers keep (014-closing.sql). */
  if (ours == BILLING_STORE_ERROR_CONSTRAINT && g_strcmp0 (sqlite3_errmsg (self->db), "the day is closed") == 0)
    ours = BILLING_STORE_ERROR_CLOSED;

  if ((code & 0xff) == SQLITE_INTERRUPT || (code & 0xff) == SQLITE_ABORT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, C_("reading or writing", "Cancelled"));
      return FALSE;
    }

  g_debug ("SQLite answered %d (%s)", code, sqlite3_errstr (code));
  g_set_error_literal (error, BILLING_STORE_ERROR, ours, get_sentence (ours));
  return FALSE;
}

static void
update_cb (gpointer      data,
           int           operation,
           const char   *database,
           const char   *table,
           sqlite3_int64 row)
{
  BillingConnection *self = data;

  if (self->updated != NULL)
    self->updated (self->updated_data, table, row);
}

/* A database that comes from a backup is not in WAL mode yet. SQLite changes the mode only where nobody else reads, and says so at once,
 * whatever the busy timeout is: of several programs that open it together, all but one have to ask again. */
static gboolean
use_wal (BillingConnection  *self,
         GError            **error)
{
  gint64 end = g_get_monotonic_time () + BUSY_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;

  while (TRUE)
    {
      g_autoptr (GError) problem = NULL;

      if (billing_connection_execute (self, "PRAGMA journal_mode = WAL", &problem))
        return TRUE;
      if (!g_error_matches (problem, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BUSY) || g_get_monotonic_time () > end)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      g_usleep (10 * G_TIME_SPAN_MILLISECOND);
    }
}

static gboolean
set_up (BillingConnection  *self,
        gboolean            writable,
        GError            **error)
{
  /* Mapped pages would be quicker by a tenth, but all that a long list reads would count as memory of this program, and a file that is cut
   * short by somebody else would be a bus error. */
  const char *pragmas =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA recursive_triggers = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA mmap_size = 0;";
  const char *cache = writable ? "PRAGMA cache_size = -16384" : "PRAGMA cache_size = -4096";

  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);

  if (!billing_functions_register (self, error) ||
      !billing_connection_execute (self, pragmas, error) ||
      !billing_connection_execute (self, cache, error))
    return FALSE;

  if (!writable)
    return billing_connection_execute (self, "PRAGMA query_only = ON", error);

  sqlite3_update_hook (self->db, update_cb, self);
  return use_wal (self, error) && billing_connection_execute (self, "PRAGMA synchronous = FULL", error);
}

/**
 * billing_connection_open:
 * @path: the database file, which exists
 * @writable: whether this is the writer's connection
 * @error: return location for a #BillingStoreError
 *
 * Opens a connection with the settings that the books rely on.
 *
 * Returns: (transfer full) (nullable): the connection
 */
BillingConnection *
billing_connection_open (const char  *path,
                         gboolean     writable,
                         GError     **error)
{
  g_autoptr (BillingConnection) self = g_new0 (BillingConnection, 1);
  /* A reader of a WAL database writes its index too, hence no SQLITE_OPEN_READONLY; query_only stops the rest. */
  int code = sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);

  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (code != SQLITE_OK)
    {
      billing_connection_fail (self, code, error);
      return NULL;
    }

  if (!set_up (self, writable, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
finalize_statements (BillingConnection *self)
{
  GHashTableIter iter;
  gpointer statement;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &statement))
    {
      sqlite3_finalize (((BillingStatement *) statement)->stmt);
      g_free (statement);
    }
  g_hash_table_unref (self->statements);
}

/**
 * billing_connection_close:
 * @self: (transfer full): a connection; its statements are released
 *
 * Closes the connection. What was not committed is rolled back.
 */
void
billing_connection_close (BillingConnection *self)
{
  if (self->statements != NULL)
    finalize_statements (self);
  sqlite3_close (self->db);
  g_free (self);
}

/**
 * billing_connection_execute:
 * @self: a connection
 * @sql: statements without parameters
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether all of them ran
 */
gboolean
billing_connection_execute (BillingConnection  *self,
                            const char         *sql,
                            GError            **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    {
      g_debug ("Could not run: %s", sql);
      return billing_connection_fail (self, code, error);
    }

  return TRUE;
}

static gboolean
run_transaction_word (BillingConnection  *self,
                      const char         *sql,
                      GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self, sql, error);
  gboolean row;

  return statement != NULL && billing_statement_step (statement, &row, error);
}

/**
 * billing_connection_begin:
 * @self: a connection without a transaction
 * @write: whether it will write
 * @error: return location for a #BillingStoreError
 *
 * Begins a transaction. One that will write takes the write lock at once: a read lock that grows into a write lock can be refused when
 * somebody else wrote in between, and then no waiting helps.
 *
 * Returns: whether it began
 */
gboolean
billing_connection_begin (BillingConnection  *self,
                          gboolean            write,
                          GError            **error)
{
  return run_transaction_word (self, write ? "BEGIN IMMEDIATE" : "BEGIN", error);
}

/**
 * billing_connection_commit:
 * @self: a connection with a transaction
 * @error: return location for a #BillingStoreError
 *
 * Commits. A commit can fail, and then everything is rolled back.
 *
 * Returns: whether what was written is on the disk
 */
gboolean
billing_connection_commit (BillingConnection  *self,
                           GError            **error)
{
  /* After FULL, IOERR or NOMEM SQLite may have rolled back by itself; COMMIT would then commit nothing. */
  if (!billing_connection_is_in_transaction (self))
    return billing_connection_fail (self, SQLITE_ERROR, error);

  if (run_transaction_word (self, "COMMIT", error))
    return TRUE;

  billing_connection_rollback (self);
  return FALSE;
}

/**
 * billing_connection_rollback:
 * @self: a connection
 *
 * Takes back what the transaction wrote, if there still is one.
 */
void
billing_connection_rollback (BillingConnection *self)
{
  if (billing_connection_is_in_transaction (self))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * billing_connection_is_in_transaction:
 * @self: a connection
 *
 * Returns: whether a transaction is open
 */
gboolean
billing_connection_is_in_transaction (BillingConnection *self)
{
  return !sqlite3_get_autocommit (self->db);
}

/**
 * billing_connection_interrupt:
 * @self: a reader's connection
 *
 * Stops its statements, from any thread. Never to be used on the writer's.
 */
void
billing_connection_interrupt (BillingConnection *self)
{
  sqlite3_interrupt (self->db);
}

static int
progress_cb (gpointer data)
{
  BillingConnection *self = data;

  return g_get_monotonic_time () >= self->deadline;
}

/**
 * billing_connection_set_deadline:
 * @self: a reader's connection
 * @deadline: monotonic time, 0: none
 *
 * Stops its statements once it is so late, as if they were cancelled.
 */
void
billing_connection_set_deadline (BillingConnection *self,
                                 gint64             deadline)
{
  self->deadline = deadline;
  sqlite3_progress_handler (self->db, 500, deadline > 0 ? progress_cb : NULL, self);
}

gint64
billing_connection_get_last_pk (BillingConnection *self)
{
  return sqlite3_last_insert_rowid (self->db);
}

/**
 * billing_connection_get_n_changed:
 * @self: a connection
 *
 * Returns: how many rows the last statement changed
 */
gint64
billing_connection_get_n_changed (BillingConnection *self)
{
  return sqlite3_changes64 (self->db);
}

/**
 * billing_connection_backup:
 * @self: a connection without a transaction
 * @path: a file that does not exist yet
 * @error: return location for a #BillingStoreError
 *
 * Writes a whole, consistent copy, while others read and write.
 *
 * Returns: whether the copy is complete
 */
gboolean
billing_connection_backup (BillingConnection  *self,
                           const char         *path,
                           GError            **error)
{
  /* SQLite would make the file readable for everybody; into one that is there and empty it writes too. */
  int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

  if (fd < 0)
    return billing_connection_fail (self, errno == ENOSPC ? SQLITE_FULL : SQLITE_CANTOPEN, error);
  close (fd);

  if (billing_connection_run (self, error, "VACUUM INTO ?", "t", path))
    return TRUE;

  g_unlink (path);
  return FALSE;
}
