/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-service-store"

#include "config.h"

#include "billing-service-store.h"

#include "billing-table.h"

/* What is asked of services. */

/**
 * billing_service_sum_selection:
 * @connection: one whose selection was filled with services
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what they come to
 */
BillingServiceSums *
billing_service_sum_selection (BillingConnection  *connection,
                               GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT count (*), count (DISTINCT patient_id), count (*) FILTER (WHERE state = 'to-invoice'),"
    " count (*) FILTER (WHERE state = 'invoiced'), count (*) FILTER (WHERE reviewed_at > 0), ifnull (sum (amount), 0),"
    " ifnull (sum (insurer_part), 0), ifnull (sum (insurer_open), 0), ifnull (sum (patient_part), 0),"
    " ifnull (sum (patient_part) FILTER (WHERE state = 'to-invoice'), 0), iif (min (currency) = max (currency), min (currency), NULL)"
    " FROM temp.selection JOIN services USING (pk)", error);
  g_autoptr (BillingServiceSums) sums = NULL;
  gboolean row;

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return NULL;

  sums = g_new0 (BillingServiceSums, 1);
  sums->n = billing_statement_get_integer (statement, 0);
  sums->n_patients = billing_statement_get_integer (statement, 1);
  sums->n_to_invoice = billing_statement_get_integer (statement, 2);
  sums->n_invoiced = billing_statement_get_integer (statement, 3);
  sums->n_reviewed = billing_statement_get_integer (statement, 4);
  sums->amount = billing_statement_get_integer (statement, 5);
  sums->insurer_part = billing_statement_get_integer (statement, 6);
  sums->insurer_open = billing_statement_get_integer (statement, 7);
  sums->patient_part = billing_statement_get_integer (statement, 8);
  sums->to_invoice = billing_statement_get_integer (statement, 9);
  sums->currency = g_strdup (billing_statement_get_text (statement, 10));
  return g_steal_pointer (&sums);
}

void
billing_service_sums_free (BillingServiceSums *sums)
{
  g_free (sums->currency);
  g_free (sums);
}

/**
 * billing_service_find_payer:
 * @connection: inside a transaction
 * @patient_id: id of a patient
 * @day: of a service
 * @payer: (out) (transfer full) (nullable): the insurer that is asked for it; %NULL: no coverage was active that day
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be looked up
 */
gboolean
billing_service_find_payer (BillingConnection  *connection,
                            const char         *patient_id,
                            const char         *day,
                            char              **payer,
                            GError            **error)
{
  g_autoptr (GError) problem = NULL;

  *payer = billing_connection_get_text (connection, &problem, "SELECT " BILLING_SERVICE_PAYER ("?1", "?2"), "tt", patient_id, day);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * billing_service_list_answers:
 * @connection: inside a transaction
 * @service_id: id of a service
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingInsurerAnswer): what insurers said of it and what stands, the first first
 */
GPtrArray *
billing_service_list_answers (BillingConnection  *connection,
                              const char         *service_id,
                              GError            **error)
{
  g_autoptr (GPtrArray) answers = billing_table_select (connection, BILLING_TYPE_INSURER_ANSWER, "service_id", service_id, error);

  for (guint i = 0; answers != NULL && i < answers->len;)
    {
      if (BILLING_INSURER_ANSWER (answers->pdata[i])->taken_back_at != 0)
        g_ptr_array_remove_index (answers, i);
      else
        i++;
    }

  return g_steal_pointer (&answers);
}
