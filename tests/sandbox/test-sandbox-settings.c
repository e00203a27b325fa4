/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-sandbox-client.h"

#define INVALID "invalid_request_error"
#define SETTINGS "/v1/balance_settings"

/* The schedule of payouts is set in one place, and read in two. */
static void
test_balance (void)
{
  g_autoptr (Client) client = client_new (0);

  client_call (client, "GET", SETTINGS, NULL);
  g_assert_cmpstr (client_text (client, "payments.payouts.schedule.interval"), ==, "daily");
  g_assert_cmpint (client_int (client, "payments.settlement_timing.delay_days"), ==, 2);
  g_assert_null (client_at (client, "id"));

  client_call (client, "POST", SETTINGS,
               "payments[payouts][schedule][interval]=weekly"
               "&payments[payouts][schedule][weekly_payout_days][]=friday"
               "&payments[payouts][statement_descriptor]=CLINIC"
               "&payments[settlement_timing][delay_days_override]=5"
               "&payments[debit_negative_balances]=false");
  g_assert_cmpstr (client_text (client, "payments.payouts.schedule.weekly_payout_days.0"), ==,
                   "friday");
  client_expect_events (client, "balance_settings.updated");
  g_assert_cmpstr (
    client_text (client,
                 "data.0.data.previous_attributes.payments.payouts.schedule.interval"),
    ==, "daily");

  client_call (client, "GET", "/v1/account", NULL);
  g_assert_cmpstr (client_text (client, "settings.payouts.schedule.interval"), ==, "weekly");
  g_assert_cmpstr (client_text (client, "settings.payouts.schedule.weekly_anchor"), ==, "friday");
  g_assert_cmpint (client_int (client, "settings.payouts.schedule.delay_days"), ==, 5);
  g_assert_cmpstr (client_text (client, "settings.payouts.statement_descriptor"), ==, "CLINIC");
  g_assert_false (client_true (client, "settings.payouts.debit_negative_balances"));
}

/* What makes no sense is refused, and changes nothing. */
static void
test_refusals (void)
{
  static const struct
  {
    const char *form;
    const char *code;
    const char *param;
  } cases[] = {
    { "payments[payouts][schedule][interval]=hourly", NULL,
      "payments[payouts][schedule][interval]" },
    { "payments[payouts][schedule][interval]=weekly", "parameter_missing",
      "payments[payouts][schedule][weekly_payout_days]" },
    { "payments[payouts][schedule][interval]=daily"
      "&payments[payouts][schedule][monthly_payout_days][]=1",
      NULL, "payments[payouts][schedule][monthly_payout_days]" },
    { "payments[payouts][schedule][interval]=monthly"
      "&payments[payouts][schedule][monthly_payout_days][]=32",
      "parameter_invalid_integer", "payments[payouts][schedule][monthly_payout_days]" },
    { "payments[settlement_timing][delay_days_override]=32", "parameter_invalid_integer",
      "payments[settlement_timing][delay_days_override]" },
    { "payments[nonsense]=1", "parameter_unknown", "payments[nonsense]" },
    { "payments[payouts][minimum_balance_by_currency][usd]=-1", "parameter_invalid_integer",
      "payments[payouts][minimum_balance_by_currency]" },
  };
  g_autoptr (Client) client = client_new (0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      client_call (client, "POST", SETTINGS, cases[i].form);
      client_expect_error (client, 400, INVALID, cases[i].code, cases[i].param);
    }
  client_call (client, "GET", SETTINGS, NULL);
  g_assert_cmpstr (client_text (client, "payments.payouts.schedule.interval"), ==, "daily");
}

static guint
count_payouts (Client *client)
{
  guint n = 0;

  client_call (client, "GET", "/v1/payouts?limit=100", NULL);
  for (;; n++)
    {
      g_autofree char *path = g_strdup_printf ("data.%u.id", n);

      if (client_at (client, path) == NULL)
        return n;
    }
}

/* Payouts go by their schedule: by hand none are made, and by the week one. */
static void
test_schedule (void)
{
  g_autoptr (Client) client = client_new (0);

  client_call (client, "POST", SETTINGS, "payments[payouts][schedule][interval]=manual");
  g_free (client_pay (client, 10000, "pm_card_bypassPending", ""));
  client_advance (client, 10 * 86400);
  g_assert_cmpuint (count_payouts (client), ==, 0);
  client_expect_balance (client, 9680, 0);

  client_call (client, "POST", SETTINGS,
               "payments[payouts][schedule][interval]=weekly"
               "&payments[payouts][schedule][weekly_payout_days][]=wednesday");
  for (guint i = 0; i < 14; i++)
    {
      g_free (client_pay (client, 1000, "pm_card_bypassPending", ""));
      client_advance (client, 86400);
    }
  g_assert_cmpuint (count_payouts (client), ==, 2);
  g_assert_cmpint ((client_int (client, "data.0.created") / 86400 + 4) % 7, ==, 3);

  client_call (client, "POST", SETTINGS,
               "payments[payouts][schedule][interval]=monthly"
               "&payments[payouts][schedule][monthly_payout_days][]=31");
  g_free (client_pay (client, 1000, "pm_card_bypassPending", ""));
  client_advance (client, 31 * 86400);
  g_assert_cmpuint (count_payouts (client), >=, 3);
}

/* Money is available as many midnights after a charge as the settings say. */
static void
test_delay (void)
{
  g_autoptr (Client) client = client_new (0);

  client_call (client, "POST", SETTINGS,
               "payments[settlement_timing][delay_days_override]=4"
               "&payments[payouts][schedule][interval]=manual");
  g_free (client_pay (client, 10000, "pm_card_visa", ""));
  client_advance (client, 3 * 86400);
  client_expect_balance (client, 0, 9680);
  client_advance (client, 86400);
  client_expect_balance (client, 9680, 0);
}

/* Tax settings wait for the head office, and can be changed but not taken back. */
static void
test_tax_settings (void)
{
  g_autoptr (Client) client = client_new (0);

  client_call (client, "GET", "/v1/tax/settings", NULL);
  g_assert_cmpstr (client_text (client, "status"), ==, "pending");
  g_assert_cmpstr (client_text (client, "status_details.pending.missing_fields.0"), ==,
                   "head_office");
  client_call (client, "POST", "/v1/tax/settings",
               "defaults[tax_behavior]=exclusive&defaults[tax_code]=txcd_20030000"
               "&head_office[address][country]=US&head_office[address][state]=CA");
  g_assert_cmpstr (client_text (client, "status"), ==, "active");
  g_assert_cmpstr (client_text (client, "head_office.address.state"), ==, "CA");
  g_assert_true (JSON_NODE_HOLDS_NULL (client_at (client, "head_office.address.city")));
  client_expect_events (client, "tax.settings.updated");

  client_call (client, "POST", "/v1/tax/settings", "defaults[tax_behavior]=");
  g_assert_cmpstr (client_text (client, "defaults.tax_behavior"), ==, "exclusive");
  client_call (client, "POST", "/v1/tax/settings", "defaults[tax_code]=txcd_12345678");
  client_expect_error (client, 400, INVALID, "resource_missing", "defaults[tax_code]");
  g_assert_cmpuint (client_call (client, "POST", "/v1/tax/settings", "head_office="), ==, 400);
  client_call (client, "POST", "/v1/tax/settings", "head_office[address][state]=CA");
  client_expect_error (client, 400, INVALID, "parameter_missing",
                       "head_office[address][country]");
}

/* Registrations begin and end by the clock, and are never deleted. */
static void
test_registrations (void)
{
  g_autoptr (Client) client = client_new (0);
  g_autofree char *id =
    client_make (client, "/v1/tax/registrations",
                 "country=US&country_options[us][state]=CA"
                 "&country_options[us][type]=state_sales_tax&active_from=now");
  g_autofree char *path = g_strconcat ("/v1/tax/registrations/", id, NULL);
  g_autofree char *later = NULL;
  g_autofree char *form = NULL;

  g_assert_cmpstr (client_text (client, "status"), ==, "active");
  form = g_strdup_printf ("country=DE&country_options[de][type]=standard"
                          "&active_from=%" G_GINT64_FORMAT,
                          client_int (client, "created") + 86400);
  later = client_make (client, "/v1/tax/registrations", form);
  g_assert_cmpstr (client_text (client, "status"), ==, "scheduled");

  client_advance (client, 86401);
  client_look (client, "/v1/tax/registrations/", later);
  g_assert_cmpstr (client_text (client, "status"), ==, "active");
  g_free (client_make (client, path, "expires_at=now"));
  g_assert_cmpstr (client_text (client, "status"), ==, "expired");
  client_call (client, "GET", "/v1/tax/registrations?status=active", NULL);
  g_assert_cmpstr (client_text (client, "data.0.id"), ==, later);
  g_assert_null (client_at (client, "data.1"));
  client_call (client, "GET", "/v1/tax/registrations?status=all", NULL);
  g_assert_cmpstr (client_text (client, "data.1.id"), ==, id);
  g_assert_cmpuint (client_call (client, "POST", path, "expires_at="), ==, 400);
  g_assert_cmpuint (client_call (client, "DELETE", path, NULL), ==, 404);

  client_call (client, "POST", "/v1/tax/registrations",
               "country=US&country_options[us][type]=state_sales_tax&active_from=now");
  client_expect_error (client, 400, INVALID, "parameter_missing", "country_options[us][state]");
}

/* Each country asks for its own, and Stripe names what is missing or wrong. */
static void
test_countries (void)
{
  static const struct {
    const char *form;
    const char *code;
    const char *param;
  } wrong[] = {
    { "country=US&country_options[us][type]=state_sales_tax", "parameter_missing", "country_options[us][state]" },
    { "country=US&country_options[us][state]=ON&country_options[us][type]=state_sales_tax", NULL, "country_options[us][state]" },
    { "country=US&country_options[us][state]=CA&country_options[us][type]=standard", NULL, "country_options[us][type]" },
    { "country=US&country_options[us][state]=CA", "parameter_missing", "country_options[us][type]" },
    { "country=US&country_options[us][state]=IL&country_options[us][type]=local_lease_tax", "parameter_missing",
      "country_options[us][local_lease_tax]" },
    { "country=US&country_options[ca][type]=standard", "parameter_missing", "country_options[us]" },
    { "country=CA&country_options[ca][type]=province_standard", "parameter_missing", "country_options[ca][province_standard]" },
    { "country=DE&country_options[de][type]=simplified", NULL, "country_options[de][type]" },
    { "country=DE&country_options[de][type]=standard&country_options[de][standard][place_of_supply_scheme]=home", NULL,
      "country_options[de][standard][place_of_supply_scheme]" },
    { "country=MX&country_options[mx][type]=standard", NULL, "country_options[mx][type]" },
    { "country=MX&country_options[mx][type]=simplified&country_options[mx][state]=X", "parameter_unknown",
      "country_options[mx][state]" },
    { "country=AQ&country_options[aq][type]=standard", NULL, "country" },
  };
  static const char * const right[] = {
    "country=US&country_options[us][state]=IL&country_options[us][type]=local_lease_tax"
    "&country_options[us][local_lease_tax][jurisdiction]=14000",
    "country=CA&country_options[ca][type]=standard",
    "country=CA&country_options[ca][type]=province_standard&country_options[ca][province_standard][province]=BC",
    "country=DE&country_options[de][type]=standard&country_options[de][standard][place_of_supply_scheme]=small_seller",
    "country=FR&country_options[fr][type]=ioss",
    "country=GB&country_options[gb][type]=standard",
    "country=IN&country_options[in][type]=simplified",
  };
  g_autoptr (Client) client = client_new (0);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *form = g_strconcat (wrong[i].form, "&active_from=now", NULL);

      client_call (client, "POST", "/v1/tax/registrations", form);
      client_expect_error (client, 400, INVALID, wrong[i].code, wrong[i].param);
    }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char *form = g_strconcat (right[i], "&active_from=now", NULL);

      g_free (client_make (client, "/v1/tax/registrations", form));
    }

  client_call (client, "GET", "/v1/tax/registrations?limit=100", NULL);
  g_assert_cmpstr (client_text (client, "data.1.country_options.gb.standard.place_of_supply_scheme"), ==, "standard");
  g_assert_cmpstr (client_text (client, "data.4.country_options.ca.province_standard.province"), ==, "BC");
  g_assert_cmpstr (client_text (client, "data.6.country_options.us.local_lease_tax.jurisdiction"), ==, "14000");
}

/* The codes are a list in pages, and each can be had alone. */
static void
test_codes (void)
{
  g_autoptr (Client) client = client_new (0);
  guint n = 0;
  g_autofree char *path = g_strdup ("/v1/tax_codes?limit=7");

  for (gboolean more = TRUE; more; n += 7)
    {
      client_call (client, "GET", path, NULL);
      more = client_true (client, "has_more");
      g_free (path);
      path = g_strconcat ("/v1/tax_codes?limit=7&starting_after=",
                          client_text (client, more ? "data.6.id" : "data.0.id"), NULL);
    }
  g_assert_cmpuint (n, ==, 28);
  client_call (client, "GET", "/v1/tax_codes/txcd_99999999", NULL);
  g_assert_cmpstr (client_text (client, "name"), ==, "General - Tangible Goods");
  g_assert_cmpuint (client_call (client, "GET", "/v1/tax_codes/txcd_1", NULL), ==, 404);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/settings/balance", test_balance);
  g_test_add_func ("/sandbox/settings/refusals", test_refusals);
  g_test_add_func ("/sandbox/settings/schedule", test_schedule);
  g_test_add_func ("/sandbox/settings/delay", test_delay);
  g_test_add_func ("/sandbox/settings/tax", test_tax_settings);
  g_test_add_func ("/sandbox/settings/registrations", test_registrations);
  g_test_add_func ("/sandbox/settings/countries", test_countries);
  g_test_add_func ("/sandbox/settings/codes", test_codes);
  return g_test_run ();
}
