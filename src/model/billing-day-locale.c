/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-day"

#include "config.h"

#include "billing-day.h"

#include "billing-calendar.h"
#include "billing-locale.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>
#include <unicode/udat.h>

#define FORMAT_LENGTH 256

/* A year of three digits is a slip of the fingers. Whoever means one writes ISO 8601. */
#define EARLIEST_YEAR 1000

/* The day that errors show as an example. */
#define EXAMPLE "2026-12-31"

static gpointer open_day (const char *locale, const char *variant);
static gpointer open_instant (const char *locale, const char *variant);
static gpointer open_full_instant (const char *locale, const char *variant);
static void close_format (gpointer format);

static BillingLocaleCache days = BILLING_LOCALE_CACHE_INIT (open_day, close_format);
static BillingLocaleCache instants = BILLING_LOCALE_CACHE_INIT (open_instant, close_format);
static BillingLocaleCache full_instants
    = BILLING_LOCALE_CACHE_INIT (open_full_instant, close_format);

static char *
strip_directions (const char *text)
{
  g_autoptr (GString) result = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);

    if (g_unichar_type (character) != G_UNICODE_FORMAT)
      g_string_append_unichar (result, g_unichar_isspace (character) ? ' ' : character);
  }

  return g_strstrip (g_string_free (g_steal_pointer (&result), FALSE));
}

/* How a reader writes a field of @length letters. `yy` reads a year with and without its century,
 * `d` and `M` a number of one digit or two; any other does what it says. */
static const char *
relax_field (char letter, gsize length)
{
  if (letter == 'y')
    return "yy";

  if (letter == 'd')
    return "d";

  return letter == 'M' && length <= 2 ? "M" : NULL;
}

/* Reads what people type, whichever of the forms the locale's pattern has, and without the marks
 * of writing direction. */
static char *
relax_pattern (const char *pattern)
{
  g_autofree char *plain = strip_directions (pattern);
  g_autoptr (GString) result = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *p = plain; *p != '\0';) {
    gsize length = 1;
    const char *field;

    while (p[length] == *p)
      length++;

    field = quoted ? NULL : relax_field (*p, length);
    quoted = quoted != (*p == '\'' && length % 2 == 1);

    if (field != NULL)
      g_string_append (result, field);
    else
      g_string_append_len (result, p, (gssize) length);

    p += length;
  }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

static void
make_reader (UDateFormat *format)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[FORMAT_LENGTH];
  int32_t length = udat_toPattern (format, FALSE, wide, FORMAT_LENGTH, &status);
  g_autofree char *pattern = NULL;
  g_autofree char *relaxed = NULL;
  g_autofree UChar *result = NULL;

  if (U_FAILURE (status))
    return;

  pattern = billing_utf16_to_utf8 (wide, length);
  relaxed = relax_pattern (pattern);
  result = billing_utf16_from_utf8 (relaxed, &length);
  udat_applyPattern (format, FALSE, result, length);
  udat_setLenient (format, FALSE);
}

/* Days are Gregorian everywhere, as they are in FHIR, at Stripe and in the books. */
static UDateFormat *
open_style (const char *locale, UDateFormatStyle time, UDateFormatStyle date, const char *time_zone)
{
  char name[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR, ignored = U_ZERO_ERROR;
  UCalendar *calendar = billing_calendar_open (time_zone);
  UDateFormat *format;

  g_strlcpy (name, locale, sizeof name);
  uloc_setKeywordValue ("calendar", "gregorian", name, sizeof name, &ignored);
  format = udat_open (time, date, name, NULL, 0, NULL, 0, &status);

  if (U_SUCCESS (status) && calendar != NULL)
    udat_setCalendar (format, calendar);

  ucal_close (calendar);

  if (U_SUCCESS (status))
    return format;

  udat_close (format);
  return NULL;
}

/* @variant is "short" or "medium", after "read" for a formatter that only reads. A day stands for
 * its midnight in UTC here. */
static gpointer
open_day (const char *locale, const char *variant)
{
  UDateFormatStyle style = g_str_has_suffix (variant, "short") ? UDAT_SHORT : UDAT_MEDIUM;
  UDateFormat *format = open_style (locale, UDAT_NONE, style, "UTC");

  if (format != NULL && g_str_has_prefix (variant, "read"))
    make_reader (format);

  return format;
}

/* @variant is the time zone. */
static gpointer
open_instant (const char *locale, const char *variant)
{
  return open_style (locale, UDAT_SHORT, UDAT_MEDIUM, *variant != '\0' ? variant : NULL);
}

static gpointer
open_full_instant (const char *locale, const char *variant)
{
  return open_style (locale, UDAT_SHORT, UDAT_FULL, *variant != '\0' ? variant : NULL);
}

static void
close_format (gpointer format)
{
  udat_close (format);
}

static char *
format_millis (UDateFormat *format, UDate millis)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[FORMAT_LENGTH];
  int32_t length = udat_format (format, millis, wide, FORMAT_LENGTH, NULL, &status);

  return U_SUCCESS (status) ? billing_utf16_to_utf8 (wide, length) : NULL;
}

static char *
format_day (const char *day, const char *locale, const char *style)
{
  UDateFormat *format = billing_locale_cache_get (&days, locale, style);
  char *text = NULL;

  if (format != NULL)
    text = format_millis (format, (UDate) billing_day_start (day, "UTC") * 1000);

  return text != NULL ? text : g_strdup (day);
}

static gboolean
read_style (const char *text, const char *locale, const char *style, char **day)
{
  UDateFormat *format = billing_locale_cache_get (&days, locale, style);
  UErrorCode status = U_ZERO_ERROR;
  int32_t length, position = 0;
  g_autofree UChar *wide = billing_utf16_from_utf8 (text, &length);
  BillingCivil civil;
  UDate millis;

  if (format == NULL)
    return FALSE;

  millis = udat_parse (format, wide, length, &position, &status);

  if (U_FAILURE (status) || position != length
      || !billing_calendar_from_instant ((gint64) (millis / 1000), "UTC", &civil)
      || civil.year < EARLIEST_YEAR)
    return FALSE;

  *day = g_strdup_printf ("%04d-%02d-%02d", civil.year, civil.month, civil.day);
  return TRUE;
}

/**
 * billing_day_parse:
 * @text: what a person wrote
 * @locale: (nullable): whose way of writing; the process's if %NULL
 * @day: (out) (transfer full): the day
 * @error: return location of a `BILLING_MODEL_ERROR_DAY`
 *
 * Reads a day as ISO 8601 or as it is written in @locale, short (`11/3/26`) or as
 * billing_day_format() writes it. Two digits of a year mean one within the last 80 years or the
 * next 20 (people were born long ago, and pay soon). A day that does not exist is refused.
 *
 * Returns: whether @text is a day
 */
gboolean
billing_day_parse (const char *text, const char *locale, char **day, GError **error)
{
  const char *name = billing_locale_resolve (locale, LC_TIME);
  g_autofree char *valid = NULL;
  g_autofree char *simple = NULL;
  g_autofree char *example = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  valid = g_utf8_make_valid (text, -1);
  simple = strip_directions (valid);

  if (billing_day_is_valid (simple)) {
    *day = g_steal_pointer (&simple);
    return TRUE;
  }

  if (read_style (simple, name, "read short", day) || read_style (simple, name, "read medium", day))
    return TRUE;

  example = format_day (EXAMPLE, name, "short");
  g_set_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_DAY,
               *simple == '\0' ? _("A date is missing. Write it like %s or %s")
                               : _("This is not a date. Write it like %s or %s"),
               example, EXAMPLE);
  return FALSE;
}

/**
 * billing_day_format:
 * @day: a valid day
 * @locale: (nullable): for whom; the process's locale if %NULL
 *
 * Returns: (transfer full): the day in words, such as `3 Nov 2026`, which billing_day_parse() reads
 */
char *
billing_day_format (const char *day, const char *locale)
{
  g_return_val_if_fail (billing_day_is_valid (day), NULL);

  return format_day (day, billing_locale_resolve (locale, LC_TIME), "medium");
}

static char *
format_instant (BillingLocaleCache *cache, gint64 instant, const char *time_zone,
                const char *locale)
{
  const char *name = billing_locale_resolve (locale, LC_TIME);
  UDateFormat *format
      = billing_locale_cache_get (cache, name, time_zone != NULL ? time_zone : "");
  char *text = format != NULL ? format_millis (format, (UDate) instant * 1000) : NULL;

  return text != NULL ? text : g_strdup_printf ("%" G_GINT64_FORMAT, instant);
}

/**
 * billing_instant_format:
 * @instant: an instant
 * @time_zone: (nullable): where
 * @locale: (nullable): for whom; the process's locale if %NULL
 *
 * Returns: (transfer full): the day and the time to the minute there
 */
char *
billing_instant_format (gint64 instant, const char *time_zone, const char *locale)
{
  return format_instant (&instants, instant, time_zone, locale);
}

/**
 * billing_instant_format_full:
 * @instant: an instant
 * @time_zone: (nullable): where
 * @locale: (nullable): for whom; the process's locale if %NULL
 *
 * Returns: (transfer full): as billing_instant_format(), with the day of the week and the month in words
 */
char *
billing_instant_format_full (gint64 instant, const char *time_zone, const char *locale)
{
  return format_instant (&full_instants, instant, time_zone, locale);
}
