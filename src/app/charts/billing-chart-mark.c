/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-chart-mark"

#include "config.h"

#include "billing-chart-mark.h"

#include <adwaita.h>

#define HATCH 6.0f

struct _BillingChartMark {
  GtkButton parent_instance;

  BillingChartPoint *point; /* (owned) (nullable) */
  guint series;
  char *css_class;          /* (owned) (nullable) */
  GskRoundedRect bar;       /* in our own coordinates */
};

G_DEFINE_FINAL_TYPE (BillingChartMark, billing_chart_mark, GTK_TYPE_BUTTON)

/* In high contrast every bar has an outline, and the series differ by more than their colour: all but the first are striped. */
static void
append_stripes (BillingChartMark *self,
                GtkSnapshot      *snapshot,
                const GdkRGBA    *color)
{
  const GdkRGBA clear = { color->red, color->green, color->blue, 0.0f };
  const GskColorStop stops[] = { { 0.0f, *color }, { 0.5f, *color }, { 0.5f, clear }, { 1.0f, clear } };
  const graphene_rect_t *bounds = &self->bar.bounds;
  graphene_point_t end = bounds->origin;

  end.y += HATCH;
  end.x += self->series == 1 ? HATCH : -HATCH;
  gtk_snapshot_append_repeating_linear_gradient (snapshot, bounds, &bounds->origin, &end, stops,
                                                 G_N_ELEMENTS (stops));
}

/* In the colour of the chart's text */
static void
append_outline (BillingChartMark *self,
                GtkSnapshot      *snapshot)
{
  const float widths[] = { 1.0f, 1.0f, 1.0f, 1.0f };
  GtkWidget *chart = gtk_widget_get_parent (GTK_WIDGET (self));
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (chart), &color);
  gtk_snapshot_append_border (snapshot, &self->bar, widths,
                              (const GdkRGBA[]) { color, color, color, color });
}

static void
append_bar (BillingChartMark *self,
            GtkSnapshot      *snapshot,
            const GdkRGBA    *color)
{
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  gboolean striped = contrast && self->series > 0;

  gtk_snapshot_push_rounded_clip (snapshot, &self->bar);
  if (striped)
    append_stripes (self, snapshot, color);
  else
    gtk_snapshot_append_color (snapshot, color, &self->bar.bounds);
  gtk_snapshot_pop (snapshot);

  if (contrast)
    append_outline (self, snapshot);
}

static void
billing_chart_mark_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  BillingChartMark *self = BILLING_CHART_MARK (widget);
  GdkRGBA color;

  if (self->bar.bounds.size.width <= 0.0f || self->bar.bounds.size.height <= 0.0f)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  append_bar (self, snapshot, &color);
}

static void
billing_chart_mark_finalize (GObject *object)
{
  BillingChartMark *self = BILLING_CHART_MARK (object);

  g_clear_object (&self->point);
  g_free (self->css_class);

  G_OBJECT_CLASS (billing_chart_mark_parent_class)->finalize (object);
}

static void
billing_chart_mark_class_init (BillingChartMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_chart_mark_finalize;
  widget_class->snapshot = billing_chart_mark_snapshot;
  gtk_widget_class_set_css_name (widget_class, "mark");
}

static void
billing_chart_mark_init (BillingChartMark *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_VISIBLE);
}

GtkWidget *
billing_chart_mark_new (void)
{
  return g_object_new (BILLING_TYPE_CHART_MARK, NULL);
}

/**
 * billing_chart_mark_set:
 * @self: a mark
 * @point: what it stands for
 * @series: which of the point's numbers
 * @css_class: gives its colour
 */
void
billing_chart_mark_set (BillingChartMark  *self,
                        BillingChartPoint *point,
                        guint              series,
                        const char        *css_class)
{
  g_set_object (&self->point, point);
  self->series = series;

  if (g_strcmp0 (self->css_class, css_class) == 0)
    return;

  if (self->css_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->css_class);
  g_free (self->css_class);
  self->css_class = g_strdup (css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
}

BillingChartPoint *
billing_chart_mark_get_point (BillingChartMark *self)
{
  return self->point;
}

guint
billing_chart_mark_get_series (BillingChartMark *self)
{
  return self->series;
}

/**
 * billing_chart_mark_set_bar:
 * @self: a mark
 * @bar: what is drawn of it, within it
 */
void
billing_chart_mark_set_bar (BillingChartMark     *self,
                            const GskRoundedRect *bar)
{
  self->bar = *bar;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
