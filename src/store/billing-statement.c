/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-statement"

#include "config.h"

#include "billing-connection-private.h"

static BillingStatement *
prepare (BillingConnection  *self,
         const char         *sql,
         GError            **error)
{
  g_autofree BillingStatement *statement = g_new0 (BillingStatement, 1);
  int code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->stmt, NULL);

  if (code != SQLITE_OK)
    {
      g_debug ("Could not prepare: %s: %s", sql, sqlite3_errmsg (self->db));
      billing_connection_fail (self, code, error);
      return NULL;
    }

  statement->connection = self;
  return g_steal_pointer (&statement);
}

/**
 * billing_connection_prepare:
 * @self: a connection
 * @sql: one statement
 * @error: return location for a #BillingStoreError
 *
 * Gets the statement from the connection's cache, preparing it the first time. One that is in use already
 * (a loop within a loop) is prepared again.
 *
 * Returns: (transfer full) (nullable): the statement, to be released
 */
BillingStatement *
billing_connection_prepare (BillingConnection  *self,
                            const char         *sql,
                            GError            **error)
{
  BillingStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL && !statement->in_use)
    {
      statement->in_use = TRUE;
      return statement;
    }

  gboolean is_first = statement == NULL;

  statement = prepare (self, sql, error);
  if (statement == NULL)
    return NULL;

  statement->in_use = TRUE;
  statement->cached = is_first;
  if (is_first)
    {
      char *key = g_strdup (sql);

      statement->sql = key;
      g_hash_table_insert (self->statements, key, statement);
    }

  return statement;
}

/**
 * billing_statement_release:
 * @self: (transfer full): a statement
 *
 * Gives it back, without its values.
 */
void
billing_statement_release (BillingStatement *self)
{
  if (self->cached)
    {
      sqlite3_reset (self->stmt);
      sqlite3_clear_bindings (self->stmt);
      self->in_use = FALSE;
      return;
    }

  sqlite3_finalize (self->stmt);
  g_free (self);
}

void
billing_statement_bind_text (BillingStatement *self,
                             int               index,
                             const char       *text)
{
  if (text == NULL)
    sqlite3_bind_null (self->stmt, index);
  else
    sqlite3_bind_text (self->stmt, index, text, -1, SQLITE_TRANSIENT);
}

void
billing_statement_bind_integer (BillingStatement *self,
                                int               index,
                                gint64            value)
{
  sqlite3_bind_int64 (self->stmt, index, value);
}

void
billing_statement_bind_blob (BillingStatement *self,
                             int               index,
                             gconstpointer     data,
                             gsize             size)
{
  sqlite3_bind_blob64 (self->stmt, index, data, size, SQLITE_TRANSIENT);
}

/**
 * billing_statement_step:
 * @self: a statement with its values bound
 * @row: (out): whether there is a row to read; %FALSE at the end
 * @error: return location for a #BillingStoreError
 *
 * Returns: %FALSE when it failed
 */
gboolean
billing_statement_step (BillingStatement  *self,
                        gboolean          *row,
                        GError           **error)
{
  int code = sqlite3_step (self->stmt);

  *row = code == SQLITE_ROW;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;

  g_debug ("Could not step: %s: %s", sqlite3_sql (self->stmt), sqlite3_errstr (code));
  return billing_connection_fail (self->connection, code, error);
}

int
billing_statement_n_columns (BillingStatement *self)
{
  return sqlite3_column_count (self->stmt);
}

const char *
billing_statement_get_name (BillingStatement *self,
                            int               column)
{
  return sqlite3_column_name (self->stmt, column);
}

/**
 * billing_statement_get_text:
 * @self: a statement that has a row
 * @column: from 0
 *
 * Returns: (nullable): the text, valid until the next step
 */
const char *
billing_statement_get_text (BillingStatement *self,
                            int               column)
{
  return (const char *) sqlite3_column_text (self->stmt, column);
}

gint64
billing_statement_get_integer (BillingStatement *self,
                               int               column)
{
  return sqlite3_column_int64 (self->stmt, column);
}

gconstpointer
billing_statement_get_blob (BillingStatement *self,
                            int               column,
                            gsize            *size)
{
  gconstpointer blob = sqlite3_column_blob (self->stmt, column);

  *size = (gsize) sqlite3_column_bytes (self->stmt, column);
  return blob;
}

/**
 * billing_statement_get_type:
 * @self: a statement that has a row
 * @column: from 0
 *
 * Returns: SQLite's type of the value
 */
int
billing_statement_get_type (BillingStatement *self,
                            int               column)
{
  return sqlite3_column_type (self->stmt, column);
}

static void
bind_all (BillingStatement *statement,
          const char       *types,
          va_list           arguments)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      if (types[i] == 't')
        billing_statement_bind_text (statement, i + 1, va_arg (arguments, const char *));
      else
        billing_statement_bind_integer (statement, i + 1, va_arg (arguments, gint64));
    }
}

static BillingStatement *
prepare_bound (BillingConnection  *self,
               const char         *sql,
               const char         *types,
               va_list             arguments,
               GError            **error)
{
  BillingStatement *statement = billing_connection_prepare (self, sql, error);

  if (statement != NULL)
    bind_all (statement, types, arguments);

  return statement;
}

/**
 * billing_connection_run:
 * @self: a connection
 * @error: return location for a #BillingStoreError
 * @sql: one statement
 * @types: a letter for each value that follows: `t` for a string, `i` for a #gint64
 * @...: the values
 *
 * Runs a statement whose rows, if any, nobody wants.
 *
 * Returns: whether it ran
 */
gboolean
billing_connection_run (BillingConnection  *self,
                        GError            **error,
                        const char         *sql,
                        const char         *types,
                        ...)
{
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row = TRUE;
  va_list arguments;

  va_start (arguments, types);
  statement = prepare_bound (self, sql, types, arguments, error);
  va_end (arguments);

  while (statement != NULL && row)
    {
      if (!billing_statement_step (statement, &row, error))
        return FALSE;
    }

  return statement != NULL;
}

/**
 * billing_connection_get_integer:
 * @self: a connection
 * @value: (out): the first column of the first row; 0 where there is none
 * @error: return location for a #BillingStoreError
 * @sql: one statement
 * @types: as for billing_connection_run()
 * @...: the values
 *
 * Returns: whether it ran
 */
gboolean
billing_connection_get_integer (BillingConnection  *self,
                                gint64             *value,
                                GError            **error,
                                const char         *sql,
                                const char         *types,
                                ...)
{
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;
  va_list arguments;

  va_start (arguments, types);
  statement = prepare_bound (self, sql, types, arguments, error);
  va_end (arguments);

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return FALSE;

  *value = row ? billing_statement_get_integer (statement, 0) : 0;
  return TRUE;
}

/**
 * billing_connection_get_text:
 * @self: a connection
 * @error: return location for a #BillingStoreError
 * @sql: one statement
 * @types: as for billing_connection_run()
 * @...: the values
 *
 * Returns: (transfer full) (nullable): the first column of the first row; %NULL without @error where there is none
 */
char *
billing_connection_get_text (BillingConnection  *self,
                             GError            **error,
                             const char         *sql,
                             const char         *types,
                             ...)
{
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;
  va_list arguments;

  va_start (arguments, types);
  statement = prepare_bound (self, sql, types, arguments, error);
  va_end (arguments);

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return NULL;

  return row ? g_strdup (billing_statement_get_text (statement, 0)) : NULL;
}
