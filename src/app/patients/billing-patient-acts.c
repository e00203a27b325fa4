/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-patient-acts"

#include "config.h"

#include "billing-patient-acts.h"

#include <glib/gi18n.h>

#include "billing-actionable.h"
#include "billing-format.h"
#include "billing-payment.h"
#include "billing-wrap-layout.h"

struct _BillingPatientActs {
  GtkBox parent_instance;

  /* Template widgets (not owned) */
  GtkWidget *create;
  GtkWidget *statement;
  GtkWidget *contact;
  GtkWidget *merge;
  GtkMenuButton *credit;
};

G_DEFINE_FINAL_TYPE (BillingPatientActs, billing_patient_acts, GTK_TYPE_BOX)

static void
billing_patient_acts_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_PATIENT_ACTS);

  G_OBJECT_CLASS (billing_patient_acts_parent_class)->dispose (object);
}

static void
billing_patient_acts_class_init (BillingPatientActsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_patient_acts_dispose;
  g_type_ensure (BILLING_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/patients/patient-acts.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPatientActs, contact);
  gtk_widget_class_bind_template_child (widget_class, BillingPatientActs, create);
  gtk_widget_class_bind_template_child (widget_class, BillingPatientActs, credit);
  gtk_widget_class_bind_template_child (widget_class, BillingPatientActs, merge);
  gtk_widget_class_bind_template_child (widget_class, BillingPatientActs, statement);
}

static void
billing_patient_acts_init (BillingPatientActs *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The open payments for which the credit can be used, and giving it back. */
static GMenuModel *
build_credit_menu (const char *patient,
                   GPtrArray  *payments)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) back = g_menu_new ();
  g_autoptr (GMenuItem) refund = g_menu_item_new (_("Refund Credit…"), NULL);

  for (guint i = 0; i < payments->len; i++)
    {
      BillingPayment *payment = payments->pdata[i];
      g_autofree char *amount = billing_format_money (NULL, payment->amount, payment->currency);
      /* Translators: the number of a payment and its amount */
      g_autofree char *label = g_strdup_printf (_("Use for %s · %s…"), payment->number, amount);
      g_autoptr (GMenuItem) item = NULL;

      if (payment->status != BILLING_STATUS_PENDING && payment->status != BILLING_STATUS_FAILED &&
          payment->status != BILLING_STATUS_DRAFT)
        continue;

      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.use-credit", "s", billing_record_get_id (payments->pdata[i]));
      g_menu_append_item (open, item);
    }

  g_menu_item_set_action_and_target (refund, "win.refund-credit", "s", patient);
  g_menu_append_item (back, refund);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (back));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/**
 * billing_patient_acts_new:
 * @desk: who acts
 * @patient: a patient
 * @payments: (element-type BillingPayment): of theirs
 *
 * Returns: (transfer floating): what can be done
 */
GtkWidget *
billing_patient_acts_new (BillingDesk    *desk,
                          BillingPatient *patient,
                          GPtrArray      *payments)
{
  BillingPatientActs *self = g_object_new (BILLING_TYPE_PATIENT_ACTS, NULL);
  const char *id = billing_record_get_id (BILLING_RECORD (patient));
  g_autoptr (GMenuModel) menu = build_credit_menu (id, payments);

  billing_actionable_set_action (GTK_ACTIONABLE (self->create), "win.create-payment-for-patient", id);
  billing_actionable_set_action (GTK_ACTIONABLE (self->statement), "win.patient-statement", id);
  billing_actionable_set_action (GTK_ACTIONABLE (self->contact), "win.edit-patient", id);
  billing_actionable_set_action (GTK_ACTIONABLE (self->merge), "win.merge-patient", id);
  gtk_menu_button_set_menu_model (self->credit, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->credit), billing_patient_get_free_credit (patient) > 0);
  gtk_widget_set_visible (self->merge, billing_desk_may (desk, BILLING_VERB_PATIENT_MERGE));

  return GTK_WIDGET (self);
}
