/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payout-schedule"

#include "config.h"

#include "billing-payout.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "billing-day.h"

/* When Stripe pays out by itself. */

static const char * const intervals[] = {
  [BILLING_PAYOUT_INTERVAL_UNKNOWN] = NULL,
  [BILLING_PAYOUT_INTERVAL_MANUAL] = "manual",
  [BILLING_PAYOUT_INTERVAL_DAILY] = "daily",
  [BILLING_PAYOUT_INTERVAL_WEEKLY] = "weekly",
  [BILLING_PAYOUT_INTERVAL_MONTHLY] = "monthly",
};

/* By the numbers of g_date_get_weekday(); Stripe pays out on the first five of them. */
static const struct {
  const char *word;
  const char *label;
} weekdays[] = {
  { NULL, NULL },
  { "monday", N_("Monday") },
  { "tuesday", N_("Tuesday") },
  { "wednesday", N_("Wednesday") },
  { "thursday", N_("Thursday") },
  { "friday", N_("Friday") },
};

#define LAST_MONTH_DAY 31

/* Longer than any wait for the next day of a month. */
#define MAX_DAYS_AHEAD 62

/**
 * billing_payout_weekday_get_word:
 * @weekday: from 1, Monday
 *
 * Returns: (nullable): Stripe's word for it; %NULL where Stripe never pays out
 */
const char *
billing_payout_weekday_get_word (guint weekday)
{
  return weekday < G_N_ELEMENTS (weekdays) ? weekdays[weekday].word : NULL;
}

/**
 * billing_payout_weekday_get_label:
 * @weekday: from 1, Monday
 *
 * Returns: (nullable): its name, translated
 */
const char *
billing_payout_weekday_get_label (guint weekday)
{
  return billing_payout_weekday_get_word (weekday) != NULL ? _(weekdays[weekday].label) : NULL;
}

static BillingPayoutInterval
find_interval (const char *word)
{
  for (guint i = 1; i < G_N_ELEMENTS (intervals); i++)
    {
      if (g_strcmp0 (intervals[i], word) == 0)
        return i;
    }

  return BILLING_PAYOUT_INTERVAL_UNKNOWN;
}

static guint
read_weekdays (char **words)
{
  guint bits = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      for (guint day = 1; day < G_N_ELEMENTS (weekdays); day++)
        bits |= g_str_equal (weekdays[day].word, g_strstrip (words[i])) ? 1u << day : 0;
    }

  return bits;
}

static guint32
read_month_days (char **words)
{
  guint32 bits = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint64 day;

      if (g_ascii_string_to_unsigned (g_strstrip (words[i]), 10, 1, LAST_MONTH_DAY, &day, NULL))
        bits |= (guint32) 1 << day;
    }

  return bits;
}

/**
 * billing_payout_schedule_new:
 * @interval: (nullable): Stripe's word: manual, daily, weekly, monthly
 * @weekdays_text: (nullable): weekly: Stripe's words for the days, separated by commas
 * @month_days: (nullable): monthly: the days of the month, separated by commas
 *
 * Returns: (transfer full): the schedule; words that nobody knows are left out
 */
BillingPayoutSchedule *
billing_payout_schedule_new (const char *interval,
                             const char *weekdays_text,
                             const char *month_days)
{
  BillingPayoutSchedule *self = g_new0 (BillingPayoutSchedule, 1);
  g_auto (GStrv) week = g_strsplit (weekdays_text != NULL ? weekdays_text : "", ",", -1);
  g_auto (GStrv) month = g_strsplit (month_days != NULL ? month_days : "", ",", -1);

  self->interval = find_interval (interval);
  self->word = g_strdup (interval);
  self->weekdays = read_weekdays (week);
  self->month_days = read_month_days (month);
  self->delay_days = -1;
  return self;
}

void
billing_payout_schedule_free (BillingPayoutSchedule *self)
{
  g_free (self->word);
  g_free (self->minimums);
  g_free (self->descriptor);
  g_free (self);
}

/* In a month that has no such day, its last one. */
static gboolean
is_month_day (guint32      month_days,
              const GDate *date)
{
  guint last = g_date_get_days_in_month (g_date_get_month (date), g_date_get_year (date));

  for (guint day = 1; day <= LAST_MONTH_DAY; day++)
    {
      if ((month_days & ((guint32) 1 << day)) != 0 && MIN (day, last) == g_date_get_day (date))
        return TRUE;
    }

  return FALSE;
}

static gboolean
pays_out_on (BillingPayoutSchedule *self,
             const GDate           *date)
{
  switch (self->interval)
    {
    case BILLING_PAYOUT_INTERVAL_DAILY:
      return g_date_get_weekday (date) <= G_DATE_FRIDAY;
    case BILLING_PAYOUT_INTERVAL_WEEKLY:
      return (self->weekdays & (1u << g_date_get_weekday (date))) != 0;
    case BILLING_PAYOUT_INTERVAL_MONTHLY:
      return is_month_day (self->month_days, date);
    case BILLING_PAYOUT_INTERVAL_UNKNOWN:
    case BILLING_PAYOUT_INTERVAL_MANUAL:
    default:
      return FALSE;
    }
}

/**
 * billing_payout_schedule_next:
 * @self: a schedule
 * @day: from which money is available, an ISO day
 *
 * Returns: (transfer full) (nullable): the first day from then on on which Stripe pays out; %NULL: not by itself, or not known.
 *   Stripe knows bank holidays, and this does not.
 */
char *
billing_payout_schedule_next (BillingPayoutSchedule *self,
                              const char            *day)
{
  int year, month, month_day;
  GDate date;

  if (!billing_day_is_valid (day) || sscanf (day, "%4d-%2d-%2d", &year, &month, &month_day) != 3)
    return NULL;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) month_day, (GDateMonth) month, (GDateYear) year);
  for (int i = 0; i < MAX_DAYS_AHEAD; i++)
    {
      if (pays_out_on (self, &date))
        return billing_day_add (day, i);
      g_date_add_days (&date, 1);
    }

  return NULL;
}

static char *
list_weekdays (guint bits)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint day = 1; day < G_N_ELEMENTS (weekdays); day++)
    {
      if ((bits & (1u << day)) != 0)
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", _(weekdays[day].label));
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
list_month_days (guint32 bits)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint day = 1; day <= LAST_MONTH_DAY; day++)
    {
      if ((bits & ((guint32) 1 << day)) != 0)
        g_string_append_printf (list, "%s%u", list->len > 0 ? ", " : "", day);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * billing_payout_schedule_describe:
 * @self: a schedule
 *
 * Returns: (transfer full): it in words
 */
char *
billing_payout_schedule_describe (BillingPayoutSchedule *self)
{
  g_autofree char *week = list_weekdays (self->weekdays);
  g_autofree char *month = list_month_days (self->month_days);

  switch (self->interval)
    {
    case BILLING_PAYOUT_INTERVAL_MANUAL:
      return g_strdup (_("Only by hand"));
    case BILLING_PAYOUT_INTERVAL_DAILY:
      return g_strdup (_("Every working day"));
    case BILLING_PAYOUT_INTERVAL_WEEKLY:
      /* TRANSLATORS: days of the week: “Monday, Thursday” */
      return *week != '\0' ? g_strdup_printf (_("Every week: %s"), week) : g_strdup (_("Every week"));
    case BILLING_PAYOUT_INTERVAL_MONTHLY:
      /* TRANSLATORS: days of the month: “1, 15” */
      return *month != '\0' ? g_strdup_printf (_("Every month, on day %s"), month) : g_strdup (_("Every month"));
    case BILLING_PAYOUT_INTERVAL_UNKNOWN:
    default:
      return g_strdup (self->word != NULL ? self->word : _("Not known"));
    }
}
