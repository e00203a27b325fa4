/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-payouts"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>

#include "billing-pay-out-dialog.h"
#include "billing-payout-schedule-dialog.h"

static void
pay_out_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_PAYOUT_CREATE))
    _billing_window_present (self, billing_pay_out_dialog_new (self->desk));
}

static void
payout_schedule_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_PAYOUT_SCHEDULE))
    _billing_window_present (self, billing_payout_schedule_dialog_new (self->desk));
}

static void
cancelled_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (BillingWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (billing_desk_do_finish (BILLING_DESK (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-sent", "s", _("Cancelling the payout"));
  else
    _billing_window_warn (self, error->message);
}

static void
response_cb (AdwMessageDialog *question,
             const char       *response,
             BillingWindow    *self)
{
  const char *payout = g_object_get_data (G_OBJECT (question), "payout");
  g_autoptr (BillingAct) act = NULL;

  if (!g_str_equal (response, "cancel") || self->desk == NULL)
    return;

  act = billing_act_new (BILLING_VERB_PAYOUT_CANCEL, payout);
  billing_desk_do_async (self->desk, act, NULL, cancelled_cb, g_object_ref (self));
}

static void
cancel_payout_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *question;

  if (!_billing_window_may (self, BILLING_VERB_PAYOUT_CANCEL))
    return;

  builder = gtk_builder_new_from_resource ("/com/example/Billing/ui/stripe/cancel-payout-dialog.ui");
  question = GTK_WINDOW (gtk_builder_get_object (builder, "dialog"));
  g_object_set_data_full (G_OBJECT (question), "payout", g_variant_dup_string (parameter, NULL), g_free);
  g_signal_connect_object (question, "response", G_CALLBACK (response_cb), self, 0);
  _billing_window_present (self, question);
}

void
_billing_window_install_payout_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.cancel-payout", "s", cancel_payout_action);
  gtk_widget_class_install_action (widget_class, "win.pay-out", NULL, pay_out_action);
  gtk_widget_class_install_action (widget_class, "win.payout-schedule", NULL, payout_schedule_action);
}
