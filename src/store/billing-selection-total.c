/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-selection-total"

#include "config.h"

#include "billing-selection-total.h"

#include "billing-selection.h"
#include "billing-service-store.h"

static gboolean
read_invoices (BillingConnection      *connection,
               BillingSelectionTotal  *total,
               GError                **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT count (*), count (DISTINCT patient_id), ifnull (sum (balance), 0) FROM temp.selection JOIN invoices USING (pk)", error);
  gboolean row;

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return FALSE;

  *total = (BillingSelectionTotal) {
    billing_statement_get_integer (statement, 0), billing_statement_get_integer (statement, 1), billing_statement_get_integer (statement, 2), 0
  };
  return TRUE;
}

/**
 * billing_selection_total_read:
 * @connection: inside a transaction, a writer's or a reader's
 * @act: what is chosen, as for billing_selection_fill()
 * @kind: `services` or `invoices`
 * @total: (out caller-allocates): what it comes to
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether @total is filled in
 */
gboolean
billing_selection_total_read (BillingConnection      *connection,
                              BillingAct             *act,
                              const char             *kind,
                              BillingSelectionTotal  *total,
                              GError                **error)
{
  g_autoptr (BillingServiceSums) sums = NULL;

  if (!billing_selection_fill (connection, act, kind, error))
    return FALSE;

  if (!g_str_equal (kind, "services"))
    return read_invoices (connection, total, error);

  sums = billing_service_sum_selection (connection, error);
  if (sums == NULL)
    return FALSE;

  *total = (BillingSelectionTotal) { sums->n, sums->n_patients, sums->patient_part, sums->n - sums->n_reviewed };
  return TRUE;
}
