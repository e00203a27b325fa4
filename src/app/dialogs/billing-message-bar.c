/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-message-bar"

#include "config.h"

#include "billing-message-bar.h"

struct _BillingMessageBar {
  AdwBin parent_instance;

  /* Template widgets */
  GtkInfoBar *info_bar; /* (not owned) */
  GtkLabel *label; /* (not owned) */

  char *message; /* (owned) (nullable) */
};

typedef enum {
  PROP_MESSAGE = 1,
} BillingMessageBarProperty;

static GParamSpec *properties[PROP_MESSAGE + 1];

G_DEFINE_FINAL_TYPE (BillingMessageBar, billing_message_bar, ADW_TYPE_BIN)

static void
response_cb (BillingMessageBar *self)
{
  billing_message_bar_set_message (self, NULL);
}

static void
billing_message_bar_finalize (GObject *object)
{
  BillingMessageBar *self = BILLING_MESSAGE_BAR (object);

  g_free (self->message);

  G_OBJECT_CLASS (billing_message_bar_parent_class)->finalize (object);
}

static void
billing_message_bar_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BillingMessageBar *self = BILLING_MESSAGE_BAR (object);

  switch ((BillingMessageBarProperty) property_id)
    {
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_message_bar_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  BillingMessageBar *self = BILLING_MESSAGE_BAR (object);

  switch ((BillingMessageBarProperty) property_id)
    {
    case PROP_MESSAGE:
      billing_message_bar_set_message (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_message_bar_class_init (BillingMessageBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = billing_message_bar_finalize;
  object_class->get_property = billing_message_bar_get_property;
  object_class->set_property = billing_message_bar_set_property;

  properties[PROP_MESSAGE] =
    g_param_spec_string ("message", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/message-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingMessageBar, info_bar);
  gtk_widget_class_bind_template_child (widget_class, BillingMessageBar, label);
  gtk_widget_class_bind_template_callback (widget_class, response_cb);
}

static void
billing_message_bar_init (BillingMessageBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
billing_message_bar_get_message (BillingMessageBar *self)
{
  return self->message;
}

/**
 * billing_message_bar_set_message:
 * @self: a message bar
 * @message: (nullable): the sentence; %NULL takes the bar away
 */
void
billing_message_bar_set_message (BillingMessageBar *self,
                                 const char        *message)
{
  if (g_strcmp0 (self->message, message) == 0)
    return;

  g_free (self->message);
  self->message = g_strdup (message);
  /* The text stays while the bar folds away. */
  if (message != NULL)
    gtk_label_set_label (self->label, message);
  gtk_info_bar_set_revealed (self->info_bar, message != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}
