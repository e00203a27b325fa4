/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-story"

#include "config.h"

#include "billing-stripe-story.h"

/*
 * The story of one payment at Stripe, told by the mirror alone. All its charges are attempts; what each did to Stripe's ledger are the
 * balance transactions whose source is it, a refund of it or a dispute of it. Parameter ?1 is the payment's key.
 */

/* The payment's charges, with what belongs to each. */
#define CHARGES \
  "WITH s AS (SELECT * FROM mirror.stripe_payments WHERE pk = ?1)," \
  " c AS (SELECT c.* FROM s CROSS JOIN mirror.charges c ON c.payment_intent = s.id OR c.id = s.id)," \
  " i AS (SELECT i.* FROM s CROSS JOIN mirror.payment_intents i ON i.id = s.id)," \
  " b AS (SELECT x.*, x.json -> '$.fee_details' AS fees FROM stripe_payment_moves m CROSS JOIN mirror.balance_transactions x ON x.pk = m.pk" \
  "       WHERE m.payment_pk = ?1)"

#define REASON "ifnull (c.json ->> '$.outcome.seller_message', c.json ->> '$.failure_message')"
#define CODE "coalesce (c.json ->> '$.outcome.reason', c.json ->> '$.outcome.network_decline_code', c.json ->> '$.failure_code')"
#define IS_MANUAL "ifnull ((SELECT i.json ->> '$.capture_method' = 'manual' FROM i), 0)"
/* What was collected and came back is no attempt that failed. */
#define CAME_BACK "c.json ->> '$.failure_balance_transaction' IS NOT NULL"
#define REVERSAL "EXISTS (SELECT 1 FROM b WHERE b.source = r.id AND b.reporting_category = 'partial_capture_reversal')"

/* Each gives: what, when, amount, currency, detail, code, id. */
static const char * const events[] = {
  [BILLING_STORY_CREATED] = "SELECT s.created, s.amount, s.currency, NULL, NULL, s.id FROM s",
  [BILLING_STORY_DECLINED] = "SELECT c.created, c.amount, c.currency, " REASON ", " CODE ", c.id FROM c"
                             " WHERE c.status = 'failed' AND NOT (" CAME_BACK ") AND c.outcome IS NOT 'blocked'",
  [BILLING_STORY_BLOCKED] = "SELECT c.created, c.amount, c.currency, " REASON ", c.json ->> '$.outcome.reason', c.id FROM c"
                            " WHERE c.status = 'failed' AND c.outcome = 'blocked'",
  [BILLING_STORY_PENDING] = "SELECT c.created, c.amount, c.currency, NULL, NULL, c.id FROM c WHERE c.status = 'pending'",
  [BILLING_STORY_AUTHORISED] = "SELECT c.created, c.amount, c.currency, NULL, NULL, c.id FROM c"
                               " WHERE c.status = 'succeeded' AND (" IS_MANUAL " OR c.captured = 0)",
  [BILLING_STORY_COLLECTED] = "SELECT c.created, c.amount_captured, c.currency, NULL, NULL, c.id FROM c"
                              " WHERE (c.status = 'succeeded' AND c.captured = 1 OR " CAME_BACK ") AND NOT " IS_MANUAL,
  [BILLING_STORY_CAPTURED] = "SELECT max (c.created, ifnull (b.created, 0)), c.amount_captured, c.currency, NULL, NULL, c.id"
                             " FROM c LEFT JOIN b ON b.id = c.balance_transaction"
                             " WHERE c.status = 'succeeded' AND c.captured = 1 AND " IS_MANUAL,
  [BILLING_STORY_RELEASED] = "SELECT r.created, r.amount, r.currency, NULL, NULL, r.id FROM c JOIN mirror.stripe_refunds r ON r.charge = c.id"
                             " WHERE " REVERSAL,
  [BILLING_STORY_FEE] = "SELECT b.created, f.value ->> '$.amount', b.currency, ifnull (f.value ->> '$.description', f.value ->> '$.type'),"
                        " f.value ->> '$.type', b.source FROM b, json_each (b.fees) f",
  [BILLING_STORY_CANCELED] = "SELECT i.canceled_at, s.amount, s.currency, NULL, i.cancellation_reason, i.id FROM i, s"
                             " WHERE i.status = 'canceled' AND i.canceled_at <> 0",
  [BILLING_STORY_RETURNED] = "SELECT ifnull (b.created, c.created), c.amount, c.currency, c.json ->> '$.failure_message',"
                             " c.json ->> '$.failure_code', c.id"
                             " FROM c LEFT JOIN b ON b.id = c.json ->> '$.failure_balance_transaction'"
                             " WHERE c.status = 'failed' AND " CAME_BACK,
  [BILLING_STORY_WARNING] = "SELECT w.created, 0, NULL, NULL, w.fraud_type, w.id FROM c"
                            " JOIN mirror.early_fraud_warnings w ON w.charge = c.id",
  [BILLING_STORY_REFUNDED] = "SELECT r.created, r.amount, r.currency, r.status, r.reason, r.id FROM c"
                             " JOIN mirror.stripe_refunds r ON r.charge = c.id WHERE NOT " REVERSAL
                             " AND NOT (r.reason IS 'expired_uncaptured_charge')",
  [BILLING_STORY_REFUND_FAILED] = "SELECT ifnull (b.created, r.created), r.amount, r.currency, NULL, r.failure_reason, r.id FROM c"
                                  " JOIN mirror.stripe_refunds r ON r.charge = c.id"
                                  " LEFT JOIN b ON b.id = r.json ->> '$.failure_balance_transaction' WHERE r.status = 'failed'",
  [BILLING_STORY_DISPUTED] = "SELECT d.created, d.amount, d.currency, d.status, d.reason, d.id FROM c"
                             " JOIN mirror.disputes d ON d.charge = c.id",
#define CLOSED(statuses) \
  "SELECT coalesce ((SELECT max (e.created) FROM mirror.events e WHERE e.object_id = d.id AND e.type = 'charge.dispute.closed')," \
  " (SELECT max (b.created) FROM b WHERE b.source = d.id), d.created), d.amount, d.currency, NULL, d.reason, d.id FROM c" \
  " JOIN mirror.disputes d ON d.charge = c.id WHERE d.status IN (" statuses ")"
  [BILLING_STORY_DISPUTE_WON] = CLOSED ("'won'"),
  [BILLING_STORY_DISPUTE_LOST] = CLOSED ("'lost'"),
  [BILLING_STORY_DISPUTE_CLOSED] = CLOSED ("'warning_closed', 'prevented'"),
#undef CLOSED
  [BILLING_STORY_AVAILABLE] = "SELECT b.available_on, b.net, b.currency, nullif (b.status, 'available'), NULL, b.source FROM b, c"
                              " WHERE b.id = c.balance_transaction AND b.available_on <> 0",
  [BILLING_STORY_PAID_OUT] = "SELECT o.created, sum (b.net), b.currency, o.status, NULL, o.id FROM b"
                             " JOIN mirror.payout_items n ON n.transaction_id = b.id JOIN mirror.payouts o ON o.id = n.payout"
                             " GROUP BY o.id",
};

/* What is a fee goes by what it is for; what the parts of a fee leave of it is one, too, so that nothing is missing from the sum. */
static const char lines_sql[] =
  CHARGES
  " SELECT 0 AS rank, ifnull (b.reporting_category, b.type) AS category, NULL AS detail, sum (b.amount) AS amount, b.currency FROM b"
  "   GROUP BY category, b.currency"
  " UNION ALL"
  " SELECT 1, 'fee', ifnull (f.value ->> '$.description', f.value ->> '$.type') AS detail, - sum (f.value ->> '$.amount'), b.currency"
  "   FROM b, json_each (b.fees) f GROUP BY detail, b.currency"
  " UNION ALL"
  " SELECT 2, 'fee', NULL, - sum (b.fee - (SELECT ifnull (sum (f.value ->> '$.amount'), 0) FROM json_each (b.fees) f)), b.currency"
  "   FROM b GROUP BY b.currency"
  " ORDER BY rank";

static const char * const facts[BILLING_STORY_N_FACTS] = {
  [BILLING_STORY_RISK_LEVEL] = "c.json ->> '$.outcome.risk_level'",
  [BILLING_STORY_RISK_SCORE] = "c.json ->> '$.outcome.risk_score'",
  [BILLING_STORY_RISK_RULE] = "ifnull (c.json ->> '$.outcome.rule.predicate',"
                              " iif (json_type (c.json, '$.outcome.rule') = 'text', c.json ->> '$.outcome.rule', NULL))",
  [BILLING_STORY_RISK_REASON] = "c.json ->> '$.outcome.reason'",
  [BILLING_STORY_SELLER_MESSAGE] = "c.json ->> '$.outcome.seller_message'",
  [BILLING_STORY_RECEIPT_URL] = "c.json ->> '$.receipt_url'",
  [BILLING_STORY_RECEIPT_NUMBER] = "c.json ->> '$.receipt_number'",
  [BILLING_STORY_RECEIPT_EMAIL] = "c.json ->> '$.receipt_email'",
  [BILLING_STORY_EXPIRY_MONTH] = "c.json ->> '$.payment_method_details.card.exp_month'",
  [BILLING_STORY_EXPIRY_YEAR] = "c.json ->> '$.payment_method_details.card.exp_year'",
  [BILLING_STORY_FUNDING] = "c.json ->> '$.payment_method_details.card.funding'",
  [BILLING_STORY_COUNTRY] = "c.json ->> '$.payment_method_details.card.country'",
  [BILLING_STORY_NETWORK] = "c.json ->> '$.payment_method_details.card.network'",
  [BILLING_STORY_WALLET] = "c.json ->> '$.payment_method_details.card.wallet.type'",
  [BILLING_STORY_CHECK_CVC] = "c.json ->> '$.payment_method_details.card.checks.cvc_check'",
  [BILLING_STORY_CHECK_ADDRESS] = "c.json ->> '$.payment_method_details.card.checks.address_line1_check'",
  [BILLING_STORY_CHECK_POSTAL_CODE] = "c.json ->> '$.payment_method_details.card.checks.address_postal_code_check'",
  [BILLING_STORY_BANK_NAME] = "c.json ->> '$.payment_method_details.us_bank_account.bank_name'",
  [BILLING_STORY_BANK_ACCOUNT_TYPE] = "c.json ->> '$.payment_method_details.us_bank_account.account_type'",
  [BILLING_STORY_BANK_HOLDER_TYPE] = "c.json ->> '$.payment_method_details.us_bank_account.account_holder_type'",
  [BILLING_STORY_BANK_ROUTING] = "c.json ->> '$.payment_method_details.us_bank_account.routing_number'",
  [BILLING_STORY_DESCRIPTOR] = "c.json ->> '$.calculated_statement_descriptor'",
  [BILLING_STORY_DISPUTE] = "(SELECT d.id FROM mirror.disputes d WHERE d.charge = c.id"
                            " AND d.status NOT IN ('won', 'lost', 'warning_closed', 'prevented') ORDER BY d.created DESC LIMIT 1)",
  /* As Stripe writes it: a rate is no money, and is not counted with. */
  [BILLING_STORY_EXCHANGE_RATE] = "iif (b.currency <> c.currency, nullif (b.json -> '$.exchange_rate', 'null'), NULL)",
  [BILLING_STORY_INTENT_STATUS] = "i.status",
};

static void
event_free (gpointer data)
{
  BillingStoryEvent *event = data;

  g_free (event->currency);
  g_free (event->detail);
  g_free (event->code);
  g_free (event->id);
  g_free (event);
}

static void
line_free (gpointer data)
{
  BillingStoryLine *line = data;

  g_free (line->category);
  g_free (line->detail);
  g_free (line);
}

static char *
dup_upper (const char *currency)
{
  return currency != NULL ? g_ascii_strup (currency, -1) : NULL;
}

/* Statements of one row or more, each handed over. */
typedef void (*TakeFunc) (BillingStripeStory *self,
                          BillingStatement   *statement);

static gboolean
read_rows (BillingStripeStory  *self,
           BillingConnection   *connection,
           const char          *sql,
           gint64               pk,
           TakeFunc             take,
           GError             **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_integer (statement, 1, pk);
  while (row)
    {
      if (!billing_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        take (self, statement);
    }

  return TRUE;
}

static void
take_event (BillingStripeStory *self,
            BillingStatement   *statement)
{
  BillingStoryEvent *event = g_new0 (BillingStoryEvent, 1);

  event->what = (BillingStoryWhat) billing_statement_get_integer (statement, 0);
  event->at = billing_statement_get_integer (statement, 1);
  event->amount = billing_statement_get_integer (statement, 2);
  event->currency = dup_upper (billing_statement_get_text (statement, 3));
  event->detail = g_strdup (billing_statement_get_text (statement, 4));
  event->code = g_strdup (billing_statement_get_text (statement, 5));
  event->id = g_strdup (billing_statement_get_text (statement, 6));
  g_ptr_array_add (self->events, event);
}

/* What happened in one second stands in the order in which it was caused: a dispute's fee comes after the dispute. */
static char *
build_events_sql (void)
{
  g_autoptr (GString) sql = g_string_new (CHARGES);

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_string_append_printf (sql, "%s SELECT %u AS what, e.*, ", i > 0 ? " UNION ALL" : "", i);
      if (i == BILLING_STORY_FEE)
        g_string_append_printf (sql, "iif (EXISTS (SELECT 1 FROM mirror.disputes d WHERE d.id = e.source), %d, %u)",
                                2 * BILLING_STORY_DISPUTED + 1, 2 * i);
      else
        g_string_append_printf (sql, "%u", 2 * i);
      g_string_append_printf (sql, " FROM (%s) e", events[i]);
    }
  g_string_append (sql, " ORDER BY 2, 8, 7");

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* A line of nothing says nothing. All are in the balance's currency; what is in another has no sum with it, and is left to Stripe's page. */
static void
take_line (BillingStripeStory *self,
           BillingStatement   *statement)
{
  gint64 amount = billing_statement_get_integer (statement, 3);
  g_autofree char *currency = dup_upper (billing_statement_get_text (statement, 4));
  BillingStoryLine *line;

  if (self->currency == NULL)
    self->currency = g_strdup (currency);
  if (amount == 0 || g_strcmp0 (currency, self->currency) != 0)
    return;

  line = g_new0 (BillingStoryLine, 1);
  line->category = g_strdup (billing_statement_get_text (statement, 1));
  line->detail = g_strdup (billing_statement_get_text (statement, 2));
  line->amount = amount;
  self->net += amount;
  g_ptr_array_add (self->lines, line);
}

static void
take_facts (BillingStripeStory *self,
            BillingStatement   *statement)
{
  for (int i = 0; i < BILLING_STORY_N_FACTS; i++)
    self->facts[i] = g_strdup (billing_statement_get_text (statement, i));
}

static char *
build_facts_sql (void)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  for (guint i = 0; i < BILLING_STORY_N_FACTS; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", facts[i]);
  g_string_append (sql, " FROM mirror.stripe_payments s LEFT JOIN mirror.charges c ON c.id = s.charge"
                   " LEFT JOIN mirror.payment_intents i ON i.id = s.id"
                   " LEFT JOIN mirror.balance_transactions b ON b.id = c.balance_transaction WHERE s.pk = ?1");

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/**
 * billing_stripe_story_read:
 * @connection: inside a transaction
 * @payment: a payment at Stripe
 * @error: return location for a #BillingStoreError
 *
 * Reads all that the mirror knows of a payment: what happened, and what it did to Stripe's balance. The lines come to exactly what the
 * balance transactions of its charges, their refunds and their disputes come to.
 *
 * Returns: (transfer full) (nullable): its story
 */
BillingStripeStory *
billing_stripe_story_read (BillingConnection     *connection,
                           BillingStripePayment  *payment,
                           GError               **error)
{
  g_autoptr (BillingStripeStory) self = g_new0 (BillingStripeStory, 1);
  g_autofree char *events_sql = build_events_sql ();
  g_autofree char *facts_sql = build_facts_sql ();
  gint64 pk = billing_record_get_pk (BILLING_RECORD (payment));

  self->events = g_ptr_array_new_with_free_func (event_free);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  /* The charge's own line says what the balance's currency is. */
  self->currency = g_strdup (payment->settled);

  if (!read_rows (self, connection, events_sql, pk, take_event, error) ||
      !read_rows (self, connection, lines_sql, pk, take_line, error) ||
      !read_rows (self, connection, facts_sql, pk, take_facts, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
billing_stripe_story_free (BillingStripeStory *self)
{
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->lines);
  g_free (self->currency);
  for (guint i = 0; i < BILLING_STORY_N_FACTS; i++)
    g_free (self->facts[i]);
  g_free (self);
}
