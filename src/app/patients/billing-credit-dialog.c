/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-credit-dialog"

#include "config.h"

#include "billing-credit-dialog.h"

#include <glib/gi18n.h>

#include "billing-entry.h"
#include "billing-format.h"
#include "billing-message-bar.h"
#include "billing-money-row.h"
#include "billing-status.h"

struct _BillingCreditDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkLabel *who;
  BillingMoneyRow *amount_row;
  AdwComboRow *tender_row;
  AdwEntryRow *notes_row;

  BillingPatient *patient; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingCreditDialog, billing_credit_dialog, BILLING_TYPE_DIALOG)

/* In the order of the row. */
static const BillingTender tenders[] = { BILLING_TENDER_CASH, BILLING_TENDER_CHEQUE, BILLING_TENDER_CARD, BILLING_TENDER_BANK };

static void
refund_clicked_cb (BillingCreditDialog *self)
{
  g_autoptr (BillingAct) act = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *notes = billing_entry_row_dup_text (self->notes_row);
  gint64 amount;

  if (!billing_money_row_get_amount (self->amount_row, &amount, &error))
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
      return;
    }

  act = billing_act_new (BILLING_VERB_CREDIT_REFUND, billing_record_get_id (BILLING_RECORD (self->patient)));
  g_object_set (act,
                "has-amount", TRUE,
                "amount", amount,
                "tender", tenders[adw_combo_row_get_selected (self->tender_row)],
                "notes", *notes != '\0' ? notes : NULL,
                NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static gboolean
billing_credit_dialog_is_changed (BillingDialog *dialog)
{
  return *gtk_editable_get_text (GTK_EDITABLE (BILLING_CREDIT_DIALOG (dialog)->notes_row)) != '\0';
}

static void
billing_credit_dialog_done (BillingDialog *dialog,
                            BillingAct    *act)
{
  g_autofree char *amount = billing_format_money (NULL, act->amount, billing_dialog_get_practice (dialog)->currency);
  g_autofree char *toast = g_strdup_printf (_("%s of credit refunded"), amount);

  billing_dialog_tell_window (dialog, "win.toast", toast);
}

static void
billing_credit_dialog_dispose (GObject *object)
{
  g_clear_object (&BILLING_CREDIT_DIALOG (object)->patient);

  G_OBJECT_CLASS (billing_credit_dialog_parent_class)->dispose (object);
}

static void
billing_credit_dialog_class_init (BillingCreditDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_credit_dialog_dispose;
  BILLING_DIALOG_CLASS (klass)->is_changed = billing_credit_dialog_is_changed;
  BILLING_DIALOG_CLASS (klass)->done = billing_credit_dialog_done;
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/patients/credit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingCreditDialog, amount_row);
  gtk_widget_class_bind_template_child (widget_class, BillingCreditDialog, notes_row);
  gtk_widget_class_bind_template_child (widget_class, BillingCreditDialog, tender_row);
  gtk_widget_class_bind_template_child (widget_class, BillingCreditDialog, who);
  gtk_widget_class_bind_template_callback (widget_class, refund_clicked_cb);
}

static void
billing_credit_dialog_init (BillingCreditDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_credit_dialog_new:
 * @desk: who acts
 * @patient: one with credit
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_credit_dialog_new (BillingDesk    *desk,
                           BillingPatient *patient)
{
  BillingCreditDialog *self = g_object_new (BILLING_TYPE_CREDIT_DIALOG, "desk", desk, NULL);
  const char *currency = billing_desk_get_practice (desk)->currency;
  gint64 free_credit = billing_patient_get_free_credit (patient);
  g_autofree char *credit = billing_format_money (NULL, free_credit, currency);
  /* Translators: a patient's name, an amount */
  g_autofree char *who = g_strdup_printf (_("%s has %s of credit."), patient->name, credit);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->patient = g_object_ref (patient);
  gtk_label_set_label (self->who, who);
  for (guint i = 0; i < G_N_ELEMENTS (tenders); i++)
    gtk_string_list_append (names, billing_tender_get_label (tenders[i]));
  adw_combo_row_set_model (self->tender_row, G_LIST_MODEL (names));
  billing_money_row_set_currency (self->amount_row, currency);
  billing_money_row_set_amount (self->amount_row, free_credit);
  return GTK_WINDOW (self);
}
