/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-problem-row"

#include "config.h"

#include "billing-problem-row.h"

struct _BillingProblemRow {
  AdwPreferencesRow parent_instance;

  /* Template widgets */
  GtkLabel *label; /* (not owned) */

  GtkWidget *field; /* (not owned) (nullable): a sibling, in the same form */
};

typedef enum {
  PROP_FIELD = 1,
} BillingProblemRowProperty;

static GParamSpec *properties[PROP_FIELD + 1];

G_DEFINE_FINAL_TYPE (BillingProblemRow, billing_problem_row, ADW_TYPE_PREFERENCES_ROW)

static void
set_field (BillingProblemRow *self,
           GtkWidget         *field)
{
  g_set_weak_pointer (&self->field, field);
}

static void
billing_problem_row_dispose (GObject *object)
{
  set_field (BILLING_PROBLEM_ROW (object), NULL);

  G_OBJECT_CLASS (billing_problem_row_parent_class)->dispose (object);
}

static void
billing_problem_row_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BillingProblemRow *self = BILLING_PROBLEM_ROW (object);

  switch ((BillingProblemRowProperty) property_id)
    {
    case PROP_FIELD:
      g_value_set_object (value, self->field);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_problem_row_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  BillingProblemRow *self = BILLING_PROBLEM_ROW (object);

  switch ((BillingProblemRowProperty) property_id)
    {
    case PROP_FIELD:
      set_field (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_problem_row_class_init (BillingProblemRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_problem_row_dispose;
  object_class->get_property = billing_problem_row_get_property;
  object_class->set_property = billing_problem_row_set_property;

  properties[PROP_FIELD] =
    g_param_spec_object ("field", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/problem-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingProblemRow, label);
}

static void
billing_problem_row_init (BillingProblemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * billing_problem_row_set_message:
 * @self: a problem row
 * @message: (nullable): what is wrong with the field; %NULL: nothing
 */
void
billing_problem_row_set_message (BillingProblemRow *self,
                                 const char        *message)
{
  if (message != NULL)
    gtk_label_set_label (self->label, message);
  gtk_widget_set_visible (GTK_WIDGET (self), message != NULL);

  if (self->field == NULL)
    return;

  if (message != NULL)
    gtk_widget_add_css_class (self->field, "error");
  else
    gtk_widget_remove_css_class (self->field, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}
