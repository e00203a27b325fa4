/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-census"

#include "config.h"

#include "billing-census.h"

#include <sqlite3.h>


/*
 * What the files are like, for whoever has to help from afar: how much there is of what, and how far things went. Counts and
 * states alone: no name, no amount, no number of anything, nothing that somebody wrote, and no sentence, which may quote such.
 */
static const char * const facts[] = {
  "SELECT 'schema', user_version FROM pragma_user_version",
  "SELECT 'pages', page_count FROM pragma_page_count",
  "SELECT 'patients', count(*) FROM patients",
  "SELECT 'treatments', count(*) FROM treatments",
  "SELECT 'payments ' || (SELECT status FROM payments p INDEXED BY payments_by_status WHERE p.status_rank = k.status_rank LIMIT 1),"
  " sum (n) FROM payment_totals k GROUP BY status_rank HAVING sum (n) > 0",
  "SELECT 'refunds ' || state, count(*) FROM refunds GROUP BY state",
  "SELECT 'links ' || state, count(*) FROM links GROUP BY state",
  "SELECT 'documents', count(*) FROM documents",
  "SELECT 'notes', count(*) FROM notes",
  "SELECT 'eligibility checks ' || status, count(*) FROM eligibility_checks GROUP BY status",
  "SELECT 'people ' || role, count(*) FROM people WHERE retired = 0 GROUP BY role",
  "SELECT 'ledger transactions', count(*) FROM transactions",
  "SELECT 'audit rows', count(*) FROM audit",
  "SELECT 'seals', count(*) FROM seals",
  "SELECT 'outbox ' || kind || ' ' || state, count(*) FROM outbox GROUP BY kind, state",
  "SELECT 'outbox tries, most', max (tries) FROM outbox WHERE state IN ('queued', 'sending', 'unknown')",
  "SELECT 'posting problems', count(*) FROM posting_problems",
  "SELECT 'notifications ' || rule, count(*) FROM notices WHERE ended_at = 0 GROUP BY rule",
  "SELECT 'connected to Stripe', iif (stripe_account IS NULL, 'no', iif (stripe_live, 'live', 'test')) FROM practice",
  "SELECT 'currency', currency FROM practice",
  "SELECT 'time zone', time_zone FROM practice",
  "SELECT 'locale', ifnull (locale, '') FROM practice",
  "SELECT 'stream ' || name, iif (state = '', 'under way', state) || ', ' || objects FROM mirror.streams ORDER BY name",
  "SELECT 'mirror ' || name, value FROM mirror.state WHERE name IN ('synced_at', 'audit_at', 'events_created')",
  "SELECT 'posting queue', count(*) FROM mirror.posting_queue",
};

static gboolean
append_fact (GString            *text,
             BillingConnection  *connection,
             const char         *sql,
             GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (billing_statement_step (statement, &row, error))
    {
      const char *value;

      if (!row)
        return TRUE;
      value = billing_statement_get_text (statement, 1);
      if (value != NULL)
        g_string_append_printf (text, "%s: %s\n", billing_statement_get_text (statement, 0), value);
    }

  return FALSE;
}

/**
 * billing_census_take:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): counts and states, a line each, with nothing of patients, amounts or keys
 */
char *
billing_census_take (BillingConnection  *connection,
                     GError            **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "SQLite: %s\n", sqlite3_libversion ());
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      if (!append_fact (text, connection, facts[i], error))
        return NULL;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
