/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-insurer-dialog"

#include "config.h"

#include "billing-insurer-dialog.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-entry.h"
#include "billing-format.h"
#include "billing-money-row.h"
#include "billing-problem-row.h"
#include "billing-read.h"
#include "billing-service.h"

struct _BillingInsurerDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkLabel *subject_label;
  AdwEntryRow *payer_row;
  BillingDayRow *date_row;
  BillingProblemRow *date_problem;
  AdwEntryRow *reference_row;
  BillingMoneyRow *allowed_row;
  BillingProblemRow *allowed_problem;
  BillingMoneyRow *paid_row;
  BillingProblemRow *paid_problem;
  BillingMoneyRow *adjusted_row;
  BillingProblemRow *adjusted_problem;
  BillingMoneyRow *patient_row;
  BillingProblemRow *patient_problem;
  GtkLabel *outcome_label;
  GtkWidget *note_button;

  BillingService *service; /* (owned) (nullable): once it is read */
};

G_DEFINE_FINAL_TYPE (BillingInsurerDialog, billing_insurer_dialog, BILLING_TYPE_DIALOG)

static gboolean
is_empty (BillingMoneyRow *row)
{
  return *gtk_editable_get_text (GTK_EDITABLE (row)) == '\0';
}

/* An amount that may be left out is @otherwise then. */
static gboolean
read_amount (BillingMoneyRow    *row,
             BillingProblemRow  *problem,
             gint64              otherwise,
             gint64             *amount,
             gboolean            complain)
{
  g_autoptr (GError) error = NULL;

  *amount = otherwise;
  if (is_empty (row) || billing_money_row_get_amount (row, amount, &error))
    return TRUE;

  if (complain)
    {
      billing_problem_row_set_message (problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (row));
    }
  return FALSE;
}

static gboolean
read_amounts (BillingInsurerDialog *self,
              BillingAct           *answer,
              gboolean              complain)
{
  return read_amount (self->patient_row, self->patient_problem, -1, &answer->patient_part, complain) &
         read_amount (self->adjusted_row, self->adjusted_problem, 0, &answer->adjusted, complain) &
         read_amount (self->paid_row, self->paid_problem, 0, &answer->paid, complain) &
         read_amount (self->allowed_row, self->allowed_problem, -1, &answer->allowed, complain);
}

/* What is left with whom after it; the desk says no where it does not add up. */
static void
update (BillingInsurerDialog *self)
{
  g_autoptr (BillingAct) answer = billing_act_new (BILLING_VERB_SERVICE_INSURER, NULL);
  g_autofree char *patient = NULL;
  g_autofree char *open = NULL;
  g_autofree char *text = NULL;
  gint64 patient_part, left;

  billing_problem_row_set_message (self->date_problem, NULL);
  billing_problem_row_set_message (self->allowed_problem, NULL);
  billing_problem_row_set_message (self->paid_problem, NULL);
  billing_problem_row_set_message (self->adjusted_problem, NULL);
  billing_problem_row_set_message (self->patient_problem, NULL);
  if (self->service != NULL && read_amounts (self, answer, FALSE))
    {
      patient_part = answer->patient_part >= 0 ? answer->patient_part : self->service->patient_part;
      left = self->service->amount - patient_part - self->service->insurer_paid - answer->paid - self->service->insurer_adjusted -
             answer->adjusted;
      patient = billing_format_money (NULL, patient_part, self->service->currency);
      open = billing_format_money (NULL, left, self->service->currency);
      if (left < 0)
        text = g_strdup (_("That is more than the service costs."));
      else
        /* TRANSLATORS: two amounts */
        text = g_strdup_printf (_("The patient’s part will be %s; the insurer still owes %s."), patient, open);
    }

  gtk_label_set_label (self->outcome_label, text != NULL ? text : "");
}

static void
clicked_cb (BillingInsurerDialog *self)
{
  g_autoptr (BillingAct) act = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL;
  g_autofree char *payer = billing_entry_row_dup_text (self->payer_row);
  g_autofree char *reference = billing_entry_row_dup_text (self->reference_row);

  if (self->service == NULL)
    return;

  act = billing_act_new (BILLING_VERB_SERVICE_INSURER, billing_record_get_id (BILLING_RECORD (self->service)));
  if (!billing_day_row_get_day (self->date_row, &day, &error))
    {
      billing_problem_row_set_message (self->date_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->date_row));
      return;
    }
  if (!read_amounts (self, act, TRUE))
    return;

  g_object_set (act, "has-insurer", TRUE, "date", day, "payer", *payer != '\0' ? payer : NULL, "reference",
                *reference != '\0' ? reference : NULL, NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static gboolean
is_changed (BillingDialog *dialog)
{
  BillingInsurerDialog *self = BILLING_INSURER_DIALOG (dialog);

  return !is_empty (self->paid_row) || !is_empty (self->adjusted_row) || !is_empty (self->patient_row) || !is_empty (self->allowed_row);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  billing_dialog_tell_done (dialog, _("The insurer’s answer was noted"), act);
}

static void
service_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BillingInsurerDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = billing_read_finish (BILLING_STORE (object), result, &error);
  g_autofree char *amount = NULL;
  g_autofree char *subject = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found == NULL)
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      return;
    }

  self->service = g_object_ref (found->pdata[0]);
  amount = billing_format_money (NULL, self->service->amount, self->service->currency);
  /* A name that is written from right to left must not turn the amount around. */
  subject = g_strdup_printf ("%s · \u2068%s\u2069 · %s · %s", self->service->number, self->service->patient_name, self->service->name, amount);
  gtk_label_set_label (self->subject_label, subject);
  if (self->service->payer != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->payer_row), self->service->payer);
  update (self);
}

static void
billing_insurer_dialog_finalize (GObject *object)
{
  g_clear_object (&BILLING_INSURER_DIALOG (object)->service);

  G_OBJECT_CLASS (billing_insurer_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, adjusted_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, adjusted_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, allowed_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, allowed_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, date_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, note_button);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, paid_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, paid_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, patient_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, patient_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, payer_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, reference_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInsurerDialog, subject_label);
}

static void
billing_insurer_dialog_class_init (BillingInsurerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_insurer_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->is_changed = is_changed;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/insurer-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_insurer_dialog_init (BillingInsurerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_insurer_dialog_new:
 * @desk: whose practice
 * @service: id or number of a service
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_insurer_dialog_new (BillingDesk *desk,
                            const char  *service)
{
  BillingInsurerDialog *self = g_object_new (BILLING_TYPE_INSURER_DIALOG, "desk", desk, NULL);
  const char *currency = billing_desk_get_practice (desk)->currency;
  g_autofree char *today = billing_desk_get_today (desk);

  billing_money_row_set_currency (self->allowed_row, currency);
  billing_money_row_set_currency (self->paid_row, currency);
  billing_money_row_set_currency (self->adjusted_row, currency);
  billing_money_row_set_currency (self->patient_row, currency);
  billing_day_row_set_day (self->date_row, today);
  billing_read_record_async (billing_desk_get_store (desk), BILLING_TYPE_SERVICE, service,
                             billing_dialog_get_cancellable (BILLING_DIALOG (self)), service_cb, self);
  return GTK_WINDOW (self);
}
