/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-filter-chips"

#include "config.h"

#include "billing-filter-chips.h"

#include <glib/gi18n.h>

#include "billing-wrap-layout.h"

struct _BillingFilterChips {
  GtkWidget parent_instance;
};

enum { REMOVED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingFilterChips, billing_filter_chips, GTK_TYPE_WIDGET)

static void
remove_cb (GtkButton *chip,
           gpointer   user_data)
{
  int filter = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "billing-filter"));

  g_signal_emit (user_data, signals[REMOVED], 0, filter);
}

static void
billing_filter_chips_dispose (GObject *object)
{
  billing_filter_chips_clear (BILLING_FILTER_CHIPS (object));

  G_OBJECT_CLASS (billing_filter_chips_parent_class)->dispose (object);
}

static void
billing_filter_chips_class_init (BillingFilterChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = billing_filter_chips_dispose;
  signals[REMOVED] = g_signal_new ("removed", BILLING_TYPE_FILTER_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), BILLING_TYPE_WRAP_LAYOUT);
}

static void
billing_filter_chips_init (BillingFilterChips *self)
{
  g_object_set (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "spacing", 6, NULL);
}

/**
 * billing_filter_chips_clear:
 * @self: the chips
 *
 * Takes all chips out; the filters stay as they are.
 */
void
billing_filter_chips_clear (BillingFilterChips *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (chip);
}

/**
 * billing_filter_chips_add:
 * @self: the chips
 * @filter: a number that `removed` says
 * @text: what the list is narrowed to
 */
void
billing_filter_chips_add (BillingFilterChips *self,
                          int                 filter,
                          const char         *text)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  /* TRANSLATORS: what a screen reader says of a chip such as “Status: Pending” */
  g_autofree char *name = g_strdup_printf (_("Remove filter %s"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (chip), "billing-filter", GINT_TO_POINTER (filter));
  g_signal_connect (chip, "clicked", G_CALLBACK (remove_cb), self);
  gtk_widget_set_parent (chip, GTK_WIDGET (self));
}

/* Takes the search away, too: what is clear is all. */
void
billing_filter_chips_add_clear (BillingFilterChips *self)
{
  /* TRANSLATORS: a button that takes all filters of a list away */
  GtkWidget *clear = gtk_button_new_with_label (_("Clear"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "win.clear-filters");
  gtk_widget_set_tooltip_text (clear, _("Clear all filters"));
  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_add_css_class (clear, "chip");
  gtk_widget_set_parent (clear, GTK_WIDGET (self));
}
