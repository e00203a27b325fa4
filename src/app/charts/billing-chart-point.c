/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-chart-point"

#include "config.h"

#include "billing-chart-point.h"

struct _BillingChartPoint {
  GObject parent_instance;

  char *key;                                /* (owned) */
  char *label;                              /* (owned) */
  char *title;                              /* (owned) */
  char *css_class;                          /* (owned) (nullable) */
  gint64 values[BILLING_CHART_MAX_SERIES];
};

G_DEFINE_FINAL_TYPE (BillingChartPoint, billing_chart_point, G_TYPE_OBJECT)

static void
billing_chart_point_finalize (GObject *object)
{
  BillingChartPoint *self = BILLING_CHART_POINT (object);

  g_free (self->key);
  g_free (self->label);
  g_free (self->title);
  g_free (self->css_class);

  G_OBJECT_CLASS (billing_chart_point_parent_class)->finalize (object);
}

static void
billing_chart_point_class_init (BillingChartPointClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_chart_point_finalize;
}

static void
billing_chart_point_init (BillingChartPoint *self)
{
}

/**
 * billing_chart_point_new:
 * @key: what its owner knows it by: `2026-11`, `paid`
 * @label: short, for the axis: “Nov”
 * @title: in whole words: “November 2026”
 * @value: its first number
 *
 * Returns: (transfer full): a point
 */
BillingChartPoint *
billing_chart_point_new (const char *key,
                         const char *label,
                         const char *title,
                         gint64      value)
{
  BillingChartPoint *self = g_object_new (BILLING_TYPE_CHART_POINT, NULL);

  self->key = g_strdup (key);
  self->label = g_strdup (label);
  self->title = g_strdup (title);
  self->values[0] = value;
  return self;
}

void
billing_chart_point_set_value (BillingChartPoint *self,
                               guint              series,
                               gint64             value)
{
  g_return_if_fail (series < BILLING_CHART_MAX_SERIES);

  self->values[series] = value;
}

/**
 * billing_chart_point_set_class:
 * @self: a point
 * @css_class: (nullable): the CSS class that gives its colour in place of the series'
 */
void
billing_chart_point_set_class (BillingChartPoint *self,
                               const char        *css_class)
{
  g_free (self->css_class);
  self->css_class = g_strdup (css_class);
}

const char *
billing_chart_point_get_key (BillingChartPoint *self)
{
  return self->key;
}

const char *
billing_chart_point_get_label (BillingChartPoint *self)
{
  return self->label;
}

const char *
billing_chart_point_get_title (BillingChartPoint *self)
{
  return self->title;
}

const char *
billing_chart_point_get_class (BillingChartPoint *self)
{
  return self->css_class;
}

gint64
billing_chart_point_get_value (BillingChartPoint *self,
                               guint              series)
{
  g_return_val_if_fail (series < BILLING_CHART_MAX_SERIES, 0);

  return self->values[series];
}
