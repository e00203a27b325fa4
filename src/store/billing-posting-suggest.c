/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-posting-suggest"

#include "config.h"

#include "billing-posting-suggest.h"

/* So many are shown to choose from. */
#define MAX_SUGGESTIONS 12

static void
free_suggestion (gpointer data)
{
  BillingSuggestion *suggestion = data;

  g_free (suggestion->patient_id);
  g_free (suggestion->patient_name);
  g_free (suggestion->payment_id);
  g_free (suggestion->payment);
  g_free (suggestion);
}

/* Each patient by the best reason; with an open payment of just the amount if there is one, then
 * other open payments, then as one who gets credit. The search holds folded names; a name of fewer
 * than three letters it cannot look for. */
#define SUGGEST_SQL \
  "WITH c AS (SELECT x.id, x.customer, max (x.amount_captured, iif (x.amount_captured = 0, x.amount, 0)) AS amount," \
  "     upper (x.currency) AS currency," \
  "     coalesce (nullif (x.json ->> '$.billing_details.email', ''), x.json ->> '$.receipt_email', u.email) AS email," \
  "     billing_fold (coalesce (nullif (x.json ->> '$.billing_details.name', ''), u.json ->> '$.name')) AS name" \
  "   FROM mirror.charges x LEFT JOIN mirror.customers u ON u.id = x.customer WHERE x.id = ?1)," \
  " found (reason, patient_id) AS (" \
  "   SELECT 0, o.patient_id FROM c JOIN mirror.charges x ON x.customer = c.customer AND x.id <> c.id" \
  "     JOIN temp.charge_owners o ON o.charge_pk = x.pk WHERE o.patient_id IS NOT NULL" \
  "   UNION SELECT 1, ifnull (p.merged_into, p.id) FROM c JOIN main.patients p ON p.email = c.email COLLATE NOCASE" \
  "   UNION SELECT 2, ifnull (p.merged_into, p.id) FROM c JOIN main.patients_search s" \
  "       ON s.patients_search MATCH '\"' || replace (c.name, '\"', '\"\"') || '\"'" \
  "     JOIN main.patients p ON p.pk = s.rowid WHERE length (c.name) > 2)," \
  " best AS (SELECT min (reason) AS reason, patient_id FROM found GROUP BY patient_id)," \
  " choices AS (" \
  "   SELECT b.reason, b.patient_id, y.id AS payment_id, y.number, y.amount, iif (y.amount = c.amount, 0, 1) AS place" \
  "   FROM best b JOIN c JOIN main.payments y ON y.patient_id = b.patient_id AND y.currency = c.currency" \
  "     AND y.status IN ('draft', 'pending', 'failed')" \
  "   UNION ALL SELECT reason, patient_id, NULL, NULL, 0, 2 FROM best" \
  "   UNION ALL SELECT 3, patient_id, id, number, amount, 0 FROM (SELECT y.* FROM c JOIN main.payments y" \
  "     ON y.amount = c.amount AND y.currency = c.currency WHERE y.status IN ('draft', 'pending', 'failed')" \
  "     AND y.patient_id NOT IN (SELECT patient_id FROM best) ORDER BY y.created_at DESC LIMIT 5))" \
  " SELECT h.reason, h.patient_id, p.name, h.payment_id, h.number, h.amount FROM choices h" \
  " JOIN main.patients p ON p.id = h.patient_id ORDER BY h.reason, p.sort_key, p.pk, h.place, h.number LIMIT ?2"

static BillingSuggestion *
read_suggestion (BillingStatement *statement)
{
  BillingSuggestion *suggestion = g_new0 (BillingSuggestion, 1);

  suggestion->reason = (BillingSuggestionReason) billing_statement_get_integer (statement, 0);
  suggestion->patient_id = g_strdup (billing_statement_get_text (statement, 1));
  suggestion->patient_name = g_strdup (billing_statement_get_text (statement, 2));
  suggestion->payment_id = g_strdup (billing_statement_get_text (statement, 3));
  suggestion->payment = g_strdup (billing_statement_get_text (statement, 4));
  suggestion->amount = billing_statement_get_integer (statement, 5);
  return suggestion;
}

/**
 * billing_posting_suggest:
 * @connection: inside a transaction
 * @charge_id: Stripe's id of a charge that is nobody's yet
 * @error: return location for a #BillingStoreError
 *
 * Looks for whose a charge may be. It is only ever suggested: a person decides.
 *
 * Returns: (transfer full) (nullable) (element-type BillingSuggestion): the likeliest first
 */
GPtrArray *
billing_posting_suggest (BillingConnection  *connection,
                         const char         *charge_id,
                         GError            **error)
{
  g_autoptr (GPtrArray) suggestions = g_ptr_array_new_with_free_func (free_suggestion);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, SUGGEST_SQL,
                                                                       error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, charge_id);
  billing_statement_bind_integer (statement, 2, MAX_SUGGESTIONS);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&suggestions);
      g_ptr_array_add (suggestions, read_suggestion (statement));
    }

  return NULL;
}
