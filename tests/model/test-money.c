/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "billing-money.h"

#include <string.h>

static const char *const locales[]
    = { "en_US", "de_DE", "fr_FR", "ja_JP", "ar_KW", "de_CH", "de_AT",
        "en_IN", "fa_IR", "sv_SE", "pl_PL", "pt_PT", "es_ES", "he_IL",
        "nl_NL", "fy_NL", "pt_CV", "bn_BD", "C",     "hi_IN@numbers=deva" };

static const char *const currencies[]
    = { "USD", "EUR", "JPY", "KWD", "CHF", "ISK", "UGX", "INR", "HUF", "CVE", "CLP", "TND" };

/* A newline in a message would end TAP's comment. */
static void
note_case (const char *text, const char *currency, const char *locale)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("“%s” in %s, %s", escaped, currency, locale);
}

static void
assert_parses (const char *text, const char *currency, const char *locale, gint64 minor)
{
  g_autoptr (GError) error = NULL;
  BillingMoney money = { 0 };

  note_case (text, currency, locale);
  billing_money_parse (text, currency, locale, &money, &error);
  g_assert_no_error (error);
  g_assert_cmpint (money.minor, ==, minor);
  g_assert_cmpstr (money.currency, ==, currency);
}

static void
assert_refused (const char *text,
                const char *currency,
                const char *locale,
                BillingModelError code,
                const char *sentence)
{
  g_autoptr (GError) error = NULL;
  BillingMoney money = { .minor = 77 };

  note_case (text, currency, locale);
  g_assert_false (billing_money_parse (text, currency, locale, &money, &error));
  g_assert_error (error, BILLING_MODEL_ERROR, (int) code);
  g_assert_cmpint (money.minor, ==, 77);

  if (sentence != NULL)
    g_assert_cmpstr (error->message, ==, sentence);
}

static void
assert_plain (const char *text, const char *currency, gboolean round, gint64 minor)
{
  g_autoptr (GError) error = NULL;
  BillingMoney money = { 0 };

  note_case (text, currency, "plain");
  billing_money_parse_plain (text, currency, round, &money, &error);
  g_assert_no_error (error);
  g_assert_cmpint (money.minor, ==, minor);
}

static void
assert_plain_refused (const char *text,
                      const char *currency,
                      gboolean round,
                      BillingModelError code)
{
  g_autoptr (GError) error = NULL;
  BillingMoney money = { 0 };

  note_case (text, currency, "plain");
  g_assert_false (billing_money_parse_plain (text, currency, round, &money, &error));
  g_assert_error (error, BILLING_MODEL_ERROR, (int) code);
}

static void
assert_shown (gint64 minor, const char *currency, const char *locale, const char *shown)
{
  g_autofree char *text = billing_money_format (billing_money_new (minor, currency), locale);

  g_assert_cmpstr (text, ==, shown);
}

static void
assert_short (gint64 minor, const char *currency, const char *locale, const char *shown)
{
  g_autofree char *text = billing_money_format_short (minor, currency, locale);

  g_assert_cmpstr (text, ==, shown);
}

/* Sums are exact up to the last number there is, and refused beyond it and between currencies. */
static void
test_add (void)
{
  g_autoptr (GError) error = NULL;
  BillingMoney most = billing_money_new (G_MAXINT64, "usd");
  BillingMoney least = billing_money_new (G_MININT64, "USD");
  BillingMoney cent = billing_money_new (1, "USD");
  BillingMoney sum = { 0 };

  g_assert_cmpstr (most.currency, ==, "USD");
  g_assert_true (billing_money_add (least, most, &sum, NULL));
  g_assert_cmpint (sum.minor, ==, -1);
  g_assert_true (billing_money_subtract (most, cent, &sum, NULL));
  g_assert_cmpint (sum.minor, ==, G_MAXINT64 - 1);

  g_assert_false (billing_money_add (most, cent, &sum, &error));
  g_assert_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_OVERFLOW);
  g_clear_error (&error);
  g_assert_false (billing_money_subtract (least, cent, &sum, &error));
  g_assert_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_OVERFLOW);
  g_clear_error (&error);
  g_assert_false (billing_money_add (cent, billing_money_new (1, "EUR"), &sum, &error));
  g_assert_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_CURRENCY);
  g_assert_cmpint (sum.minor, ==, G_MAXINT64 - 1);
}

/* A share of an amount is rounded half to even, on either side of zero, and never overflows on its
 * way to a result that fits. */
static void
test_scale (void)
{
  const struct {
    gint64 minor, numerator, denominator, result;
  } cases[] = {
    { 1000, 825, 10000, 82 },   { 1000, 835, 10000, 84 },   { 1000, 8251, 100000, 83 },
    { -1000, 825, 10000, -82 }, { -1000, 835, 10000, -84 }, { 1000, 835, -10000, -84 },
    { -5, -1, 2, 2 },           { 7, 1, 3, 2 },             { 8, 1, 3, 3 },
    { -8, 1, 3, -3 },           { 0, 5, 7, 0 },             { 1, G_MININT64, G_MININT64, 1 },
    { G_MAXINT64, 10000, 10000, G_MAXINT64 },
  };
  BillingMoney result;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_true (billing_money_scale (billing_money_new (cases[i].minor, "USD"),
                                        cases[i].numerator, cases[i].denominator, &result, NULL));
    g_assert_cmpint (result.minor, ==, cases[i].result);
  }

  g_assert_false (
      billing_money_scale (billing_money_new (G_MAXINT64, "USD"), 3, 2, &result, &error));
  g_assert_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_OVERFLOW);
}

/* Minor units are Stripe's, not ISO's, and so are the steps in which it charges. */
static void
test_currencies (void)
{
  const struct {
    const char *currency;
    int digits;
    gint64 step;
  } cases[] = {
    { "USD", 2, 1 }, { "JPY", 0, 1 },  { "jpy", 0, 1 },   { "CLP", 0, 1 }, { "XPF", 0, 1 },
    { "BIF", 0, 1 }, { "KWD", 3, 10 }, { "TND", 3, 10 },  { "HUF", 2, 1 }, { "TWD", 2, 1 },
    { "MRU", 2, 1 }, { "IQD", 2, 1 },  { "ISK", 2, 100 }, { "UGX", 2, 100 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpint (billing_money_digits (cases[i].currency), ==, cases[i].digits);
    g_assert_cmpint (billing_money_step (cases[i].currency), ==, cases[i].step);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++)
    g_assert_true (billing_currency_is_known (currencies[i]));

  g_assert_false (billing_currency_is_known ("QQQ"));
  g_assert_false (billing_currency_is_known ("usd"));
  g_assert_false (billing_currency_is_known ("US"));
  g_assert_false (billing_currency_is_known ("USDX"));
  g_assert_false (billing_currency_is_known (""));
  g_assert_false (billing_currency_is_known (NULL));
}

/* The same digits are the same money only where they are written so. */
static void
test_parse (void)
{
  assert_parses ("250", "USD", "en_US", 25000);
  assert_parses ("250.00", "USD", "en_US", 25000);
  assert_parses ("$1,234.5", "USD", "en_US", 123450);
  assert_parses (" -$ 1,234,567.89 ", "USD", "en_US", -123456789);
  assert_parses ("$-5", "USD", "en_US", -500);
  assert_parses ("$5-", "USD", "en_US", -500);
  assert_parses ("+5", "USD", "en_US", 500);
  assert_parses ("usd 5", "USD", "en_US", 500);
  assert_parses ("5 USD", "USD", "en_US", 500);
  assert_parses (".50", "USD", "en_US", 50);
  assert_parses ("1 234.50", "USD", "en_US", 123450);
  assert_parses ("250", "USD", "C", 25000);
  assert_parses ("1,250.00", "USD", NULL, 125000);
  assert_parses ("007", "USD", "en_US", 700);
  assert_parses ("12,34,567", "INR", "en_IN", 123456700);
  assert_parses ("1,234,567", "INR", "en_IN", 123456700);

  assert_parses ("250,00", "EUR", "de_DE", 25000);
  assert_parses ("1.234,50", "EUR", "de_DE", 123450);
  assert_parses ("1.234,50 €", "EUR", "de_DE.UTF-8", 123450);
  assert_parses ("−1 234,50", "EUR", "de_DE", -123450);
  assert_parses ("1.234", "EUR", "de_DE", 123400);

  assert_parses ("1\u202f234,50\u00a0€", "EUR", "fr_FR", 123450);
  assert_parses ("1\u00a0234,50 €", "EUR", "fr_FR", 123450);
  assert_parses ("1 234,50", "EUR", "fr_FR", 123450);
  assert_parses ("1’234.50", "CHF", "de_CH", 123450);
  assert_parses ("CHF 1'234.50", "CHF", "de_CH", 123450);

  assert_parses ("¥12,500", "JPY", "ja_JP", 12500);
  assert_parses ("\uffe512,500", "JPY", "ja_JP", 12500);

  assert_parses ("1.250", "KWD", "en_US", 1250);
  assert_parses ("١٬٢٣٤٫٥٦٧", "KWD", "ar_KW", 1234567);
  assert_parses ("1,234.567", "KWD", "ar_KW", 1234567);
  assert_parses ("۱۲٫۵", "USD", "fa_IR", 1250);

  assert_parses ("5000", "ISK", "is_IS", 500000);
  assert_parses ("92,233,720,368,547,758.07", "USD", "en_US", G_MAXINT64);
  assert_parses ("-92233720368547758.08", "USD", "en_US", G_MININT64);
}

/* What could mean two amounts, or none, is refused with a sentence that shows how to write it. */
static void
test_refuse (void)
{
  const char *const never[]
      = { "", " ", "$", "-", "abc", "NaN", "∞", "1e2", "1E2", "0x10", "5 dollars", "5 €", "€5",
          "5..0", "5.", "1,23", "1,2345", "12,34,567", "1234,567", "1,234,56", ",5", ",123", "1,,234",
          "1,234,", "1 23", "1 234,567", "1,234 567", "0,125", "--5", "-$-5", "$5$", "-5-", "(5)",
          "1.5.5", "½", "5²", "1٢", "5\n6", "1\n234", "1\t234", "5 6", "\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    assert_refused (never[i], "USD", "en_US", BILLING_MODEL_ERROR_AMOUNT, NULL);

  assert_refused ("250,00", "USD", "en_US", BILLING_MODEL_ERROR_AMOUNT,
                  "“250,00” cannot be read as an amount in USD. Write it like $1,250.50");
  assert_refused ("250.00", "EUR", "de_DE", BILLING_MODEL_ERROR_AMOUNT,
                  "“250.00” cannot be read as an amount in EUR. Write it like 1.250,50\u00a0€");
  assert_refused ("", "JPY", "en_US", BILLING_MODEL_ERROR_AMOUNT,
                  "An amount is missing. Write it like ¥1,250");
  assert_refused ("1,234.50", "EUR", "de_DE", BILLING_MODEL_ERROR_AMOUNT, NULL);
  assert_refused ("1.23", "EUR", "de_DE", BILLING_MODEL_ERROR_AMOUNT, NULL);
  assert_refused ("250.00", "EUR", "fr_FR", BILLING_MODEL_ERROR_AMOUNT, NULL);

  assert_refused ("12.345", "USD", "en_US", BILLING_MODEL_ERROR_AMOUNT,
                  "12.345 has more decimals than USD");
  assert_refused ("12.500", "USD", "en_US", BILLING_MODEL_ERROR_AMOUNT, NULL);
  assert_refused ("12.5", "JPY", "ja_JP", BILLING_MODEL_ERROR_AMOUNT, NULL);
  assert_refused ("1.2345", "KWD", "en_US", BILLING_MODEL_ERROR_AMOUNT, NULL);

  assert_refused ("92233720368547758.08", "USD", "en_US", BILLING_MODEL_ERROR_OVERFLOW,
                  "92233720368547758.08 is too large an amount");
  assert_refused ("-92233720368547758.09", "USD", "en_US", BILLING_MODEL_ERROR_OVERFLOW, NULL);
  assert_refused ("999999999999999999999999999999", "USD", "en_US", BILLING_MODEL_ERROR_OVERFLOW,
                  NULL);
}

/* Amounts in files keep their value to the last digit, and are rounded only where asked. */
static void
test_plain (void)
{
  const char *const bad[]
      = { "",   " 1",    "1 ",  "+1",       "1,5", "1.", ".5",  "1e",  "1e+",
          "e2", "1.5.5", "NaN", "Infinity", "0x1", "$5", "--1", "1\n", "١" };

  assert_plain ("112.41600000000001", "USD", TRUE, 11242);
  assert_plain ("0.125", "USD", TRUE, 12);
  assert_plain ("0.135", "USD", TRUE, 14);
  assert_plain ("0.1250000000000000000000000000001", "USD", TRUE, 13);
  assert_plain ("-0.125", "USD", TRUE, -12);
  assert_plain ("-0.135", "USD", TRUE, -14);
  assert_plain ("0.005", "USD", TRUE, 0);
  assert_plain ("0.0051", "USD", TRUE, 1);
  assert_plain ("0.015", "USD", TRUE, 2);
  assert_plain ("0.9999", "USD", TRUE, 100);
  assert_plain ("99.995", "USD", TRUE, 10000);
  assert_plain ("0.5", "JPY", TRUE, 0);
  assert_plain ("1.5", "JPY", TRUE, 2);
  assert_plain ("0.05", "JPY", TRUE, 0);
  assert_plain ("1.2345", "KWD", TRUE, 1234);
  assert_plain ("1e-400", "USD", TRUE, 0);
  assert_plain ("9e-3", "USD", TRUE, 1);
  assert_plain ("0e99999999999999999999", "USD", TRUE, 0);

  assert_plain ("-3", "USD", FALSE, -300);
  assert_plain ("-0", "USD", FALSE, 0);
  assert_plain ("1e2", "USD", FALSE, 10000);
  assert_plain ("1.25E+1", "USD", FALSE, 1250);
  assert_plain ("12500e-2", "USD", FALSE, 12500);
  assert_plain ("92233720368547758.07", "USD", FALSE, G_MAXINT64);
  assert_plain ("-92233720368547758.08", "USD", FALSE, G_MININT64);

  assert_plain_refused ("12.345", "USD", FALSE, BILLING_MODEL_ERROR_AMOUNT);
  assert_plain_refused ("1e-3", "USD", FALSE, BILLING_MODEL_ERROR_AMOUNT);
  assert_plain_refused ("92233720368547758.075", "USD", TRUE, BILLING_MODEL_ERROR_OVERFLOW);
  assert_plain_refused ("1e18", "USD", TRUE, BILLING_MODEL_ERROR_OVERFLOW);
  assert_plain_refused ("1e99999999999999999999", "USD", TRUE, BILLING_MODEL_ERROR_OVERFLOW);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_plain_refused (bad[i], "USD", TRUE, BILLING_MODEL_ERROR_AMOUNT);
}

/* Amounts look as people of the place write them, with Stripe's decimals and no useless ones. */
static void
test_format (void)
{
  assert_shown (25000, "USD", "en_US", "$250.00");
  assert_shown (-123456789, "USD", "en_US", "-$1,234,567.89");
  assert_shown (25000, "USD", "C", "$250.00");
  assert_shown (125000, "EUR", "de_DE", "1.250,00\u00a0€");
  assert_shown (125000, "EUR", "fr_FR", "1\u202f250,00\u00a0€");
  assert_shown (12500, "JPY", "ja_JP", "\uffe512,500");
  assert_shown (1250, "KWD", "en_US", "KWD\u00a01.250");
  assert_shown (500000, "ISK", "en_US", "ISK\u00a05,000");
  assert_shown (500050, "ISK", "en_US", "ISK\u00a05,000.50");
  assert_shown (25000, "HUF", "en_US", "HUF\u00a0250.00");
  assert_shown (G_MININT64, "USD", "en_US", "-$92,233,720,368,547,758.08");
}

/* The axis of a chart has little room, and two of its marks never read the same. */
static void
test_format_short (void)
{
  assert_short (4800000, "USD", "en_US", "$48K");
  assert_short (1250000, "USD", "en_US", "$12.5K");
  assert_short (125000000, "USD", "en_US", "$1.25M");
  assert_short (-4800000, "USD", "en_US", "-$48K");
  assert_short (25000, "USD", "en_US", "$250");
  assert_short (50, "USD", "en_US", "$0.50");
  assert_short (0, "USD", "en_US", "$0");
  assert_short (48000, "JPY", "ja_JP", "\uffe54.8万");
  assert_short (4800000, "EUR", "de_DE", "48.000\u00a0€");
  assert_short (G_MININT64, "USD", "en_US", "-$92,233.72T");
}

/* Amounts for files depend on no locale and are read back exactly. */
static void
test_format_plain (void)
{
  const struct {
    gint64 minor;
    const char *currency, *text;
  } cases[] = {
    { 25000, "USD", "250.00" }, { -5, "USD", "-0.05" }, { 0, "USD", "0.00" },
    { 500, "JPY", "500" },      { 1, "KWD", "0.001" },  { 500000, "ISK", "5000.00" },
    { -7, "JPY", "-7" },        { G_MININT64, "USD", "-92233720368547758.08" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    BillingMoney money = billing_money_new (cases[i].minor, cases[i].currency);
    g_autofree char *text = billing_money_format_plain (money);

    g_assert_cmpstr (text, ==, cases[i].text);
    assert_plain (text, cases[i].currency, FALSE, cases[i].minor);
  }
}

static gint64
random_minor (void)
{
  guint64 bits = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();

  return (gint64) bits >> g_test_rand_int_range (0, 64);
}

/* Whatever amount is shown, in whatever locale, is read back as the same amount. */
static void
test_round_trip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (currencies); j++) {
      for (int k = 0; k < 200; k++) {
        BillingMoney money = billing_money_new (random_minor (), currencies[j]);
        g_autofree char *text = billing_money_format (money, locales[i]);
        g_autofree char *plain = billing_money_format_plain (money);
        g_autoptr (GError) error = NULL;
        BillingMoney back = { 0 };

        if (!billing_money_parse (text, currencies[j], locales[i], &back, &error))
          g_test_message ("“%s” (%s) in %s", text, plain, locales[i]);

        g_assert_no_error (error);
        g_assert_cmpint (back.minor, ==, money.minor);
        g_assert_true (billing_money_parse_plain (plain, currencies[j], FALSE, &back, NULL));
        g_assert_cmpint (back.minor, ==, money.minor);
      }
    }
  }
}

static gpointer
format_in_thread (gpointer data)
{
  for (int i = 0; i < 1000; i++)
    assert_shown (125000, "EUR", "de_DE", "1.250,00\u00a0€");

  return NULL;
}

/* Formatters are kept for each thread, and go with it. */
static void
test_threads (void)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("format", format_in_thread, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/add", test_add);
  g_test_add_func ("/money/scale", test_scale);
  g_test_add_func ("/money/currencies", test_currencies);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/refuse", test_refuse);
  g_test_add_func ("/money/plain", test_plain);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/format-short", test_format_short);
  g_test_add_func ("/money/format-plain", test_format_plain);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/threads", test_threads);

  return g_test_run ();
}
