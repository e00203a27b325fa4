/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-month"

#include "config.h"

#include "billing-month.h"

#include <locale.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>

#include "billing-day.h"
#include "billing-locale.h"

#define FORMAT_LENGTH 128

/**
 * billing_month_is_valid:
 * @month: (nullable): a text
 *
 * Returns: whether it is a month
 */
gboolean
billing_month_is_valid (const char *month)
{
  g_autofree char *day = month != NULL ? g_strconcat (month, "-01", NULL) : NULL;

  return day != NULL && billing_day_is_valid (day);
}

/**
 * billing_month_of:
 * @day: a valid day
 *
 * Returns: (transfer full): the month that it is in
 */
char *
billing_month_of (const char *day)
{
  g_return_val_if_fail (billing_day_is_valid (day), NULL);

  return g_strndup (day, 7);
}

/**
 * billing_month_add:
 * @month: a valid month
 * @months: how many months later, or earlier
 *
 * Returns: (transfer full) (nullable): the month then, %NULL beyond the years 1 to 9999
 */
char *
billing_month_add (const char *month,
                   int         months)
{
  int year, name, index;

  g_return_val_if_fail (billing_month_is_valid (month), NULL);

  year = (int) g_ascii_strtoll (month, NULL, 10);
  name = (int) g_ascii_strtoll (month + 5, NULL, 10);
  index = year * 12 + name - 1 + months;

  return index >= 12 && index < 120000 ? g_strdup_printf ("%04d-%02d", index / 12, index % 12 + 1) : NULL;
}

/**
 * billing_month_first_day:
 * @month: a month, as `2026-02`
 *
 * Returns: (transfer full): its first day
 */
char *
billing_month_first_day (const char *month)
{
  g_return_val_if_fail (billing_month_is_valid (month), NULL);

  return g_strconcat (month, "-01", NULL);
}

/**
 * billing_month_last_day:
 * @month: a month, as `2026-02`
 *
 * Returns: (transfer full): its last day
 */
char *
billing_month_last_day (const char *month)
{
  g_autofree char *next = billing_month_add (month, 1);
  g_autofree char *first = NULL;

  if (next == NULL)
    return g_strdup ("9999-12-31");

  first = billing_month_first_day (next);
  return billing_day_add (first, -1);
}

/* @variant is what ICU calls a skeleton. Months are Gregorian everywhere, as days are. */
static gpointer
open_format (const char *locale,
             const char *variant)
{
  char name[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR, ignored = U_ZERO_ERROR;
  g_autofree UChar *skeleton = billing_utf16_from_utf8 (variant, NULL);
  UDateTimePatternGenerator *generator;
  UChar pattern[FORMAT_LENGTH];
  UDateFormat *format;

  g_strlcpy (name, locale, sizeof name);
  uloc_setKeywordValue ("calendar", "gregorian", name, sizeof name, &ignored);
  generator = udatpg_open (name, &status);
  udatpg_getBestPattern (generator, skeleton, -1, pattern, FORMAT_LENGTH, &status);
  udatpg_close (generator);
  format = udat_open (UDAT_PATTERN, UDAT_PATTERN, name, u"UTC", -1, pattern, -1, &status);

  if (U_SUCCESS (status))
    return format;

  udat_close (format);
  return NULL;
}

static void
close_format (gpointer format)
{
  udat_close (format);
}

static BillingLocaleCache formats = BILLING_LOCALE_CACHE_INIT (open_format, close_format);

/**
 * billing_month_format:
 * @month: a valid month
 * @style: how
 * @locale: (nullable): for whom; the process's locale if %NULL
 *
 * Returns: (transfer full): the month, as it stands by itself
 */
char *
billing_month_format (const char        *month,
                      BillingMonthStyle  style,
                      const char        *locale)
{
  static const char * const skeletons[] = { "LLL", "LLLL", "yMMMM" };
  g_autofree char *day = billing_month_first_day (month);
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[FORMAT_LENGTH];
  UDateFormat *format;
  int32_t length;

  g_return_val_if_fail (day != NULL, NULL);

  format = billing_locale_cache_get (&formats, billing_locale_resolve (locale, LC_TIME), skeletons[style]);
  if (format == NULL)
    return g_strdup (month);

  length = udat_format (format, (UDate) billing_day_start (day, "UTC") * 1000, wide, FORMAT_LENGTH, NULL, &status);
  return U_SUCCESS (status) ? billing_utf16_to_utf8 (wide, length) : g_strdup (month);
}
