/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reconciliation-books"

#include "config.h"

#include "billing-reconciliation-private.h"

#include <glib/gi18n-lib.h>

/*
 * Our books' account of Stripe against Stripe's ledger, charge by charge: everything that ever moved for each charge of ours that moved in the
 * period. Over all time, because the two sides may know of the same thing on different days.
 */

/* Of whom something moved: in the books, and at Stripe. What in the books has lost its charge stands for itself. */
#define TOUCHED \
  "posted (object) AS MATERIALIZED (SELECT DISTINCT substr (source, 1, instr (source, ':') - 1)" \
  "  FROM main.transactions INDEXED BY transactions_of_stripe WHERE person = 'stripe' AND day >= ?2 AND day <= ?3)," \
  " touched (charge) AS MATERIALIZED (" \
  "  SELECT coalesce (r.charge, d.charge, o.object) FROM posted o LEFT JOIN mirror.stripe_refunds r ON r.id = o.object" \
  "    LEFT JOIN mirror.balance_transactions b ON b.id = o.object LEFT JOIN mirror.disputes d ON d.id = b.source" \
  "  UNION SELECT c.id FROM mirror.charges c JOIN temp.charge_owners w ON w.charge_pk = c.pk" \
  "    WHERE c.created >= ?4 AND c.created < ?5 AND w.patient_id IS NOT NULL AND c.amount_captured > 0" \
  "  UNION SELECT r.charge FROM mirror.stripe_refunds r JOIN mirror.charges c ON c.id = r.charge" \
  "    JOIN temp.charge_owners w ON w.charge_pk = c.pk" \
  "    WHERE r.created >= ?4 AND r.created < ?5 AND w.patient_id IS NOT NULL" \
  "  UNION SELECT d.charge FROM mirror.disputes d JOIN mirror.charges c ON c.id = d.charge" \
  "    JOIN temp.charge_owners w ON w.charge_pk = c.pk" \
  "    WHERE d.created >= ?4 AND d.created < ?5 AND w.patient_id IS NOT NULL)"

/* What posts: a charge, its refunds, and the moves of its disputes. */
#define OBJECTS \
  "posters (charge, object) AS (" \
  "  SELECT charge, charge FROM touched" \
  "  UNION SELECT t.charge, r.id FROM touched t JOIN mirror.stripe_refunds r ON r.charge = t.charge" \
  "  UNION SELECT t.charge, b.id FROM touched t JOIN mirror.disputes d ON d.charge = t.charge" \
  "    JOIN mirror.balance_transactions b ON b.source = d.id" \
  "  UNION SELECT t.charge, e.value ->> '$.id' FROM touched t JOIN mirror.disputes d ON d.charge = t.charge" \
  "    JOIN json_each (d.json, '$.balance_transactions') e WHERE e.type = 'object')," \
  " booked (charge, amount) AS (" \
  "  SELECT o.charge, sum (p.amount) FROM posters o" \
  "    JOIN main.transactions t ON t.source >= o.object || ':' AND t.source < o.object || ';'" \
  "    JOIN main.postings p ON p.transaction_pk = t.pk AND p.account = 'stripe' AND p.currency = upper (?1) GROUP BY 1)"

/* What moved Stripe's balance. A refund that waits took its money already, and is posted when it is done. Where the account settles in another
 * currency, what was moved is the object's own amount. */
#define WORTH(own) "iif (b.currency = ?1, b.amount, iif (b.amount < 0, -(" own "), " own "))"
#define MOVES \
  "moves (charge, amount) AS (" \
  "  SELECT c.id, " WORTH ("c.amount") " FROM touched t JOIN mirror.charges c ON c.id = t.charge" \
  "    JOIN mirror.balance_transactions b ON b.source = c.id" \
  "    WHERE c.currency = ?1 AND b.deleted = 0 AND c.status <> 'pending'" \
  "  UNION ALL SELECT r.charge, " WORTH ("r.amount") " FROM touched t JOIN mirror.stripe_refunds r ON r.charge = t.charge" \
  "    JOIN mirror.balance_transactions b ON b.source = r.id" \
  "    WHERE r.currency = ?1 AND b.deleted = 0 AND r.status NOT IN ('pending', 'requires_action')" \
  "  UNION ALL SELECT d.charge, " WORTH ("d.amount") " FROM touched t JOIN mirror.disputes d ON d.charge = t.charge" \
  "    JOIN mirror.balance_transactions b ON b.source = d.id" \
  "    WHERE d.currency = ?1 AND b.deleted = 0 AND b.reporting_category IN ('dispute', 'dispute_reversal'))," \
  " moved (charge, amount) AS (SELECT charge, sum (amount) FROM moves GROUP BY 1)"

#define BOOKS_SQL \
  "WITH " TOUCHED ", " OBJECTS ", " MOVES \
  " SELECT t.charge, ifnull (k.amount, 0), ifnull (m.amount, 0)" \
  " FROM touched t LEFT JOIN booked k ON k.charge = t.charge LEFT JOIN moved m ON m.charge = t.charge" \
  " WHERE k.charge IS NOT NULL OR m.charge IS NOT NULL ORDER BY t.charge"

#define CHARGE_SQL \
  "SELECT c.created, p.number, q.sentence FROM mirror.charges c JOIN temp.charge_owners w ON w.charge_pk = c.pk" \
  " LEFT JOIN main.payments p ON p.id = w.payment_id LEFT JOIN main.posting_problems q ON q.charge_id = c.id WHERE c.id = ?"

/* Nobody's: not in the books, and rightly so. */
#define UNASSIGNED_SQL \
  "SELECT count (*), ifnull (sum (c.amount_captured), 0) FROM mirror.charges c JOIN temp.charge_owners w ON w.charge_pk = c.pk" \
  " WHERE c.created >= ?2 AND c.created < ?3 AND c.currency = ?1 AND c.status = 'succeeded' AND c.amount_captured > 0" \
  " AND w.patient_id IS NULL"

typedef struct {
  gint64 n;
  gint64 books;
  gint64 stripe;
} Sums;

static void
bind_period (BillingReconciling *self,
             BillingStatement   *statement,
             int                 first)
{
  billing_statement_bind_integer (statement, first, self->since);
  billing_statement_bind_integer (statement, first + 1, self->until);
}

static const char *
describe (gint64 books,
          gint64 stripe)
{
  if (books == 0)
    return _("Stripe has it, the books do not.");
  if (stripe == 0)
    return _("The books have it, Stripe’s ledger here does not.");

  return _("The books say another amount than Stripe’s ledger here.");
}

/* Which payment it is of, and why it was not posted, where that is known. */
static gboolean
fill_line (BillingReconciling         *self,
           BillingReconciliationLine  *line,
           GError                    **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection, CHARGE_SQL, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, line->about);
  if (!billing_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  line->at = billing_statement_get_integer (statement, 0);
  line->payment = g_strdup (billing_statement_get_text (statement, 1));
  if (billing_statement_get_text (statement, 2) != NULL)
    g_object_set (line, "note", billing_statement_get_text (statement, 2), NULL);
  return TRUE;
}

static gboolean
look_at_charge (BillingReconciling  *self,
                BillingStatement    *row,
                Sums                *sums,
                GError             **error)
{
  const char *charge = billing_statement_get_text (row, 0);
  gint64 books = billing_statement_get_integer (row, 1);
  gint64 stripe = billing_statement_get_integer (row, 2);
  BillingReconciliationLine *line;

  sums->n++;
  sums->books += books;
  sums->stripe += stripe;
  if (books == stripe)
    return TRUE;

  line = _billing_reconciling_add_breach (self, "books", charge, stripe, stripe - books, g_strdup (describe (books, stripe)));
  return line == NULL || fill_line (self, line, error);
}

static gboolean
compare_charges (BillingReconciling  *self,
                 Sums                *sums,
                 GError             **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection, BOOKS_SQL, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, self->stripe_currency);
  billing_statement_bind_text (statement, 2, self->result->from);
  billing_statement_bind_text (statement, 3, self->result->to);
  bind_period (self, statement, 4);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      if (!look_at_charge (self, statement, sums, error))
        return FALSE;
    }

  return FALSE;
}

static gboolean
add_unassigned (BillingReconciling  *self,
                GError             **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection, UNASSIGNED_SQL, error);
  BillingReconciliationLine *line;
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, self->stripe_currency);
  bind_period (self, statement, 2);
  if (!billing_statement_step (statement, &row, error))
    return FALSE;
  if (billing_statement_get_integer (statement, 0) == 0)
    return TRUE;

  line = _billing_reconciling_add (self, BILLING_RECONCILIATION_BOOKS, "unassigned", _("Of no patient, and so not in the books"),
                                   billing_statement_get_integer (statement, 1));
  line->count = billing_statement_get_integer (statement, 0);
  return TRUE;
}

gboolean
_billing_reconciling_books (BillingReconciling  *self,
                            GError             **error)
{
  Sums sums = { 0, 0, 0 };
  BillingReconciliationLine *line;

  if (!compare_charges (self, &sums, error))
    return FALSE;

  line = _billing_reconciling_add (self, BILLING_RECONCILIATION_BOOKS, "books", _("Our payments, in the books"), sums.books);
  line->count = sums.n;
  line = _billing_reconciling_add (self, BILLING_RECONCILIATION_BOOKS, "stripe", _("The same payments, at Stripe"), sums.stripe);
  line->count = sums.n;
  line->difference = sums.stripe - sums.books;
  return add_unassigned (self, error);
}
