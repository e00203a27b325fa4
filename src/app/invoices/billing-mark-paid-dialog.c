/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mark-paid-dialog"

#include "config.h"

#include "billing-mark-paid-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-act-progress.h"
#include "billing-day-row.h"
#include "billing-entry.h"
#include "billing-format.h"
#include "billing-invoice-format.h"
#include "billing-money-row.h"
#include "billing-problem-row.h"
#include "billing-selection-total.h"
#include "billing-status.h"

/* In the order of the row. */
static const BillingTender tenders[] = {
  BILLING_TENDER_CASH,
  BILLING_TENDER_CHEQUE,
  BILLING_TENDER_CARD,
  BILLING_TENDER_BANK,
  BILLING_TENDER_CREDIT,
};

struct _BillingMarkPaidDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkLabel *subject_label;
  AdwComboRow *tender_row;
  BillingMoneyRow *amount_row;
  BillingProblemRow *amount_problem;
  BillingDayRow *date_row;
  BillingProblemRow *date_problem;
  AdwEntryRow *reference_row;
  GtkLabel *outcome_label;
  GtkProgressBar *progress_bar;
  GtkWidget *stop_button;
  GtkWidget *paid_button;

  BillingAct *act; /* (owned): says which invoices */
  BillingSelectionTotal total; /* what they come to; n is 0 until it is known */
};

G_DEFINE_FINAL_TYPE (BillingMarkPaidDialog, billing_mark_paid_dialog, BILLING_TYPE_DIALOG)

static const char *
get_currency (BillingMarkPaidDialog *self)
{
  return billing_dialog_get_practice (BILLING_DIALOG (self))->currency;
}

/* A part can be said of one invoice; several are paid whole. */
static gboolean
read_amount (BillingMarkPaidDialog  *self,
             gint64                 *amount,
             GError                **error)
{
  *amount = self->total.sum;
  return self->total.n != 1 || billing_money_row_get_amount (self->amount_row, amount, error);
}

static char *
describe (BillingMarkPaidDialog *self,
          gint64                 amount)
{
  g_autofree char *sum = billing_format_money (NULL, amount, get_currency (self));
  g_autofree char *rest = billing_format_money (NULL, self->total.sum - amount, get_currency (self));

  if (amount < self->total.sum)
    /* TRANSLATORS: two amounts */
    return g_strdup_printf (_("%s is paid; %s stays owed."), sum, rest);

  return g_strdup_printf (ngettext ("The invoice is paid whole: %s.", "Each invoice that is open is paid whole: %s in all.", (gulong) self->total.n), sum);
}

static void
update (BillingMarkPaidDialog *self)
{
  g_autofree char *outcome = NULL;
  g_autofree char *problem = NULL;
  gint64 amount;

  if (self->total.n > 0 && read_amount (self, &amount, NULL))
    {
      if (amount > self->total.sum)
        {
          g_autofree char *limit = billing_format_money (NULL, self->total.sum, get_currency (self));

          problem = g_strdup_printf (_("Not more than %s is owed."), limit);
        }
      else if (amount > 0)
        {
          outcome = describe (self, amount);
        }
    }

  billing_problem_row_set_message (self->amount_problem, problem);
  gtk_label_set_label (self->outcome_label, outcome != NULL ? outcome : "");
  gtk_widget_set_sensitive (self->paid_button, outcome != NULL);
}

static void
date_changed_cb (BillingMarkPaidDialog *self)
{
  billing_problem_row_set_message (self->date_problem, NULL);
}

static void
clicked_cb (BillingMarkPaidDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *date = NULL;
  g_autofree char *reference = billing_entry_row_dup_text (self->reference_row);
  gint64 amount;

  if (!billing_day_row_get_day (self->date_row, &date, &error))
    {
      billing_problem_row_set_message (self->date_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->date_row));
      return;
    }
  if (!read_amount (self, &amount, &error))
    {
      billing_problem_row_set_message (self->amount_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount_row));
      return;
    }

  g_object_set (self->act, "tender", tenders[adw_combo_row_get_selected (self->tender_row)], "date", date, "reference",
                *reference != '\0' ? reference : NULL, NULL);
  if (self->total.n == 1)
    g_object_set (self->act, "has-amount", TRUE, "amount", amount, NULL);
  billing_dialog_do (BILLING_DIALOG (self), self->act);
  billing_act_progress_follow (BILLING_DIALOG (self), self->act, self->progress_bar, self->stop_button);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  BillingMarkPaidDialog *self = BILLING_MARK_PAID_DIALOG (dialog);
  g_autofree char *toast = g_strdup_printf (ngettext ("%'" PRId64 " invoice marked as paid", "%'" PRId64 " invoices marked as paid",
                                                      (gulong) self->total.n), self->total.n);

  billing_dialog_tell_done (dialog, toast, act);
}

static gboolean
is_changed (BillingDialog *dialog)
{
  return *gtk_editable_get_text (GTK_EDITABLE (BILLING_MARK_PAID_DIALOG (dialog)->reference_row)) != '\0';
}

/* What one count brings. */
typedef struct {
  BillingMarkPaidDialog *dialog; /* (not owned): gone when the count was cancelled */
  BillingAct *act; /* (owned) */
  BillingSelectionTotal total;
} Counting;

static void
counting_free (Counting *counting)
{
  g_object_unref (counting->act);
  g_free (counting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counting, counting_free)

static gboolean
count (BillingConnection  *connection,
       gpointer            data,
       GCancellable       *cancellable,
       GError            **error)
{
  Counting *counting = data;

  return billing_selection_total_read (connection, counting->act, "invoices", &counting->total, error);
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Counting) counting = user_data;
  g_autoptr (GError) error = NULL;
  BillingMarkPaidDialog *self = counting->dialog;
  gboolean read = billing_store_read_finish (BILLING_STORE (object), result, &error);
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!read)
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      return;
    }

  self->total = counting->total;
  sum = billing_format_money (NULL, self->total.sum, get_currency (self));
  text = billing_invoice_format_choice ("invoices", self->total.n, self->total.n_patients, sum);
  gtk_label_set_label (self->subject_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->amount_row), self->total.n == 1);
  billing_money_row_set_amount (self->amount_row, self->total.sum);
  update (self);
}

static void
start_counting (BillingMarkPaidDialog *self)
{
  Counting *counting = g_new0 (Counting, 1);

  counting->dialog = self;
  counting->act = g_object_ref (self->act);
  billing_store_read_async (billing_desk_get_store (billing_dialog_get_desk (BILLING_DIALOG (self))), count, counting, NULL,
                            billing_dialog_get_cancellable (BILLING_DIALOG (self)), counted_cb, counting);
}

static void
billing_mark_paid_dialog_finalize (GObject *object)
{
  g_clear_object (&BILLING_MARK_PAID_DIALOG (object)->act);

  G_OBJECT_CLASS (billing_mark_paid_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, amount_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, amount_row);
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, date_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, paid_button);
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, reference_row);
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, subject_label);
  gtk_widget_class_bind_template_child (widget_class, BillingMarkPaidDialog, tender_row);
}

static void
billing_mark_paid_dialog_class_init (BillingMarkPaidDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_mark_paid_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->is_changed = is_changed;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/mark-paid-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, billing_dialog_stop);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_mark_paid_dialog_init (BillingMarkPaidDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_mark_paid_dialog_new:
 * @desk: whose practice
 * @act: says which invoices
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_mark_paid_dialog_new (BillingDesk *desk,
                              BillingAct  *act)
{
  BillingMarkPaidDialog *self = g_object_new (BILLING_TYPE_MARK_PAID_DIALOG, "desk", desk, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *today = billing_desk_get_today (desk);

  self->act = g_object_ref (act);
  for (guint i = 0; i < G_N_ELEMENTS (tenders); i++)
    gtk_string_list_append (names, billing_tender_get_label (tenders[i]));
  adw_combo_row_set_model (self->tender_row, G_LIST_MODEL (names));
  billing_money_row_set_currency (self->amount_row, get_currency (self));
  billing_day_row_set_day (self->date_row, today);
  gtk_widget_set_visible (GTK_WIDGET (self->amount_row), FALSE);
  start_counting (self);
  return GTK_WINDOW (self);
}
