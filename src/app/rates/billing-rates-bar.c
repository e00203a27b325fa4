/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rates-bar"

#include "config.h"

#include "billing-rates-bar.h"

struct _BillingRatesBar {
  GtkBox parent_instance;

  GtkDropDown *status; /* Template widget (not owned) */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingRatesBar, billing_rates_bar, GTK_TYPE_BOX)

/* In the order of the dropdown. */
static const char * const statuses[] = { "current", "retired", NULL };

static void
changed_cb (BillingRatesBar *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
billing_rates_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_RATES_BAR);

  G_OBJECT_CLASS (billing_rates_bar_parent_class)->dispose (object);
}

static void
billing_rates_bar_class_init (BillingRatesBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_rates_bar_dispose;
  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_RATES_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/rates/rates-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRatesBar, status);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
billing_rates_bar_init (BillingRatesBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
billing_rates_bar_apply (BillingRatesBar *self,
                         BillingQuery    *query)
{
  g_object_set (query, "status", statuses[gtk_drop_down_get_selected (self->status)], NULL);
}

/* Those that are retired are out of the way as long as nobody asks for them. */
gboolean
billing_rates_bar_is_active (BillingRatesBar *self)
{
  return gtk_drop_down_get_selected (self->status) == 1;
}

void
billing_rates_bar_clear (BillingRatesBar *self)
{
  gtk_drop_down_set_selected (self->status, 2);
}
