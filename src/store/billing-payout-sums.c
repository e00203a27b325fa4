/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payout-sums"

#include "config.h"

#include "billing-payout-sums.h"

#include <string.h>

#include "billing-list.h"
#include "billing-stripe-records.h"
#include "billing-table.h"

/* What the mirror knows of payouts beyond their rows: what each consists of, what Stripe holds, and what becomes of that. */

static BillingStatement *
prepare (BillingConnection  *connection,
         const char         *sql,
         const char         *value,
         GError            **error)
{
  BillingStatement *statement = billing_connection_prepare (connection, sql, error);

  if (statement != NULL && value != NULL)
    billing_statement_bind_text (statement, 1, value);
  return statement;
}

/* --- a payout as a statement ------------------------------------------------------------------ */

static const char items[] =
  "SELECT b.reporting_category, b.type, count (*), sum (b.amount), sum (b.fee <> 0), sum (b.fee)"
  " FROM mirror.payouts o JOIN mirror.payout_items n ON n.payout = o.id"
  " JOIN mirror.balance_transactions b ON b.id = n.transaction_id"
  " WHERE o.id = ?1 AND NOT " BILLING_PAYOUT_OWN_TRANSACTION " GROUP BY 1, 2";

static gboolean
add_items (BillingPayoutStatement  *self,
           BillingConnection       *connection,
           const char              *payout,
           GError                 **error)
{
  g_autoptr (BillingStatement) statement = prepare (connection, items, payout, error);
  gboolean row = TRUE;

  while (statement != NULL && row)
    {
      if (!billing_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        billing_payout_statement_add (self, billing_statement_get_text (statement, 0),
                                      billing_statement_get_text (statement, 1),
                                      billing_statement_get_integer (statement, 2),
                                      billing_statement_get_integer (statement, 3),
                                      billing_statement_get_integer (statement, 4),
                                      billing_statement_get_integer (statement, 5));
    }

  return statement != NULL;
}

/* Whether the list was read to its end, and all that it names is here. */
static const char is_whole[] =
  "SELECT EXISTS (SELECT 1 FROM mirror.payout_lists l WHERE l.payout = ?1 AND l.cursor IS NULL)"
  " AND NOT EXISTS (SELECT 1 FROM mirror.payout_items n WHERE n.payout = ?1"
  "                 AND NOT EXISTS (SELECT 1 FROM mirror.balance_transactions b WHERE b.id = n.transaction_id))";

static gboolean
find_standing (BillingPayoutStatement  *self,
               BillingConnection       *connection,
               BillingPayout           *payout,
               GError                 **error)
{
  gint64 whole;

  if (!billing_connection_get_integer (connection, &whole, error, is_whole, "t",
                                       billing_record_get_id (BILLING_RECORD (payout))))
    return FALSE;

  if (!payout->automatic || g_strcmp0 (payout->reconciliation, "not_applicable") == 0)
    self->standing = BILLING_PAYOUT_STANDING_NOT_ITEMISED;
  else if (g_strcmp0 (payout->reconciliation, "in_progress") == 0)
    self->standing = BILLING_PAYOUT_STANDING_IN_PROGRESS;
  else if (!whole)
    self->standing = BILLING_PAYOUT_STANDING_INCOMPLETE;
  else
    self->standing = self->net == self->amount ? BILLING_PAYOUT_STANDING_MATCHES : BILLING_PAYOUT_STANDING_DIFFERS;

  return TRUE;
}

/**
 * billing_payout_read_statement:
 * @connection: inside a transaction
 * @payout: id of a payout
 * @error: return location for a #BillingStoreError
 *
 * Adds up what a payout consists of.
 *
 * Returns: (transfer full) (nullable): its statement
 */
BillingPayoutStatement *
billing_payout_read_statement (BillingConnection  *connection,
                               const char         *payout,
                               GError            **error)
{
  g_autoptr (BillingRecord) record = billing_table_get (connection, BILLING_TYPE_PAYOUT, payout, error);
  g_autoptr (BillingPayoutStatement) self = NULL;

  if (record == NULL)
    return NULL;

  self = billing_payout_statement_new (BILLING_PAYOUT (record)->amount, BILLING_PAYOUT (record)->currency);
  return add_items (self, connection, payout, error) && find_standing (self, connection, BILLING_PAYOUT (record), error)
           ? g_steal_pointer (&self) : NULL;
}

/* --- the balance ------------------------------------------------------------------------------ */

/* That in other currencies than these Stripe says nothing of instant payouts means that there is nothing. */
static const char balances[] =
  "SELECT upper (item ->> '$.currency'), sum (item ->> '$.amount') FILTER (WHERE part = 'available'),"
  " sum (item ->> '$.amount') FILTER (WHERE part = 'pending'),"
  " ifnull (sum (item ->> '$.amount') FILTER (WHERE part = 'instant'), -1)"
  " FROM (SELECT 'available' AS part, value AS item FROM mirror.singles s, json_each (s.json, '$.available')"
  "       WHERE name = 'balance' UNION ALL"
  "       SELECT 'pending', value FROM mirror.singles s, json_each (s.json, '$.pending') WHERE name = 'balance' UNION ALL"
  "       SELECT 'instant', value FROM mirror.singles s, json_each (s.json, '$.instant_available') WHERE name = 'balance')"
  " GROUP BY 1 ORDER BY 1";

/**
 * billing_payout_read_balances:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingPayoutBalance): what Stripe holds, by currency; empty where it was
 *   never fetched
 */
GArray *
billing_payout_read_balances (BillingConnection  *connection,
                              GError            **error)
{
  g_autoptr (BillingStatement) statement = prepare (connection, balances, NULL, error);
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (BillingPayoutBalance));
  gboolean row = TRUE;

  while (statement != NULL && row)
    {
      BillingPayoutBalance balance = { 0 };
      const char *currency;

      if (!billing_statement_step (statement, &row, error))
        return NULL;
      currency = row ? billing_statement_get_text (statement, 0) : NULL;
      if (currency == NULL)
        continue;
      g_strlcpy (balance.currency, currency, sizeof balance.currency);
      balance.available = billing_statement_get_integer (statement, 1);
      balance.pending = billing_statement_get_integer (statement, 2);
      balance.instant = billing_statement_get_integer (statement, 3);
      g_array_append_val (found, balance);
    }

  return statement != NULL ? g_steal_pointer (&found) : NULL;
}

/* --- the schedule ----------------------------------------------------------------------------- */

#define IS_OFF \
  "EXISTS (SELECT 1 FROM mirror.singles a WHERE a.name = 'account' AND a.json ->> '$.payouts_enabled' = 0)"

/* The settings know it best; where the key may not see those, the account says it in older words. */
static const char schedules[] =
  "SELECT s.json ->> '$.payments.payouts.schedule.interval',"
  " (SELECT group_concat (value) FROM json_each (s.json, '$.payments.payouts.schedule.weekly_payout_days')),"
  " (SELECT group_concat (value) FROM json_each (s.json, '$.payments.payouts.schedule.monthly_payout_days')),"
  " ifnull (s.json ->> '$.payments.settlement_timing.delay_days', -1),"
  " (SELECT group_concat (key || ' ' || value, ', ') FROM json_each (s.json, '$.payments.payouts.minimum_balance_by_currency')"
  "  WHERE key IS NOT NULL),"
  " s.json ->> '$.payments.payouts.statement_descriptor', 1, " IS_OFF
  " FROM mirror.singles s WHERE s.name = 'balance_settings'"
  " UNION ALL "
  "SELECT s.json ->> '$.settings.payouts.schedule.interval',"
  " coalesce ((SELECT group_concat (value) FROM json_each (s.json, '$.settings.payouts.schedule.weekly_payout_days')),"
  "  s.json ->> '$.settings.payouts.schedule.weekly_anchor'),"
  " coalesce ((SELECT group_concat (value) FROM json_each (s.json, '$.settings.payouts.schedule.monthly_payout_days')),"
  "  s.json ->> '$.settings.payouts.schedule.monthly_anchor'),"
  " ifnull (s.json ->> '$.settings.payouts.schedule.delay_days', -1), NULL,"
  " s.json ->> '$.settings.payouts.statement_descriptor', 0, " IS_OFF
  " FROM mirror.singles s WHERE s.name = 'account'"
  " ORDER BY 7 DESC LIMIT 1";

/**
 * billing_payout_read_schedule:
 * @connection: inside a transaction
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): when Stripe pays out, as far as the mirror knows
 */
BillingPayoutSchedule *
billing_payout_read_schedule (BillingConnection  *connection,
                              GError            **error)
{
  g_autoptr (BillingStatement) statement = prepare (connection, schedules, NULL, error);
  BillingPayoutSchedule *self;
  gboolean row;

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return NULL;
  if (!row)
    return billing_payout_schedule_new (NULL, NULL, NULL);

  self = billing_payout_schedule_new (billing_statement_get_text (statement, 0), billing_statement_get_text (statement, 1),
                                      billing_statement_get_text (statement, 2));
  self->delay_days = billing_statement_get_integer (statement, 3);
  self->minimums = g_strdup (billing_statement_get_text (statement, 4));
  self->descriptor = g_strdup (billing_statement_get_text (statement, 5));
  self->can_be_changed = billing_statement_get_integer (statement, 6) != 0;
  self->is_off = billing_statement_get_integer (statement, 7) != 0;
  return self;
}

/* --- what comes ------------------------------------------------------------------------------- */

static void
upcoming_free (gpointer data)
{
  BillingPayoutUpcoming *self = data;

  g_free (self->day);
  g_free (self->pays_out_on);
  g_free (self);
}

static const char upcoming[] =
  "SELECT date (available_on, 'unixepoch'), upper (currency), count (*), sum (net) FROM mirror.balance_transactions"
  " WHERE status = 'pending' AND deleted = 0 GROUP BY 1, 2 ORDER BY 1, 2";

/* What should have become available already is paid out from today on. */
static GPtrArray *
read_upcoming (BillingConnection      *connection,
               BillingPayoutSchedule  *schedule,
               const char             *today,
               GError                **error)
{
  g_autoptr (BillingStatement) statement = prepare (connection, upcoming, NULL, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (upcoming_free);
  gboolean row = TRUE;

  while (statement != NULL && row)
    {
      BillingPayoutUpcoming *self;

      if (!billing_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        continue;
      self = g_new0 (BillingPayoutUpcoming, 1);
      g_ptr_array_add (found, self);
      self->day = g_strdup (billing_statement_get_text (statement, 0));
      g_strlcpy (self->currency, billing_statement_get_text (statement, 1), sizeof self->currency);
      self->count = billing_statement_get_integer (statement, 2);
      self->amount = billing_statement_get_integer (statement, 3);
      self->pays_out_on = billing_payout_schedule_next (schedule, strcmp (self->day, today) < 0 ? today : self->day);
    }

  return statement != NULL ? g_steal_pointer (&found) : NULL;
}

static GPtrArray *
read_underway (BillingConnection  *connection,
               GError            **error)
{
  g_autoptr (BillingQuery) query = billing_query_new ("payouts");

  g_object_set (query, "status", "pending,in_transit", "sort", "arrives", NULL);
  return billing_list_rows (connection, query, error);
}

/**
 * billing_payout_read_outlook:
 * @connection: inside a transaction
 * @today: ISO day
 * @error: return location for a #BillingStoreError
 *
 * Reads what Stripe holds and what becomes of it.
 *
 * Returns: (transfer full) (nullable): it
 */
BillingPayoutOutlook *
billing_payout_read_outlook (BillingConnection  *connection,
                             const char         *today,
                             GError            **error)
{
  g_autoptr (BillingPayoutOutlook) self = g_new0 (BillingPayoutOutlook, 1);

  self->balances = billing_payout_read_balances (connection, error);
  self->schedule = self->balances != NULL ? billing_payout_read_schedule (connection, error) : NULL;
  self->upcoming = self->schedule != NULL ? read_upcoming (connection, self->schedule, today, error) : NULL;
  self->underway = self->upcoming != NULL ? read_underway (connection, error) : NULL;
  return self->underway != NULL ? g_steal_pointer (&self) : NULL;
}

void
billing_payout_outlook_free (BillingPayoutOutlook *self)
{
  g_clear_pointer (&self->balances, g_array_unref);
  g_clear_pointer (&self->schedule, billing_payout_schedule_free);
  g_clear_pointer (&self->upcoming, g_ptr_array_unref);
  g_clear_pointer (&self->underway, g_ptr_array_unref);
  g_free (self);
}
