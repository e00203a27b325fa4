/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dashboard-card"

#include "config.h"

#include "billing-dashboard-card.h"

struct _BillingDashboardCard {
  GtkBox parent_instance;

  /* Template widgets */
  GtkWidget *button;
  GtkLabel *title;
  GtkLabel *number;
  GtkLabel *beside;
  GtkLabel *note;
};

typedef enum {
  PROP_TITLE = 1,
} BillingDashboardCardProperty;

static GParamSpec *properties[PROP_TITLE + 1];

enum { CLICKED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingDashboardCard, billing_dashboard_card, GTK_TYPE_BOX)

static void
clicked_cb (BillingDashboardCard *self)
{
  g_signal_emit (self, signals[CLICKED], 0);
}

/* A click that no button of the card took. */
static void
released_cb (BillingDashboardCard *self,
             int                   n_press,
             double                x,
             double                y)
{
  if (n_press == 1 && gtk_widget_contains (GTK_WIDGET (self), x, y))
    clicked_cb (self);
}

static void
set_title (BillingDashboardCard *self,
           const char           *title)
{
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

static void
billing_dashboard_card_set_property (GObject      *object,
                                     guint         id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  switch ((BillingDashboardCardProperty) id)
    {
    case PROP_TITLE:
      set_title (BILLING_DASHBOARD_CARD (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
billing_dashboard_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (billing_dashboard_card_parent_class)->dispose (object);
}

static void
billing_dashboard_card_class_init (BillingDashboardCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = billing_dashboard_card_set_property;
  object_class->dispose = billing_dashboard_card_dispose;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CLICKED] = g_signal_new ("clicked", BILLING_TYPE_DASHBOARD_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dashboard/dashboard-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDashboardCard, beside);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboardCard, button);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboardCard, note);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboardCard, number);
  gtk_widget_class_bind_template_child (widget_class, BillingDashboardCard, title);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
}

static void
billing_dashboard_card_init (BillingDashboardCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_label (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text); /* a narrow card cuts it off */
}

/**
 * billing_dashboard_card_set_text:
 * @self: a card
 * @number: its big number
 * @beside: what stands beside that, in small
 * @note: what stands below
 * @note_class: (nullable): the CSS class of the note
 * @spoken: what a screen reader says of it all
 */
void
billing_dashboard_card_set_text (BillingDashboardCard *self,
                                 const char           *number,
                                 const char           *beside,
                                 const char           *note,
                                 const char           *note_class,
                                 const char           *spoken)
{
  gtk_label_set_label (self->number, number);
  set_label (self->beside, beside);
  set_label (self->note, note);
  gtk_widget_set_css_classes (GTK_WIDGET (self->note),
                              (const char *[]) { "caption", "numeric",
                                                 note_class != NULL ? note_class : "dim-label", NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  spoken, -1);
}
