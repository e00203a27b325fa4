/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mirror-look"

#include "config.h"

#include "billing-mirror-look.h"

#include "billing-mirror-row.h"
#include "billing-payout-sums.h"

/* The first column of every row. */
static GPtrArray *
list_ids (BillingStatement  *statement,
          GError           **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean row = TRUE;

  while (statement != NULL && row)
    {
      if (!billing_statement_step (statement, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (ids, g_strdup (billing_statement_get_text (statement, 0)));
    }

  return statement != NULL ? g_steal_pointer (&ids) : NULL;
}

gboolean
billing_mirror_has_event (BillingMirror  *mirror,
                          const char     *id,
                          gboolean       *has,
                          GError        **error)
{
  gint64 n = 0;
  gboolean success = billing_connection_get_integer (billing_mirror_get_connection (mirror), &n,
                                                     error,
                                                     "SELECT 1 FROM events WHERE id = ?", "t", id);

  *has = n == 1;
  return success;
}

gboolean
billing_mirror_forget_events (BillingMirror  *mirror,
                              gint64          time,
                              GError        **error)
{
  return billing_connection_run (billing_mirror_get_connection (mirror), error,
                                 "DELETE FROM events WHERE created < ?", "i", time);
}

gboolean
billing_mirror_put_header_notice (BillingMirror  *mirror,
                                  const char     *text,
                                  gint64          now,
                                  GError        **error)
{
  return billing_connection_run (billing_mirror_get_connection (mirror), error,
                                 "INSERT INTO header_notices (text, first_at, last_at) VALUES (?1, ?2, ?2)"
                                 " ON CONFLICT (text) DO UPDATE SET last_at = excluded.last_at", "ti", text, now);
}

gboolean
billing_mirror_count_since (BillingMirror            *mirror,
                            const BillingMirrorKind  *kind,
                            gint64                    since,
                            gint64                   *n,
                            gint64                   *newest,
                            GError                  **error)
{
  BillingConnection *connection = billing_mirror_get_connection (mirror);
  g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM %s WHERE created >= ?",
                                            kind->table);
  g_autofree char *last = g_strdup_printf ("SELECT ifnull (max (created), 0) FROM %s", kind->table);

  return billing_connection_get_integer (connection, n, error, count, "i", since) &&
         (newest == NULL || billing_connection_get_integer (connection, newest, error, last, ""));
}

gboolean
billing_mirror_find_oldest (BillingMirror            *mirror,
                            const BillingMirrorKind  *kind,
                            GPtrArray                *ids,
                            gint64                   *oldest,
                            GError                  **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT created FROM %s WHERE id = ?", kind->table);

  *oldest = G_MAXINT64;
  for (guint i = 0; i < ids->len && *oldest > 0; i++)
    {
      gint64 created;

      if (!billing_connection_get_integer (billing_mirror_get_connection (mirror), &created, error,
                                           sql, "t", g_ptr_array_index (ids, i)))
        return FALSE;
      *oldest = MIN (*oldest, created);
    }

  return TRUE;
}

GPtrArray *
billing_mirror_list_stale (BillingMirror            *mirror,
                           const BillingMirrorKind  *kind,
                           GPtrArray                *ids,
                           gint64                    fetched,
                           GError                  **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT fetched >= ? FROM %s WHERE id = ?", kind->table);
  g_autoptr (GPtrArray) stale = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      gint64 is_fresh;

      if (!billing_connection_get_integer (billing_mirror_get_connection (mirror), &is_fresh, error,
                                           sql, "it", fetched, id))
        return NULL;
      if (!is_fresh)
        g_ptr_array_add (stale, g_strdup (id));
    }

  return g_steal_pointer (&stale);
}

GPtrArray *
billing_mirror_list_unseen (BillingMirror            *mirror,
                            const BillingMirrorKind  *kind,
                            gint64                    since,
                            gint64                    fetched,
                            guint                     limit,
                            GError                  **error)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT id FROM %s WHERE created >= ? AND fetched < ? AND deleted = 0 LIMIT ?", kind->table);
  g_autoptr (BillingStatement) statement =
    billing_connection_prepare (billing_mirror_get_connection (mirror), sql, error);

  if (statement != NULL)
    {
      billing_statement_bind_integer (statement, 1, since);
      billing_statement_bind_integer (statement, 2, fetched);
      billing_statement_bind_integer (statement, 3, limit);
    }

  return list_ids (statement, error);
}

static GPtrArray *
list_due (BillingMirror  *mirror,
          const char     *sql,
          gint64          now,
          guint           limit,
          GError        **error)
{
  g_autoptr (BillingStatement) statement =
    billing_connection_prepare (billing_mirror_get_connection (mirror), sql, error);

  if (statement != NULL)
    {
      billing_statement_bind_integer (statement, 1, now);
      billing_statement_bind_integer (statement, 2, limit);
    }

  return list_ids (statement, error);
}

GPtrArray *
billing_mirror_list_due_transactions (BillingMirror  *mirror,
                                      gint64          now,
                                      guint           limit,
                                      GError        **error)
{
  return list_due (mirror,
                   "SELECT id FROM balance_transactions WHERE status = 'pending' AND available_on <= ? AND deleted = 0"
                   " ORDER BY available_on LIMIT ?", now, limit, error);
}

/* One that Stripe still calls open is asked for again after an hour. */
GPtrArray *
billing_mirror_list_due_sessions (BillingMirror  *mirror,
                                  gint64          now,
                                  guint           limit,
                                  GError        **error)
{
  return list_due (mirror,
                   "SELECT id FROM checkout_sessions WHERE status = 'open' AND deleted = 0 AND expires_at + 60 <= ?1"
                   " AND (fetched < (expires_at + 60) * 1000000 OR fetched < (?1 - 3600) * 1000000)"
                   " ORDER BY expires_at LIMIT ?2", now, limit, error);
}

GPtrArray *
billing_mirror_list_payouts (BillingMirror  *mirror,
                             gint64          since,
                             guint           limit,
                             GError        **error)
{
  return list_due (mirror,
                   "SELECT id FROM payouts WHERE created >= ? AND automatic = 1 AND deleted = 0"
                   " AND ifnull (reconciliation_status, 'completed') = 'completed'"
                   " AND NOT EXISTS (SELECT 1 FROM payout_lists l WHERE l.payout = payouts.id AND l.cursor IS NULL)"
                   " ORDER BY created DESC, pk DESC LIMIT ?", since, limit, error);
}

char *
billing_mirror_get_payout_cursor (BillingMirror  *mirror,
                                  const char     *payout,
                                  GError        **error)
{
  return billing_connection_get_text (billing_mirror_get_connection (mirror), error,
                                      "SELECT cursor FROM payout_lists WHERE payout = ?", "t",
                                      payout);
}

gboolean
billing_mirror_put_payout_items (BillingMirror  *mirror,
                                 const char     *payout,
                                 char          **ids,
                                 const char     *cursor,
                                 GError        **error)
{
  BillingConnection *connection = billing_mirror_get_connection (mirror);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (!billing_connection_run (connection, error,
                                   "INSERT INTO payout_items (transaction_id, payout) VALUES (?, ?)"
                                   " ON CONFLICT (transaction_id) DO UPDATE SET payout = excluded.payout",
                                   "tt", ids[i], payout))
        return FALSE;
    }

  return billing_connection_run (connection, error,
                                 "INSERT INTO payout_lists (payout, cursor) VALUES (?, ?)"
                                 " ON CONFLICT (payout) DO UPDATE SET cursor = excluded.cursor",
                                 "tt", payout, cursor);
}

/* A payout is whole where all that its list names is known; then its transactions come to its
 * amount. */
#define DIFFERS "SELECT o.id FROM payouts o WHERE o.automatic AND o.reconciliation_status = 'completed'" \
  " AND NOT EXISTS (SELECT 1 FROM payout_items n WHERE n.payout = o.id" \
  "                 AND NOT EXISTS (SELECT 1 FROM balance_transactions b WHERE b.id = n.transaction_id))" \
  " AND o.amount <> (SELECT ifnull (sum (b.net), 0) FROM payout_items n" \
  "                  JOIN balance_transactions b ON b.id = n.transaction_id WHERE n.payout = o.id" \
  "                  AND NOT " BILLING_PAYOUT_OWN_TRANSACTION ")"

gboolean
billing_mirror_reopen_payouts (BillingMirror  *mirror,
                               gint64         *n_reopened,
                               GError        **error)
{
  BillingConnection *connection = billing_mirror_get_connection (mirror);

  if (!billing_connection_run (connection, error,
                               "DELETE FROM payout_lists WHERE cursor IS NULL AND payout IN (" DIFFERS ")", ""))
    return FALSE;

  *n_reopened = billing_connection_get_n_changed (connection);
  return *n_reopened == 0 ||
         billing_connection_run (connection, error,
                                 "DELETE FROM payout_items WHERE payout NOT IN (SELECT payout FROM payout_lists)", "");
}

gboolean
billing_mirror_differs (BillingMirror            *mirror,
                        const BillingMirrorKind  *kind,
                        const char               *text,
                        gsize                     length,
                        gboolean                 *differs,
                        GError                  **error)
{
  g_auto (BillingMirrorRow) row = { 0 };
  g_autofree char *sql = g_strdup_printf ("SELECT json = ? AND deleted = 0 FROM %s WHERE id = ?", kind->table);
  g_autofree char *id = NULL;
  gint64 is_same = 0;

  *differs = TRUE;
  billing_mirror_row_init (&row);
  if (!billing_mirror_row_fill (&row, kind, text, length))
    return TRUE;

  id = g_strndup (row.json->str + row.cells[0].start, row.cells[0].length);
  if (!billing_connection_get_integer (billing_mirror_get_connection (mirror), &is_same, error, sql,
                                       "tt", row.json->str, id))
    return FALSE;

  *differs = !is_same;
  return TRUE;
}

/* Amounts of both sides are kept apart by currency: nothing is converted. */
static const char find_difference[] =
  "WITH stated (currency, amount) AS ("
  "  SELECT e.value ->> '$.currency', e.value ->> '$.amount' FROM singles s, json_each (s.json, '$.available') e"
  "    WHERE s.name = 'balance'"
  "  UNION ALL"
  "  SELECT e.value ->> '$.currency', e.value ->> '$.amount' FROM singles s, json_each (s.json, '$.pending') e"
  "    WHERE s.name = 'balance'),"
  " both (currency, stripe, ours) AS ("
  "  SELECT currency, amount, 0 FROM stated UNION ALL"
  "  SELECT currency, 0, net FROM balance_transactions WHERE deleted = 0)"
  " SELECT currency, sum (stripe), sum (ours) FROM both"
  " WHERE EXISTS (SELECT 1 FROM singles WHERE name = 'balance')"
  " GROUP BY currency HAVING sum (stripe) <> sum (ours) ORDER BY currency LIMIT 1";

char *
billing_mirror_find_balance_difference (BillingMirror  *mirror,
                                        gint64         *stripe,
                                        gint64         *ours,
                                        GError        **error)
{
  g_autoptr (BillingStatement) statement =
    billing_connection_prepare (billing_mirror_get_connection (mirror), find_difference, error);
  gboolean row;

  if (statement == NULL || !billing_statement_step (statement, &row, error) || !row)
    return NULL;

  *stripe = billing_statement_get_integer (statement, 1);
  *ours = billing_statement_get_integer (statement, 2);
  return g_strdup (billing_statement_get_text (statement, 0));
}
