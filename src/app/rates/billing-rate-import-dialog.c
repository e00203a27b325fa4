/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-import-dialog"

#include "config.h"

#include "billing-rate-import-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-message-bar.h"
#include "billing-rate-sheet.h"

/* So many rows are shown; all of them are counted. */
#define MAX_ROWS 200

struct _BillingRateImportDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  AdwPreferencesGroup *group;
  GtkWidget *import_button;

  BillingRateSheet *sheet; /* (owned) (nullable): NULL where it could not be read */
};

G_DEFINE_FINAL_TYPE (BillingRateImportDialog, billing_rate_import_dialog, BILLING_TYPE_DIALOG)

static void
apply_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (billing_rate_sheet_apply (BILLING_RATE_IMPORT_DIALOG (source)->sheet, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BillingRateImportDialog *self = BILLING_RATE_IMPORT_DIALOG (object);
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = billing_rate_sheet_summarise (self->sheet);

  billing_dialog_set_busy (BILLING_DIALOG (self), FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      return;
    }

  billing_dialog_tell_window (BILLING_DIALOG (self), "win.toast", summary);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
clicked_cb (BillingRateImportDialog *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, applied_cb, NULL);

  billing_dialog_set_busy (BILLING_DIALOG (self), TRUE);
  g_task_run_in_thread (task, apply_thread);
}

static void
billing_rate_import_dialog_finalize (GObject *object)
{
  g_clear_pointer (&BILLING_RATE_IMPORT_DIALOG (object)->sheet, billing_rate_sheet_free);

  G_OBJECT_CLASS (billing_rate_import_dialog_parent_class)->finalize (object);
}

static void
billing_rate_import_dialog_class_init (BillingRateImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_rate_import_dialog_finalize;
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/rates/rate-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRateImportDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BillingRateImportDialog, import_button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
billing_rate_import_dialog_init (BillingRateImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_line (BillingRateImportDialog *self,
          BillingRateSheetLine    *line)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (billing_rate_sheet_fate_get_label (line->fate));
  /* TRANSLATORS: a row of a file, as a spreadsheet counts it, and what it is about */
  g_autofree char *title = g_strdup_printf (_("Row %" PRIu64 ": %s"), line->line, line->what);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line->text != NULL ? line->text : "");
  gtk_widget_add_css_class (label, line->fate == BILLING_RATE_SHEET_FATE_REFUSED ? "error" : "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (self->group, row);
}

/* The refused ones first, then what happens; what stays as it is says nothing. */
static void
show_lines (BillingRateImportDialog *self)
{
  static const BillingRateSheetFate order[] = {
    BILLING_RATE_SHEET_FATE_REFUSED, BILLING_RATE_SHEET_FATE_CHANGED, BILLING_RATE_SHEET_FATE_NEW,
  };
  GPtrArray *lines = billing_rate_sheet_get_lines (self->sheet);
  g_autofree char *summary = billing_rate_sheet_summarise (self->sheet);
  guint n = 0;

  for (guint f = 0; f < G_N_ELEMENTS (order); f++)
    for (guint i = 0; i < lines->len && n < MAX_ROWS; i++)
      {
        BillingRateSheetLine *line = lines->pdata[i];

        if (line->fate == order[f])
          {
            add_line (self, line);
            n++;
          }
      }
  adw_preferences_group_set_title (self->group, summary);
  gtk_widget_set_sensitive (self->import_button, billing_rate_sheet_count (self->sheet, BILLING_RATE_SHEET_FATE_NEW) +
                                                 billing_rate_sheet_count (self->sheet, BILLING_RATE_SHEET_FATE_CHANGED) > 0);
}

/**
 * billing_rate_import_dialog_new:
 * @desk: whose practice
 * @path: of a CSV file of billing rates
 *
 * Returns: (transfer none): the dialog, to be presented: what is new, what changes, what is refused
 */
GtkWindow *
billing_rate_import_dialog_new (BillingDesk *desk,
                                const char  *path)
{
  BillingRateImportDialog *self = g_object_new (BILLING_TYPE_RATE_IMPORT_DIALOG, "desk", desk, NULL);
  g_autoptr (GError) error = NULL;

  self->sheet = billing_rate_sheet_read (desk, path, NULL, &error);
  gtk_widget_set_sensitive (self->import_button, self->sheet != NULL);
  if (self->sheet != NULL)
    show_lines (self);
  else
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
  return GTK_WINDOW (self);
}
