/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-store"

#include "config.h"

#include "billing-rate-store.h"

#include "billing-enums.h"
#include "billing-table.h"

/* What is billed by which rate, and at which price. */

/**
 * billing_rate_find_price:
 * @connection: inside a transaction
 * @rate_id: id of a rate
 * @day: of the service
 * @payer: (nullable): the insurer that is asked, by its name, whatever the case and the accents
 * @amount: (out): minor units of one unit: what holds on @day for @payer, or else for anybody; -1: there is no price
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be looked up
 */
gboolean
billing_rate_find_price (BillingConnection  *connection,
                         const char         *rate_id,
                         const char         *day,
                         const char         *payer,
                         gint64             *amount,
                         GError            **error)
{
  return billing_connection_get_integer (connection, amount, error,
                                         "SELECT ifnull (" BILLING_RATE_PRICE ("?1", "?2", "?3") ", -1)", "ttt", rate_id, day,
                                         payer);
}

/**
 * billing_rate_find_for_code:
 * @connection: inside a transaction
 * @code_system: (nullable): CPT, HCPCS, own, …; %NULL or empty: whatever system
 * @code: of a procedure
 * @payer_kind: who is to pay
 * @error: return location for a #BillingStoreError
 *
 * Finds by which rate a code is billed: of several the first that was made. Retired ones bill nothing new.
 *
 * Returns: (transfer full) (nullable): id of the rate; %NULL without @error: there is none
 */
char *
billing_rate_find_for_code (BillingConnection  *connection,
                            const char         *code_system,
                            const char         *code,
                            BillingPayerKind    payer_kind,
                            GError            **error)
{
  return billing_connection_get_text (connection, error,
                                      "SELECT id FROM rates WHERE code = ?1 AND payer_kind = ?2 AND NOT retired"
                                      " AND (ifnull (?3, '') = '' OR code_system = ?3 COLLATE NOCASE) ORDER BY pk LIMIT 1", "ttt", code,
                                      billing_enum_nick (BILLING_TYPE_PAYER_KIND, payer_kind), code_system);
}

/**
 * billing_rate_find_same:
 * @connection: inside a transaction
 * @rate: a rate, new or changed
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): number of another rate, not retired, for the same kind of payer and with the same code or name;
 *   %NULL without @error: there is none
 */
char *
billing_rate_find_same (BillingConnection  *connection,
                        BillingRate        *rate,
                        GError            **error)
{
  return billing_connection_get_text (connection, error,
                                      "SELECT number FROM rates WHERE NOT retired AND payer_kind = ?1 AND id IS NOT ?2"
                                      " AND (billing_fold (name) = billing_fold (?3) OR (code_system = ?4 AND code = ?5)) LIMIT 1",
                                      "ttttt", billing_enum_nick (BILLING_TYPE_PAYER_KIND, rate->payer_kind),
                                      billing_record_get_id (BILLING_RECORD (rate)), rate->name, rate->code_system, rate->code);
}

/**
 * billing_rate_find_price_of:
 * @connection: inside a transaction
 * @rate_id: id of a rate
 * @day: on which a price begins
 * @payer: (nullable): whose price; %NULL: anybody's
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): id of that price; %NULL without @error: there is none
 */
char *
billing_rate_find_price_of (BillingConnection  *connection,
                            const char         *rate_id,
                            const char         *day,
                            const char         *payer,
                            GError            **error)
{
  return billing_connection_get_text (connection, error,
                                      "SELECT id FROM rate_prices WHERE rate_id = ?1 AND from_on = ?2"
                                      " AND billing_fold (payer) IS billing_fold (?3)", "ttt", rate_id, day, payer);
}

/**
 * billing_rate_match:
 * @connection: inside a transaction
 * @code_system: (nullable): of the code
 * @code: (nullable): a code
 * @name: (nullable): a name
 * @payer_kind: who is to pay
 * @error: return location for a #BillingStoreError
 *
 * Finds which rate somebody means: by its code, or else by its name; one that is not retired, if there is one.
 *
 * Returns: (transfer full) (nullable): its id; %NULL without @error: there is none
 */
char *
billing_rate_match (BillingConnection  *connection,
                    const char         *code_system,
                    const char         *code,
                    const char         *name,
                    BillingPayerKind    payer_kind,
                    GError            **error)
{
  return billing_connection_get_text (connection, error,
                                      "SELECT id FROM rates WHERE payer_kind = ?4 AND (billing_fold (name) = billing_fold (?3)"
                                      "  OR (code = ?2 AND code_system = ?1 COLLATE NOCASE))"
                                      " ORDER BY retired, ifnull (code = ?2 AND code_system = ?1 COLLATE NOCASE, 0) DESC, pk LIMIT 1",
                                      "tttt", code_system, code, name, billing_enum_nick (BILLING_TYPE_PAYER_KIND, payer_kind));
}

/**
 * billing_rate_get_own_price:
 * @connection: inside a transaction
 * @rate_id: id of a rate
 * @day: a day
 * @payer: (nullable): whose price; %NULL: anybody's
 * @amount: (out): what holds on @day for just @payer; -1: nothing does
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be looked up
 */
gboolean
billing_rate_get_own_price (BillingConnection  *connection,
                            const char         *rate_id,
                            const char         *day,
                            const char         *payer,
                            gint64             *amount,
                            GError            **error)
{
  return billing_connection_get_integer (connection, amount, error,
                                         "SELECT ifnull ((SELECT amount FROM rate_prices WHERE rate_id = ?1 AND from_on <= ?2"
                                         "  AND billing_fold (payer) IS billing_fold (?3) ORDER BY from_on DESC LIMIT 1), -1)", "ttt",
                                         rate_id, day, payer);
}

/**
 * billing_rate_remove_price:
 * @connection: inside a writing transaction
 * @id: of a price
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it is gone; what was billed by it keeps it
 */
gboolean
billing_rate_remove_price (BillingConnection  *connection,
                           const char         *id,
                           GError            **error)
{
  return billing_connection_run (connection, error, "DELETE FROM rate_prices WHERE id = ?", "t", id);
}

/**
 * billing_rate_count:
 * @connection: inside a transaction
 * @rate_id: id of a rate
 * @n: (out): services under it, those included that were removed: they can come back
 * @n_waiting: (out): of them, those of which an insurer still owes something
 * @n_never_billed: (out): of them, those that stand and are not billed
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether they could be counted
 */
gboolean
billing_rate_count (BillingConnection  *connection,
                    const char         *rate_id,
                    gint64             *n,
                    gint64             *n_waiting,
                    gint64             *n_never_billed,
                    GError            **error)
{
  return billing_connection_get_integer (connection, n, error, "SELECT count (*) FROM services WHERE rate_id = ?", "t", rate_id) &&
         billing_connection_get_integer (connection, n_waiting, error,
                                         "SELECT count (*) FROM services WHERE rate_id = ? AND state <> 'removed'"
                                         " AND invoice_id IS NULL AND insurer_part > 0"
                                         " AND (insurer_open <> 0 OR answered_on IS NULL)", "t", rate_id) &&
         billing_connection_get_integer (connection, n_never_billed, error,
                                         "SELECT count (*) FROM services WHERE rate_id = ? AND state = 'not-billed'", "t", rate_id);
}

/**
 * billing_rate_copy_flags:
 * @connection: inside a writing transaction
 * @rate: a rate whose flags changed
 * @error: return location for a #BillingStoreError
 *
 * What is under the rate and not invoiced is billed from now on as the rate says.
 *
 * Returns: whether the services follow
 */
gboolean
billing_rate_copy_flags (BillingConnection  *connection,
                         BillingRate        *rate,
                         GError            **error)
{
  return billing_connection_run (connection, error,
                                 "UPDATE services SET revision = revision + 1, billable = ?2, rate_invoiced = ?3"
                                 " WHERE rate_id = ?1 AND invoice_id IS NULL AND (billable <> ?2 OR rate_invoiced <> ?3)",
                                 "tii", billing_record_get_id (BILLING_RECORD (rate)), (gint64) rate->billable,
                                 (gint64) rate->invoiced);
}

/**
 * billing_rate_list_all:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingRate): all of them, by their numbers
 */
GPtrArray *
billing_rate_list_all (BillingConnection  *connection,
                       GError            **error)
{
  g_autoptr (GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, "SELECT pk FROM rates ORDER BY pk", error);
  gboolean row;

  if (statement == NULL)
    return NULL;

  while (billing_statement_step (statement, &row, error))
    {
      gint64 pk = billing_statement_get_integer (statement, 0);

      if (!row)
        return billing_table_fetch (connection, BILLING_TYPE_RATE, (const gint64 *) (gpointer) pks->data, pks->len, error);
      g_array_append_val (pks, pk);
    }

  return NULL;
}
