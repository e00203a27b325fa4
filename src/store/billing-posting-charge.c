/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-posting-charge"

#include "config.h"

#include "billing-posting-charge.h"

static void
free_refund (gpointer data)
{
  BillingPostingRefund *refund = data;

  g_free (refund->id);
  g_free (refund->status);
  g_free (refund->problem);
  g_free (refund->refund_id);
  g_free (refund->late_intent);
  g_free (refund);
}

static void
free_move (gpointer data)
{
  BillingPostingMove *move = data;

  g_free (move->id);
  g_free (move->dispute);
  g_free (move->reason);
  g_free (move);
}

void
billing_posting_charge_free (BillingPostingCharge *self)
{
  g_free (self->id);
  g_free (self->day);
  g_free (self->currency);
  g_free (self->failure_code);
  g_free (self->failure_message);
  g_free (self->seller_message);
  g_free (self->payment_id);
  g_free (self->patient_id);
  g_ptr_array_unref (self->refunds);
  g_ptr_array_unref (self->moves);
  g_free (self);
}

static char *
dup_column (BillingStatement *statement,
            int               column)
{
  return g_strdup (billing_statement_get_text (statement, column));
}

static gboolean
is_word (BillingStatement *statement,
         int               column,
         const char       *word)
{
  return g_strcmp0 (billing_statement_get_text (statement, column), word) == 0;
}

/* An authorisation is let go by canceling its intent. Where the key may not read intents, the
 * charge's own refund tells. */
static void
read_state (BillingPostingCharge *self,
            BillingStatement     *statement)
{
  gboolean is_captured = billing_statement_get_integer (statement, 6) != 0;
  gboolean has_intent = billing_statement_get_text (statement, 8) != NULL;

  self->is_pending = is_word (statement, 5, "pending");
  self->has_failed = is_word (statement, 5, "failed");
  if (!is_word (statement, 5, "succeeded"))
    return;

  if (is_captured)
    {
      self->captured = billing_statement_get_integer (statement, 4);
      return;
    }

  self->is_let_go = has_intent ? is_word (statement, 8, "canceled") : billing_statement_get_integer (statement, 7) != 0;
  self->is_held = !self->is_let_go;
  self->has_expired = self->is_let_go && (is_word (statement, 9, "automatic") ||
                                          is_word (statement, 9, "expired") ||
                                          billing_statement_get_integer (statement, 10) != 0);
}

/* Money that was posted belongs to the payment that it was posted to, whatever the charge carries
 * since. */
#define CHARGE_SQL \
  "SELECT c.id, c.created, billing_day (c.created, (SELECT time_zone FROM main.practice)), c.amount, c.amount_captured," \
  " c.status, c.captured, c.refunded, i.status, i.cancellation_reason," \
  " EXISTS (SELECT 1 FROM mirror.stripe_refunds WHERE charge = c.id AND reason = 'expired_uncaptured_charge')," \
  " upper (c.currency), ifnull (c.json ->> '$.outcome.reason', c.json ->> '$.failure_code')," \
  " c.json ->> '$.failure_message', c.json ->> '$.outcome.seller_message'," \
  " iif (t.pk IS NULL, o.payment_id, t.payment_id), iif (t.pk IS NULL, o.patient_id, t.patient_id)," \
  " EXISTS (SELECT 1 FROM mirror.disputes WHERE charge = c.id)" \
  " FROM mirror.charges c JOIN temp.charge_owners o ON o.charge_pk = c.pk" \
  " LEFT JOIN mirror.payment_intents i ON i.id = c.payment_intent" \
  " LEFT JOIN main.transactions t ON t.pk = (SELECT pk FROM main.transactions" \
  "   WHERE source IN (c.id || ':collect', c.id || ':late') LIMIT 1)" \
  " WHERE c.pk = ?"

static gboolean
read_charge (BillingConnection     *connection,
             BillingPostingCharge  *self,
             gint64                 row,
             GError               **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, CHARGE_SQL,
                                                                       error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_integer (statement, 1, row);
  if (!billing_statement_step (statement, &has_row, error) || !has_row)
    return FALSE;

  self->id = dup_column (statement, 0);
  self->created = billing_statement_get_integer (statement, 1);
  self->day = dup_column (statement, 2);
  self->amount = billing_statement_get_integer (statement, 3);
  read_state (self, statement);
  self->currency = dup_column (statement, 11);
  self->failure_code = dup_column (statement, 12);
  self->failure_message = dup_column (statement, 13);
  self->seller_message = dup_column (statement, 14);
  self->payment_id = dup_column (statement, 15);
  self->patient_id = dup_column (statement, 16);
  self->is_disputed = billing_statement_get_integer (statement, 17) != 0;
  return TRUE;
}

static gboolean
read_refunds (BillingConnection     *connection,
              BillingPostingCharge  *self,
              GError               **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT r.id, r.created, r.amount, r.status, r.failure_reason, r.refund,"
    " (SELECT id FROM main.outbox WHERE id = r.intent AND kind = 'late-refund') FROM mirror.stripe_refunds r"
    " JOIN mirror.charges c ON c.id = r.charge"
    " WHERE r.charge = ? AND c.captured AND r.amount > 0 AND NOT (" BILLING_POSTING_IS_RELEASE ") ORDER BY r.created, r.pk", error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, self->id);
  while (billing_statement_step (statement, &has_row, error))
    {
      BillingPostingRefund *refund;

      if (!has_row)
        return TRUE;
      refund = g_new0 (BillingPostingRefund, 1);
      refund->id = dup_column (statement, 0);
      refund->created = billing_statement_get_integer (statement, 1);
      refund->amount = billing_statement_get_integer (statement, 2);
      refund->status = dup_column (statement, 3);
      refund->problem = dup_column (statement, 4);
      refund->refund_id = dup_column (statement, 5);
      refund->late_intent = dup_column (statement, 6);
      g_ptr_array_add (self->refunds, refund);
    }

  return FALSE;
}

/* A dispute brings its balance transactions along; the list of all of them may be behind, or ahead.
 * Where the account settles in another currency, the dispute's own amount is the charge's. */
#define MOVES_SQL \
  "WITH d AS (SELECT id, amount, currency, reason, json FROM mirror.disputes WHERE charge = ?)," \
  " b AS (SELECT x.id, d.id AS dispute, x.created, x.amount, x.currency, x.reporting_category AS category," \
  "     d.amount AS whole, d.currency AS own, d.reason" \
  "   FROM d JOIN mirror.balance_transactions x ON x.source = d.id" \
  "   UNION SELECT e.value ->> '$.id', d.id, e.value ->> '$.created', e.value ->> '$.amount', e.value ->> '$.currency'," \
  "     e.value ->> '$.reporting_category', d.amount, d.currency, d.reason" \
  "   FROM d JOIN json_each (d.json, '$.balance_transactions') e WHERE e.type = 'object')" \
  " SELECT id, dispute, created, iif (currency = own, amount, iif (amount < 0, -whole, whole)), reason FROM b" \
  " WHERE (category = 'dispute' AND amount < 0) OR (category = 'dispute_reversal' AND amount > 0)" \
  " GROUP BY id ORDER BY created, amount, id"

static gboolean
read_moves (BillingConnection     *connection,
            BillingPostingCharge  *self,
            GError               **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, MOVES_SQL,
                                                                       error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, self->id);
  while (billing_statement_step (statement, &has_row, error))
    {
      BillingPostingMove *move;

      if (!has_row)
        return TRUE;
      move = g_new0 (BillingPostingMove, 1);
      move->id = dup_column (statement, 0);
      move->dispute = dup_column (statement, 1);
      move->created = billing_statement_get_integer (statement, 2);
      move->amount = billing_statement_get_integer (statement, 3);
      move->reason = dup_column (statement, 4);
      g_ptr_array_add (self->moves, move);
    }

  return FALSE;
}

/**
 * billing_posting_charge_read:
 * @connection: inside a transaction
 * @row: of a charge in the mirror
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what is known of it
 */
BillingPostingCharge *
billing_posting_charge_read (BillingConnection  *connection,
                             gint64              row,
                             GError            **error)
{
  g_autoptr (BillingPostingCharge) self = g_new0 (BillingPostingCharge, 1);

  self->refunds = g_ptr_array_new_with_free_func (free_refund);
  self->moves = g_ptr_array_new_with_free_func (free_move);
  if (!read_charge (connection, self, row, error) || !read_refunds (connection, self, error) ||
      (self->is_disputed && !read_moves (connection, self, error)))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * billing_posting_get_dispute:
 * @connection: inside a transaction
 * @payment_id: a payment
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): how the newest dispute of its charges stands, Stripe's word;
 *   %NULL also where there is none
 */
char *
billing_posting_get_dispute (BillingConnection  *connection,
                             const char         *payment_id,
                             GError            **error)
{
  return billing_connection_get_text (connection, error,
                                      "SELECT d.status FROM main.attempts a JOIN mirror.disputes d ON d.charge = a.source"
                                      " WHERE a.payment_id = ? ORDER BY d.created DESC, d.id DESC LIMIT 1", "t", payment_id);
}
