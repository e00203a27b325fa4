/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-chart-entry"

#include "config.h"

#include "billing-chart-entry.h"

#include "billing-chart-text.h"

struct _BillingChartEntry {
  GtkButton parent_instance;

  /* Template widgets */
  GtkWidget *swatch;
  GtkLabel *name;
  GtkLabel *value;
};

G_DEFINE_FINAL_TYPE (BillingChartEntry, billing_chart_entry, GTK_TYPE_BUTTON)

static void
billing_chart_entry_class_init (BillingChartEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/charts/chart-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingChartEntry, name);
  gtk_widget_class_bind_template_child (widget_class, BillingChartEntry, swatch);
  gtk_widget_class_bind_template_child (widget_class, BillingChartEntry, value);
}

static void
billing_chart_entry_init (BillingChartEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
billing_chart_entry_new (void)
{
  return g_object_new (BILLING_TYPE_CHART_ENTRY, NULL);
}

/**
 * billing_chart_entry_set_point:
 * @self: an entry
 * @point: what it stands for
 * @css_class: gives its colour
 * @currency: (nullable): of its number; %NULL: a count
 */
void
billing_chart_entry_set_point (BillingChartEntry *self,
                               BillingChartPoint *point,
                               const char        *css_class,
                               const char        *currency)
{
  gint64 value = billing_chart_point_get_value (point, 0);
  g_autofree char *number = billing_chart_text_value (value, currency);
  g_autofree char *text = billing_chart_text_mark (point, 0, NULL, currency);

  gtk_widget_set_css_classes (self->swatch, (const char *[]) { "swatch", css_class, NULL });
  gtk_label_set_label (self->name, billing_chart_point_get_title (point));
  gtk_label_set_label (self->value, number);
  gtk_widget_set_sensitive (GTK_WIDGET (self), value != 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
