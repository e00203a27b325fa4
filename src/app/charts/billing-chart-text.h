/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-chart-point.h"

G_BEGIN_DECLS

/*
 * What charts say: pure functions.
 */

char *billing_chart_text_value       (gint64              value,
                                      const char         *currency);
char *billing_chart_text_tick        (gint64              value,
                                      const char         *currency);
char *billing_chart_text_mark        (BillingChartPoint  *point,
                                      guint               series,
                                      const char         *series_name,
                                      const char         *currency);
char *billing_chart_text_description (GPtrArray          *points,
                                      const char * const *series_names,
                                      guint               n_series,
                                      const char         *currency);

G_END_DECLS
