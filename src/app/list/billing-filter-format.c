/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-filter-format"

#include "config.h"

#include "billing-filter-format.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-format.h"
#include "billing-month.h"
#include "billing-text.h"

/* Whether the two days are the first and the last of as many first characters of them: of a month, of a year. */
static gboolean
is_all_of (const char *from,
           const char *to,
           gsize       length)
{
  g_autofree char *before = billing_day_add (from, -1);
  g_autofree char *after = billing_day_add (to, 1);

  return strncmp (from, to, length) == 0 && strncmp (before, from, length) != 0 && strncmp (after, to, length) != 0;
}

static char *
format_period (const char *from,
               const char *to)
{
  if (!billing_text_is_said (from) || !billing_text_is_said (to))
    return NULL;
  if (g_str_equal (from, to))
    return billing_format_day (NULL, from);
  if (is_all_of (from, to, strlen ("2026")))
    return g_strndup (from, strlen ("2026"));
  if (is_all_of (from, to, strlen ("2026-10")))
    {
      g_autofree char *month = billing_month_of (from);

      return billing_month_format (month, BILLING_MONTH_FULL, NULL);
    }

  return NULL;
}

static char *
format_range (const char *first,
              const char *last)
{
  if (!billing_text_is_said (first))
    /* TRANSLATORS: of days or amounts: “Due: until 3 Nov 2026” */
    return g_strdup_printf (_("until %s"), last);
  if (!billing_text_is_said (last))
    /* TRANSLATORS: of days or amounts: “Due: from 3 Nov 2026” */
    return g_strdup_printf (_("from %s"), first);

  return g_strdup_printf ("%s – %s", first, last);
}

/**
 * billing_filter_format_days:
 * @from: (nullable): the first day
 * @to: (nullable): the last; one of them is there
 *
 * Returns: (transfer full): them in words, such as “October 2026”
 */
char *
billing_filter_format_days (const char *from,
                            const char *to)
{
  g_autofree char *period = format_period (from, to);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (period != NULL)
    return g_steal_pointer (&period);

  first = billing_format_day (NULL, from);
  last = billing_format_day (NULL, to);
  return format_range (first, last);
}

/**
 * billing_filter_format_amounts:
 * @min: the lowest, -1: none
 * @max: the highest, -1: none
 * @currency: theirs
 *
 * Returns: (transfer full): them in words
 */
char *
billing_filter_format_amounts (gint64      min,
                               gint64      max,
                               const char *currency)
{
  g_autofree char *least = min >= 0 ? billing_format_money (NULL, min, currency) : NULL;
  g_autofree char *most = max >= 0 ? billing_format_money (NULL, max, currency) : NULL;

  return min == max ? g_steal_pointer (&least) : format_range (least, most);
}

static int
count_zeros (gint64 amount)
{
  int zeros = 0;

  for (; amount != 0 && amount % 10 == 0; amount /= 10)
    zeros++;

  return zeros;
}

/**
 * billing_filter_format_is_rounder:
 * @amount: in the smallest unit, from or until which somebody looks
 * @other: the one beside it
 *
 * From $100.00 and more than $99.99 are the same. What was written is the rounder one.
 */
gboolean
billing_filter_format_is_rounder (gint64 amount,
                                  gint64 other)
{
  return count_zeros (amount) > count_zeros (other);
}
