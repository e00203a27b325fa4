/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-undo"

#include "config.h"

#include "billing-undo.h"

#include <glib/gi18n.h>

#include "billing-window-private.h"

/* Seconds: enough to notice what went wrong, and to reach the button by keyboard. */
#define TIMEOUT 10

static void
undo_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  g_autoptr (GError) error = NULL;

  if (billing_desk_do_finish (BILLING_DESK (object), result, &error))
    gtk_widget_activate_action (window, "win.toast", "s", _("Undone"));
  else
    gtk_widget_activate_action (window, "win.warn", "s", error->message);
}

/* The practice in the window may be another one by now. */
static void
undo_clicked_cb (AdwToast   *toast,
                 BillingAct *undo)
{
  BillingWindow *window = g_object_get_data (G_OBJECT (toast), "window");
  BillingDesk *desk = g_object_get_data (G_OBJECT (toast), "desk");

  if (window->desk == desk)
    billing_desk_do_async (desk, undo, NULL, undo_cb, g_object_ref (window));
}

void
billing_undo_tell (GtkWidget   *widget,
                   BillingDesk *desk,
                   const char  *toast,
                   BillingAct  *undo)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *title = g_markup_escape_text (toast, -1);
  AdwToast *shown;

  if (undo == NULL || !billing_desk_may (desk, undo->verb) || !BILLING_IS_WINDOW (root))
    {
      gtk_widget_activate_action (widget, "win.toast", "s", toast);
      return;
    }

  shown = adw_toast_new (title);
  adw_toast_set_button_label (shown, _("_Undo"));
  adw_toast_set_timeout (shown, TIMEOUT);
  g_object_set_data_full (G_OBJECT (shown), "desk", g_object_ref (desk), g_object_unref);
  g_object_set_data (G_OBJECT (shown), "window", root); /* its overlay is the window's */
  g_signal_connect_data (shown, "button-clicked", G_CALLBACK (undo_clicked_cb), g_object_ref (undo),
                         (GClosureNotify) g_object_unref, 0);
  _billing_window_toast (BILLING_WINDOW (root), shown);
}
