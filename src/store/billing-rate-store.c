/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-store"

#include "config.h"

#include "billing-rate-store.h"

#include "billing-enums.h"

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
                                         "SELECT ifnull ((SELECT amount FROM rate_prices WHERE rate_id = ?1 AND from_on <= ?2"
                                         "  AND (payer IS NULL OR billing_fold (payer) = billing_fold (?3))"
                                         "  ORDER BY payer IS NULL, from_on DESC LIMIT 1), -1)", "ttt", rate_id, day, payer);
}

/**
 * billing_rate_find_for_code:
 * @connection: inside a transaction
 * @code_system: (nullable): CPT, HCPCS, own, …; %NULL: whatever system
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
                                      " AND (?3 IS NULL OR code_system = ?3 COLLATE NOCASE) ORDER BY pk LIMIT 1", "ttt", code,
                                      billing_enum_nick (BILLING_TYPE_PAYER_KIND, payer_kind), code_system);
}
