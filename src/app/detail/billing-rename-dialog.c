/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rename-dialog"

#include "config.h"

#include "billing-rename-dialog.h"

#include "billing-documents.h"

struct _BillingRenameDialog {
  AdwMessageDialog parent_instance;

  /* Template widgets */
  GtkEditable *entry; /* (not owned) */
  GtkLabel *refusal; /* (not owned) */
};

G_DEFINE_FINAL_TYPE (BillingRenameDialog, billing_rename_dialog, ADW_TYPE_MESSAGE_DIALOG)

/* That a name is missing everybody sees; what else is wrong with one is said. */
static void
changed_cb (BillingRenameDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  g_autoptr (GError) error = NULL;
  gboolean is_possible = billing_documents_check_name (name, &error);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "rename", is_possible);
  gtk_label_set_label (self->refusal, is_possible || *name == '\0' ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), !is_possible && *name != '\0');
  if (is_possible)
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_possible ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

/* What is before the extension is what people change. */
static void
select_stem (GtkEditable *entry)
{
  const char *name = gtk_editable_get_text (entry);
  const char *dot = strrchr (name, '.');

  gtk_editable_select_region (entry, 0, dot != NULL && dot > name ? (int) g_utf8_pointer_to_offset (name, dot) : -1);
}

static void
billing_rename_dialog_map (GtkWidget *widget)
{
  BillingRenameDialog *self = BILLING_RENAME_DIALOG (widget);

  GTK_WIDGET_CLASS (billing_rename_dialog_parent_class)->map (widget);

  /* To take the focus selects all. */
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  select_stem (self->entry);
}

static void
billing_rename_dialog_class_init (BillingRenameDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = billing_rename_dialog_map;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/rename-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRenameDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, BillingRenameDialog, refusal);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
billing_rename_dialog_init (BillingRenameDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_rename_dialog_new:
 * @parent: the window that asks
 * @name: what the document is called
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_rename_dialog_new (GtkWindow  *parent,
                           const char *name)
{
  BillingRenameDialog *self = g_object_new (BILLING_TYPE_RENAME_DIALOG, "transient-for", parent, NULL);

  gtk_editable_set_text (self->entry, name);
  return GTK_WINDOW (self);
}

/**
 * billing_rename_dialog_get_name:
 * @self: a dialog
 *
 * Returns: what stands in its entry
 */
const char *
billing_rename_dialog_get_name (BillingRenameDialog *self)
{
  return gtk_editable_get_text (self->entry);
}
