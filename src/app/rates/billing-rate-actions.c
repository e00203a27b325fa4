/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-actions"

#include "config.h"

#include "billing-rate-actions.h"

struct _BillingRateActions {
  GtkBox parent_instance;

  /* Template widgets (not owned) */
  GtkWidget *edit;
  GtkWidget *price;
  GtkWidget *retire;
  GtkWidget *restore;
};

G_DEFINE_FINAL_TYPE (BillingRateActions, billing_rate_actions, GTK_TYPE_BOX)

static void
billing_rate_actions_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_RATE_ACTIONS);

  G_OBJECT_CLASS (billing_rate_actions_parent_class)->dispose (object);
}

static void
billing_rate_actions_class_init (BillingRateActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_rate_actions_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/rates/rate-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRateActions, edit);
  gtk_widget_class_bind_template_child (widget_class, BillingRateActions, price);
  gtk_widget_class_bind_template_child (widget_class, BillingRateActions, restore);
  gtk_widget_class_bind_template_child (widget_class, BillingRateActions, retire);
}

static void
billing_rate_actions_init (BillingRateActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_rate_actions_new:
 * @rate: a billing rate
 *
 * Returns: (transfer floating): what can be done
 */
GtkWidget *
billing_rate_actions_new (BillingRate *rate)
{
  BillingRateActions *self = g_object_new (BILLING_TYPE_RATE_ACTIONS, NULL);
  GtkWidget *buttons[] = { self->edit, self->price, self->retire, self->restore };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "s", billing_record_get_id (BILLING_RECORD (rate)));
  gtk_widget_set_visible (self->retire, !rate->retired);
  gtk_widget_set_visible (self->restore, rate->retired);
  return GTK_WIDGET (self);
}
