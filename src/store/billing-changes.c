/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-changes"

#include "config.h"

#include "billing-changes.h"

#include "billing-connection-private.h"
#include "billing-table.h"

/* More rows of a kind than this in one transaction are told as “many”. */
#define MAX_ROWS 200

/* So many changes are kept for programs that look later; one that comes later still looks at everything. */
#define MAX_CHANGES 5000

struct _BillingChanges {
  BillingConnection *writer; /* (not owned) */
  GHashTable *kinds;         /* (owned) (element-type utf8 GArray): rows by table; %NULL: not shown */
};

/* Nobody looks at single postings: they go with their payment. */
static gboolean
is_shown (const char *table)
{
  return !g_str_equal (table, "postings") && billing_table_get_type_of (table) != G_TYPE_INVALID;
}

static void
free_rows (gpointer rows)
{
  if (rows != NULL)
    g_array_unref (rows);
}

static void
updated_cb (gpointer    data,
            const char *table,
            gint64      pk)
{
  BillingChanges *self = data;
  gpointer rows_of;
  GArray *rows;

  if (!g_hash_table_lookup_extended (self->kinds, table, NULL, &rows_of))
    {
      rows_of = is_shown (table) ? g_array_new (FALSE, FALSE, sizeof (gint64)) : NULL;
      g_hash_table_insert (self->kinds, (gpointer) g_intern_string (table), rows_of);
    }

  rows = rows_of;
  if (rows == NULL)
    return;

  /* Triggers and verbs touch the same row several times in a row. */
  if (rows->len > 0 && g_array_index (rows, gint64, rows->len - 1) == pk)
    return;
  if (rows->len <= MAX_ROWS)
    g_array_append_val (rows, pk);
}

/**
 * billing_changes_new:
 * @writer: the writer's connection, which outlives this
 *
 * Begins to note what @writer changes.
 *
 * Returns: (transfer full): the changes
 */
BillingChanges *
billing_changes_new (BillingConnection *writer)
{
  BillingChanges *self = g_new0 (BillingChanges, 1);

  self->writer = writer;
  self->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_rows);
  writer->updated = updated_cb;
  writer->updated_data = self;
  return self;
}

void
billing_changes_free (BillingChanges *self)
{
  self->writer->updated = NULL;
  g_hash_table_unref (self->kinds);
  g_free (self);
}

/**
 * billing_changes_clear:
 * @self: the changes
 *
 * Forgets what a transaction changed; to be called when one begins.
 */
void
billing_changes_clear (BillingChanges *self)
{
  GHashTableIter iter;
  gpointer rows;

  g_hash_table_iter_init (&iter, self->kinds);
  while (g_hash_table_iter_next (&iter, NULL, &rows))
    {
      if (rows != NULL)
        g_array_set_size (rows, 0);
    }
}

static gboolean
write_kind (BillingChanges  *self,
            const char      *kind,
            GArray          *rows,
            GError         **error)
{
  const char *sql = "INSERT INTO changes (kind, row) VALUES (?, ?)";

  if (rows->len > MAX_ROWS)
    return billing_connection_run (self->writer, error, sql, "ti", kind, (gint64) 0);

  for (guint i = 0; i < rows->len; i++)
    {
      if (!billing_connection_run (self->writer, error, sql, "ti", kind, g_array_index (rows, gint64, i)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_kinds (BillingChanges  *self,
             GError         **error)
{
  GHashTableIter iter;
  gpointer kind;
  gpointer rows;

  g_hash_table_iter_init (&iter, self->kinds);
  while (g_hash_table_iter_next (&iter, &kind, &rows))
    {
      if (rows != NULL && !write_kind (self, kind, rows, error))
        return FALSE;
    }

  return billing_connection_run (self->writer, error,
                                 "DELETE FROM changes WHERE pk <= (SELECT max (pk) FROM changes) - ?", "i",
                                 (gint64) MAX_CHANGES);
}

/**
 * billing_changes_write:
 * @self: the changes
 * @error: return location for a #BillingStoreError
 *
 * Writes what changed, in the transaction that changed it, for all programs that have the practice open.
 *
 * Returns: whether it was written
 */
gboolean
billing_changes_write (BillingChanges  *self,
                       GError         **error)
{
  gboolean success;

  /* What is written here is no change that anybody looks at. */
  self->writer->updated = NULL;
  success = write_kinds (self, error);
  self->writer->updated = updated_cb;
  return success;
}

static void
tell (const char          *kind,
      GArray              *rows,
      gboolean             is_many,
      BillingChangedFunc   func,
      gpointer             data)
{
  if (is_many)
    func (kind, NULL, data);
  else if (rows->len > 0)
    func (kind, rows, data);
}

static gboolean
look_at_kind (BillingConnection   *reader,
              const char          *kind,
              gint64               seen,
              gboolean             has_gap,
              BillingChangedFunc   func,
              gpointer             data,
              GError             **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (BillingStatement) statement = billing_connection_prepare (reader,
    "SELECT DISTINCT row FROM changes WHERE pk > ? AND kind = ?", error);
  gboolean is_many = has_gap;
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_integer (statement, 1, seen);
  billing_statement_bind_text (statement, 2, kind);
  while (billing_statement_step (statement, &row, error))
    {
      gint64 pk;

      if (!row)
        {
          tell (kind, rows, is_many, func, data);
          return TRUE;
        }
      pk = billing_statement_get_integer (statement, 0);
      is_many = is_many || pk == 0;
      g_array_append_val (rows, pk);
    }

  return FALSE;
}

/* Where changes were forgotten before anybody looked, they may have been of any kind. */
static GStrv
list_kinds (BillingConnection  *reader,
            gint64              seen,
            gboolean            has_gap,
            GError            **error)
{
  g_autofree char *kinds = has_gap
    ? billing_connection_get_text (reader, error, "SELECT group_concat (name) FROM sqlite_schema WHERE type = 'table'", "")
    : billing_connection_get_text (reader, error,
                                   "SELECT ifnull (group_concat (DISTINCT kind), '') FROM changes WHERE pk > ?", "i",
                                   seen);

  return kinds != NULL ? g_strsplit (kinds, ",", -1) : NULL;
}

/**
 * billing_changes_look:
 * @reader: a connection without a transaction
 * @seen: (inout): up to where this was looked at; -1: from now on
 * @func: (scope call): told of each kind that changed since
 * @data: for @func
 * @error: return location for a #BillingStoreError
 *
 * Looks at what any program changed since the last look.
 *
 * Returns: whether it could be read
 */
gboolean
billing_changes_look (BillingConnection   *reader,
                      gint64              *seen,
                      BillingChangedFunc   func,
                      gpointer             data,
                      GError             **error)
{
  gint64 first;
  gint64 last;
  gint64 since = *seen;
  g_auto (GStrv) kinds = NULL;

  if (!billing_connection_get_integer (reader, &first, error, "SELECT min (pk) FROM changes", "") ||
      !billing_connection_get_integer (reader, &last, error, "SELECT max (pk) FROM changes", ""))
    return FALSE;

  *seen = MAX (last, 0);
  if (since < 0 || last <= since)
    return TRUE;

  kinds = list_kinds (reader, since, first > since + 1, error);
  for (guint i = 0; kinds != NULL && kinds[i] != NULL; i++)
    {
      if (is_shown (kinds[i]) && !look_at_kind (reader, kinds[i], since, first > since + 1, func, data, error))
        return FALSE;
    }

  return kinds != NULL;
}
