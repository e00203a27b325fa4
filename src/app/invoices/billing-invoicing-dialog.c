/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoicing-dialog"

#include "config.h"

#include "billing-invoicing-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "billing-act-progress.h"
#include "billing-day-row.h"
#include "billing-day.h"
#include "billing-entry.h"
#include "billing-format.h"
#include "billing-invoice-format.h"
#include "billing-invoicing-look.h"
#include "billing-problem-row.h"

struct _BillingInvoicingDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkLabel *subject_label;
  BillingDayRow *date_row;
  BillingProblemRow *date_problem;
  BillingDayRow *due_row;
  BillingProblemRow *due_problem;
  AdwEntryRow *memo_row;
  AdwPreferencesGroup *outcome_group;
  GtkProgressBar *progress_bar;
  GtkWidget *stop_button;
  GtkWidget *update_button;

  BillingAct *act; /* (owned): says which services */
  gint64 n_invoices;
  gboolean due_written; /* by a person: it no longer follows the invoiced date */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (BillingInvoicingDialog, billing_invoicing_dialog, BILLING_TYPE_DIALOG)

/* Why services stay where they are; in the order of BillingServiceState. */
static const char * const why_left_out[] = {
  NULL,
  N_("With insurer, who has not answered"),
  N_("Invoiced already"),
  N_("Under a rate that is not billed"),
  N_("Under a rate that is not invoiced"),
  N_("Nothing is the patient’s"),
  N_("Removed"),
};

/* The days. */

static void
follow_date (BillingInvoicingDialog *self)
{
  gint64 days = billing_dialog_get_practice (BILLING_DIALOG (self))->invoice_days;
  g_autofree char *day = NULL;
  g_autofree char *due = NULL;

  if (self->due_written || !billing_day_row_get_day (self->date_row, &day, NULL) || day == NULL)
    return;

  due = billing_day_add (day, (int) days);
  self->updating = TRUE;
  billing_day_row_set_day (self->due_row, due);
  self->updating = FALSE;
}

static void
date_cb (BillingInvoicingDialog *self)
{
  billing_problem_row_set_message (self->date_problem, NULL);
  follow_date (self);
}

static void
due_cb (BillingInvoicingDialog *self)
{
  billing_problem_row_set_message (self->due_problem, NULL);
  if (!self->updating)
    self->due_written = TRUE;
}

static gboolean
read_day (BillingDayRow      *row,
          BillingProblemRow  *problem,
          char              **day)
{
  g_autoptr (GError) error = NULL;

  if (billing_day_row_get_day (row, day, &error) && *day != NULL)
    return TRUE;

  billing_problem_row_set_message (problem, error != NULL ? error->message : _("Which day?"));
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return FALSE;
}

/* What will happen. */

static void
add_outcome (BillingInvoicingDialog *self,
             const char             *title,
             const char             *value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (self->outcome_group, row);
}

static void
add_amount (BillingInvoicingDialog *self,
            const char             *title,
            gint64                  amount)
{
  g_autofree char *text = billing_format_money (NULL, amount, billing_dialog_get_practice (BILLING_DIALOG (self))->currency);

  add_outcome (self, title, text);
}

static void
add_count (BillingInvoicingDialog *self,
           const char             *title,
           gint64                  n)
{
  g_autofree char *text = g_strdup_printf ("%'" PRId64, n);

  add_outcome (self, title, text);
}

static void
show_outcome (BillingInvoicingDialog *self,
              BillingInvoicingSums   *sums)
{
  g_autofree char *sum = billing_format_money (NULL, sums->amount, billing_dialog_get_practice (BILLING_DIALOG (self))->currency);
  g_autofree char *subject = billing_invoice_format_choice ("services", sums->n_services, sums->n_invoices, sum);

  gtk_label_set_label (self->subject_label, subject);
  add_count (self, _("Invoices, one for each patient"), sums->n_invoices);
  if (sums->insurer > 0)
    {
      add_amount (self, _("In full"), sums->charges);
      add_amount (self, _("Insurers’ part"), -sums->insurer);
    }
  add_amount (self, _("Amount"), sums->amount);
  if (sums->prepaid > 0)
    add_amount (self, _("Pre-payments taken off"), -sums->prepaid);
  if (sums->joined > 0)
    add_amount (self, _("Asked for already, before the treatment"), -sums->joined);
  if (sums->asked != sums->amount)
    add_amount (self, _("Asked for now"), sums->asked);

  for (guint i = 0; i < G_N_ELEMENTS (why_left_out); i++)
    {
      g_autofree char *title = NULL;

      if (sums->n_left_out[i] == 0 || why_left_out[i] == NULL)
        continue;
      /* TRANSLATORS: why some of the services that were chosen are not invoiced */
      title = g_strdup_printf (_("Left out: %s"), _(why_left_out[i]));
      add_count (self, title, sums->n_left_out[i]);
    }
  if (sums->n_foreign > 0)
    add_count (self, _("Left out: in another currency"), sums->n_foreign);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BillingInvoicingDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingInvoicingLook) look = billing_invoicing_look_finish (BILLING_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (look == NULL)
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      return;
    }

  if (look->selection != NULL)
    g_object_set (self->act, "subject", NULL, "selection", look->selection, NULL);
  self->n_invoices = look->sums.n_invoices;
  show_outcome (self, &look->sums);
  gtk_widget_set_sensitive (self->update_button, look->sums.n_invoices > 0);
}

static void
busy_cb (BillingInvoicingDialog *self)
{
  gboolean busy;

  g_object_get (self, "busy", &busy, NULL);
  gtk_widget_set_sensitive (self->update_button, !busy && self->n_invoices > 0);
}

static void
clicked_cb (BillingInvoicingDialog *self)
{
  g_autofree char *date = NULL;
  g_autofree char *due = NULL;
  g_autofree char *memo = billing_entry_row_dup_text (self->memo_row);

  if (!read_day (self->date_row, self->date_problem, &date) || !read_day (self->due_row, self->due_problem, &due))
    return;
  if (strcmp (due, date) < 0)
    {
      billing_problem_row_set_message (self->due_problem, _("An invoice cannot be due before its invoiced date."));
      gtk_widget_grab_focus (GTK_WIDGET (self->due_row));
      return;
    }

  g_object_set (self->act, "date", date, "due", due, "memo", *memo != '\0' ? memo : NULL, NULL);
  billing_dialog_do (BILLING_DIALOG (self), self->act);
  billing_act_progress_follow (BILLING_DIALOG (self), self->act, self->progress_bar, self->stop_button);
}

static gboolean
is_changed (BillingDialog *dialog)
{
  BillingInvoicingDialog *self = BILLING_INVOICING_DIALOG (dialog);

  return self->due_written || *gtk_editable_get_text (GTK_EDITABLE (self->memo_row)) != '\0';
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  BillingInvoicingDialog *self = BILLING_INVOICING_DIALOG (dialog);
  g_autofree char *toast = g_strdup_printf (ngettext ("%'" PRId64 " invoice made", "%'" PRId64 " invoices made", (gulong) self->n_invoices),
                                            self->n_invoices);

  billing_dialog_tell_done (dialog, toast, act);
}

static void
billing_invoicing_dialog_finalize (GObject *object)
{
  g_clear_object (&BILLING_INVOICING_DIALOG (object)->act);

  G_OBJECT_CLASS (billing_invoicing_dialog_parent_class)->finalize (object);
}

static void
billing_invoicing_dialog_class_init (BillingInvoicingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_invoicing_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->is_changed = is_changed;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/invoicing-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicingDialog, date_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicingDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicingDialog, due_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicingDialog, due_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicingDialog, memo_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicingDialog, outcome_group);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicingDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicingDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicingDialog, subject_label);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicingDialog, update_button);
  gtk_widget_class_bind_template_callback (widget_class, billing_dialog_stop);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_cb);
  gtk_widget_class_bind_template_callback (widget_class, due_cb);
}

static void
billing_invoicing_dialog_init (BillingInvoicingDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::busy", G_CALLBACK (busy_cb), NULL);
}

/**
 * billing_invoicing_dialog_new:
 * @desk: whose practice
 * @act: says which services
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_invoicing_dialog_new (BillingDesk *desk,
                              BillingAct  *act)
{
  BillingInvoicingDialog *self = g_object_new (BILLING_TYPE_INVOICING_DIALOG, "desk", desk, NULL);
  g_autofree char *today = billing_desk_get_today (desk);

  self->act = g_object_ref (act);
  self->updating = TRUE;
  billing_day_row_set_day (self->date_row, today);
  self->updating = FALSE;
  follow_date (self);
  billing_invoicing_look_async (billing_desk_get_store (desk), act, billing_dialog_get_cancellable (BILLING_DIALOG (self)), looked_cb, self);
  return GTK_WINDOW (self);
}
