/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-stripe"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>

#include "billing-desk-notices.h"
#include "billing-key-dialog.h"
#include "billing-outbox-window.h"

/* Where money is pretended, nobody must take it for real: in sight, also while the sidebar is
 * not. */
static void
show_mode (BillingWindow *self)
{
  gboolean is_test = self->sync != NULL &&
                     billing_sync_get_mode (self->sync) == BILLING_SYNC_MODE_TEST;
  gboolean has_sidebar = adw_flap_get_reveal_flap (self->flap);

  gtk_widget_set_visible (self->test_mode, is_test);
  gtk_widget_set_visible (self->test_mode_alone, is_test && !has_sidebar);
}

void
_billing_window_update_stripe (BillingWindow *self)
{
  gboolean may = self->desk != NULL && billing_desk_may (self->desk, BILLING_VERB_STRIPE_CONNECT);
  gboolean has_key = self->sync != NULL && billing_sync_is_connected (self->sync);

  show_mode (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sync-now", has_key);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.replace-key", may && has_key);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.remove-key", may && has_key);
}

static void
sync_active_cb (BillingWindow *self)
{
  if (self->sync != NULL)
    billing_sync_set_active (self->sync, gtk_window_is_active (GTK_WINDOW (self)));
}

/* How many notifications want somebody to act stands beside the page's name. */
void
_billing_window_count_notices (BillingWindow *self)
{
  g_autofree char *text = NULL;
  gint64 n_urgent = 0;
  gint64 n_open = 0;

  if (self->desk == NULL || !billing_desk_count_notices (self->desk, &n_urgent, &n_open, NULL))
    return;

  text = g_strdup_printf (g_dngettext (NULL, "%u notification needs you", "%u notifications need you", (gulong) n_urgent),
                          (guint) n_urgent);
  billing_sidebar_row_set_count (_billing_window_find_row (self, "stripe"), (guint) n_urgent, text);
}

/* Another person at the same desk is the same practice, but acts on a session of their own. */
void
_billing_window_set_sync (BillingWindow *self)
{
  BillingDesk *desk;

  g_clear_object (&self->sync);
  if (_billing_window_prepare_demo (self) && self->desk != NULL)
    self->sync = billing_sync_new (self->desk, _billing_window_get_stripe_url (self));

  /* Until the made-up clinic's sandbox serves, there is nothing to show. */
  desk = self->sync != NULL ? self->desk : NULL;
  g_signal_group_set_target (self->sync_signals, self->sync);
  billing_sync_button_set_sync (self->sync_button, desk, self->sync);
  billing_care_bar_set_sync (self->care_bar, desk, self->sync);
  billing_administration_page_set_sync (self->administration, desk, self->sync);
  billing_stripe_dashboard_set_sync (self->stripe, self->desk, self->sync);
  _billing_window_update_stripe (self);
  _billing_window_count_notices (self);
  if (self->sync == NULL)
    return;

  if (_billing_window_is_demo (self))
    billing_sync_use_key (self->sync, BILLING_DEMO_SANDBOX_KEY, NULL);
  billing_sync_start (self->sync);
  sync_active_cb (self);
}

/* Actions. */

static void
sync_now_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  billing_sync_now (BILLING_WINDOW (widget)->sync);
}

static void
show_queue_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (self->sync != NULL)
    _billing_window_present (self, billing_outbox_window_new (self->desk, self->sync));
}

static void
connect_stripe_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  _billing_window_show_page (self, "administration");
  billing_administration_page_connect (self->administration);
}

static void
connected_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  const char *warning = g_variant_get_string (parameter, NULL);

  _billing_window_toast (self, adw_toast_new (_("Connected to Stripe")));
  billing_administration_page_warn (self->administration, *warning != '\0' ? warning : NULL);
}

static void
unlocked_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BillingWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!billing_sync_unlock_finish (BILLING_SYNC (object), result, &error) && self->sync != NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _billing_window_warn (self, error->message);
}

static void
unlock_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (self->sync != NULL)
    billing_sync_unlock_async (self->sync, NULL, unlocked_cb, g_object_ref (self));
}

static void
replace_key_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  _billing_window_present (self, billing_key_dialog_new (self->sync));
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BillingWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = billing_sync_clear_finish (BILLING_SYNC (object), result, &error);

  if (self->sync == NULL)
    return;

  if (!done)
    {
      _billing_window_warn (self, error->message);
      return;
    }

  billing_administration_page_warn (self->administration, NULL);
  _billing_window_toast (self, adw_toast_new (_("The key was removed")));
}

static void
remove_key_response_cb (BillingWindow *self,
                        const char    *response)
{
  if (g_str_equal (response, "remove") && self->sync != NULL)
    billing_sync_clear_async (self->sync, NULL, cleared_cb, g_object_ref (self));
}

static void
remove_key_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/com/example/Billing/ui/setup/remove-key-dialog.ui");
  GtkWindow *question = GTK_WINDOW (gtk_builder_get_object (builder, "dialog"));

  g_signal_connect_object (question, "response", G_CALLBACK (remove_key_response_cb), widget,
                           G_CONNECT_SWAPPED);
  _billing_window_present (BILLING_WINDOW (widget), question);
}

/* A section of the Stripe Dashboard, and perhaps something in it: payments/payouts/po_1. */
static void
show_stripe_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (GError) error = NULL;

  _billing_window_show_page (self, "stripe");
  if (!billing_stripe_dashboard_show (self->stripe, g_variant_get_string (parameter, NULL), &error))
    _billing_window_warn (self, error->message);
}

static void
turn_section_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "stripe") == 0)
    billing_stripe_dashboard_turn (self->stripe, g_variant_get_int32 (parameter));
}

/* A page of Stripe's own dashboard, of the practice's mode. */
static void
open_stripe_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  gboolean is_test = self->sync != NULL && billing_sync_get_mode (self->sync) == BILLING_SYNC_MODE_TEST;
  g_autofree char *uri = g_strconcat ("https://dashboard.stripe.com/", is_test ? "test/" : "",
                                      g_variant_get_string (parameter, NULL), NULL);

  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

void
_billing_window_install_stripe_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.connect-stripe", NULL, connect_stripe_action);
  gtk_widget_class_install_action (widget_class, "win.connected", "s", connected_action);
  gtk_widget_class_install_action (widget_class, "win.open-stripe", "s", open_stripe_action);
  gtk_widget_class_install_action (widget_class, "win.remove-key", NULL, remove_key_action);
  gtk_widget_class_install_action (widget_class, "win.replace-key", NULL, replace_key_action);
  gtk_widget_class_install_action (widget_class, "win.show-queue", NULL, show_queue_action);
  gtk_widget_class_install_action (widget_class, "win.show-stripe", "s", show_stripe_action);
  gtk_widget_class_install_action (widget_class, "win.sync-now", NULL, sync_now_action);
  gtk_widget_class_install_action (widget_class, "win.turn-section", "i", turn_section_action);
  gtk_widget_class_install_action (widget_class, "win.unlock-keyring", NULL, unlock_action);
  _billing_window_install_charge_actions (widget_class);
  _billing_window_install_payout_actions (widget_class);
}

void
_billing_window_init_stripe (BillingWindow *self)
{
  self->sync_signals = g_signal_group_new (BILLING_TYPE_SYNC);
  g_signal_group_connect_swapped (self->sync_signals, "notify",
                                  G_CALLBACK (_billing_window_update_stripe), self);
  /* A snoozed one comes back without anything being written. */
  g_signal_group_connect_swapped (self->sync_signals, "notify::synced-at",
                                  G_CALLBACK (_billing_window_count_notices), self);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (sync_active_cb), NULL);
}

/**
 * billing_window_get_sync:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what keeps the practice and Stripe together; %NULL without a
 *   practice
 */
BillingSync *
billing_window_get_sync (BillingWindow *self)
{
  return self->sync;
}

/**
 * billing_window_set_stripe_url:
 * @self: a window
 * @url: (nullable): of a stand-in on this computer; %NULL: Stripe
 *
 * Where the practice that is opened next finds Stripe.
 */
void
billing_window_set_stripe_url (BillingWindow *self,
                               const char    *url)
{
  g_free (self->stripe_url);
  self->stripe_url = g_strdup (url);
}
