/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mail-settings-dialog"

#include "config.h"

#include "billing-mail-settings-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-entry.h"
#include "billing-enums.h"
#include "billing-json-texts.h"
#include "billing-message-bar.h"
#include "billing-messages.h"

/* In the order of the row. */
static const char * const securities[] = { "starttls", "tls", "none" };

/* The rows, by the names of the settings. */
enum { FROM_ADDRESS, FROM_NAME, HOST, PORT, USER, REMIND_BEFORE, REMIND_AFTER, N_ENTRIES };

static const struct {
  const char *child;
  const char *setting;
} entries[N_ENTRIES] = {
  [FROM_ADDRESS] = { "from_address", "from-address" },
  [FROM_NAME] = { "from_name", "from-name" },
  [HOST] = { "host", "host" },
  [PORT] = { "port", "port" },
  [USER] = { "user", "user" },
  [REMIND_BEFORE] = { "remind_before", "remind-before" },
  [REMIND_AFTER] = { "remind_after", "remind-after" },
};

struct _BillingMailSettingsDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  AdwComboRow *channel_row;
  AdwComboRow *security_row;
  AdwEntryRow *entries[N_ENTRIES];
  AdwEntryRow *password;
  GtkSwitch *link;
  GtkWidget *server_group;
  GtkWidget *remind_group;
  GtkWidget *link_group;
};

G_DEFINE_FINAL_TYPE (BillingMailSettingsDialog, billing_mail_settings_dialog, BILLING_TYPE_DIALOG)

static void
update (BillingMailSettingsDialog *self)
{
  guint channel = adw_combo_row_get_selected (self->channel_row);

  gtk_widget_set_visible (self->server_group, channel == BILLING_MESSAGE_CHANNEL_SMTP);
  gtk_widget_set_visible (self->remind_group, channel != BILLING_MESSAGE_CHANNEL_NONE);
  gtk_widget_set_visible (self->link_group, channel != BILLING_MESSAGE_CHANNEL_NONE);
  gtk_widget_set_visible (GTK_WIDGET (self->entries[FROM_ADDRESS]), channel == BILLING_MESSAGE_CHANNEL_SMTP);
  gtk_widget_set_visible (GTK_WIDGET (self->entries[FROM_NAME]), channel != BILLING_MESSAGE_CHANNEL_NONE);
}

static void
save_cb (BillingMailSettingsDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_MAIL_SETTINGS, NULL);
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));
  guint security = MIN (adw_combo_row_get_selected (self->security_row), G_N_ELEMENTS (securities) - 1);

  for (guint i = 0; i < N_ENTRIES; i++)
    g_hash_table_insert (fields, (gpointer) entries[i].setting, billing_entry_row_dup_text (self->entries[i]));
  g_hash_table_insert (fields, (gpointer) "channel",
                       g_strdup (billing_enum_nick (BILLING_TYPE_MESSAGE_CHANNEL, (int) adw_combo_row_get_selected (self->channel_row))));
  g_hash_table_insert (fields, (gpointer) "security", g_strdup (securities[security]));
  g_hash_table_insert (fields, (gpointer) "link", g_strdup (gtk_switch_get_active (self->link) ? "yes" : "no"));
  act->fields = billing_json_texts_build (fields);
  if (*password != '\0')
    g_object_set (act, "passphrase", password, NULL);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  billing_dialog_tell_window (dialog, "win.toast", _("Saved"));
}

static void
show_text (AdwEntryRow *row,
           const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
fill_in (BillingMailSettingsDialog *self,
         BillingMailSettings       *settings)
{
  g_autofree char *port = settings->port != 0 ? g_strdup_printf ("%" PRId64, settings->port) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    {
      if (g_str_equal (securities[i], settings->security))
        adw_combo_row_set_selected (self->security_row, i);
    }
  adw_combo_row_set_selected (self->channel_row, (guint) settings->channel);
  gtk_switch_set_active (self->link, settings->with_link);
  show_text (self->entries[FROM_ADDRESS], settings->from_address != NULL ? settings->from_address
                                                                         : billing_dialog_get_practice (BILLING_DIALOG (self))->email);
  show_text (self->entries[FROM_NAME], settings->from_name);
  show_text (self->entries[HOST], settings->host);
  show_text (self->entries[PORT], port);
  show_text (self->entries[USER], settings->user);
  show_text (self->entries[REMIND_BEFORE], settings->remind_before);
  show_text (self->entries[REMIND_AFTER], settings->remind_after);
  update (self);
}

static void
billing_mail_settings_dialog_class_init (BillingMailSettingsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/mail/mail-settings-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingMailSettingsDialog, channel_row);
  for (guint i = 0; i < N_ENTRIES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, entries[i].child, FALSE,
                                               G_STRUCT_OFFSET (BillingMailSettingsDialog, entries) + (gssize) (i * sizeof (AdwEntryRow *)));
  gtk_widget_class_bind_template_child (widget_class, BillingMailSettingsDialog, link);
  gtk_widget_class_bind_template_child (widget_class, BillingMailSettingsDialog, link_group);
  gtk_widget_class_bind_template_child (widget_class, BillingMailSettingsDialog, password);
  gtk_widget_class_bind_template_child (widget_class, BillingMailSettingsDialog, remind_group);
  gtk_widget_class_bind_template_child (widget_class, BillingMailSettingsDialog, security_row);
  gtk_widget_class_bind_template_child (widget_class, BillingMailSettingsDialog, server_group);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
billing_mail_settings_dialog_init (BillingMailSettingsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_mail_settings_dialog_new:
 * @desk: whose practice
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_mail_settings_dialog_new (BillingDesk *desk)
{
  BillingMailSettingsDialog *self = g_object_new (BILLING_TYPE_MAIL_SETTINGS_DIALOG, "desk", desk, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingMailSettings) settings = billing_desk_load_mail_settings (desk, &error);

  if (settings != NULL)
    fill_in (self, settings);
  else
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
  return GTK_WINDOW (self);
}
