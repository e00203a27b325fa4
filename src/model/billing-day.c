/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-day"

#include "config.h"

#include "billing-day.h"

#include "billing-calendar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* FHIR's own limit: https://hl7.org/fhir/datatypes.html#dateTime */
#define MAX_OFFSET_HOURS 14

/* How much of a date is written. */
typedef enum { PRECISION_NONE, PRECISION_YEAR, PRECISION_MONTH, PRECISION_DAY } Precision;

/* Reads exactly @n_digits. */
static gboolean
read_number (const char **text, int n_digits, int *number)
{
  int result = 0;

  for (int i = 0; i < n_digits; i++) {
    if (!g_ascii_isdigit ((*text)[i]))
      return FALSE;

    result = result * 10 + ((*text)[i] - '0');
  }

  *text += n_digits;
  *number = result;
  return TRUE;
}

static gboolean
read_after (const char **text, char separator, int *number)
{
  const char *start = *text + 1;

  if (**text != separator || !read_number (&start, 2, number))
    return FALSE;

  *text = start;
  return TRUE;
}

/* Reads YYYY, YYYY-MM or YYYY-MM-DD, and leaves @text behind it. */
static Precision
read_date (const char **text, BillingCivil *civil)
{
  Precision precision = PRECISION_YEAR;

  *civil = (BillingCivil) { .month = 1, .day = 1 };

  if (!read_number (text, 4, &civil->year))
    return PRECISION_NONE;

  if (read_after (text, '-', &civil->month)) {
    precision = PRECISION_MONTH;

    if (read_after (text, '-', &civil->day))
      precision = PRECISION_DAY;
  }

  return billing_civil_is_valid (civil) ? precision : PRECISION_NONE;
}

/* Reads hh:mm:ss and what there is of fractions, which are dropped. */
static gboolean
read_time (const char **text, BillingCivil *civil)
{
  if (!read_number (text, 2, &civil->hour) || !read_after (text, ':', &civil->minute)
      || !read_after (text, ':', &civil->second))
    return FALSE;

  if (**text == '.') {
    gsize n_digits = strspn (*text + 1, "0123456789");

    *text += n_digits + 1;
    if (n_digits == 0)
      return FALSE;
  }

  return billing_civil_is_valid (civil);
}

/* Reads Z or ±hh:mm, as seconds east of Greenwich. */
static gboolean
read_offset (const char **text, gint64 *offset)
{
  char sign = **text;
  int hours = 0, minutes = 0;

  if (sign == '\0' || strchr ("Z+-", sign) == NULL)
    return FALSE;

  (*text)++;
  if (sign != 'Z'
      && (!read_number (text, 2, &hours) || !read_after (text, ':', &minutes) || minutes > 59
          || hours * 60 + minutes > MAX_OFFSET_HOURS * 60))
    return FALSE;

  *offset = (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
  return TRUE;
}

static gboolean
read_instant (const char *text, const char *time_zone, gint64 *instant)
{
  BillingCivil civil;
  Precision precision = read_date (&text, &civil);
  gint64 offset = 0;

  if (precision == PRECISION_NONE)
    return FALSE;

  if (*text == '\0') {
    *instant = billing_calendar_to_instant (&civil, time_zone);
    return TRUE;
  }

  if (precision != PRECISION_DAY || *text != 'T')
    return FALSE;

  text++;
  if (!read_time (&text, &civil) || !read_offset (&text, &offset) || *text != '\0')
    return FALSE;

  *instant = billing_civil_to_days (&civil) * 86400 + civil.hour * 3600 + civil.minute * 60
             + civil.second - offset;
  return TRUE;
}

static gboolean
read_day (const char *day, BillingCivil *civil)
{
  return day != NULL && read_date (&day, civil) == PRECISION_DAY && *day == '\0';
}

static char *
write_day (const BillingCivil *civil)
{
  return g_strdup_printf ("%04d-%02d-%02d", civil->year, civil->month, civil->day);
}

/**
 * billing_time_zone_is_known:
 * @time_zone: (nullable): a text
 *
 * Returns: whether it names a time zone, such as `America/New_York` or `UTC`
 */
gboolean
billing_time_zone_is_known (const char *time_zone)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[64], canonical[64];
  UBool is_system = FALSE;
  gsize length = time_zone != NULL ? strlen (time_zone) : 0;

  if (length == 0 || length >= G_N_ELEMENTS (wide) || !g_str_is_ascii (time_zone))
    return FALSE;

  for (gsize i = 0; i <= length; i++)
    wide[i] = (UChar) time_zone[i];

  ucal_getCanonicalTimeZoneID (wide, -1, canonical, G_N_ELEMENTS (canonical), &is_system, &status);

  return U_SUCCESS (status) && is_system && !g_str_equal (time_zone, "Etc/Unknown");
}

/**
 * billing_day_is_valid:
 * @day: (nullable): a text
 *
 * Returns: whether it is a whole day, `YYYY-MM-DD`
 */
gboolean
billing_day_is_valid (const char *day)
{
  BillingCivil civil;

  return read_day (day, &civil);
}

/**
 * billing_day_from_instant:
 * @instant: an instant
 * @time_zone: (nullable): where
 *
 * Returns: (transfer full) (nullable): the day it is there, or %NULL outside of the years 1 to 9999
 */
char *
billing_day_from_instant (gint64 instant, const char *time_zone)
{
  BillingCivil civil;

  return billing_calendar_from_instant (instant, time_zone, &civil) ? write_day (&civil) : NULL;
}

/**
 * billing_day_today:
 * @time_zone: (nullable): where
 *
 * Returns: (transfer full): the day it is there now
 */
char *
billing_day_today (const char *time_zone)
{
  return billing_day_from_instant (g_get_real_time () / G_USEC_PER_SEC, time_zone);
}

/**
 * billing_day_start:
 * @day: a valid day
 * @time_zone: (nullable): where
 *
 * Returns: the first instant of the day there, which is not midnight where clocks are put forward
 *   over it
 */
gint64
billing_day_start (const char *day, const char *time_zone)
{
  BillingCivil civil;

  g_return_val_if_fail (read_day (day, &civil), 0);

  return billing_calendar_to_instant (&civil, time_zone);
}

/**
 * billing_day_add:
 * @day: a valid day
 * @days: a number of days, which may be negative
 *
 * Returns: (transfer full) (nullable): the day so many days later, or %NULL outside of the years 1
 *   to 9999
 */
char *
billing_day_add (const char *day, int days)
{
  const gint64 first = BILLING_INSTANT_MIN / 86400;
  const gint64 last = BILLING_INSTANT_MAX / 86400;
  BillingCivil civil;
  gint64 number;

  g_return_val_if_fail (read_day (day, &civil), NULL);

  number = billing_civil_to_days (&civil) + days;
  if (number < first || number > last)
    return NULL;

  billing_civil_from_days (number, &civil);
  return write_day (&civil);
}

/**
 * billing_day_difference:
 * @a: a valid day
 * @b: a valid day
 *
 * Returns: @a - @b: the number of days from @b to @a, positive if @a is later
 */
gint64
billing_day_difference (const char *a, const char *b)
{
  BillingCivil civil_a, civil_b;

  g_return_val_if_fail (read_day (a, &civil_a), 0);
  g_return_val_if_fail (read_day (b, &civil_b), 0);

  return billing_civil_to_days (&civil_a) - billing_civil_to_days (&civil_b);
}

/**
 * billing_day_parse_partial:
 * @text: a FHIR date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
 * @day: (out) (transfer full): the same, with the precision it has
 * @error: return location of a `BILLING_MODEL_ERROR_DAY`
 *
 * Checks a date that may not be known to the day, such as a birth date.
 *
 * Returns: whether @text is a date
 */
gboolean
billing_day_parse_partial (const char *text, char **day, GError **error)
{
  const char *end = text;
  BillingCivil civil;

  g_return_val_if_fail (text != NULL, FALSE);

  if (read_date (&end, &civil) == PRECISION_NONE || *end != '\0') {
    g_set_error_literal (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_DAY,
                         _("This is not a date. Write it like 1970-12-31, 1970-12 or 1970"));
    return FALSE;
  }

  *day = g_strdup (text);
  return TRUE;
}

/**
 * billing_instant_parse:
 * @text: a FHIR date, dateTime or instant
 * @time_zone: (nullable): where dates without a time are
 * @instant: (out): the instant; the first of the year, month or day if there is no more
 * @error: return location of a `BILLING_MODEL_ERROR_DAY`
 *
 * Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` and `YYYY-MM-DDThh:mm:ss`, with or without fractions of
 * the second, which are dropped, with `Z` or `±hh:mm`, as FHIR requires it with a time. A leap
 * second is accepted, and is the second after it.
 *
 * Returns: whether @text is one
 */
gboolean
billing_instant_parse (const char *text, const char *time_zone, gint64 *instant, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);

  if (read_instant (text, time_zone, instant))
    return TRUE;

  g_set_error_literal (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_DAY,
                       _("This is not a date and time. Write it like 2026-12-31T09:00:00Z"));
  return FALSE;
}
