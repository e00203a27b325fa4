/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-collect-dialog"

#include "config.h"

#include "billing-collect-dialog.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-day.h"
#include "billing-detail-format.h"
#include "billing-entry.h"
#include "billing-format.h"
#include "billing-money-row.h"
#include "billing-problem-row.h"
#include "billing-status.h"

/* In the order of the row; credit is offered where there is some. */
static const BillingTender tenders[] = {
  BILLING_TENDER_CASH,
  BILLING_TENDER_CHEQUE,
  BILLING_TENDER_CARD,
  BILLING_TENDER_BANK,
  BILLING_TENDER_CREDIT,
};

struct _BillingCollectDialog {
  BillingDialog parent_instance;

  /* Template widgets */
  GtkLabel *subject_label; /* (not owned) */
  AdwComboRow *tender_row; /* (not owned) */
  BillingMoneyRow *amount_row; /* (not owned) */
  BillingProblemRow *amount_problem; /* (not owned) */
  BillingDayRow *date_row; /* (not owned) */
  BillingProblemRow *date_problem; /* (not owned) */
  AdwEntryRow *reference_row; /* (not owned) */
  GtkLabel *outcome_label; /* (not owned) */

  BillingPayment *payment; /* (owned): as it was when the dialog was opened */
  gint64 credit; /* minor units that the patient has */
};

G_DEFINE_FINAL_TYPE (BillingCollectDialog, billing_collect_dialog, BILLING_TYPE_DIALOG)

static BillingTender
get_tender (BillingCollectDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->tender_row);

  return selected < G_N_ELEMENTS (tenders) ? tenders[selected] : BILLING_TENDER_NONE;
}

/* Says what will happen, or what is wrong with the amount while it is written. */
static void
update (BillingCollectDialog *self)
{
  g_autofree char *outcome = NULL;
  g_autofree char *problem = NULL;
  gint64 amount;

  if (self->payment == NULL)
    return;

  if (billing_money_row_get_amount (self->amount_row, &amount, NULL))
    {
      if (get_tender (self) == BILLING_TENDER_CREDIT && amount > self->credit)
        {
          g_autofree char *credit = billing_format_money (NULL, self->credit, self->payment->currency);

          problem = g_strdup_printf (_("The patient has %s credit."), credit);
        }
      outcome = billing_detail_format_outcome (self->payment->number, self->payment->amount, amount,
                                               self->payment->currency);
    }

  billing_problem_row_set_message (self->amount_problem, problem);
  gtk_label_set_label (self->outcome_label, outcome != NULL && problem == NULL ? outcome : "");
}

static void
date_changed_cb (BillingCollectDialog *self)
{
  billing_problem_row_set_message (self->date_problem, NULL);
}

static gboolean
check (BillingCollectDialog  *self,
       gint64                *amount,
       char                 **date)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) date_error = NULL;

  if (!billing_day_row_get_day (self->date_row, date, &date_error))
    {
      billing_problem_row_set_message (self->date_problem, date_error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->date_row));
    }

  if (!billing_money_row_get_amount (self->amount_row, amount, &error))
    {
      billing_problem_row_set_message (self->amount_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
    }

  return error == NULL && date_error == NULL;
}

static void
collect_clicked_cb (BillingCollectDialog *self)
{
  g_autoptr (BillingAct) act = NULL;
  g_autofree char *date = NULL;
  g_autofree char *reference = billing_entry_row_dup_text (self->reference_row);
  gint64 amount;

  if (!check (self, &amount, &date))
    return;

  act = billing_act_new (BILLING_VERB_PAYMENT_COLLECT,
                         billing_record_get_id (BILLING_RECORD (self->payment)));
  g_object_set (act,
                "tender", get_tender (self),
                "has-amount", TRUE,
                "amount", amount,
                "date", date,
                "reference", *reference != '\0' ? reference : NULL,
                NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static gboolean
billing_collect_dialog_is_changed (BillingDialog *dialog)
{
  BillingCollectDialog *self = BILLING_COLLECT_DIALOG (dialog);

  return *gtk_editable_get_text (GTK_EDITABLE (self->reference_row)) != '\0';
}

static void
billing_collect_dialog_done (BillingDialog *dialog,
                             BillingAct    *act)
{
  BillingCollectDialog *self = BILLING_COLLECT_DIALOG (dialog);
  g_autofree char *toast = NULL;

  if (act->remainder != NULL)
    /* Translators: the numbers of the payment that was collected and of the one that keeps the rest */
    toast = g_strdup_printf (_("%s collected; %s keeps the rest"), self->payment->number, act->remainder);
  else
    toast = g_strdup_printf (_("%s collected"), self->payment->number);

  billing_dialog_tell_done (dialog, toast, act);
}

static void
fill_in (BillingCollectDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  g_autofree char *amount = billing_format_money (NULL, self->payment->amount, self->payment->currency);
  /* A name that is written from right to left must not turn the amount around. */
  g_autofree char *subject = g_strdup_printf ("%s · \u2068%s\u2069 · %s", self->payment->number,
                                              self->payment->patient_name, amount);
  g_autofree char *today = billing_desk_get_today (billing_dialog_get_desk (BILLING_DIALOG (self)));

  /* First: what is written below is read again at once. */
  billing_money_row_set_currency (self->amount_row, self->payment->currency);

  for (guint i = 0; i < G_N_ELEMENTS (tenders); i++)
    {
      if (tenders[i] != BILLING_TENDER_CREDIT || self->credit > 0)
        gtk_string_list_append (model, billing_tender_get_label (tenders[i]));
    }

  adw_combo_row_set_model (self->tender_row, G_LIST_MODEL (model));
  gtk_label_set_label (self->subject_label, subject);
  billing_money_row_set_amount (self->amount_row, self->payment->amount);
  billing_day_row_set_day (self->date_row, today);
  update (self);
}

static void
billing_collect_dialog_finalize (GObject *object)
{
  BillingCollectDialog *self = BILLING_COLLECT_DIALOG (object);

  g_clear_object (&self->payment);

  G_OBJECT_CLASS (billing_collect_dialog_parent_class)->finalize (object);
}

static void
billing_collect_dialog_class_init (BillingCollectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_collect_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->is_changed = billing_collect_dialog_is_changed;
  BILLING_DIALOG_CLASS (klass)->done = billing_collect_dialog_done;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/collect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingCollectDialog, amount_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingCollectDialog, amount_row);
  gtk_widget_class_bind_template_child (widget_class, BillingCollectDialog, date_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingCollectDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, BillingCollectDialog, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, BillingCollectDialog, reference_row);
  gtk_widget_class_bind_template_child (widget_class, BillingCollectDialog, subject_label);
  gtk_widget_class_bind_template_child (widget_class, BillingCollectDialog, tender_row);
  gtk_widget_class_bind_template_callback (widget_class, collect_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_collect_dialog_init (BillingCollectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_collect_dialog_new:
 * @desk: whose practice
 * @payment: what is to be collected; copied
 * @credit: minor units of credit that the patient has
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_collect_dialog_new (BillingDesk    *desk,
                            BillingPayment *payment,
                            gint64          credit)
{
  BillingCollectDialog *self = g_object_new (BILLING_TYPE_COLLECT_DIALOG, "desk", desk, NULL);

  self->payment = billing_payment_new ();
  billing_record_copy (BILLING_RECORD (self->payment), BILLING_RECORD (payment));
  self->credit = credit;
  fill_in (self);

  return GTK_WINDOW (self);
}

/**
 * billing_collect_dialog_new_by_credit:
 * @desk: who acts
 * @payment: an open payment
 * @credit: minor units that the patient has left, above 0
 *
 * Returns: (transfer none): a dialog that takes it from the patient's credit, as much as there is, unless somebody says otherwise
 */
GtkWindow *
billing_collect_dialog_new_by_credit (BillingDesk    *desk,
                                      BillingPayment *payment,
                                      gint64          credit)
{
  BillingCollectDialog *self = BILLING_COLLECT_DIALOG (billing_collect_dialog_new (desk, payment, credit));

  for (guint i = 0; i < G_N_ELEMENTS (tenders) && credit > 0; i++)
    {
      if (tenders[i] == BILLING_TENDER_CREDIT)
        adw_combo_row_set_selected (self->tender_row, i);
    }

  if (credit > 0)
    billing_money_row_set_amount (self->amount_row, MIN (credit, payment->amount));
  return GTK_WINDOW (self);
}
