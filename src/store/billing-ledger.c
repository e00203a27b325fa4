/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-ledger"

#include "config.h"

#include "billing-ledger.h"

#include <glib/gi18n-lib.h>

#include "billing-enums.h"
#include "billing-status.h"
#include "billing-table.h"

static gboolean
write_head (BillingConnection         *connection,
            const BillingTransaction  *transaction,
            gint64                     reverses,
            gint64                    *pk,
            GError                   **error)
{
  if (!billing_connection_run (connection, error,
                               "INSERT INTO transactions"
                               " (at, day, act, person, patient_id, payment_id, reason, source, reverses)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0))", "ittttttti",
                               transaction->at, transaction->day, transaction->act, transaction->person,
                               transaction->patient_id, transaction->payment_id, transaction->reason,
                               transaction->source, reverses))
    return FALSE;

  *pk = billing_connection_get_last_pk (connection);
  return TRUE;
}

static gboolean
write_posting (BillingConnection  *connection,
               gint64              transaction_pk,
               BillingAccount      account,
               const char         *currency,
               gint64              amount,
               GError            **error)
{
  return billing_connection_run (connection, error,
                                 "INSERT INTO postings (transaction_pk, account, currency, amount)"
                                 " VALUES (?, ?, ?, ?)", "itti", transaction_pk,
                                 billing_enum_nick (BILLING_TYPE_ACCOUNT, account), currency, amount);
}

/**
 * billing_ledger_post:
 * @connection: inside a writing transaction
 * @transaction: who, when, why
 * @currency: ISO 4217
 * @debit: the account that gets it
 * @credit: the account that gives it
 * @amount: minor units, above 0
 * @error: return location for a #BillingStoreError
 *
 * Posts an entry; both sides at once, so that it sums to zero. A source that posted already is refused.
 *
 * Returns: whether it was posted
 */
gboolean
billing_ledger_post (BillingConnection         *connection,
                     const BillingTransaction  *transaction,
                     const char                *currency,
                     BillingAccount             debit,
                     BillingAccount             credit,
                     gint64                     amount,
                     GError                   **error)
{
  gint64 pk;

  g_return_val_if_fail (amount > 0, FALSE);

  return write_head (connection, transaction, 0, &pk, error) &&
         write_posting (connection, pk, debit, currency, amount, error) &&
         write_posting (connection, pk, credit, currency, -amount, error);
}

/* An entry that was reversed no longer stands. */
#define STANDING "t.payment_id = ? AND t.act = ? AND NOT EXISTS" \
  " (SELECT 1 FROM transactions r WHERE r.payment_id = t.payment_id AND r.reverses = t.pk)"

/**
 * billing_ledger_find:
 * @connection: inside a transaction
 * @payment_id: a payment
 * @act: an act
 * @amount: (out): minor units of its entries of this act that still stand; 0: there is none
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_ledger_find (BillingConnection  *connection,
                     const char         *payment_id,
                     const char         *act,
                     gint64             *amount,
                     GError            **error)
{
  return billing_connection_get_integer (connection, amount, error,
                                         "SELECT ifnull (sum (p.amount), 0) FROM transactions t"
                                         " JOIN postings p ON p.transaction_pk = t.pk AND p.amount > 0 WHERE " STANDING,
                                         "tt", payment_id, act);
}

/**
 * billing_ledger_reverse:
 * @connection: inside a writing transaction
 * @transaction: who, when, why
 * @act: which of the payment's entries to reverse: the last of this act that still stands
 * @error: return location for a #BillingStoreError
 *
 * Posts the opposite of an earlier entry, which stays.
 *
 * Returns: whether it was posted
 */
gboolean
billing_ledger_reverse (BillingConnection         *connection,
                        const BillingTransaction  *transaction,
                        const char                *act,
                        GError                   **error)
{
  gint64 reversed;

  if (!billing_connection_get_integer (connection, &reversed, error,
                                       "SELECT t.pk FROM transactions t WHERE " STANDING " ORDER BY t.pk DESC LIMIT 1",
                                       "tt", transaction->payment_id, act))
    return FALSE;

  if (reversed == 0)
    {
      g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CONSTRAINT,
                           _("There is nothing in the ledger to take back. Nothing was changed."));
      return FALSE;
    }

  return billing_ledger_reverse_entry (connection, transaction, reversed, error);
}

/**
 * billing_ledger_reverse_entry:
 * @connection: inside a writing transaction
 * @transaction: who, when, why
 * @reversed: the entry
 * @error: return location for a #BillingStoreError
 *
 * Posts the opposite of one entry, which stays.
 *
 * Returns: whether it was posted
 */
gboolean
billing_ledger_reverse_entry (BillingConnection         *connection,
                              const BillingTransaction  *transaction,
                              gint64                     reversed,
                              GError                   **error)
{
  gint64 pk;

  return write_head (connection, transaction, reversed, &pk, error) &&
         billing_connection_run (connection, error,
                                 "INSERT INTO postings (transaction_pk, account, currency, amount)"
                                 " SELECT ?, account, currency, -amount FROM postings WHERE transaction_pk = ?"
                                 " ORDER BY pk", "ii", pk, reversed);
}

static void
free_entry (gpointer data)
{
  BillingEntry *entry = data;

  g_free (entry->step);
  g_free (entry->payment_id);
  g_free (entry);
}

/**
 * billing_ledger_list_entries:
 * @connection: inside a transaction
 * @object: what posted, the part of sources before the colon
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingEntry): what it posted, in order
 */
GPtrArray *
billing_ledger_list_entries (BillingConnection  *connection,
                             const char         *object,
                             GError            **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT t.pk, substr (t.source, length (?1) + 2), t.payment_id, t.reverses IS NOT NULL,"
    " EXISTS (SELECT 1 FROM transactions WHERE reverses = t.pk),"
    " (SELECT sum (amount) FROM postings WHERE transaction_pk = t.pk AND amount > 0)"
    " FROM transactions t WHERE t.source >= ?1 || ':' AND t.source < ?1 || ';' ORDER BY t.pk", error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, object);
  while (billing_statement_step (statement, &row, error))
    {
      BillingEntry *entry;

      if (!row)
        return g_steal_pointer (&entries);
      entry = g_new0 (BillingEntry, 1);
      entry->pk = billing_statement_get_integer (statement, 0);
      entry->step = g_strdup (billing_statement_get_text (statement, 1));
      entry->payment_id = g_strdup (billing_statement_get_text (statement, 2));
      entry->is_standing = billing_statement_get_integer (statement, 3) == 0 &&
                           billing_statement_get_integer (statement, 4) == 0;
      entry->amount = billing_statement_get_integer (statement, 5);
      g_ptr_array_add (entries, entry);
    }

  return NULL;
}

/**
 * billing_ledger_find_standing:
 * @entries: (element-type BillingEntry): of one object
 * @step: (nullable): what of it; %NULL: any
 *
 * Returns: (transfer none) (nullable): the first of them that still stands
 */
BillingEntry *
billing_ledger_find_standing (GPtrArray  *entries,
                              const char *step)
{
  for (guint i = 0; i < entries->len; i++)
    {
      BillingEntry *entry = entries->pdata[i];

      if (entry->is_standing && (step == NULL || g_str_equal (entry->step, step)))
        return entry;
    }

  return NULL;
}

/**
 * billing_ledger_credit:
 * @connection: inside a writing transaction
 * @patient_id: whose credit
 * @amount: minor units: above 0 adds, below 0 takes
 * @error: return location for a #BillingStoreError
 *
 * Keeps a patient's credit, which is what the ledger's credit account says of them.
 *
 * Returns: whether it is kept
 */
gboolean
billing_ledger_credit (BillingConnection  *connection,
                       const char         *patient_id,
                       gint64              amount,
                       GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE patients SET credit = credit + ?, revision = revision + 1 WHERE id = ?",
                                 "it", amount, patient_id);
}

static gboolean
read_sums (BillingConnection  *connection,
           BillingPayment     *payment,
           GError            **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (payment));
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT ifnull (sum (-amount) FILTER (WHERE account = 'patient-receivable' AND act IN ('collect', 'reverse')), 0),"
    " ifnull (sum (amount) FILTER (WHERE account = 'refunds'), 0),"
    " ifnull (sum (amount) FILTER (WHERE account = 'disputes'), 0),"
    " (SELECT ifnull (sum (amount), 0) FROM refunds WHERE payment_id = ?1 AND state = 'waiting')"
    " FROM transactions t JOIN postings p ON p.transaction_pk = t.pk WHERE t.payment_id = ?1", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, id);
  if (!billing_statement_step (statement, &row, error))
    return FALSE;

  payment->collected = billing_statement_get_integer (statement, 0);
  payment->refunded = billing_statement_get_integer (statement, 1);
  payment->withdrawn = billing_statement_get_integer (statement, 2);
  /* Somebody else may have given back what a refund still waits for. */
  payment->waiting = MIN (billing_statement_get_integer (statement, 3), payment->collected - payment->refunded);
  return TRUE;
}

/**
 * billing_ledger_settle:
 * @connection: inside a writing transaction
 * @payment: a payment of which something was posted, or whose acts were set
 * @error: return location for a #BillingStoreError
 *
 * Makes the payment say what its ledger says, computes its status by the one rule, and stores it.
 *
 * Returns: whether it is stored
 */
gboolean
billing_ledger_settle (BillingConnection  *connection,
                       BillingPayment     *payment,
                       GError            **error)
{
  BillingStatusFacts facts;

  if (!read_sums (connection, payment, error))
    return FALSE;

  facts = (BillingStatusFacts) {
    .submitted = payment->submitted_at != 0,
    .cancelled = payment->cancelled_at != 0 || payment->written_off_at != 0,
    .voided = payment->voided_at != 0,
    .failed = payment->failed_at != 0,
    .attempt = payment->attempt,
    .collected = payment->collected,
    .refunded = payment->refunded,
  };
  payment->status = billing_status_derive (&facts);
  return billing_table_update (connection, BILLING_RECORD (payment), error);
}
