/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-post-dialog"

#include "config.h"

#include "billing-remittance-post-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-desk-remittances.h"
#include "billing-format.h"
#include "billing-message-bar.h"
#include "billing-record-pane.h"

struct _BillingRemittancePostDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkStack *stack;
  AdwPreferencesGroup *group;
  GtkWidget *post_button;

  char *remittance; /* (owned): id */
};

G_DEFINE_FINAL_TYPE (BillingRemittancePostDialog, billing_remittance_post_dialog, BILLING_TYPE_DIALOG)

static void
clicked_cb (BillingRemittancePostDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_REMITTANCE_POST, self->remittance);

  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  g_autofree char *toast = g_strdup_printf (_("%s posted"), act->result);

  billing_dialog_tell_done (dialog, toast, act);
}

static void
add_money (BillingRemittancePostDialog *self,
           const char                  *title,
           gint64                       amount,
           const char                  *currency)
{
  g_autofree char *text = billing_format_money (NULL, amount, currency);

  if (amount != 0)
    billing_record_pane_add_fact (self->group, title, text);
}

static void
add_count (BillingRemittancePostDialog *self,
           const char                  *title,
           gint64                       n)
{
  g_autofree char *text = g_strdup_printf ("%'" PRId64, n);

  if (n != 0)
    billing_record_pane_add_fact (self->group, title, text);
}

static void
show_preview (BillingRemittancePostDialog *self,
              BillingRemittancePreview    *preview)
{
  add_count (self, _("Lines that are posted"), preview->n);
  add_money (self, _("Paid by the insurer"), preview->paid, preview->currency);
  add_money (self, _("Adjusted, paid by nobody"), preview->adjusted, preview->currency);
  add_count (self, _("Invoices that change"), preview->n_invoices);
  add_money (self, preview->lowered >= 0 ? _("Open payments are lowered by") : _("Patients are asked for more"),
             ABS (preview->lowered), preview->currency);
  add_money (self, _("Becomes credit of patients"), preview->credited, preview->currency);
  add_count (self, _("Lines that are refused"), preview->n_refused);
  billing_record_pane_add_fact (self->group, _("Why"), preview->refusal);
  gtk_widget_set_sensitive (self->post_button, preview->n > 0);
  gtk_stack_set_visible_child_name (self->stack, "preview");
}

typedef struct {
  BillingDesk *desk; /* (owned) */
  char *remittance;  /* (owned) */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->desk);
  g_free (question->remittance);
  g_free (question);
}

static void
preview_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Question *question = data;
  GError *error = NULL;
  BillingRemittancePreview *preview = billing_desk_preview_remittance (question->desk, question->remittance, &error);

  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify) billing_remittance_preview_free);
  else
    g_task_return_error (task, error);
}

static void
preview_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BillingRemittancePostDialog *self = BILLING_REMITTANCE_POST_DIALOG (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRemittancePreview) preview = g_task_propagate_pointer (G_TASK (result), &error);

  if (preview != NULL)
    show_preview (self, preview);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      gtk_stack_set_visible_child_name (self->stack, "preview");
    }
}

static void
billing_remittance_post_dialog_finalize (GObject *object)
{
  g_free (BILLING_REMITTANCE_POST_DIALOG (object)->remittance);

  G_OBJECT_CLASS (billing_remittance_post_dialog_parent_class)->finalize (object);
}

static void
billing_remittance_post_dialog_class_init (BillingRemittancePostDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_remittance_post_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/remittances/remittance-post-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRemittancePostDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittancePostDialog, post_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittancePostDialog, stack);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
billing_remittance_post_dialog_init (BillingRemittancePostDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->post_button, FALSE);
}

/**
 * billing_remittance_post_dialog_new:
 * @desk: whose practice
 * @remittance: id of a remittance
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_remittance_post_dialog_new (BillingDesk *desk,
                                    const char  *remittance)
{
  BillingRemittancePostDialog *self = g_object_new (BILLING_TYPE_REMITTANCE_POST_DIALOG, "desk", desk, NULL);
  g_autoptr (GTask) task = g_task_new (self, billing_dialog_get_cancellable (BILLING_DIALOG (self)), preview_cb, NULL);
  Question *question = g_new0 (Question, 1);

  self->remittance = g_strdup (remittance);
  question->desk = g_object_ref (desk);
  question->remittance = g_strdup (remittance);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, preview_thread);
  return GTK_WINDOW (self);
}
