/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notice-find"

#include "config.h"

#include "billing-notice-find.h"

#include "billing-notice-rules.h"

/*
 * One SELECT a rule, over the mirror and the books: what tells one from another of the same rule (the rest of its key), Stripe's id of what
 * it is about, our payment, amount, currency, Stripe's words for it, deadline, and when it happened (0: nobody knows). ?1 is now.
 *
 * They run at every round. At a million charges they read the last thirty days of an index, and what is open by indices of its own.
 */

#define DAYS(n) "(?1 - " #n " * 86400)"
#define CURRENCY(of) "upper (" of ".currency)"

/* The payment that the charge of an object is for. In a LEFT JOIN, SQLite would make a table of the owners of all charges first. */
#define PAYMENT_OF(object) "(SELECT o.payment_id FROM temp.charge_owners o WHERE o.charge_id = " object ".charge)"

/* One that was answered here, whether or not Stripe has heard of it, needs no other answer; an appeal does. */
#define DISPUTE(status) \
  "SELECT d.id, d.id, " PAYMENT_OF ("d") ", d.amount, " CURRENCY ("d") ", d.reason, d.due_by, d.created" \
  " FROM mirror.disputes d INDEXED BY disputes_open" \
  " LEFT JOIN main.dispute_answers a ON a.dispute_id = d.id" \
  " WHERE d.status IN ('needs_response', 'warning_needs_response', 'appeal_needs_response') AND d.deleted = 0" \
  " AND d.status " status " AND (d.status = 'appeal_needs_response'" \
  "   OR ifnull (a.state, 'draft') NOT IN ('submitting', 'submitted', 'accepting', 'accepted'))"

/* What is over is told for a while. Disputes do not say when they ended: an event does, or the money that moved. */
#define ENDED_DISPUTE(status) \
  "SELECT d.id, d.id, " PAYMENT_OF ("d") ", d.amount, " CURRENCY ("d") ", d.reason, 0," \
  " coalesce ((SELECT max (e.created) FROM mirror.events e WHERE e.object_id = d.id AND e.type = 'charge.dispute.closed')," \
  "   (SELECT max (b.created) FROM mirror.balance_transactions b WHERE b.source = d.id), d.created)" \
  " FROM mirror.disputes d INDEXED BY disputes_by_created" \
  " LEFT JOIN main.dispute_answers a ON a.dispute_id = d.id" \
  " WHERE d.created >= " DAYS (120) " AND d.status = '" status "' AND d.deleted = 0 AND ifnull (a.outcome, 'none') = 'none'"

#define ACCOUNT " FROM mirror.singles s"
#define IS_ACCOUNT " s.name = 'account'"
#define ACCOUNT_ID "s.json ->> '$.id'"

/* Why Stripe did not like what it has. */
#define REQUIREMENT(list, deadline, fields) \
  "SELECT DISTINCT (" ACCOUNT_ID ") || ':' || r.value, " ACCOUNT_ID ", NULL, 0, NULL," \
  " r.value || ifnull (char (10) || (SELECT e.value ->> '$.reason' FROM json_each (s.json, '$." list ".errors') e" \
  "   WHERE e.value ->> '$.requirement' = r.value LIMIT 1), ''), ifnull (s.json ->> '$." deadline "', 0), 0" \
  ACCOUNT ", json_each (s.json, '$." fields "') r WHERE" IS_ACCOUNT

#define NOT_IN(list) " AND r.value NOT IN (SELECT value FROM json_each (s.json, '$.requirements." list "') WHERE value IS NOT NULL)"

#define CAPABILITY(status) \
  "SELECT (" ACCOUNT_ID ") || ':' || k.key, " ACCOUNT_ID ", NULL, 0, NULL, k.key, 0, 0" \
  ACCOUNT ", json_each (s.json, '$.capabilities') k WHERE" IS_ACCOUNT " AND k.value = '" status "'"

#define SWITCHED_OFF(what) \
  "SELECT " ACCOUNT_ID ", " ACCOUNT_ID ", NULL, 0, NULL, ifnull (s.json ->> '$.requirements.disabled_reason', ''), 0, 0" \
  ACCOUNT " WHERE" IS_ACCOUNT " AND s.json ->> '$." what "' = 0"

#define PAYOUT(problem, when) \
  "SELECT o.id, o.id, NULL, o.amount, " CURRENCY ("o") ", " problem ", 0, " when " FROM mirror.payouts o"

#define PAYOUT_PROBLEM "coalesce (o.json ->> '$.failure_code', o.json ->> '$.failure_message', '')"

/* Codes that say that the account itself is wrong, so that the next payout fails as well. */
#define BANK_CODES \
  "('account_closed', 'account_frozen', 'bank_account_restricted', 'bank_ownership_changed', 'debit_not_authorized'," \
  " 'incorrect_account_holder_address', 'incorrect_account_holder_details', 'incorrect_account_holder_name'," \
  " 'incorrect_account_holder_tax_id', 'invalid_account_number', 'invalid_account_number_length', 'invalid_card'," \
  " 'invalid_currency', 'no_account', 'unsupported_card', 'tokenized_account_number_deactivated')"

#define DECLINE \
  "coalesce (c.json ->> '$.outcome.reason', c.json ->> '$.failure_code', c.json ->> '$.failure_message', '')"

static const struct {
  const char *rule;
  const char *sql;
} finders[] = {
  { "dispute-due", DISPUTE ("IN ('needs_response', 'appeal_needs_response')") },
  { "inquiry-due", DISPUTE ("= 'warning_needs_response'") },
  { "dispute-lost", ENDED_DISPUTE ("lost") },
  { "dispute-won", ENDED_DISPUTE ("won") },
  { "fraud-warning",
    "SELECT f.id, f.charge, " PAYMENT_OF ("f") ", ifnull (c.amount, 0), " CURRENCY ("c") ", f.fraud_type, 0, f.created"
    " FROM mirror.early_fraud_warnings f INDEXED BY early_fraud_warnings_by_created"
    " LEFT JOIN mirror.charges c ON c.id = f.charge"
    " WHERE f.created >= " DAYS (120) " AND f.actionable = 1 AND f.deleted = 0 AND ifnull (c.refunded, 0) = 0"
    " AND ifnull (c.disputed, 0) = 0" },

  { "requirement-past-due", REQUIREMENT ("requirements", "requirements.current_deadline", "requirements.past_due") },
  { "requirement-due",
    REQUIREMENT ("requirements", "requirements.current_deadline", "requirements.currently_due") NOT_IN ("past_due") },
  { "requirement-eventual",
    REQUIREMENT ("requirements", "requirements.none", "requirements.eventually_due") NOT_IN ("currently_due")
    NOT_IN ("past_due") },
  { "requirement-future",
    REQUIREMENT ("future_requirements", "future_requirements.current_deadline", "future_requirements.currently_due")
    NOT_IN ("currently_due") NOT_IN ("past_due") NOT_IN ("eventually_due") },

  { "charges-off", SWITCHED_OFF ("charges_enabled") },
  { "payouts-off", SWITCHED_OFF ("payouts_enabled") },
  { "capability-off", CAPABILITY ("inactive") },
  { "capability-pending", CAPABILITY ("pending") },
  { "key-refused",
    "SELECT 'key', NULL, NULL, 0, NULL, NULL, 0, CAST (value AS INTEGER) FROM mirror.state WHERE name = 'key_refused_at'" },
  /* What else a key may do without is said where it is shown. */
  { "permission-missing",
    "SELECT name, NULL, NULL, 0, NULL, name, 0, 0 FROM mirror.streams WHERE state = 'denied' AND name IN ('account', 'charges',"
    " 'payment_intents', 'stripe_refunds', 'balance', 'balance_transactions', 'disputes', 'payouts', 'customers', 'events')" },
  { "header-notice",
    "SELECT substr (text, 1, 200), NULL, NULL, 0, NULL, text, 0, first_at FROM mirror.header_notices"
    " WHERE last_at >= " DAYS (30) " ORDER BY last_at DESC LIMIT 20" },

  /* A later one that arrived has taken the money along. */
  { "payout-failed",
    PAYOUT (PAYOUT_PROBLEM, "o.created") " INDEXED BY payouts_by_created WHERE o.created >= " DAYS (60)
    " AND o.status = 'failed' AND o.deleted = 0 AND NOT EXISTS (SELECT 1 FROM mirror.payouts l INDEXED BY payouts_by_created"
    "   WHERE l.created > o.created AND l.status = 'paid' AND l.currency = o.currency)" },
  /* Banks have until the end of the day, which is one of UTC as Stripe says it. */
  { "payout-late",
    PAYOUT ("date (o.arrival_date, 'unixepoch')", "o.arrival_date + 86400") " INDEXED BY payouts_open"
    " WHERE o.status IN ('pending', 'in_transit') AND o.arrival_date > 0 AND o.deleted = 0"
    " AND date (o.arrival_date, 'unixepoch') < billing_day (?1, (SELECT time_zone FROM main.practice))" },
  { "payout-canceled",
    PAYOUT ("NULL", "o.created") " INDEXED BY payouts_by_created WHERE o.created >= " DAYS (30)
    " AND o.status = 'canceled' AND o.deleted = 0" },
  /* The newest payout to each account tells how it is: max() takes its row. */
  { "bank-account",
    "SELECT account, account, NULL, 0, NULL, iif (status IN ('verification_failed', 'errored'), status, code), 0, at FROM"
    " (SELECT coalesce (o.json ->> '$.destination.id', o.json ->> '$.destination') AS account,"
    "    o.json ->> '$.destination.status' AS status, iif (o.status = 'failed', o.json ->> '$.failure_code', NULL) AS code,"
    "    max (o.created) AS at"
    "  FROM mirror.payouts o INDEXED BY payouts_by_created WHERE o.created >= " DAYS (120) " AND o.deleted = 0 GROUP BY 1)"
    " WHERE account IS NOT NULL AND (status IN ('verification_failed', 'errored') OR code IN " BANK_CODES ")" },

  { "refund-failed",
    "SELECT r.id, ifnull (r.charge, r.payment_intent), " PAYMENT_OF ("r") ", r.amount, " CURRENCY ("r") ","
    " coalesce (r.failure_reason, ''), 0, r.created FROM mirror.stripe_refunds r INDEXED BY stripe_refunds_by_created"
    " WHERE r.created >= " DAYS (90) " AND r.status IN ('failed', 'canceled') AND r.deleted = 0"
    " AND NOT EXISTS (SELECT 1 FROM mirror.stripe_refunds l WHERE l.charge = r.charge AND l.created >= r.created"
    "   AND l.pk <> r.pk AND l.status IN ('succeeded', 'pending', 'requires_action'))" },
  /* The last attempt of each payment: max() takes its row. */
  { "payment-failed",
    "SELECT c.id, c.id, p.id, c.amount, " CURRENCY ("c") ", " DECLINE ", 0, max (c.created)"
    " FROM mirror.charges c INDEXED BY charges_by_created CROSS JOIN temp.charge_owners o ON o.charge_pk = c.pk"
    " CROSS JOIN main.payments p ON p.id = o.payment_id"
    " WHERE c.created >= " DAYS (30) " AND c.status = 'failed' AND c.deleted = 0 AND p.status IN ('pending', 'failed')"
    " GROUP BY p.id" },
  /* Nothing can be done about them here: the last ones do. */
  { "charge-failed",
    "SELECT c.id, c.id, NULL, c.amount, " CURRENCY ("c") ", " DECLINE ", 0, max (c.created)"
    " FROM mirror.charges c INDEXED BY charges_by_created CROSS JOIN temp.charge_owners o ON o.charge_pk = c.pk"
    " WHERE c.created >= " DAYS (30) " AND c.status = 'failed' AND c.deleted = 0 AND o.payment_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM mirror.charges l WHERE l.payment_intent = c.payment_intent AND l.status = 'succeeded')"
    " GROUP BY ifnull (c.payment_intent, c.id) ORDER BY 8 DESC LIMIT 50" },
  /* A practice that is paid elsewhere, too, has many: they are told by the day. What was not captured counts as refunded. */
  { "charge-unassigned",
    "SELECT billing_day (c.created, (SELECT time_zone FROM main.practice)) || ':' || c.currency,"
    " iif (count (*) = 1, c.id, NULL), NULL, sum (c.amount - c.amount_refunded), " CURRENCY ("c") ","
    " CAST (count (*) AS TEXT), 0, max (c.created)"
    " FROM mirror.charges c INDEXED BY charges_by_created CROSS JOIN temp.charge_owners o ON o.charge_pk = c.pk"
    " WHERE c.created >= " DAYS (30) " AND c.status = 'succeeded' AND c.payment IS NULL AND c.captured = 1 AND c.deleted = 0"
    " AND o.patient_id IS NULL AND c.amount > c.amount_refunded GROUP BY 1" },
};

const char *
billing_notice_find_sql (const char *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (finders); i++)
    {
      if (g_str_equal (finders[i].rule, rule))
        return finders[i].sql;
    }

  return NULL;
}

static BillingNotice *
read_notice (BillingStatement        *statement,
             const BillingNoticeRule *rule)
{
  BillingNotice *notice = billing_notice_new ();

  notice->key = g_strconcat (rule->nick, ":", billing_statement_get_text (statement, 0), NULL);
  notice->rule = g_strdup (rule->nick);
  notice->urgent = rule->urgent;
  notice->subject = g_strdup (billing_statement_get_text (statement, 1));
  notice->payment_id = g_strdup (billing_statement_get_text (statement, 2));
  notice->amount = billing_statement_get_integer (statement, 3);
  notice->currency = g_strdup (billing_statement_get_text (statement, 4));
  notice->detail = g_strdup (billing_statement_get_text (statement, 5));
  notice->due_at = billing_statement_get_integer (statement, 6);
  notice->created_at = billing_statement_get_integer (statement, 7);
  return notice;
}

static gboolean
find (BillingConnection        *connection,
      const BillingNoticeRule  *rule,
      gint64                    now,
      GPtrArray                *notices,
      GError                  **error)
{
  const char *sql = billing_notice_find_sql (rule->nick);
  g_autoptr (BillingStatement) statement = NULL;
  gboolean row;

  g_return_val_if_fail (sql != NULL, FALSE);

  statement = billing_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  billing_statement_bind_integer (statement, 1, now);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      if (billing_statement_get_text (statement, 0) != NULL)
        g_ptr_array_add (notices, read_notice (statement, rule));
    }

  return FALSE;
}

GPtrArray *
billing_notice_find (BillingConnection  *connection,
                     const char         *rule,
                     gint64              now,
                     GError            **error)
{
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_object_unref);

  return find (connection, billing_notice_rule_find (rule), now, notices, error) ? g_steal_pointer (&notices) : NULL;
}

GPtrArray *
billing_notice_find_all (BillingConnection  *connection,
                         gint64              now,
                         GError            **error)
{
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_object_unref);
  const BillingNoticeRule *rule;

  for (guint i = 0; (rule = billing_notice_rule_nth (i)) != NULL; i++)
    {
      if (!find (connection, rule, now, notices, error))
        return NULL;
    }

  return g_steal_pointer (&notices);
}
