/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-window-rates"

#include "config.h"

#include "billing-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "billing-close-day-dialog.h"
#include "billing-file-choice.h"
#include "billing-price-dialog.h"
#include "billing-rate-dialog.h"
#include "billing-rate-import-dialog.h"
#include "billing-rate-sheet.h"
#include "billing-safe-file.h"
#include "billing-undo.h"

/* Billing rates, and the close of a day: what can be done with them from the window. */

#define CHOOSER "billing-rates-chooser"

static void
create_rate_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_RATE_CREATE))
    _billing_window_present (self, billing_rate_dialog_new (self->desk, NULL));
}

static void
edit_rate_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_RATE_EDIT))
    _billing_window_present (self, billing_rate_dialog_new (self->desk, g_variant_get_string (parameter, NULL)));
}

static void
price_rate_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_RATE_PRICE))
    _billing_window_present (self, billing_price_dialog_new (self->desk, g_variant_get_string (parameter, NULL)));
}

typedef struct {
  BillingWindow *window; /* (owned) */
  BillingAct *act;       /* (owned) */
} Doing;

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Doing *doing = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingAct) undo = billing_act_build_undo (doing->act);
  g_autofree char *toast = NULL;

  if (billing_desk_do_finish (BILLING_DESK (object), result, &error))
    {
      toast = g_strdup_printf (doing->act->verb == BILLING_VERB_RATE_RETIRE ? _("%s retired") : _("%s brought back"), doing->act->result);
      billing_undo_tell (GTK_WIDGET (doing->window), BILLING_DESK (object), toast, undo);
    }
  else
    {
      _billing_window_warn (doing->window, error->message);
    }

  g_object_unref (doing->window);
  g_object_unref (doing->act);
  g_free (doing);
}

static void
retire_rate_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  BillingVerb verb = g_str_equal (action_name, "win.retire-rate") ? BILLING_VERB_RATE_RETIRE : BILLING_VERB_RATE_RESTORE;
  Doing *doing;

  if (!_billing_window_may (self, verb))
    return;

  doing = g_new0 (Doing, 1);
  doing->window = g_object_ref (self);
  doing->act = billing_act_new (verb, g_variant_get_string (parameter, NULL));
  billing_desk_do_async (self->desk, doing->act, NULL, done_cb, doing);
}

static void
show_rate_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  g_autoptr (GError) error = NULL;

  _billing_window_show_page (self, "rates");
  if (!billing_list_page_show (self->rates, g_variant_get_string (parameter, NULL), &error))
    _billing_window_warn (self, error->message);
}

static gboolean
import_cb (gpointer  owner,
           GSList   *files)
{
  BillingWindow *self = owner;
  g_autofree char *path = files != NULL ? g_file_get_path (files->data) : NULL;

  if (path != NULL && self->desk != NULL)
    _billing_window_present (self, billing_rate_import_dialog_new (self->desk, path));
  g_object_set_data (G_OBJECT (self), CHOOSER, NULL);
  return path != NULL;
}

static void
import_rates_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  GtkFileChooserNative *chooser;

  if (!_billing_window_may (self, BILLING_VERB_RATE_CREATE))
    return;

  chooser = billing_file_choice_ask (widget, _("Import Rates"), _("_Open"), self, import_cb);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), FALSE);
  g_object_set_data_full (G_OBJECT (self), CHOOSER, chooser, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static gboolean
write_sheet (BillingWindow  *self,
             const char     *path,
             GError        **error)
{
  g_autofree char *text = billing_rate_sheet_build (self->desk, NULL, error);

  return text != NULL && billing_safe_file_write (path, text, error);
}

static gboolean
export_cb (gpointer  owner,
           GSList   *files)
{
  BillingWindow *self = owner;
  g_autofree char *path = files != NULL ? g_file_get_path (files->data) : NULL;
  g_autoptr (GError) error = NULL;

  if (path != NULL && self->desk != NULL && !write_sheet (self, path, &error))
    _billing_window_warn (self, error->message);
  else if (path != NULL)
    _billing_window_exported (self, _("Billing rates exported"), path);
  g_object_set_data (G_OBJECT (self), CHOOSER, NULL);
  return path != NULL;
}

static void
export_rates_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);
  GtkFileChooserNative *chooser;

  if (!_billing_window_may (self, BILLING_VERB_EXPORT))
    return;

  chooser = billing_file_choice_ask_save (widget, _("Export Rates"), _("rates.csv"), self, export_cb);
  g_object_set_data_full (G_OBJECT (self), CHOOSER, chooser, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
close_day_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BillingWindow *self = BILLING_WINDOW (widget);

  if (_billing_window_may (self, BILLING_VERB_DAY_CLOSE))
    _billing_window_present (self, billing_close_day_dialog_new (self->desk));
}

void
_billing_window_install_rate_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.close-day", NULL, close_day_action);
  gtk_widget_class_install_action (widget_class, "win.create-rate", NULL, create_rate_action);
  gtk_widget_class_install_action (widget_class, "win.edit-rate", "s", edit_rate_action);
  gtk_widget_class_install_action (widget_class, "win.price-rate", "s", price_rate_action);
  gtk_widget_class_install_action (widget_class, "win.retire-rate", "s", retire_rate_action);
  gtk_widget_class_install_action (widget_class, "win.restore-rate", "s", retire_rate_action);
  gtk_widget_class_install_action (widget_class, "win.show-rate", "s", show_rate_action);
  gtk_widget_class_install_action (widget_class, "win.import-rates", NULL, import_rates_action);
  gtk_widget_class_install_action (widget_class, "win.export-rates", NULL, export_rates_action);
}
