/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-invoices"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-books.h"
#include "billing-list-read.h"

/* win.show-invoice and win.show-service: behind their tab of Invoices. */
static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (GError) error = NULL;

  if (self->desk == NULL)
    return;

  _billing_window_show_page (self, "invoices");
  if (!billing_invoices_page_show (self->invoices, g_variant_get_string (parameter, NULL), &error))
    _billing_window_warn (self, error->message);
}

/* How many services wait to be invoiced stands beside the page's name; what of it is late is said with it. */
static void
show_counts (BillingWindow *self)
{
  g_autofree char *waiting = g_strdup_printf (ngettext ("%'u service to be invoiced", "%'u services to be invoiced", self->n_to_invoice),
                                              self->n_to_invoice);
  g_autofree char *overdue = g_strdup_printf (ngettext ("%'u invoice overdue", "%'u invoices overdue", self->n_overdue_invoices),
                                              self->n_overdue_invoices);
  g_autofree char *text = g_strjoin (", ", waiting, self->n_overdue_invoices > 0 ? overdue : NULL, NULL);
  BillingSidebarRow *row = _billing_window_find_row (self, "invoices");

  if (row != NULL)
    billing_sidebar_row_set_count (row, self->n_to_invoice > 0 ? self->n_to_invoice : self->n_overdue_invoices,
                                   self->n_to_invoice > 0 ? text : overdue);
}

static gboolean
take_count (GObject       *object,
            GAsyncResult  *result,
            guint         *count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingListing) listing = billing_list_read_finish (BILLING_STORE (object), result, &error);

  if (listing == NULL)
    return FALSE;

  *count = listing->pks->len;
  return TRUE;
}

static void
services_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  guint count;

  if (!take_count (object, result, &count))
    return;

  BILLING_WINDOW (user_data)->n_to_invoice = count;
  show_counts (user_data);
}

static void
overdue_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  guint count;

  if (!take_count (object, result, &count))
    return;

  BILLING_WINDOW (user_data)->n_overdue_invoices = count;
  show_counts (user_data);
}

void
_billing_window_count_invoices (BillingWindow *self)
{
  BillingStore *store = billing_desk_get_store (self->desk);
  g_autoptr (BillingQuery) services = billing_desk_query (self->desk, "services");
  g_autoptr (BillingQuery) overdue = billing_desk_query (self->desk, "invoices");

  g_cancellable_cancel (self->counting_invoices);
  g_clear_object (&self->counting_invoices);
  self->counting_invoices = g_cancellable_new ();
  g_object_set (services, "status", "to-invoice", NULL);
  g_object_set (overdue, "overdue", TRUE, NULL);
  billing_list_read_async (store, services, 0, NULL, NULL, self->counting_invoices, services_cb, self);
  billing_list_read_async (store, overdue, 0, NULL, NULL, self->counting_invoices, overdue_cb, self);
}

void
_billing_window_install_invoice_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-invoice", "s", show_action);
  gtk_widget_class_install_action (widget_class, "win.show-service", "s", show_action);
}
