/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-detail-section"

#include "config.h"

#include "billing-detail-section.h"

#include "billing-detail-row.h"

typedef struct {
  BillingDossier *dossier; /* (owned) (nullable) */
} BillingDetailSectionPrivate;

typedef enum {
  PROP_DOSSIER = 1,
} BillingDetailSectionProperty;

static GParamSpec *properties[PROP_DOSSIER + 1];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BillingDetailSection, billing_detail_section, GTK_TYPE_BOX)

static void
set_dossier (BillingDetailSection *self,
             BillingDossier       *dossier)
{
  BillingDetailSectionPrivate *priv = billing_detail_section_get_instance_private (self);
  BillingDetailSectionClass *klass = BILLING_DETAIL_SECTION_GET_CLASS (self);

  if (!g_set_object (&priv->dossier, dossier))
    return;

  if (dossier != NULL && klass->dossier_changed != NULL)
    klass->dossier_changed (self, dossier);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOSSIER]);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  BillingPractice *practice = user_data;

  return billing_detail_row_new (item, practice->time_zone);
}

static void
billing_detail_section_dispose (GObject *object)
{
  BillingDetailSection *self = BILLING_DETAIL_SECTION (object);
  BillingDetailSectionPrivate *priv = billing_detail_section_get_instance_private (self);

  g_clear_object (&priv->dossier);

  G_OBJECT_CLASS (billing_detail_section_parent_class)->dispose (object);
}

static void
billing_detail_section_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  BillingDetailSection *self = BILLING_DETAIL_SECTION (object);

  switch ((BillingDetailSectionProperty) property_id)
    {
    case PROP_DOSSIER:
      g_value_set_object (value, billing_detail_section_get_dossier (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_detail_section_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  BillingDetailSection *self = BILLING_DETAIL_SECTION (object);

  switch ((BillingDetailSectionProperty) property_id)
    {
    case PROP_DOSSIER:
      set_dossier (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_detail_section_class_init (BillingDetailSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = billing_detail_section_dispose;
  object_class->get_property = billing_detail_section_get_property;
  object_class->set_property = billing_detail_section_set_property;

  properties[PROP_DOSSIER] =
    g_param_spec_object ("dossier", NULL, NULL, BILLING_TYPE_DOSSIER,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
billing_detail_section_init (BillingDetailSection *self)
{
}

BillingDossier *
billing_detail_section_get_dossier (BillingDetailSection *self)
{
  BillingDetailSectionPrivate *priv = billing_detail_section_get_instance_private (self);

  return priv->dossier;
}

/**
 * billing_detail_section_bind_rows:
 * @self: a section that has a dossier
 * @list: one of its lists
 * @property: which list of the dossier it shows
 *
 * Keeps @list filled with one #BillingDetailRow for each record.
 */
void
billing_detail_section_bind_rows (BillingDetailSection *self,
                                  GtkListBox           *list,
                                  const char           *property)
{
  BillingDossier *dossier = billing_detail_section_get_dossier (self);
  g_autoptr (GListModel) model = NULL;

  g_object_get (dossier, property, &model, NULL);
  gtk_list_box_bind_model (list, model, create_row_cb,
                           g_object_ref (billing_dossier_get_practice (dossier)), g_object_unref);
}

/**
 * billing_detail_section_complain:
 * @self: a section
 * @sentence: what went wrong
 *
 * Shows @sentence at the top of the pane.
 */
void
billing_detail_section_complain (BillingDetailSection *self,
                                 const char           *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "pane.complain", "s", sentence);
}
