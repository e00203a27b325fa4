/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BillingAxis:
 * @step: from one line to the next, 1, 2, 2.5 or 5 times a power of ten
 * @first: where the axis begins, 0 or a negative multiple of @step
 * @last: where it ends, a positive multiple of @step
 *
 * The lines of a chart's axis, in minor units or counts: all arithmetic is in integers.
 */
typedef struct {
  gint64 step;
  gint64 first;
  gint64 last;
} BillingAxis;

void  billing_axis_init      (BillingAxis       *axis,
                              gint64             min,
                              gint64             max,
                              gint64             unit,
                              guint              max_steps);
guint billing_axis_get_lines (const BillingAxis *axis);

G_END_DECLS
