/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mail-group"

#include "config.h"

#include "billing-mail-group.h"

#include <glib/gi18n.h>

#include "billing-entry.h"
#include "billing-messages.h"
#include "billing-problem-row.h"

struct _BillingMailGroup {
  AdwPreferencesGroup parent_instance;

  /* Template widgets. */
  AdwActionRow *settings_row;
  AdwActionRow *reminders_row;
  GtkWidget *settings_button;
  GtkWidget *templates_button;
  AdwEntryRow *test_address;
  BillingProblemRow *test_problem;

  BillingDesk *desk; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingMailGroup, billing_mail_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
describe_sending (BillingMailSettings *settings)
{
  switch (settings->channel)
    {
    case BILLING_MESSAGE_CHANNEL_SMTP:
      /* TRANSLATORS: a mail server, an e-mail address */
      return g_strdup_printf (_("By the mail server %s, from %s"), settings->host, settings->from_address);
    case BILLING_MESSAGE_CHANNEL_PORTAL:
      return g_strdup (_("By the mail program of this computer, one at a time"));
    case BILLING_MESSAGE_CHANNEL_NONE:
    default:
      return g_strdup (_("No e-mails are sent yet"));
    }
}

static char *
describe_reminders (BillingMailSettings *settings)
{
  g_autofree char *before = settings->remind_before != NULL ? g_strdup_printf (_("%s days before invoices are due"), settings->remind_before) : NULL;
  g_autofree char *after = settings->remind_after != NULL ? g_strdup_printf (_("%s days after"), settings->remind_after) : NULL;

  if (settings->channel == BILLING_MESSAGE_CHANNEL_NONE || (before == NULL && after == NULL))
    return g_strdup (_("None are sent by themselves"));

  return before != NULL ? g_strjoin (" · ", before, after, NULL) : g_strdup (after);
}

static void
show_settings (BillingMailGroup *self)
{
  g_autoptr (BillingMailSettings) settings = billing_desk_load_mail_settings (self->desk, NULL);
  g_autofree char *sending = NULL;
  g_autofree char *reminders = NULL;

  if (settings == NULL)
    return;

  sending = describe_sending (settings);
  reminders = describe_reminders (settings);
  adw_action_row_set_subtitle (self->settings_row, sending);
  adw_action_row_set_subtitle (self->reminders_row, reminders);
  gtk_widget_set_visible (GTK_WIDGET (self->test_address), settings->channel == BILLING_MESSAGE_CHANNEL_SMTP);
}

static void
store_changed_cb (BillingMailGroup *self,
                  const char       *kind)
{
  if (g_strcmp0 (kind, "mail_settings") == 0 && self->desk != NULL)
    show_settings (self);
}

/* --- a test --------------------------------------------------------------------------------------- */

static void
test_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (billing_desk_send_test_mail (g_object_get_data (G_OBJECT (task), "desk"), task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
tested_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BillingMailGroup *self = BILLING_MAIL_GROUP (object);
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  /* The group may have gone meanwhile. */
  if (self->desk == NULL)
    return;

  gtk_widget_set_sensitive (GTK_WIDGET (self->test_address), TRUE);
  billing_problem_row_set_message (self->test_problem, done ? NULL : error->message);
  if (done)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("The mail server took the test over"));
}

static void
test_cb (BillingMailGroup *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, tested_cb, NULL);

  billing_problem_row_set_message (self->test_problem, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_address), FALSE);
  g_object_set_data_full (G_OBJECT (task), "desk", g_object_ref (self->desk), g_object_unref);
  g_task_set_task_data (task, billing_entry_row_dup_text (self->test_address), g_free);
  g_task_run_in_thread (task, test_thread);
}

static void
billing_mail_group_dispose (GObject *object)
{
  BillingMailGroup *self = BILLING_MAIL_GROUP (object);

  g_clear_object (&self->store);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_mail_group_parent_class)->dispose (object);
}

static void
billing_mail_group_class_init (BillingMailGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_mail_group_dispose;

  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/mail/mail-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingMailGroup, reminders_row);
  gtk_widget_class_bind_template_child (widget_class, BillingMailGroup, settings_button);
  gtk_widget_class_bind_template_child (widget_class, BillingMailGroup, settings_row);
  gtk_widget_class_bind_template_child (widget_class, BillingMailGroup, templates_button);
  gtk_widget_class_bind_template_child (widget_class, BillingMailGroup, test_address);
  gtk_widget_class_bind_template_child (widget_class, BillingMailGroup, test_problem);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
}

static void
billing_mail_group_init (BillingMailGroup *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_mail_group_set_desk:
 * @self: the group
 * @desk: (nullable): who looks at it, and in which practice
 */
void
billing_mail_group_set_desk (BillingMailGroup *self,
                             BillingDesk      *desk)
{
  g_set_object (&self->desk, desk);
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  if (desk == NULL)
    return;

  show_settings (self);
  gtk_widget_set_sensitive (self->settings_button, billing_desk_may (desk, BILLING_VERB_MAIL_SETTINGS));
  gtk_widget_set_sensitive (self->templates_button, billing_desk_may (desk, BILLING_VERB_TEMPLATE_EDIT));
}
