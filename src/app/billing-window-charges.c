/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-charges"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>

#include "billing-assign-dialog.h"

/* What becomes of what was just put into the queue to Stripe, as far as the window knows. */
static char *
describe_sending (BillingWindow *self,
                  const char    *what)
{
  BillingSyncState state = self->sync != NULL ? billing_sync_get_state (self->sync) : BILLING_SYNC_STATE_NOT_CONNECTED;

  if (state == BILLING_SYNC_STATE_OFFLINE)
    /* Translators: what Stripe is asked to do: “Refund of $80.00” */
    return g_strdup_printf (_("%s waits for the network; it will be sent once"), what);
  if (self->sync == NULL || !billing_sync_is_connected (self->sync))
    return g_strdup_printf (_("%s waits for a key of Stripe’s; it will be sent once"), what);

  return g_strdup_printf (_("%s is being sent to Stripe"), what);
}

static void
toast_sent_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autofree char *text = describe_sending (self, g_variant_get_string (parameter, NULL));

  gtk_widget_activate_action (widget, "win.toast", "s", text);
  /* Without a network it tries again by itself. */
  if (self->sync != NULL && billing_sync_is_connected (self->sync) &&
      billing_sync_get_state (self->sync) != BILLING_SYNC_STATE_OFFLINE)
    billing_sync_now (self->sync);
}

static void
assign_charge_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autofree char *refusal = NULL;
  GtkWindow *dialog;

  if (!billing_desk_may (self->desk, BILLING_VERB_CHARGE_ASSIGN))
    {
      refusal = billing_verb_refusal (BILLING_VERB_CHARGE_ASSIGN,
                                      billing_desk_get_person (self->desk)->role);
      _billing_window_warn (self, refusal);
      return;
    }

  dialog = billing_assign_dialog_new (self->desk, g_variant_get_string (parameter, NULL));
  gtk_window_set_transient_for (dialog, GTK_WINDOW (self));
  gtk_window_present (dialog);
}

void
_billing_window_install_charge_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.assign-charge", "s", assign_charge_action);
  gtk_widget_class_install_action (widget_class, "win.toast-sent", "s", toast_sent_action);
}
