/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-totals"

#include "config.h"

#include "billing-totals.h"

#include <glib/gi18n-lib.h>

#include "billing-enums.h"
#include "billing-report.h"

/*
 * The numbers behind the cards and charts. What the books keep as totals is read from there and costs the same at ten payments as at a million;
 * only the ages of what is outstanding are counted, over an index that covers them.
 *
 * Every query gives name, currency, payments (or -1), amount, refunded (or -1). Its parameters: ?1 the first day, ?2 the last day (each may be null),
 * ?3 today, ?4 the location's id (or null).
 */

#define PLACE " AND (?4 IS NULL OR location_id = ?4)"

/* Draft, Pending, Processing: what the card calls Outstanding. Failed is still owed, and stands beside it. */
static const struct {
  const char *name;
  const char *sql;
} reports[] = {
  { "collected",
    "SELECT substr (day, 1, 7), currency, -1, sum (collected), sum (refunded) FROM collection_totals"
    " WHERE (?1 IS NULL OR day >= ?1) AND (?2 IS NULL OR day <= ?2)" PLACE
    " GROUP BY 1, 2 HAVING sum (collected) <> 0 OR sum (refunded) <> 0 ORDER BY 1, 2" },
  { "outstanding",
    "SELECT iif (status_rank = 4, 'failed', 'outstanding'), currency, sum (n), sum (amount), -1"
    " FROM payment_totals WHERE status_rank IN (0, 1, 2, 4)" PLACE
    " GROUP BY status_rank = 4, currency HAVING sum (n) > 0"
    " UNION ALL "
    "SELECT 'overdue', currency, count(*), sum (amount), -1 FROM payments"
    " WHERE due_on < ?3 AND status_rank IN (1, 2, 4)" PLACE " GROUP BY currency" },
  { "status",
    "SELECT status_rank, currency, sum (n), sum (amount), -1 FROM payment_totals"
    " WHERE true" PLACE " GROUP BY 1, 2 HAVING sum (n) > 0 ORDER BY 1, 2" },
  { "tenders",
    "SELECT tender, currency, -1, sum (collected), sum (refunded) FROM collection_totals"
    " WHERE (?1 IS NULL OR day >= ?1) AND (?2 IS NULL OR day <= ?2)" PLACE
    " GROUP BY 1, 2 HAVING sum (collected) <> 0 OR sum (refunded) <> 0 ORDER BY 1, 2" },
  /* Its sum is Outstanding. A payment without a due date is as old as itself. */
  { "aging",
    "SELECT CASE WHEN age < 0 THEN 'not due' WHEN age <= 30 THEN '0-30' WHEN age <= 60 THEN '31-60'"
    " WHEN age <= 90 THEN '61-90' ELSE '91+' END, currency, count(*), sum (amount), -1 FROM"
    " (SELECT currency, amount, CAST (julianday (?3) - julianday (ifnull (due_on, date (created_at, 'unixepoch')))"
    " AS INTEGER) AS age FROM payments WHERE status_rank IN (0, 1, 2)" PLACE ")"
    " GROUP BY 1, 2 ORDER BY min (age), 2" },
  /* What Stripe holds, as it said last; it knows no location. */
  { "stripe-balance",
    "SELECT part, upper (item ->> '$.currency'), -1, sum (item ->> '$.amount'), -1 FROM"
    " (SELECT 'available' AS part, value AS item FROM mirror.singles s, json_each (s.json, '$.available')"
    " WHERE name = 'balance' UNION ALL"
    " SELECT 'pending', value FROM mirror.singles s, json_each (s.json, '$.pending') WHERE name = 'balance')"
    " WHERE ?4 IS NULL OR true GROUP BY 1, 2 ORDER BY 1, 2" },
};

/**
 * billing_totals_list_reports:
 *
 * Returns: (transfer none) (array zero-terminated=1): the reports that there are
 */
const char * const *
billing_totals_list_reports (void)
{
  static const char *names[G_N_ELEMENTS (reports) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    names[i] = reports[i].name;

  return names;
}

static const char *
find_sql (const char  *report,
          GError     **error)
{
  g_autofree char *all = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      if (g_str_equal (reports[i].name, report))
        return reports[i].sql;
    }

  all = g_strjoinv (", ", (char **) billing_totals_list_reports ());
  g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY, _("There is no report “%s”. There are: %s."),
               report, all);
  return NULL;
}

static gboolean
find_location (BillingConnection  *connection,
               const char         *name,
               char              **id,
               GError            **error)
{
  if (name == NULL)
    return TRUE;
  if (g_str_equal (name, BILLING_QUERY_NO_LOCATION))
    {
      *id = g_strdup ("");
      return TRUE;
    }

  *id = billing_connection_get_text (connection, error, "SELECT id FROM locations WHERE id = ?1 OR name = ?1", "t",
                                     name);
  if (*id == NULL && (error == NULL || *error == NULL))
    g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND, _("There is no location “%s”."), name);

  return *id != NULL;
}

static BillingReportLine *
read_line (BillingStatement *statement,
           gboolean          is_status)
{
  BillingReportLine *line = billing_report_line_new ();

  line->name = is_status
    ? g_strdup (billing_enum_nick (BILLING_TYPE_STATUS, (int) billing_statement_get_integer (statement, 0)))
    : g_strdup (billing_statement_get_text (statement, 0));
  line->currency = g_strdup (billing_statement_get_text (statement, 1));
  line->payments = billing_statement_get_integer (statement, 2);
  line->amount = billing_statement_get_integer (statement, 3);
  line->refunded = billing_statement_get_integer (statement, 4);
  return line;
}

static void
bind (BillingStatement *statement,
      BillingQuery     *query,
      const char       *location)
{
  billing_statement_bind_text (statement, 1, query->from);
  billing_statement_bind_text (statement, 2, query->to);
  billing_statement_bind_text (statement, 3, query->today);
  billing_statement_bind_text (statement, 4, location);
}

/**
 * billing_totals_report:
 * @connection: inside a transaction
 * @report: one of billing_totals_list_reports()
 * @query: from, to, location, today
 * @error: return location for a #BillingStoreError
 *
 * Reads the numbers behind a card or a chart (design.md, section 5).
 *
 * Returns: (transfer full) (nullable) (element-type BillingReportLine): its lines
 */
GPtrArray *
billing_totals_report (BillingConnection  *connection,
                       const char         *report,
                       BillingQuery       *query,
                       GError            **error)
{
  const char *sql = find_sql (report, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingStatement) statement = NULL;
  g_autofree char *location = NULL;
  gboolean row;

  if (sql == NULL || !find_location (connection, query->location, &location, error))
    return NULL;

  statement = billing_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;

  bind (statement, query, location);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&lines);
      g_ptr_array_add (lines, read_line (statement, g_str_equal (report, "status")));
    }

  return NULL;
}
