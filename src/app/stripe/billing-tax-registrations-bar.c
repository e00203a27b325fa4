/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-registrations-bar"

#include "config.h"

#include "billing-tax-registrations-bar.h"

#include <glib/gi18n.h>

#include "billing-read.h"
#include "billing-tax-register-dialog.h"
#include "billing-tax-waiting.h"
#include "billing-tax.h"

struct _BillingTaxRegistrationsBar {
  AdwBin parent_instance;

  /* Template widgets. */
  GtkLabel *hint;
  GtkWidget *settings_button;
  GtkWidget *add_button;
  BillingTaxWaiting *waiting;

  BillingDesk *desk;     /* (owned) (nullable) */
  GSignalGroup *store;   /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
  char *country;         /* (owned) (nullable): of the head office */
};

G_DEFINE_FINAL_TYPE (BillingTaxRegistrationsBar, billing_tax_registrations_bar, ADW_TYPE_BIN)

/* Stripe registers nobody of whom it does not know where they are. */
static void
update (BillingTaxRegistrationsBar *self)
{
  gboolean may = self->desk != NULL && billing_desk_may (self->desk, BILLING_VERB_TAX_REGISTER);
  gboolean is_ready = self->country != NULL;
  g_autofree char *refusal =
    self->desk != NULL && !may ? billing_verb_refusal (BILLING_VERB_TAX_REGISTER, billing_desk_get_person (self->desk)->role) : NULL;

  gtk_label_set_label (self->hint, is_ready ? _("Where Stripe collects tax for the practice. Registrations end; they are never deleted.")
                                            : _("Stripe must know the head office before anything can be registered."));
  gtk_widget_set_visible (self->settings_button, !is_ready);
  gtk_widget_set_sensitive (self->add_button, may && is_ready);
  gtk_widget_set_tooltip_text (self->add_button, refusal);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = billing_read_finish (BILLING_STORE (object), result, &error);
  BillingTaxRegistrationsBar *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_pointer (&self->country, g_free);
  if (records != NULL && records->len > 0)
    self->country = g_strdup (BILLING_TAX_SETTINGS (records->pdata[0])->country);
  update (self);
}

static void
store_changed_cb (BillingTaxRegistrationsBar *self,
                  const char                 *kind)
{
  if (g_strcmp0 (kind, "tax_settings") == 0)
    billing_read_list_again (self->desk, "tax_settings", &self->reading, read_cb, self);
}

static void
add_cb (BillingTaxRegistrationsBar *self)
{
  GtkWindow *dialog;

  if (self->desk == NULL)
    return;

  dialog = billing_tax_register_dialog_new (self->desk, self->country);
  gtk_window_set_transient_for (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (dialog);
}

static void
billing_tax_registrations_bar_dispose (GObject *object)
{
  BillingTaxRegistrationsBar *self = BILLING_TAX_REGISTRATIONS_BAR (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->country, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_tax_registrations_bar_parent_class)->dispose (object);
}

static void
billing_tax_registrations_bar_class_init (BillingTaxRegistrationsBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_tax_registrations_bar_dispose;

  g_type_ensure (BILLING_TYPE_TAX_WAITING);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/tax-registrations-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegistrationsBar, add_button);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegistrationsBar, hint);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegistrationsBar, settings_button);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegistrationsBar, waiting);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
billing_tax_registrations_bar_init (BillingTaxRegistrationsBar *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

void
billing_tax_registrations_bar_set_sync (BillingTaxRegistrationsBar *self,
                                        BillingDesk                *desk,
                                        BillingSync                *sync)
{
  billing_tax_waiting_set_sync (self->waiting, desk, sync);
  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  g_clear_pointer (&self->country, g_free);
  update (self);
  if (desk != NULL)
    billing_read_list_again (desk, "tax_settings", &self->reading, read_cb, self);
}
