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
  GArray *watches; /* (owned) (nullable) (element-type Watch) */
};

typedef struct {
  BillingListRowFunc func;
  gpointer data;
} Watch;

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
  g_clear_pointer (&self->watches, g_array_unref);

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
    billing_list_row_renew (self);
}

/* What the row says changed: its record, or the day that it is written by. */
void
billing_list_row_renew (BillingListRow *self)
{
  for (guint i = 0; self->watches != NULL && i < self->watches->len; i++)
    {
      const Watch *watch = &g_array_index (self->watches, Watch, i);

      watch->func (watch->data, self);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

/**
 * billing_list_row_watch:
 * @self: a row
 * @func: called with @data whenever what the row says changed; it must not watch or unwatch
 * @data: (not owned): by which billing_list_row_unwatch() knows it
 *
 * For cells, of which GTK binds and unbinds thousands where somebody jumps: a tenth of the time of connecting to `notify::record`.
 */
void
billing_list_row_watch (BillingListRow     *self,
                        BillingListRowFunc  func,
                        gpointer            data)
{
  Watch watch = { func, data };

  if (self->watches == NULL)
    self->watches = g_array_sized_new (FALSE, FALSE, sizeof (Watch), 8);
  g_array_append_val (self->watches, watch);
}

void
billing_list_row_unwatch (BillingListRow *self,
                          gpointer        data)
{
  for (guint i = 0; i < self->watches->len; i++)
    {
      if (g_array_index (self->watches, Watch, i).data == data)
        {
          g_array_remove_index_fast (self->watches, i);
          return;
        }
    }
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
