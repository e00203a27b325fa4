/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-today-find"

#include "config.h"

#include "billing-today-find.h"

#include <string.h>

#include "billing-payout-sums.h"

/*
 * The numbers of the Today list: count, amount, currency, and when the nearest is due or arrives. ?1 now, ?2 today, ?3 yesterday, ?4 when
 * that began, ?5 and ?6 last month.
 */

#define OPEN "ended_at = 0 AND state IN ('new', 'read')"

/* Money at Stripe that counts for nobody. */
#define UNASSIGNED(from, to) \
  "SELECT count (*), sum (c.amount - c.amount_refunded), upper (c.currency), 0" \
  " FROM mirror.charges c INDEXED BY charges_by_created CROSS JOIN temp.charge_owners o ON o.charge_pk = c.pk" \
  " WHERE c.created >= " from " AND c.created < " to " AND c.status = 'succeeded' AND c.payment IS NULL AND c.captured = 1" \
  " AND c.deleted = 0 AND o.patient_id IS NULL AND c.amount > c.amount_refunded GROUP BY c.currency"

#define COLLECTED(tender) \
  "SELECT 0, sum (collected), currency, 0 FROM collection_totals WHERE day >= ?3 AND day <= ?2 AND tender " tender " 'stripe'" \
  " GROUP BY currency HAVING sum (collected) <> 0"

/* By the day of the bank, which Stripe says in UTC. */
#define OF_LAST_MONTH "o.created >= ?5 AND o.created < ?6 AND o.deleted = 0"

/* One of which something is missing here does not prove anything. */
#define DIFFERS \
  "(NOT EXISTS (SELECT 1 FROM mirror.payout_lists l WHERE l.payout = o.id AND l.cursor IS NULL)" \
  " OR o.amount <> (SELECT ifnull (sum (b.net), 0) FROM mirror.payout_items n" \
  "   JOIN mirror.balance_transactions b ON b.id = n.transaction_id WHERE n.payout = o.id" \
  "   AND NOT " BILLING_PAYOUT_OWN_TRANSACTION "))"

static const struct {
  const char *nick;
  const char *sql;
} finders[] = {
  { "notifications", "SELECT count (*), 0, NULL, 0 FROM notices WHERE " OPEN },
  { "urgent", "SELECT count (*), 0, NULL, 0 FROM notices WHERE urgent = 1 AND " OPEN },
  { "verification",
    "SELECT count (DISTINCT r.value), 0, NULL, ifnull (s.json ->> '$.requirements.current_deadline', 0) FROM mirror.singles s,"
    " json_each (json_array (s.json -> '$.requirements.past_due', s.json -> '$.requirements.currently_due')) l,"
    " json_each (ifnull (l.value, '[]')) r WHERE s.name = 'account'" },
  { "disputes",
    "SELECT count (*), sum (d.amount), upper (d.currency), min (nullif (d.due_by, 0))"
    " FROM mirror.disputes d INDEXED BY disputes_open LEFT JOIN dispute_answers a ON a.dispute_id = d.id"
    " WHERE d.status IN ('needs_response', 'warning_needs_response', 'appeal_needs_response') AND d.deleted = 0"
    " AND (d.status = 'appeal_needs_response' OR ifnull (a.state, 'draft') NOT IN ('submitting', 'submitted', 'accepting', 'accepted'))"
    " GROUP BY d.currency" },
  { "failed",
    "SELECT count (*), sum (amount), upper (currency), 0 FROM (SELECT c.amount, c.currency FROM mirror.charges c"
    " INDEXED BY charges_by_created CROSS JOIN temp.charge_owners o ON o.charge_pk = c.pk"
    " CROSS JOIN main.payments p ON p.id = o.payment_id WHERE c.created >= ?4 AND c.status = 'failed' AND c.deleted = 0"
    " AND p.status IN ('pending', 'failed') GROUP BY p.id) GROUP BY currency" },
  { "unassigned", UNASSIGNED ("(?1 - 2592000)", "(?1 + 86400)") },
  { "overdue",
    "SELECT count (*), sum (amount), (SELECT currency FROM practice), 0 FROM payments INDEXED BY payments_by_status"
    " WHERE status_rank IN (1, 2, 4) AND due_on < ?2" },
  { "queue", "SELECT count (*), 0, NULL, min (created_at) FROM outbox WHERE state IN ('queued', 'sending', 'unknown')" },

  { "collected-stripe", COLLECTED ("=") },
  { "collected-otherwise", COLLECTED ("<>") },
  { "refunded",
    "SELECT 0, sum (refunded), currency, 0 FROM collection_totals WHERE day >= ?3 AND day <= ?2 GROUP BY currency"
    " HAVING sum (refunded) <> 0" },
  { "payouts-new",
    "SELECT count (*), sum (amount), upper (currency), min (arrival_date) FROM mirror.payouts INDEXED BY payouts_by_created"
    " WHERE created >= ?4 AND status NOT IN ('failed', 'canceled') AND deleted = 0 GROUP BY currency" },
  { "payouts-coming",
    "SELECT count (*), sum (amount), upper (currency), min (arrival_date) FROM mirror.payouts INDEXED BY payouts_open"
    " WHERE status IN ('pending', 'in_transit') AND deleted = 0 AND date (arrival_date, 'unixepoch') >= ?2 GROUP BY currency" },
  { "disputes-new",
    "SELECT count (*), sum (amount), upper (currency), 0 FROM mirror.disputes INDEXED BY disputes_by_created"
    " WHERE created >= ?4 AND deleted = 0 GROUP BY currency" },

  /* Nothing was ever fetched, or not yet all of it. */
  { "backfill",
    "SELECT NOT EXISTS (SELECT 1 FROM mirror.state WHERE name = 'synced_at') OR EXISTS (SELECT 1 FROM mirror.ranges), 0, NULL, 0" },
  { "month-unassigned", UNASSIGNED ("?5", "?6") },
  { "month-underway",
    "SELECT count (*), sum (o.amount), upper (o.currency), max (o.arrival_date) FROM mirror.payouts o INDEXED BY payouts_by_created"
    " WHERE " OF_LAST_MONTH " AND o.status IN ('pending', 'in_transit') GROUP BY o.currency" },
  { "month-unmatched",
    "SELECT count (*), sum (o.amount), upper (o.currency), 0 FROM mirror.payouts o INDEXED BY payouts_by_created"
    " WHERE " OF_LAST_MONTH " AND o.automatic = 1 AND o.status IN ('paid', 'in_transit', 'pending') AND " DIFFERS
    " GROUP BY o.currency" },
};

void
billing_today_fact_free (gpointer self)
{
  g_free (((BillingTodayFact *) self)->currency);
  g_free (self);
}

/* A statement has as many parameters as it names; the others are of no concern to it. */
static void
bind (BillingStatement        *statement,
      const char              *sql,
      const BillingTodayTimes *times)
{
  const struct {
    const char *name;
    gint64 instant;
    const char *day;
  } values[] = {
    { "?1", times->now, NULL }, { "?2", 0, times->today }, { "?3", 0, times->yesterday }, { "?4", times->since, NULL },
    { "?5", times->month_from, NULL }, { "?6", times->month_to, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      if (strstr (sql, values[i].name) == NULL)
        continue;
      if (values[i].day != NULL)
        billing_statement_bind_text (statement, (int) i + 1, values[i].day);
      else
        billing_statement_bind_integer (statement, (int) i + 1, values[i].instant);
    }
}

static BillingTodayFact *
read_fact (BillingStatement *statement,
           const char       *nick)
{
  BillingTodayFact *fact = g_new0 (BillingTodayFact, 1);

  fact->nick = nick;
  fact->count = billing_statement_get_integer (statement, 0);
  fact->amount = billing_statement_get_integer (statement, 1);
  fact->currency = g_strdup (billing_statement_get_text (statement, 2));
  fact->at = billing_statement_get_integer (statement, 3);
  return fact;
}

GPtrArray *
billing_today_find (BillingConnection        *connection,
                    const BillingTodayTimes  *times,
                    GError                  **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (billing_today_fact_free);

  for (guint i = 0; i < G_N_ELEMENTS (finders); i++)
    {
      g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, finders[i].sql, error);
      gboolean row = TRUE;

      if (statement == NULL)
        return NULL;
      bind (statement, finders[i].sql, times);
      while (row)
        {
          if (!billing_statement_step (statement, &row, error))
            return NULL;
          if (row)
            g_ptr_array_add (facts, read_fact (statement, finders[i].nick));
        }
    }

  return g_steal_pointer (&facts);
}
