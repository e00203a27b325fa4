/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-axis"

#include "config.h"

#include "billing-axis.h"

/* Beyond any sum of money; keeps a rounded end of the axis from overflowing. */
#define LIMIT (G_MAXINT64 / 16)

/* How many steps the axis needs on one side of zero. */
static gint64
count_steps (gint64 value,
             gint64 step)
{
  return value / step + (value % step != 0);
}

/* In halves of a power of ten, so that 2.5 is an integer too; there is no 2.5 of ones. */
static gboolean
find_step (gint64  power,
           int     nth,
           gint64  unit,
           gint64 *step)
{
  static const gint64 halves[] = { 2, 4, 5, 10 };

  *step = power * halves[nth] / 2;
  return power * halves[nth] % 2 == 0 && *step % unit == 0;
}

/**
 * billing_axis_init:
 * @axis: (out): the axis
 * @min: the least value to be shown
 * @max: the greatest
 * @unit: what every line is a multiple of: billing_money_step() of a currency, 1 for counts
 * @max_steps: how many steps there is room for, at least 2 where values are of both signs
 *
 * Finds the smallest round step with which the axis takes no more than @max_steps steps. Zero is always on it,
 * and it is never empty.
 */
void
billing_axis_init (BillingAxis *axis,
                   gint64       min,
                   gint64       max,
                   gint64       unit,
                   guint        max_steps)
{
  gint64 below = -CLAMP (min, -LIMIT, 0);
  gint64 above = CLAMP (max, 0, LIMIT);
  gint64 room = MAX (max_steps, (below > 0 && above > 0) ? 2 : 1);

  if (below == 0)
    above = MAX (above, unit);

  for (gint64 power = 1;; power *= 10)
    {
      for (int i = 0; i < 4; i++)
        {
          gint64 step;

          if (!find_step (power, i, unit, &step) ||
              count_steps (below, step) + count_steps (above, step) > room)
            continue;

          axis->step = step;
          axis->first = -count_steps (below, step) * step;
          axis->last = count_steps (above, step) * step;
          return;
        }
    }
}

/**
 * billing_axis_get_lines:
 * @axis: an axis
 *
 * Returns: how many lines it has, with its first and its last
 */
guint
billing_axis_get_lines (const BillingAxis *axis)
{
  return (guint) ((axis->last - axis->first) / axis->step) + 1;
}
