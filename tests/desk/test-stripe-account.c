/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "billing-mirror-kind.h"
#include "billing-mirror-streams.h"
#include "billing-mirror.h"
#include "billing-stripe-account.h"
#include "billing-test-practice.h"

#define MICROSECONDS G_GINT64_CONSTANT (1793000000000000)

static const char full_account[] =
  "{\"id\":\"acct_1\",\"object\":\"account\",\"business_profile\":{\"mcc\":\"8011\",\"name\":\"Elm Clinic\","
  "\"product_description\":null,\"support_address\":{\"city\":\"Springfield\",\"country\":\"US\",\"line1\":\"1 Elm St\","
  "\"line2\":null,\"postal_code\":\"01101\",\"state\":\"MA\"},\"support_email\":\"desk@elm.example\",\"support_phone\":null,"
  "\"url\":\"https://elm.example\"},\"business_type\":\"company\","
  "\"company\":{\"name\":\"Elm Clinic LLC\",\"tax_id_provided\":true},"
  "\"individual\":{\"first_name\":\"Ada\",\"last_name\":\"Okafor\",\"relationship\":{\"title\":\"Owner\"}},"
  "\"capabilities\":{\"card_payments\":\"active\",\"transfers\":\"pending\",\"flux_payments\":\"half_open\"},"
  "\"charges_enabled\":true,\"payouts_enabled\":false,\"country\":\"US\",\"created\":1600000000,"
  "\"default_currency\":\"usd\",\"email\":\"clinic@example.com\","
  "\"requirements\":{\"current_deadline\":1793100000,\"disabled_reason\":\"requirements.past_due\","
  "\"past_due\":[\"individual.id_number\"],\"currently_due\":[\"individual.id_number\",\"company.tax_id\"],"
  "\"eventually_due\":[\"company.tax_id\",\"owners.email\"],\"pending_verification\":[\"company.address\"],"
  "\"errors\":[{\"code\":\"invalid\",\"reason\":\"The number is not valid.\",\"requirement\":\"individual.id_number\"}]},"
  "\"future_requirements\":{\"current_deadline\":1800000000,\"currently_due\":[\"company.phone\"]},"
  "\"external_accounts\":{\"data\":[{\"id\":\"ba_1\",\"object\":\"bank_account\",\"bank_name\":\"First Bank\","
  "\"currency\":\"usd\",\"last4\":\"6789\",\"status\":\"verified\",\"default_for_currency\":true}]},"
  "\"settings\":{\"branding\":{\"icon\":{\"id\":\"file_1\",\"object\":\"file\"},\"logo\":null,\"primary_color\":\"#123456\"},"
  "\"dashboard\":{\"display_name\":\"Elm\",\"timezone\":\"America/New_York\"},"
  "\"payments\":{\"statement_descriptor\":\"ELM CLINIC\"},"
  "\"payouts\":{\"schedule\":{\"interval\":\"daily\",\"delay_days\":2},\"statement_descriptor\":null}},"
  "\"tos_acceptance\":{\"date\":1600000100}}";

static const char weekly_settings[] =
  "{\"object\":\"balance_settings\",\"payments\":{\"debit_negative_balances\":true,\"payouts\":{\"schedule\":{"
  "\"interval\":\"weekly\",\"weekly_payout_days\":[\"monday\",\"friday\"]},\"status\":\"enabled\"},"
  "\"settlement_timing\":{\"delay_days\":7}}}";

static void
assert_requirement (BillingStripeAccount *account,
                    guint                 nth,
                    const char           *id,
                    const char           *standing,
                    const char           *reason,
                    gint64                due_at)
{
  BillingRequirement *requirement = account->requirements->pdata[nth];

  g_assert_cmpstr (billing_record_get_id (BILLING_RECORD (requirement)), ==, id);
  g_assert_cmpstr (requirement->standing, ==, standing);
  g_assert_cmpstr (requirement->reason, ==, reason);
  g_assert_cmpint (requirement->due_at, ==, due_at);
}

/* Everything that an account says is found, and what it has no value for is told from what it does not mention. */
static void
test_full (void)
{
  g_autoptr (BillingStripeAccount) account = billing_stripe_account_new (full_account, NULL);

  g_assert_true (billing_stripe_account_is_known (account));
  g_assert_null (billing_stripe_account_get_sentence (account));
  g_assert_cmpstr (billing_record_get_id (BILLING_RECORD (account)), ==, "acct_1");
  g_assert_cmpstr (account->display_name, ==, "Elm");
  g_assert_cmpstr (account->public_name, ==, "Elm Clinic");
  g_assert_cmpstr (account->legal_name, ==, "Elm Clinic LLC");
  g_assert_cmpstr (account->tax_id_provided, ==, "true");
  g_assert_cmpstr (account->first_name, ==, "Ada");
  g_assert_cmpstr (account->person_title, ==, "Owner");
  g_assert_cmpstr (account->mcc, ==, "8011");
  g_assert_cmpstr (account->currency, ==, "USD");
  g_assert_cmpstr (account->charges_enabled, ==, "true");
  g_assert_cmpstr (account->payouts_enabled, ==, "false");
  g_assert_cmpstr (account->disabled_reason, ==, "requirements.past_due");
  g_assert_cmpstr (account->support_address, ==, "1 Elm St, Springfield, MA, 01101, US");
  g_assert_cmpstr (account->support_email, ==, "desk@elm.example");
  g_assert_cmpstr (account->support_phone, ==, "");
  g_assert_null (account->support_url);
  g_assert_cmpstr (account->product_description, ==, "");
  g_assert_null (account->person_email);
  g_assert_cmpstr (account->icon, ==, "file_1");
  g_assert_cmpstr (account->logo, ==, "");
  g_assert_cmpstr (account->descriptor, ==, "ELM CLINIC");
  g_assert_cmpint (account->created_at, ==, 1600000000);
  g_assert_cmpint (account->accepted_at, ==, 1600000100);
}

/* Each requirement is listed once, where it is most urgent, with its reason and its deadline. */
static void
test_requirements (void)
{
  g_autoptr (BillingStripeAccount) account = billing_stripe_account_new (full_account, NULL);

  g_assert_cmpuint (account->requirements->len, ==, 5);
  assert_requirement (account, 0, "individual.id_number", "past_due", "The number is not valid.", 1793100000);
  assert_requirement (account, 1, "company.tax_id", "currently_due", NULL, 1793100000);
  assert_requirement (account, 2, "company.address", "pending_verification", NULL, 0);
  assert_requirement (account, 3, "owners.email", "eventually_due", NULL, 0);
  assert_requirement (account, 4, "company.phone", "future", NULL, 1800000000);
}

/* Capabilities keep Stripe's words, also those that nobody knew when this was written. */
static void
test_capabilities (void)
{
  g_autoptr (BillingStripeAccount) account = billing_stripe_account_new (full_account, NULL);
  BillingCapability *last;

  g_assert_cmpuint (account->capabilities->len, ==, 3);
  last = account->capabilities->pdata[2];
  g_assert_cmpstr (billing_record_get_id (BILLING_RECORD (last)), ==, "flux_payments");
  g_assert_cmpstr (last->standing, ==, "half_open");
}

/* The settings of the balance say when payouts are made; without them the account does. */
static void
test_schedule (void)
{
  g_autoptr (BillingStripeAccount) daily = billing_stripe_account_new (full_account, NULL);
  g_autoptr (BillingStripeAccount) weekly = billing_stripe_account_new (full_account, weekly_settings);
  g_autoptr (BillingStripeAccount) alone = billing_stripe_account_new (NULL, weekly_settings);

  g_assert_cmpstr (daily->payout_interval, ==, "daily");
  g_assert_cmpstr (daily->payout_delay, ==, "2");
  g_assert_null (daily->payout_days);
  g_assert_null (daily->payout_status);

  g_assert_cmpstr (weekly->payout_interval, ==, "weekly");
  g_assert_cmpstr (weekly->payout_days, ==, "monday, friday");
  g_assert_cmpstr (weekly->payout_delay, ==, "7");
  g_assert_cmpstr (weekly->payout_status, ==, "enabled");
  g_assert_cmpstr (weekly->debit_negative, ==, "true");

  g_assert_false (billing_stripe_account_is_known (alone));
  g_assert_cmpstr (alone->payout_interval, ==, "weekly");
}

/* A bank account that payouts name is the one that the account names, and one that only its id is known of is listed too. */
static void
test_banks (void)
{
  g_autoptr (BillingStripeAccount) account = billing_stripe_account_new (full_account, NULL);
  BillingBankAccount *bank;

  billing_stripe_account_add_bank (account, "{\"id\":\"ba_1\",\"bank_name\":\"Other Name\",\"country\":\"US\"}", 1792000000, 4);
  billing_stripe_account_add_bank (account, "\"ba_2\"", 1791000000, 1);
  billing_stripe_account_add_bank (account, "{\"id\":\"card_1\",\"object\":\"card\",\"brand\":\"Visa\",\"last4\":\"5556\"}", 0, 0);
  billing_stripe_account_add_bank (account, "[", 5, 5);
  billing_stripe_account_add_bank (account, "17", 5, 5);
  billing_stripe_account_add_bank (account, "null", 5, 5);

  g_assert_cmpuint (account->banks->len, ==, 4);
  bank = account->banks->pdata[0];
  g_assert_cmpstr (bank->bank, ==, "First Bank");
  g_assert_cmpstr (bank->last4, ==, "6789");
  g_assert_cmpstr (bank->currency, ==, "USD");
  g_assert_cmpstr (bank->country, ==, "US");
  g_assert_cmpstr (bank->status, ==, "verified");
  g_assert_cmpstr (bank->standard, ==, "true");
  g_assert_cmpint (bank->last_used_at, ==, 1792000000);
  g_assert_cmpint (bank->payouts, ==, 4);
  bank = account->banks->pdata[1];
  g_assert_cmpstr (billing_record_get_id (BILLING_RECORD (bank)), ==, "ba_2");
  g_assert_null (bank->bank);
  bank = account->banks->pdata[2];
  g_assert_cmpstr (bank->bank, ==, "Visa");
}

/* What is empty, torn or of another shape than ever before is no error; nothing is known of it. */
static void
test_odd (void)
{
  static const char * const texts[] = {
    "{}", "{\"id\":", "[]", "null", "7", "", "{\"capabilities\":[1],\"requirements\":7,\"external_accounts\":{\"data\":{}}}",
    "{\"capabilities\":{\"x\":null},\"requirements\":{\"past_due\":[null,3,{}],\"errors\":[7,{}],\"current_deadline\":\"soon\"},"
    "\"external_accounts\":{\"data\":[null,7,{},[]]},\"settings\":\"none\",\"business_profile\":[],\"created\":\"x\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BillingStripeAccount) account = billing_stripe_account_new (texts[i], texts[i]);
      g_autoptr (JsonNode) node = billing_stripe_account_to_json (account);

      g_assert_cmpint (account->created_at, ==, 0);
      g_assert_null (account->payout_interval);
      g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
    }
}

static void
put (BillingTestPractice *practice,
     const char          *name,
     const char          *text)
{
  g_autoptr (GError) error = NULL;
  BillingMirror *mirror = billing_mirror_open (practice->folder, &error);

  g_assert_no_error (error);
  billing_mirror_begin (mirror, &error);
  billing_mirror_put_single (mirror, name, text, strlen (text), MICROSECONDS, &error);
  g_assert_no_error (error);
  billing_mirror_stream_set_state (mirror, name, "done", NULL, &error);
  billing_mirror_commit (mirror, &error);
  g_assert_no_error (error);
  billing_mirror_close (mirror);
}

static void
put_payout (BillingTestPractice *practice,
            const char          *id,
            gint64               created,
            const char          *destination)
{
  g_autoptr (GError) error = NULL;
  BillingMirror *mirror = billing_mirror_open (practice->folder, &error);
  g_autofree char *text =
    g_strdup_printf ("{\"id\":\"%s\",\"object\":\"payout\",\"amount\":100,\"currency\":\"usd\",\"created\":%" G_GINT64_FORMAT ","
                     "\"arrival_date\":%" G_GINT64_FORMAT ",\"automatic\":true,\"status\":\"paid\",\"destination\":%s}",
                     id, created, created, destination);

  g_assert_no_error (error);
  billing_mirror_begin (mirror, &error);
  billing_mirror_put (mirror, billing_mirror_kind_find ("payouts"), text, strlen (text), MICROSECONDS, &error);
  g_assert_no_error (error);
  billing_mirror_commit (mirror, &error);
  g_assert_no_error (error);
  billing_mirror_close (mirror);
}

static BillingStripeAccount *
read_account (BillingTestPractice *practice)
{
  g_autoptr (GError) error = NULL;
  BillingStripeAccount *account = billing_desk_read_stripe_account (practice->desk, &error);

  g_assert_no_error (error);
  return account;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  BillingStripeAccount **account = user_data;

  *account = billing_desk_read_stripe_account_finish (BILLING_DESK (object), result, &error);
  g_assert_no_error (error);
}

/* A practice without a mirror has no account, and says why; once there is one, it is what Stripe said, with the banks of its payouts,
 * the one that was used last on top. Read on another thread it is the same. */
static void
test_read (void)
{
  BillingTestPractice practice = { 0 };
  g_autoptr (BillingStripeAccount) none = NULL;
  g_autoptr (BillingStripeAccount) account = NULL;
  g_autoptr (BillingStripeAccount) same = NULL;
  g_autofree char *sentence = NULL;
  BillingBankAccount *bank;

  billing_test_practice_set_up (&practice);
  none = read_account (&practice);
  g_assert_false (billing_stripe_account_is_known (none));
  sentence = billing_stripe_account_get_sentence (none);
  g_assert_cmpstr (sentence, !=, NULL);
  g_assert_cmpuint (none->banks->len, ==, 0);

  put (&practice, "account", full_account);
  put (&practice, "balance_settings", weekly_settings);
  put_payout (&practice, "po_1", 1790000000, "{\"id\":\"ba_9\",\"bank_name\":\"Old Name\",\"last4\":\"1111\"}");
  put_payout (&practice, "po_2", 1791000000, "{\"id\":\"ba_9\",\"bank_name\":\"New Name\",\"last4\":\"1111\"}");
  put_payout (&practice, "po_3", 1789000000, "\"ba_8\"");
  put_payout (&practice, "po_4", 1788000000, "null");
  account = read_account (&practice);
  g_assert_cmpstr (account->payout_interval, ==, "weekly");
  g_assert_cmpint (account->fetched_at, ==, MICROSECONDS / G_USEC_PER_SEC);
  g_assert_cmpuint (account->banks->len, ==, 3);
  bank = account->banks->pdata[0];
  g_assert_cmpstr (bank->bank, ==, "New Name");
  g_assert_cmpint (bank->payouts, ==, 2);
  bank = account->banks->pdata[2];
  g_assert_cmpstr (bank->bank, ==, "First Bank");
  g_assert_cmpint (bank->last_used_at, ==, 0);

  billing_desk_read_stripe_account_async (practice.desk, NULL, read_cb, &same);
  while (same == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (same->payout_interval, ==, "weekly");
  g_assert_cmpuint (same->banks->len, ==, 3);

  billing_test_practice_tear_down (&practice);
}

/* A key that may not read the account is named as the reason, with Stripe's own words. */
static void
test_denied (void)
{
  g_autoptr (BillingStripeAccount) account = billing_stripe_account_new (NULL, NULL);
  g_autofree char *sentence = NULL;

  account->state = g_strdup ("denied");
  account->problem = g_strdup ("The key rk_***x does not have the required permissions.");
  sentence = billing_stripe_account_get_sentence (account);
  g_assert_nonnull (strstr (sentence, account->problem));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stripe-account/full", test_full);
  g_test_add_func ("/stripe-account/requirements", test_requirements);
  g_test_add_func ("/stripe-account/capabilities", test_capabilities);
  g_test_add_func ("/stripe-account/schedule", test_schedule);
  g_test_add_func ("/stripe-account/banks", test_banks);
  g_test_add_func ("/stripe-account/odd", test_odd);
  g_test_add_func ("/stripe-account/read", test_read);
  g_test_add_func ("/stripe-account/denied", test_denied);

  return g_test_run ();
}
