/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-scan"

#include "config.h"

#include "billing-list-scan.h"

#include "billing-list.h"
#include "billing-table.h"

/* So many rows are read by one statement. Between two of them it may be stopped. */
#define CHUNK 4096

/* The same statement for all chunks but the last: its text is the key of the connection's cache. */
static char *
build_sql (const char         *source,
           const char * const *members)
{
  g_autofree char *columns = g_strjoinv (", ", (char **) members);

  return g_strdup_printf ("SELECT %s FROM (SELECT value AS row FROM json_each (?)) CROSS JOIN %s ON pk = row", columns,
                          source);
}

static void
append_pks (GString      *json,
            const gint64 *pks,
            gsize         n)
{
  g_string_assign (json, "[");
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (json, i > 0 ? ",%" G_GINT64_FORMAT : "%" G_GINT64_FORMAT, pks[i]);
  g_string_append_c (json, ']');
}

static gboolean
read_chunk (BillingConnection  *connection,
            const char         *sql,
            const char         *json,
            const BillingScan  *scan,
            GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, json);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      if (!scan->row (statement, scan->data, error))
        return FALSE;
    }

  return FALSE;
}

static void
tell (const BillingScan *scan,
      guint64            done,
      guint64            total)
{
  if (scan->progress != NULL)
    scan->progress (done, total, scan->data);
}

/**
 * billing_list_scan:
 * @connection: inside a transaction: all that is read is as of one moment
 * @query: what to list
 * @scan: what is read, and who takes it
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Reads a list of any length in its order: first which rows it has (eight bytes a row), then the rows, some thousands at a time.
 *
 * Returns: whether all of it was handed out
 */
gboolean
billing_list_scan (BillingConnection   *connection,
                   BillingQuery        *query,
                   const BillingScan   *scan,
                   GCancellable        *cancellable,
                   GError             **error)
{
  g_autoptr (BillingListing) listing = billing_list_listing (connection, query, error);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *sql = NULL;

  if (listing == NULL)
    return FALSE;

  sql = build_sql (billing_table_get_source (billing_table_get_type_of (query->list)), scan->members);
  for (gsize i = 0; i < listing->pks->len; i += CHUNK)
    {
      gsize n = MIN (CHUNK, listing->pks->len - i);

      tell (scan, i, listing->pks->len);
      append_pks (json, &g_array_index (listing->pks, gint64, i), n);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !read_chunk (connection, sql, json->str, scan, error))
        return FALSE;
    }

  tell (scan, listing->pks->len, listing->pks->len);
  return TRUE;
}
