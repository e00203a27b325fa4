/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-chart-text"

#include "config.h"

#include "billing-chart-text.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-money.h"

/**
 * billing_chart_text_value:
 * @value: minor units, or a count
 * @currency: (nullable): of the amount; %NULL: a count
 *
 * Returns: (transfer full): the number, in full
 */
char *
billing_chart_text_value (gint64      value,
                          const char *currency)
{
  if (currency != NULL)
    return billing_money_format (billing_money_new (value, currency), NULL);

  return g_strdup_printf ("%'" PRId64, value);
}

/**
 * billing_chart_text_tick:
 * @value: minor units, or a count
 * @currency: (nullable): of the amount; %NULL: a count
 *
 * Returns: (transfer full): the number, as short as an axis needs it
 */
char *
billing_chart_text_tick (gint64      value,
                         const char *currency)
{
  if (currency != NULL)
    return billing_money_format_short (value, currency, NULL);

  return billing_chart_text_value (value, NULL);
}

/**
 * billing_chart_text_mark:
 * @point: a point
 * @series: which of its numbers
 * @series_name: (nullable): what that is called
 * @currency: (nullable): of the amount; %NULL: a count
 *
 * Returns: (transfer full): what one bar says: “November 2026: $250.00”
 */
char *
billing_chart_text_mark (BillingChartPoint *point,
                         guint              series,
                         const char        *series_name,
                         const char        *currency)
{
  g_autofree char *value =
    billing_chart_text_value (billing_chart_point_get_value (point, series), currency);

  if (series_name == NULL)
    /* TRANSLATORS: what a bar of a chart stands for, and its number: “November 2026: $250.00” */
    return g_strdup_printf (_("%s: %s"), billing_chart_point_get_title (point), value);

  /* TRANSLATORS: a bar of a chart, which of the bars there it is, and its number: “November 2026, Refunded: $250.00” */
  return g_strdup_printf (_("%s, %s: %s"), billing_chart_point_get_title (point), series_name, value);
}

/**
 * billing_chart_text_description:
 * @points: (element-type BillingChartPoint): the points
 * @series_names: (nullable) (array zero-terminated=1): what their numbers are called, where there are several
 * @n_series: how many numbers each has
 * @currency: (nullable): of the amounts; %NULL: counts
 *
 * Returns: (transfer full): all numbers of a chart, for who does not see it
 */
char *
billing_chart_text_description (GPtrArray          *points,
                                const char * const *series_names,
                                guint               n_series,
                                const char         *currency)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < points->len; i++)
    {
      for (guint series = 0; series < n_series; series++)
        {
          g_autofree char *mark =
            billing_chart_text_mark (points->pdata[i], series,
                                     series_names != NULL ? series_names[series] : NULL, currency);

          if (text->len > 0)
            g_string_append (text, "; ");
          g_string_append (text, mark);
        }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
