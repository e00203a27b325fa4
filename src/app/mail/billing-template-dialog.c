/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-template-dialog"

#include "config.h"

#include "billing-template-dialog.h"

#include <glib/gi18n.h>

#include "billing-entry.h"
#include "billing-enums.h"
#include "billing-json-texts.h"
#include "billing-message-bar.h"
#include "billing-messages.h"

struct _BillingTemplateDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  AdwComboRow *kind_row;
  AdwEntryRow *language;
  AdwEntryRow *subject;
  GtkTextView *body;
  GtkLabel *preview_label;
  GtkWidget *built_in_button;

  BillingTemplate *shown; /* (owned) (nullable): as it is kept, or built in */
};

G_DEFINE_FINAL_TYPE (BillingTemplateDialog, billing_template_dialog, BILLING_TYPE_DIALOG)

static char *
dup_body (BillingTemplateDialog *self)
{
  char *text;

  g_object_get (gtk_text_view_get_buffer (self->body), "text", &text, NULL);
  return text;
}

static void
update (BillingTemplateDialog *self)
{
  BillingDesk *desk = billing_dialog_get_desk (BILLING_DIALOG (self));
  g_autofree char *body = dup_body (self);
  g_autofree char *text = g_strdup_printf ("%s\n\n%s", gtk_editable_get_text (GTK_EDITABLE (self->subject)), body);
  g_autofree char *shown = desk != NULL ? billing_desk_show_template (desk, text) : NULL;

  gtk_label_set_label (self->preview_label, shown != NULL ? shown : "");
}

static void
chosen_cb (BillingTemplateDialog *self)
{
  BillingDesk *desk = billing_dialog_get_desk (BILLING_DIALOG (self));
  g_autofree char *language = billing_entry_row_dup_text (self->language);
  g_autoptr (GError) error = NULL;
  BillingTemplate *found;

  if (desk == NULL)
    return;

  found = billing_desk_load_template (desk, (BillingMessageKind) adw_combo_row_get_selected (self->kind_row), language, &error);
  if (found == NULL)
    {
      billing_dialog_complain (BILLING_DIALOG (self), error->message);
      return;
    }

  g_clear_object (&self->shown);
  self->shown = found;
  gtk_editable_set_text (GTK_EDITABLE (self->subject), found->subject);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->body), found->body, -1);
  gtk_widget_set_sensitive (self->built_in_button, billing_record_get_id (BILLING_RECORD (found)) != NULL);
  update (self);
}

static BillingAct *
make_act (BillingTemplateDialog *self)
{
  BillingAct *act = billing_act_new (BILLING_VERB_TEMPLATE_EDIT, NULL);

  act->name = g_strdup (billing_enum_nick (BILLING_TYPE_MESSAGE_KIND, (int) adw_combo_row_get_selected (self->kind_row)));
  act->locale = billing_entry_row_dup_text (self->language);
  return act;
}

static void
save_cb (BillingTemplateDialog *self)
{
  g_autoptr (BillingAct) act = make_act (self);
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (fields, (gpointer) "subject", billing_entry_row_dup_text (self->subject));
  g_hash_table_insert (fields, (gpointer) "body", dup_body (self));
  act->fields = billing_json_texts_build (fields);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
built_in_cb (BillingTemplateDialog *self)
{
  g_autoptr (BillingAct) act = make_act (self);

  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  billing_dialog_tell_window (dialog, "win.toast", act->fields != NULL ? _("Saved") : _("The built-in text is back"));
}

static gboolean
is_changed (BillingDialog *dialog)
{
  BillingTemplateDialog *self = BILLING_TEMPLATE_DIALOG (dialog);
  g_autofree char *body = dup_body (self);

  return self->shown != NULL && (g_strcmp0 (body, self->shown->body) != 0 ||
                                 g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->subject)), self->shown->subject) != 0);
}

static void
billing_template_dialog_finalize (GObject *object)
{
  g_clear_object (&BILLING_TEMPLATE_DIALOG (object)->shown);

  G_OBJECT_CLASS (billing_template_dialog_parent_class)->finalize (object);
}

static void
billing_template_dialog_class_init (BillingTemplateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_template_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;
  BILLING_DIALOG_CLASS (klass)->is_changed = is_changed;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/mail/template-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTemplateDialog, body);
  gtk_widget_class_bind_template_child (widget_class, BillingTemplateDialog, built_in_button);
  gtk_widget_class_bind_template_child (widget_class, BillingTemplateDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, BillingTemplateDialog, language);
  gtk_widget_class_bind_template_child (widget_class, BillingTemplateDialog, preview_label);
  gtk_widget_class_bind_template_child (widget_class, BillingTemplateDialog, subject);
  gtk_widget_class_bind_template_callback (widget_class, built_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_template_dialog_init (BillingTemplateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->body), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/**
 * billing_template_dialog_new:
 * @desk: whose practice
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_template_dialog_new (BillingDesk *desk)
{
  BillingTemplateDialog *self = g_object_new (BILLING_TYPE_TEMPLATE_DIALOG, "desk", desk, NULL);

  chosen_cb (self);
  return GTK_WINDOW (self);
}
