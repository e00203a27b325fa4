/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-calendar"

#include "config.h"

#include "billing-calendar.h"

#include "billing-locale.h"

#include <float.h>

/* Days are counted from 1970-01-01, as instants are, which GDate knows by this number. */
#define JULIAN_EPOCH 719163

static gpointer
open_calendar (const char *locale, const char *variant)
{
  return billing_calendar_open (*variant != '\0' ? variant : NULL);
}

static void
close_calendar (gpointer calendar)
{
  ucal_close (calendar);
}

static BillingLocaleCache calendars = BILLING_LOCALE_CACHE_INIT (open_calendar, close_calendar);

static UCalendar *
get_calendar (const char *time_zone)
{
  return billing_locale_cache_get (&calendars, "", time_zone != NULL ? time_zone : "");
}

/**
 * billing_civil_is_valid:
 * @civil: a date and a time of day
 *
 * Returns: whether there is such a date, and such a time on some day
 */
gboolean
billing_civil_is_valid (const BillingCivil *civil)
{
  GDateMonth month = (GDateMonth) civil->month;
  GDateYear year = (GDateYear) civil->year;

  return civil->year >= 1 && civil->year <= 9999 && civil->month >= 1 && civil->month <= 12
         && civil->day >= 1 && civil->day <= g_date_get_days_in_month (month, year)
         && civil->hour >= 0 && civil->hour <= 23 && civil->minute >= 0 && civil->minute <= 59
         && civil->second >= 0 && civil->second <= 60;
}

/**
 * billing_civil_to_days:
 * @civil: a valid date
 *
 * Returns: how many days it is after 1970-01-01
 */
gint64
billing_civil_to_days (const BillingCivil *civil)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) civil->day, (GDateMonth) civil->month, (GDateYear) civil->year);

  return (gint64) g_date_get_julian (&date) - JULIAN_EPOCH;
}

/**
 * billing_civil_from_days:
 * @days: a number of days after 1970-01-01, of a day in the years 1 to 9999
 * @civil: (out caller-allocates): the date, at midnight
 *
 * The inverse of billing_civil_to_days().
 */
void
billing_civil_from_days (gint64 days, BillingCivil *civil)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (days + JULIAN_EPOCH));

  *civil = (BillingCivil) {
    .year = g_date_get_year (&date),
    .month = (int) g_date_get_month (&date),
    .day = g_date_get_day (&date),
  };
}

/**
 * billing_calendar_open:
 * @time_zone: (nullable): a time zone
 *
 * Opens ICU's calendar with our rules: Gregorian for all years, and where a clock is put forward
 * over a time, or back so that a time comes twice, the first instant that fits. So a day begins at
 * its first instant even where midnight does not exist.
 *
 * Returns: (transfer full) (nullable): the calendar
 */
UCalendar *
billing_calendar_open (const char *time_zone)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree UChar *zone = time_zone != NULL ? billing_utf16_from_utf8 (time_zone, NULL) : NULL;
  UCalendar *calendar = ucal_open (zone, -1, "en_US", UCAL_GREGORIAN, &status);

  if (U_FAILURE (status))
    return NULL;

  ucal_setGregorianChange (calendar, -DBL_MAX, &status);
  ucal_setAttribute (calendar, UCAL_SKIPPED_WALL_TIME, UCAL_WALLTIME_NEXT_VALID);
  ucal_setAttribute (calendar, UCAL_REPEATED_WALL_TIME, UCAL_WALLTIME_FIRST);

  return calendar;
}

/**
 * billing_calendar_to_instant:
 * @civil: a valid date and time
 * @time_zone: (nullable): where
 *
 * Returns: the instant
 */
gint64
billing_calendar_to_instant (const BillingCivil *civil, const char *time_zone)
{
  UCalendar *calendar = get_calendar (time_zone);
  UErrorCode status = U_ZERO_ERROR;
  UDate millis = 0;

  g_return_val_if_fail (calendar != NULL, 0);

  /* A leap second is the same Unix second as the one after it. */
  ucal_clear (calendar);
  ucal_setDateTime (calendar, civil->year, civil->month - 1, civil->day, civil->hour, civil->minute,
                    MIN (civil->second, 59), &status);
  millis = ucal_getMillis (calendar, &status);

  return (gint64) (millis / 1000) + (civil->second == 60 ? 1 : 0);
}

/**
 * billing_calendar_from_instant:
 * @instant: an instant
 * @time_zone: (nullable): where
 * @civil: (out caller-allocates): the date and time there
 *
 * Returns: whether that is in the years 1 to 9999
 */
gboolean
billing_calendar_from_instant (gint64 instant, const char *time_zone, BillingCivil *civil)
{
  UCalendar *calendar = get_calendar (time_zone);
  UErrorCode status = U_ZERO_ERROR;

  g_return_val_if_fail (calendar != NULL, FALSE);

  if (instant < BILLING_INSTANT_MIN || instant > BILLING_INSTANT_MAX)
    return FALSE;

  ucal_setMillis (calendar, (UDate) instant * 1000, &status);

  *civil = (BillingCivil) {
    .year = ucal_get (calendar, UCAL_EXTENDED_YEAR, &status),
    .month = ucal_get (calendar, UCAL_MONTH, &status) + 1,
    .day = ucal_get (calendar, UCAL_DAY_OF_MONTH, &status),
    .hour = ucal_get (calendar, UCAL_HOUR_OF_DAY, &status),
    .minute = ucal_get (calendar, UCAL_MINUTE, &status),
    .second = ucal_get (calendar, UCAL_SECOND, &status),
  };

  return U_SUCCESS (status) && billing_civil_is_valid (civil);
}
