/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-money-format"

#include "config.h"

#include "billing-money.h"

#include "billing-locale.h"

#include <locale.h>
#include <string.h>
#include <unicode/unumberformatter.h>

/* Long enough for any amount with any currency's symbol in any locale. */
#define FORMAT_LENGTH 128

/* @variant is the currency and, after it, the number of decimals. */
static gpointer
open_format (const char *locale, const char *variant)
{
  UNumberFormat *format = billing_locale_open_currency (locale, variant);

  if (format != NULL)
    unum_setAttribute (format, UNUM_FRACTION_DIGITS, variant[3] - '0');

  return format;
}

static void
close_format (gpointer format)
{
  unum_close (format);
}

/* Two decimals tell any two marks of an axis apart: $1.25M, $12.5K. */
static gpointer
open_short (const char *locale, const char *variant)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree char *skeleton = g_strdup_printf ("compact-short currency/%s .##", variant);
  g_autofree UChar *wide = billing_utf16_from_utf8 (skeleton, NULL);
  UNumberFormatter *format = unumf_openForSkeletonAndLocale (wide, -1, locale, &status);

  if (U_SUCCESS (status))
    return format;

  unumf_close (format);
  return NULL;
}

static void
close_short (gpointer format)
{
  unumf_close (format);
}

static BillingLocaleCache formats = BILLING_LOCALE_CACHE_INIT (open_format, close_format);
static BillingLocaleCache shorts = BILLING_LOCALE_CACHE_INIT (open_short, close_short);

/* Krónur and shillings are shown as they are counted in shops. */
static int
count_shown_decimals (BillingMoney money)
{
  gint64 step = billing_money_step (money.currency);

  return step == 100 && money.minor % step == 0 ? 0 : billing_money_digits (money.currency);
}

static char *
format_decimals (BillingMoney money, int decimals, const char *locale)
{
  g_autofree char *plain = billing_money_format_plain (money);
  char variant[5] = { 0 };
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[FORMAT_LENGTH];
  UNumberFormat *format;
  int32_t length;

  memcpy (variant, money.currency, 3);
  variant[3] = (char) ('0' + decimals);
  format = billing_locale_cache_get (&formats, locale, variant);
  if (format == NULL)
    return g_strdup_printf ("%s %s", money.currency, plain);

  length = unum_formatDecimal (format, plain, -1, wide, FORMAT_LENGTH, NULL, &status);
  if (U_FAILURE (status))
    return g_strdup_printf ("%s %s", money.currency, plain);

  return billing_utf16_to_utf8 (wide, length);
}

/**
 * billing_money_format:
 * @money: an amount
 * @locale: (nullable): for whom; the process's locale if %NULL
 *
 * Writes an amount for a person, with the currency's symbol and all its decimals.
 *
 * Returns: (transfer full): the amount, which billing_money_parse() reads back
 */
char *
billing_money_format (BillingMoney money, const char *locale)
{
  return format_decimals (money, count_shown_decimals (money),
                          billing_locale_resolve (locale, LC_MONETARY));
}

/**
 * billing_money_format_short:
 * @minor: an amount in minor units
 * @currency: its currency
 * @locale: (nullable): for whom; the process's locale if %NULL
 *
 * Writes an amount for the axis of a chart: `$48K`, `$1.25M`; under a thousand `$250`, `$0.50`.
 * It is rounded to what fits, so it is no amount to read back.
 *
 * Returns: (transfer full): the amount
 */
char *
billing_money_format_short (gint64 minor, const char *currency, const char *locale)
{
  BillingMoney money = billing_money_new (minor, currency);
  const char *name = billing_locale_resolve (locale, LC_MONETARY);
  gint64 unit = (gint64[]) { 1, 10, 100, 1000 }[billing_money_digits (currency)];
  g_autofree char *plain = billing_money_format_plain (money);
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[FORMAT_LENGTH];
  UNumberFormatter *format;
  UFormattedNumber *formatted;
  int32_t length;

  if (minor > -1000 * unit && minor < 1000 * unit)
    return format_decimals (money, minor % unit == 0 ? 0 : billing_money_digits (currency), name);

  format = billing_locale_cache_get (&shorts, name, money.currency);
  if (format == NULL)
    return billing_money_format (money, name);

  formatted = unumf_openResult (&status);
  unumf_formatDecimal (format, plain, -1, formatted, &status);
  length = unumf_resultToString (formatted, wide, FORMAT_LENGTH, &status);
  unumf_closeResult (formatted);

  if (U_FAILURE (status))
    return billing_money_format (money, name);

  return billing_utf16_to_utf8 (wide, length);
}
