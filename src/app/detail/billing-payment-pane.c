/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-pane"

#include "config.h"

#include "billing-payment-pane-private.h"

#include <glib/gi18n.h>

#include "billing-detail-format.h"
#include "billing-documents-section.h"
#include "billing-field-row.h"
#include "billing-notes-section.h"
#include "billing-patient-section.h"
#include "billing-payment-card.h"
#include "billing-timeline-section.h"
#include "billing-treatment-section.h"

typedef enum {
  PROP_DESK = 1,
  PROP_PAYMENT,
  PROP_DOSSIER,
} BillingPaymentPaneProperty;

static GParamSpec *properties[PROP_DOSSIER + 1];

G_DEFINE_FINAL_TYPE (BillingPaymentPane, billing_payment_pane, ADW_TYPE_BIN)

static void
show_page (BillingPaymentPane *self,
           const char         *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (self->number_label, g_str_equal (page, "payment"));
  billing_drop_zone_set_open (self->drop_zone, g_str_equal (page, "payment"));
  _billing_payment_pane_update_actions (self);
}

static void
load_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BillingPaymentPane *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!billing_dossier_load_finish (BILLING_DOSSIER (object), result, &error))
    {
      g_autofree char *text = g_markup_escape_text (error->message, -1);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;

      adw_status_page_set_description (self->error_page, text);
      show_page (self, "error");
      return;
    }

  show_page (self, "payment");
}

static void
load (BillingPaymentPane *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);

  if (self->dossier == NULL || self->payment == NULL)
    {
      show_page (self, "empty");
      return;
    }

  self->loading = g_cancellable_new ();
  billing_dossier_load_async (self->dossier, self->payment, self->loading, load_cb, self);
}

/* One commit tells of several kinds; they are read once. */
static gboolean
reload_cb (gpointer user_data)
{
  BillingPaymentPane *self = user_data;

  self->reload_source = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (BillingPaymentPane *self,
                  const char         *kind,
                  GArray             *pks)
{
  if (self->payment != NULL && self->reload_source == 0 &&
      billing_dossier_is_touched_by (self->dossier, kind, pks))
    self->reload_source = g_idle_add (reload_cb, self);
}

static void
billing_payment_pane_dispose (GObject *object)
{
  BillingPaymentPane *self = BILLING_PAYMENT_PANE (object);

  g_cancellable_cancel (self->loading);
  g_cancellable_cancel (self->acting);
  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_object (&self->loading);
  g_clear_object (&self->acting);
  g_clear_object (&self->store_signals);
  g_clear_object (&self->dossier);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->payment, g_free);

  G_OBJECT_CLASS (billing_payment_pane_parent_class)->dispose (object);
}

static void
billing_payment_pane_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BillingPaymentPane *self = BILLING_PAYMENT_PANE (object);

  switch ((BillingPaymentPaneProperty) property_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_PAYMENT:
      g_value_set_string (value, self->payment);
      break;
    case PROP_DOSSIER:
      g_value_set_object (value, self->dossier);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_payment_pane_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  BillingPaymentPane *self = BILLING_PAYMENT_PANE (object);

  switch ((BillingPaymentPaneProperty) property_id)
    {
    case PROP_DESK:
      billing_payment_pane_set_desk (self, g_value_get_object (value));
      break;
    case PROP_PAYMENT:
      billing_payment_pane_set_payment (self, g_value_get_string (value));
      break;
    case PROP_DOSSIER:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, BILLING_TYPE_DESK, G_PARAM_READWRITE | flags);
  properties[PROP_PAYMENT] =
    g_param_spec_string ("payment", NULL, NULL, NULL, G_PARAM_READWRITE | flags);
  properties[PROP_DOSSIER] =
    g_param_spec_object ("dossier", NULL, NULL, BILLING_TYPE_DOSSIER, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
billing_payment_pane_class_init (BillingPaymentPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_payment_pane_dispose;
  object_class->get_property = billing_payment_pane_get_property;
  object_class->set_property = billing_payment_pane_set_property;
  install_properties (object_class);
  _billing_payment_pane_install_actions (widget_class);

  g_type_ensure (BILLING_TYPE_DOCUMENTS_SECTION);
  g_type_ensure (BILLING_TYPE_DROP_ZONE);
  g_type_ensure (BILLING_TYPE_FIELD_ROW);
  g_type_ensure (BILLING_TYPE_LINK_SECTION);
  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  g_type_ensure (BILLING_TYPE_NOTES_SECTION);
  g_type_ensure (BILLING_TYPE_PATIENT_SECTION);
  g_type_ensure (BILLING_TYPE_PAYMENT_CARD);
  g_type_ensure (BILLING_TYPE_TIMELINE_SECTION);
  g_type_ensure (BILLING_TYPE_TREATMENT_SECTION);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/payment-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentPane, drop_zone);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentPane, error_page);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentPane, link_section);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentPane, message_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentPane, number_label);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentPane, stack);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_is_there);
  gtk_widget_class_bind_template_callback (widget_class, billing_documents_section_add_files);
  gtk_widget_class_bind_template_callback (widget_class, billing_documents_section_add_image);
  gtk_widget_class_bind_template_callback (widget_class, load);
}

static void
billing_payment_pane_init (BillingPaymentPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->acting = g_cancellable_new ();
  self->store_signals = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store_signals, "changed", G_CALLBACK (store_changed_cb), self);
  _billing_payment_pane_update_actions (self);
}

/**
 * billing_payment_pane_new:
 * @desk: (nullable): whose payments it shows
 *
 * Returns: (transfer floating): a pane that shows nothing yet
 */
GtkWidget *
billing_payment_pane_new (BillingDesk *desk)
{
  return g_object_new (BILLING_TYPE_PAYMENT_PANE, "desk", desk, NULL);
}

BillingDesk *
billing_payment_pane_get_desk (BillingPaymentPane *self)
{
  return self->desk;
}

void
billing_payment_pane_set_desk (BillingPaymentPane *self,
                               BillingDesk        *desk)
{
  if (!g_set_object (&self->desk, desk))
    return;

  g_clear_object (&self->dossier);
  g_signal_group_set_target (self->store_signals, desk != NULL ? billing_desk_get_store (desk) : NULL);
  if (desk != NULL)
    self->dossier = billing_dossier_new (desk);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOSSIER]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESK]);
  load (self);
}

const char *
billing_payment_pane_get_payment (BillingPaymentPane *self)
{
  return self->payment;
}

/**
 * billing_payment_pane_set_payment:
 * @self: a pane
 * @payment: (nullable): id or number of a payment; %NULL shows nothing
 */
void
billing_payment_pane_set_payment (BillingPaymentPane *self,
                                  const char         *payment)
{
  if (g_strcmp0 (self->payment, payment) == 0)
    return;

  g_free (self->payment);
  self->payment = g_strdup (payment);
  /* What was said about the payment before does not concern this one. */
  billing_message_bar_set_message (self->message_bar, NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0.0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAYMENT]);
  load (self);
}
