/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-registration-actions"

#include "config.h"

#include "billing-tax-registration-actions.h"

#include "billing-tax-end-dialog.h"
#include "billing-tax.h"

struct _BillingTaxRegistrationActions {
  GtkBox parent_instance;

  /* Template widgets. */
  GtkWidget *end_button;

  BillingTaxRegistration *registration; /* (owned) */
  BillingDesk *desk;                    /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingTaxRegistrationActions, billing_tax_registration_actions, GTK_TYPE_BOX)

static void
end_cb (BillingTaxRegistrationActions *self)
{
  GtkWindow *dialog = billing_tax_end_dialog_new (self->desk, self->registration);

  gtk_window_set_transient_for (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (dialog);
}

static void
billing_tax_registration_actions_dispose (GObject *object)
{
  BillingTaxRegistrationActions *self = BILLING_TAX_REGISTRATION_ACTIONS (object);

  g_clear_object (&self->registration);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_tax_registration_actions_parent_class)->dispose (object);
}

static void
billing_tax_registration_actions_class_init (BillingTaxRegistrationActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_tax_registration_actions_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/tax-registration-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegistrationActions, end_button);
  gtk_widget_class_bind_template_callback (widget_class, end_cb);
}

static void
billing_tax_registration_actions_init (BillingTaxRegistrationActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_tax_registration_actions_new:
 * @registration: what they are of
 * @desk: who looks at it
 *
 * Returns: (transfer floating): its buttons
 */
GtkWidget *
billing_tax_registration_actions_new (BillingTaxRegistration *registration,
                                      BillingDesk            *desk)
{
  BillingTaxRegistrationActions *self = g_object_new (BILLING_TYPE_TAX_REGISTRATION_ACTIONS, NULL);
  const char *status = billing_tax_registration_get_status (registration, g_get_real_time () / G_USEC_PER_SEC);
  gboolean may = billing_desk_may (desk, BILLING_VERB_TAX_END);
  g_autofree char *refusal = may ? NULL : billing_verb_refusal (BILLING_VERB_TAX_END, billing_desk_get_person (desk)->role);

  self->registration = g_object_ref (registration);
  self->desk = g_object_ref (desk);
  gtk_widget_set_visible (self->end_button, !g_str_equal (status, "expired"));
  gtk_widget_set_sensitive (self->end_button, may);
  gtk_widget_set_tooltip_text (self->end_button, refusal);
  return GTK_WIDGET (self);
}
