/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-detail-row"

#include "config.h"

#include "billing-detail-row.h"

#include "billing-detail-format.h"
#include "billing-timeline-format.h"
#include "billing-treatment.h"

struct _BillingDetailRow {
  AdwActionRow parent_instance;

  /* Template widgets */
  GtkLabel *amount_label; /* (not owned) */

  BillingRecord *record; /* (owned) (nullable) */
  BillingPractice *practice; /* (owned) (nullable): whose time zone and currency count */
};

typedef enum {
  PROP_RECORD = 1,
  PROP_PRACTICE,
} BillingDetailRowProperty;

static GParamSpec *properties[PROP_PRACTICE + 1];

G_DEFINE_FINAL_TYPE (BillingDetailRow, billing_detail_row, ADW_TYPE_ACTION_ROW)

/* What was charged for a code. */
static void
update_amount (BillingDetailRow *self)
{
  g_autofree char *amount = NULL;

  if (BILLING_IS_TREATMENT_CODE (self->record) && self->practice != NULL)
    amount = billing_detail_format_sum (NULL, BILLING_TREATMENT_CODE (self->record)->amount, self->practice->currency);

  gtk_widget_set_visible (GTK_WIDGET (self->amount_label), amount != NULL && *amount != '\0');
  gtk_label_set_label (self->amount_label, amount);
}

static void
billing_detail_row_dispose (GObject *object)
{
  BillingDetailRow *self = BILLING_DETAIL_ROW (object);

  g_clear_object (&self->record);
  g_clear_object (&self->practice);

  G_OBJECT_CLASS (billing_detail_row_parent_class)->dispose (object);
}

static void
billing_detail_row_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BillingDetailRow *self = BILLING_DETAIL_ROW (object);

  switch ((BillingDetailRowProperty) property_id)
    {
    case PROP_RECORD:
      g_value_set_object (value, self->record);
      break;
    case PROP_PRACTICE:
      g_value_set_object (value, self->practice);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_detail_row_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  BillingDetailRow *self = BILLING_DETAIL_ROW (object);

  switch ((BillingDetailRowProperty) property_id)
    {
    case PROP_RECORD:
      self->record = g_value_dup_object (value);
      break;
    case PROP_PRACTICE:
      self->practice = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* The record of a row never changes. Bindings would outlive the labels of libadwaita's row when it goes away. */
static void
billing_detail_row_constructed (GObject *object)
{
  BillingDetailRow *self = BILLING_DETAIL_ROW (object);
  g_autofree char *title = billing_detail_format_title (NULL, self->record);
  g_autofree char *subtitle = billing_detail_format_subtitle (NULL, self->record,
                                                              self->practice != NULL ? self->practice->time_zone : NULL);

  G_OBJECT_CLASS (billing_detail_row_parent_class)->constructed (object);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  if (BILLING_IS_EVENT (self->record))
    adw_action_row_set_icon_name (ADW_ACTION_ROW (self), billing_timeline_format_icon (BILLING_EVENT (self->record)));
  update_amount (self);
}

static void
billing_detail_row_class_init (BillingDetailRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = billing_detail_row_constructed;
  object_class->dispose = billing_detail_row_dispose;
  object_class->get_property = billing_detail_row_get_property;
  object_class->set_property = billing_detail_row_set_property;

  properties[PROP_RECORD] =
    g_param_spec_object ("record", NULL, NULL, BILLING_TYPE_RECORD, flags);
  properties[PROP_PRACTICE] =
    g_param_spec_object ("practice", NULL, NULL, BILLING_TYPE_PRACTICE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/detail/detail-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDetailRow, amount_label);
}

static void
billing_detail_row_init (BillingDetailRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_detail_row_new:
 * @record: an event, note, document or code
 * @practice: (nullable): whose it is
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_detail_row_new (BillingRecord   *record,
                        BillingPractice *practice)
{
  return g_object_new (BILLING_TYPE_DETAIL_ROW, "record", record, "practice", practice, NULL);
}

BillingRecord *
billing_detail_row_get_record (BillingDetailRow *self)
{
  return self->record;
}
