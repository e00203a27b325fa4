/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-note-row"

#include "config.h"

#include "billing-note-row.h"

#include <glib/gi18n.h>

#include "billing-audit.h"
#include "billing-detail-format.h"
#include "billing-detail-row.h"
#include "billing-detail-section.h"

struct _BillingNoteRow {
  GtkListBoxRow parent_instance;

  /* Template widgets */
  GtkStack *stack; /* (not owned) */
  GtkLabel *text_label; /* (not owned) */
  GtkLabel *subtitle_label; /* (not owned) */
  GtkWidget *edit_button; /* (not owned) */
  GtkMenuButton *history_button; /* (not owned) */
  GtkListBox *history_list; /* (not owned) */
  GtkTextView *text_view; /* (not owned) */
  GtkWidget *save_button; /* (not owned) */

  BillingNote *note; /* (owned) */
  BillingDesk *desk; /* (owned) */
  GListStore *versions; /* (owned): what it said before, the newest first */
  GCancellable *reading; /* (owned) */
  gboolean is_saving;
};

G_DEFINE_FINAL_TYPE (BillingNoteRow, billing_note_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_text (BillingNoteRow *self)
{
  g_autofree char *text = NULL;

  g_object_get (gtk_text_view_get_buffer (self->text_view), "text", &text, NULL);
  return g_strstrip (g_steal_pointer (&text));
}

static void
update_save_button (BillingNoteRow *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (self->save_button, *text != '\0' && !self->is_saving);
}

static void
edit_clicked_cb (BillingNoteRow *self)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), self->note->text, -1);
  gtk_stack_set_visible_child_name (self->stack, "edit");
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
cancel_clicked_cb (BillingNoteRow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "read");
  gtk_widget_grab_focus (self->edit_button);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BillingNoteRow) self = user_data;
  g_autoptr (GError) error = NULL;

  self->is_saving = FALSE;
  /* The books tell of the change, and another row takes this one's place. */
  if (billing_desk_do_finish (BILLING_DESK (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Note changed"));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "pane.complain", "s", error->message);

  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      update_save_button (self);
      if (error == NULL)
        gtk_stack_set_visible_child_name (self->stack, "read");
    }
}

static void
save_clicked_cb (BillingNoteRow *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (BillingAct) act = NULL;

  if (*text == '\0' || self->is_saving)
    return;

  self->is_saving = TRUE;
  update_save_button (self);
  act = billing_act_new (BILLING_VERB_NOTE_EDIT, billing_record_get_id (BILLING_RECORD (self->note)));
  g_object_set (act, "text", text, NULL);
  billing_desk_do_async (self->desk, act, NULL, saved_cb, g_object_ref (self));
}

/* Control+Enter saves, Escape leaves it as it was. */
static gboolean
key_pressed_cb (BillingNoteRow  *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  if (keyval == GDK_KEY_Escape)
    cancel_clicked_cb (self);
  else if ((state & GDK_CONTROL_MASK) != 0 && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter))
    save_clicked_cb (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

typedef struct {
  BillingNoteRow *row; /* (owned) */
  char *id; /* (owned) */
  GPtrArray *versions; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->row);
  g_free (reading->id);
  g_clear_pointer (&reading->versions, g_ptr_array_unref);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static gboolean
read_versions (BillingConnection  *connection,
               gpointer            data,
               GCancellable       *cancellable,
               GError            **error)
{
  Reading *reading = data;

  reading->versions = billing_audit_read_note (connection, reading->id, error);
  return reading->versions != NULL;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  GListStore *versions = reading->row->versions;
  g_autoptr (GError) error = NULL;

  if (billing_store_read_finish (BILLING_STORE (object), result, &error))
    g_list_store_splice (versions, 0, g_list_model_get_n_items (G_LIST_MODEL (versions)), reading->versions->pdata,
                         reading->versions->len);
}

/* Read when somebody asks for it: hardly anybody does. */
static void
history_shown_cb (BillingNoteRow *self)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->row = g_object_ref (self);
  reading->id = g_strdup (billing_record_get_id (BILLING_RECORD (self->note)));
  billing_store_read_async (billing_desk_get_store (self->desk), read_versions, reading, NULL, self->reading, read_cb, reading);
}

static GtkWidget *
create_version_cb (gpointer item,
                   gpointer user_data)
{
  return billing_detail_row_new (item, user_data);
}

static void
show_note (BillingNoteRow *self)
{
  BillingPractice *practice = billing_desk_get_practice (self->desk);
  BillingPerson *person = billing_desk_get_person (self->desk);
  g_autofree char *subtitle = billing_detail_format_subtitle (NULL, BILLING_RECORD (self->note), practice->time_zone);
  gboolean is_own = g_strcmp0 (self->note->person, person->account) == 0;

  gtk_label_set_label (self->text_label, self->note->text);
  gtk_label_set_label (self->subtitle_label, subtitle);
  gtk_widget_set_visible (self->edit_button, is_own && billing_desk_may (self->desk, BILLING_VERB_NOTE_EDIT));
  gtk_widget_set_visible (GTK_WIDGET (self->history_button), self->note->edited_at != 0);
  billing_detail_name_button (self->history_button, _("What the note said before"), NULL);
  gtk_list_box_bind_model (self->history_list, G_LIST_MODEL (self->versions), create_version_cb,
                           g_object_ref (practice), g_object_unref);
  /* A row of several widgets is read as one. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->note->text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
}

static void
billing_note_row_dispose (GObject *object)
{
  BillingNoteRow *self = BILLING_NOTE_ROW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->note);
  g_clear_object (&self->desk);
  g_clear_object (&self->versions);

  G_OBJECT_CLASS (billing_note_row_parent_class)->dispose (object);
}

static void
billing_note_row_class_init (BillingNoteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_note_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/note-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingNoteRow, edit_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNoteRow, history_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNoteRow, history_list);
  gtk_widget_class_bind_template_child (widget_class, BillingNoteRow, save_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNoteRow, stack);
  gtk_widget_class_bind_template_child (widget_class, BillingNoteRow, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, BillingNoteRow, text_label);
  gtk_widget_class_bind_template_child (widget_class, BillingNoteRow, text_view);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_save_button);
}

static void
billing_note_row_init (BillingNoteRow *self)
{
  self->versions = g_list_store_new (BILLING_TYPE_NOTE);
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_note_row_new:
 * @note: what it shows; the row does not follow its changes
 * @desk: who looks
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_note_row_new (BillingNote *note,
                      BillingDesk *desk)
{
  BillingNoteRow *self = g_object_new (BILLING_TYPE_NOTE_ROW, NULL);

  self->note = g_object_ref (note);
  self->desk = g_object_ref (desk);
  show_note (self);
  return GTK_WIDGET (self);
}
