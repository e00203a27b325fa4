/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-selection"

#include "config.h"

#include "billing-selection.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-list.h"
#include "billing-table.h"
#include "billing-text.h"

static void
append_quoted (GString    *json,
               const char *word)
{
  g_string_append_c (json, '"');
  for (const char *p = word; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (json, '\\');
      if ((guchar) *p >= ' ')
        g_string_append_c (json, *p);
    }
  g_string_append_c (json, '"');
}

/* Names separated by blanks, as a JSON array. */
static char *
build_names (const char *text)
{
  g_autoptr (GString) json = g_string_new ("[");
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n\r,", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      append_quoted (json, words[i]);
    }
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* A name is an id, or a number in whatever case. Ids are in small letters and numbers in capitals, so that none is both. */
#define NAMED "SELECT k.pk FROM json_each (?1) AS n CROSS JOIN %s AS k ON k.id = n.value" \
  " UNION ALL SELECT k.pk FROM json_each (?1) AS n CROSS JOIN %s AS k ON k.number = upper (n.value)"

static gboolean
run_named (BillingConnection  *connection,
           const char         *before,
           const char         *kind,
           const char         *after,
           const char         *names,
           GError            **error)
{
  g_autofree char *named = g_strdup_printf (NAMED, kind, kind);
  g_autofree char *sql = g_strconcat (before, named, after, NULL);

  return billing_connection_run (connection, error, sql, "t", names);
}

static gboolean
check_names (BillingConnection  *connection,
             const char         *kind,
             const char         *names,
             GError            **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT value FROM json_each (?1) AS n"
                                          " WHERE NOT EXISTS (SELECT 1 FROM %s AS k WHERE k.id = n.value)"
                                          " AND NOT EXISTS (SELECT 1 FROM %s AS k WHERE k.number = upper (n.value))"
                                          " LIMIT 1", kind, kind);
  g_autoptr (GError) own_error = NULL;
  g_autofree char *unknown = billing_connection_get_text (connection, &own_error, sql, "t", names);

  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (unknown == NULL)
    return TRUE;

  g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND, _("There is no “%s” in this practice."), unknown);
  return FALSE;
}

static gboolean
fill_by_name (BillingConnection  *connection,
              const char         *kind,
              const char         *text,
              GError            **error)
{
  g_autofree char *names = build_names (text);

  return check_names (connection, kind, names, error) &&
         run_named (connection, "INSERT OR IGNORE INTO temp.selection (pk) ", kind, "", names, error);
}

static gboolean
fill_by_query (BillingConnection  *connection,
               const char         *kind,
               BillingQuery       *query,
               GError            **error)
{
  g_autoptr (BillingQuery) whole = billing_query_copy (query);

  /* Another list's rows would be other things of the same number. */
  g_return_val_if_fail (g_strcmp0 (query->list, kind) == 0, FALSE);

  whole->limit = -1;
  whole->offset = 0;
  return billing_list_insert_pks (connection, whole, "temp.selection", error);
}

static gboolean
leave_out (BillingConnection  *connection,
           const char         *kind,
           const char         *except,
           GError            **error)
{
  g_autofree char *names = billing_text_is_said (except) ? build_names (except) : NULL;

  return names == NULL ||
         run_named (connection, "DELETE FROM temp.selection WHERE pk IN (", kind, ")", names, error);
}

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY, sentence);
  return FALSE;
}

static gboolean
check_expected (BillingConnection  *connection,
                BillingAct         *act,
                GError            **error)
{
  gint64 n;

  if (!billing_selection_count (connection, &n, error))
    return FALSE;
  if (act->query == NULL || act->expected < 0 || act->expected == n)
    return TRUE;

  g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY,
               /* Translators: two counts of rows, like 1,204 and 1,203 */
               _("The list has changed: it has %'" PRId64 " instead of %'" PRId64 ". Look again. Nothing was changed."), n,
               act->expected);
  return FALSE;
}

static gboolean
make_table (BillingConnection  *connection,
            GError            **error)
{
  return billing_connection_execute (connection, "CREATE TEMP TABLE IF NOT EXISTS selection (pk INTEGER PRIMARY KEY);"
                                                 "DELETE FROM temp.selection;", error);
}

static gboolean
fill (BillingConnection  *connection,
      BillingAct         *act,
      const char         *kind,
      GError            **error)
{
  gint64 n;

  if (!make_table (connection, error) ||
      (act->query != NULL && !fill_by_query (connection, kind, act->query, error)) ||
      !check_expected (connection, act, error) ||
      (billing_text_is_said (act->subject) && !fill_by_name (connection, kind, act->subject, error)) ||
      (billing_text_is_said (act->selection) && !fill_by_name (connection, kind, act->selection, error)) ||
      !leave_out (connection, kind, act->except, error) || !billing_selection_count (connection, &n, error))
    return FALSE;

  return n > 0 || refuse (error, _("Nothing is selected. Nothing was changed."));
}

/**
 * billing_selection_fill:
 * @connection: inside a transaction, a writer's or a reader's
 * @act: what is chosen: its subject, its selection (ids or numbers), or all that its query finds; without what it excepts
 * @kind: the list that it is chosen from, and the table of the rows
 * @error: return location for a #BillingStoreError
 *
 * Puts the rows that an act is done to into the table `temp.selection (pk)`. A query finds what the list shows. Where the query finds
 * another number of rows than were expected when it was chosen, or nothing at all is chosen, that is an error.
 *
 * Returns: whether the table is filled
 */
gboolean
billing_selection_fill (BillingConnection  *connection,
                        BillingAct         *act,
                        const char         *kind,
                        GError            **error)
{
  gboolean was_closed;

  return billing_selection_open (connection, &was_closed, error) &&
         billing_selection_close (connection, was_closed, fill (connection, act, kind, error), error);
}

/**
 * billing_selection_open:
 * @connection: a writer's or a reader's
 * @was_closed: (out): whether it may not write, for billing_selection_close()
 * @error: return location for a #BillingStoreError
 *
 * Lets a reader write its own temporary tables for a moment.
 *
 * Returns: whether it may
 */
gboolean
billing_selection_open (BillingConnection  *connection,
                        gboolean           *was_closed,
                        GError            **error)
{
  gint64 query_only;

  if (!billing_connection_get_integer (connection, &query_only, error, "PRAGMA query_only", ""))
    return FALSE;

  *was_closed = query_only != 0;
  return !*was_closed || billing_connection_execute (connection, "PRAGMA query_only = OFF", error);
}

/**
 * billing_selection_close:
 * @connection: a writer's or a reader's
 * @was_closed: what billing_selection_open() said
 * @success: whether what was done meanwhile succeeded
 * @error: return location for a #BillingStoreError, which may be set already where it did not
 *
 * Returns: whether it succeeded, and a reader may not write any more
 */
gboolean
billing_selection_close (BillingConnection  *connection,
                         gboolean            was_closed,
                         gboolean            success,
                         GError            **error)
{
  gboolean closed = !was_closed || billing_connection_execute (connection, "PRAGMA query_only = ON", success ? error : NULL);

  return closed && success;
}

/**
 * billing_selection_count:
 * @connection: one whose selection was filled
 * @n: (out): how many rows are selected
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether they could be counted
 */
gboolean
billing_selection_count (BillingConnection  *connection,
                         gint64             *n,
                         GError            **error)
{
  return billing_connection_get_integer (connection, n, error, "SELECT count (*) FROM temp.selection", "");
}

/**
 * billing_selection_list:
 * @connection: one whose selection was filled
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the rows that are selected, in the order in which they were made
 */
GArray *
billing_selection_list (BillingConnection  *connection,
                        GError            **error)
{
  g_autoptr (GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
                                                                       "SELECT pk FROM temp.selection ORDER BY pk", error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  while (billing_statement_step (statement, &row, error))
    {
      gint64 pk;

      if (!row)
        return g_steal_pointer (&pks);
      pk = billing_statement_get_integer (statement, 0);
      g_array_append_val (pks, pk);
    }

  return NULL;
}
