/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-export-dialog"

#include "config.h"

#include "billing-export-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-exporter.h"

/* What is done sooner needs no dialog. */
#define PATIENCE_MS 300

struct _BillingExportDialog {
  AdwMessageDialog parent_instance;

  /* Template widgets. */
  GtkProgressBar *bar;
  GtkLabel *count;

  GCancellable *cancellable; /* (owned) */
  char *path; /* (owned) (nullable) */
  guint patience;
};

G_DEFINE_FINAL_TYPE (BillingExportDialog, billing_export_dialog, ADW_TYPE_MESSAGE_DIALOG)

enum {
  EXPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
patience_cb (gpointer user_data)
{
  BillingExportDialog *self = user_data;

  self->patience = 0;
  gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
progress_cb (guint64  done,
             guint64  total,
             gpointer user_data)
{
  BillingExportDialog *self = user_data;
  g_autofree char *text = NULL;

  /* What shows it may be gone. */
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  /* TRANSLATORS: rows written, and how many there are: 412,000 of 1,000,000 */
  text = g_strdup_printf (_("%'" PRIu64 " of %'" PRIu64), done, total);
  gtk_progress_bar_set_fraction (self->bar, total > 0 ? (double) done / (double) total : 0.0);
  gtk_label_set_text (self->count, text);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BillingExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));
  guint64 n_rows;

  if (billing_desk_export_finish (BILLING_DESK (source), result, &n_rows, &error))
    g_signal_emit (self, signals[EXPORTED], 0, self->path, n_rows);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.warn", "s", error->message);

  gtk_window_destroy (GTK_WINDOW (self));
}

/* The dialog goes, and the file that was begun with it; what was there before stays. */
static void
response_cb (BillingExportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
billing_export_dialog_dispose (GObject *object)
{
  BillingExportDialog *self = BILLING_EXPORT_DIALOG (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (billing_export_dialog_parent_class)->dispose (object);
}

static void
billing_export_dialog_finalize (GObject *object)
{
  BillingExportDialog *self = BILLING_EXPORT_DIALOG (object);

  g_object_unref (self->cancellable);
  g_free (self->path);

  G_OBJECT_CLASS (billing_export_dialog_parent_class)->finalize (object);
}

static void
billing_export_dialog_class_init (BillingExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_export_dialog_dispose;
  object_class->finalize = billing_export_dialog_finalize;

  signals[EXPORTED] = g_signal_new ("exported", BILLING_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT64);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/dialogs/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, count);
  gtk_widget_class_bind_template_callback (widget_class, response_cb);
}

static void
billing_export_dialog_init (BillingExportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_export_dialog_new:
 * @window: over which it stands
 *
 * Returns: (transfer none): a dialog that shows nothing yet
 */
GtkWindow *
billing_export_dialog_new (GtkWindow *window)
{
  return g_object_new (BILLING_TYPE_EXPORT_DIALOG, "transient-for", window, NULL);
}

/**
 * billing_export_dialog_run:
 * @self: a dialog
 * @desk: the session that exports
 * @query: what is listed
 * @columns: (array zero-terminated=1): the properties that are wanted
 * @path: where the file is to be
 *
 * Writes the file, and goes away when that is done.
 */
void
billing_export_dialog_run (BillingExportDialog *self,
                           BillingDesk         *desk,
                           BillingQuery        *query,
                           const char * const  *columns,
                           const char          *path)
{
  self->path = g_strdup (path);
  self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
  billing_desk_export_async (desk, query, columns, path, progress_cb, self, self->cancellable, exported_cb,
                             g_object_ref (self));
}
