/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-chart-mark.h"
#include "billing-chart-point.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CHART (billing_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (BillingChart, billing_chart, BILLING, CHART, GtkWidget)

/**
 * BillingChartClass:
 * @place: places the marks (billing_chart_place()) in a chart of this size, drawn from left to right
 * @draw: (nullable): draws what is behind them
 *
 * A chart of points. What it shows are marks, which are buttons: the pointer and the keyboard find them, each says its number,
 * and what they are is the accessible tree of the chart. Tab enters and leaves the chart as a whole; the arrows, Home and End
 * move within. Its own description has all its numbers.
 *
 * Signal: `activated` (#BillingChartPoint, guint series): a mark was clicked, or Enter or space pressed on it.
 * Signal: `changed`: it shows something else.
 */
struct _BillingChartClass {
  GtkWidgetClass parent_class;

  void (*place) (BillingChart *self,
                 int           width,
                 int           height);
  void (*draw)  (BillingChart *self,
                 GtkSnapshot  *snapshot);
};

/* For who shows one.  The property `title` is its accessible name. */
void        billing_chart_set_points     (BillingChart       *self,
                                          GPtrArray          *points);
void        billing_chart_set_series     (BillingChart       *self,
                                          const char * const *names,
                                          const char * const *css_classes);
void        billing_chart_set_currency   (BillingChart       *self,
                                          const char         *currency);
void        billing_chart_set_title      (BillingChart       *self,
                                          const char         *title);
void        billing_chart_set_empty_text (BillingChart       *self,
                                          const char         *text);

/* For its kinds. */
GPtrArray  *billing_chart_get_points      (BillingChart         *self);
guint       billing_chart_get_n_series    (BillingChart         *self);
const char *billing_chart_get_series_name (BillingChart         *self,
                                           guint                 series);
const char *billing_chart_get_css_class   (BillingChart         *self,
                                           guint                 point,
                                           guint                 series);
const char *billing_chart_get_currency    (BillingChart         *self);
gboolean    billing_chart_is_empty        (BillingChart         *self);
void        billing_chart_get_color       (BillingChart         *self,
                                           guint                 point,
                                           guint                 series,
                                           GdkRGBA              *color);
void        billing_chart_place           (BillingChart         *self,
                                           guint                 point,
                                           guint                 series,
                                           const GtkAllocation  *place,
                                           const GskRoundedRect *bar);
void        billing_chart_activate        (BillingChart         *self,
                                           guint                 point,
                                           guint                 series);

G_END_DECLS
