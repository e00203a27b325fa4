/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-capture-dialog"

#include "config.h"

#include "billing-capture-dialog.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-money-row.h"
#include "billing-problem-row.h"

struct _BillingCaptureDialog {
  BillingDialog parent_instance;

  /* Template widgets */
  GtkLabel *subject_label; /* (not owned) */
  BillingMoneyRow *amount_row; /* (not owned) */
  BillingProblemRow *amount_problem; /* (not owned) */
  GtkLabel *outcome_label; /* (not owned) */

  BillingPayment *payment; /* (owned) (nullable): as it was when the dialog was opened */
};

G_DEFINE_FINAL_TYPE (BillingCaptureDialog, billing_capture_dialog, BILLING_TYPE_DIALOG)

/* What capturing @amount does, in a sentence. */
static char *
describe_outcome (BillingCaptureDialog *self,
                  gint64                amount)
{
  BillingPayment *payment = self->payment;
  g_autofree char *taken = billing_format_money (NULL, amount, payment->currency);
  g_autofree char *rest = billing_format_money (NULL, payment->amount - amount, payment->currency);

  if (amount == payment->amount)
    /* Translators: the number of a payment */
    return g_strdup_printf (_("%s becomes Paid. The money is in the Stripe balance then, less "
                              "Stripe’s fee."), payment->number);

  /* Translators: the number of a payment, the amount taken, the rest (twice) */
  return g_strdup_printf (_("%s becomes %s Paid; %s is released on the card. A new payment for "
                            "the rest, %s, stays open."),
                          payment->number, taken, rest, rest);
}

static gboolean
get_amount (BillingCaptureDialog  *self,
            gint64                *amount,
            GError               **error)
{
  g_autofree char *held = NULL;

  if (!billing_money_row_get_amount (self->amount_row, amount, error))
    return FALSE;
  if (*amount <= self->payment->amount)
    return TRUE;

  held = billing_format_money (NULL, self->payment->amount, self->payment->currency);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("No more than %s is held."), held);
  return FALSE;
}

/* Says what will happen, or what is wrong with the amount while it is written. */
static void
update (BillingCaptureDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *outcome = NULL;
  gint64 amount;

  if (self->payment == NULL)
    return;

  if (get_amount (self, &amount, &error))
    outcome = describe_outcome (self, amount);

  billing_problem_row_set_message (self->amount_problem,
                                   g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT) ? error->message : NULL);
  gtk_label_set_label (self->outcome_label, outcome != NULL ? outcome : "");
}

static void
do_clicked_cb (BillingCaptureDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingAct) act = NULL;
  gint64 amount;

  if (!get_amount (self, &amount, &error))
    {
      billing_problem_row_set_message (self->amount_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
      return;
    }

  act = billing_act_new (BILLING_VERB_PAYMENT_CAPTURE,
                         billing_record_get_id (BILLING_RECORD (self->payment)));
  g_object_set (act, "has-amount", TRUE, "amount", amount, NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
billing_capture_dialog_done (BillingDialog *dialog,
                             BillingAct    *act)
{
  BillingCaptureDialog *self = BILLING_CAPTURE_DIALOG (dialog);
  g_autofree char *amount = billing_format_money (NULL, act->amount, self->payment->currency);
  /* Translators: an amount and the number of a payment */
  g_autofree char *text = g_strdup_printf (_("Capture of %s for %s"), amount,
                                           self->payment->number);

  billing_dialog_tell_window (dialog, "win.toast-sent", text);
}

static void
fill_in (BillingCaptureDialog *self)
{
  g_autofree char *amount = billing_format_money (NULL, self->payment->amount,
                                                  self->payment->currency);
  g_autofree char *held = g_strdup_printf (_("%s held"), amount);
  g_autofree char *subject = g_strdup_printf ("%s · \u2068%s\u2069 · %s", self->payment->number,
                                              self->payment->patient_name, held);

  gtk_label_set_label (self->subject_label, subject);
  /* First: what is written below is read again at once. */
  billing_money_row_set_currency (self->amount_row, self->payment->currency);
  billing_money_row_set_amount (self->amount_row, self->payment->amount);
  update (self);
}

static void
billing_capture_dialog_finalize (GObject *object)
{
  BillingCaptureDialog *self = BILLING_CAPTURE_DIALOG (object);

  g_clear_object (&self->payment);

  G_OBJECT_CLASS (billing_capture_dialog_parent_class)->finalize (object);
}

static void
billing_capture_dialog_class_init (BillingCaptureDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_capture_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = billing_capture_dialog_done;

  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/capture-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingCaptureDialog, amount_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingCaptureDialog, amount_row);
  gtk_widget_class_bind_template_child (widget_class, BillingCaptureDialog, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, BillingCaptureDialog, subject_label);
  gtk_widget_class_bind_template_callback (widget_class, do_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_capture_dialog_init (BillingCaptureDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_capture_dialog_new:
 * @desk: whose practice
 * @payment: of which Stripe holds the amount; copied
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_capture_dialog_new (BillingDesk    *desk,
                            BillingPayment *payment)
{
  BillingCaptureDialog *self = g_object_new (BILLING_TYPE_CAPTURE_DIALOG, "desk", desk, NULL);

  self->payment = billing_payment_new ();
  billing_record_copy (BILLING_RECORD (self->payment), BILLING_RECORD (payment));
  fill_in (self);

  return GTK_WINDOW (self);
}
