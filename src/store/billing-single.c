/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-single"

#include "config.h"

#include "billing-single.h"

static BillingStatement *
prepare (BillingConnection  *connection,
         const char         *name,
         GError            **error)
{
  BillingStatement *statement =
    billing_connection_prepare (connection,
                                "SELECT o.json, ifnull (o.fetched, 0) / 1000000, s.state, s.problem"
                                " FROM (SELECT ?1 AS name) n LEFT JOIN mirror.singles o ON o.name = n.name"
                                " LEFT JOIN mirror.streams s ON s.name = n.name", error);

  if (statement != NULL)
    billing_statement_bind_text (statement, 1, name);
  return statement;
}

/**
 * billing_single_read:
 * @self: filled with zeros
 * @connection: inside a transaction
 * @name: `account`, `balance`, `balance_settings`, `tax_settings`
 * @error: return location for a #BillingStoreError
 *
 * Reads what the mirror has of it; nothing is no error.
 *
 * Returns: whether it could be read
 */
gboolean
billing_single_read (BillingSingle      *self,
                     BillingConnection  *connection,
                     const char         *name,
                     GError            **error)
{
  g_autoptr (BillingStatement) statement = prepare (connection, name, error);
  gboolean row;

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return FALSE;

  self->json = g_strdup (billing_statement_get_text (statement, 0));
  self->fetched_at = billing_statement_get_integer (statement, 1);
  self->state = g_strdup (billing_statement_get_text (statement, 2));
  self->problem = g_strdup (billing_statement_get_text (statement, 3));
  return TRUE;
}

void
billing_single_clear (BillingSingle *self)
{
  g_clear_pointer (&self->json, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->problem, g_free);
}

static void
destination_free (gpointer data)
{
  BillingDestination *destination = data;

  g_free (destination->json);
  g_free (destination);
}

/**
 * billing_single_list_destinations:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Stripe does not tell an account of its own bank accounts (stripe-facts 2.11); its payouts name them.
 *
 * Returns: (transfer full) (element-type BillingDestination) (nullable): where payouts went, the last first
 */
GPtrArray *
billing_single_list_destinations (BillingConnection  *connection,
                                  GError            **error)
{
  /* With max() the other columns are those of the row that has it. */
  g_autoptr (BillingStatement) statement =
    billing_connection_prepare (connection,
                                "SELECT o.json -> '$.destination', max (o.created), count(*) FROM mirror.payouts o"
                                " WHERE o.json ->> '$.destination' IS NOT NULL"
                                " GROUP BY coalesce (o.json ->> '$.destination.id', o.json ->> '$.destination')"
                                " ORDER BY 2 DESC, 1", error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (destination_free);
  gboolean row;

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return NULL;

  while (row)
    {
      BillingDestination *destination = g_new0 (BillingDestination, 1);

      destination->json = g_strdup (billing_statement_get_text (statement, 0));
      destination->last_at = billing_statement_get_integer (statement, 1);
      destination->n_payouts = billing_statement_get_integer (statement, 2);
      g_ptr_array_add (found, destination);
      if (!billing_statement_step (statement, &row, error))
        return NULL;
    }

  return g_steal_pointer (&found);
}
