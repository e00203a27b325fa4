/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-match-dialog"

#include "config.h"

#include "billing-remittance-match-dialog.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-desk-remittances.h"
#include "billing-entry.h"
#include "billing-format.h"
#include "billing-message-bar.h"
#include "billing-service.h"

struct _BillingRemittanceMatchDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  AdwPreferencesGroup *group;
  AdwComboRow *service_row;
  AdwEntryRow *number_row;
  GtkWidget *match_button;

  char *line;            /* (owned): id */
  GPtrArray *candidates; /* (owned) (nullable) (element-type BillingService) */
};

G_DEFINE_FINAL_TYPE (BillingRemittanceMatchDialog, billing_remittance_match_dialog, BILLING_TYPE_DIALOG)

/* A number that somebody typed goes before what was offered. */
static void
clicked_cb (BillingRemittanceMatchDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_REMITTANCE_MATCH, self->line);
  g_autofree char *number = billing_entry_row_dup_text (self->number_row);
  guint chosen = adw_combo_row_get_selected (self->service_row);

  if (number != NULL && *number != '\0')
    act->selection = g_steal_pointer (&number);
  else if (self->candidates != NULL && chosen < self->candidates->len)
    act->selection = g_strdup (BILLING_SERVICE (self->candidates->pdata[chosen])->number);

  if (act->selection != NULL)
    billing_dialog_do (BILLING_DIALOG (self), act);
  else
    billing_dialog_complain (BILLING_DIALOG (self), _("Which service is it about?"));
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  g_autofree char *toast = g_strdup_printf (_("Matched with %s"), act->selection);

  billing_dialog_tell_done (dialog, toast, act);
}

static char *
describe (BillingService *service)
{
  g_autofree char *day = billing_day_format (service->day, NULL);
  g_autofree char *amount = billing_format_money (NULL, service->amount, service->currency);

  return g_strdup_printf ("%s · %s · %s · %s · %s", service->number, service->patient_name, day,
                          service->code != NULL ? service->code : service->name, amount);
}

static void
show_candidates (BillingRemittanceMatchDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; self->candidates != NULL && i < self->candidates->len; i++)
    gtk_string_list_take (list, describe (self->candidates->pdata[i]));

  adw_combo_row_set_model (self->service_row, G_LIST_MODEL (list));
  gtk_widget_set_visible (GTK_WIDGET (self->service_row), g_list_model_get_n_items (G_LIST_MODEL (list)) > 0);
}

static void
billing_remittance_match_dialog_finalize (GObject *object)
{
  BillingRemittanceMatchDialog *self = BILLING_REMITTANCE_MATCH_DIALOG (object);

  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_free (self->line);

  G_OBJECT_CLASS (billing_remittance_match_dialog_parent_class)->finalize (object);
}

static void
billing_remittance_match_dialog_class_init (BillingRemittanceMatchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_remittance_match_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/remittances/remittance-match-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceMatchDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceMatchDialog, match_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceMatchDialog, number_row);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittanceMatchDialog, service_row);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
billing_remittance_match_dialog_init (BillingRemittanceMatchDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_remittance_match_dialog_new:
 * @desk: whose practice
 * @line: id of a line of a remittance
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_remittance_match_dialog_new (BillingDesk *desk,
                                     const char  *line)
{
  BillingRemittanceMatchDialog *self = g_object_new (BILLING_TYPE_REMITTANCE_MATCH_DIALOG, "desk", desk, NULL);
  g_autoptr (GError) error = NULL;

  self->line = g_strdup (line);
  self->candidates = billing_desk_list_line_candidates (desk, line, &error);
  if (self->candidates == NULL)
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
  show_candidates (self);
  return GTK_WINDOW (self);
}
