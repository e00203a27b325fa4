/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-payment"

#include "config.h"

#include "billing-invoice-payment.h"

#include "billing-documents-section.h"
#include "billing-dossier.h"
#include "billing-link-section.h"
#include "billing-notes-section.h"

/* What is shown of one record, by its dossier. */
typedef struct {
  BillingDossier *dossier; /* (owned) (nullable) */
  GCancellable *loading; /* (owned) (nullable) */
  char *subject; /* (owned) (nullable) */
} Part;

typedef enum {
  PART_PAYMENT,
  PART_INVOICE,
} PartPlace;

#define N_PARTS (PART_INVOICE + 1)

struct _BillingInvoicePayment {
  AdwBin parent_instance;

  /* Template widgets (not owned) */
  GtkWidget *link; /* of the payment; the rest is the invoice’s */

  BillingDesk *desk; /* (owned) (nullable) */
  Part parts[N_PARTS];
  GSignalGroup *store; /* (owned) */
  guint reload_source;
};

typedef enum {
  PROP_DOSSIER = 1,
  PROP_INVOICE_DOSSIER,
} BillingInvoicePaymentProperty;

static GParamSpec *properties[PROP_INVOICE_DOSSIER + 1];

G_DEFINE_FINAL_TYPE (BillingInvoicePayment, billing_invoice_payment, ADW_TYPE_BIN)

static void
load_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!billing_dossier_load_finish (BILLING_DOSSIER (object), result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (user_data), "win.warn", "s", error->message);
}

static void
stop (Part *part)
{
  g_cancellable_cancel (part->loading);
  g_clear_object (&part->loading);
}

static void
load (BillingInvoicePayment *self,
      Part                  *part)
{
  stop (part);
  if (part->dossier == NULL || part->subject == NULL)
    return;

  part->loading = g_cancellable_new ();
  billing_dossier_load_async (part->dossier, part->subject, part->loading, load_cb, self);
}

/* One commit tells of several kinds; they are read once. */
static gboolean
reload_cb (gpointer user_data)
{
  BillingInvoicePayment *self = user_data;

  self->reload_source = 0;
  for (guint i = 0; i < N_PARTS; i++)
    load (self, &self->parts[i]);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (BillingInvoicePayment *self,
                  const char            *kind,
                  GArray                *pks)
{
  for (guint i = 0; i < N_PARTS; i++)
    {
      Part *part = &self->parts[i];

      if (part->subject != NULL && self->reload_source == 0 && billing_dossier_is_touched_by (part->dossier, kind, pks))
        self->reload_source = g_idle_add (reload_cb, self);
    }
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

  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_object (&self->store);
  /* AdwBin looks for its child afterwards, which gtk_widget_dispose_template() would have taken away. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  for (guint i = 0; i < N_PARTS; i++)
    {
      stop (&self->parts[i]);
      g_clear_object (&self->parts[i].dossier);
      g_clear_pointer (&self->parts[i].subject, g_free);
    }
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_invoice_payment_parent_class)->dispose (object);
}

static void
billing_invoice_payment_get_property (GObject    *object,
                                      guint       property_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  BillingInvoicePayment *self = BILLING_INVOICE_PAYMENT (object);

  switch ((BillingInvoicePaymentProperty) property_id)
    {
    case PROP_DOSSIER:
      g_value_set_object (value, self->parts[PART_PAYMENT].dossier);
      break;
    case PROP_INVOICE_DOSSIER:
      g_value_set_object (value, self->parts[PART_INVOICE].dossier);
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
  properties[PROP_INVOICE_DOSSIER] = g_param_spec_object ("invoice-dossier", NULL, NULL, BILLING_TYPE_DOSSIER,
                                                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (BILLING_TYPE_DOCUMENTS_SECTION);
  g_type_ensure (BILLING_TYPE_LINK_SECTION);
  g_type_ensure (BILLING_TYPE_NOTES_SECTION);

  gtk_widget_class_install_action (widget_class, "pane.complain", "s", complain_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/invoice-payment.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingInvoicePayment, link);
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
  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  for (guint i = 0; i < N_PARTS; i++)
    {
      Part *part = &self->parts[i];

      stop (part);
      g_clear_object (&part->dossier);
      g_clear_pointer (&part->subject, g_free);
      if (desk != NULL)
        part->dossier = billing_dossier_new (desk);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOSSIER]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INVOICE_DOSSIER]);
}

static void
set_subject (BillingInvoicePayment *self,
             PartPlace              place,
             const char            *subject)
{
  Part *part = &self->parts[place];

  if (g_strcmp0 (part->subject, subject) == 0)
    return;

  g_free (part->subject);
  part->subject = g_strdup (subject);
  load (self, part);
}

/**
 * billing_invoice_payment_set_invoice:
 * @self: the sections
 * @invoice: id of the invoice, whose documents and notes are shown
 * @payment: (nullable): id of the payment whose link is shown; %NULL: it has none
 */
void
billing_invoice_payment_set_invoice (BillingInvoicePayment *self,
                                     const char            *invoice,
                                     const char            *payment)
{
  set_subject (self, PART_INVOICE, invoice);
  set_subject (self, PART_PAYMENT, payment);
  gtk_widget_set_visible (self->link, payment != NULL);
}
