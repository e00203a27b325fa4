/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reconciliation-suspects"

#include "config.h"

#include "billing-reconciliation-private.h"

#include <glib/gi18n-lib.h>

/* What may be why something does not fit: all rows are looked at, but only then. */

/* Transactions that others name, and that are not here. Of some it is known what they are worth. */
#define ABSENT(id) " NOT EXISTS (SELECT 1 FROM mirror.balance_transactions b WHERE b.id = " id " AND b.deleted = 0)"
#define MISSING_SQL \
  "SELECT x.id, x.about, max (x.amount) FROM (" \
  " SELECT c.balance_transaction AS id, c.id AS about, c.amount AS amount FROM mirror.charges c" \
  "  WHERE c.balance_transaction IS NOT NULL AND" ABSENT ("c.balance_transaction") \
  " UNION ALL SELECT r.json ->> '$.balance_transaction', r.id, -r.amount FROM mirror.stripe_refunds r" \
  "  WHERE r.json ->> '$.balance_transaction' IS NOT NULL AND" ABSENT ("r.json ->> '$.balance_transaction'") \
  " UNION ALL SELECT r.json ->> '$.failure_balance_transaction', r.id, r.amount FROM mirror.stripe_refunds r" \
  "  WHERE r.json ->> '$.failure_balance_transaction' IS NOT NULL AND" ABSENT ("r.json ->> '$.failure_balance_transaction'") \
  " UNION ALL SELECT o.balance_transaction, o.id, -o.amount FROM mirror.payouts o" \
  "  WHERE o.balance_transaction IS NOT NULL AND" ABSENT ("o.balance_transaction") \
  " UNION ALL SELECT o.json ->> '$.failure_balance_transaction', o.id, o.amount FROM mirror.payouts o" \
  "  WHERE o.json ->> '$.failure_balance_transaction' IS NOT NULL AND" ABSENT ("o.json ->> '$.failure_balance_transaction'") \
  " UNION ALL SELECT e.value ->> '$.id', d.id, e.value ->> '$.net' FROM mirror.disputes d" \
  "  JOIN json_each (d.json, '$.balance_transactions') e WHERE e.type = 'object' AND" ABSENT ("e.value ->> '$.id'") \
  " UNION ALL SELECT n.transaction_id, n.payout, NULL FROM mirror.payout_items n WHERE" ABSENT ("n.transaction_id") \
  ") x GROUP BY x.id ORDER BY x.id"

/* A row whose columns are not what Stripe sent, or that is not what it is for. */
#define ALTERED_SQL \
  "SELECT b.id, b.source, b.net, b.net - (b.json ->> '$.net') FROM mirror.balance_transactions b" \
  " WHERE b.deleted = 0 AND (b.net <> b.json ->> '$.net' OR b.amount <> b.json ->> '$.amount' OR b.fee <> b.json ->> '$.fee')" \
  " UNION ALL SELECT b.id, b.source, b.net, b.amount - c.amount FROM mirror.charges c JOIN mirror.balance_transactions b" \
  "  ON b.id = c.balance_transaction WHERE b.currency = c.currency AND b.deleted = 0" \
  "  AND b.amount NOT IN (c.amount, c.amount_captured) AND b.amount = b.json ->> '$.amount'"

static char *
describe (gboolean    is_missing,
          const char *of)
{
  if (is_missing)
    /* Translators: the id of a charge, a payout, … */
    return g_strdup_printf (_("This transaction, which %s names, is not here yet."), of);

  return g_strdup_printf (_("This transaction of %s is not here as Stripe sent it."), of);
}

static gboolean
name_rows (BillingReconciling  *self,
           const char          *sql,
           gboolean             is_missing,
           GError             **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection, sql, error);
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      const char *of;

      if (!row)
        return TRUE;
      of = billing_statement_get_text (statement, 1);
      _billing_reconciling_add_breach (self, is_missing ? "missing" : "altered", billing_statement_get_text (statement, 0),
                                       billing_statement_get_integer (statement, 2), billing_statement_get_integer (statement, 3),
                                       describe (is_missing, of != NULL ? of : ""));
    }

  return FALSE;
}

/* New transactions come without an event, some moments after what they are for. */
static void
explain_difference (BillingReconciling *self)
{
  if (self->result->difference != 0 && self->result->n_breaches == 0)
    _billing_reconciling_add_breach (self, "balance", NULL, self->result->stripe, self->result->difference,
                                     g_strdup (_("Stripe’s balance is another than the sum of its transactions here. The newest are "
                                                 "perhaps not fetched yet: sync with Stripe, and look again.")));
}

gboolean
_billing_reconciling_suspects (BillingReconciling  *self,
                               GError             **error)
{
  if (!name_rows (self, MISSING_SQL, TRUE, error) || !name_rows (self, ALTERED_SQL, FALSE, error))
    return FALSE;

  explain_difference (self);
  return TRUE;
}
