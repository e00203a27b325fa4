/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-posting"

#include "config.h"

#include "billing-posting.h"

/*
 * What Stripe's objects mean for our payments, as far as sets can tell: which charges the queue is
 * about, which of them change nothing, and which collect exactly what an open payment asks for.
 * Those are posted here, all of a batch at once; the others are the desk's.
 */

/* So many rows of the queue in one transaction: people's verbs wait for no longer than that. */
#define BATCH_ROWS 5000

static gboolean
make_tables (BillingConnection  *connection,
             GError            **error)
{
  return billing_connection_execute (connection,
                                     "CREATE TEMP TABLE IF NOT EXISTS posting_due (charge_pk INTEGER PRIMARY KEY);"
                                     "CREATE TEMP TABLE IF NOT EXISTS posting_plain (n INTEGER PRIMARY KEY, charge_pk INTEGER,"
                                     " charge_id TEXT, payment_pk INTEGER UNIQUE, payment_id TEXT, patient_id TEXT,"
                                     " created INTEGER, day TEXT, amount INTEGER, currency TEXT, is_draft INTEGER,"
                                     " revision INTEGER);"
                                     "DELETE FROM temp.posting_due; DELETE FROM temp.posting_plain;", error);
}

static gboolean
find_end (BillingConnection  *connection,
          gint64             *seq,
          GError            **error)
{
  return billing_connection_get_integer (connection, seq, error,
                                         "SELECT ifnull (max (seq), 0) FROM (SELECT seq FROM mirror.posting_queue"
                                         " ORDER BY seq LIMIT ?)", "i", (gint64) BATCH_ROWS);
}

static gboolean
collect_due (BillingConnection  *connection,
             gint64              seq,
             GError            **error)
{
  return billing_connection_run (connection, error,
                                 "WITH q AS MATERIALIZED (SELECT kind, row FROM mirror.posting_queue WHERE seq <= ?)"
                                 " INSERT INTO temp.posting_due " BILLING_POSTING_DUE, "i", seq);
}

/* As in the view charge_owners, but without looking at what is not needed. */
#define OWNER \
  "coalesce ((SELECT payment_id FROM main.assignments WHERE charge_id = c.id), c.payment," \
  " (SELECT payment FROM mirror.payment_intents WHERE id = c.payment_intent))"

#define UNTOUCHED \
  "NOT c.disputed AND c.amount_refunded = 0" \
  " AND NOT EXISTS (SELECT 1 FROM mirror.stripe_refunds WHERE charge = c.id)" \
  " AND NOT EXISTS (SELECT 1 FROM mirror.disputes WHERE charge = c.id)"

#define IS_POSTED(step) "EXISTS (SELECT 1 FROM main.transactions WHERE source = c.id || '" step "')"

/* The plain cases: a payment that is still open, all of it, in its currency, and nothing has
 * happened to the money since. Of two charges for one payment the older one collects it; the other
 * is late. */
static gboolean
collect_plain (BillingConnection  *connection,
               GError            **error)
{
  return billing_connection_run (connection, error,
    "INSERT OR IGNORE INTO temp.posting_plain (charge_pk, charge_id, payment_pk, payment_id, patient_id, created, day,"
    " amount, currency, is_draft, revision)"
    " SELECT c.pk, c.id, p.pk, p.id, p.patient_id, c.created,"
    "   billing_day (c.created, (SELECT time_zone FROM main.practice)), p.amount, p.currency, p.submitted_at = 0, p.revision"
    " FROM temp.posting_due q CROSS JOIN mirror.charges c ON c.pk = q.charge_pk"
    "   CROSS JOIN main.payments p ON p.id = " OWNER
    " WHERE c.status = 'succeeded' AND c.captured AND " UNTOUCHED
    "   AND p.collected = 0 AND p.cancelled_at = 0 AND p.written_off_at = 0 AND p.voided_at = 0"
    "   AND c.amount_captured = p.amount AND upper (c.currency) = p.currency"
    "   AND NOT " IS_POSTED (":collect") " AND NOT " IS_POSTED (":late")
    "   AND NOT EXISTS (SELECT 1 FROM main.attempts WHERE payment_id = p.id AND at >= c.created AND source <> c.id)"
    " ORDER BY c.created, c.pk", "");
}

static gboolean
write_attempts (BillingConnection  *connection,
                GError            **error)
{
  return billing_connection_run (connection, error,
    "INSERT INTO attempts (id, payment_id, state, at, source, amount, currency)"
    " SELECT 'att_' || charge_id, payment_id, 'succeeded', created, charge_id, amount, currency"
    " FROM temp.posting_plain WHERE true ORDER BY n"
    " ON CONFLICT (source) DO UPDATE SET state = 'succeeded', reason = NULL, revision = revision + 1", "");
}

/* Both sides of an entry, by the number of its row. */
static gboolean
write_postings (BillingConnection  *connection,
                gint64              base,
                const char         *debit,
                const char         *credit,
                gboolean            only_drafts,
                GError            **error)
{
  return billing_connection_run (connection, error,
    "INSERT INTO postings (transaction_pk, account, currency, amount)"
    " SELECT ?1 + n, iif (side = 1, ?2, ?3), currency, side * amount"
    " FROM temp.posting_plain CROSS JOIN (SELECT 1 AS side UNION ALL SELECT -1) WHERE is_draft OR NOT ?4", "itti",
    base, debit, credit, (gint64) only_drafts);
}

static gboolean
get_base (BillingConnection  *connection,
          gint64             *base,
          GError            **error)
{
  return billing_connection_get_integer (connection, base, error,
                                         "SELECT ifnull (max (pk), 0) FROM transactions", "");
}

/* Collecting submits first, under the name that the desk gives to it. */
static gboolean
submit_drafts (BillingConnection  *connection,
               GError            **error)
{
  gint64 base;

  return get_base (connection, &base, error) &&
         billing_connection_run (connection, error,
           "INSERT INTO transactions (pk, at, day, act, person, patient_id, payment_id, source)"
           " SELECT ? + n, created, day, 'submit', 'stripe', patient_id, payment_id,"
           "   payment_id || ':submit:' || revision FROM temp.posting_plain WHERE is_draft ORDER BY n", "i", base) &&
         write_postings (connection, base, "patient-receivable", "asked", TRUE, error);
}

static gboolean
write_collections (BillingConnection  *connection,
                   GError            **error)
{
  gint64 base;

  return get_base (connection, &base, error) &&
         billing_connection_run (connection, error,
           "INSERT INTO transactions (pk, at, day, act, person, patient_id, payment_id, source)"
           " SELECT ? + n, created, day, 'collect', 'stripe', patient_id, payment_id, charge_id || ':collect'"
           " FROM temp.posting_plain ORDER BY n", "i", base) &&
         write_postings (connection, base, "stripe", "patient-receivable", FALSE, error);
}

static gboolean
settle_plain (BillingConnection  *connection,
              GError            **error)
{
  return billing_connection_run (connection, error,
    "UPDATE payments SET revision = payments.revision + 1, collected = n.amount, status = 'paid', paid_on = n.day,"
    " tender = 'stripe', reference = n.charge_id, attempt = 'succeeded', failed_at = 0,"
    " submitted_at = iif (n.is_draft, n.created, submitted_at)"
    " FROM temp.posting_plain n WHERE payments.pk = n.payment_pk", "");
}

static gboolean
post_plain (BillingConnection    *connection,
            BillingPostingBatch  *batch,
            GError              **error)
{
  gint64 n;

  if (!collect_plain (connection, error) ||
      !billing_connection_get_integer (connection, &n, error,
                                       "SELECT count(*) FROM temp.posting_plain", ""))
    return FALSE;

  batch->n_posted += (guint64) n;
  return n == 0 ||
         (write_attempts (connection, error) && submit_drafts (connection, error) &&
          write_collections (connection, error) && settle_plain (connection, error));
}

/* What is left: charges that are somebody's, without those of which the books say already what the
 * mirror says. */
static gboolean
list_rest (BillingConnection    *connection,
           BillingPostingBatch  *batch,
           GError              **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT c.pk FROM temp.posting_due q CROSS JOIN mirror.charges c ON c.pk = q.charge_pk"
    " WHERE q.charge_pk NOT IN (SELECT charge_pk FROM temp.posting_plain)"
    "   AND (EXISTS (SELECT 1 FROM main.payments p WHERE p.id = " OWNER ")"
    "     OR EXISTS (SELECT 1 FROM main.assignments WHERE charge_id = c.id)"
    "     OR EXISTS (SELECT 1 FROM main.transactions WHERE source >= c.id || ':' AND source < c.id || ';'))"
    "   AND NOT (" UNTOUCHED
    "     AND ((c.status = 'succeeded' AND c.captured AND " IS_POSTED (":collect")
    "           AND EXISTS (SELECT 1 FROM main.attempts WHERE source = c.id AND state = 'succeeded'))"
    "       OR (c.status = 'failed' AND NOT " IS_POSTED (":collect") " AND NOT " IS_POSTED (":late")
    "           AND EXISTS (SELECT 1 FROM main.attempts WHERE source = c.id AND state = 'failed'))))"
    " ORDER BY c.created, c.pk", error);
  gboolean row;

  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      gint64 pk;

      if (!row)
        return TRUE;
      pk = billing_statement_get_integer (statement, 0);
      g_array_append_val (batch->charges, pk);
    }

  return FALSE;
}

/**
 * billing_posting_take_batch:
 * @connection: inside a writing transaction
 * @batch: its charges are added to; the rest is set
 * @error: return location for a #BillingStoreError
 *
 * Looks at the beginning of the mirror's queue and posts the plain cases. The queue stays as it is:
 * what was looked at is removed from it once this transaction is kept.
 *
 * Returns: whether all of it was written
 */
gboolean
billing_posting_take_batch (BillingConnection    *connection,
                            BillingPostingBatch  *batch,
                            GError              **error)
{
  if (!find_end (connection, &batch->seq, error))
    return FALSE;
  if (batch->seq == 0)
    return TRUE;

  return make_tables (connection, error) &&
         collect_due (connection, batch->seq, error) &&
         post_plain (connection, batch, error) &&
         list_rest (connection, batch, error);
}

/**
 * billing_posting_find_charge:
 * @connection: inside a transaction
 * @charge_id: Stripe's id
 * @row: (out): its row in the mirror; 0: it is not there
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_posting_find_charge (BillingConnection  *connection,
                             const char         *charge_id,
                             gint64             *row,
                             GError            **error)
{
  return billing_connection_get_integer (connection, row, error,
                                         "SELECT ifnull ((SELECT pk FROM mirror.charges WHERE id = ?), 0)", "t",
                                         charge_id);
}

/**
 * billing_posting_mark:
 * @connection: inside a writing transaction
 * @error: return location for a #BillingStoreError
 *
 * Begins what can be undone by itself, so that one charge that the books do not take holds up no
 * other.
 *
 * Returns: whether it began, to be ended by billing_posting_keep() or billing_posting_undo()
 */
gboolean
billing_posting_mark (BillingConnection  *connection,
                      GError            **error)
{
  return billing_connection_run (connection, error, "SAVEPOINT posting", "");
}

/**
 * billing_posting_keep:
 * @connection: inside a writing transaction, after billing_posting_mark()
 * @error: return location for a #BillingStoreError
 *
 * Lets what was done since the mark go with the transaction.
 *
 * Returns: whether the mark is gone
 */
gboolean
billing_posting_keep (BillingConnection  *connection,
                      GError            **error)
{
  return billing_connection_run (connection, error, "RELEASE posting", "");
}

/**
 * billing_posting_undo:
 * @connection: inside a writing transaction, after billing_posting_mark()
 * @error: return location for a #BillingStoreError
 *
 * Takes back what was done since the mark, and nothing else.
 *
 * Returns: whether the mark is gone
 */
gboolean
billing_posting_undo (BillingConnection  *connection,
                      GError            **error)
{
  return billing_connection_run (connection, error, "ROLLBACK TO posting", "") &&
         billing_posting_keep (connection, error);
}

/**
 * billing_posting_is_newest:
 * @connection: inside a transaction
 * @payment_id: a payment
 * @charge_id: Stripe's id of an attempt at it
 * @created: when that was made, Unix seconds
 * @is_newest: (out): whether no other attempt was made after it
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_posting_is_newest (BillingConnection  *connection,
                           const char         *payment_id,
                           const char         *charge_id,
                           gint64              created,
                           gboolean           *is_newest,
                           GError            **error)
{
  gint64 n;

  if (!billing_connection_get_integer (connection, &n, error,
                                       "SELECT count(*) FROM attempts WHERE payment_id = ? AND (at, source) > (?, ?)",
                                       "tit", payment_id, created, charge_id))
    return FALSE;

  *is_newest = n == 0;
  return TRUE;
}

/**
 * billing_posting_set_problem:
 * @connection: inside a writing transaction
 * @charge_id: Stripe's id of a charge
 * @payment_id: (nullable): the payment that it is for
 * @patient_id: whose it is
 * @at: Unix seconds
 * @sentence: (nullable): why it is not posted; %NULL: it is
 * @error: return location for a #BillingStoreError
 *
 * Keeps what a person has to look at, or forgets that there was something.
 *
 * Returns: whether it is kept
 */
gboolean
billing_posting_set_problem (BillingConnection  *connection,
                             const char         *charge_id,
                             const char         *payment_id,
                             const char         *patient_id,
                             gint64              at,
                             const char         *sentence,
                             GError            **error)
{
  if (sentence == NULL)
    return billing_connection_run (connection, error,
                                   "DELETE FROM posting_problems WHERE charge_id = ?", "t",
                                   charge_id);

  return billing_connection_run (connection, error,
                                 "INSERT INTO posting_problems (charge_id, payment_id, patient_id, at, sentence)"
                                 " VALUES (?, ?, ?, ?, ?) ON CONFLICT (charge_id) DO UPDATE"
                                 " SET sentence = excluded.sentence", "tttit", charge_id,
                                 payment_id, patient_id, at, sentence);
}
