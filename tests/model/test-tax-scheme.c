/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-tax-scheme.h"
#include "billing-tax.h"

/* What Stripe asks for where one is to be registered for taxes, against what its API documents. */

/* The countries of Stripe's API are there, each once, and each has something to be registered for. */
static void
test_countries (void)
{
  const char * const *countries = billing_tax_list_countries ();
  guint n = 0;

  for (; countries[n] != NULL; n++)
    {
      g_assert_cmpuint (strlen (countries[n]), ==, 2);
      g_assert_true (billing_tax_is_known_country (countries[n]));
      if (n > 0)
        g_assert_cmpstr (countries[n - 1], <, countries[n]);
    }

  g_assert_cmpuint (n, ==, 105);
  g_assert_false (billing_tax_is_known_country ("AQ"));
  g_assert_false (billing_tax_is_known_country ("us"));
  g_assert_false (billing_tax_is_known_country (" A"));
  g_assert_false (billing_tax_is_known_country (""));
  g_assert_false (billing_tax_is_known_country (NULL));
}

/* Each kind of country asks for its own. */
static void
test_types (void)
{
  static const struct {
    const char *country;
    const char *types;
    const char *schemes;
  } cases[] = {
    { "DE", "standard oss_union oss_non_union ioss", "standard small_seller inbound_goods" },
    { "GR", "standard oss_union oss_non_union ioss", "standard small_seller inbound_goods" },
    { "GB", "standard", "standard inbound_goods" },
    { "ZW", "standard", "standard inbound_goods" },
    { "MX", "simplified", "" },
    { "TH", "simplified", "" },
    { "CA", "standard simplified province_standard", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *types = g_strjoinv (" ", (char **) billing_tax_list_types (cases[i].country));
      g_autofree char *schemes = g_strjoinv (" ", (char **) billing_tax_list_schemes (cases[i].country, "standard"));

      g_assert_cmpstr (types, ==, cases[i].types);
      g_assert_cmpstr (schemes, ==, cases[i].schemes);
    }

  g_assert_cmpuint (g_strv_length ((char **) billing_tax_list_types ("US")), ==, 17);
  g_assert_cmpuint (g_strv_length ((char **) billing_tax_list_schemes ("DE", "ioss")), ==, 0);
}

/* What is not as Stripe wants it is said, with the field that it is about; what is, is not. */
static void
test_check (void)
{
  static const struct {
    BillingTaxWish wish;
    const char *field;
  } cases[] = {
    { { NULL, NULL, NULL, NULL, NULL }, "country" },
    { { "AQ", "standard", NULL, NULL, NULL }, "country" },
    { { "US", NULL, "CA", NULL, NULL }, "type" },
    { { "US", "vat", "CA", NULL, NULL }, "type" },
    { { "US", "state_sales_tax", NULL, NULL, NULL }, "region" },
    { { "US", "state_sales_tax", "ON", NULL, NULL }, "region" },
    { { "US", "state_sales_tax", "CA", NULL, NULL }, NULL },
    { { "US", "state_sales_tax", "CA", "14000", NULL }, "jurisdiction" },
    { { "US", "local_lease_tax", "IL", NULL, NULL }, "jurisdiction" },
    { { "US", "local_lease_tax", "IL", "Chicago", NULL }, "jurisdiction" },
    { { "US", "local_lease_tax", "IL", "14000", NULL }, NULL },
    { { "US", "state_sales_tax", "CA", NULL, "standard" }, "scheme" },
    { { "CA", "standard", NULL, NULL, NULL }, NULL },
    { { "CA", "standard", "ON", NULL, NULL }, "region" },
    { { "CA", "province_standard", "", NULL, NULL }, "region" },
    { { "CA", "province_standard", "BC", NULL, NULL }, NULL },
    { { "DE", "standard", NULL, NULL, NULL }, "scheme" },
    { { "DE", "standard", NULL, NULL, "elsewhere" }, "scheme" },
    { { "DE", "standard", NULL, NULL, "small_seller" }, NULL },
    { { "DE", "oss_union", NULL, NULL, NULL }, NULL },
    { { "DE", "oss_union", NULL, NULL, "standard" }, "scheme" },
    { { "GB", "standard", NULL, NULL, NULL }, NULL },
    { { "GB", "standard", NULL, NULL, "small_seller" }, "scheme" },
    { { "MX", "simplified", "", "", "" }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *field = NULL;
      g_autofree char *problem = billing_tax_check (&cases[i].wish, &field);

      g_assert_cmpstr (field, ==, cases[i].field);
      g_assert_true ((problem == NULL) == (cases[i].field == NULL));
    }
}

/* Registrations are said in words; what nobody knows yet stays as it is. */
static void
test_words (void)
{
  g_autofree char *state = billing_tax_describe ("US", "CA", "state_sales_tax", NULL, NULL, "en_US");
  g_autofree char *local = billing_tax_describe ("US", "IL", "local_lease_tax", "14000", "", "en_US");
  g_autofree char *small = billing_tax_describe ("DE", NULL, "standard", NULL, "small_seller", "en_US");
  g_autofree char *later = billing_tax_describe ("XQ", "ZZ", "moon_tax", NULL, "far", "en_US");
  g_autofree char *none = billing_tax_describe (NULL, NULL, NULL, NULL, NULL, "en_US");
  g_autofree char *german = billing_tax_get_country_label ("DE", "de_DE");

  g_assert_cmpstr (state, ==, "United States, California: State sales tax");
  g_assert_cmpstr (local, ==, "United States, Illinois: Local lease tax (14000)");
  g_assert_cmpstr (small, ==, "Germany: Standard (VAT, GST, sales tax), Small seller: where the business is");
  g_assert_cmpstr (later, ==, "XQ, ZZ: moon_tax, far");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (german, ==, "Deutschland");
  g_assert_cmpstr (billing_tax_get_behavior_label ("upside_down"), ==, "upside_down");
}

/* What a head office's address lacks is said at its field; letters that are no country's are refused before Stripe is asked. */
static void
test_address (void)
{
  static const struct {
    const char *country, *state, *postal_code, *field;
  } cases[] = {
    { NULL, NULL, NULL, "country" },      { "usa", NULL, NULL, "country" },      { "XX", "", "", "country" },
    { "US", "XX", "94103", "state" },     { "US", "CA", "", "postal_code" },     { "US", "CA", "94103", NULL },
    { "CA", NULL, "K1A 0A1", "state" },   { "DE", NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *field = "untouched";
      g_autofree char *problem =
        billing_tax_settings_check_address (cases[i].country, cases[i].state, cases[i].postal_code, &field);

      g_assert_cmpstr (field, ==, cases[i].field);
      g_assert_true ((problem == NULL) == (cases[i].field == NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/tax-scheme/countries", test_countries);
  g_test_add_func ("/model/tax-scheme/types", test_types);
  g_test_add_func ("/model/tax-scheme/check", test_check);
  g_test_add_func ("/model/tax-scheme/words", test_words);
  g_test_add_func ("/model/tax-scheme/address", test_address);
  return g_test_run ();
}
