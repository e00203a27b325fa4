/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-remittances"

#include "config.h"

#include "billing-window-private.h"

#include "billing-remittances-window.h"

static void
forget_cb (BillingWindow *self)
{
  g_object_set_data (G_OBJECT (self), "remittances", NULL);
}

/* win.remittances: what insurers paid has a window of its own, one for each practice that is open. */
static void
remittances_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  GtkWindow *shown = g_object_get_data (G_OBJECT (self), "remittances");

  if (self->desk == NULL)
    return;
  if (shown == NULL)
    {
      shown = billing_remittances_window_new (self->desk);
      gtk_window_set_transient_for (shown, GTK_WINDOW (self));
      gtk_window_set_destroy_with_parent (shown, TRUE);
      g_object_set_data (G_OBJECT (self), "remittances", shown);
      g_signal_connect_object (shown, "destroy", G_CALLBACK (forget_cb), self, G_CONNECT_SWAPPED);
    }

  gtk_window_present (shown);
}

void
_billing_window_install_remittance_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.remittances", NULL, remittances_action);
}
