/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-export"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>

#include "billing-export-dialog.h"
#include "billing-list-export.h"

/* The list on the screen as a CSV file: where to, how far, and that it is there. */

/* What is exported, as it was when it was asked for. */
typedef struct {
  BillingDesk *desk;   /* (owned) */
  BillingQuery *query; /* (owned) */
  GStrv columns;       /* (owned) */
} Export;

static void
export_free (gpointer  data,
             GClosure *closure)
{
  Export *export = data;

  g_object_unref (export->desk);
  g_object_unref (export->query);
  g_strfreev (export->columns);
  g_free (export);
}

static void
exported_cb (BillingExportDialog *dialog,
             const char          *path,
             guint64              n_rows,
             const char          *list)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  g_autofree char *title = billing_list_export_done (list, n_rows);
  AdwToast *toast;

  if (window == NULL)
    return;

  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _("Open _Folder"));
  adw_toast_set_action_name (toast, "win.open-exported");
  adw_toast_set_action_target_value (toast, g_variant_new_bytestring (path));
  _billing_window_toast (BILLING_WINDOW (window), toast);
}

static void
place_chosen_cb (GtkNativeDialog *chooser,
                 int              response,
                 gpointer         data)
{
  Export *export = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  GtkWindow *window = gtk_native_dialog_get_transient_for (chooser);

  if (response == GTK_RESPONSE_ACCEPT && path != NULL && window != NULL)
    {
      GtkWindow *dialog = billing_export_dialog_new (window);

      g_signal_connect (dialog, "exported", G_CALLBACK (exported_cb), (gpointer) g_intern_string (export->query->list));
      billing_export_dialog_run (BILLING_EXPORT_DIALOG (dialog), export->desk, export->query,
                                 (const char * const *) export->columns, path);
    }

  g_object_unref (chooser);
}

/* Named after what it lists and the day. */
static void
suggest_name (GtkFileChooser *chooser,
              Export         *export)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GFile) file = g_file_new_for_path (documents != NULL ? documents : g_get_home_dir ());
  g_autofree char *name = g_strdup_printf ("%s-%s.csv", export->query->list, export->query->today);

  gtk_file_chooser_set_current_name (chooser, name);
  gtk_file_chooser_set_current_folder (chooser, file, NULL);
}

/**
 * _billing_window_export:
 * @self: a window with a list on the screen
 *
 * Asks where the list is to go, and writes it there as it is on the screen now: its columns, filters and order.
 */
void
_billing_window_export (BillingWindow *self)
{
  BillingListPage *page = _billing_window_get_page (self);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Export"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Export *export = g_new0 (Export, 1);

  export->desk = g_object_ref (self->desk);
  export->query = billing_list_page_create_query (page);
  export->columns = billing_list_page_list_columns (page);

  gtk_file_filter_set_name (filter, _("CSV Files"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  suggest_name (GTK_FILE_CHOOSER (chooser), export);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (place_chosen_cb), export, export_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/**
 * _billing_window_open_exported:
 * @self: a window
 * @path: of a file that was exported
 *
 * Opens the folder that the file is in.
 */
void
_billing_window_open_exported (BillingWindow *self,
                               const char    *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}
