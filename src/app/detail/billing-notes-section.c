/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notes-section"

#include "config.h"

#include "billing-notes-section.h"

#include <glib/gi18n.h>

#include "billing-detail-format.h"
#include "billing-note-row.h"

struct _BillingNotesSection {
  BillingDetailSection parent_instance;

  /* Template widgets */
  GtkTextView *text_view; /* (not owned) */
  GtkWidget *add_button; /* (not owned) */
  GtkListBox *list; /* (not owned) */

  GCancellable *cancellable; /* (owned) */
  GSignalGroup *dossier_signals; /* (owned) */
  GHashTable *drafts; /* (owned) (element-type utf8 utf8): what was begun, by what it is on */
  char *shown; /* (owned) (nullable): id of that whose draft stands in the text view */
  char *adding; /* (owned) (nullable): id of that on which the note that is being added will stand */
};

G_DEFINE_FINAL_TYPE (BillingNotesSection, billing_notes_section, BILLING_TYPE_DETAIL_SECTION)

static char *
dup_text (BillingNotesSection *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  return g_strstrip (g_steal_pointer (&text));
}

/* There is something to add, and nothing is being added. */
static void
update_button (BillingNotesSection *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (self->add_button, *text != '\0' && self->adding == NULL);
  gtk_text_view_set_editable (self->text_view, self->adding == NULL);
}

/* What was begun on one thing must not be added to the next one that is looked at. */
static void
loaded_cb (BillingNotesSection *self)
{
  BillingDossier *dossier = billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
  const char *id = billing_record_get_id (billing_dossier_get_subject (dossier));
  const char *draft;

  if (g_strcmp0 (id, self->shown) == 0)
    return;

  if (self->shown != NULL)
    g_hash_table_insert (self->drafts, g_steal_pointer (&self->shown), dup_text (self));

  self->shown = g_strdup (id);
  draft = g_hash_table_lookup (self->drafts, id);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), draft != NULL ? draft : "", -1);
}

/* The draft is done with: it stands in the books now. */
static void
forget_draft (BillingNotesSection *self,
              const char          *subject)
{
  g_hash_table_remove (self->drafts, subject);
  if (g_strcmp0 (subject, self->shown) == 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), "", -1);
}

static void
add_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  BillingNotesSection *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = NULL;

  if (!billing_desk_do_finish (BILLING_DESK (object), result, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  subject = g_steal_pointer (&self->adding);
  if (error != NULL)
    billing_detail_section_complain (BILLING_DETAIL_SECTION (self), error->message);
  else
    {
      forget_draft (self, subject);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Note added"));
    }
  update_button (self);
}

static void
add_clicked_cb (BillingNotesSection *self)
{
  BillingDossier *dossier = billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
  BillingRecord *subject = dossier != NULL ? billing_dossier_get_subject (dossier) : NULL;
  g_autofree char *text = dup_text (self);
  g_autoptr (BillingAct) act = NULL;

  if (subject == NULL || *text == '\0' || self->adding != NULL)
    return;

  self->adding = g_strdup (billing_record_get_id (subject));
  act = billing_act_new (BILLING_VERB_NOTE_ADD, self->adding);
  g_object_set (act, "text", text, NULL);
  billing_desk_do_async (billing_dossier_get_desk (dossier), act, self->cancellable, add_cb, self);
  update_button (self);
}

/* Control+Enter adds, as in every field of several lines. */
static gboolean
key_pressed_cb (BillingNotesSection *self,
                guint                keyval,
                guint                keycode,
                GdkModifierType      state)
{
  if ((state & GDK_CONTROL_MASK) == 0 || (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;

  add_clicked_cb (self);
  return GDK_EVENT_STOP;
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  return billing_note_row_new (item, user_data);
}

static void
billing_notes_section_dossier_changed (BillingDetailSection *section,
                                       BillingDossier       *dossier)
{
  BillingNotesSection *self = BILLING_NOTES_SECTION (section);

  g_autoptr (GListModel) notes = NULL;

  g_object_get (dossier, "notes", &notes, NULL);
  gtk_list_box_bind_model (self->list, notes, create_row_cb, g_object_ref (billing_dossier_get_desk (dossier)),
                           g_object_unref);
  g_signal_group_set_target (self->dossier_signals, dossier);
}

static void
billing_notes_section_dispose (GObject *object)
{
  BillingNotesSection *self = BILLING_NOTES_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->dossier_signals);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_clear_pointer (&self->adding, g_free);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (billing_notes_section_parent_class)->dispose (object);
}

static void
billing_notes_section_class_init (BillingNotesSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_notes_section_dispose;
  BILLING_DETAIL_SECTION_CLASS (klass)->dossier_changed = billing_notes_section_dossier_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/notes-section.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingNotesSection, add_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNotesSection, list);
  gtk_widget_class_bind_template_child (widget_class, BillingNotesSection, text_view);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_has_items);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_button);
}

static void
billing_notes_section_init (BillingNotesSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->dossier_signals = g_signal_group_new (BILLING_TYPE_DOSSIER);
  g_signal_group_connect_swapped (self->dossier_signals, "loaded", G_CALLBACK (loaded_cb), self);
  update_button (self);
}
