/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-documents-section"

#include "config.h"

#include "billing-documents-section.h"

#include <glib/gi18n.h>

#include "billing-document-opening.h"

struct _BillingDocumentsSection {
  BillingDetailSection parent_instance;

  /* Template widgets */
  GtkListBox *list; /* (not owned) */
  GtkWidget *add_button; /* (not owned) */
  GtkWidget *progress_box; /* (not owned) */
  GtkLabel *progress_label; /* (not owned) */
  GtkProgressBar *progress_bar; /* (not owned) */

  GCancellable *cancellable; /* (owned) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */

  /* The files that are being added. */
  GListStore *files; /* (owned) */
  guint next; /* which of them */
  char *payment; /* (owned) (nullable): to which; %NULL while nothing is added */
  GString *problems; /* (owned): sentences, one a line */
  guint n_problems;
};

G_DEFINE_FINAL_TYPE (BillingDocumentsSection, billing_documents_section, BILLING_TYPE_DETAIL_SECTION)

static void add_next (BillingDocumentsSection *self);

static void
update_progress (BillingDocumentsSection *self)
{
  guint n_files = g_list_model_get_n_items (G_LIST_MODEL (self->files));
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->progress_box, self->payment != NULL);
  gtk_widget_set_sensitive (self->add_button, self->payment == NULL);
  if (self->payment == NULL)
    return;

  text = g_strdup_printf (_("Adding %u of %u…"), self->next + 1, n_files);
  gtk_label_set_label (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, (double) self->next / n_files);
}

/* Says in one go what came in and what did not. */
static void
finish_adding (BillingDocumentsSection *self,
               guint                    n_added)
{
  g_autofree char *toast = NULL;

  g_clear_pointer (&self->payment, g_free);
  g_list_store_remove_all (self->files);
  update_progress (self);

  if (n_added > 0)
    {
      toast = g_strdup_printf (ngettext ("%u document added", "%u documents added", n_added), n_added);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", toast);
    }
  if (self->problems->len > 0)
    billing_detail_section_complain (BILLING_DETAIL_SECTION (self), self->problems->str);
}

static void
note_problem (BillingDocumentsSection *self,
              const char              *sentence)
{
  if (self->problems->len > 0)
    g_string_append_c (self->problems, '\n');
  g_string_append (self->problems, sentence);
  self->n_problems++;
}

/* A file that only the network has, such as one dragged out of a mail. */
static void
refuse_remote (BillingDocumentsSection *self,
               GFile                   *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *sentence = g_strdup_printf (_("“%s” is not on this computer. Copy it here first."), name);

  note_problem (self, sentence);
}

static void
add_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  BillingDocumentsSection *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!billing_desk_do_finish (BILLING_DESK (object), result, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      note_problem (self, error->message);
    }

  self->next++;
  add_next (self);
}

/* One file after the other: each is an act of its own, and one that cannot come in does not stop the rest. */
static void
add_next (BillingDocumentsSection *self)
{
  BillingDossier *dossier = billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
  guint n_files = g_list_model_get_n_items (G_LIST_MODEL (self->files));
  g_autoptr (BillingAct) act = NULL;
  g_autoptr (GFile) file = NULL;

  if (self->next == n_files)
    {
      finish_adding (self, n_files - self->n_problems);
      return;
    }

  update_progress (self);
  file = g_list_model_get_item (G_LIST_MODEL (self->files), self->next);
  if (g_file_peek_path (file) == NULL)
    {
      refuse_remote (self, file);
      self->next++;
      add_next (self);
      return;
    }

  act = billing_act_new (BILLING_VERB_DOCUMENT_ADD, self->payment);
  g_object_set (act, "file", g_file_peek_path (file), NULL);
  billing_desk_do_async (billing_dossier_get_desk (dossier), act, self->cancellable, add_cb, self);
}

static gboolean
begin_adding (BillingDocumentsSection *self,
              GSList                  *files)
{
  BillingDossier *dossier = billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
  BillingPayment *payment = dossier != NULL ? billing_dossier_get_payment (dossier) : NULL;

  if (payment == NULL || self->payment != NULL || files == NULL)
    return FALSE;

  for (GSList *l = files; l != NULL; l = l->next)
    g_list_store_append (self->files, l->data);

  self->payment = g_strdup (billing_record_get_id (BILLING_RECORD (payment)));
  self->next = 0;
  self->n_problems = 0;
  g_string_truncate (self->problems, 0);
  add_next (self);
  return TRUE;
}

static gboolean
drop_cb (BillingDocumentsSection *self,
         const GValue            *value)
{
  return begin_adding (self, g_value_get_boxed (value));
}

static void
chooser_response_cb (BillingDocumentsSection *self,
                     int                      response)
{
  g_autoptr (GListModel) files = NULL;
  GSList *list = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
      for (guint i = g_list_model_get_n_items (files); i > 0; i--)
        list = g_slist_prepend (list, g_list_model_get_item (files, i - 1));
    }

  g_clear_object (&self->chooser);
  begin_adding (self, list);
  g_slist_free_full (list, g_object_unref);
}

static void
launch_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BillingDocumentsSection) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    billing_detail_section_complain (BILLING_DETAIL_SECTION (self),
                                     _("No application on this computer opens documents of this "
                                       "kind."));
}

static void
open_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (BillingDocumentsSection) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = billing_document_copy_finish (BILLING_DESK (object), result, &error);
  g_autofree char *uri = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (path != NULL)
    uri = g_filename_to_uri (path, NULL, &error);
  if (uri == NULL)
    billing_detail_section_complain (BILLING_DETAIL_SECTION (self), error->message);
  else
    g_app_info_launch_default_for_uri_async (uri, NULL, self->cancellable, launch_cb, g_object_ref (self));
}

static BillingDocument *
find_document (BillingDossier *dossier,
               const char     *id)
{
  g_autoptr (GListModel) documents = NULL;

  g_object_get (dossier, "documents", &documents, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (BillingRecord) document = g_list_model_get_item (documents, i);

      if (g_strcmp0 (billing_record_get_id (document), id) == 0)
        return BILLING_DOCUMENT (g_steal_pointer (&document));
    }

  return NULL;
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingDocumentsSection *self = BILLING_DOCUMENTS_SECTION (widget);
  BillingDossier *dossier = billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
  g_autoptr (BillingDocument) document = find_document (dossier, g_variant_get_string (parameter, NULL));

  if (document != NULL)
    billing_document_copy_async (billing_dossier_get_desk (dossier), document, self->cancellable,
                                 open_cb, g_object_ref (self));
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  billing_documents_section_choose (BILLING_DOCUMENTS_SECTION (widget));
}

static void
billing_documents_section_dossier_changed (BillingDetailSection *section,
                                           BillingDossier       *dossier)
{
  billing_detail_section_bind_rows (section, BILLING_DOCUMENTS_SECTION (section)->list, "documents");
}

static void
billing_documents_section_dispose (GObject *object)
{
  BillingDocumentsSection *self = BILLING_DOCUMENTS_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (billing_documents_section_parent_class)->dispose (object);
}

static void
billing_documents_section_finalize (GObject *object)
{
  BillingDocumentsSection *self = BILLING_DOCUMENTS_SECTION (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->files);
  g_free (self->payment);
  g_string_free (self->problems, TRUE);

  G_OBJECT_CLASS (billing_documents_section_parent_class)->finalize (object);
}

static void
billing_documents_section_class_init (BillingDocumentsSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_documents_section_dispose;
  object_class->finalize = billing_documents_section_finalize;
  BILLING_DETAIL_SECTION_CLASS (klass)->dossier_changed = billing_documents_section_dossier_changed;

  gtk_widget_class_install_action (widget_class, "document.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "document.open", "s", open_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/documents-section.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentsSection, add_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentsSection, list);
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentsSection, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentsSection, progress_box);
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentsSection, progress_label);
}

static void
billing_documents_section_init (BillingDocumentsSection *self)
{
  GtkDropTarget *target;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->files = g_list_store_new (G_TYPE_FILE);
  self->problems = g_string_new (NULL);

  /* While files hover over it, the section is in its :drop(active) state, which highlights it. */
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  update_progress (self);
}

/**
 * billing_documents_section_choose:
 * @self: the section
 *
 * Lets the person choose files to add.
 */
void
billing_documents_section_choose (BillingDocumentsSection *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL || self->payment != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Add Documents"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), NULL);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (chooser_response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
