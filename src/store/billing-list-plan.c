/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-plan"

#include "config.h"

#include "billing-list-private.h"

#include <inttypes.h>

#include "billing-enums.h"

/*
 * Which index reads a list is decided here, because SQLite has no statistics to decide by: rare statuses, days of payment and physicians go by
 * their own indices, and what they find is sorted; everything else is read in the order of the list.
 */

/* More than this many are not counted: they are many. */
#define ENOUGH 100000

static gboolean
is_said (const char *filter)
{
  return filter != NULL && *filter != '\0';
}

/* How many payments there are, and how many of them the query's statuses leave. */
static gboolean
count_statuses (BillingConnection     *connection,
                const BillingListKind *kind,
                BillingQuery          *query,
                gint64                *n_all,
                gint64                *n_left)
{
  g_auto (BillingListWhere) where = BILLING_LIST_WHERE;
  g_autoptr (BillingStatement) statement = NULL;
  g_autofree char *sql = NULL;
  gboolean row;

  _billing_list_add_statuses (&where, kind, query);
  if (query->overdue)
    g_string_append_printf (where.sql, " AND status_rank IN (%d, %d, %d)", BILLING_STATUS_PENDING,
                            BILLING_STATUS_PROCESSING, BILLING_STATUS_FAILED);

  sql = g_strdup_printf ("SELECT sum (n), sum (n) FILTER (WHERE true%s) FROM payment_totals", where.sql->str);
  statement = billing_connection_prepare (connection, sql, NULL);
  if (statement == NULL || !billing_statement_step (statement, &row, NULL) || !row)
    return FALSE;

  *n_all = billing_statement_get_integer (statement, 0);
  *n_left = billing_statement_get_integer (statement, 1);
  return TRUE;
}

/* Whether an index that finds @n_left rows of @n_all does so sooner than looking through all in the order of the list, until there are as many as
 * are wanted. What it finds has to be sorted: a row costs about three times as much where few are wanted. */
static gboolean
finds_sooner (BillingQuery *query,
              gint64        n_all,
              gint64        n_left)
{
  gint64 n_looked_at = MIN (n_all, (MIN (query->limit, n_all) + MIN (query->offset, n_all)) * n_all / MAX (1, n_left));

  return n_left * 3 < n_looked_at;
}

static gboolean
goes_by_status (BillingConnection     *connection,
                const BillingListKind *kind,
                const BillingListSort *sort,
                BillingQuery          *query)
{
  gboolean has_status = is_said (query->status);
  gint64 n_all, n_left;

  if (g_strcmp0 (kind->status, "status_rank") != 0 || !(has_status || query->overdue))
    return FALSE;

  /* Of one status, the index has them in this order. */
  if (has_status && strchr (query->status, ',') == NULL && g_str_equal (sort->column, kind->then))
    return TRUE;

  if (!count_statuses (connection, kind, query, &n_all, &n_left))
    return FALSE;

  /* Where all are wanted, a row that is sorted costs ten times as much. */
  return query->limit < 0 ? n_left * 10 < n_all : finds_sooner (query, n_all, n_left);
}

static gint64
count_found (BillingConnection *connection,
             const char        *sql,
             const char        *first,
             const char        *last)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, NULL);
  gboolean row;

  if (statement == NULL)
    return ENOUGH;

  billing_statement_bind_text (statement, 1, first);
  if (last != NULL)
    billing_statement_bind_text (statement, 2, last);

  return billing_statement_step (statement, &row, NULL) && row ? billing_statement_get_integer (statement, 0) : ENOUGH;
}

static gint64
count_paid (BillingConnection *connection,
            BillingQuery      *query)
{
  return count_found (connection,
                      "SELECT count(*) FROM (SELECT 1 FROM payments INDEXED BY payments_by_paid"
                      " WHERE paid_on BETWEEN ?1 AND ?2 LIMIT " G_STRINGIFY (ENOUGH) ")",
                      is_said (query->paid_from) ? query->paid_from : "",
                      is_said (query->paid_to) ? query->paid_to : "9999-12-31");
}

/* A treatment has about one payment. */
static gint64
count_treated (BillingConnection *connection,
               BillingQuery      *query)
{
  return count_found (connection,
                      "SELECT count(*) FROM (SELECT 1 FROM treatments INDEXED BY treatments_by_physician WHERE physician_id IN"
                      " (SELECT id FROM physicians WHERE id = ?1 OR name = ?1) LIMIT " G_STRINGIFY (ENOUGH) ")",
                      query->physician, NULL);
}

/* What only the table knows would be read there for each row that is looked at: hence these indices wherever all rows are wanted, too. And what
 * is paid may stand at the very end of the list's order. */
static const char *
find_rare (BillingConnection     *connection,
           const BillingListKind *kind,
           BillingQuery          *query)
{
  gboolean by_paid = is_said (query->paid_from) || is_said (query->paid_to) || is_said (query->tender);
  gboolean by_physician = is_said (query->physician) && !g_str_equal (query->physician, BILLING_QUERY_NO_LOCATION);
  gint64 n_paid = by_paid ? count_paid (connection, query) : G_MAXINT64;
  gint64 n_treated = by_physician ? count_treated (connection, query) : G_MAXINT64;
  gint64 n_all, n_left;

  if (!(by_paid || by_physician))
    return NULL;

  if (query->limit >= 0 && n_paid >= ENOUGH && count_statuses (connection, kind, query, &n_all, &n_left) &&
      !finds_sooner (query, n_all, MIN (n_paid, n_treated)))
    return NULL;

  return n_treated < n_paid ? "payments_by_treatment" : "payments_by_paid";
}

char *
_billing_list_choose_index (BillingConnection     *connection,
                            const BillingListKind *kind,
                            const BillingListSort *sort,
                            BillingQuery          *query,
                            gboolean               is_selective)
{
  gboolean is_payments = g_str_equal (kind->kind, "payments");
  const char *rare;

  if (is_payments && query->patient != NULL)
    return g_strdup (" INDEXED BY payments_by_patient");
  if (is_selective || query->subject != NULL || is_said (query->payout))
    return g_strdup ("");

  rare = is_payments ? find_rare (connection, kind, query) : NULL;
  if (rare != NULL)
    return g_strdup_printf (" INDEXED BY %s", rare);
  if (goes_by_status (connection, kind, sort, query))
    return g_strdup (" INDEXED BY payments_by_status");
  if (sort->index == NULL || (query->patient != NULL && !_billing_list_is_nobodys (kind, query)))
    return g_strdup ("");

  return g_strdup_printf (" INDEXED BY %s", sort->index);
}
