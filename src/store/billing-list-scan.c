/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-scan"

#include "config.h"

#include "billing-list-scan.h"

#include "billing-list.h"
#include "billing-table.h"

/* People see progress this often, in rows. */
#define STEP 4096

/* A row, and where it stands in its chunk. */
typedef struct {
  gint64 pk;
  guint place;
} Key;

typedef struct {
  BillingConnection *connection;
  const BillingScan *scan;
  char *sql;      /* (owned) */
  GArray *keys;   /* (owned) (element-type Key): of the chunk, as they lie on the disk */
  GString *json;  /* (owned): their keys */
  guint64 done;
  guint64 total;
} Scanning;

static void
scanning_clear (Scanning *self)
{
  g_free (self->sql);
  g_array_unref (self->keys);
  g_string_free (self->json, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scanning, scanning_clear)

static char *
build_sql (const char         *source,
           const char * const *members)
{
  g_autofree char *columns = g_strjoinv (", ", (char **) members);

  return g_strdup_printf ("SELECT %s%spk FROM (SELECT value AS row FROM json_each (?)) CROSS JOIN %s ON pk = row", columns,
                          members[0] != NULL ? ", " : "", source);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const Key *x = a;
  const Key *y = b;

  return (x->pk > y->pk) - (x->pk < y->pk);
}

static void
take_chunk (Scanning     *self,
            const gint64 *pks,
            guint         n)
{
  g_array_set_size (self->keys, 0);
  for (guint i = 0; i < n; i++)
    {
      Key key = { pks[i], i };

      g_array_append_val (self->keys, key);
    }

  g_array_sort (self->keys, compare_keys);
  g_string_assign (self->json, "[");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (self->json, i > 0 ? ",%" G_GINT64_FORMAT : "%" G_GINT64_FORMAT,
                            g_array_index (self->keys, Key, i).pk);
  g_string_append_c (self->json, ']');
}

static void
tell (Scanning *self)
{
  if (self->scan->progress != NULL)
    self->scan->progress (self->done, self->total, self->scan->data);
}

static gboolean
read_chunk (Scanning  *self,
            GError   **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection, self->sql, error);
  int pk_column;
  guint next = 0;
  gboolean row;

  if (statement == NULL)
    return FALSE;

  pk_column = billing_statement_n_columns (statement) - 1;
  billing_statement_bind_text (statement, 1, self->json->str);
  while (billing_statement_step (statement, &row, error))
    {
      gint64 pk;

      if (!row)
        return self->scan->chunk (self->keys->len, self->scan->data, error);

      pk = billing_statement_get_integer (statement, pk_column);
      while (g_array_index (self->keys, Key, next).pk != pk)
        next++;
      self->scan->row (statement, g_array_index (self->keys, Key, next++).place, self->scan->data);
      if (++self->done % STEP == 0)
        tell (self);
    }

  return FALSE;
}

/**
 * billing_list_scan:
 * @connection: inside a transaction: all that is read is as of one moment
 * @query: what to list
 * @scan: what is read, and who takes it
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Reads a list of any length in its order: first which rows it has (eight bytes a row), then the rows, chunk by chunk.
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
  g_auto (Scanning) scanning = { 0 };

  scanning.connection = connection;
  scanning.scan = scan;
  scanning.sql = build_sql (billing_table_get_source (billing_table_get_type_of (query->list)), scan->members);
  scanning.keys = g_array_new (FALSE, FALSE, sizeof (Key));
  scanning.json = g_string_new (NULL);
  if (listing == NULL)
    return FALSE;

  scanning.total = listing->pks->len;
  tell (&scanning);
  for (guint i = 0; i < listing->pks->len; i += BILLING_SCAN_CHUNK)
    {
      take_chunk (&scanning, &g_array_index (listing->pks, gint64, i), MIN (BILLING_SCAN_CHUNK, listing->pks->len - i));
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !read_chunk (&scanning, error))
        return FALSE;
    }

  tell (&scanning);
  return TRUE;
}
