/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-patient-account"

#include "config.h"

#include "billing-patient-account.h"

#include "billing-enums.h"
#include "billing-status.h"

/* What the ledger says of one patient. */

/*
 * Payments are asked for by their patient, so that those of a patient who was merged into another are there too; what has no payment (credit
 * that was paid back, an insurer's answer) is found by the patient that the ledger names. An invoice stands under its invoiced date, which may
 * be before the day on which it was made.
 */
static const char sql[] =
  "WITH RECURSIVE people (id) AS (SELECT ?1 UNION SELECT p.id FROM patients p JOIN people o ON p.merged_into = o.id),"
  " mine AS (SELECT id, number, split_from, invoice_id, joined FROM payments WHERE patient_id IN (SELECT id FROM people)),"
  " roots (id, root) AS (SELECT id, id FROM mine WHERE split_from IS NULL"
  "  UNION ALL SELECT m.id, r.root FROM mine m JOIN roots r ON m.split_from = r.id),"
  " entries AS (SELECT t.pk, iif (t.act = 'submit' AND m.split_from IS NULL AND NOT m.joined, min (t.day, ifnull ((SELECT invoiced_on"
  "     FROM invoices WHERE id = m.invoice_id), t.day)), t.day) day, m.number, ifnull (r.root, m.id) root, m.invoice_id"
  "   FROM mine m JOIN transactions t ON t.payment_id = m.id LEFT JOIN roots r ON r.id = m.id"
  "  UNION ALL SELECT pk, day, NULL, NULL, NULL FROM transactions"
  "   WHERE payment_id IS NULL AND patient_id IN (SELECT id FROM people))"
  " SELECT e.day, e.number, e.root, i.number,"
  "  max (iif (s.account IN ('stripe', 'cash', 'cheques', 'card-terminal', 'bank'), s.account, NULL)),"
  "  sum (iif (s.account = 'patient-receivable', s.amount, 0)), sum (iif (s.account = 'asked', -s.amount, 0)),"
  "  sum (iif (s.account = 'adjustments', s.amount, 0)), sum (iif (s.account = 'credit', -s.amount, 0)),"
  "  sum (iif (s.account = 'refunds', s.amount, 0)), sum (iif (s.account = 'disputes', s.amount, 0))"
  " FROM entries e JOIN postings s ON s.transaction_pk = e.pk LEFT JOIN invoices i ON i.id = e.invoice_id"
  " WHERE e.day <= ?2 GROUP BY e.pk HAVING max (s.account IN ('patient-receivable', 'credit', 'refunds', 'disputes'))"
  " ORDER BY e.day, e.pk";

static void
free_move (gpointer data)
{
  BillingAccountMove *move = data;

  g_free (move->day);
  g_free (move->payment);
  g_free (move->root);
  g_free (move->invoice);
  g_free (move);
}

static BillingTender
find_tender (const char *account)
{
  int found;

  for (BillingTender tender = BILLING_TENDER_STRIPE; account != NULL && tender <= BILLING_TENDER_CREDIT; tender++)
    {
      if (billing_enum_from_nick (BILLING_TYPE_ACCOUNT, account, &found) && (int) billing_tender_get_account (tender) == found)
        return tender;
    }

  return BILLING_TENDER_NONE;
}

static BillingAccountMove *
read_move (BillingStatement *statement)
{
  BillingAccountMove *move = g_new0 (BillingAccountMove, 1);

  move->day = g_strdup (billing_statement_get_text (statement, 0));
  move->payment = g_strdup (billing_statement_get_text (statement, 1));
  move->root = g_strdup (billing_statement_get_text (statement, 2));
  move->invoice = g_strdup (billing_statement_get_text (statement, 3));
  move->tender = find_tender (billing_statement_get_text (statement, 4));
  move->receivable = billing_statement_get_integer (statement, 5);
  move->asked = billing_statement_get_integer (statement, 6);
  move->adjusted = billing_statement_get_integer (statement, 7);
  move->credit = billing_statement_get_integer (statement, 8);
  move->refunded = billing_statement_get_integer (statement, 9);
  move->withdrawn = billing_statement_get_integer (statement, 10);
  return move;
}

/**
 * billing_patient_account_read:
 * @connection: inside a transaction
 * @patient_id: whose
 * @to: the last day
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingAccountMove): all that changed what they owe, their credit or what they
 *   got back until that day, in order
 */
GPtrArray *
billing_patient_account_read (BillingConnection  *connection,
                              const char         *patient_id,
                              const char         *to,
                              GError            **error)
{
  g_autoptr (GPtrArray) moves = g_ptr_array_new_with_free_func (free_move);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  billing_statement_bind_text (statement, 1, patient_id);
  billing_statement_bind_text (statement, 2, to);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&moves);
      g_ptr_array_add (moves, read_move (statement));
    }

  return NULL;
}
