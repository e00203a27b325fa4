/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-end-dialog"

#include "config.h"

#include "billing-tax-end-dialog.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-json-texts.h"
#include "billing-problem-row.h"
#include "billing-tax.h"

struct _BillingTaxEndDialog {
  BillingDialog parent_instance;

  /* Template widgets. */
  GtkLabel *subject;
  GtkCheckButton *now;
  GtkCheckButton *later;
  BillingDayRow *day;
  BillingProblemRow *day_problem;

  char *id; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingTaxEndDialog, billing_tax_end_dialog, BILLING_TYPE_DIALOG)

static void
when_cb (BillingTaxEndDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->day), gtk_check_button_get_active (self->later));
  billing_problem_row_set_message (self->day_problem, NULL);
}

static void
end_cb (BillingTaxEndDialog *self)
{
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_TAX_END, self->id);
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL;

  if (gtk_check_button_get_active (self->later) && (!billing_day_row_get_day (self->day, &day, &error) || day == NULL))
    {
      billing_problem_row_set_message (self->day_problem,
                                       error != NULL ? error->message : _("Enter the day, or choose to end it now."));
      gtk_widget_grab_focus (GTK_WIDGET (self->day));
      return;
    }

  g_hash_table_insert (fields, (gpointer) "expires_at", g_strdup (day != NULL ? day : "now"));
  act->fields = billing_json_texts_build (fields);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
billing_tax_end_dialog_done (BillingDialog *dialog,
                             BillingAct    *act)
{
  billing_dialog_tell_window (dialog, "win.toast", _("Stripe is being told"));
}

static void
billing_tax_end_dialog_finalize (GObject *object)
{
  g_free (BILLING_TAX_END_DIALOG (object)->id);

  G_OBJECT_CLASS (billing_tax_end_dialog_parent_class)->finalize (object);
}

static void
billing_tax_end_dialog_class_init (BillingTaxEndDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_tax_end_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = billing_tax_end_dialog_done;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/tax-end-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTaxEndDialog, day);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxEndDialog, day_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxEndDialog, later);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxEndDialog, now);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxEndDialog, subject);
  gtk_widget_class_bind_template_callback (widget_class, end_cb);
  gtk_widget_class_bind_template_callback (widget_class, when_cb);
}

static void
billing_tax_end_dialog_init (BillingTaxEndDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_tax_end_dialog_new:
 * @desk: whose practice
 * @registration: what is to be ended
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_tax_end_dialog_new (BillingDesk            *desk,
                            BillingTaxRegistration *registration)
{
  BillingTaxEndDialog *self = g_object_new (BILLING_TYPE_TAX_END_DIALOG, "desk", desk, NULL);
  g_autofree char *line = billing_tax_registration_describe (registration, NULL);

  self->id = g_strdup (billing_record_get_id (BILLING_RECORD (registration)));
  gtk_label_set_label (self->subject, line);
  return GTK_WINDOW (self);
}
