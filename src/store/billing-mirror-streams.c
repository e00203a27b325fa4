/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mirror-streams"

#include "config.h"

#include "billing-mirror-streams.h"

/*
 * How far the listing of each stream is. A page and the place behind it are one transaction, so
 * that whoever comes after a kill goes on where the last whole page ended. Ranges by creation are
 * listed side by side; who has nothing to do takes the older half of one.
 */

void
billing_mirror_range_free (BillingMirrorRange *self)
{
  g_free (self->cursor);
  g_free (self);
}

static gboolean
start (BillingMirror            *mirror,
       const BillingMirrorKind  *kind,
       GError                  **error)
{
  BillingConnection *connection = billing_mirror_get_connection (mirror);

  return billing_connection_run (connection, error, "INSERT INTO streams (name) VALUES (?) ON CONFLICT (name) DO NOTHING",
                                 "t", kind->table) &&
         billing_connection_run (connection, error,
                                 "INSERT INTO ranges (stream, low, high, reached)"
                                 " SELECT ?1, 0, ?2, ?2"
                                 " WHERE NOT EXISTS (SELECT 1 FROM ranges WHERE stream = ?1)"
                                 " AND (SELECT state FROM streams WHERE name = ?1) = ''",
                                 "ti", kind->table, G_MAXINT64);
}

gboolean
billing_mirror_streams_start (BillingMirror  *mirror,
                              gboolean        again,
                              GError        **error)
{
  BillingConnection *connection = billing_mirror_get_connection (mirror);
  const BillingMirrorKind *kind;

  if (again && (!billing_connection_run (connection, error, "DELETE FROM ranges", "") ||
                !billing_connection_run (connection, error,
                                         "UPDATE streams SET state = '', problem = NULL, objects = 0, sweep = sweep + 1", "")))
    return FALSE;

  for (guint i = 0; (kind = billing_mirror_kind_nth (i)) != NULL; i++)
    {
      if (!g_str_equal (kind->table, "events") && !start (mirror, kind, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
billing_mirror_streams_retry (BillingMirror  *mirror,
                              GError        **error)
{
  return billing_connection_run (billing_mirror_get_connection (mirror), error,
                                 "UPDATE streams SET state = '' WHERE state IN ('denied', 'missing')", "");
}

gboolean
billing_mirror_streams_count_ranges (BillingMirror  *mirror,
                                     gint64         *n_ranges,
                                     GError        **error)
{
  return billing_connection_get_integer (billing_mirror_get_connection (mirror), n_ranges, error,
                                         "SELECT count (*) FROM ranges", "");
}

char *
billing_mirror_stream_get_state (BillingMirror  *mirror,
                                 const char     *name,
                                 char          **problem,
                                 GError        **error)
{
  BillingConnection *connection = billing_mirror_get_connection (mirror);
  g_autoptr (BillingStatement) statement =
    billing_connection_prepare (connection, "SELECT state, problem FROM streams WHERE name = ?",
                                error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, name);
  if (!billing_statement_step (statement, &row, error))
    return NULL;

  if (problem != NULL)
    *problem = row ? g_strdup (billing_statement_get_text (statement, 1)) : NULL;
  return g_strdup (row ? billing_statement_get_text (statement, 0) : "");
}

gboolean
billing_mirror_stream_set_state (BillingMirror  *mirror,
                                 const char     *name,
                                 const char     *state,
                                 const char     *problem,
                                 GError        **error)
{
  BillingConnection *connection = billing_mirror_get_connection (mirror);

  if ((g_strcmp0 (state, "denied") == 0 || g_strcmp0 (state, "missing") == 0) &&
      !billing_connection_run (connection, error, "DELETE FROM ranges WHERE stream = ?", "t", name))
    return FALSE;

  return billing_connection_run (connection, error,
                                 "INSERT INTO streams (name, state, problem) VALUES (?1, ifnull (?2, ''), ?3)"
                                 " ON CONFLICT (name) DO UPDATE SET state = ifnull (?2, state), problem = ?3",
                                 "ttt", name, state, problem);
}

static BillingMirrorRange *
read_range (BillingStatement *statement)
{
  BillingMirrorRange *range = g_new0 (BillingMirrorRange, 1);

  range->pk = billing_statement_get_integer (statement, 0);
  range->kind = billing_mirror_kind_find (billing_statement_get_text (statement, 1));
  range->low = billing_statement_get_integer (statement, 2);
  range->high = billing_statement_get_integer (statement, 3);
  range->cursor = g_strdup (billing_statement_get_text (statement, 4));
  range->reached = billing_statement_get_integer (statement, 5);
  return range;
}

GPtrArray *
billing_mirror_ranges_list (BillingMirror  *mirror,
                            GError        **error)
{
  g_autoptr (BillingStatement) statement =
    billing_connection_prepare (billing_mirror_get_connection (mirror),
                                "SELECT pk, stream, low, high, cursor, reached FROM ranges ORDER BY pk", error);
  g_autoptr (GPtrArray) ranges = g_ptr_array_new_with_free_func ((GDestroyNotify) billing_mirror_range_free);
  gboolean row = TRUE;

  while (statement != NULL && row)
    {
      if (!billing_statement_step (statement, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (ranges, read_range (statement));
    }

  return statement != NULL ? g_steal_pointer (&ranges) : NULL;
}

static gboolean
finish (BillingMirror       *mirror,
        BillingMirrorRange  *range,
        GError             **error)
{
  BillingConnection *connection = billing_mirror_get_connection (mirror);

  return billing_connection_run (connection, error, "DELETE FROM ranges WHERE pk = ?", "i",
                                 range->pk) &&
         billing_connection_run (connection, error,
                                 "UPDATE streams SET state = 'done', problem = NULL WHERE name = ?1"
                                 " AND NOT EXISTS (SELECT 1 FROM ranges WHERE stream = ?1)", "t",
                                 range->kind->table);
}

static gboolean
move (BillingMirror       *mirror,
      BillingMirrorRange  *range,
      GError             **error)
{
  return billing_connection_run (billing_mirror_get_connection (mirror), error,
                                 "UPDATE ranges SET high = ?, cursor = ?, reached = ? WHERE pk = ?",
                                 "itii", range->high, range->cursor, range->reached, range->pk);
}

/**
 * billing_mirror_range_advance:
 * @mirror: the mirror, within the transaction that has the page's objects
 * @range: where the page was asked for; it becomes where the next one is
 * @cursor: (nullable): the id of the page's last object
 * @reached: when that was made
 * @n_objects: how many the page has
 * @has_more: whether Stripe says that more follows
 * @is_done: (out): whether nothing of the range is left
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it is noted
 */
gboolean
billing_mirror_range_advance (BillingMirror       *mirror,
                              BillingMirrorRange  *range,
                              const char          *cursor,
                              gint64               reached,
                              guint                n_objects,
                              gboolean             has_more,
                              gboolean            *is_done,
                              GError             **error)
{
  BillingConnection *connection = billing_mirror_get_connection (mirror);

  /* Another one may have taken the older half since this page was asked for. */
  if (!billing_connection_get_integer (connection, &range->low, error,
                                       "SELECT low FROM ranges WHERE pk = ?", "i", range->pk) ||
      !billing_connection_run (connection, error, "UPDATE streams SET objects = objects + ? WHERE name = ?", "it",
                               (gint64) n_objects, range->kind->table))
    return FALSE;

  *is_done = !has_more || (range->kind->by_created && reached < range->low);
  if (*is_done)
    return finish (mirror, range, error);

  g_free (range->cursor);
  range->cursor = g_strdup (cursor);
  range->reached = reached;
  return move (mirror, range, error);
}

/**
 * billing_mirror_range_rewind:
 * @mirror: the mirror
 * @range: one whose cursor Stripe has no longer
 * @error: return location for a #BillingStoreError
 *
 * Begins it again where it was, by time where that is possible.
 *
 * Returns: whether it is noted
 */
gboolean
billing_mirror_range_rewind (BillingMirror       *mirror,
                             BillingMirrorRange  *range,
                             GError             **error)
{
  g_clear_pointer (&range->cursor, g_free);
  if (range->kind->by_created && range->reached < range->high)
    range->high = range->reached + 1;
  range->reached = range->high;
  return move (mirror, range, error);
}

/* Returns: NULL without @error: it is done */
static BillingMirrorRange *
find_range (BillingMirror  *mirror,
            gint64          pk,
            GError        **error)
{
  g_autoptr (BillingStatement) statement =
    billing_connection_prepare (billing_mirror_get_connection (mirror),
                                "SELECT pk, stream, low, high, cursor, reached FROM ranges WHERE pk = ?", error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  billing_statement_bind_integer (statement, 1, pk);
  return billing_statement_step (statement, &row, error) && row ? read_range (statement) : NULL;
}

gboolean
billing_mirror_range_split (BillingMirror       *mirror,
                            gint64               pk,
                            gint64               middle,
                            BillingMirrorRange **older,
                            GError             **error)
{
  BillingConnection *connection = billing_mirror_get_connection (mirror);
  g_autoptr (GError) own_error = NULL;
  g_autoptr (BillingMirrorRange) range = find_range (mirror, pk, &own_error);

  *older = NULL;
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (range == NULL || range->reached <= middle || range->low >= middle)
    return TRUE;

  if (!billing_connection_run (connection, error, "UPDATE ranges SET low = ?2 WHERE pk = ?1", "ii",
                               pk, middle) ||
      !billing_connection_run (connection, error, "INSERT INTO ranges (stream, low, high, reached) VALUES (?, ?, ?, ?)",
                               "tiii", range->kind->table, range->low, middle, middle))
    return FALSE;

  range->pk = billing_connection_get_last_pk (connection);
  range->high = range->reached = middle;
  g_clear_pointer (&range->cursor, g_free);
  *older = g_steal_pointer (&range);
  return TRUE;
}
