/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-chart"

#include "config.h"

#include "billing-chart.h"

#include <glib/gi18n.h>

#include "billing-chart-text.h"

typedef struct {
  GPtrArray *points;   /* (owned) (element-type BillingChartPoint) */
  GPtrArray *marks;    /* (element-type BillingChartMark): our children, by point and then by series */
  GtkWidget *reading;  /* what the mark under the pointer or with the focus says */
  GtkWidget *empty;    /* what stands in place of marks */
  char **names;        /* (owned) (nullable): of the series, where there are several */
  char **css_classes;  /* (owned) (nullable) */
  guint n_series;
  char *currency;      /* (owned) (nullable) */
  char *title;         /* (owned) (nullable) */
  GtkWidget *current;  /* (not owned) (nullable): the mark that Tab comes back to */
  GtkWidget *pointed;  /* (not owned) (nullable): the mark that is read */
} BillingChartPrivate;

typedef enum {
  PROP_TITLE = 1,
} BillingChartProperty;

static GParamSpec *properties[PROP_TITLE + 1];

enum { ACTIVATED, CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BillingChart, billing_chart, GTK_TYPE_WIDGET)

static const char * const usual_classes[] = { "series-1", "series-2", "series-3" };

static BillingChartPrivate *
get_priv (BillingChart *self)
{
  return billing_chart_get_instance_private (self);
}

/* What is read: the mark under the pointer, else the one with the keyboard's focus. */

static void
read_mark (BillingChart *self,
           GtkWidget    *mark)
{
  BillingChartPrivate *priv = get_priv (self);
  g_autofree char *text = NULL;

  priv->pointed = mark;
  gtk_widget_set_visible (priv->reading, mark != NULL);
  if (mark == NULL)
    return;

  text = billing_chart_text_mark (billing_chart_mark_get_point (BILLING_CHART_MARK (mark)),
                                  billing_chart_mark_get_series (BILLING_CHART_MARK (mark)),
                                  billing_chart_get_series_name (
                                    self, billing_chart_mark_get_series (BILLING_CHART_MARK (mark))),
                                  priv->currency);
  gtk_label_set_label (GTK_LABEL (priv->reading), text);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
state_cb (GtkWidget     *mark,
          GtkStateFlags  before,
          BillingChart  *self)
{
  GtkStateFlags flags = gtk_widget_get_state_flags (mark);
  GtkStateFlags reads = GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_VISIBLE;

  if (flags & GTK_STATE_FLAG_FOCUSED)
    get_priv (self)->current = mark;

  if (flags & reads)
    read_mark (self, mark);
  else if (get_priv (self)->pointed == mark)
    read_mark (self, NULL);
}

static void
clicked_cb (BillingChart *self,
            GtkButton    *button)
{
  BillingChartMark *mark = BILLING_CHART_MARK (button);

  g_signal_emit (self, signals[ACTIVATED], 0, billing_chart_mark_get_point (mark),
                 billing_chart_mark_get_series (mark));
}

/* Marks. */

static void
add_mark (BillingChart *self)
{
  BillingChartPrivate *priv = get_priv (self);
  GtkWidget *mark = billing_chart_mark_new ();

  g_signal_connect_object (mark, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mark, "state-flags-changed", G_CALLBACK (state_cb), self, 0);
  gtk_widget_insert_before (mark, GTK_WIDGET (self), priv->reading);
  g_ptr_array_add (priv->marks, mark);
}

static void
remove_last_mark (BillingChart *self)
{
  BillingChartPrivate *priv = get_priv (self);
  GtkWidget *mark = priv->marks->pdata[priv->marks->len - 1];

  if (priv->current == mark)
    priv->current = NULL;
  if (priv->pointed == mark)
    read_mark (self, NULL);
  gtk_widget_unparent (mark);
  g_ptr_array_set_size (priv->marks, (int) priv->marks->len - 1);
}

static void
set_mark (BillingChart *self,
          guint         index)
{
  BillingChartPrivate *priv = get_priv (self);
  GtkWidget *mark = priv->marks->pdata[index];
  guint point = index / priv->n_series;
  guint series = index % priv->n_series;
  g_autofree char *text =
    billing_chart_text_mark (priv->points->pdata[point], series,
                             billing_chart_get_series_name (self, series), priv->currency);

  billing_chart_mark_set (BILLING_CHART_MARK (mark), priv->points->pdata[point], series,
                          billing_chart_get_css_class (self, point, series));
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (priv->pointed == mark)
    read_mark (self, mark);
}

/* Marks are kept as long as there are so many: numbers that change do not take the focus away. */
static void
update (BillingChart *self)
{
  BillingChartPrivate *priv = get_priv (self);
  guint n = billing_chart_is_empty (self) ? 0 : priv->points->len * priv->n_series;
  g_autofree char *text = NULL;

  while (priv->marks->len > n)
    remove_last_mark (self);
  while (priv->marks->len < n)
    add_mark (self);
  for (guint i = 0; i < n; i++)
    set_mark (self, i);

  gtk_widget_set_visible (priv->empty, n == 0);
  if (n > 0)
    text = billing_chart_text_description (priv->points, (const char * const *) priv->names,
                                           priv->n_series, priv->currency);
  else
    text = g_strdup (gtk_label_get_label (GTK_LABEL (priv->empty)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Keys. */

static GtkWidget *
find_mark (BillingChart *self,
           int           from,
           int           step)
{
  BillingChartPrivate *priv = get_priv (self);

  for (int i = from; i >= 0 && i < (int) priv->marks->len; i += step)
    {
      if (gtk_widget_get_child_visible (priv->marks->pdata[i]))
        return priv->marks->pdata[i];
    }

  return NULL;
}

static gboolean
focus_mark (GtkWidget *mark)
{
  return mark != NULL && gtk_widget_grab_focus (mark);
}

static gboolean
home_end_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  BillingChart *self = BILLING_CHART (widget);
  gboolean to_end;

  g_variant_get (arguments, "b", &to_end);
  return focus_mark (to_end ? find_mark (self, (int) get_priv (self)->marks->len - 1, -1)
                            : find_mark (self, 0, 1));
}

static gboolean
enter (BillingChart *self)
{
  GtkWidget *current = get_priv (self)->current;

  if (current != NULL && gtk_widget_get_child_visible (current) && gtk_widget_grab_focus (current))
    return TRUE;

  return focus_mark (find_mark (self, 0, 1));
}

static gboolean
billing_chart_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  BillingChart *self = BILLING_CHART (widget);
  GtkWidget *focused = gtk_widget_get_focus_child (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int step = direction == (rtl ? GTK_DIR_RIGHT : GTK_DIR_LEFT) || direction == GTK_DIR_UP ? -1 : 1;
  guint index;

  if (focused == NULL)
    return enter (self);
  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD ||
      !g_ptr_array_find (get_priv (self)->marks, focused, &index))
    return FALSE;

  /* At the ends the focus stays. */
  focus_mark (find_mark (self, (int) index + step, step));
  return TRUE;
}

/* Places. */

static void
billing_chart_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  BillingChartPrivate *priv = get_priv (BILLING_CHART (widget));
  int height;

  gtk_widget_measure (priv->empty, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 80 : height;
  *natural = MAX (*minimum, orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : height);
}

/* Over its mark, within the chart. */
static void
place_reading (BillingChart *self,
               int           width,
               int           height)
{
  BillingChartPrivate *priv = get_priv (self);
  graphene_rect_t bounds;
  GtkAllocation place;
  int minimum;

  if (priv->pointed == NULL ||
      !gtk_widget_compute_bounds (priv->pointed, GTK_WIDGET (self), &bounds))
    return;

  gtk_widget_measure (priv->reading, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &place.width, NULL,
                      NULL);
  place.width = MAX (minimum, MIN (place.width, width));
  gtk_widget_measure (priv->reading, GTK_ORIENTATION_VERTICAL, place.width, &place.height, NULL,
                      NULL, NULL);
  place.x = (int) (bounds.origin.x + bounds.size.width / 2.0f) - place.width / 2;
  place.x = MAX (0, MIN (place.x, width - place.width));
  /* What is hardly higher than a line is not covered by one. */
  place.y = height >= 2 * place.height ? MAX (0, (int) bounds.origin.y) : -place.height - 2;
  gtk_widget_size_allocate (priv->reading, &place, -1);
}

static void
billing_chart_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  BillingChart *self = BILLING_CHART (widget);
  BillingChartPrivate *priv = get_priv (self);

  if (gtk_widget_get_visible (priv->empty))
    gtk_widget_size_allocate (priv->empty, &(GtkAllocation) { 0, 0, width, height }, -1);
  if (priv->marks->len > 0)
    BILLING_CHART_GET_CLASS (self)->place (self, width, height);
  if (gtk_widget_get_visible (priv->reading))
    place_reading (self, width, height);
}

static void
billing_chart_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  BillingChart *self = BILLING_CHART (widget);
  BillingChartClass *klass = BILLING_CHART_GET_CLASS (self);

  if (klass->draw != NULL && get_priv (self)->marks->len > 0)
    klass->draw (self, snapshot);

  GTK_WIDGET_CLASS (billing_chart_parent_class)->snapshot (widget, snapshot);
}

static void
billing_chart_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch ((BillingChartProperty) id)
    {
    case PROP_TITLE:
      billing_chart_set_title (BILLING_CHART (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
billing_chart_dispose (GObject *object)
{
  BillingChart *self = BILLING_CHART (object);
  BillingChartPrivate *priv = get_priv (self);

  while (priv->marks->len > 0)
    remove_last_mark (self);
  g_clear_pointer (&priv->reading, gtk_widget_unparent);
  g_clear_pointer (&priv->empty, gtk_widget_unparent);

  G_OBJECT_CLASS (billing_chart_parent_class)->dispose (object);
}

static void
billing_chart_finalize (GObject *object)
{
  BillingChartPrivate *priv = get_priv (BILLING_CHART (object));

  g_ptr_array_unref (priv->points);
  g_ptr_array_unref (priv->marks);
  g_strfreev (priv->names);
  g_strfreev (priv->css_classes);
  g_free (priv->currency);
  g_free (priv->title);

  G_OBJECT_CLASS (billing_chart_parent_class)->finalize (object);
}

static void
billing_chart_class_init (BillingChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = billing_chart_set_property;
  object_class->dispose = billing_chart_dispose;
  object_class->finalize = billing_chart_finalize;
  widget_class->focus = billing_chart_focus;
  widget_class->measure = billing_chart_measure;
  widget_class->size_allocate = billing_chart_size_allocate;
  widget_class->snapshot = billing_chart_snapshot;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS |
                                                  G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[ACTIVATED] = g_signal_new ("activated", BILLING_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 2, BILLING_TYPE_CHART_POINT,
                                     G_TYPE_UINT);
  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, home_end_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, home_end_cb, "b", TRUE);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
create_label (BillingChart *self,
              const char   *text,
              const char   *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_can_target (label, FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
billing_chart_init (BillingChart *self)
{
  BillingChartPrivate *priv = get_priv (self);

  priv->points = g_ptr_array_new_with_free_func (g_object_unref);
  priv->marks = g_ptr_array_new ();
  priv->n_series = 1;
  priv->empty = create_label (self, _("Nothing to show yet"), "dim-label");
  priv->reading = create_label (self, NULL, "reading");
  gtk_widget_set_visible (priv->reading, FALSE);
}

/**
 * billing_chart_set_points:
 * @self: a chart
 * @points: (element-type BillingChartPoint): what it shows; kept, not copied
 */
void
billing_chart_set_points (BillingChart *self,
                          GPtrArray    *points)
{
  BillingChartPrivate *priv = get_priv (self);

  g_ptr_array_ref (points);
  g_ptr_array_unref (priv->points);
  priv->points = points;
  update (self);
}

/**
 * billing_chart_set_series:
 * @self: a chart
 * @names: (nullable) (array zero-terminated=1): what the numbers of each point are called; %NULL: there is one
 * @css_classes: (nullable) (array zero-terminated=1): give their colours; usually `series-1` to `series-3`
 */
void
billing_chart_set_series (BillingChart       *self,
                          const char * const *names,
                          const char * const *css_classes)
{
  BillingChartPrivate *priv = get_priv (self);
  guint n_series = names != NULL ? g_strv_length ((char **) names) : 1;

  g_return_if_fail (n_series > 0 && n_series <= BILLING_CHART_MAX_SERIES);
  g_return_if_fail (css_classes == NULL || g_strv_length ((char **) css_classes) >= n_series);

  g_strfreev (priv->names);
  priv->names = g_strdupv ((char **) names);
  g_strfreev (priv->css_classes);
  priv->css_classes = g_strdupv ((char **) css_classes);
  priv->n_series = n_series;
  update (self);
}

/**
 * billing_chart_set_currency:
 * @self: a chart
 * @currency: (nullable): the numbers are minor units of this; %NULL: they are counts
 */
void
billing_chart_set_currency (BillingChart *self,
                            const char   *currency)
{
  BillingChartPrivate *priv = get_priv (self);

  if (g_strcmp0 (priv->currency, currency) == 0)
    return;

  g_free (priv->currency);
  priv->currency = g_strdup (currency);
  update (self);
}

void
billing_chart_set_title (BillingChart *self,
                         const char   *title)
{
  BillingChartPrivate *priv = get_priv (self);

  if (g_strcmp0 (priv->title, title) == 0)
    return;

  g_free (priv->title);
  priv->title = g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * billing_chart_set_empty_text:
 * @self: a chart
 * @text: what it says in place of bars where there is nothing to draw
 */
void
billing_chart_set_empty_text (BillingChart *self,
                              const char   *text)
{
  gtk_label_set_label (GTK_LABEL (get_priv (self)->empty), text);
  update (self);
}

GPtrArray *
billing_chart_get_points (BillingChart *self)
{
  return get_priv (self)->points;
}

guint
billing_chart_get_n_series (BillingChart *self)
{
  return get_priv (self)->n_series;
}

const char *
billing_chart_get_series_name (BillingChart *self,
                               guint         series)
{
  BillingChartPrivate *priv = get_priv (self);

  return priv->names != NULL ? priv->names[series] : NULL;
}

const char *
billing_chart_get_css_class (BillingChart *self,
                             guint         point,
                             guint         series)
{
  BillingChartPrivate *priv = get_priv (self);
  const char *of_point = billing_chart_point_get_class (priv->points->pdata[point]);

  if (of_point != NULL)
    return of_point;

  return priv->css_classes != NULL ? priv->css_classes[series] : usual_classes[series];
}

const char *
billing_chart_get_currency (BillingChart *self)
{
  return get_priv (self)->currency;
}

/**
 * billing_chart_is_empty:
 * @self: a chart
 *
 * Returns: whether all its numbers are zero
 */
gboolean
billing_chart_is_empty (BillingChart *self)
{
  BillingChartPrivate *priv = get_priv (self);

  for (guint i = 0; i < priv->points->len; i++)
    {
      for (guint series = 0; series < priv->n_series; series++)
        {
          if (billing_chart_point_get_value (priv->points->pdata[i], series) != 0)
            return FALSE;
        }
    }

  return TRUE;
}

/**
 * billing_chart_get_color:
 * @self: a chart with marks
 * @point: a point
 * @series: one of its numbers
 * @color: (out): what its mark is drawn in
 */
void
billing_chart_get_color (BillingChart *self,
                         guint         point,
                         guint         series,
                         GdkRGBA      *color)
{
  BillingChartPrivate *priv = get_priv (self);
  GtkWidget *mark = priv->marks->pdata[point * priv->n_series + series];

  gtk_style_context_get_color (gtk_widget_get_style_context (mark), color);
}

static void
mirror (const GtkAllocation *place,
        int                  width,
        GtkAllocation       *mirrored,
        GskRoundedRect      *bar)
{
  const graphene_size_t corners[] = { bar->corner[0], bar->corner[1], bar->corner[2],
                                      bar->corner[3] };

  mirrored->x = width - place->x - place->width;
  bar->bounds.origin.x = (float) place->width - bar->bounds.origin.x - bar->bounds.size.width;
  for (int i = 0; i < 4; i++)
    bar->corner[i] = corners[i ^ 1];
}

/**
 * billing_chart_place:
 * @self: a chart
 * @point: a point
 * @series: one of its numbers
 * @place: where its mark is, drawn from left to right; of no size: nowhere
 * @bar: what is drawn of it, likewise, in coordinates of the chart
 *
 * Places a mark. Where people read from right to left, it is mirrored.
 */
void
billing_chart_place (BillingChart         *self,
                     guint                 point,
                     guint                 series,
                     const GtkAllocation  *place,
                     const GskRoundedRect *bar)
{
  BillingChartPrivate *priv = get_priv (self);
  GtkWidget *mark = priv->marks->pdata[point * priv->n_series + series];
  GtkAllocation mirrored = *place;
  GskRoundedRect drawn = *bar;
  int minimum;

  gtk_widget_measure (mark, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_set_child_visible (mark, place->width > 0 && place->height > 0);
  if (place->width <= 0 || place->height <= 0)
    return;

  gsk_rounded_rect_offset (&drawn, (float) -place->x, (float) -place->y);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    mirror (place, gtk_widget_get_width (GTK_WIDGET (self)), &mirrored, &drawn);

  gtk_widget_size_allocate (mark, &mirrored, -1);
  billing_chart_mark_set_bar (BILLING_CHART_MARK (mark), &drawn);
}

/**
 * billing_chart_activate:
 * @self: a chart
 * @point: a point
 * @series: one of its numbers
 *
 * Does what a click on the mark does: for a legend.
 */
void
billing_chart_activate (BillingChart *self,
                        guint         point,
                        guint         series)
{
  BillingChartPrivate *priv = get_priv (self);

  g_return_if_fail (point < priv->points->len && series < priv->n_series);

  g_signal_emit (self, signals[ACTIVATED], 0, priv->points->pdata[point], series);
}
