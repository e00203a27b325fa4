/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sign-in"

#include "config.h"

#include "billing-sign-in.h"

struct _BillingSignIn {
  AdwMessageDialog parent_instance;

  /* Template widgets. */
  GtkEditable *account;
  GtkEditable *passphrase;
};

G_DEFINE_FINAL_TYPE (BillingSignIn, billing_sign_in, ADW_TYPE_MESSAGE_DIALOG)

static void
account_cb (BillingSignIn *self)
{
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "sign-in",
                                           *gtk_editable_get_text (self->account) != '\0');
}

static void
activate_cb (BillingSignIn *self)
{
  if (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (self), "sign-in"))
    {
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (self), "sign-in");
      gtk_window_destroy (GTK_WINDOW (self));
    }
}

static void
billing_sign_in_class_init (BillingSignInClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/sign-in.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingSignIn, account);
  gtk_widget_class_bind_template_child (widget_class, BillingSignIn, passphrase);
  gtk_widget_class_bind_template_callback (widget_class, account_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
billing_sign_in_init (BillingSignIn *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  account_cb (self);
}

BillingSignIn *
billing_sign_in_new (GtkWindow *parent)
{
  return g_object_new (BILLING_TYPE_SIGN_IN, "transient-for", parent, "modal", TRUE, NULL);
}

const char *
billing_sign_in_get_account (BillingSignIn *self)
{
  return gtk_editable_get_text (self->account);
}

const char *
billing_sign_in_get_passphrase (BillingSignIn *self)
{
  return gtk_editable_get_text (self->passphrase);
}
