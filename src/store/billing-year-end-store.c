/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-year-end-store"

#include "config.h"

#include "billing-year-end-store.h"

#include "billing-day.h"

/*
 * What a year came to, by month: one query, of Stripe's ledger as the mirror has it, of the books' other tenders, and of the taxes that
 * paid invoices, visits and payment intents say they contain. A table of the months, which the practice's time zone decides, is what
 * all of it is joined with.
 */

#define FEE_OF(type) \
  "(SELECT ifnull (sum (d.value ->> '$.amount'), 0) FROM json_each (b.json, '$.fee_details') d WHERE d.value ->> '$.type' = '" type "')"

#define IS_CHARGE "b.type IN ('charge', 'payment')"
#define IS_REFUND "b.type IN ('refund', 'payment_refund', 'payment_failure_refund', 'payment_reversal', 'refund_failure')"
#define IS_DISPUTE "(b.type = 'adjustment' AND (b.reporting_category LIKE 'dispute%' OR b.source LIKE 'dp_%' OR b.source LIKE 'du_%'))"
#define IS_FEE "b.type IN ('stripe_fee', 'stripe_fx_fee', 'network_cost')"
#define IS_FEE_TAX "b.type = 'tax_fee'"

/* Of a line that is itself what was taken, the amount is below zero, and it is no fee on something else. */
#define LINES \
  "SELECT m.month, upper (b.currency) AS currency," \
  " iif (" IS_CHARGE ", b.amount, 0) AS collected, iif (" IS_REFUND ", -b.amount, 0) AS refunded," \
  " iif (" IS_DISPUTE ", -b.amount, 0) AS disputed," \
  " iif (" IS_DISPUTE ", 0, b.fee - " FEE_OF ("tax") ") AS payment_fees," \
  " iif (" IS_DISPUTE ", b.fee - " FEE_OF ("tax") ", 0) AS dispute_fees," \
  " iif (" IS_FEE ", -b.amount, 0) AS other_fees," \
  " " FEE_OF ("tax") " + iif (" IS_FEE_TAX ", -b.amount, 0) AS tax_on_fees," \
  " iif (" IS_CHARGE " OR " IS_REFUND " OR " IS_DISPUTE " OR " IS_FEE " OR " IS_FEE_TAX ", 0, b.amount) AS other," \
  " b.net, 0 AS tax, 0 AS cash, 0 AS cheque, 0 AS card, 0 AS bank, 0 AS tender_refunded" \
  " FROM months m JOIN mirror.balance_transactions b ON b.created >= m.low AND b.created < m.high" \
  " WHERE b.deleted = 0 AND b.type NOT LIKE 'payout%'"

#define NOTHING_OF_STRIPE "0, 0, 0, 0, 0, 0, 0, 0, 0"
#define NO_TENDERS "0, 0, 0, 0, 0"

#define TENDERS \
  "SELECT m.month, c.currency, " NOTHING_OF_STRIPE ", 0, iif (c.tender = 'cash', c.collected, 0), iif (c.tender = 'cheque', c.collected, 0)," \
  " iif (c.tender = 'card', c.collected, 0), iif (c.tender = 'bank', c.collected, 0), c.refunded" \
  " FROM months m JOIN collection_totals c ON c.day >= m.first AND c.day <= m.last" \
  " WHERE c.tender IN ('cash', 'cheque', 'card', 'bank')"

/* An invoice counts when it was paid; its taxes stand under one name or another, as Stripe's versions went. */
#define INVOICES \
  "SELECT m.month, upper (i.currency), " NOTHING_OF_STRIPE "," \
  " coalesce ((SELECT sum (t.value ->> '$.amount') FROM json_each (i.json, '$.total_taxes') t)," \
  "           (SELECT sum (t.value ->> '$.amount') FROM json_each (i.json, '$.total_tax_amounts') t), i.json ->> '$.tax', 0), " NO_TENDERS \
  " FROM mirror.stripe_invoices i JOIN months m ON ifnull (i.json ->> '$.status_transitions.paid_at', i.created) >= m.low" \
  " AND ifnull (i.json ->> '$.status_transitions.paid_at', i.created) < m.high" \
  " WHERE i.status = 'paid' AND i.deleted = 0"

#define VISITS \
  "SELECT m.month, upper (s.currency), " NOTHING_OF_STRIPE ", ifnull (s.json ->> '$.total_details.amount_tax', 0), " NO_TENDERS \
  " FROM months m JOIN mirror.checkout_sessions s ON s.created >= m.low AND s.created < m.high" \
  " WHERE s.payment_status = 'paid' AND s.json ->> '$.invoice' IS NULL AND s.deleted = 0"

/* What an invoice or a visit says is not said again by what collects it. */
#define INTENTS \
  "SELECT m.month, upper (i.currency), " NOTHING_OF_STRIPE ", ifnull (i.json ->> '$.amount_details.tax.total_tax_amount', 0), " NO_TENDERS \
  " FROM months m JOIN mirror.payment_intents i ON i.created >= m.low AND i.created < m.high" \
  " WHERE i.status = 'succeeded' AND i.deleted = 0" \
  " AND NOT EXISTS (SELECT 1 FROM mirror.checkout_sessions s WHERE s.payment_intent = i.id)" \
  " AND NOT EXISTS (SELECT 1 FROM mirror.invoice_payments p WHERE p.payment_intent = i.id)"

#define SUMS \
  "sum (collected), sum (refunded), sum (disputed), sum (payment_fees), sum (dispute_fees), sum (other_fees), sum (tax_on_fees)," \
  " sum (other), sum (net), sum (tax), sum (cash), sum (cheque), sum (card), sum (bank), sum (tender_refunded)," \
  " sum (cash) + sum (cheque) + sum (card) + sum (bank) - sum (tender_refunded)"

/* The months of a year as the practice lives them. */
static char *
build_months (int         year,
              const char *time_zone)
{
  GString *rows = g_string_new (NULL);

  for (int month = 1; month <= 12; month++)
    {
      g_autofree char *first = g_strdup_printf ("%04d-%02d-01", year, month);
      g_autofree char *next = month < 12 ? g_strdup_printf ("%04d-%02d-01", year, month + 1) : g_strdup_printf ("%04d-01-01", year + 1);
      g_autofree char *last = billing_day_add (next, -1);

      g_string_append_printf (rows, "%s('%.7s', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", '%s', '%s')", month > 1 ? ", " : "", first,
                              billing_day_start (first, time_zone), billing_day_start (next, time_zone), first, last);
    }

  return g_string_free (rows, FALSE);
}

static BillingYearEndLine *
read_line (BillingStatement *statement)
{
  BillingYearEndLine *line = billing_year_end_line_new ();
  gint64 *amounts[] = { &line->collected, &line->refunded, &line->disputed, &line->payment_fees, &line->dispute_fees, &line->other_fees,
                        &line->tax_on_fees, &line->other, &line->net, &line->tax, &line->cash, &line->cheque, &line->card, &line->bank,
                        &line->tender_refunded, &line->tender_net };

  line->month = g_strdup (billing_statement_get_text (statement, 0));
  line->currency = g_strdup (billing_statement_get_text (statement, 1));
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    *amounts[i] = billing_statement_get_integer (statement, (int) i + 2);

  return line;
}

/**
 * billing_year_end_read:
 * @connection: inside a transaction
 * @year: from 1971 to 9998
 * @time_zone: the practice's
 * @currency: the practice's, whose months are all there
 * @error: return location for a #BillingStoreError
 *
 * Reads what the year came to, by currency and month, without a sum; what nothing happened to in another currency is left out.
 *
 * Returns: (transfer full) (nullable) (element-type BillingYearEndLine): its months
 */
GPtrArray *
billing_year_end_read (BillingConnection  *connection,
                       int                 year,
                       const char         *time_zone,
                       const char         *currency,
                       GError            **error)
{
  g_autofree char *months = build_months (year, time_zone);
  /* Not printf, for which the patterns have conversions. */
  g_autofree char *sql = g_strconcat ("WITH months (month, low, high, first, last) AS (VALUES ", months, "), everything AS (" LINES
                                      " UNION ALL " TENDERS " UNION ALL " INVOICES " UNION ALL " VISITS " UNION ALL " INTENTS ")"
                                      " SELECT month, currency, " SUMS " FROM everything GROUP BY 1, 2"
                                      /* What the practice does not work in, and nothing but a free visit has. */
                                      " HAVING currency IS NOT NULL", NULL);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  while (row)
    {
      if (!billing_statement_step (statement, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (lines, read_line (statement));
    }

  billing_year_end_add_months (lines, year, currency);
  return g_steal_pointer (&lines);
}

/**
 * billing_year_end_read_years:
 * @connection: inside a transaction
 * @time_zone: the practice's
 * @first: (out): the first year of which something is known; 0: none
 * @last: (out): the last one
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_year_end_read_years (BillingConnection  *connection,
                             const char         *time_zone,
                             int                *first,
                             int                *last,
                             GError            **error)
{
  g_autofree char *first_day = NULL, *last_day = NULL;
  g_autofree char *first_there = NULL, *last_there = NULL;
  gint64 low, high;

  if (!billing_connection_get_integer (connection, &low, error, "SELECT ifnull (min (created), 0) FROM mirror.balance_transactions", "") ||
      !billing_connection_get_integer (connection, &high, error, "SELECT ifnull (max (created), 0) FROM mirror.balance_transactions", ""))
    return FALSE;

  first_there = low > 0 ? billing_day_from_instant (low, time_zone) : g_strdup ("9999");
  last_there = high > 0 ? billing_day_from_instant (high, time_zone) : g_strdup ("0000");
  first_day = billing_connection_get_text (connection, NULL, "SELECT min (day) FROM collection_totals", "");
  last_day = billing_connection_get_text (connection, NULL, "SELECT max (day) FROM collection_totals", "");
  *first = (int) g_ascii_strtoll (first_day != NULL && g_strcmp0 (first_day, first_there) < 0 ? first_day : first_there, NULL, 10);
  *last = (int) g_ascii_strtoll (last_day != NULL && g_strcmp0 (last_day, last_there) > 0 ? last_day : last_there, NULL, 10);
  if (*first == 9999)
    *first = *last = 0;
  return TRUE;
}
