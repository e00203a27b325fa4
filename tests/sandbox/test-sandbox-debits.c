/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-sandbox-client.h"

#include <string.h>

#define INVALID "invalid_request_error"
#define DAY 86400

/* What a payer's bank takes to answer. */
#define SETTLES (4 * DAY)

static void
expect_intent (Client     *client,
               const char *id,
               const char *status)
{
  client_look (client, "/v1/payment_intents/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, status);
}

/* Collected from a bank account, a payment is under way for days, and is a payment of its own kind
   in the balance. */
static void
test_success (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_pay (client, 10000, "pm_usBankAccount_success",
                                    "&expand[]=latest_charge.balance_transaction");
  g_autofree char *charge = g_strdup (client_text (client, "latest_charge.id"));

  g_assert_cmpstr (client_text (client, "status"), ==, "processing");
  g_assert_cmpint (client_int (client, "amount_received"), ==, 0);
  g_assert_true (g_str_has_prefix (charge, "py_"));
  g_assert_cmpstr (client_text (client, "latest_charge.status"), ==, "pending");
  g_assert_false (client_true (client, "latest_charge.paid"));
  g_assert_cmpstr (
    client_text (client, "latest_charge.payment_method_details.us_bank_account.last4"), ==, "6789");
  g_assert_null (client_at (client, "latest_charge.payment_method_details.card"));
  g_assert_cmpstr (client_text (client, "latest_charge.balance_transaction.type"), ==, "payment");
  g_assert_cmpint (client_int (client, "latest_charge.balance_transaction.fee"), ==, 80);
  client_expect_events (client, "payment_intent.created charge.pending payment_intent.processing");
  client_expect_balance (client, 0, 9920);

  client_advance (client, SETTLES - DAY);
  expect_intent (client, id, "processing");
  client_advance (client, DAY);
  expect_intent (client, id, "succeeded");
  g_assert_cmpint (client_int (client, "amount_received"), ==, 10000);
  client_expect_events (client, "charge.succeeded payment_intent.succeeded");
  client_look (client, "/v1/charges/", charge);
  g_assert_true (client_true (client, "paid"));
  client_expect_balance (client, 0, 9920);
}

/* Each test account fails in its way; nothing is left of the payment in the balance, and the
   intent can be tried again. */
static void
test_failures (void)
{
  static const char *const cases[][2] = {
    { "pm_usBankAccount_accountClosed", "account_closed" },
    { "pm_usBankAccount_noAccount", "no_account" },
    { "pm_usBankAccount_insufficientFunds", "insufficient_funds" },
    { "pm_usBankAccount_debitNotAuthorized", "debit_not_authorized" },
    { "pm_usBankAccount_invalidCurrency", "invalid_currency" },
    { "pm_usBankAccount_weeklyLimitExceeded", "charge_exceeds_weekly_limit" },
  };
  g_autoptr (Client) client = client_new (0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = client_pay (client, 10000, cases[i][0], "");
      g_autofree char *confirm = g_strdup_printf ("/v1/payment_intents/%s/confirm", id);

      client_expect_balance (client, 0, 9920);
      client_advance (client, SETTLES);
      expect_intent (client, id, "requires_payment_method");
      g_assert_cmpstr (client_text (client, "last_payment_error.code"), ==, cases[i][1]);
      client_look (client, "/v1/charges/", client_text (client, "latest_charge"));
      g_assert_cmpstr (client_text (client, "failure_code"), ==, cases[i][1]);
      g_assert_nonnull (client_text (client, "failure_balance_transaction"));
      client_expect_events (client, "charge.failed payment_intent.payment_failed");
      client_expect_balance (client, 0, 0);

      g_assert_cmpuint (client_call (client, "POST", confirm, "payment_method=pm_card_bypassPending"),
                        ==, 200);
      g_assert_cmpstr (client_text (client, "status"), ==, "succeeded");
      client_advance (client, DAY);
      client_expect_balance (client, 0, 0);
    }
}

/* A debit that one's bank took is disputed for good: there is nobody to send evidence to. */
static void
test_dispute (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;

  g_free (client_pay (client, 10000, "pm_usBankAccount_dispute", ""));
  client_advance (client, SETTLES + 10);
  client_expect_events (client, "payment_intent.succeeded charge.dispute.created "
                                "charge.dispute.funds_withdrawn charge.dispute.closed");
  client_call (client, "GET", "/v1/disputes", NULL);
  id = g_strdup (client_text (client, "data.0.id"));
  path = g_strconcat ("/v1/disputes/", id, NULL);
  g_assert_cmpstr (client_text (client, "data.0.status"), ==, "lost");
  g_assert_cmpstr (client_text (client, "data.0.payment_method_details.type"), ==,
                   "us_bank_account");
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "data.0.evidence_details.due_by")));
  client_call (client, "POST", path, "evidence[uncategorized_text]=winning_evidence");
  client_expect_error (client, 400, INVALID, NULL, NULL);
  client_expect_balance (client, -11500, 9920);
}

/* What succeeded can be made to fail, even after it was paid out: the balance owes it then. */
static void
test_late_failure (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_pay (client, 10000, "pm_usBankAccount_success", "");
  g_autofree char *fail =
    g_strdup_printf ("/sandbox/charges/%s/fail", client_text (client, "latest_charge"));

  client_advance (client, SETTLES + 3 * DAY);
  expect_intent (client, id, "succeeded");
  client_expect_balance (client, 0, 0);
  g_assert_cmpuint (client_call (client, "POST", fail, "failure_code=account_closed"), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "failed");
  g_assert_cmpstr (client_text (client, "failure_code"), ==, "account_closed");
  expect_intent (client, id, "requires_payment_method");
  client_expect_events (client, "charge.failed payment_intent.payment_failed");
  client_expect_balance (client, -9920, 0);
  client_call (client, "GET", "/v1/balance_transactions?limit=1", NULL);
  g_assert_cmpstr (client_text (client, "data.0.type"), ==, "payment_failure_refund");
  g_assert_cmpstr (client_text (client, "data.0.reporting_category"), ==, "charge_failure");
  client_call (client, "POST", fail, "");
  client_expect_error (client, 400, INVALID, NULL, NULL);

  g_free (client_pay (client, 1000, "pm_card_visa", ""));
  g_free (fail);
  fail = g_strdup_printf ("/sandbox/charges/%s/fail", client_text (client, "latest_charge"));
  client_call (client, "POST", fail, "");
  client_expect_error (client, 400, INVALID, NULL, NULL);
}

/* While the bank has not answered, nothing can be refunded, but the payment can be cancelled. */
static void
test_processing (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_pay (client, 10000, "pm_usBankAccount_processing", "");
  g_autofree char *form = g_strconcat ("charge=", client_text (client, "latest_charge"), NULL);
  g_autofree char *cancel = g_strdup_printf ("/v1/payment_intents/%s/cancel", id);

  client_advance (client, 60 * DAY);
  expect_intent (client, id, "processing");
  client_expect_balance (client, 0, 9920);
  client_call (client, "POST", "/v1/refunds", form);
  client_expect_error (client, 400, INVALID, NULL, "charge");

  g_assert_cmpuint (client_call (client, "POST", cancel, ""), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "canceled");
  client_expect_events (client, "charge.failed payment_intent.canceled");
  client_expect_balance (client, 0, 0);
}

/* A refund into a bank account takes days too. */
static void
test_refund (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_pay (client, 10000, "pm_usBankAccount_success", "");
  g_autofree char *form = g_strconcat ("amount=4000&payment_intent=", id, NULL);
  g_autofree char *refund = NULL;

  client_advance (client, SETTLES);
  refund = client_make (client, "/v1/refunds", form);
  g_assert_cmpstr (client_text (client, "status"), ==, "pending");
  g_assert_cmpstr (client_text (client, "destination_details.type"), ==, "us_bank_transfer");
  client_call (client, "GET", "/v1/balance_transactions?type=payment_refund", NULL);
  g_assert_cmpint (client_int (client, "data.0.net"), ==, -4000);
  client_advance (client, SETTLES);
  client_look (client, "/v1/refunds/", refund);
  g_assert_cmpstr (client_text (client, "status"), ==, "succeeded");
}

/* A bank account takes dollars, at once, and where the intent says so. */
static void
test_refusals (void)
{
  g_autoptr (Client) client = client_new (0);
  static const char debit[] = "amount=1000&confirm=true&payment_method=pm_usBankAccount_success";
  static const struct
  {
    const char *more;
    const char *param;
  } cases[] = {
    { "&currency=eur", "currency" },
    { "&currency=usd&capture_method=manual", "capture_method" },
    { "&currency=usd&payment_method_types[]=card", "payment_method" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *form = g_strconcat (debit, cases[i].more, NULL);

      client_call (client, "POST", "/v1/payment_intents", form);
      client_expect_error (client, 400, INVALID, NULL, cases[i].param);
    }
}

/* Accounts by their number, with the payer's name; unknown ones are refused. */
static void
test_numbers (void)
{
  g_autoptr (Client) client = client_new (0);
  static const char start[] = "type=us_bank_account&us_bank_account[routing_number]=110000000";
  g_autofree char *closed = g_strconcat (
    start, "&us_bank_account[account_number]=000111111113&billing_details[name]=Ann", NULL);
  g_autofree char *unknown = g_strconcat (
    start, "&us_bank_account[account_number]=123&billing_details[name]=Ann", NULL);
  g_autofree char *nameless =
    g_strconcat (start, "&us_bank_account[account_number]=000123456789", NULL);
  g_autofree char *method = client_make (client, "/v1/payment_methods", closed);
  g_autofree char *intent = NULL;

  g_assert_cmpstr (client_text (client, "us_bank_account.last4"), ==, "1113");
  g_assert_null (client_at (client, "card"));
  intent = client_pay (client, 1000, method, "");
  client_advance (client, SETTLES);
  expect_intent (client, intent, "requires_payment_method");

  client_call (client, "POST", "/v1/payment_methods", unknown);
  client_expect_error (client, 400, INVALID, "account_number_invalid",
                       "us_bank_account[account_number]");
  client_call (client, "POST", "/v1/payment_methods", nameless);
  client_expect_error (client, 400, INVALID, "parameter_missing", "billing_details[name]");
  client_call (client, "POST", "/v1/payment_methods", start);
  client_expect_error (client, 400, INVALID, "parameter_missing",
                       "us_bank_account[account_number]");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/debits/success", test_success);
  g_test_add_func ("/sandbox/debits/failures", test_failures);
  g_test_add_func ("/sandbox/debits/dispute", test_dispute);
  g_test_add_func ("/sandbox/debits/late-failure", test_late_failure);
  g_test_add_func ("/sandbox/debits/processing", test_processing);
  g_test_add_func ("/sandbox/debits/refund", test_refund);
  g_test_add_func ("/sandbox/debits/refusals", test_refusals);
  g_test_add_func ("/sandbox/debits/numbers", test_numbers);
  return g_test_run ();
}
