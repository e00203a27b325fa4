/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report-export"

#include "config.h"

#include "billing-report-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "billing-file-choice.h"
#include "billing-safe-file.h"

typedef struct {
  GtkWidget *widget;             /* (owned) */
  BillingDesk *desk;             /* (owned) */
  GtkFileChooserNative *chooser; /* (owned) */
  char *csv;                     /* (owned) */
  char *path;                    /* (owned) (nullable): once it was chosen */
} Exporting;

static void
exporting_free (Exporting *exporting)
{
  g_object_unref (exporting->widget);
  g_object_unref (exporting->desk);
  g_clear_object (&exporting->chooser);
  g_free (exporting->csv);
  g_free (exporting->path);
  g_free (exporting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exporting, exporting_free)

static gboolean
write_file (Exporting  *exporting,
            GError    **error)
{
  g_autoptr (BillingSafeFile) file = billing_safe_file_open (exporting->path, error);

  if (file == NULL)
    return FALSE;

  if (!g_output_stream_write_all (billing_safe_file_get_stream (file), exporting->csv, strlen (exporting->csv), NULL, NULL, error))
    {
      billing_safe_file_explain (file, error);
      return FALSE;
    }

  return billing_safe_file_commit (file, error);
}

/* Who takes data out of the practice was written down first. A table has a few lines: written at once. */
static void
announced_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Exporting) exporting = user_data;
  g_autoptr (GError) error = NULL;

  if (!billing_desk_do_finish (BILLING_DESK (object), result, &error) || !write_file (exporting, &error))
    gtk_widget_activate_action (exporting->widget, "win.warn", "s", error->message);
  else
    gtk_widget_activate_action (exporting->widget, "win.exported", "(s^ay)", _("The table is saved"), exporting->path);
}

static gboolean
place_chosen_cb (gpointer  owner,
                 GSList   *files)
{
  g_autoptr (Exporting) exporting = owner;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_EXPORT, NULL);
  g_autofree char *name = files != NULL ? g_file_get_basename (files->data) : NULL;
  BillingDesk *desk = exporting->desk;

  exporting->path = files != NULL ? g_file_get_path (files->data) : NULL;
  if (exporting->path == NULL)
    return FALSE;

  g_object_set (act, "text", name, NULL);
  billing_desk_do_async (desk, act, NULL, announced_cb, g_steal_pointer (&exporting));
  return TRUE;
}

/**
 * billing_report_export:
 * @widget: in the window that asks
 * @desk: a session
 * @name: what the file is to be called
 * @csv: (transfer full): the file
 *
 * Asks where a table is to be saved, saves it, notes who did, and has the window say where it is.
 */
void
billing_report_export (GtkWidget   *widget,
                       BillingDesk *desk,
                       const char  *name,
                       char        *csv)
{
  Exporting *exporting = g_new0 (Exporting, 1);

  *exporting = (Exporting) { g_object_ref (widget), g_object_ref (desk), NULL, csv, NULL };
  exporting->chooser = billing_file_choice_ask_save (widget, _("Save Export"), name, exporting, place_chosen_cb);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (exporting->chooser));
}
