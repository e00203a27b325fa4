/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-dismiss-dialog"

#include "config.h"

#include "billing-remittance-dismiss-dialog.h"

#include <glib/gi18n.h>

#include "billing-entry.h"
#include "billing-message-bar.h"

struct _BillingRemittanceDismissDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  AdwEntryRow *reason_row;
  GtkWidget *dismiss_button;

  char *subject; /* (owned): id of a line or a remittance */
};

G_DEFINE_FINAL_TYPE (BillingRemittanceDismissDialog, billing_remittance_dismiss_dialog, BILLING_TYPE_DIALOG)

static void
clicked_cb (BillingRemittanceDismissDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_REMITTANCE_DISMISS, self->subject);

  act->notes = billing_entry_row_dup_text (self->reason_row);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  billing_dialog_tell_done (dialog, _("Set aside"), act);
}

static void
billing_remittance_dismiss_dialog_finalize (GObject *object)
{
  g_free (BILLING_REMITTANCE_DISMISS_DIALOG (object)->subject);

  G_OBJECT_CLASS (billing_remittance_dismiss_dialog_parent_class)->finalize (object);
}

static void
billing_remittance_dismiss_dialog_class_init (BillingRemittanceDismissDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_remittance_dismiss_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/remittances/remittance-dismiss-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceDismissDialog, dismiss_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceDismissDialog, reason_row);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
billing_remittance_dismiss_dialog_init (BillingRemittanceDismissDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_remittance_dismiss_dialog_new:
 * @desk: whose practice
 * @subject: id of a line, or of a remittance all of whose open lines are meant
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_remittance_dismiss_dialog_new (BillingDesk *desk,
                                       const char  *subject)
{
  BillingRemittanceDismissDialog *self = g_object_new (BILLING_TYPE_REMITTANCE_DISMISS_DIALOG, "desk", desk, NULL);

  self->subject = g_strdup (subject);
  return GTK_WINDOW (self);
}
