/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-actions"

#include "config.h"

#include "billing-remittance-actions.h"

#include "billing-actionable.h"

struct _BillingRemittanceActions {
  GtkBox parent_instance;

  /* Template widgets (not owned) */
  GtkWidget *post;
  GtkWidget *look;
  GtkWidget *dismiss;
};

G_DEFINE_FINAL_TYPE (BillingRemittanceActions, billing_remittance_actions, GTK_TYPE_BOX)

static void
billing_remittance_actions_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_REMITTANCE_ACTIONS);

  G_OBJECT_CLASS (billing_remittance_actions_parent_class)->dispose (object);
}

static void
billing_remittance_actions_class_init (BillingRemittanceActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_remittance_actions_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/remittances/remittance-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceActions, dismiss);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceActions, look);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceActions, post);
}

static void
billing_remittance_actions_init (BillingRemittanceActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_remittance_actions_new:
 * @remittance: a remittance with open lines
 *
 * Returns: (transfer floating): what can be done
 */
GtkWidget *
billing_remittance_actions_new (BillingRemittance *remittance)
{
  BillingRemittanceActions *self = g_object_new (BILLING_TYPE_REMITTANCE_ACTIONS, NULL);
  const char *id = billing_record_get_id (BILLING_RECORD (remittance));

  billing_actionable_set_action (GTK_ACTIONABLE (self->post), "remittance.post", id);
  billing_actionable_set_action (GTK_ACTIONABLE (self->look), "remittance.look", id);
  billing_actionable_set_action (GTK_ACTIONABLE (self->dismiss), "remittance.dismiss", id);
  gtk_widget_set_visible (self->post, remittance->n_matched > 0);
  gtk_widget_set_visible (self->look, remittance->n_matched < remittance->n_open);
  return GTK_WIDGET (self);
}
