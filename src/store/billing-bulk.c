/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-bulk"

#include "config.h"

#include "billing-bulk.h"

/*
 * Filling a new practice with very many rows: the indices by which lists are ordered are made once at the end, from sorted rows, instead of
 * being kept up row by row. No verb reads by them.
 */

#define LIST_INDICES \
  "type = 'index' AND sql IS NOT NULL AND tbl_name IN ('payments', 'treatments')" \
  " AND name NOT IN ('payments_by_treatment', 'payments_by_patient', 'treatments_by_patient')"

static GStrv
read_texts (BillingConnection  *connection,
            const char         *sql,
            GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_strv_builder_end (texts);
      g_strv_builder_add (texts, billing_statement_get_text (statement, 0));
    }

  return NULL;
}

static gboolean
execute_all (BillingConnection  *connection,
             GStrv               statements,
             GError            **error)
{
  for (guint i = 0; statements != NULL && statements[i] != NULL; i++)
    {
      if (!billing_connection_execute (connection, statements[i], error))
        return FALSE;
    }

  return statements != NULL;
}

/**
 * billing_bulk_begin:
 * @connection: inside a writing transaction, of a practice that nobody else has open
 * @error: return location for a #BillingStoreError
 *
 * Sets the lists' indices aside. Lists cannot be read until billing_bulk_end().
 *
 * Returns: whether they are set aside
 */
gboolean
billing_bulk_begin (BillingConnection  *connection,
                    GError            **error)
{
  g_auto (GStrv) drops = NULL;

  if (!billing_connection_execute (connection,
                                   "CREATE TABLE bulk_indices AS SELECT sql FROM sqlite_schema WHERE " LIST_INDICES,
                                   error))
    return FALSE;

  drops = read_texts (connection, "SELECT 'DROP INDEX ' || name FROM sqlite_schema WHERE " LIST_INDICES, error);
  return execute_all (connection, drops, error);
}

/**
 * billing_bulk_end:
 * @connection: inside a writing transaction, after billing_bulk_begin()
 * @error: return location for a #BillingStoreError
 *
 * Makes the indices again that were set aside.
 *
 * Returns: whether they are there
 */
gboolean
billing_bulk_end (BillingConnection  *connection,
                  GError            **error)
{
  g_auto (GStrv) creates = read_texts (connection, "SELECT sql FROM bulk_indices", error);

  return execute_all (connection, creates, error) &&
         billing_connection_execute (connection, "DROP TABLE bulk_indices", error);
}
