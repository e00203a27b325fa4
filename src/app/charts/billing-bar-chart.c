/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-bar-chart"

#include "config.h"

#include "billing-bar-chart.h"

#include <adwaita.h>
#include <math.h>

#include "billing-axis.h"
#include "billing-chart-text.h"
#include "billing-money.h"

#define SPACING 6.0
#define SWATCH 10.0
#define MAX_BAR 40.0
#define RADIUS 3.0f
#define ROW 26
#define MAX_LINES 6
#define GAP 0.15 /* of a place, on each side of its bars */

struct _BillingBarChart {
  BillingChart parent_instance;

  gboolean horizontal;
  gboolean stacked;

  /* Of the last allocation, as it is where people read from left to right. */
  BillingAxis axis;
  double left, top, right, bottom; /* of the plot */
};

typedef enum {
  PROP_HORIZONTAL = 1,
  PROP_STACKED,
} BillingBarChartProperty;

static GParamSpec *properties[PROP_STACKED + 1];

G_DEFINE_FINAL_TYPE (BillingBarChart, billing_bar_chart, BILLING_TYPE_CHART)

/* Texts. */

static PangoLayout *
create_layout (BillingBarChart *self,
               const char      *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static double
get_text_width (BillingBarChart *self,
                const char      *text)
{
  g_autoptr (PangoLayout) layout = create_layout (self, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static double
get_text_height (BillingBarChart *self)
{
  g_autoptr (PangoLayout) layout = create_layout (self, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static double
get_tick_width (BillingBarChart *self)
{
  double widest = 0.0;

  for (gint64 value = self->axis.first; value <= self->axis.last; value += self->axis.step)
    {
      g_autofree char *text =
        billing_chart_text_tick (value, billing_chart_get_currency (BILLING_CHART (self)));

      widest = MAX (widest, get_text_width (self, text));
    }

  return widest;
}

static double
get_label_width (BillingBarChart *self)
{
  GPtrArray *points = billing_chart_get_points (BILLING_CHART (self));
  double widest = 0.0;

  for (guint i = 0; i < points->len; i++)
    widest = MAX (widest, get_text_width (self, billing_chart_point_get_label (points->pdata[i])));

  return widest;
}

/* The axis. */

static void
find_ends (BillingBarChart *self,
           gint64          *min,
           gint64          *max)
{
  BillingChart *chart = BILLING_CHART (self);
  GPtrArray *points = billing_chart_get_points (chart);

  *min = *max = 0;
  for (guint i = 0; i < points->len; i++)
    {
      gint64 above = 0, below = 0;

      for (guint series = 0; series < billing_chart_get_n_series (chart); series++)
        {
          gint64 value = billing_chart_point_get_value (points->pdata[i], series);

          above = self->stacked ? above + MAX (value, 0) : MAX (above, value);
          below = self->stacked ? below + MIN (value, 0) : MIN (below, value);
        }
      *max = MAX (*max, above);
      *min = MIN (*min, below);
    }
}

static void
find_axis (BillingBarChart *self,
           double           room)
{
  const char *currency = billing_chart_get_currency (BILLING_CHART (self));
  gint64 unit = currency != NULL ? billing_money_step (currency) : 1;
  gint64 min, max;

  find_ends (self, &min, &max);
  billing_axis_init (&self->axis, min, max, unit, (guint) CLAMP (room, 1.0, MAX_LINES));
}

/* How far along the axis a value is, from 0 to 1. Only places on the screen are floating. */
static double
get_fraction (BillingBarChart *self,
              gint64           value)
{
  return (double) (value - self->axis.first) / (double) (self->axis.last - self->axis.first);
}

static double
get_place (BillingBarChart *self,
           gint64           value)
{
  if (self->horizontal)
    return self->left + get_fraction (self, value) * (self->right - self->left);

  return self->bottom - get_fraction (self, value) * (self->bottom - self->top);
}

/* Marks. */

static gboolean
has_legend (BillingBarChart *self)
{
  return billing_chart_get_n_series (BILLING_CHART (self)) > 1;
}

static void
find_plot (BillingBarChart *self,
           int              width,
           int              height)
{
  double line = get_text_height (self);

  self->top = has_legend (self) ? line + SPACING : ceil (line / 2.0);
  self->bottom = MAX (self->top + 1.0, height - line - SPACING / 2.0);
  if (self->horizontal)
    {
      self->left = MIN (get_label_width (self), width * 0.4) + SPACING;
      find_axis (self, (width - self->left) / (6.0 * line));
      self->right = width - get_tick_width (self) / 2.0;
    }
  else
    {
      find_axis (self, (self->bottom - self->top) / (1.6 * line));
      self->left = get_tick_width (self) + SPACING;
      self->right = width;
    }

  self->right = MAX (self->right, self->left + 1.0);
}

/* From @from to @to over the points, from @start to @end in values. */
static graphene_rect_t
make_rect (BillingBarChart *self,
           double           from,
           double           to,
           double           start,
           double           end)
{
  double low = MIN (start, end), high = MAX (start, end);
  graphene_rect_t rect;

  if (self->horizontal)
    graphene_rect_init (&rect, (float) low, (float) from, (float) (high - low), (float) (to - from));
  else
    graphene_rect_init (&rect, (float) from, (float) low, (float) (to - from), (float) (high - low));

  return rect;
}

/* Round where the value ends, square where it begins. */
static void
round_end (BillingBarChart *self,
           GskRoundedRect  *bar,
           gboolean         below_zero)
{
  float radius = MIN (RADIUS, MIN (bar->bounds.size.width, bar->bounds.size.height) / 2.0f);
  int first = self->horizontal ? (below_zero ? 3 : 1) : (below_zero ? 2 : 0);

  graphene_size_init (&bar->corner[first], radius, radius);
  graphene_size_init (&bar->corner[(first + 1) % 4], radius, radius);
}

static GtkAllocation
to_allocation (const graphene_rect_t *rect)
{
  int x = (int) rect->origin.x, y = (int) rect->origin.y;

  return (GtkAllocation) { x, y, (int) (rect->origin.x + rect->size.width) - x,
                           (int) (rect->origin.y + rect->size.height) - y };
}

/* Beside one another: each has the whole height of the chart to be found by the pointer. */
static void
place_grouped (BillingBarChart *self,
               guint            point,
               guint            series,
               double           start,
               double           size)
{
  BillingChart *chart = BILLING_CHART (self);
  guint n = billing_chart_get_n_series (chart);
  gint64 value =
    billing_chart_point_get_value (billing_chart_get_points (chart)->pdata[point], series);
  double thick = MIN (size * (1.0 - 2.0 * GAP) / n, MAX_BAR);
  double from = start + size / 2.0 + thick * (series - n / 2.0);
  double slot_from = series == 0 ? start : from;
  double slot_to = series == n - 1 ? start + size : from + thick;
  graphene_rect_t rect = make_rect (self, slot_from, slot_to, get_place (self, self->axis.first),
                                    get_place (self, self->axis.last));
  GtkAllocation place = to_allocation (&rect);
  GskRoundedRect bar = { make_rect (self, floor (from), floor (from + thick) - (n > 1 ? 1.0 : 0.0),
                                    get_place (self, 0), get_place (self, value)) };

  round_end (self, &bar, value < 0);
  billing_chart_place (chart, point, series, &place, &bar);
}

/* On one another: each is where it is drawn. */
static void
place_stacked (BillingBarChart *self,
               guint            point,
               guint            series,
               double           start,
               double           size,
               gint64          *above,
               gint64          *below)
{
  BillingChart *chart = BILLING_CHART (self);
  gint64 value =
    billing_chart_point_get_value (billing_chart_get_points (chart)->pdata[point], series);
  gint64 *base = value < 0 ? below : above;
  double thick = MIN (size * (1.0 - 2.0 * GAP), MAX_BAR);
  double middle = start + size / 2.0;
  double from = get_place (self, *base), to = get_place (self, *base + value);
  graphene_rect_t rect = make_rect (self, start, start + size, from, to);
  GtkAllocation place = to_allocation (&rect);
  GskRoundedRect bar = { make_rect (self, floor (middle - thick / 2.0), floor (middle + thick / 2.0),
                                    from, to) };

  *base += value;
  if (value == 0)
    place.width = 0;
  billing_chart_place (chart, point, series, &place, &bar);
}

static void
billing_bar_chart_place (BillingChart *chart,
                         int           width,
                         int           height)
{
  BillingBarChart *self = BILLING_BAR_CHART (chart);
  guint n = billing_chart_get_points (chart)->len;
  double start, size;

  find_plot (self, width, height);
  start = self->horizontal ? self->top : self->left;
  size = ((self->horizontal ? self->bottom : self->right) - start) / n;

  for (guint point = 0; point < n; point++, start += size)
    {
      gint64 above = 0, below = 0;

      for (guint series = 0; series < billing_chart_get_n_series (chart); series++)
        {
          if (self->stacked)
            place_stacked (self, point, series, start, size, &above, &below);
          else
            place_grouped (self, point, series, start, size);
        }
    }
}

/* What is drawn behind the marks. */

static gboolean
is_mirrored (BillingBarChart *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static void
get_color (BillingBarChart *self,
           float            alpha,
           GdkRGBA         *color)
{
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), color);
  color->alpha *= contrast ? MIN (1.0f, alpha * 2.0f) : alpha;
}

static void
draw_rect (BillingBarChart *self,
           GtkSnapshot     *snapshot,
           const GdkRGBA   *color,
           double           x,
           double           y,
           double           width,
           double           height)
{
  if (is_mirrored (self))
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;

  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

/* @align: 0: the text begins at @x, 0.5: it is around it, 1: it ends there. */
static void
draw_text (BillingBarChart *self,
           GtkSnapshot     *snapshot,
           const char      *text,
           double           x,
           double           y,
           double           align,
           double           room)
{
  g_autoptr (PangoLayout) layout = create_layout (self, text);
  GdkRGBA color;
  int width;

  if (room > 0.0)
    pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, &width, NULL);
  pango_layout_set_width (layout, width * PANGO_SCALE + PANGO_SCALE);
  x = CLAMP (x - width * align, 0.0, MAX (0, gtk_widget_get_width (GTK_WIDGET (self)) - width));
  if (is_mirrored (self))
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;

  get_color (self, 0.7f, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round (x), (float) round (y)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_axis (BillingBarChart *self,
           GtkSnapshot     *snapshot)
{
  const char *currency = billing_chart_get_currency (BILLING_CHART (self));
  double line = get_text_height (self);

  for (gint64 value = self->axis.first; value <= self->axis.last; value += self->axis.step)
    {
      g_autofree char *text = billing_chart_text_tick (value, currency);
      double place = floor (get_place (self, value));
      GdkRGBA color;

      get_color (self, value == 0 ? 0.4f : 0.15f, &color);
      if (self->horizontal)
        {
          draw_rect (self, snapshot, &color, place, self->top, 1.0, self->bottom - self->top);
          draw_text (self, snapshot, text, place, self->bottom + SPACING / 2.0, 0.5, 0.0);
        }
      else
        {
          draw_rect (self, snapshot, &color, self->left, place, self->right - self->left, 1.0);
          draw_text (self, snapshot, text, self->left - SPACING, place - line / 2.0, 1.0, 0.0);
        }
    }
}

/* As many as do not touch one another, with the last one's, which is what people look at first. */
static void
draw_labels (BillingBarChart *self,
             GtkSnapshot     *snapshot)
{
  GPtrArray *points = billing_chart_get_points (BILLING_CHART (self));
  double start = self->horizontal ? self->top : self->left;
  double size = ((self->horizontal ? self->bottom : self->right) - start) / points->len;
  double line = get_text_height (self);
  guint every = 1;

  if (!self->horizontal)
    every = (guint) MAX (1.0, ceil ((get_label_width (self) + SPACING / 2.0) / size));

  for (guint i = 0; i < points->len; i++)
    {
      const char *label = billing_chart_point_get_label (points->pdata[i]);
      double middle = start + (i + 0.5) * size;

      if ((points->len - 1 - i) % every != 0)
        continue;
      if (self->horizontal)
        draw_text (self, snapshot, label, self->left - SPACING, middle - line / 2.0, 1.0,
                   self->left - SPACING);
      else
        draw_text (self, snapshot, label, middle, self->bottom + SPACING / 2.0, 0.5, 0.0);
    }
}

static void
draw_legend (BillingBarChart *self,
             GtkSnapshot     *snapshot)
{
  BillingChart *chart = BILLING_CHART (self);
  double line = get_text_height (self);
  double x = self->horizontal ? 0.0 : self->left;

  for (guint series = 0; series < billing_chart_get_n_series (chart); series++)
    {
      const char *name = billing_chart_get_series_name (chart, series);
      GdkRGBA color;

      billing_chart_get_color (chart, 0, series, &color);
      draw_rect (self, snapshot, &color, x, (line - SWATCH) / 2.0, SWATCH, SWATCH);
      draw_text (self, snapshot, name, x + SWATCH + SPACING, 0.0, 0.0, 0.0);
      x += SWATCH + get_text_width (self, name) + 3.0 * SPACING;
    }
}

static void
billing_bar_chart_draw (BillingChart *chart,
                        GtkSnapshot  *snapshot)
{
  BillingBarChart *self = BILLING_BAR_CHART (chart);

  draw_axis (self, snapshot);
  draw_labels (self, snapshot);
  if (has_legend (self))
    draw_legend (self, snapshot);
}

static void
billing_bar_chart_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  BillingBarChart *self = BILLING_BAR_CHART (widget);
  int line = (int) get_text_height (self);
  int rows = (int) billing_chart_get_points (BILLING_CHART (self))->len;

  GTK_WIDGET_CLASS (billing_bar_chart_parent_class)->measure (widget, orientation, for_size, minimum,
                                                              natural, minimum_baseline,
                                                              natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  *minimum = MAX (*minimum, self->horizontal ? rows * line + 3 * line : 4 * line);
  *natural = MAX (*minimum, self->horizontal ? rows * ROW + 3 * line : 7 * line);
}

static void
billing_bar_chart_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BillingBarChart *self = BILLING_BAR_CHART (object);

  switch ((BillingBarChartProperty) id)
    {
    case PROP_HORIZONTAL:
      g_value_set_boolean (value, self->horizontal);
      break;
    case PROP_STACKED:
      g_value_set_boolean (value, self->stacked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
billing_bar_chart_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  BillingBarChart *self = BILLING_BAR_CHART (object);

  switch ((BillingBarChartProperty) id)
    {
    case PROP_HORIZONTAL:
      billing_bar_chart_set_horizontal (self, g_value_get_boolean (value));
      break;
    case PROP_STACKED:
      billing_bar_chart_set_stacked (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
billing_bar_chart_class_init (BillingBarChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = billing_bar_chart_get_property;
  object_class->set_property = billing_bar_chart_set_property;
  GTK_WIDGET_CLASS (klass)->measure = billing_bar_chart_measure;
  BILLING_CHART_CLASS (klass)->place = billing_bar_chart_place;
  BILLING_CHART_CLASS (klass)->draw = billing_bar_chart_draw;

  properties[PROP_HORIZONTAL] = g_param_spec_boolean ("horizontal", NULL, NULL, FALSE, flags);
  properties[PROP_STACKED] = g_param_spec_boolean ("stacked", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
billing_bar_chart_init (BillingBarChart *self)
{
}

GtkWidget *
billing_bar_chart_new (void)
{
  return g_object_new (BILLING_TYPE_BAR_CHART, NULL);
}

void
billing_bar_chart_set_horizontal (BillingBarChart *self,
                                  gboolean         horizontal)
{
  if (self->horizontal == horizontal)
    return;

  self->horizontal = horizontal;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HORIZONTAL]);
}

void
billing_bar_chart_set_stacked (BillingBarChart *self,
                               gboolean         stacked)
{
  if (self->stacked == stacked)
    return;

  self->stacked = stacked;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STACKED]);
}
