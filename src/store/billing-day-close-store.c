/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-day-close-store"

#include "config.h"

#include "billing-day-close-store.h"

#include "billing-enums.h"
#include "billing-table.h"

/* Where money is, as far as a desk has taken it. */
#define OF_MONEY "'cash', 'cheques', 'card-terminal', 'bank', 'stripe'"

/**
 * billing_day_close_find_last:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the last day that is closed; %NULL without @error: none is
 */
char *
billing_day_close_find_last (BillingConnection  *connection,
                             GError            **error)
{
  return billing_connection_get_text (connection, error,
                                      "SELECT max (day) FROM day_closes WHERE reopened_at = 0 AND closed_at > 0", "");
}

/**
 * billing_day_close_find:
 * @connection: inside a transaction
 * @day: a day
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): id of its close, or of the count that is to become one; %NULL without @error: there is none
 */
char *
billing_day_close_find (BillingConnection  *connection,
                        const char         *day,
                        GError            **error)
{
  return billing_connection_get_text (connection, error, "SELECT id FROM day_closes WHERE day = ? AND reopened_at = 0", "t", day);
}

/**
 * billing_day_close_sum_cash:
 * @connection: inside a transaction
 * @close: its days and its currency
 * @expected: (out): minor units of cash that came in during those days, less what went back
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be added up
 */
gboolean
billing_day_close_sum_cash (BillingConnection  *connection,
                            BillingDayClose    *close,
                            gint64             *expected,
                            GError            **error)
{
  return billing_connection_get_integer (connection, expected, error,
                                         "SELECT ifnull (sum (s.amount), 0) FROM transactions t JOIN postings s ON s.transaction_pk = t.pk"
                                         " WHERE t.day BETWEEN ?1 AND ?2 AND s.account = 'cash' AND s.currency = ?3", "ttt",
                                         close->since_on, close->day, close->currency);
}

static BillingStatement *
prepare_totals (BillingConnection  *connection,
                BillingDayClose    *close,
                GError            **error)
{
  BillingStatement *statement =
    billing_connection_prepare (connection,
                                "SELECT s.account, t.person, s.currency, count (*), sum (s.amount) FROM transactions t"
                                " JOIN postings s ON s.transaction_pk = t.pk WHERE t.day BETWEEN ?1 AND ?2"
                                " AND s.account IN (" OF_MONEY ") GROUP BY s.account, t.person, s.currency", error);

  if (statement != NULL)
    {
      billing_statement_bind_text (statement, 1, close->since_on);
      billing_statement_bind_text (statement, 2, close->day);
    }
  return statement;
}

static GPtrArray *
read_totals (BillingConnection  *connection,
             BillingDayClose    *close,
             GError            **error)
{
  g_autoptr (BillingStatement) statement = prepare_totals (connection, close, error);
  g_autoptr (GPtrArray) totals = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      int account = 0;

      if (!row)
        return g_steal_pointer (&totals);
      billing_enum_from_nick (BILLING_TYPE_ACCOUNT, billing_statement_get_text (statement, 0), &account);
      g_ptr_array_add (totals, g_object_new (BILLING_TYPE_DAY_TOTAL, "close-id", billing_record_get_id (BILLING_RECORD (close)),
                                             "account", account, "account-of", billing_statement_get_text (statement, 1), "currency",
                                             billing_statement_get_text (statement, 2), "count",
                                             billing_statement_get_integer (statement, 3), "amount",
                                             billing_statement_get_integer (statement, 4), NULL));
    }

  return NULL;
}

/**
 * billing_day_close_add_totals:
 * @connection: inside a writing transaction
 * @close: a day that is closed just now
 * @error: return location for a #BillingStoreError
 *
 * Keeps what each person took in by each tender in its days.
 *
 * Returns: whether it is kept
 */
gboolean
billing_day_close_add_totals (BillingConnection  *connection,
                              BillingDayClose    *close,
                              GError            **error)
{
  g_autoptr (GPtrArray) totals = read_totals (connection, close, error);

  for (guint i = 0; totals != NULL && i < totals->len; i++)
    {
      if (!billing_table_insert (connection, totals->pdata[i], error))
        return FALSE;
    }

  return totals != NULL;
}

/**
 * billing_day_close_read_seal:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): the digest of the last seal, as “verify” says it
 */
char *
billing_day_close_read_seal (BillingConnection  *connection,
                             GError            **error)
{
  return billing_connection_get_text (connection, error, "SELECT substr (lower (hex (digest)), 1, 32) FROM seals ORDER BY pk DESC LIMIT 1", "");
}
