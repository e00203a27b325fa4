/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-documents-section"

#include "config.h"

#include "billing-documents-section.h"

#include <glib/gi18n.h>

#include "billing-document-opening.h"
#include "billing-document-row.h"
#include "billing-documents.h"
#include "billing-file-choice.h"
#include "billing-pasted-image.h"
#include "billing-rename-dialog.h"
#include "billing-undo.h"

/* How often the progress of a large file is looked at, milliseconds. */
#define LOOK 100

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
  BillingDocument *saving; /* (owned) (nullable): what the chooser asks a place for */

  /* The files that are being added. */
  GListStore *files; /* (owned) */
  guint next; /* which of them */
  BillingAct *adding; /* (owned) (nullable): the one that is copied now */
  GCancellable *stopping; /* (owned) (nullable): stops the copying */
  guint look_source;
  char *subject; /* (owned) (nullable): to which; %NULL while nothing is added */
  GString *problems; /* (owned): sentences, one a line */
  guint n_added;
  guint n_repeated;
};

G_DEFINE_FINAL_TYPE (BillingDocumentsSection, billing_documents_section, BILLING_TYPE_DETAIL_SECTION)

static void add_next (BillingDocumentsSection *self);

static BillingDesk *
get_desk (BillingDocumentsSection *self)
{
  return billing_dossier_get_desk (billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self)));
}

static gboolean
look_cb (gpointer user_data)
{
  BillingDocumentsSection *self = user_data;
  guint n_files = g_list_model_get_n_items (G_LIST_MODEL (self->files));
  int permille = self->adding != NULL ? billing_documents_get_progress (self->adding) : 0;

  gtk_progress_bar_set_fraction (self->progress_bar, (self->next + permille / 1000.0) / MAX (n_files, 1));
  return G_SOURCE_CONTINUE;
}

static void
update_progress (BillingDocumentsSection *self)
{
  guint n_files = g_list_model_get_n_items (G_LIST_MODEL (self->files));
  gboolean is_adding = self->subject != NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->progress_box, is_adding);
  gtk_widget_set_sensitive (self->add_button, !is_adding);
  if (!is_adding)
    {
      g_clear_handle_id (&self->look_source, g_source_remove);
      return;
    }

  text = g_strdup_printf (_("Adding %u of %u…"), self->next + 1, n_files);
  gtk_label_set_label (self->progress_label, text);
  if (self->look_source == 0)
    self->look_source = g_timeout_add (LOOK, look_cb, self);
  look_cb (self);
}

static char *
describe_added (BillingDocumentsSection *self)
{
  g_autofree char *added = g_strdup_printf (ngettext ("%u document added", "%u documents added", self->n_added), self->n_added);
  g_autofree char *there = g_strdup_printf (ngettext ("%u was there already", "%u were there already", self->n_repeated),
                                            self->n_repeated);

  if (self->n_added == 0 && self->n_repeated == 1)
    return g_strdup (_("This file is kept here already"));
  if (self->n_repeated == 0)
    return g_steal_pointer (&added);
  if (self->n_added == 0)
    return g_steal_pointer (&there);

  /* Translators: “2 documents added, 1 was there already” */
  return g_strdup_printf (C_("added and there", "%s, %s"), added, there);
}

/* Says in one go what came in and what did not. */
static void
finish_adding (BillingDocumentsSection *self)
{
  g_autofree char *toast = describe_added (self);

  g_clear_pointer (&self->subject, g_free);
  g_clear_object (&self->stopping);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      billing_pasted_image_forget (file);
    }
  g_list_store_remove_all (self->files);
  update_progress (self);

  if (self->n_added + self->n_repeated > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", toast);
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
}

/* The section went away, or somebody stopped it. */
static gboolean
has_ended (GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (BillingDocumentsSection) self = user_data;
  g_autoptr (BillingAct) act = g_steal_pointer (&self->adding);
  g_autoptr (GError) error = NULL;
  gboolean is_done = billing_desk_do_finish (BILLING_DESK (object), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (is_done && act->repeated)
    self->n_repeated++;
  else if (is_done)
    self->n_added++;
  else if (has_ended (error))
    {
      note_problem (self, _("Stopped. What was not copied yet was not added."));
      finish_adding (self);
      return;
    }
  else
    note_problem (self, error->message);

  self->next++;
  add_next (self);
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

/* One file after the other: each is an act of its own, and one that cannot come in does not stop the rest. */
static void
add_next (BillingDocumentsSection *self)
{
  guint n_files = g_list_model_get_n_items (G_LIST_MODEL (self->files));

  for (; self->next < n_files; self->next++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), self->next);

      if (g_file_peek_path (file) == NULL)
        {
          refuse_remote (self, file);
          continue;
        }

      self->adding = billing_act_new (BILLING_VERB_DOCUMENT_ADD, self->subject);
      g_object_set (self->adding, "file", g_file_peek_path (file), "name", billing_pasted_image_get_name (file), NULL);
      billing_documents_watch (self->adding, self->stopping);
      update_progress (self);
      billing_desk_do_async (get_desk (self), self->adding, NULL, add_cb, g_object_ref (self));
      return;
    }

  finish_adding (self);
}

static void
stop_clicked_cb (BillingDocumentsSection *self)
{
  if (self->stopping != NULL)
    g_cancellable_cancel (self->stopping);
}

static gboolean
chosen_cb (gpointer  owner,
           GSList   *files)
{
  BillingDocumentsSection *self = owner;

  g_clear_object (&self->chooser);
  billing_documents_section_add_files (self, files);
  return TRUE;
}

static void
image_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BillingDocumentsSection) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = billing_pasted_image_save_finish (GDK_TEXTURE (object), result, &error);
  GSList list = { file, NULL };

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (file == NULL)
    billing_detail_section_complain (BILLING_DETAIL_SECTION (self), error->message);
  else
    billing_documents_section_add_files (self, &list);
}

static void
launch_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BillingDocumentsSection) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && !has_ended (error))
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
  g_autofree char *uri = billing_document_copy_finish (BILLING_DESK (object), result, &error);

  if (has_ended (error))
    return;

  if (uri == NULL)
    billing_detail_section_complain (BILLING_DETAIL_SECTION (self), error->message);
  else
    g_app_info_launch_default_for_uri_async (uri, NULL, self->cancellable, launch_cb, g_object_ref (self));
}

static BillingDocument *
find_document (BillingDocumentsSection *self,
               GVariant                *id)
{
  BillingDossier *dossier = billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
  g_autoptr (GListModel) documents = NULL;

  g_object_get (dossier, "documents", &documents, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (BillingRecord) document = g_list_model_get_item (documents, i);

      if (g_strcmp0 (billing_record_get_id (document), g_variant_get_string (id, NULL)) == 0)
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
  g_autoptr (BillingDocument) document = find_document (self, parameter);

  if (document != NULL)
    billing_document_copy_async (get_desk (self), document, NULL, self->cancellable, open_cb, g_object_ref (self));
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BillingDocumentsSection) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = billing_document_copy_finish (BILLING_DESK (object), result, &error);

  if (uri != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Document saved"));
  else if (!has_ended (error))
    billing_detail_section_complain (BILLING_DETAIL_SECTION (self), error->message);
}

static gboolean
place_chosen_cb (gpointer  owner,
                 GSList   *files)
{
  BillingDocumentsSection *self = owner;
  g_autoptr (BillingDocument) document = g_steal_pointer (&self->saving);

  g_clear_object (&self->chooser);
  if (files != NULL)
    billing_document_copy_async (get_desk (self), document, files->data, self->cancellable, saved_cb, g_object_ref (self));
  return TRUE;
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingDocumentsSection *self = BILLING_DOCUMENTS_SECTION (widget);
  g_autoptr (BillingDocument) document = find_document (self, parameter);

  if (document == NULL || self->chooser != NULL)
    return;

  g_set_object (&self->saving, document);
  self->chooser = billing_file_choice_ask_save (widget, _("Save Document"), document->name, self, place_chosen_cb);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
renamed_cb (BillingDocumentsSection *self,
            const char              *response,
            BillingRenameDialog     *dialog)
{
  const char *id = g_object_get_data (G_OBJECT (dialog), "document");
  g_autoptr (BillingAct) act = NULL;

  if (!g_str_equal (response, "rename"))
    return;

  act = billing_act_new (BILLING_VERB_DOCUMENT_RENAME, id);
  g_object_set (act, "name", billing_rename_dialog_get_name (dialog), NULL);
  billing_detail_section_do (BILLING_DETAIL_SECTION (self), act, "win.toast", _("Document renamed"));
}

static void
rename_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingDocumentsSection *self = BILLING_DOCUMENTS_SECTION (widget);
  g_autoptr (BillingDocument) document = find_document (self, parameter);
  GtkWindow *dialog;

  if (document == NULL)
    return;

  dialog = billing_rename_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), document->name);
  g_object_set_data_full (G_OBJECT (dialog), "document", g_variant_dup_string (parameter, NULL), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

/* What was removed, for as long as it can be brought back at once. */
typedef struct {
  BillingDocumentsSection *section; /* (owned) */
  BillingDocument *document; /* (owned) */
} Removal;

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->section);
  g_object_unref (removal->document);
  g_free (removal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static void
removed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Removal) removal = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingAct) undo = billing_act_new (BILLING_VERB_DOCUMENT_RESTORE,
                                                 billing_record_get_id (BILLING_RECORD (removal->document)));
  g_autofree char *toast = g_strdup_printf (_("“%s” removed"), removal->document->name);

  if (billing_desk_do_finish (BILLING_DESK (object), result, &error))
    billing_undo_tell (GTK_WIDGET (removal->section), BILLING_DESK (object), toast, undo);
  else if (!has_ended (error))
    billing_detail_section_complain (BILLING_DETAIL_SECTION (removal->section), error->message);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingDocumentsSection *self = BILLING_DOCUMENTS_SECTION (widget);
  g_autoptr (BillingDocument) document = find_document (self, parameter);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DOCUMENT_REMOVE, g_variant_get_string (parameter, NULL));
  Removal *removal;

  if (document == NULL)
    return;

  removal = g_new0 (Removal, 1);
  removal->section = g_object_ref (self);
  removal->document = g_steal_pointer (&document);
  billing_desk_do_async (get_desk (self), act, self->cancellable, removed_cb, removal);
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  billing_documents_section_choose (BILLING_DOCUMENTS_SECTION (widget));
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  return billing_document_row_new (item, user_data);
}

static void
billing_documents_section_dossier_changed (BillingDetailSection *section,
                                           BillingDossier       *dossier)
{
  BillingDocumentsSection *self = BILLING_DOCUMENTS_SECTION (section);
  BillingDesk *desk = billing_dossier_get_desk (dossier);
  g_autoptr (GListModel) documents = NULL;

  g_object_get (dossier, "documents", &documents, NULL);
  gtk_list_box_bind_model (self->list, documents, create_row_cb, g_object_ref (desk), g_object_unref);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "document.remove", billing_desk_may (desk, BILLING_VERB_DOCUMENT_REMOVE));
}

static void
billing_documents_section_dispose (GObject *object)
{
  BillingDocumentsSection *self = BILLING_DOCUMENTS_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  if (self->stopping != NULL)
    g_cancellable_cancel (self->stopping);
  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (billing_documents_section_parent_class)->dispose (object);
}

static void
billing_documents_section_finalize (GObject *object)
{
  BillingDocumentsSection *self = BILLING_DOCUMENTS_SECTION (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->stopping);
  g_clear_object (&self->saving);
  g_clear_object (&self->adding);
  g_clear_object (&self->files);
  g_free (self->subject);
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
  gtk_widget_class_install_action (widget_class, "document.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "document.rename", "s", rename_action);
  gtk_widget_class_install_action (widget_class, "document.save", "s", save_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/documents-section.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentsSection, add_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentsSection, list);
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentsSection, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentsSection, progress_box);
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentsSection, progress_label);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
}

static void
billing_documents_section_init (BillingDocumentsSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->files = g_list_store_new (G_TYPE_FILE);
  self->problems = g_string_new (NULL);
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
  if (self->chooser != NULL || self->subject != NULL)
    return;

  self->chooser = billing_file_choice_ask (GTK_WIDGET (self), _("Add Documents"), _("_Add"), self, chosen_cb);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * billing_documents_section_add_files:
 * @self: the section
 * @files: (element-type GFile) (nullable): what is to be kept with what is shown
 *
 * Adds files one after the other; more can be given while it works, as long as the same thing is shown.
 */
void
billing_documents_section_add_files (BillingDocumentsSection *self,
                                     GSList                  *files)
{
  BillingDossier *dossier = billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
  BillingRecord *subject = dossier != NULL ? billing_dossier_get_subject (dossier) : NULL;
  const char *id = subject != NULL ? billing_record_get_id (subject) : NULL;
  gboolean is_adding = self->subject != NULL;

  if (subject == NULL || files == NULL)
    return;
  if (is_adding && g_strcmp0 (self->subject, id) != 0)
    {
      billing_detail_section_complain (BILLING_DETAIL_SECTION (self),
                                       _("Files are still being added elsewhere. Wait until they are there."));
      return;
    }

  for (GSList *l = files; l != NULL; l = l->next)
    g_list_store_append (self->files, l->data);
  if (is_adding)
    {
      update_progress (self);
      return;
    }

  self->subject = g_strdup (id);
  self->stopping = g_cancellable_new ();
  self->next = self->n_added = self->n_repeated = 0;
  g_string_truncate (self->problems, 0);
  billing_detail_section_complain (BILLING_DETAIL_SECTION (self), "");
  add_next (self);
}

/**
 * billing_documents_section_add_image:
 * @self: the section
 * @image: a picture from the clipboard
 *
 * Keeps a picture that never was a file.
 */
void
billing_documents_section_add_image (BillingDocumentsSection *self,
                                     GdkTexture              *image)
{
  billing_pasted_image_save_async (image, self->cancellable, image_cb, g_object_ref (self));
}
