/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-totals"

#include "config.h"

#include "billing-totals.h"

#include <glib/gi18n-lib.h>

#include "billing-age.h"
#include "billing-enums.h"
#include "billing-list-age.h"
#include "billing-list.h"
#include "billing-report.h"

/*
 * The numbers behind the cards and charts. What the books keep as totals is read from there and costs the same at ten payments as at a million;
 * everything else adds up the rows that the list shows (billing_report_build_query()).
 *
 * Every query gives key, currency, payments (or -1), amount, refunded (or -1). The parameters of kept ones: ?1 the first day, ?2 the last day
 * (each may be null), ?3 today, ?4 the location's id (or null, or empty for those without).
 */

#define DAYS " WHERE (?1 IS NULL OR day >= ?1) AND (?2 IS NULL OR day <= ?2)"
#define PLACE " AND (?4 IS NULL OR location_id = ?4)"
#define COLLECTED(key, order) \
  "SELECT " key ", currency, -1, sum (collected), sum (refunded) FROM collection_totals" DAYS PLACE \
  " GROUP BY 1, 2 HAVING sum (collected) <> 0 OR sum (refunded) <> 0 ORDER BY " order

/* Of one currency, as almost every practice is, an index has all of it: 10 ms at a million payments, where the currency of each costs 100. */
#define OVERDUE \
  " FROM payments WHERE due_on < ?3 AND status_rank IN (1, 2, 4) AND (?4 IS NULL OR ifnull (location_id, '') = ?4)"

/* Draft, Pending, Processing: what the card calls Outstanding. Failed is still owed, and stands beside it. */
static const struct {
  const char *name;
  const char *sql;
} kept[] = {
  { "collected", COLLECTED ("substr (day, 1, 7)", "1, 2") },
  { "collected-by-location", COLLECTED ("location_id", "4 DESC, 1, 2") },
  { "tenders", COLLECTED ("tender", "1, 2") },
  { "outstanding",
    "SELECT iif (status_rank = 4, 'failed', 'outstanding'), currency, sum (n), sum (amount), -1"
    " FROM payment_totals WHERE status_rank IN (0, 1, 2, 4)" PLACE
    " GROUP BY status_rank = 4, currency HAVING sum (n) > 0"
    " UNION ALL "
    "SELECT 'overdue', (SELECT min (currency) FROM payment_totals WHERE n > 0), count(*), sum (amount), -1" OVERDUE
    " AND (SELECT count(DISTINCT currency) FROM payment_totals WHERE n > 0) = 1 HAVING count(*) > 0"
    " UNION ALL "
    "SELECT 'overdue', currency, count(*), sum (amount), -1" OVERDUE
    " AND (SELECT count(DISTINCT currency) FROM payment_totals WHERE n > 0) > 1 GROUP BY currency" },
  { "status",
    "SELECT status_rank, currency, sum (n), sum (amount), -1 FROM payment_totals"
    " WHERE true" PLACE " GROUP BY 1, 2 HAVING sum (n) > 0 ORDER BY 1, 2" },
  /* What Stripe holds, as it said last; it knows no location. */
  { "stripe-balance",
    "SELECT part, upper (item ->> '$.currency'), -1, sum (item ->> '$.amount'), -1 FROM"
    " (SELECT 'available' AS part, value AS item FROM mirror.singles s, json_each (s.json, '$.available')"
    " WHERE name = 'balance' UNION ALL"
    " SELECT 'pending', value FROM mirror.singles s, json_each (s.json, '$.pending') WHERE name = 'balance')"
    " WHERE ?4 IS NULL OR true GROUP BY 1, 2 ORDER BY 1, 2" },
  /* What becomes available, by its day; Stripe's days are those of UTC. */
  { "upcoming",
    "SELECT date (available_on, 'unixepoch'), upper (currency), count (*), sum (net), -1 FROM mirror.balance_transactions"
    " WHERE status = 'pending' AND deleted = 0 AND (?4 IS NULL OR true) GROUP BY 1, 2 ORDER BY 1, 2" },
};

#define BY_AMOUNT " GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2"
#define BY_KEY " GROUP BY 1, 2 ORDER BY 1, 2"

/**
 * billing_totals_list_reports:
 *
 * Returns: (transfer none) (array zero-terminated=1): the reports that there are
 */
const char * const *
billing_totals_list_reports (void)
{
  static const char **names;

  if (g_once_init_enter (&names))
    {
      guint n_reports;
      const BillingReport *reports = billing_report_list (&n_reports);
      const char **list = g_new0 (const char *, n_reports + 1);

      for (guint i = 0; i < n_reports; i++)
        list[i] = reports[i].name;
      g_once_init_leave (&names, list);
    }

  return names;
}

static const BillingReport *
find_report (const char  *name,
             GError     **error)
{
  const BillingReport *report = billing_report_find (name);
  g_autofree char *all = g_strjoinv (", ", (char **) billing_totals_list_reports ());

  if (report == NULL)
    g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY, _("There is no report “%s”. There are: %s."),
                 name, all);

  return report;
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

static BillingStatement *
prepare_kept (BillingConnection  *connection,
              const char         *sql,
              BillingQuery       *query,
              GError            **error)
{
  g_autofree char *location = NULL;
  BillingStatement *statement;

  if (!find_location (connection, query->location, &location, error))
    return NULL;

  statement = billing_connection_prepare (connection, sql, error);
  if (statement != NULL)
    bind (statement, query, location);
  return statement;
}

/* The SQL by which rows are told apart. */
static char *
build_key (const BillingReport *report,
           BillingQuery        *query)
{
  switch (report->group)
    {
    case BILLING_REPORT_GROUP_MONTH:
      return billing_report_is_stripe (report) ? billing_list_build_month_key (query, NULL, "created")
                                               : billing_list_build_month_key (query, "due_on", "created_at");
    case BILLING_REPORT_GROUP_LOCATION:
      return g_strdup ("location_id");
    case BILLING_REPORT_GROUP_PHYSICIAN:
      return g_strdup ("(SELECT t.physician_id FROM treatments t WHERE t.id = treatment_id)");
    case BILLING_REPORT_GROUP_AGE:
      return billing_list_build_age_key (query, report->basis);
    case BILLING_REPORT_GROUP_REASON:
      return g_strdup ("reason");
    case BILLING_REPORT_GROUP_NONE:
    case BILLING_REPORT_GROUP_TENDER:
    case BILLING_REPORT_GROUP_STATUS:
    case BILLING_REPORT_GROUP_STANDING:
    default:
      g_return_val_if_reached (g_strdup ("NULL"));
    }
}

/* What a row has of what is added up. Of a payout that Stripe does not itemise nothing but itself is known. */
static const char *
get_amount (const BillingReport *report)
{
  if (report->rows == BILLING_REPORT_ROWS_FEES)
    return "fee";
  if (report->rows == BILLING_REPORT_ROWS_PAYOUT_ITEMS)
    return "iif (automatic, ifnull ((SELECT sum (b.net) FROM mirror.payout_items n"
           " JOIN mirror.balance_transactions b ON b.id = n.transaction_id"
           " WHERE n.payout = payouts.id AND NOT (b.type = 'payout' AND b.source = payouts.id)), 0), amount)";

  return "amount";
}

static BillingStatement *
prepare_rows (BillingConnection    *connection,
              const BillingReport  *report,
              BillingQuery         *query,
              GError              **error)
{
  g_autoptr (BillingQuery) rows = billing_report_build_query (report, NULL, query);
  g_autofree char *key = build_key (report, query);
  gboolean in_order = report->group == BILLING_REPORT_GROUP_MONTH || report->group == BILLING_REPORT_GROUP_AGE;
  g_autofree char *columns = g_strdup_printf ("%s, upper (currency), count(*), sum (%s), -1", key, get_amount (report));

  return billing_list_prepare_groups (connection, rows, columns, in_order ? BY_KEY : BY_AMOUNT, error);
}

static BillingStatement *
prepare (BillingConnection    *connection,
         const BillingReport  *report,
         BillingQuery         *query,
         GError              **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      if (g_str_equal (kept[i].name, report->name))
        return prepare_kept (connection, kept[i].sql, query, error);
    }

  return prepare_rows (connection, report, query, error);
}

/* What filters find the rows of a line by, from what tells them apart in the books. */
static char *
read_key (BillingStatement    *statement,
          const BillingReport *report)
{
  const char *text = billing_statement_get_text (statement, 0);
  gint64 number = billing_statement_get_integer (statement, 0);

  if (report->group == BILLING_REPORT_GROUP_STATUS)
    return g_strdup (billing_enum_nick (BILLING_TYPE_STATUS, (int) number));
  if (report->group == BILLING_REPORT_GROUP_AGE)
    return g_strdup (billing_age_list_words ()[number]);

  return g_strdup (text != NULL && *text != '\0' ? text : BILLING_QUERY_NO_LOCATION);
}

/* What people call it. */
static char *
read_name (BillingConnection   *connection,
           const BillingReport *report,
           const char          *key)
{
  char *name = NULL;

  if (report->group == BILLING_REPORT_GROUP_LOCATION)
    name = billing_connection_get_text (connection, NULL, "SELECT name FROM locations WHERE id = ?1", "t", key);
  else if (report->group == BILLING_REPORT_GROUP_PHYSICIAN)
    name = billing_connection_get_text (connection, NULL, "SELECT name FROM physicians WHERE id = ?1", "t", key);
  else if (g_str_equal (key, "not-due"))
    name = g_strdup ("not due");

  return name != NULL ? name : g_strdup (key);
}

static BillingReportLine *
read_line (BillingConnection   *connection,
           BillingStatement    *statement,
           const BillingReport *report)
{
  BillingReportLine *line = billing_report_line_new ();

  line->key = read_key (statement, report);
  line->name = read_name (connection, report, line->key);
  line->currency = g_strdup (billing_statement_get_text (statement, 1));
  line->payments = billing_statement_get_integer (statement, 2);
  line->amount = billing_statement_get_integer (statement, 3);
  line->refunded = billing_statement_get_integer (statement, 4);
  return line;
}

/**
 * billing_totals_report:
 * @connection: inside a transaction
 * @name: one of billing_totals_list_reports()
 * @query: from, to, location, today, time zone
 * @error: return location for a #BillingStoreError
 *
 * Reads the numbers behind a card or a chart (design.md, section 5).
 *
 * Returns: (transfer full) (nullable) (element-type BillingReportLine): its lines
 */
GPtrArray *
billing_totals_report (BillingConnection  *connection,
                       const char         *name,
                       BillingQuery       *query,
                       GError            **error)
{
  const BillingReport *report = find_report (name, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;

  statement = report != NULL ? prepare (connection, report, query, error) : NULL;
  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&lines);
      g_ptr_array_add (lines, read_line (connection, statement, report));
    }

  return NULL;
}
