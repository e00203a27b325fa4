/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-paid"

#include "config.h"

#include "billing-paid.h"

#include "billing-payment.h"
#include "billing-table.h"

/**
 * billing_paid_find_last:
 * @connection: inside a transaction
 * @last: (out): where the ledger ends now
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_paid_find_last (BillingConnection  *connection,
                        gint64             *last,
                        GError            **error)
{
  return billing_connection_get_integer (connection, last, error, "SELECT ifnull (max (pk), 0) FROM transactions", "");
}

/* A collection that was taken back at once is no news. */
static BillingStatement *
prepare (BillingConnection  *connection,
         gint64              after,
         GError            **error)
{
  BillingStatement *statement =
    billing_connection_prepare (connection,
                                "SELECT t.payment_id FROM transactions t JOIN payments p ON p.id = t.payment_id"
                                " WHERE t.pk > ? AND t.person = 'stripe' AND t.act = 'collect' AND p.collected > p.refunded"
                                " GROUP BY t.payment_id ORDER BY min (t.pk)", error);

  if (statement != NULL)
    billing_statement_bind_integer (statement, 1, after);
  return statement;
}

/**
 * billing_paid_list:
 * @connection: inside a transaction
 * @last: (inout): after which line of the ledger to look; then where it ends
 * @limit: at most so many payments are read
 * @payments: (out) (transfer full) (element-type BillingPayment): those that were paid through Stripe since, the first first
 * @n: (out): how many there are in all
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether they could be read
 */
gboolean
billing_paid_list (BillingConnection  *connection,
                   gint64             *last,
                   guint               limit,
                   GPtrArray         **payments,
                   guint              *n,
                   GError            **error)
{
  g_autoptr (BillingStatement) statement = prepare (connection, *last, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean row;

  *n = 0;
  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return FALSE;

  while (row)
    {
      if ((*n)++ < limit)
        {
          BillingRecord *payment = billing_table_get (connection, BILLING_TYPE_PAYMENT,
                                                      billing_statement_get_text (statement, 0), error);

          if (payment == NULL)
            return FALSE;
          g_ptr_array_add (found, payment);
        }
      if (!billing_statement_step (statement, &row, error))
        return FALSE;
    }

  *payments = g_steal_pointer (&found);
  return billing_paid_find_last (connection, last, error);
}
