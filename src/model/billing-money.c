/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-money"

#include "config.h"

#include "billing-money.h"

#include "billing-decimal.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unicode/ucurr.h>

/* Exponents beyond this are not worth counting: the amount overflows, or is rounded to nothing. */
#define MAX_EXPONENT 1000000

/* Stripe's own lists, which differ from ISO 4217: https://docs.stripe.com/currencies#zero-decimal.
 * ISK and UGX have no minor unit any more, but Stripe still counts them in hundredths. */
static const char zero_decimal_currencies[] = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF "
                                              "XOF XPF";
static const char three_decimal_currencies[] = "BHD JOD KWD OMR TND";
static const char hundredfold_currencies[] = "ISK UGX";

static gboolean
is_code (const char *code)
{
  return code != NULL && strlen (code) == 3 && g_ascii_isalpha (code[0])
         && g_ascii_isalpha (code[1]) && g_ascii_isalpha (code[2]);
}

static gboolean
is_listed (const char *currency, const char *list)
{
  BillingMoney money = billing_money_new (0, currency);

  return *money.currency != '\0' && strstr (list, money.currency) != NULL;
}

static gboolean
check_same_currency (BillingMoney a, BillingMoney b, GError **error)
{
  if (strcmp (a.currency, b.currency) == 0)
    return TRUE;

  g_set_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_CURRENCY,
               _("Amounts in %s and %s cannot be added up"), a.currency, b.currency);
  return FALSE;
}

static gboolean
fail_overflow (GError **error)
{
  g_set_error_literal (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_OVERFLOW,
                       _("The amount is larger than can be kept"));
  return FALSE;
}

static gboolean
fail_plain (const char *text, GError **error)
{
  g_set_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_AMOUNT,
               _("“%s” is not an amount. Write it with digits and a point, like 250.00"), text);
  return FALSE;
}

static const char *
read_digits (const char *text, GString *digits)
{
  const char *end = text;

  while (g_ascii_isdigit (*end))
    end++;

  g_string_append_len (digits, text, end - text);
  return end;
}

static const char *
read_exponent (const char *text, gint64 *exponent)
{
  gboolean negative = *text == '-';

  if (*text == '-' || *text == '+')
    text++;

  if (!g_ascii_isdigit (*text))
    return NULL;

  for (; g_ascii_isdigit (*text); text++)
    *exponent = MIN (*exponent * 10 + (*text - '0'), MAX_EXPONENT);

  if (negative)
    *exponent = -*exponent;

  return text;
}

/* -?digits(.digits)?([eE][+-]?digits)?, which is what JSON calls a number, and leading zeros. */
static gboolean
read_plain (const char *text, BillingDecimal *decimal)
{
  gint64 exponent = 0;

  decimal->negative = *text == '-';
  text = read_digits (text + (decimal->negative ? 1 : 0), decimal->digits);
  decimal->point = (gint64) decimal->digits->len;
  if (decimal->point == 0)
    return FALSE;

  if (*text == '.') {
    text = read_digits (text + 1, decimal->digits);
    if ((gint64) decimal->digits->len == decimal->point)
      return FALSE;
  }

  if (*text == 'e' || *text == 'E')
    text = read_exponent (text + 1, &exponent);

  decimal->point += exponent;
  return text != NULL && *text == '\0';
}

/**
 * billing_money_new:
 * @minor: an amount in minor units
 * @currency: three letters, of either case
 *
 * Returns: the amount
 */
BillingMoney
billing_money_new (gint64 minor, const char *currency)
{
  BillingMoney money = { .minor = minor };

  g_return_val_if_fail (is_code (currency), money);

  for (int i = 0; i < 3; i++)
    money.currency[i] = g_ascii_toupper (currency[i]);

  return money;
}

/**
 * billing_money_add:
 * @a: an amount
 * @b: an amount
 * @sum: (out caller-allocates): @a + @b
 * @error: return location of a `BILLING_MODEL_ERROR_CURRENCY` or `BILLING_MODEL_ERROR_OVERFLOW`
 *
 * Returns: whether the amounts could be added
 */
gboolean
billing_money_add (BillingMoney a, BillingMoney b, BillingMoney *sum, GError **error)
{
  BillingMoney result = a;

  if (!check_same_currency (a, b, error))
    return FALSE;

  if (__builtin_add_overflow (a.minor, b.minor, &result.minor))
    return fail_overflow (error);

  *sum = result;
  return TRUE;
}

/**
 * billing_money_subtract:
 * @a: an amount
 * @b: an amount
 * @difference: (out caller-allocates): @a - @b
 * @error: return location of a `BILLING_MODEL_ERROR_CURRENCY` or `BILLING_MODEL_ERROR_OVERFLOW`
 *
 * Returns: whether the amounts could be subtracted
 */
gboolean
billing_money_subtract (BillingMoney a, BillingMoney b, BillingMoney *difference, GError **error)
{
  BillingMoney result = a;

  if (!check_same_currency (a, b, error))
    return FALSE;

  if (__builtin_sub_overflow (a.minor, b.minor, &result.minor))
    return fail_overflow (error);

  *difference = result;
  return TRUE;
}

/**
 * billing_money_scale:
 * @a: an amount
 * @numerator: a factor, such as a percentage in basis points
 * @denominator: a divisor, such as 10000; not 0
 * @result: (out caller-allocates): @a × @numerator ÷ @denominator, rounded half to even
 * @error: return location of a `BILLING_MODEL_ERROR_OVERFLOW`
 *
 * Returns: whether the result can be kept
 */
gboolean
billing_money_scale (BillingMoney a,
                     gint64 numerator,
                     gint64 denominator,
                     BillingMoney *result,
                     GError **error)
{
  __int128 product, quotient, twice_rest, size;

  g_return_val_if_fail (denominator != 0, FALSE);

  product = (__int128) a.minor * numerator;
  quotient = product / denominator;
  twice_rest = product % denominator * 2;
  twice_rest = twice_rest < 0 ? -twice_rest : twice_rest;
  size = denominator < 0 ? -(__int128) denominator : denominator;

  if (twice_rest > size || (twice_rest == size && quotient % 2 != 0))
    quotient += (product < 0) == (denominator < 0) ? 1 : -1;

  if (quotient < G_MININT64 || quotient > G_MAXINT64)
    return fail_overflow (error);

  *result = a;
  result->minor = (gint64) quotient;
  return TRUE;
}

/**
 * billing_money_digits:
 * @currency: a currency
 *
 * How many decimals an amount has, that is, what Stripe takes as the minor unit. For the Icelandic
 * króna and the Ugandan shilling that is a hundredth, although neither has one any more; for the
 * Hungarian forint and the new Taiwan dollar too (only payouts of these must be whole).
 *
 * Returns: 0, 2 or 3
 */
int
billing_money_digits (const char *currency)
{
  if (is_listed (currency, zero_decimal_currencies))
    return 0;

  return is_listed (currency, three_decimal_currencies) ? 3 : 2;
}

/**
 * billing_money_step:
 * @currency: a currency
 *
 * The amounts that Stripe charges are multiples of this: whole krónur and shillings, and of a
 * currency with three decimals the last one is 0.
 *
 * Returns: the step, in minor units
 */
gint64
billing_money_step (const char *currency)
{
  if (is_listed (currency, hundredfold_currencies))
    return 100;

  return is_listed (currency, three_decimal_currencies) ? 10 : 1;
}

/**
 * billing_currency_is_known:
 * @code: (nullable): a text
 *
 * Whether @code is an ISO 4217 code in capitals, of today or of an earlier time: old books are kept
 * in the money of their day.
 *
 * Returns: whether it is
 */
gboolean
billing_currency_is_known (const char *code)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[4] = { 0 };

  if (!is_code (code))
    return FALSE;

  for (int i = 0; i < 3; i++) {
    if (!g_ascii_isupper (code[i]))
      return FALSE;

    wide[i] = (UChar) code[i];
  }

  return ucurr_isAvailable (wide, U_DATE_MIN, U_DATE_MAX, &status) && U_SUCCESS (status);
}

/**
 * billing_money_parse_plain:
 * @text: a number as in a file or on a command line: `112.41600000000001`, `-3`, `1e2`
 * @currency: its currency
 * @round: whether decimals beyond the currency's are rounded, half to even, instead of refused
 *   (zeros are decimals too)
 * @money: (out caller-allocates): the amount
 * @error: return location of a `BILLING_MODEL_ERROR_AMOUNT` or `BILLING_MODEL_ERROR_OVERFLOW`
 *
 * Reads an amount that depends on no locale: ASCII digits, a point, no grouping, nothing around it.
 *
 * Returns: whether @text is an amount
 */
gboolean
billing_money_parse_plain (const char *text,
                           const char *currency,
                           gboolean round,
                           BillingMoney *money,
                           GError **error)
{
  g_auto (BillingDecimal) decimal = { 0 };

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (is_code (currency), FALSE);

  billing_decimal_init (&decimal);

  if (!read_plain (text, &decimal)) {
    g_autofree char *shown = billing_decimal_quote (text);

    return fail_plain (shown, error);
  }

  return billing_decimal_to_money (&decimal, text, currency, round, money, error);
}

/**
 * billing_money_format_plain:
 * @money: an amount
 *
 * Writes an amount as billing_money_parse_plain() reads it: `250.00`, `-0.05`, `500` (yen).
 *
 * Returns: (transfer full): the number, without the currency
 */
char *
billing_money_format_plain (BillingMoney money)
{
  return billing_decimal_from_minor (money.minor, billing_money_digits (money.currency));
}

/**
 * billing_money_append_plain:
 * @out: where to append
 * @money: an amount
 *
 * Appends what billing_money_format_plain() returns.
 */
void
billing_money_append_plain (GString *out, BillingMoney money)
{
  billing_decimal_append (out, money.minor, billing_money_digits (money.currency));
}
