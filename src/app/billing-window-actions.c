/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-actions"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "billing-import-dialog.h"
#include "billing-invoice-acts.h"
#include "billing-payment-dialog.h"
#include "billing-practice-dialog.h"
#include "billing-sign-in.h"

/* Says why not, in the words of the table of roles, where the person's role does not allow it. */
gboolean
_billing_window_may (BillingWindow *self,
                     BillingVerb    verb)
{
  return billing_invoice_acts_may (GTK_WIDGET (self), self->desk, verb);
}

/* Above the window, which waits for it. */
void
_billing_window_present (BillingWindow *self,
                         GtkWindow     *dialog)
{
  gtk_window_set_transient_for (dialog, GTK_WINDOW (self));
  gtk_window_set_modal (dialog, TRUE);
  gtk_window_present (dialog);
}

static void
create_payment_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  BillingPaymentDialog *dialog;

  if (!_billing_window_may (self, BILLING_VERB_PAYMENT_CREATE))
    return;

  dialog = billing_payment_dialog_new (self->desk);
  if (g_str_has_suffix (action_name, "-for-patient"))
    g_object_set (dialog, "patient", g_variant_get_string (parameter, NULL), NULL);
  else if (g_str_has_suffix (action_name, "-for-treatment"))
    g_object_set (dialog, "treatment", g_variant_get_string (parameter, NULL), NULL);
  _billing_window_present (self, GTK_WINDOW (dialog));
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_IMPORT))
    _billing_window_present (self, GTK_WINDOW (billing_import_dialog_new (self->desk)));
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_EXPORT))
    _billing_window_export (self);
}

static void
export_contents_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_EXPORT))
    _billing_window_export_contents (self, g_variant_get_string (parameter, NULL));
}

static void
exported_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  const char *sentence;
  const char *path;

  g_variant_get (parameter, "(&s^&ay)", &sentence, &path);
  _billing_window_exported (BILLING_WINDOW (widget), sentence, path);
}

static void
open_exported_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  _billing_window_open_exported (BILLING_WINDOW (widget), g_variant_get_bytestring (parameter));
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->search)))
    billing_list_page_close_detail (_billing_window_get_page (self));

  gtk_widget_set_visible (GTK_WIDGET (self->search), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* win.show-payment, -treatment and -patient: the page's name is in the action's. */
static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autofree char *page = g_strconcat (action_name + strlen ("win.show-"), "s", NULL);
  g_autoptr (GError) error = NULL;

  _billing_window_show_page (self, page);
  if (!billing_list_page_show (_billing_window_get_page (self), g_variant_get_string (parameter, NULL),
                               &error))
    _billing_window_warn (self, error->message);
}

static void
show_page_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  _billing_window_show_page (BILLING_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
close_detail_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BillingListPage *page = _billing_window_get_page (BILLING_WINDOW (widget));

  if (billing_list_page_has_detail (page))
    {
      billing_list_page_close_detail (page);
      billing_list_page_focus_list (page);
    }
}

static void
clear_filters_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  billing_list_page_clear_filters (_billing_window_get_page (self));
}

/* 0 where it is no row of the list. */
static guint
parse_row (BillingWindow *self,
           GtkEditable   *entry)
{
  guint64 row;

  if (!g_ascii_string_to_unsigned (gtk_editable_get_text (entry), 10, 1,
                                   billing_list_page_get_n_rows (_billing_window_get_page (self)), &row, NULL))
    return 0;

  return (guint) row;
}

static void
row_typed_cb (GtkEditable      *entry,
              AdwMessageDialog *dialog)
{
  BillingWindow *self = BILLING_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));

  adw_message_dialog_set_response_enabled (dialog, "go", parse_row (self, entry) != 0);
}

static void
go_to_row_response_cb (AdwMessageDialog *dialog,
                       const char       *response,
                       BillingWindow    *self)
{
  guint row = parse_row (self, GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)));

  if (g_strcmp0 (response, "go") == 0 && row != 0)
    billing_list_page_go_to_row (_billing_window_get_page (self), row - 1);
}

static GtkWidget *
create_row_entry (void)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Row"), -1);
  return entry;
}

/* Stands for turning pages: a list of a million rows has none. */
static void
go_to_row_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  guint n_rows = billing_list_page_get_n_rows (_billing_window_get_page (self));
  g_autofree char *body = g_strdup_printf (_("A number from 1 to %'u."), n_rows);
  AdwMessageDialog *dialog;
  GtkWidget *entry;

  if (n_rows == 0)
    return;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _("Go to Row"), body));
  entry = create_row_entry ();
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "go", _("_Go"), NULL);
  adw_message_dialog_set_default_response (dialog, "go");
  adw_message_dialog_set_response_appearance (dialog, "go", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "go", FALSE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (row_typed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (go_to_row_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sign_in_response_cb (BillingSignIn *dialog,
                     const char    *response,
                     BillingWindow *self)
{
  if (g_strcmp0 (response, "sign-in") == 0)
    _billing_window_open (self, billing_sign_in_get_account (dialog),
                          billing_sign_in_get_passphrase (dialog));
}

static void
sign_in_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BillingSignIn *dialog = billing_sign_in_new (GTK_WINDOW (widget));

  g_signal_connect_object (dialog, "response", G_CALLBACK (sign_in_response_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
folder_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  BillingWindow   *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.open-practice", "s", path);

  g_object_unref (dialog);
}

static void
open_folder_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_("Open a Practice"), GTK_WINDOW (widget),
                                 GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Open"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
practice_created_cb (BillingWindow *self,
                     const char    *folder)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-practice", "s", folder);
}

static void
practice_for_import_created_cb (BillingWindow *self,
                                const char    *folder)
{
  self->when_open = "win.import";
  practice_created_cb (self, folder);
}

static void
practice_to_connect_created_cb (BillingWindow *self,
                                const char    *folder)
{
  self->when_open = "win.connect-stripe";
  practice_created_cb (self, folder);
}

/* What follows is in the action's name. */
static GCallback
get_created_callback (const char *action_name)
{
  if (g_str_has_suffix (action_name, "-to-import"))
    return G_CALLBACK (practice_for_import_created_cb);
  if (g_str_has_suffix (action_name, "-to-connect"))
    return G_CALLBACK (practice_to_connect_created_cb);

  return G_CALLBACK (practice_created_cb);
}

static void
new_practice_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  GtkWindow *dialog = billing_practice_dialog_new ();

  g_signal_connect_object (dialog, "created", get_created_callback (action_name), widget, G_CONNECT_SWAPPED);
  _billing_window_present (BILLING_WINDOW (widget), dialog);
}

static void
demo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  billing_window_open_demo (BILLING_WINDOW (widget));
}

static void
restore_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  _billing_window_restore (BILLING_WINDOW (widget));
}

static void
try_again_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  _billing_window_open (BILLING_WINDOW (widget), NULL, NULL);
}

/* Takes @toast. What was done last is told at once: one that is still shown, perhaps with its *Undo*, would hold it up, and
 * say what is not so any more. */
void
_billing_window_toast (BillingWindow *self,
                       AdwToast      *toast)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
toast_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  g_autofree char *title = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  _billing_window_toast (BILLING_WINDOW (widget), adw_toast_new (title));
}

static void
warn_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  _billing_window_warn (BILLING_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* What needs a practice, what needs a list on the screen, and what it is done by. */
static const struct {
  const char *name;
  const char *parameter_type;
  GtkWidgetActionActivateFunc activate;
  gboolean needs_desk;
  gboolean needs_list;
} actions[] = {
  { "win.clear-filters", NULL, clear_filters_action, TRUE, TRUE },
  { "win.close-detail", NULL, close_detail_action, TRUE, TRUE },
  { "win.create-payment", NULL, create_payment_action, TRUE },
  { "win.create-payment-for-patient", "s", create_payment_action, TRUE },
  { "win.create-payment-for-treatment", "s", create_payment_action, TRUE },
  { "win.demo", NULL, demo_action, FALSE },
  { "win.export", NULL, export_action, TRUE, TRUE },
  { "win.export-contents", "s", export_contents_action, TRUE },
  { "win.exported", "(say)", exported_action, FALSE },
  { "win.go-to-row", NULL, go_to_row_action, TRUE, TRUE },
  { "win.import", NULL, import_action, TRUE },
  { "win.new-practice", NULL, new_practice_action, FALSE },
  { "win.new-practice-to-connect", NULL, new_practice_action, FALSE },
  { "win.new-practice-to-import", NULL, new_practice_action, FALSE },
  { "win.open-exported", "ay", open_exported_action, FALSE },
  { "win.open-folder", NULL, open_folder_action, FALSE },
  { "win.restore", NULL, restore_action, FALSE },
  { "win.search", NULL, search_action, TRUE, TRUE },
  { "win.show-page", "s", show_page_action, TRUE },
  { "win.show-patient", "s", show_action, TRUE },
  { "win.show-payment", "s", show_action, TRUE },
  { "win.show-treatment", "s", show_action, TRUE },
  { "win.sign-in", NULL, sign_in_action, FALSE },
  { "win.toast", "s", toast_action, FALSE },
  { "win.try-again", NULL, try_again_action, FALSE },
  { "win.warn", "s", warn_action, FALSE },
};

void
_billing_window_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type,
                                     actions[i].activate);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.close-detail", NULL);
}

void
_billing_window_update_actions (BillingWindow *self)
{
  gboolean has_list = self->desk != NULL && _billing_window_get_page (self) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (actions[i].needs_desk)
        gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                       actions[i].needs_list ? has_list : self->desk != NULL);
    }
}
