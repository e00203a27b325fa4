/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sidebar-row"

#include "config.h"

#include "billing-sidebar-row.h"

struct _BillingSidebarRow {
  GtkListBoxRow parent_instance;

  /* Template widgets. */
  GtkImage *icon;
  GtkLabel *label;
  GtkLabel *count;

  const char *page; /* (not owned): static */
};

G_DEFINE_FINAL_TYPE (BillingSidebarRow, billing_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
billing_sidebar_row_class_init (BillingSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingSidebarRow, count);
  gtk_widget_class_bind_template_child (widget_class, BillingSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, BillingSidebarRow, label);
}

static void
billing_sidebar_row_init (BillingSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_sidebar_row_new:
 * @page: the name of the page; kept, not copied
 * @label: what it is called
 * @icon: its icon's name
 */
GtkWidget *
billing_sidebar_row_new (const char *page,
                         const char *label,
                         const char *icon)
{
  BillingSidebarRow *self = g_object_new (BILLING_TYPE_SIDEBAR_ROW, NULL);

  self->page = page;
  gtk_label_set_label (self->label, label);
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

const char *
billing_sidebar_row_get_page (BillingSidebarRow *self)
{
  return self->page;
}

/**
 * billing_sidebar_row_set_count:
 * @self: a row
 * @count: how many things wait; 0 shows nothing
 * @description: what they are, with the number: “9 overdue”
 */
void
billing_sidebar_row_set_count (BillingSidebarRow *self,
                               guint              count,
                               const char        *description)
{
  g_autofree char *text = g_strdup_printf ("%'u", count);

  gtk_label_set_label (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), count > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count), description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  count > 0 ? description : "", -1);
}
