/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-account-format.h"

/* What Account Management says of Stripe's words. */

static void
assert_text (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* What Stripe has no value for is said; of what it does not mention nothing is; a word that nobody knows is as Stripe has it. */
static void
test_words (void)
{
  assert_text (billing_account_format_text (NULL), NULL);
  assert_text (billing_account_format_text (""), "Not set");
  assert_text (billing_account_format_text ("Elm"), "Elm");
  assert_text (billing_account_format_truth ("true"), "Yes");
  assert_text (billing_account_format_truth (NULL), NULL);
  assert_text (billing_account_format_type ("non_profit"), "Non-profit organisation");
  assert_text (billing_account_format_type ("guild"), "guild");
  assert_text (billing_account_format_mcc ("8021"), "Dentists and orthodontists (8021)");
  assert_text (billing_account_format_mcc ("1234"), "1234");
  assert_text (billing_account_format_switch ("disabled"), "Switched off");
  assert_text (billing_account_format_delay ("1"), "1 day after the payment");
  assert_text (billing_account_format_delay ("7"), "7 days after the payment");
  assert_text (billing_account_format_delay ("minimum"), "minimum");
}

/* Payouts and whose account it is are made of several of Stripe's texts, each of which may be missing. */
static void
test_parts (void)
{
  g_autoptr (BillingStripeAccount) account = billing_stripe_account_new (
    "{\"individual\":{\"last_name\":\"Okafor\"},\"settings\":{\"payouts\":{\"schedule\":{\"interval\":\"weekly\","
    "\"weekly_anchor\":\"friday\"}}}}", NULL);
  g_autoptr (BillingStripeAccount) odd = billing_stripe_account_new (
    "{\"individual\":{\"first_name\":null},\"settings\":{\"payouts\":{\"schedule\":{\"interval\":\"hourly\"}}}}", NULL);
  g_autoptr (BillingStripeAccount) nothing = billing_stripe_account_new (NULL, NULL);

  assert_text (billing_account_format_person (account), "Okafor");
  assert_text (billing_account_format_schedule (account), "Every week: Friday");
  assert_text (billing_account_format_person (odd), "Not set");
  assert_text (billing_account_format_schedule (odd), "hourly");
  assert_text (billing_account_format_person (nothing), NULL);
  assert_text (billing_account_format_schedule (nothing), NULL);
}

/* A bank account is told by its bank and its end; where Stripe says neither, by its id. */
static void
test_banks (void)
{
  g_autoptr (BillingStripeAccount) account = billing_stripe_account_new (NULL, NULL);

  billing_stripe_account_add_bank (account, "{\"id\":\"ba_1\",\"bank_name\":\"First\",\"last4\":\"6789\",\"currency\":\"usd\","
                                            "\"status\":\"verified\",\"default_for_currency\":true}", 1793000000, 2);
  billing_stripe_account_add_bank (account, "\"ba_2\"", 0, 0);
  billing_stripe_account_add_bank (account, "{\"id\":\"ba_3\",\"last4\":\"1111\",\"status\":\"asleep\"}", 0, 0);
  assert_text (billing_account_format_bank (account->banks->pdata[0]), "First ···· 6789");
  assert_text (billing_account_format_bank_facts (account->banks->pdata[0], "UTC"),
               "USD · the usual one · verified · 2 payouts, the last on Oct 26, 2026, 7:33\u202fAM");
  assert_text (billing_account_format_bank (account->banks->pdata[1]), "ba_2");
  assert_text (billing_account_format_bank_facts (account->banks->pdata[1], "UTC"), "no payout yet");
  assert_text (billing_account_format_bank (account->banks->pdata[2]), "···· 1111");
  assert_text (billing_account_format_bank_facts (account->banks->pdata[2], "UTC"), "asleep · no payout yet");
}

/* What the account may do and what Stripe wants stand in plain words at the beginning of a line, with a colour for what is bad. */
static void
test_standings (void)
{
  g_autoptr (BillingStripeAccount) account = billing_stripe_account_new (
    "{\"requirements\":{\"past_due\":[\"person_1.dob.day\"],\"current_deadline\":1793000000,\"eventually_due\":[\"moon.phase\"],"
    "\"errors\":[{\"requirement\":\"person_1.dob.day\",\"reason\":\"Too young.\"}]}}", NULL);

  assert_text (billing_account_format_capability ("card_payments"), "Payments by card");
  assert_text (billing_account_format_capability ("flux_payments"), "flux_payments");
  g_assert_cmpstr (billing_account_format_standing ("pending"), ==, "Pending");
  g_assert_cmpstr (billing_account_format_standing ("half_open"), ==, "half_open");
  g_assert_cmpstr (billing_account_format_style ("inactive"), ==, "failed");
  g_assert_cmpstr (billing_account_format_style ("half_open"), ==, "quiet");
  assert_text (billing_account_format_requirement (account->requirements->pdata[0]), "A date of birth");
  assert_text (billing_account_format_want (account->requirements->pdata[0], "UTC"), "By Oct 26, 2026, 7:33\u202fAM · Too young.");
  assert_text (billing_account_format_requirement (account->requirements->pdata[1]), "moon.phase");
  assert_text (billing_account_format_want (account->requirements->pdata[1], "UTC"), "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account-format/words", test_words);
  g_test_add_func ("/account-format/parts", test_parts);
  g_test_add_func ("/account-format/banks", test_banks);
  g_test_add_func ("/account-format/standings", test_standings);

  return g_test_run ();
}
