/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mirror-words"

#include "config.h"

#include "billing-mirror-words.h"

/* The same that lists show of a payment (stripe_payments_view), but for what only its customer says: that has an index of its own, since it
 * may arrive long after. What did not change is not written again. Intents come first: what their charges will say is awaited, unless the key
 * may not read charges. */
static const char index_payments[] =
  "WITH due (id) AS ("
  "  SELECT i.id FROM words_queue q CROSS JOIN payment_intents i ON i.pk = q.row WHERE q.kind = 'payment_intents'"
  "  UNION SELECT ifnull (c.payment_intent, c.id) FROM words_queue q CROSS JOIN charges c ON c.pk = q.row WHERE q.kind = 'charges'),"
  " said (pk, search) AS MATERIALIZED ("
  "  SELECT s.pk, billing_fold (ifnull (c.json ->> '$.billing_details.name', '') || ' ' ||"
  "    coalesce (c.json ->> '$.billing_details.email', c.json ->> '$.receipt_email', i.json ->> '$.receipt_email', '') || ' ' ||"
  "    coalesce (c.json ->> '$.description', i.json ->> '$.description', '') || ' ' ||"
  "    coalesce (c.last4, c.json ->> '$.payment_method_details.us_bank_account.last4', ''))"
  "  FROM due CROSS JOIN stripe_payments s ON s.id = due.id"
  "    LEFT JOIN payment_intents i ON i.id = s.id LEFT JOIN charges c ON c.id = s.charge"
  "  WHERE c.id IS NOT NULL OR s.charge IS NULL OR EXISTS (SELECT 1 FROM streams WHERE name = 'charges' AND state = 'denied'))"
  " REPLACE INTO stripe_payments_search (rowid, search)"
  " SELECT pk, search FROM said"
  " WHERE search <> ifnull ((SELECT x.search FROM stripe_payments_search x WHERE x.rowid = said.pk), '')";

static const char index_customers[] =
  "REPLACE INTO customers_search (rowid, search)"
  " SELECT DISTINCT u.pk, billing_fold (ifnull (u.json ->> '$.name', '') || ' ' || ifnull (u.email, ''))"
  " FROM words_queue q CROSS JOIN customers u ON u.pk = q.row WHERE q.kind = 'customers'";

/**
 * billing_mirror_index_words:
 * @connection: to the mirror, within a transaction that changed it
 * @error: return location for a #BillingStoreError
 *
 * Makes findable what names, e-mails and descriptions this transaction brought.
 *
 * Returns: whether it is
 */
gboolean
billing_mirror_index_words (BillingConnection  *connection,
                            GError            **error)
{
  return billing_connection_run (connection, error, index_payments, "") &&
         billing_connection_run (connection, error, index_customers, "") &&
         billing_connection_run (connection, error, "DELETE FROM words_queue", "");
}
