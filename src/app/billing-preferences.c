/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-preferences"

#include "config.h"

#include "billing-preferences.h"

struct _BillingPreferences {
  AdwPreferencesWindow parent_instance;

  /* Template widgets. */
  GtkSwitch *notify_account;
  GtkSwitch *notify_disputes;
  GtkSwitch *notify_failures;
  GtkSwitch *notify_paid;
  GtkSwitch *notify_payouts;
  GtkSwitch *notify_requirements;
  GtkSwitch *show_sidebar;

  GSettings *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingPreferences, billing_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
billing_preferences_dispose (GObject *object)
{
  BillingPreferences *self = BILLING_PREFERENCES (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_PREFERENCES);

  G_OBJECT_CLASS (billing_preferences_parent_class)->dispose (object);
}

static void
billing_preferences_class_init (BillingPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, notify_account);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, notify_disputes);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, notify_failures);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, notify_paid);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, notify_payouts);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, notify_requirements);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, show_sidebar);
}

static void
bind (BillingPreferences *self,
      const char         *key,
      GtkSwitch          *toggle)
{
  g_settings_bind (self->settings, key, toggle, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
billing_preferences_init (BillingPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (APPLICATION_ID);
  bind (self, "show-sidebar", self->show_sidebar);
  bind (self, "notify-account", self->notify_account);
  bind (self, "notify-disputes", self->notify_disputes);
  bind (self, "notify-failures", self->notify_failures);
  bind (self, "notify-paid", self->notify_paid);
  bind (self, "notify-payouts", self->notify_payouts);
  bind (self, "notify-requirements", self->notify_requirements);
}

/**
 * billing_preferences_new:
 *
 * Returns: (transfer none): a window
 */
GtkWindow *
billing_preferences_new (void)
{
  return g_object_new (BILLING_TYPE_PREFERENCES, NULL);
}
