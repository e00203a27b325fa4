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

  return billing_detail_row_new (item, practice);
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

/* What is shown, and how new it is. */
static char *
describe_rows (GPtrArray *records)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (text, "%s %" G_GINT64_FORMAT "\n", billing_record_get_id (records->pdata[i]),
                            billing_record_get_revision (records->pdata[i]));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * billing_detail_section_fill_rows:
 * @self: a section that has a dossier
 * @box: one of its boxes
 * @records: (element-type BillingRecord): what it shows
 * @shown: (inout): the section's note of what the box shows
 * @func: makes a row of a record
 *
 * Fills @box, and hides it where there is nothing. Rows are made anew only where something differs: otherwise they keep the focus.
 */
void
billing_detail_section_fill_rows (BillingDetailSection  *self,
                                  GtkBox                *box,
                                  GPtrArray             *records,
                                  char                 **shown,
                                  BillingDetailRowFunc   func)
{
  BillingDesk *desk = billing_dossier_get_desk (billing_detail_section_get_dossier (self));
  g_autofree char *wanted = describe_rows (records);
  GtkWidget *row;

  if (g_strcmp0 (*shown, wanted) == 0)
    return;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, row);
  for (guint i = 0; i < records->len; i++)
    gtk_box_append (box, func (records->pdata[i], desk));

  gtk_widget_set_visible (GTK_WIDGET (box), records->len > 0);
  g_free (*shown);
  *shown = g_steal_pointer (&wanted);
}

/* An act on its way, and how to tell the window when it is done. */
typedef struct {
  BillingDetailSection *section; /* (owned) */
  char *action; /* (owned) */
  char *toast; /* (owned) */
} BillingSectionErrand;

static void
section_errand_free (BillingSectionErrand *errand)
{
  g_object_unref (errand->section);
  g_free (errand->action);
  g_free (errand->toast);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSectionErrand, section_errand_free)

static void
do_cb (GObject      *object,
       GAsyncResult *result,
       gpointer      user_data)
{
  g_autoptr (BillingSectionErrand) errand = user_data;
  g_autoptr (GError) error = NULL;

  if (billing_desk_do_finish (BILLING_DESK (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (errand->section), errand->action, "s", errand->toast);
  else
    billing_detail_section_complain (errand->section, error->message);
}

/**
 * billing_detail_section_do:
 * @self: a section that has a dossier
 * @act: what somebody wants
 * @action: the window's action that tells of it: `win.toast`, `win.toast-sent`
 * @toast: its words
 *
 * Gives @act to the desk, and says when it is done, or at the top of the pane why not.
 */
void
billing_detail_section_do (BillingDetailSection *self,
                           BillingAct           *act,
                           const char           *action,
                           const char           *toast)
{
  BillingSectionErrand *errand = g_new0 (BillingSectionErrand, 1);

  errand->section = g_object_ref (self);
  errand->action = g_strdup (action);
  errand->toast = g_strdup (toast);
  billing_detail_section_complain (self, "");
  billing_desk_do_async (billing_dossier_get_desk (billing_detail_section_get_dossier (self)), act, NULL, do_cb, errand);
}

/**
 * billing_detail_name_button:
 * @button: a menu button
 * @label: what it is called
 * @description: (nullable): what it shows
 *
 * The focus goes to the button inside GtkMenuButton, which GTK 4.8 names by its text alone: both get the name.
 */
void
billing_detail_name_button (GtkMenuButton *button,
                            const char    *label,
                            const char    *description)
{
  GtkWidget *inside = gtk_widget_get_first_child (GTK_WIDGET (button));

  for (GtkWidget *widget = GTK_WIDGET (button); widget != NULL; widget = widget != inside ? inside : NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description != NULL ? description : "", -1);
}
