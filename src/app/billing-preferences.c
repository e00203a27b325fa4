/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-preferences"

#include "config.h"

#include "billing-preferences.h"

struct _BillingPreferences {
  AdwPreferencesWindow parent_instance;

  /* Template widgets. */
  GtkSwitch *notify_paid;
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
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, notify_paid);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, show_sidebar);
}

static void
billing_preferences_init (BillingPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (APPLICATION_ID);
  g_settings_bind (self->settings, "show-sidebar", self->show_sidebar, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notify-paid", self->notify_paid, "active", G_SETTINGS_BIND_DEFAULT);
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
