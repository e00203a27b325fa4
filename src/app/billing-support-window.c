/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-support-window"

#include "config.h"

#include "billing-support-window.h"

#include <glib/gi18n.h>

#include "billing-support.h"

struct _BillingSupportWindow {
  AdwWindow parent_instance;

  /* Template widgets */
  GtkTextView *view; /* (not owned) */

  char *report; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingSupportWindow, billing_support_window, ADW_TYPE_WINDOW)

static void
show (BillingSupportWindow *self,
      const char           *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
}

static void
copy_clicked_cb (BillingSupportWindow *self)
{
  GtkWindow *below = gtk_window_get_transient_for (GTK_WINDOW (self));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->report);
  if (below != NULL)
    gtk_widget_activate_action (GTK_WIDGET (below), "win.toast", "s", _("Report copied"));
}

/* The mail program shows it once more before it is sent. */
static void
mail_clicked_cb (BillingSupportWindow *self)
{
  g_autofree char *question = g_strconcat (_("Your question:"), "\n\n\n", self->report, NULL);
  g_autofree char *subject = g_uri_escape_string (_("Question about Billing"), NULL, FALSE);
  g_autofree char *body = g_uri_escape_string (question, NULL, FALSE);
  g_autofree char *uri = g_strdup_printf ("mailto:%s?subject=%s&body=%s", BILLING_SUPPORT_ADDRESS, subject, body);

  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
billing_support_window_finalize (GObject *object)
{
  g_free (BILLING_SUPPORT_WINDOW (object)->report);

  G_OBJECT_CLASS (billing_support_window_parent_class)->finalize (object);
}

static void
billing_support_window_class_init (BillingSupportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_support_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/support.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingSupportWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, mail_clicked_cb);
}

static void
billing_support_window_init (BillingSupportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BillingSupportWindow *self = BILLING_SUPPORT_WINDOW (object);
  g_autoptr (GError) error = NULL;
  g_autofree char *report = g_task_propagate_pointer (G_TASK (result), &error);

  if (report == NULL)
    {
      show (self, error->message);
      return;
    }

  g_free (self->report);
  self->report = g_strdup_printf ("%sGTK: %u.%u.%u\nlibadwaita: %u.%u.%u\n", report, gtk_get_major_version (),
                                  gtk_get_minor_version (), gtk_get_micro_version (), adw_get_major_version (),
                                  adw_get_minor_version (), adw_get_micro_version ());
  show (self, self->report);
}

/* Counting a million rows takes longer than a frame. */
static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  char *report = billing_support_write_report (task_data, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * billing_support_window_new:
 * @desk: (nullable): the session, if a practice is open
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *
billing_support_window_new (BillingDesk *desk)
{
  BillingSupportWindow *self = g_object_new (BILLING_TYPE_SUPPORT_WINDOW, NULL);
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);

  self->report = g_strdup ("");
  g_task_set_source_tag (task, billing_support_window_new);
  if (desk != NULL)
    g_task_set_task_data (task, g_object_ref (desk), g_object_unref);
  g_task_run_in_thread (task, write_thread);
  return GTK_WINDOW (self);
}
