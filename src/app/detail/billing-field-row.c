/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-field-row"

#include "config.h"

#include "billing-field-row.h"

#include <glib/gi18n.h>

struct _BillingFieldRow {
  AdwPreferencesRow parent_instance;

  char *value; /* (owned) (nullable) */
};

typedef enum {
  PROP_VALUE = 1,
} BillingFieldRowProperty;

static GParamSpec *properties[PROP_VALUE + 1];

G_DEFINE_FINAL_TYPE (BillingFieldRow, billing_field_row, ADW_TYPE_PREFERENCES_ROW)

static void
billing_field_row_finalize (GObject *object)
{
  BillingFieldRow *self = BILLING_FIELD_ROW (object);

  g_free (self->value);

  G_OBJECT_CLASS (billing_field_row_parent_class)->finalize (object);
}

static void
billing_field_row_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BillingFieldRow *self = BILLING_FIELD_ROW (object);

  switch ((BillingFieldRowProperty) property_id)
    {
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_field_row_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  BillingFieldRow *self = BILLING_FIELD_ROW (object);

  switch ((BillingFieldRowProperty) property_id)
    {
    case PROP_VALUE:
      billing_field_row_set_value (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_field_row_class_init (BillingFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = billing_field_row_finalize;
  object_class->get_property = billing_field_row_get_property;
  object_class->set_property = billing_field_row_set_property;

  properties[PROP_VALUE] =
    g_param_spec_string ("value", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/com/example/Billing/ui/detail/field-row.ui");
}

static void
billing_field_row_init (BillingFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* A screen reader says the row in one go. */
static void
update_name (BillingFieldRow *self)
{
  /* Translators: the name of a field, and what stands in it */
  g_autofree char *name = g_strdup_printf (_("%s: %s"),
                                           adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                           self->value != NULL ? self->value : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

const char *
billing_field_row_get_value (BillingFieldRow *self)
{
  return self->value;
}

/**
 * billing_field_row_set_value:
 * @self: a field
 * @value: (nullable): what stands in it; %NULL and empty text hide it
 */
void
billing_field_row_set_value (BillingFieldRow *self,
                             const char      *value)
{
  if (g_strcmp0 (self->value, value) == 0)
    return;

  g_free (self->value);
  self->value = g_strdup (value);
  gtk_widget_set_visible (GTK_WIDGET (self), value != NULL && *value != '\0');
  update_name (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}
