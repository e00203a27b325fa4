/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dashboard-text"

#include "config.h"

#include "billing-dashboard-text.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-money.h"
#include "billing-month.h"

#define THIS_MONTH (BILLING_DASHBOARD_MONTHS - 1)

char *
billing_dashboard_text_amount (const BillingDashboardSum *sum,
                               gint64                     amount)
{
  return billing_money_format (billing_money_new (amount, sum->currency), NULL);
}

/**
 * billing_dashboard_text_others:
 * @numbers: what the cards say
 * @member: which amount, as its offset in #BillingDashboardSum
 *
 * Returns: (transfer full): the amounts in other currencies than the practice's, which are never added to it
 */
char *
billing_dashboard_text_others (const BillingDashboardNumbers *numbers,
                               gsize                          member)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < numbers->others->len; i++)
    {
      const BillingDashboardSum *sum = numbers->others->pdata[i];
      gint64 amount = G_STRUCT_MEMBER (gint64, sum, member);
      g_autofree char *formatted = billing_dashboard_text_amount (sum, amount);

      if (amount == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append (text, formatted);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * billing_dashboard_text_refunded:
 * @numbers: what the cards say
 *
 * Returns: (transfer full): what of the collected money went back
 */
char *
billing_dashboard_text_refunded (const BillingDashboardNumbers *numbers)
{
  g_autofree char *amount = billing_dashboard_text_amount (&numbers->sum, numbers->sum.refunded);

  if (numbers->sum.refunded == 0)
    return g_strdup ("");

  /* TRANSLATORS: beside what was collected: “$1,210.00 refunded” */
  return g_strdup_printf (_("%s refunded"), amount);
}

char *
billing_dashboard_text_payments (gint64 n)
{
  return g_strdup_printf (ngettext ("%'" PRId64 " payment", "%'" PRId64 " payments", (gulong) n), n);
}

char *
billing_dashboard_text_overdue (gint64 n)
{
  if (n == 0)
    return g_strdup ("");

  return g_strdup_printf (ngettext ("%'" PRId64 " overdue", "%'" PRId64 " overdue", (gulong) n), n);
}

/**
 * billing_dashboard_get_trend:
 * @numbers: what the cards say
 * @percent: (out): by how much, without its sign
 *
 * Compares this month with as many days of the last one.
 *
 * Returns: where it goes; unknown if nothing came in then
 */
BillingDashboardTrend
billing_dashboard_get_trend (const BillingDashboardNumbers *numbers,
                             gint64                        *percent)
{
  BillingMoney now = billing_money_new (numbers->collected[THIS_MONTH], numbers->sum.currency);
  BillingMoney then = billing_money_new (numbers->last_month, numbers->sum.currency);
  BillingMoney difference;

  *percent = 0;
  if (then.minor <= 0 || !billing_money_subtract (now, then, &difference, NULL) ||
      !billing_money_scale (difference, 100, then.minor, &difference, NULL))
    return BILLING_DASHBOARD_TREND_UNKNOWN;

  *percent = ABS (difference.minor);
  if (difference.minor == 0)
    return BILLING_DASHBOARD_TREND_LEVEL;

  return difference.minor > 0 ? BILLING_DASHBOARD_TREND_UP : BILLING_DASHBOARD_TREND_DOWN;
}

static char *
describe_days (const BillingDashboardNumbers *numbers)
{
  g_autofree char *month =
    billing_month_format (numbers->months[THIS_MONTH - 1], BILLING_MONTH_NAME, NULL);

  if (numbers->n_days == 0)
    return g_steal_pointer (&month);

  if (numbers->n_days == 1)
    /* TRANSLATORS: the first day of a month: “the first of October” */
    return g_strdup_printf (_("the first of %s"), month);

  /* TRANSLATORS: a part of a month: “the first 22 days of October” */
  return g_strdup_printf (ngettext ("the first %d day of %s", "the first %d days of %s",
                                    (gulong) numbers->n_days), numbers->n_days, month);
}

/**
 * billing_dashboard_text_trend:
 * @numbers: what the cards say
 * @spoken: in words only, for a screen reader
 *
 * Returns: (transfer full): this month next to the last: “▲ 6 % on October”
 */
char *
billing_dashboard_text_trend (const BillingDashboardNumbers *numbers,
                              gboolean                       spoken)
{
  gint64 percent;
  BillingDashboardTrend trend = billing_dashboard_get_trend (numbers, &percent);
  g_autofree char *days = describe_days (numbers);

  switch (trend)
    {
    case BILLING_DASHBOARD_TREND_UP:
      /* TRANSLATORS: this month next to the last: “▲ 6 % on October” */
      return g_strdup_printf (spoken ? _("%" PRId64 " %% more than %s") : _("▲ %" PRId64 " %% on %s"),
                              percent, days);
    case BILLING_DASHBOARD_TREND_DOWN:
      return g_strdup_printf (spoken ? _("%" PRId64 " %% less than %s") : _("▼ %" PRId64 " %% on %s"),
                              percent, days);
    case BILLING_DASHBOARD_TREND_LEVEL:
      return g_strdup_printf (_("As much as %s"), days);
    case BILLING_DASHBOARD_TREND_UNKNOWN:
    default:
      return g_strdup ("");
    }
}
