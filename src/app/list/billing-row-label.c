/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-row-label"

#include "config.h"

#include "billing-row-label.h"

struct _BillingRowLabel {
  GtkWidget parent_instance;

  GtkWidget *label; /* (owned) (nullable): until disposed */
  char *sentence; /* (owned) (nullable) */
};

typedef enum {
  PROP_TEXT = 1,
  PROP_SENTENCE,
} BillingRowLabelProperty;

static GParamSpec *properties[PROP_SENTENCE + 1];

G_DEFINE_FINAL_TYPE (BillingRowLabel, billing_row_label, GTK_TYPE_WIDGET)

static void
billing_row_label_dispose (GObject *object)
{
  BillingRowLabel *self = BILLING_ROW_LABEL (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->sentence, g_free);

  G_OBJECT_CLASS (billing_row_label_parent_class)->dispose (object);
}

static void
billing_row_label_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BillingRowLabel *self = BILLING_ROW_LABEL (object);

  switch ((BillingRowLabelProperty) property_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, gtk_inscription_get_text (GTK_INSCRIPTION (self->label)));
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, self->sentence);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_row_label_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  BillingRowLabel *self = BILLING_ROW_LABEL (object);

  switch ((BillingRowLabelProperty) property_id)
    {
    case PROP_TEXT:
      billing_row_label_set_text (self, g_value_get_string (value));
      break;
    case PROP_SENTENCE:
      billing_row_label_set_sentence (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_row_label_class_init (BillingRowLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = billing_row_label_dispose;
  object_class->get_property = billing_row_label_get_property;
  object_class->set_property = billing_row_label_set_property;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
billing_row_label_init (BillingRowLabel *self)
{
  self->label = g_object_new (GTK_TYPE_INSCRIPTION,
                              "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "min-chars", 8,
                              "nat-chars", 10,
                              NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

void
billing_row_label_set_text (BillingRowLabel *self,
                            const char      *text)
{
  if (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (self->label)), text) == 0)
    return;

  gtk_inscription_set_text (GTK_INSCRIPTION (self->label), text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

void
billing_row_label_set_sentence (BillingRowLabel *self,
                                const char      *sentence)
{
  if (g_strcmp0 (self->sentence, sentence) == 0)
    return;

  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence != NULL ? sentence : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENTENCE]);
}
