/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-key-dialog"

#include "config.h"

#include "billing-key-dialog.h"

#include "billing-key-form.h"

struct _BillingKeyDialog {
  AdwWindow parent_instance;

  /* Template widgets. */
  BillingKeyForm *form;
};

G_DEFINE_FINAL_TYPE (BillingKeyDialog, billing_key_dialog, ADW_TYPE_WINDOW)

static void
connected_cb (BillingKeyDialog *self,
              const char       *warning)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.connected", "s", warning != NULL ? warning : "");
  gtk_window_close (GTK_WINDOW (self));
}

static void
billing_key_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_KEY_DIALOG);

  G_OBJECT_CLASS (billing_key_dialog_parent_class)->dispose (object);
}

static void
billing_key_dialog_class_init (BillingKeyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_key_dialog_dispose;

  g_type_ensure (BILLING_TYPE_KEY_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/setup/key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingKeyDialog, form);
  gtk_widget_class_bind_template_callback (widget_class, connected_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
billing_key_dialog_init (BillingKeyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_key_dialog_new:
 * @sync: of the practice that the key is for
 *
 * Returns: (transfer none): a window
 */
GtkWindow *
billing_key_dialog_new (BillingSync *sync)
{
  BillingKeyDialog *self = g_object_new (BILLING_TYPE_KEY_DIALOG, NULL);

  billing_key_form_set_sync (self->form, sync);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
  return GTK_WINDOW (self);
}
