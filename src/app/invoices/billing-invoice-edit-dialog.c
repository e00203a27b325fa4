/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-edit-dialog"

#include "config.h"

#include "billing-invoice-edit-dialog.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-entry.h"
#include "billing-problem-row.h"

struct _BillingInvoiceEditDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  AdwPreferencesGroup *group;
  BillingDayRow *due_row;
  BillingProblemRow *due_problem;
  AdwEntryRow *memo_row;
  GtkWidget *save_button;

  BillingInvoice *invoice; /* (owned): as it was */
};

G_DEFINE_FINAL_TYPE (BillingInvoiceEditDialog, billing_invoice_edit_dialog, BILLING_TYPE_DIALOG)

static void
due_cb (BillingInvoiceEditDialog *self)
{
  billing_problem_row_set_message (self->due_problem, NULL);
}

static gboolean
has_memo (BillingInvoiceEditDialog *self,
          const char               *memo)
{
  return g_strcmp0 (memo, self->invoice->memo != NULL ? self->invoice->memo : "") == 0;
}

static void
clicked_cb (BillingInvoiceEditDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingAct) act = NULL;
  g_autofree char *due = NULL;
  g_autofree char *memo = billing_entry_row_dup_text (self->memo_row);

  if (!billing_day_row_get_day (self->due_row, &due, &error) || due == NULL)
    {
      billing_problem_row_set_message (self->due_problem, error != NULL ? error->message : _("Which day?"));
      gtk_widget_grab_focus (GTK_WIDGET (self->due_row));
      return;
    }

  act = billing_act_new (BILLING_VERB_INVOICE_EDIT, billing_record_get_id (BILLING_RECORD (self->invoice)));
  if (g_strcmp0 (due, self->invoice->due_on) != 0)
    g_object_set (act, "due", due, NULL);
  if (!has_memo (self, memo))
    g_object_set (act, "memo", memo, NULL);
  if (act->due == NULL && act->memo == NULL)
    gtk_window_close (GTK_WINDOW (self));
  else
    billing_dialog_do (BILLING_DIALOG (self), act);
}

static gboolean
is_changed (BillingDialog *dialog)
{
  BillingInvoiceEditDialog *self = BILLING_INVOICE_EDIT_DIALOG (dialog);
  g_autofree char *due = NULL;
  g_autofree char *memo = billing_entry_row_dup_text (self->memo_row);

  return !billing_day_row_get_day (self->due_row, &due, NULL) || g_strcmp0 (due, self->invoice->due_on) != 0 || !has_memo (self, memo);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  g_autofree char *toast = g_strdup_printf (_("%s was changed"), BILLING_INVOICE_EDIT_DIALOG (dialog)->invoice->number);

  billing_dialog_tell_done (dialog, toast, act);
}

static void
billing_invoice_edit_dialog_finalize (GObject *object)
{
  g_clear_object (&BILLING_INVOICE_EDIT_DIALOG (object)->invoice);

  G_OBJECT_CLASS (billing_invoice_edit_dialog_parent_class)->finalize (object);
}

static void
billing_invoice_edit_dialog_class_init (BillingInvoiceEditDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_invoice_edit_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->is_changed = is_changed;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/invoice-edit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingInvoiceEditDialog, due_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoiceEditDialog, due_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoiceEditDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoiceEditDialog, memo_row);
  gtk_widget_class_bind_template_child (widget_class, BillingInvoiceEditDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, due_cb);
}

static void
billing_invoice_edit_dialog_init (BillingInvoiceEditDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_invoice_edit_dialog_new:
 * @desk: whose practice
 * @invoice: one that is not void
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_invoice_edit_dialog_new (BillingDesk    *desk,
                                 BillingInvoice *invoice)
{
  BillingInvoiceEditDialog *self = g_object_new (BILLING_TYPE_INVOICE_EDIT_DIALOG, "desk", desk, NULL);
  g_autofree char *title = g_strjoin (" · ", invoice->number, invoice->patient_name, NULL);

  self->invoice = g_object_ref (invoice);
  adw_preferences_group_set_title (self->group, title);
  billing_day_row_set_day (self->due_row, invoice->due_on);
  gtk_editable_set_text (GTK_EDITABLE (self->memo_row), invoice->memo != NULL ? invoice->memo : "");
  return GTK_WINDOW (self);
}
