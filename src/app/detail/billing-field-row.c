/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-field-row"

#include "config.h"

#include "billing-field-row.h"

#include <glib/gi18n.h>

struct _BillingFieldRow {
  AdwPreferencesRow parent_instance;

  /* Template widgets */
  GtkWidget *edit_button; /* (not owned) */
  GtkLabel *value_label; /* (not owned) */

  char *value; /* (owned) (nullable) */
  char *lock; /* (owned) (nullable): why it cannot be edited now */
  char *scheme; /* (owned) (nullable): of the URI that it leads to */
  gboolean editable;
  gboolean editing; /* an editor stands in its place */
};

typedef enum {
  PROP_VALUE = 1,
  PROP_EDITABLE,
  PROP_SCHEME,
} BillingFieldRowProperty;

static GParamSpec *properties[PROP_SCHEME + 1];

enum { EDIT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingFieldRow, billing_field_row, ADW_TYPE_PREFERENCES_ROW)

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

/* Of a number that is to be dialled, people write much that is no part of it. */
static char *
build_uri (BillingFieldRow *self)
{
  g_autoptr (GString) digits = g_string_new ("tel:");

  if (!g_str_equal (self->scheme, "tel"))
    {
      g_autofree char *escaped = g_uri_escape_string (self->value, "@", FALSE);

      return g_strconcat (self->scheme, ":", escaped, NULL);
    }

  for (const char *c = self->value; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c) || *c == '+')
        g_string_append_c (digits, *c);
    }

  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static void
update_label (BillingFieldRow *self)
{
  g_autofree char *uri = NULL;
  g_autofree char *markup = NULL;

  if (self->scheme == NULL || self->value == NULL || *self->value == '\0')
    {
      gtk_label_set_text (self->value_label, self->value != NULL ? self->value : "");
      return;
    }

  uri = build_uri (self);
  markup = g_markup_printf_escaped ("<a href=\"%s\">%s</a>", uri, self->value);
  gtk_label_set_markup (self->value_label, markup);
}

/* An empty field is worth a line only where something can be written into it. */
static void
update (BillingFieldRow *self)
{
  gboolean may_edit = self->editable && self->lock == NULL;
  gboolean is_empty = self->value == NULL || *self->value == '\0';

  gtk_widget_set_visible (GTK_WIDGET (self), !self->editing && (!is_empty || may_edit));
  gtk_widget_set_visible (self->edit_button, self->editable);
  gtk_widget_set_sensitive (self->edit_button, may_edit);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), may_edit);
}

/* The pencil says of what it is, and where it does nothing, why. */
static void
update_button (BillingFieldRow *self)
{
  /* Translators: the name of a field: “Edit Due date” */
  g_autofree char *label = g_strdup_printf (_("Edit %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));

  gtk_widget_set_tooltip_text (self->edit_button, self->lock != NULL ? self->lock : label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->edit_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->lock != NULL ? self->lock : "", -1);
}

static void
billing_field_row_constructed (GObject *object)
{
  BillingFieldRow *self = BILLING_FIELD_ROW (object);

  G_OBJECT_CLASS (billing_field_row_parent_class)->constructed (object);

  update (self);
}

static void
billing_field_row_finalize (GObject *object)
{
  BillingFieldRow *self = BILLING_FIELD_ROW (object);

  g_free (self->value);
  g_free (self->lock);
  g_free (self->scheme);

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
    case PROP_EDITABLE:
      g_value_set_boolean (value, self->editable);
      break;
    case PROP_SCHEME:
      g_value_set_string (value, self->scheme);
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
    case PROP_EDITABLE:
      self->editable = g_value_get_boolean (value);
      break;
    case PROP_SCHEME:
      self->scheme = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_field_row_class_init (BillingFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = billing_field_row_constructed;
  object_class->finalize = billing_field_row_finalize;
  object_class->get_property = billing_field_row_get_property;
  object_class->set_property = billing_field_row_set_property;

  properties[PROP_VALUE] =
    g_param_spec_string ("value", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_EDITABLE] =
    g_param_spec_boolean ("editable", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SCHEME] =
    g_param_spec_string ("scheme", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingFieldRow, edit_button);
  gtk_widget_class_bind_template_child (widget_class, BillingFieldRow, value_label);
  gtk_widget_class_bind_template_callback (widget_class, billing_field_row_edit);
}

static void
billing_field_row_init (BillingFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::title", G_CALLBACK (update_button), NULL);
}

const char *
billing_field_row_get_value (BillingFieldRow *self)
{
  return self->value;
}

/**
 * billing_field_row_set_value:
 * @self: a field
 * @value: (nullable): what stands in it; %NULL and empty text hide a field that cannot be edited
 */
void
billing_field_row_set_value (BillingFieldRow *self,
                             const char      *value)
{
  if (g_strcmp0 (self->value, value) == 0)
    return;

  g_free (self->value);
  self->value = g_strdup (value);
  update_label (self);
  update (self);
  update_name (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

/**
 * billing_field_row_set_lock:
 * @self: a field that people may edit
 * @lock: (nullable): the sentence that says why it cannot be edited now; %NULL: it can
 */
void
billing_field_row_set_lock (BillingFieldRow *self,
                            const char      *lock)
{
  if (g_strcmp0 (self->lock, lock) == 0)
    return;

  g_free (self->lock);
  self->lock = g_strdup (lock);
  update (self);
  update_button (self);
}

/**
 * billing_field_row_set_editing:
 * @self: a field
 * @editing: whether an editor stands in its place, and it is not shown
 */
void
billing_field_row_set_editing (BillingFieldRow *self,
                               gboolean         editing)
{
  self->editing = editing;
  update (self);
}

/* As if somebody had clicked the pencil. */
void
billing_field_row_edit (BillingFieldRow *self)
{
  if (self->editable && self->lock == NULL)
    g_signal_emit (self, signals[EDIT], 0);
}

/* Where the focus goes back to after the edit. */
void
billing_field_row_focus (BillingFieldRow *self)
{
  gtk_widget_grab_focus (self->edit_button);
}
