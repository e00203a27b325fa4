/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-patients"

#include "config.h"

#include "billing-window-private.h"

#include "billing-books.h"
#include "billing-collect-dialog.h"
#include "billing-contact-dialog.h"
#include "billing-credit-dialog.h"
#include "billing-duplicates-window.h"
#include "billing-merge-dialog.h"
#include "billing-payment.h"

/* What is done about patients from wherever they are shown. One row by its key is read before the dialog is there. */

static gpointer
find (BillingWindow *self,
      GType          type,
      const char    *name)
{
  g_autoptr (GError) error = NULL;
  BillingRecord *record = billing_desk_find_of (self->desk, type, name, &error);

  if (record == NULL)
    _billing_window_warn (self, error->message);
  return record;
}

static void
edit_patient_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (BillingPatient) patient = NULL;

  if (!_billing_window_may (self, BILLING_VERB_PATIENT_EDIT))
    return;

  patient = find (self, BILLING_TYPE_PATIENT, g_variant_get_string (parameter, NULL));
  if (patient != NULL)
    _billing_window_present (self, billing_contact_dialog_new (self->desk, patient));
}

static void
merge_patient_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (BillingPatient) patient = NULL;

  if (!_billing_window_may (self, BILLING_VERB_PATIENT_MERGE))
    return;

  patient = find (self, BILLING_TYPE_PATIENT, g_variant_get_string (parameter, NULL));
  if (patient != NULL)
    _billing_window_present (self, billing_merge_dialog_new (self->desk, patient, NULL));
}

/* Two who may be one: the second has been there longer, and stays unless somebody says otherwise. */
static void
merge_patients_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (BillingPatient) first = NULL;
  g_autoptr (BillingPatient) second = NULL;
  const char *first_name, *second_name;

  if (!_billing_window_may (self, BILLING_VERB_PATIENT_MERGE))
    return;

  g_variant_get (parameter, "(&s&s)", &first_name, &second_name);
  first = find (self, BILLING_TYPE_PATIENT, first_name);
  second = first != NULL ? find (self, BILLING_TYPE_PATIENT, second_name) : NULL;
  if (second != NULL)
    _billing_window_present (self, billing_merge_dialog_new (self->desk, second, first));
}

static void
show_duplicates_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_PATIENT_MERGE))
    _billing_window_present (self, billing_duplicates_window_new (self->desk));
}

static void
refund_credit_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (BillingPatient) patient = NULL;

  if (!_billing_window_may (self, BILLING_VERB_CREDIT_REFUND))
    return;

  patient = find (self, BILLING_TYPE_PATIENT, g_variant_get_string (parameter, NULL));
  if (patient != NULL)
    _billing_window_present (self, billing_credit_dialog_new (self->desk, patient));
}

static void
use_credit_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (BillingPayment) payment = NULL;
  g_autoptr (BillingPatient) patient = NULL;

  if (!_billing_window_may (self, BILLING_VERB_PAYMENT_COLLECT))
    return;

  payment = find (self, BILLING_TYPE_PAYMENT, g_variant_get_string (parameter, NULL));
  patient = payment != NULL ? find (self, BILLING_TYPE_PATIENT, payment->patient_id) : NULL;
  if (patient != NULL)
    _billing_window_present (self, billing_collect_dialog_new_by_credit (self->desk, payment,
                                                                         billing_patient_get_free_credit (patient)));
}

void
_billing_window_install_patient_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.edit-patient", "s", edit_patient_action);
  gtk_widget_class_install_action (widget_class, "win.merge-patient", "s", merge_patient_action);
  gtk_widget_class_install_action (widget_class, "win.merge-patients", "(ss)", merge_patients_action);
  gtk_widget_class_install_action (widget_class, "win.refund-credit", "s", refund_credit_action);
  gtk_widget_class_install_action (widget_class, "win.show-duplicates", NULL, show_duplicates_action);
  gtk_widget_class_install_action (widget_class, "win.use-credit", "s", use_credit_action);
}
