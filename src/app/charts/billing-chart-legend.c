/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-chart-legend"

#include "config.h"

#include "billing-chart-legend.h"

#include "billing-chart-entry.h"

struct _BillingChartLegend {
  GtkGrid parent_instance;

  BillingChart *chart; /* (owned) (nullable) */
  GSignalGroup *watch; /* (owned) */
  GPtrArray *entries;  /* (owned) (element-type BillingChartEntry): our children */
  guint rows;
};

typedef enum {
  PROP_CHART = 1,
  PROP_ROWS,
} BillingChartLegendProperty;

static GParamSpec *properties[PROP_ROWS + 1];

G_DEFINE_FINAL_TYPE (BillingChartLegend, billing_chart_legend, GTK_TYPE_GRID)

static void
clicked_cb (BillingChartLegend *self,
            GtkWidget          *entry)
{
  guint index;

  if (g_ptr_array_find (self->entries, entry, &index))
    billing_chart_activate (self->chart, index, 0);
}

static void
add_entry (BillingChartLegend *self)
{
  GtkWidget *entry = billing_chart_entry_new ();
  int index = (int) self->entries->len;

  g_signal_connect_object (entry, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->entries, entry);
  gtk_grid_attach (GTK_GRID (self), entry, index / (int) self->rows, index % (int) self->rows, 1, 1);
}

static void
remove_last_entry (BillingChartLegend *self)
{
  gtk_grid_remove (GTK_GRID (self), self->entries->pdata[self->entries->len - 1]);
  g_ptr_array_set_size (self->entries, (int) self->entries->len - 1);
}

/* Entries are kept as long as there are so many: numbers that change do not take the focus away. */
static void
update (BillingChartLegend *self)
{
  GPtrArray *points = self->chart != NULL ? billing_chart_get_points (self->chart) : NULL;
  guint n = points != NULL ? points->len : 0;

  while (self->entries->len > n)
    remove_last_entry (self);
  while (self->entries->len < n)
    add_entry (self);
  for (guint i = 0; i < n; i++)
    billing_chart_entry_set_point (self->entries->pdata[i], points->pdata[i],
                                   billing_chart_get_css_class (self->chart, i, 0),
                                   billing_chart_get_currency (self->chart));
}

/* Tab leaves it as a whole, the arrows move within, as in the chart. */
static gboolean
billing_chart_legend_focus (GtkWidget        *widget,
                            GtkDirectionType  direction)
{
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (is_tab && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  return GTK_WIDGET_CLASS (billing_chart_legend_parent_class)->focus (widget, direction);
}

static void
billing_chart_legend_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  BillingChartLegend *self = BILLING_CHART_LEGEND (object);

  switch ((BillingChartLegendProperty) id)
    {
    case PROP_CHART:
      billing_chart_legend_set_chart (self, g_value_get_object (value));
      break;
    case PROP_ROWS:
      self->rows = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
billing_chart_legend_dispose (GObject *object)
{
  BillingChartLegend *self = BILLING_CHART_LEGEND (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->chart);

  G_OBJECT_CLASS (billing_chart_legend_parent_class)->dispose (object);
}

static void
billing_chart_legend_finalize (GObject *object)
{
  g_ptr_array_unref (BILLING_CHART_LEGEND (object)->entries);

  G_OBJECT_CLASS (billing_chart_legend_parent_class)->finalize (object);
}

static void
billing_chart_legend_class_init (BillingChartLegendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = billing_chart_legend_set_property;
  object_class->dispose = billing_chart_legend_dispose;
  object_class->finalize = billing_chart_legend_finalize;
  GTK_WIDGET_CLASS (klass)->focus = billing_chart_legend_focus;

  properties[PROP_CHART] = g_param_spec_object ("chart", NULL, NULL, BILLING_TYPE_CHART, flags);
  properties[PROP_ROWS] = g_param_spec_uint ("rows", NULL, NULL, 1, 100, 5,
                                             flags | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
billing_chart_legend_init (BillingChartLegend *self)
{
  self->entries = g_ptr_array_new ();
  self->watch = g_signal_group_new (BILLING_TYPE_CHART);
  g_signal_group_connect_swapped (self->watch, "changed", G_CALLBACK (update), self);
}

void
billing_chart_legend_set_chart (BillingChartLegend *self,
                                BillingChart       *chart)
{
  if (!g_set_object (&self->chart, chart))
    return;

  g_signal_group_set_target (self->watch, chart);
  update (self);
}
