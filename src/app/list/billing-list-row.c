/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-row"

#include "config.h"

#include "billing-list-row.h"

struct _BillingListRow {
  GObject parent_instance;

  gint64 pk;
  BillingRecord *record; /* (owned) (nullable) */
  BillingListContext *context; /* (owned) (nullable) */
  gpointer keeper; /* (not owned) (nullable) */
};

typedef enum {
  PROP_RECORD = 1,
  PROP_CONTEXT,
} BillingListRowProperty;

static GParamSpec *properties[PROP_CONTEXT + 1];

G_DEFINE_FINAL_TYPE (BillingListRow, billing_list_row, G_TYPE_OBJECT)

static void
billing_list_row_finalize (GObject *object)
{
  BillingListRow *self = BILLING_LIST_ROW (object);

  g_clear_object (&self->record);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (billing_list_row_parent_class)->finalize (object);
}

static void
billing_list_row_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  BillingListRow *self = BILLING_LIST_ROW (object);

  switch ((BillingListRowProperty) property_id)
    {
    case PROP_RECORD:
      g_value_set_object (value, self->record);
      break;
    case PROP_CONTEXT:
      g_value_set_object (value, self->context);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_list_row_class_init (BillingListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = billing_list_row_finalize;
  object_class->get_property = billing_list_row_get_property;

  properties[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, BILLING_TYPE_RECORD, flags);
  properties[PROP_CONTEXT] =
    g_param_spec_object ("context", NULL, NULL, BILLING_TYPE_LIST_CONTEXT, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
billing_list_row_init (BillingListRow *self)
{
}

/**
 * billing_list_row_new:
 * @pk: which row of the books it stands for
 * @context: (nullable): what it is written by
 *
 * Returns: (transfer full): a row without its record
 */
BillingListRow *
billing_list_row_new (gint64              pk,
                      BillingListContext *context)
{
  BillingListRow *self = g_object_new (BILLING_TYPE_LIST_ROW, NULL);

  self->pk = pk;
  g_set_object (&self->context, context);
  return self;
}

gint64
billing_list_row_get_pk (BillingListRow *self)
{
  return self->pk;
}

BillingRecord *
billing_list_row_get_record (BillingListRow *self)
{
  return self->record;
}

BillingListContext *
billing_list_row_get_context (BillingListRow *self)
{
  return self->context;
}

void
billing_list_row_set_record (BillingListRow *self,
                             BillingRecord  *record)
{
  if (g_set_object (&self->record, record))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

gpointer
billing_list_row_get_keeper (BillingListRow *self)
{
  return self->keeper;
}

void
billing_list_row_set_keeper (BillingListRow *self,
                             gpointer        keeper)
{
  self->keeper = keeper;
}
