/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-share-chart"

#include "config.h"

#include "billing-share-chart.h"

#define GAP 1
#define LEAST 4 /* pixels: what is there can be seen and clicked */
#define RADIUS 4.0f

struct _BillingShareChart {
  BillingChart parent_instance;
};

G_DEFINE_FINAL_TYPE (BillingShareChart, billing_share_chart, BILLING_TYPE_CHART)

static gint64
get_share (GPtrArray *points,
           guint      index)
{
  return MAX (0, billing_chart_point_get_value (points->pdata[index], 0));
}

/* Every part has its least; what is left is divided. */
static double
find_scale (GPtrArray *points,
            int        width)
{
  double sum = 0.0;
  int room = width;

  for (guint i = 0; i < points->len; i++)
    {
      sum += (double) get_share (points, i);
      room -= get_share (points, i) > 0 ? LEAST + GAP : 0;
    }

  return sum > 0.0 ? MAX (room, 0) / sum : 0.0;
}

static void
billing_share_chart_place (BillingChart *chart,
                           int           width,
                           int           height)
{
  GPtrArray *points = billing_chart_get_points (chart);
  double scale = find_scale (points, width);
  double x = 0.0;

  for (guint i = 0; i < points->len; i++)
    {
      double part = (double) get_share (points, i) * scale;
      GtkAllocation place = { (int) x, 0, 0, height };
      GskRoundedRect bar;

      if (get_share (points, i) > 0)
        {
          place.width = (int) (x + LEAST + part) - place.x;
          x += LEAST + GAP + part;
        }

      gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT ((float) place.x, 0.0f, (float) place.width,
                                                                  (float) height),
                                       MIN (RADIUS, (float) place.width / 2.0f));
      billing_chart_place (chart, i, 0, &place, &bar);
    }
}

static void
billing_share_chart_class_init (BillingShareChartClass *klass)
{
  BILLING_CHART_CLASS (klass)->place = billing_share_chart_place;
}

static void
billing_share_chart_init (BillingShareChart *self)
{
}

GtkWidget *
billing_share_chart_new (void)
{
  return g_object_new (BILLING_TYPE_SHARE_CHART, NULL);
}
