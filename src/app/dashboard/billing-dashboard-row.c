/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dashboard-row"

#include "config.h"

#include "billing-dashboard-row.h"

struct _BillingDashboardRow {
  GtkButton parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *count;
  GtkLabel *amount;
};

typedef enum {
  PROP_TITLE = 1,
} BillingDashboardRowProperty;

static GParamSpec *properties[PROP_TITLE + 1];

G_DEFINE_FINAL_TYPE (BillingDashboardRow, billing_dashboard_row, GTK_TYPE_BUTTON)

static void
set_title (BillingDashboardRow *self,
           const char          *title)
{
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
billing_dashboard_row_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  switch ((BillingDashboardRowProperty) id)
    {
    case PROP_TITLE:
      set_title (BILLING_DASHBOARD_ROW (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
billing_dashboard_row_class_init (BillingDashboardRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = billing_dashboard_row_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dashboard/dashboard-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDashboardRow, amount);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboardRow, count);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboardRow, title);
}

static void
billing_dashboard_row_init (BillingDashboardRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_dashboard_row_set_text:
 * @self: a row
 * @count: how many
 * @amount: how much
 * @spoken: what a screen reader says of it
 */
void
billing_dashboard_row_set_text (BillingDashboardRow *self,
                                const char          *count,
                                const char          *amount,
                                const char          *spoken)
{
  gtk_label_set_label (self->count, count);
  gtk_label_set_label (self->amount, amount);
  gtk_widget_set_visible (GTK_WIDGET (self->count), *count != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->amount), *amount != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken,
                                  -1);
}
