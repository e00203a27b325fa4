/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-sandbox-client.h"

#define INVALID "invalid_request_error"
#define DAY "advance=86400"

static guint
act (Client     *client,
     const char *intent,
     const char *verb,
     const char *form)
{
  g_autofree char *path = g_strdup_printf ("/v1/payment_intents/%s%s", intent, verb);

  return client_call (client, "POST", path, form);
}

/* Created, confirmed, collected: the charge, its fee and net, and the events in their order. */
static void
test_payment (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id =
    client_make (client, "/v1/payment_intents", "amount=10000&currency=USD&description=Visit");

  g_assert_cmpstr (client_text (client, "status"), ==, "requires_payment_method");
  g_assert_cmpstr (client_text (client, "currency"), ==, "usd");
  g_assert_cmpuint (act (client, id, "/confirm", ""), ==, 400);
  client_expect_error (client, 400, INVALID, "payment_intent_unexpected_state", NULL);

  act (client, id, "", "payment_method=pm_card_mastercard");
  g_assert_cmpstr (client_text (client, "status"), ==, "requires_confirmation");
  act (client, id, "/confirm", "expand[]=latest_charge.balance_transaction");
  g_assert_cmpstr (client_text (client, "status"), ==, "succeeded");
  g_assert_cmpint (client_int (client, "amount_received"), ==, 10000);
  g_assert_cmpstr (client_text (client, "latest_charge.payment_method_details.card.brand"), ==,
                   "mastercard");
  g_assert_cmpstr (client_text (client, "latest_charge.description"), ==, "Visit");
  g_assert_cmpint (client_int (client, "latest_charge.balance_transaction.fee"), ==, 320);
  g_assert_cmpint (client_int (client, "latest_charge.balance_transaction.net"), ==, 9680);
  g_assert_cmpint (client_int (client, "latest_charge.balance_transaction.fee_details.0.amount"),
                   ==, 320);
  client_expect_events (client, "payment_intent.created charge.succeeded payment_intent.succeeded");

  act (client, id, "/confirm", "");
  client_expect_error (client, 400, INVALID, "payment_intent_unexpected_state", NULL);
  g_assert_cmpstr (client_text (client, "error.payment_intent.id"), ==, id);
}

/* What Stripe keeps is 2.9 % and 30, rounded half up, and never more than there is. */
static void
test_fees (void)
{
  static const struct
  {
    gint64 amount;
    gint64 fee;
  } cases[] = { { 50, 31 },  { 500, 45 },    { 517, 45 },
                { 518, 45 }, { 10000, 320 }, { 99999999, 2900030 } };
  g_autoptr (Client) client = client_new (0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_free (client_pay (client, cases[i].amount, "pm_card_visa", ""));
      client_call (client, "GET", "/v1/balance_transactions?limit=1", NULL);
      g_assert_cmpint (client_int (client, "data.0.fee"), ==, cases[i].fee);
      g_assert_cmpint (client_int (client, "data.0.net"), ==, cases[i].amount - cases[i].fee);
    }
}

/* Each test card declines as Stripe says; the intent is told, and can be tried again. */
static void
test_declines (void)
{
  static const char *const cases[][3] = {
    { "pm_card_visa_chargeDeclined", "card_declined", "generic_decline" },
    { "pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds" },
    { "pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card" },
    { "pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card" },
    { "pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card" },
    { "pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc" },
    { "pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error" },
    { "pm_card_visa_chargeDeclinedVelocityLimitExceeded", "card_declined",
      "card_velocity_exceeded" },
    { "pm_card_chargeCustomerFail", "card_declined", "generic_decline" },
    { "pm_card_radarBlock", "card_declined", "fraudulent" },
  };
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_make (client, "/v1/payment_intents", "amount=1000&currency=usd");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *form = g_strconcat ("payment_method=", cases[i][0], NULL);

      act (client, id, "/confirm", form);
      client_expect_error (client, 402, "card_error", cases[i][1], NULL);
      g_assert_cmpstr (client_text (client, "error.decline_code"), ==, cases[i][2]);
      g_assert_cmpstr (client_text (client, "error.payment_intent.status"), ==,
                       "requires_payment_method");
      g_assert_cmpstr (client_text (client, "error.payment_intent.last_payment_error.code"), ==,
                       cases[i][1]);
      g_assert_null (client_at (client, "error.payment_method._card"));
      client_expect_events (client, "charge.failed payment_intent.payment_failed");
    }

  client_call (client, "GET", "/v1/charges?limit=1", NULL);
  g_assert_cmpstr (client_text (client, "data.0.outcome.type"), ==, "blocked");
  g_assert_cmpstr (client_text (client, "data.0.status"), ==, "failed");
  client_expect_balance (client, 0, 0);

  act (client, id, "/confirm", "payment_method=pm_card_visa");
  g_assert_cmpstr (client_text (client, "status"), ==, "succeeded");
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "last_payment_error")));
}

/* A card that asks for authentication waits for the payer, or declines where the payer is
   absent. */
static void
test_authentication (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_pay (client, 1000, "pm_card_authenticationRequired", "");

  g_assert_cmpstr (client_text (client, "status"), ==, "requires_action");
  g_assert_cmpstr (client_text (client, "next_action.type"), ==, "use_stripe_sdk");
  act (client, id, "/confirm", "off_session=true");
  client_expect_error (client, 402, "card_error", "authentication_required", NULL);
}

/* Authorised first, captured in part: only that much is collected. */
static void
test_capture (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = client_pay (client, 10000, "pm_card_visa", "&capture_method=manual");

  g_assert_cmpstr (client_text (client, "status"), ==, "requires_capture");
  g_assert_cmpint (client_int (client, "amount_capturable"), ==, 10000);
  client_expect_events (client, "charge.succeeded payment_intent.amount_capturable_updated");
  client_expect_balance (client, 0, 0);

  act (client, id, "/capture", "amount_to_capture=10001");
  client_expect_error (client, 400, INVALID, "amount_too_large", "amount_to_capture");
  act (client, id, "/capture", "amount_to_capture=0");
  client_expect_error (client, 400, INVALID, "parameter_invalid_integer", "amount_to_capture");

  act (client, id, "/capture", "amount_to_capture=6000&expand[]=latest_charge");
  g_assert_cmpstr (client_text (client, "status"), ==, "succeeded");
  g_assert_cmpint (client_int (client, "amount_received"), ==, 6000);
  g_assert_cmpint (client_int (client, "amount_capturable"), ==, 0);
  g_assert_cmpint (client_int (client, "latest_charge.amount_captured"), ==, 6000);
  client_expect_events (client, "charge.captured payment_intent.succeeded");
  client_expect_balance (client, 0, 6000 - 204);

  act (client, id, "/capture", "");
  client_expect_error (client, 400, INVALID, "payment_intent_unexpected_state", NULL);
  act (client, id, "/cancel", "");
  client_expect_error (client, 400, INVALID, "payment_intent_unexpected_state", NULL);
}

/* An authorisation is let go of by cancelling, without money moving; or by itself after a week. */
static void
test_cancel (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *first = client_pay (client, 1000, "pm_card_visa", "&capture_method=manual");
  g_autofree char *second = client_pay (client, 2000, "pm_card_visa", "&capture_method=manual");

  act (client, first, "/cancel", "cancellation_reason=abandoned&expand[]=latest_charge.refunds");
  g_assert_cmpstr (client_text (client, "status"), ==, "canceled");
  g_assert_cmpstr (client_text (client, "cancellation_reason"), ==, "abandoned");
  g_assert_true (client_true (client, "latest_charge.refunded"));
  g_assert_false (client_true (client, "latest_charge.captured"));
  g_assert_true (
    JSON_NODE_HOLDS_NULL (client_at (client, "latest_charge.refunds.data.0.balance_transaction")));
  client_expect_events (client, "refund.created charge.refunded payment_intent.canceled");

  g_free (client_make (client, "/sandbox/clock", "advance=604800"));
  client_look (client, "/v1/payment_intents/", second);
  g_assert_cmpstr (client_text (client, "status"), ==, "canceled");
  g_assert_cmpstr (client_text (client, "cancellation_reason"), ==, "automatic");
  client_expect_events (client, "charge.expired payment_intent.canceled");
  client_expect_balance (client, 0, 0);
  client_call (client, "GET", "/v1/events?limit=1", NULL);
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "data.0.request.id")));
}

/* Money goes back in parts, up to what was collected and not a cent more. */
static void
test_refunds (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *intent = client_pay (client, 10000, "pm_card_visa", "");
  g_autofree char *charge = g_strdup (client_text (client, "latest_charge"));
  g_autofree char *part =
    g_strdup_printf ("charge=%s&amount=4000&reason=requested_by_customer&metadata[a]=b", charge);
  g_autofree char *rest = g_strdup_printf ("payment_intent=%s", intent);
  g_autofree char *more = g_strdup_printf ("charge=%s&amount=6001", charge);

  g_free (client_make (client, "/v1/refunds", part));
  g_assert_cmpstr (client_text (client, "metadata.a"), ==, "b");
  g_assert_cmpstr (client_text (client, "payment_intent"), ==, intent);
  client_expect_events (client, "refund.created charge.refunded");
  client_call (client, "POST", "/v1/refunds", more);
  client_expect_error (client, 400, INVALID, NULL, "amount");
  client_look (client, "/v1/charges/", charge);
  g_assert_cmpint (client_int (client, "amount_refunded"), ==, 4000);
  g_assert_false (client_true (client, "refunded"));

  g_free (client_make (client, "/v1/refunds", rest));
  g_assert_cmpint (client_int (client, "amount"), ==, 6000);
  client_look (client, "/v1/charges/", charge);
  g_assert_true (client_true (client, "refunded"));
  client_call (client, "POST", "/v1/refunds", rest);
  client_expect_error (client, 400, INVALID, "charge_already_refunded", NULL);
  client_expect_balance (client, -10000, 9680);

  client_call (client, "POST", "/v1/refunds", "reason=duplicate");
  client_expect_error (client, 400, INVALID, "parameter_missing", NULL);
}

static char *
refund_of (Client     *client,
           const char *method)
{
  g_autofree char *intent = client_pay (client, 1000, method, "");
  g_autofree char *form = g_strconcat ("payment_intent=", intent, NULL);

  return client_make (client, "/v1/refunds", form);
}

/* One test card's refund waits and then succeeds. */
static void
test_pending_refund (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = refund_of (client, "pm_card_pendingRefund");

  g_assert_cmpstr (client_text (client, "status"), ==, "pending");
  g_assert_cmpstr (client_text (client, "pending_reason"), ==, "processing");
  g_free (client_make (client, "/sandbox/clock", "advance=60"));
  client_look (client, "/v1/refunds/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "succeeded");
  g_assert_null (client_at (client, "pending_reason"));
  client_expect_events (client, "charge.refund.updated refund.updated");
}

/* Another's succeeds and fails later: the money comes back, and the charge is not refunded any
   more. */
static void
test_failing_refund (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = refund_of (client, "pm_card_refundFail");
  g_autofree char *charge = g_strdup (client_text (client, "charge"));

  g_assert_cmpstr (client_text (client, "status"), ==, "succeeded");
  client_expect_balance (client, -1000, 941);
  g_free (client_make (client, "/sandbox/clock", "advance=60"));
  client_look (client, "/v1/refunds/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "failed");
  g_assert_cmpstr (client_text (client, "failure_reason"), ==, "expired_or_canceled_card");
  g_assert_nonnull (client_text (client, "failure_balance_transaction"));
  client_expect_events (client, "charge.refund.updated refund.updated refund.failed");
  client_expect_balance (client, 0, 941);
  client_look (client, "/v1/charges/", charge);
  g_assert_false (client_true (client, "refunded"));
  g_assert_cmpint (client_int (client, "amount_refunded"), ==, 0);
}

/* Two midnights after a charge its money is available, is paid out, and arrives two days later. */
static void
test_payouts (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *path = NULL;
  gint64 sum = 0;

  g_free (client_pay (client, 10000, "pm_card_visa", ""));
  g_free (refund_of (client, "pm_card_visa"));
  client_expect_balance (client, -1000, 9680 + 941);

  g_free (client_make (client, "/sandbox/clock", DAY));
  g_free (client_make (client, "/sandbox/clock", DAY));
  client_expect_balance (client, 0, 0);
  client_call (client, "GET", "/v1/payouts?status=in_transit&expand[]=data.destination", NULL);
  g_assert_cmpint (client_int (client, "data.0.amount"), ==, 9621);
  g_assert_true (client_true (client, "data.0.automatic"));
  g_assert_cmpstr (client_text (client, "data.0.destination.last4"), ==, "6789");
  path = g_strconcat ("/v1/balance_transactions?payout=", client_text (client, "data.0.id"), NULL);
  client_expect_events (client, "balance.available payout.created");

  client_call (client, "GET", path, NULL);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *net = g_strdup_printf ("data.%u.net", i);

      sum += client_int (client, net);
    }
  g_assert_cmpint (sum, ==, 0);
  g_assert_null (client_at (client, "data.4"));
  g_assert_null (client_at (client, "data.0._payout"));

  g_free (client_make (client, "/sandbox/clock", DAY));
  g_free (client_make (client, "/sandbox/clock", DAY));
  client_call (client, "GET", "/v1/payouts?status=paid", NULL);
  g_assert_cmpstr (client_text (client, "data.0.reconciliation_status"), ==, "completed");
  g_assert_null (client_at (client, "data.1"));
  client_expect_events (client, "payout.reconciliation_completed payout.paid");
}

/* By hand, only what is available is paid out, and it comes back where that is cancelled in
   time. */
static void
test_manual_payouts (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = NULL;
  g_autofree char *cancel = NULL;

  g_free (client_pay (client, 10000, "pm_card_bypassPending", ""));
  client_expect_balance (client, 9680, 0);
  client_call (client, "POST", "/v1/payouts", "amount=9681&currency=usd");
  client_expect_error (client, 400, INVALID, "balance_insufficient", "amount");

  id = client_make (client, "/v1/payouts", "amount=5000&currency=usd");
  cancel = g_strdup_printf ("/v1/payouts/%s/cancel", id);
  client_expect_balance (client, 4680, 0);
  g_assert_cmpuint (client_call (client, "POST", cancel, ""), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "canceled");
  client_expect_balance (client, 9680, 0);
  g_assert_cmpuint (client_call (client, "POST", cancel, ""), ==, 400);

  g_free (client_make (client, "/sandbox/clock", "advance=345600"));
  client_look (client, "/v1/payouts/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "canceled");
  client_expect_balance (client, 0, 0);
}

/* A payout has a trace id once it has arrived. The bank may still send it back: it says why, its money is in the balance
   again, and is in the next payout, which adds up. */
static void
test_failing_payout (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id = NULL;
  g_autofree char *fail = NULL;
  g_autofree char *list = NULL;

  g_free (client_pay (client, 10000, "pm_card_bypassPending", ""));
  id = client_make (client, "/v1/payouts", "amount=5000&currency=usd&statement_descriptor=CLINIC");
  g_assert_cmpstr (client_text (client, "trace_id.status"), ==, "pending");
  g_assert_cmpstr (client_text (client, "statement_descriptor"), ==, "CLINIC");
  g_free (client_make (client, "/v1/balance_settings", "payments[payouts][schedule][interval]=manual"));
  g_free (client_make (client, "/sandbox/clock", "advance=345600"));
  client_look (client, "/v1/payouts/", id);
  g_assert_cmpstr (client_text (client, "status"), ==, "paid");
  g_assert_cmpstr (client_text (client, "trace_id.status"), ==, "supported");
  g_assert_nonnull (client_text (client, "trace_id.value"));

  fail = g_strdup_printf ("/sandbox/payouts/%s/fail", id);
  g_assert_cmpuint (client_call (client, "POST", fail, "failure_code=account_closed"), ==, 200);
  g_assert_cmpstr (client_text (client, "status"), ==, "failed");
  g_assert_cmpstr (client_text (client, "failure_code"), ==, "account_closed");
  g_assert_cmpstr (client_text (client, "failure_message"), ==, "The bank account has been closed.");
  list = g_strdup (client_text (client, "failure_balance_transaction"));
  client_look (client, "/v1/balance_transactions/", list);
  g_assert_cmpstr (client_text (client, "type"), ==, "payout_failure");
  g_assert_cmpint (client_int (client, "net"), ==, 5000);
  client_expect_events (client, "payout.failed");
  client_expect_balance (client, 9680, 0);
  g_assert_cmpuint (client_call (client, "POST", fail, ""), ==, 400);
}

/* The clock goes forwards only. */
static void
test_clock (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *back = NULL;
  gint64 now;

  client_call (client, "GET", "/sandbox/clock", NULL);
  now = client_int (client, "now");
  client_call (client, "POST", "/sandbox/clock", "advance=1000");
  g_assert_cmpint (client_int (client, "now"), >=, now + 1000);
  back = g_strdup_printf ("now=%" G_GINT64_FORMAT, now);
  g_assert_cmpuint (client_call (client, "POST", "/sandbox/clock", back), ==, 400);
  g_assert_cmpuint (client_call (client, "POST", "/sandbox/clock", "advance=-1"), ==, 400);
  g_assert_cmpuint (client_call (client, "POST", "/sandbox/clock", ""), ==, 400);
}

/* After any sequence of payments, refunds, disputes and debits, the balance is the sum of its transactions. */
static void
test_sums (void)
{
  static const char *const methods[] = { "pm_card_visa", "pm_card_refundFail",
                                         "pm_card_bypassPending", "pm_card_pendingRefund",
                                         "pm_card_createDispute", "pm_usBankAccount_dispute",
                                         "pm_usBankAccount_success", "pm_usBankAccount_noAccount" };
  g_autoptr (Client) client = client_new (0);
  gint64 sum = 0;

  for (guint i = 0; i < 24; i++)
    {
      if (i % 3 == 0)
        g_free (refund_of (client, methods[i % 4]));
      else
        g_free (client_pay (client, 100 + 37 * i, methods[i % G_N_ELEMENTS (methods)], ""));
      if (i % 5 == 0)
        g_free (client_make (client, "/sandbox/clock", "advance=100000"));
    }

  client_call (client, "GET", "/v1/balance_transactions?limit=100", NULL);
  g_assert_false (client_true (client, "has_more"));
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *net = g_strdup_printf ("data.%u.net", i);

      if (client_at (client, net) != NULL)
        sum += client_int (client, net);
    }
  client_call (client, "GET", "/v1/balance", NULL);
  g_assert_cmpint (
    client_int (client, "available.0.amount") + client_int (client, "pending.0.amount"), ==, sum);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/money/payment", test_payment);
  g_test_add_func ("/sandbox/money/fees", test_fees);
  g_test_add_func ("/sandbox/money/declines", test_declines);
  g_test_add_func ("/sandbox/money/authentication", test_authentication);
  g_test_add_func ("/sandbox/money/capture", test_capture);
  g_test_add_func ("/sandbox/money/cancel", test_cancel);
  g_test_add_func ("/sandbox/money/refunds", test_refunds);
  g_test_add_func ("/sandbox/money/refunds/pending", test_pending_refund);
  g_test_add_func ("/sandbox/money/refunds/failing", test_failing_refund);
  g_test_add_func ("/sandbox/money/payouts", test_payouts);
  g_test_add_func ("/sandbox/money/payouts/manual", test_manual_payouts);
  g_test_add_func ("/sandbox/money/payouts/failing", test_failing_payout);
  g_test_add_func ("/sandbox/money/clock", test_clock);
  g_test_add_func ("/sandbox/money/sums", test_sums);
  return g_test_run ();
}
