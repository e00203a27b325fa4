/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-mail"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>

#include "billing-mail-settings-dialog.h"
#include "billing-messages-window.h"
#include "billing-notify-dialog.h"
#include "billing-template-dialog.h"

/* E-mails to patients: who sends them while the window is open, and what people do with them. */

void
_billing_window_set_postman (BillingWindow *self)
{
  if (self->postman != NULL)
    billing_postman_stop (self->postman);
  g_clear_object (&self->postman);
  if (self->desk == NULL)
    return;

  self->postman = billing_postman_new (self->desk);
  billing_postman_start (self->postman);
}

/* invoice.send: one invoice, or "" for all that are ticked. */
static void
send_invoices_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_MESSAGE_SEND, *id != '\0' ? id : NULL);

  if (!_billing_window_may (self, BILLING_VERB_MESSAGE_SEND))
    return;
  if (*id == '\0' && billing_invoices_page_fill_act (self->invoices, act) == 0)
    return;

  _billing_window_present (self, billing_notify_dialog_new (self->desk, act));
}

/* win.send-request, -receipt and -statement: of one payment or patient. */
static void
send_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_MESSAGE_SEND, g_variant_get_string (parameter, NULL));

  act->name = g_strdup (action_name + strlen ("win.send-"));
  if (_billing_window_may (self, BILLING_VERB_MESSAGE_SEND))
    _billing_window_present (self, billing_notify_dialog_new (self->desk, act));
}

static void
show_messages_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (self->postman != NULL)
    _billing_window_present (self, billing_messages_window_new (self->desk, self->postman));
}

/* What the mail program is to show is taken from the list of messages, one at a time. */
static void
hand_messages_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  show_messages_action (widget, action_name, NULL);
}

static void
mail_settings_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_MAIL_SETTINGS))
    _billing_window_present (self, billing_mail_settings_dialog_new (self->desk));
}

static void
mail_templates_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_TEMPLATE_EDIT))
    _billing_window_present (self, billing_template_dialog_new (self->desk));
}

void
_billing_window_install_mail_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "invoice.send", "s", send_invoices_action);
  gtk_widget_class_install_action (widget_class, "win.hand-messages", "s", hand_messages_action);
  gtk_widget_class_install_action (widget_class, "win.mail-settings", NULL, mail_settings_action);
  gtk_widget_class_install_action (widget_class, "win.mail-templates", NULL, mail_templates_action);
  gtk_widget_class_install_action (widget_class, "win.send-receipt", "s", send_action);
  gtk_widget_class_install_action (widget_class, "win.send-request", "s", send_action);
  gtk_widget_class_install_action (widget_class, "win.send-statement", "s", send_action);
  gtk_widget_class_install_action (widget_class, "win.show-messages", NULL, show_messages_action);
}
