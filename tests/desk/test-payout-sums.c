/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-payouts.h"
#include "billing-stripe-records.h"
#include "billing-test-posting.h"

/* What a payout consists of, and what will be paid out, as the mirror says of it. */

#define PAYOUT(id, amount, more) \
  "{\"id\":\"" id "\",\"object\":\"payout\",\"created\":1793000000,\"arrival_date\":1793145600,\"amount\":" amount \
  ",\"currency\":\"usd\"," more "}"
#define AUTOMATIC "\"status\":\"paid\",\"automatic\":true,\"reconciliation_status\":"

static void
put_move (BillingTestPosting *self,
          const char         *id,
          const char         *category,
          const char         *type,
          const char         *source,
          gint64              amount,
          gint64              fee)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"object\":\"balance_transaction\",\"created\":1793000000,"
    "\"available_on\":1793145600,\"amount\":%" G_GINT64_FORMAT ",\"fee\":%" G_GINT64_FORMAT ",\"net\":%" G_GINT64_FORMAT ","
    "\"currency\":\"usd\",\"status\":\"available\",\"type\":\"%s\",\"reporting_category\":\"%s\",\"source\":\"%s\"}",
    id, amount, fee, amount - fee, type, category, source);

  billing_test_facts_put (self->mirror, "balance_transactions", text);
}

static void
run (BillingTestPosting *self,
     const char         *sql)
{
  g_autoptr (GError) error = NULL;

  billing_mirror_begin (self->mirror, &error);
  billing_connection_run (billing_mirror_get_connection (self->mirror), &error, sql, "");
  billing_mirror_commit (self->mirror, &error);
  g_assert_no_error (error);
}

static BillingPayoutStatement *
read_payout (BillingTestPosting *self,
             const char         *id)
{
  g_autoptr (GError) error = NULL;
  BillingPayoutStatement *statement = billing_desk_read_payout (self->practice.desk, id, &error);

  g_assert_no_error (error);
  return statement;
}

static void
assert_line (BillingPayoutStatement *statement,
             BillingPayoutGroup      group,
             gint64                  count,
             gint64                  amount)
{
  g_assert_cmpint (statement->lines[group].count, ==, count);
  g_assert_cmpint (statement->lines[group].amount, ==, amount);
}

/* A payout with a bit of everything in it, a payout that came back and one made by hand in between among it, is what its
 * transactions come to: 100.00 + 50.00 - 20.00 refund - 30.00 dispute - 15.00 fee of it … */
static void
put_rich_payout (BillingTestPosting *self)
{
  billing_test_facts_put (self->mirror, "payouts", PAYOUT ("po_1", "8045", AUTOMATIC "\"completed\""));
  put_move (self, "txn_own", "payout", "payout", "po_1", -8045, 0);
  put_move (self, "txn_1", "charge", "charge", "ch_1", 10000, 320);
  put_move (self, "txn_2", "charge", "payment", "py_1", 5000, 40);
  put_move (self, "txn_3", "refund", "refund", "re_1", -2000, 0);
  put_move (self, "txn_4", "dispute", "adjustment", "dp_1", -3000, 1500);
  put_move (self, "txn_5", "fee", "stripe_fee", "fee_1", -200, 0);
  put_move (self, "txn_6", "other_adjustment", "adjustment", "adj_1", 105, 0);
  put_move (self, "txn_7", "payout", "payout", "po_by_hand", -1000, 0);
  put_move (self, "txn_8", "payout_reversal", "payout_failure", "po_failed", 1000, 0);
  run (self, "INSERT INTO payout_items SELECT id, 'po_1' FROM balance_transactions");
  run (self, "INSERT INTO payout_lists VALUES ('po_1', NULL)");
}

static void
test_statement (BillingTestPosting *self,
                gconstpointer       data)
{
  g_autoptr (BillingPayoutStatement) statement = NULL;
  g_autofree char *words = NULL;

  put_rich_payout (self);
  statement = read_payout (self, "po_1");
  assert_line (statement, BILLING_PAYOUT_GROUP_CHARGES, 2, 15000);
  assert_line (statement, BILLING_PAYOUT_GROUP_REFUNDS, 1, -2000);
  assert_line (statement, BILLING_PAYOUT_GROUP_DISPUTES, 1, -3000);
  assert_line (statement, BILLING_PAYOUT_GROUP_FEES, 3, -1860);
  assert_line (statement, BILLING_PAYOUT_GROUP_OTHER_FEES, 1, -200);
  assert_line (statement, BILLING_PAYOUT_GROUP_ADJUSTMENTS, 1, 105);
  assert_line (statement, BILLING_PAYOUT_GROUP_TRANSFERS, 2, 0);
  g_assert_cmpint (statement->count, ==, 8);
  g_assert_cmpint (statement->net, ==, 8045);
  g_assert_cmpint (statement->standing, ==, BILLING_PAYOUT_STANDING_MATCHES);
  words = billing_payout_statement_describe (statement);
  g_assert_cmpstr (words, ==, "Its 8 transactions come to the payout, to the cent.");
  billing_test_practice_verify (&self->practice);
}

typedef struct {
  gint64 count;
  gint64 net;
} Items;

static gboolean
count_cb (BillingRecord  *record,
          gpointer        data,
          GError        **error)
{
  Items *items = data;

  items->count++;
  items->net += BILLING_BALANCE_TRANSACTION (record)->net;
  return TRUE;
}

static Items
count_items (BillingTestPosting *self,
             const char         *payout)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->practice.desk, "balance_transactions");
  g_autoptr (GError) error = NULL;
  Items items = { 0, 0 };

  g_object_set (query, "payout", payout, NULL);
  billing_desk_list (self->practice.desk, query, count_cb, &items, NULL, &error);
  g_assert_no_error (error);
  return items;
}

/* The list of what is in a payout has the rows that its statement adds up, and no others. */
static void
test_items (BillingTestPosting *self,
            gconstpointer       data)
{
  Items items;

  put_rich_payout (self);
  put_move (self, "txn_elsewhere", "charge", "charge", "ch_9", 700, 0);
  items = count_items (self, "po_1");
  g_assert_cmpint (items.count, ==, 8);
  g_assert_cmpint (items.net, ==, 8045);
  g_assert_cmpint (count_items (self, "po_none").count, ==, 0);
}

/* While Stripe puts the list together, while it is not whole here, where a transaction is missing, and where Stripe never
 * itemises, no sum is said to be wrong; where the list is whole and differs, it is. */
static void
test_standing (BillingTestPosting *self,
               gconstpointer       data)
{
  static const struct {
    const char *change;
    BillingPayoutStanding standing;
  } steps[] = {
    { "UPDATE payouts SET reconciliation_status = 'in_progress'", BILLING_PAYOUT_STANDING_IN_PROGRESS },
    { "UPDATE payouts SET reconciliation_status = 'completed'", BILLING_PAYOUT_STANDING_MATCHES },
    { "UPDATE payout_lists SET cursor = 'txn_4'", BILLING_PAYOUT_STANDING_INCOMPLETE },
    { "DELETE FROM payout_lists", BILLING_PAYOUT_STANDING_INCOMPLETE },
    { "INSERT INTO payout_lists VALUES ('po_1', NULL)", BILLING_PAYOUT_STANDING_MATCHES },
    { "INSERT INTO payout_items VALUES ('txn_unknown', 'po_1')", BILLING_PAYOUT_STANDING_INCOMPLETE },
    { "DELETE FROM payout_items WHERE transaction_id IN ('txn_unknown', 'txn_5')", BILLING_PAYOUT_STANDING_DIFFERS },
    { "UPDATE payouts SET automatic = 0, reconciliation_status = 'not_applicable'", BILLING_PAYOUT_STANDING_NOT_ITEMISED },
  };

  put_rich_payout (self);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (BillingPayoutStatement) statement = NULL;
      g_autofree char *words = NULL;

      run (self, steps[i].change);
      statement = read_payout (self, "po_1");
      g_assert_cmpint (statement->standing, ==, steps[i].standing);
      words = billing_payout_statement_describe (statement);
      g_assert_cmpstr (words, !=, "");
    }
}

static void
put_single (BillingTestPosting *self,
            const char         *name,
            const char         *text)
{
  g_autoptr (GError) error = NULL;

  billing_mirror_begin (self->mirror, &error);
  billing_mirror_put_single (self->mirror, name, text, strlen (text), 1, &error);
  billing_mirror_commit (self->mirror, &error);
  g_assert_no_error (error);
}

static BillingPayoutOutlook *
read_outlook (BillingTestPosting *self)
{
  g_autoptr (GError) error = NULL;
  BillingPayoutOutlook *outlook = billing_desk_read_payout_outlook (self->practice.desk, &error);

  g_assert_no_error (error);
  return outlook;
}

static void
assert_upcoming (BillingPayoutOutlook *outlook,
                 guint                 i,
                 const char           *day,
                 const char           *currency,
                 gint64                amount,
                 const char           *pays_out_on)
{
  BillingPayoutUpcoming *upcoming = outlook->upcoming->pdata[i];

  g_assert_cmpstr (upcoming->day, ==, day);
  g_assert_cmpstr (upcoming->currency, ==, currency);
  g_assert_cmpint (upcoming->amount, ==, amount);
  g_assert_cmpstr (upcoming->pays_out_on, ==, pays_out_on);
}

#define PENDING(id, currency, on, net) \
  "INSERT INTO balance_transactions (id, fetched, json, available_on, amount, net, currency, status)" \
  " VALUES ('" id "', 1, '{}', " on ", " net ", " net ", '" currency "', 'pending')"

/* What becomes available is added up by day and currency; the schedule says when it is paid out, from Stripe's settings, or
 * without those from the account. */
static void
test_outlook (BillingTestPosting *self,
              gconstpointer       data)
{
  g_autoptr (BillingPayoutOutlook) outlook = NULL;
  g_autoptr (BillingPayoutOutlook) changed = NULL;
  BillingPayoutBalance *balance;

  put_single (self, "balance", "{\"object\":\"balance\",\"available\":[{\"amount\":1200,\"currency\":\"usd\"},"
              "{\"amount\":-5,\"currency\":\"eur\"}],\"pending\":[{\"amount\":300,\"currency\":\"usd\"}],"
              "\"instant_available\":[{\"amount\":900,\"currency\":\"usd\"}]}");
  put_single (self, "account", "{\"id\":\"acct_1\",\"object\":\"account\",\"settings\":{\"payouts\":{\"schedule\":"
              "{\"interval\":\"weekly\",\"weekly_anchor\":\"friday\",\"delay_days\":2}}}}");
  run (self, PENDING ("txn_1", "usd", "4070908800", "100")); /* 2099-01-01, a Thursday */
  run (self, PENDING ("txn_2", "usd", "4070908800", "-30"));
  run (self, PENDING ("txn_3", "eur", "4070908800", "7"));
  run (self, PENDING ("txn_4", "usd", "4071081600", "5")); /* 2099-01-03, a Saturday */
  billing_test_facts_put (self->mirror, "payouts", PAYOUT ("po_1", "900", "\"status\":\"in_transit\""));
  billing_test_facts_put (self->mirror, "payouts", PAYOUT ("po_2", "800", "\"status\":\"paid\""));

  outlook = read_outlook (self);
  g_assert_cmpint (outlook->balances->len, ==, 2);
  balance = &g_array_index (outlook->balances, BillingPayoutBalance, 0);
  g_assert_cmpstr (balance->currency, ==, "EUR");
  g_assert_cmpint (balance->available, ==, -5);
  g_assert_cmpint (balance->instant, ==, -1);
  balance = &g_array_index (outlook->balances, BillingPayoutBalance, 1);
  g_assert_cmpint (balance->available, ==, 1200);
  g_assert_cmpint (balance->pending, ==, 300);
  g_assert_cmpint (balance->instant, ==, 900);
  g_assert_cmpint (outlook->upcoming->len, ==, 3);
  assert_upcoming (outlook, 0, "2099-01-01", "EUR", 7, "2099-01-02");
  assert_upcoming (outlook, 1, "2099-01-01", "USD", 70, "2099-01-02");
  assert_upcoming (outlook, 2, "2099-01-03", "USD", 5, "2099-01-09");
  g_assert_cmpint (outlook->underway->len, ==, 1);
  g_assert_cmpstr (billing_record_get_id (outlook->underway->pdata[0]), ==, "po_1");
  g_assert_cmpstr (BILLING_PAYOUT (outlook->underway->pdata[0])->arrives_on, ==, "2026-10-28");
  g_assert_false (outlook->schedule->can_be_changed);

  put_single (self, "balance_settings", "{\"object\":\"balance_settings\",\"payments\":{\"payouts\":{\"schedule\":"
              "{\"interval\":\"monthly\",\"monthly_payout_days\":[1,15]},\"minimum_balance_by_currency\":{\"usd\":500},"
              "\"statement_descriptor\":\"CLINIC\"},\"settlement_timing\":{\"delay_days\":7}}}");
  changed = read_outlook (self);
  g_assert_true (changed->schedule->can_be_changed);
  g_assert_cmpint (changed->schedule->delay_days, ==, 7);
  g_assert_cmpstr (changed->schedule->minimums, ==, "usd 500");
  g_assert_cmpstr (changed->schedule->descriptor, ==, "CLINIC");
  assert_upcoming (changed, 2, "2099-01-03", "USD", 5, "2099-01-15");
}

/* A mirror that has nothing makes an outlook of nothing, and no payout is found in it. */
static void
test_nothing (BillingTestPosting *self,
              gconstpointer       data)
{
  g_autoptr (BillingPayoutOutlook) outlook = read_outlook (self);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (outlook->balances->len, ==, 0);
  g_assert_cmpint (outlook->upcoming->len, ==, 0);
  g_assert_cmpint (outlook->underway->len, ==, 0);
  g_assert_cmpint (outlook->schedule->interval, ==, BILLING_PAYOUT_INTERVAL_UNKNOWN);
  g_assert_null (billing_desk_read_payout (self->practice.desk, "po_none", &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND);
}

#define ADD(path, test) \
  g_test_add ("/desk/payout-sums/" path, BillingTestPosting, NULL, billing_test_posting_set_up, test, \
              billing_test_posting_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("statement", test_statement);
  ADD ("items", test_items);
  ADD ("standing", test_standing);
  ADD ("outlook", test_outlook);
  ADD ("nothing", test_nothing);

  return g_test_run ();
}
