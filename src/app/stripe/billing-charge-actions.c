/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-charge-actions"

#include "config.h"

#include "billing-charge-actions.h"

struct _BillingChargeActions {
  GtkBox parent_instance;

  /* Template widgets */
  GtkWidget *nobody; /* (not owned) */
  GtkWidget *assign_button; /* (not owned) */
  GtkWidget *owner_box; /* (not owned) */
  GtkWidget *payment_button; /* (not owned) */
  GtkWidget *patient_button; /* (not owned) */

  char *uri; /* (owned) (nullable): in Stripe's dashboard */
};

G_DEFINE_FINAL_TYPE (BillingChargeActions, billing_charge_actions, GTK_TYPE_BOX)

static void
open_cb (BillingChargeActions *self)
{
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->uri, GDK_CURRENT_TIME);
}

static void
show_button (GtkWidget  *button,
             const char *id)
{
  gtk_widget_set_visible (button, id != NULL);
  /* Without one, the action would not fit. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id != NULL ? id : "");
}

static char *
make_uri (BillingCharge *charge,
          gboolean       is_test)
{
  const char *id = charge->payment_intent != NULL ? charge->payment_intent : billing_record_get_id (BILLING_RECORD (charge));
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strdup_printf ("https://dashboard.stripe.com/%spayments/%s", is_test ? "test/" : "", escaped);
}

static void
billing_charge_actions_finalize (GObject *object)
{
  g_free (BILLING_CHARGE_ACTIONS (object)->uri);

  G_OBJECT_CLASS (billing_charge_actions_parent_class)->finalize (object);
}

static void
billing_charge_actions_class_init (BillingChargeActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_charge_actions_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/stripe/charge-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, assign_button);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, nobody);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, owner_box);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, patient_button);
  gtk_widget_class_bind_template_child (widget_class, BillingChargeActions, payment_button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
billing_charge_actions_init (BillingChargeActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_charge_actions_new:
 * @charge: a charge
 * @is_test: which of Stripe's dashboards it stands in
 *
 * Returns: (transfer floating): its buttons
 */
GtkWidget *
billing_charge_actions_new (BillingCharge *charge,
                            gboolean       is_test)
{
  BillingChargeActions *self = g_object_new (BILLING_TYPE_CHARGE_ACTIONS, NULL);
  gboolean can_assign = charge->patient_id == NULL && g_strcmp0 (charge->status, "succeeded") == 0;

  self->uri = make_uri (charge, is_test);
  gtk_widget_set_visible (self->nobody, can_assign);
  show_button (self->assign_button, can_assign ? billing_record_get_id (BILLING_RECORD (charge)) : NULL);
  show_button (self->payment_button, charge->payment_id);
  show_button (self->patient_button, charge->patient_id);
  gtk_widget_set_visible (self->owner_box, charge->patient_id != NULL);
  return GTK_WIDGET (self);
}
