/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-export"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-export-dialog.h"

/* The list on the screen as a CSV file, and where any file that was exported is. */

#define TOAST_SECONDS 15

/* What belongs to a list of Stripe's and has no page of its own. */
static const struct {
  const char *page;
  const char *list;
  const char *label;
} related[] = {
  { "charges", "balance_transactions", N_("Balance transactions") },
  { "charges", "customers", N_("Customers") },
  { "stripe_payments", "charges", N_("Charges: each attempt to collect") },
  { "stripe_payments", "balance_transactions", N_("Balance transactions") },
  { "stripe_payments", "customers", N_("Customers") },
  { "payouts", "balance_transactions", N_("Balance transactions, with their payouts") },
};

static const struct {
  const char *list;
  const char *label;
} labels[] = {
  { "payments", N_("Payments") },
  { "services", N_("Services") },
  { "invoices", N_("Invoices") },
  { "rates", N_("Billing rates") },
  { "treatments", N_("Treatments") },
  { "patients", N_("Patients") },
  { "charges", N_("Stripe payments") },
  { "stripe_payments", N_("Stripe payments") },
  { "payouts", N_("Payouts") },
  { "disputes", N_("Disputes") },
  { "tax_registrations", N_("Tax registrations") },
  { "notices", N_("Notifications") },
};

static const char *
get_label (const char *list)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (g_str_equal (labels[i].list, list))
        return _(labels[i].label);
    }

  return list;
}

static void
offer_related (BillingWindow       *self,
               BillingExportDialog *dialog,
               const char          *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (related); i++)
    {
      g_autoptr (BillingQuery) query = NULL;

      if (!g_str_equal (related[i].page, page))
        continue;
      query = billing_desk_query (self->desk, related[i].list);
      billing_export_dialog_offer (dialog, _(related[i].label), query, NULL);
    }
}

/* What is in the payout that is shown beside the list. */
static void
offer_contents (BillingWindow       *self,
                BillingExportDialog *dialog,
                const char          *payout)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->desk, "balance_transactions");
  /* Translators: the id of a payout */
  g_autofree char *label = g_strdup_printf (_("What is in payout %s"), payout);

  g_object_set (query, "payout", payout, NULL);
  billing_export_dialog_offer (dialog, label, query, NULL);
}

/**
 * _billing_window_export:
 * @self: a window with a list on the screen
 *
 * Asks what of the list is to go into a file, beginning with what is on the screen: its columns, filters and order.
 */
void
_billing_window_export (BillingWindow *self)
{
  BillingListPage *page = _billing_window_get_page (self);
  g_autoptr (BillingQuery) query = billing_list_page_create_query (page);
  g_auto (GStrv) columns = billing_list_page_list_columns (page);
  GtkWindow *dialog = billing_export_dialog_new (self->desk);
  const char *shown = billing_list_page_get_shown (page);

  billing_export_dialog_offer (BILLING_EXPORT_DIALOG (dialog), get_label (query->list), query, (const char * const *) columns);
  if (g_str_equal (query->list, "payouts") && shown != NULL)
    offer_contents (self, BILLING_EXPORT_DIALOG (dialog), shown);
  offer_related (self, BILLING_EXPORT_DIALOG (dialog), query->list);
  _billing_window_present (self, dialog);
}

/**
 * _billing_window_export_contents:
 * @self: a window
 * @payout: id of a payout
 *
 * Asks what of the transactions of a payout is to go into a file.
 */
void
_billing_window_export_contents (BillingWindow *self,
                                 const char    *payout)
{
  GtkWindow *dialog = billing_export_dialog_new (self->desk);

  offer_contents (self, BILLING_EXPORT_DIALOG (dialog), payout);
  _billing_window_present (self, dialog);
}

/* As people write paths: short, from their own folder. */
static char *
shorten (const char *path)
{
  const char *home = g_get_home_dir ();

  if (!g_str_has_prefix (path, home) || path[strlen (home)] != G_DIR_SEPARATOR)
    return g_filename_display_name (path);

  return g_strdup_printf ("~%s", path + strlen (home));
}

/**
 * _billing_window_exported:
 * @self: a window
 * @sentence: what was exported
 * @path: where it is now
 *
 * Says so, and where it was saved, and offers to open the folder.
 */
void
_billing_window_exported (BillingWindow *self,
                          const char    *sentence,
                          const char    *path)
{
  g_autofree char *place = shorten (path);
  /* Translators: what was done (“3 payments exported”), and the file */
  g_autofree char *plain = g_strdup_printf (_("%s: %s"), sentence, place);
  g_autofree char *title = g_markup_escape_text (plain, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_set_button_label (toast, _("Open _Folder"));
  adw_toast_set_action_name (toast, "win.open-exported");
  adw_toast_set_action_target_value (toast, g_variant_new_bytestring (path));
  _billing_window_toast (self, toast);
}

static void
show_folder (GtkWindow  *window,
             const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (window, uri, GDK_CURRENT_TIME);
}

typedef struct {
  GtkWindow *window; /* (owned) */
  char *path;        /* (owned) */
} Opening;

static void
items_shown_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Opening *opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (answer == NULL)
    show_folder (opening->window, opening->path);
  g_object_unref (opening->window);
  g_free (opening->path);
  g_free (opening);
}

/**
 * _billing_window_open_exported:
 * @self: a window
 * @path: of a file that was exported
 *
 * Opens the folder that the file is in; a file manager that can selects it.
 */
void
_billing_window_open_exported (BillingWindow *self,
                               const char    *path)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application != NULL ? g_application_get_dbus_connection (application) : NULL;
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  const char *uris[] = { uri, NULL };
  Opening *opening;

  if (bus == NULL || uri == NULL)
    {
      show_folder (GTK_WINDOW (self), path);
      return;
    }

  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (GTK_WINDOW (self));
  opening->path = g_strdup (path);
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1",
                          "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, items_shown_cb,
                          opening);
}
