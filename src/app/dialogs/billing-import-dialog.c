/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-dialog"

#include "config.h"

#include "billing-import-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-detail-row.h"
#include "billing-file-choice.h"
#include "billing-import-mapping.h"
#include "billing-importer.h"

/* Nobody reads more of them here; billingctl lists all. */
#define N_PROBLEMS 200

struct _BillingImportDialog {
  BillingDialog parent_instance;

  /* Template widgets */
  GtkStack *stack; /* (not owned) */
  GtkLabel *progress_label; /* (not owned) */
  GtkProgressBar *progress_bar; /* (not owned) */
  GtkLabel *summary_label; /* (not owned) */
  GtkBox *mappings_box; /* (not owned) */
  GtkWidget *files_box; /* (not owned) */
  GtkListBox *files_list; /* (not owned) */
  GtkWidget *counts_box; /* (not owned) */
  GtkListBox *counts_list; /* (not owned) */
  GtkWidget *problems_box; /* (not owned) */
  GtkLabel *problems_label; /* (not owned) */
  GtkListBox *problems_list; /* (not owned) */
  GtkWidget *add_button; /* (not owned) */
  GtkWidget *stop_button; /* (not owned) */
  GtkWidget *import_button; /* (not owned) */
  GtkWidget *close_button; /* (not owned) */

  BillingImporter *importer; /* (owned) */
  GCancellable *working; /* (owned) (nullable): while something is read or written */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  gboolean applied;
};

G_DEFINE_FINAL_TYPE (BillingImportDialog, billing_import_dialog, BILLING_TYPE_DIALOG)

static void mapping_changed_cb (BillingImportDialog *self);

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  return billing_detail_row_new (item, NULL);
}

/* One place says which page is shown and which buttons make sense on it. */
static void
show_page (BillingImportDialog *self,
           const char          *page)
{
  gboolean preview = g_str_equal (page, "preview");
  gboolean working = g_str_equal (page, "working");

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (self->add_button, preview && !self->applied);
  gtk_widget_set_visible (self->stop_button, working);
  gtk_widget_set_visible (self->import_button, preview && !self->applied);
  gtk_widget_set_sensitive (self->import_button, billing_importer_has_changes (self->importer));
  gtk_widget_set_visible (self->close_button, preview && self->applied);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->applied ? self->close_button : self->import_button);
}

static void
show_problems (BillingImportDialog *self)
{
  guint64 n_problems = billing_importer_get_n_problems (self->importer);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->problems_box, n_problems > 0);
  text = g_strdup_printf (g_dngettext (NULL, "%" PRIu64 " entry cannot come in",
                                       "%" PRIu64 " entries cannot come in", (gulong) n_problems),
                          n_problems);
  gtk_label_set_label (self->problems_label, text);
}

/* The columns of CSV files can be changed until something was written. */
static void
show_mappings (BillingImportDialog *self)
{
  GListModel *files = billing_importer_get_files (self->importer);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->mappings_box))) != NULL)
    gtk_box_remove (self->mappings_box, child);

  for (guint i = 0; !self->applied && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (BillingImportFile) file = g_list_model_get_item (files, i);
      GtkWidget *mapping;

      if (g_strcmp0 (file->format, "csv") != 0)
        continue;

      mapping = billing_import_mapping_new (self->importer, i);
      g_signal_connect_swapped (mapping, "changed", G_CALLBACK (mapping_changed_cb), self);
      gtk_box_append (self->mappings_box, mapping);
    }
}

/* Rows say what was known when they were made: after each look they are made anew. */
static void
bind_importer (BillingImportDialog *self)
{
  g_autoptr (GtkSliceListModel) first =
    gtk_slice_list_model_new (g_object_ref (billing_importer_get_problems (self->importer)), 0, N_PROBLEMS);

  gtk_list_box_bind_model (self->files_list, billing_importer_get_files (self->importer),
                           create_row_cb, NULL, NULL);
  gtk_list_box_bind_model (self->counts_list, billing_importer_get_counts (self->importer),
                           create_row_cb, NULL, NULL);
  gtk_list_box_bind_model (self->problems_list, G_LIST_MODEL (first), create_row_cb, NULL, NULL);
  gtk_widget_set_visible (self->counts_box, g_list_model_get_n_items (billing_importer_get_counts (self->importer)) > 0);
}

static void
show_preview (BillingImportDialog *self)
{
  g_autofree char *summary = billing_importer_get_summary (self->importer);

  gtk_label_set_label (self->summary_label, summary);
  bind_importer (self);
  show_mappings (self);
  show_problems (self);
  show_page (self, "preview");
}

static void
progress_cb (int      fraction,
             guint64  entries,
             gpointer data)
{
  BillingImportDialog *self = data;
  g_autofree char *text = NULL;

  if (self->working == NULL)
    return;

  text = g_strdup_printf (g_dngettext (NULL, "%" PRIu64 " entry read",
                                       "%" PRIu64 " entries read", (gulong) entries), entries);
  gtk_label_set_label (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, fraction / 1000.0);
}

static void
begin_work (BillingImportDialog *self,
            const char          *label)
{
  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  self->working = g_cancellable_new ();
  billing_dialog_complain (BILLING_DIALOG (self), NULL);
  gtk_label_set_label (self->progress_label, label);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
}

/* Stopped by the person, or because the dialog goes away; in the second case there is nothing left to show it in. */
static void
prepare_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BillingImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (billing_importer_prepare_finish (BILLING_IMPORTER (object), result, &error))
    {
      g_clear_object (&self->working);
      show_preview (self);
      return;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->working);
  billing_dialog_complain (BILLING_DIALOG (self), error->message);
  show_page (self, "choose");
}

static void
prepare (BillingImportDialog *self)
{
  begin_work (self, _("Reading…"));
  show_page (self, "working");
  billing_importer_prepare_async (self->importer, progress_cb, self, self->working,
                                  prepare_cb, g_object_ref (self));
}

/* Who goes through the columns stays on them while the file is looked at again. */
static void
mapping_changed_cb (BillingImportDialog *self)
{
  begin_work (self, _("Reading…"));
  gtk_widget_set_sensitive (self->import_button, FALSE);
  billing_importer_prepare_async (self->importer, progress_cb, self, self->working,
                                  prepare_cb, g_object_ref (self));
}

static void
apply_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BillingImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = billing_importer_apply_finish (BILLING_IMPORTER (object), result, &error);

  g_clear_object (&self->working);
  if (!done)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        billing_dialog_complain (BILLING_DIALOG (self), error->message);
      show_preview (self);
      return;
    }

  self->applied = TRUE;
  gtk_window_set_title (GTK_WINDOW (self), _("Imported"));
  billing_dialog_tell_window (BILLING_DIALOG (self), "win.toast", _("Import finished"));
  show_preview (self);
}

static void
import_clicked_cb (BillingImportDialog *self)
{
  begin_work (self, _("Writing…"));
  show_page (self, "working");
  billing_importer_apply_async (self->importer, self->working, apply_cb, g_object_ref (self));
}

static gboolean
has_remittances (BillingImportDialog *self)
{
  GListModel *counts = billing_importer_get_counts (self->importer);

  for (guint i = 0; i < g_list_model_get_n_items (counts); i++)
    {
      g_autoptr (BillingImportCount) count = g_list_model_get_item (counts, i);

      if (g_str_equal (count->kind, "x12-remittances") && count->added > 0)
        return TRUE;
    }

  return FALSE;
}

/* What insurers sent has to be posted: that is what comes next. */
static void
close_clicked_cb (BillingImportDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  gboolean go_on = parent != NULL && self->applied && has_remittances (self);

  gtk_window_close (GTK_WINDOW (self));
  if (go_on)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.remittances", NULL);
}

/* What was read so far is let go; the files can be chosen again. */
static void
stop_clicked_cb (BillingImportDialog *self)
{
  g_autoptr (BillingImporter) importer = billing_importer_new (billing_dialog_get_desk (BILLING_DIALOG (self)));

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_set_object (&self->importer, importer);
  show_page (self, "choose");
}

static gboolean
take_files (gpointer  owner,
            GSList   *files)
{
  BillingImportDialog *self = owner;

  if (self->working != NULL || self->applied)
    return FALSE;

  billing_import_dialog_add_files (self, files);
  return TRUE;
}

static gboolean
chosen_cb (gpointer  owner,
           GSList   *files)
{
  BillingImportDialog *self = owner;

  g_clear_object (&self->chooser);
  billing_import_dialog_add_files (self, files);
  return TRUE;
}

static void
choose_clicked_cb (BillingImportDialog *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  static const char * const suffixes[] = { "json", "ndjson", "271", "x12", "edi", "csv", "tsv", "txt" };

  if (self->chooser != NULL)
    return;

  gtk_file_filter_set_name (filter, _("FHIR, X12 and CSV"));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");

  self->chooser = billing_file_choice_ask (GTK_WIDGET (self), _("Choose Files to Import"), _("_Choose"), self, chosen_cb);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Nothing is lost with files of which nothing would come in, unless somebody said what their columns are. */
static gboolean
billing_import_dialog_is_changed (BillingDialog *dialog)
{
  BillingImportDialog *self = BILLING_IMPORT_DIALOG (dialog);

  return !self->applied && (billing_importer_has_changes (self->importer) ||
                            gtk_widget_get_first_child (GTK_WIDGET (self->mappings_box)) != NULL);
}

static void
billing_import_dialog_constructed (GObject *object)
{
  BillingImportDialog *self = BILLING_IMPORT_DIALOG (object);

  G_OBJECT_CLASS (billing_import_dialog_parent_class)->constructed (object);

  self->importer = billing_importer_new (billing_dialog_get_desk (BILLING_DIALOG (self)));
  show_page (self, "choose");
}

static void
billing_import_dialog_dispose (GObject *object)
{
  BillingImportDialog *self = BILLING_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (billing_import_dialog_parent_class)->dispose (object);
}

static void
billing_import_dialog_finalize (GObject *object)
{
  BillingImportDialog *self = BILLING_IMPORT_DIALOG (object);

  g_clear_object (&self->importer);

  G_OBJECT_CLASS (billing_import_dialog_parent_class)->finalize (object);
}

static void
billing_import_dialog_class_init (BillingImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = billing_import_dialog_constructed;
  object_class->dispose = billing_import_dialog_dispose;
  object_class->finalize = billing_import_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->is_changed = billing_import_dialog_is_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, counts_box);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, counts_list);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, files_box);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, files_list);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, mappings_box);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, problems_box);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, problems_label);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, problems_list);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, BillingImportDialog, summary_label);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
}

static void
billing_import_dialog_init (BillingImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (billing_file_choice_new_drop (self, take_files)));
}

/**
 * billing_import_dialog_new:
 * @desk: into whose books
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_import_dialog_new (BillingDesk *desk)
{
  return g_object_new (BILLING_TYPE_IMPORT_DIALOG, "desk", desk, NULL);
}

/**
 * billing_import_dialog_add_files:
 * @self: the dialog
 * @files: (element-type GFile): what is to be imported, too
 *
 * Reads @files and shows what would come in.
 */
void
billing_import_dialog_add_files (BillingImportDialog *self,
                                 GSList              *files)
{
  for (GSList *l = files; l != NULL; l = l->next)
    billing_importer_add_file (self->importer, l->data);

  if (files == NULL)
    return;

  prepare (self);
}
