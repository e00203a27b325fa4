/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mail-program"

#include "config.h"

#include "billing-mail-program.h"

#include <glib/gi18n.h>
#include <libportal-gtk4/portal-gtk4.h>

/*
 * The mail program of the desktop: asked by its portal, or where there is none by a mailto: address. It shows the message, and a person sends it
 * there.
 */

static char *
build_uri (BillingMessage *message)
{
  g_autofree char *address = g_uri_escape_string (message->address, "@", FALSE);
  g_autofree char *subject = g_uri_escape_string (message->subject, NULL, FALSE);
  g_autofree char *body = g_uri_escape_string (message->body, NULL, FALSE);

  return g_strdup_printf ("mailto:%s?subject=%s&body=%s", address, subject, body);
}

/* What the desktop says is not made for people. */
static void
fail (GTask  *task,
      GError *error)
{
  g_autoptr (GError) owned = error;

  g_debug ("The mail program: %s", owned->message);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                           _("There is no mail program on this computer that could show it. Install one, or let a manager set up a mail server."));
}

static void
shown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    fail (task, error);
}

static void
composed_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  if (xdp_portal_compose_email_finish (XDP_PORTAL (object), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("It was closed in the mail program."));
      return;
    }

  g_debug ("No portal: %s", error->message);
  uri = build_uri (g_task_get_task_data (task));
  gtk_show_uri_full (g_task_get_source_object (task), uri, GDK_CURRENT_TIME, g_task_get_cancellable (task), shown_cb, g_object_ref (task));
}

/**
 * billing_mail_program_open_async:
 * @parent: the window over which it may ask
 * @message: what to show
 * @cancellable: (nullable): what stops the wait
 * @callback: told when the mail program has it
 * @user_data: for @callback
 *
 * Hands a message to the mail program.
 */
void
billing_mail_program_open_async (GtkWindow            *parent,
                                 BillingMessage       *message,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data)
{
  g_autoptr (XdpPortal) portal = xdp_portal_new ();
  XdpParent *over = xdp_parent_new_gtk (parent);
  const char * const addresses[] = { message->address, NULL };
  GTask *task = g_task_new (parent, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_mail_program_open_async);
  g_task_set_task_data (task, g_object_ref (message), g_object_unref);
  xdp_portal_compose_email (portal, over, addresses, NULL, NULL, message->subject, message->body, NULL, XDP_EMAIL_FLAG_NONE, cancellable,
                            composed_cb, task);
  xdp_parent_free (over);
}

gboolean
billing_mail_program_open_finish (GtkWindow     *parent,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
