/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-period"

#include "config.h"

#include "billing-report-period.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "billing-day.h"

/* The first day of a month, counted from year 0. */
static char *
get_first_day (int month)
{
  return g_strdup_printf ("%04d-%02d-01", month / 12, month % 12 + 1);
}

/**
 * billing_report_period_get_days:
 * @period: a period
 * @today: a day
 * @from: (out) (transfer full): its first day
 * @to: (out) (transfer full): its last day
 *
 * Returns: %FALSE for a period that has its days from somebody
 */
gboolean
billing_report_period_get_days (BillingReportPeriod   period,
                                const char           *today,
                                char                **from,
                                char                **to)
{
  g_autofree char *next = NULL;
  int year, month, first, n_months;

  *from = *to = NULL;
  if (period == BILLING_REPORT_PERIOD_CUSTOM || sscanf (today, "%d-%d", &year, &month) != 2)
    return FALSE;

  month += year * 12 - 1;
  switch (period)
    {
    case BILLING_REPORT_PERIOD_LAST_MONTH:
      first = month - 1, n_months = 1;
      break;
    case BILLING_REPORT_PERIOD_THIS_QUARTER:
      first = month - month % 3, n_months = 3;
      break;
    case BILLING_REPORT_PERIOD_THIS_YEAR:
      first = year * 12, n_months = 12;
      break;
    case BILLING_REPORT_PERIOD_TWELVE_MONTHS:
      first = month - 11, n_months = 12;
      break;
    case BILLING_REPORT_PERIOD_THIS_MONTH:
    case BILLING_REPORT_PERIOD_CUSTOM:
    default:
      first = month, n_months = 1;
      break;
    }

  *from = get_first_day (first);
  next = get_first_day (first + n_months);
  *to = billing_day_add (next, -1);
  return TRUE;
}

/**
 * billing_report_period_describe:
 * @from: (nullable): the first day
 * @to: (nullable): the last day
 *
 * Returns: (transfer full): the days, for people
 */
char *
billing_report_period_describe (const char *from,
                                const char *to)
{
  g_autofree char *first = from != NULL ? billing_day_format (from, NULL) : NULL;
  g_autofree char *last = to != NULL ? billing_day_format (to, NULL) : NULL;

  if (first != NULL && last != NULL)
    /* Translators: two days */
    return g_strdup_printf (_("%s to %s"), first, last);
  if (first != NULL)
    /* Translators: a day */
    return g_strdup_printf (_("since %s"), first);
  if (last != NULL)
    /* Translators: a day */
    return g_strdup_printf (_("until %s"), last);

  return g_strdup (_("of all time"));
}
