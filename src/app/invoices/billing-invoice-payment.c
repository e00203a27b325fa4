/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-payment"

#include "config.h"

#include "billing-invoice-payment.h"

#include "billing-documents-section.h"
#include "billing-dossier.h"
#include "billing-link-section.h"
#include "billing-notes-section.h"

struct _BillingInvoicePayment {
  AdwBin parent_instance;

  BillingDossier *dossier; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  GCancellable *loading; /* (owned) (nullable) */
  char *payment; /* (owned) (nullable) */
  guint reload_source;
};

typedef enum {
  PROP_DOSSIER = 1,
} BillingInvoicePaymentProperty;

static GParamSpec *properties[PROP_DOSSIER + 1];

G_DEFINE_FINAL_TYPE (BillingInvoicePayment, billing_invoice_payment, ADW_TYPE_BIN)

static void
load_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean loaded = billing_dossier_load_finish (BILLING_DOSSIER (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_visible (GTK_WIDGET (user_data), loaded);
  if (!loaded)
    gtk_widget_activate_action (GTK_WIDGET (user_data), "win.warn", "s", error->message);
}

static void
load (BillingInvoicePayment *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->dossier == NULL || self->payment == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }

  self->loading = g_cancellable_new ();
  billing_dossier_load_async (self->dossier, self->payment, self->loading, load_cb, self);
}

/* One commit tells of several kinds; they are read once. */
static gboolean
reload_cb (gpointer user_data)
{
  BillingInvoicePayment *self = user_data;

  self->reload_source = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (BillingInvoicePayment *self,
                  const char            *kind,
                  GArray                *pks)
{
  if (self->payment != NULL && self->reload_source == 0 && billing_dossier_is_touched_by (self->dossier, kind, pks))
    self->reload_source = g_idle_add (reload_cb, self);
}

/* What the sections complain of. */
static void
complain_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.warn", "s", g_variant_get_string (parameter, NULL));
}

static void
billing_invoice_payment_dispose (GObject *object)
{
  BillingInvoicePayment *self = BILLING_INVOICE_PAYMENT (object);

  g_cancellable_cancel (self->loading);
  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_object (&self->loading);
  g_clear_object (&self->store);
  /* AdwBin looks for its child afterwards, which gtk_widget_dispose_template() would have taken away. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->dossier);
  g_clear_pointer (&self->payment, g_free);

  G_OBJECT_CLASS (billing_invoice_payment_parent_class)->dispose (object);
}

static void
billing_invoice_payment_get_property (GObject    *object,
                                      guint       property_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  switch ((BillingInvoicePaymentProperty) property_id)
    {
    case PROP_DOSSIER:
      g_value_set_object (value, BILLING_INVOICE_PAYMENT (object)->dossier);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_invoice_payment_class_init (BillingInvoicePaymentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_invoice_payment_dispose;
  object_class->get_property = billing_invoice_payment_get_property;

  properties[PROP_DOSSIER] = g_param_spec_object ("dossier", NULL, NULL, BILLING_TYPE_DOSSIER,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (BILLING_TYPE_DOCUMENTS_SECTION);
  g_type_ensure (BILLING_TYPE_LINK_SECTION);
  g_type_ensure (BILLING_TYPE_NOTES_SECTION);

  gtk_widget_class_install_action (widget_class, "pane.complain", "s", complain_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/invoice-payment.ui");
}

static void
billing_invoice_payment_init (BillingInvoicePayment *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
billing_invoice_payment_set_desk (BillingInvoicePayment *self,
                                  BillingDesk           *desk)
{
  if (self->dossier != NULL ? billing_dossier_get_desk (self->dossier) == desk : desk == NULL)
    return;

  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  g_clear_object (&self->dossier);
  g_clear_pointer (&self->payment, g_free);
  if (desk != NULL)
    self->dossier = billing_dossier_new (desk);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOSSIER]);
  load (self);
}

/**
 * billing_invoice_payment_set_payment:
 * @self: the section
 * @payment: (nullable): id of the invoice's payment; %NULL: it has none, and nothing is shown
 */
void
billing_invoice_payment_set_payment (BillingInvoicePayment *self,
                                     const char            *payment)
{
  if (g_strcmp0 (self->payment, payment) == 0)
    return;

  g_free (self->payment);
  self->payment = g_strdup (payment);
  load (self);
}
