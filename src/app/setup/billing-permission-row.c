/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-permission-row"

#include "config.h"

#include "billing-permission-row.h"

#include "billing-sync-format.h"

struct _BillingPermissionRow {
  AdwActionRow parent_instance;

  /* Template widgets. */
  GtkImage *icon;
};

static const struct {
  const char *icon;
  const char *style;
} signs[] = {
  [BILLING_STRIPE_ACCESS_UNKNOWN] = { "dialog-question-symbolic", "dim-label" },
  [BILLING_STRIPE_ACCESS_ALLOWED] = { "object-select-symbolic", "success" },
  [BILLING_STRIPE_ACCESS_DENIED] = { "window-close-symbolic", "error" },
  [BILLING_STRIPE_ACCESS_MISSING] = { "list-remove-symbolic", "dim-label" },
};

G_DEFINE_FINAL_TYPE (BillingPermissionRow, billing_permission_row, ADW_TYPE_ACTION_ROW)

static void
billing_permission_row_class_init (BillingPermissionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/setup/permission-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPermissionRow, icon);
}

static void
billing_permission_row_init (BillingPermissionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_permission_row_new:
 * @permission: what is known of it
 * @restricted: whether the key may do only what it was given permission for
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_permission_row_new (const BillingStripePermission *permission,
                            gboolean                       restricted)
{
  BillingPermissionRow *self = g_object_new (BILLING_TYPE_PERMISSION_ROW, NULL);
  g_autofree char *state = billing_sync_format_permission_state (permission, restricted);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 billing_sync_format_permission (permission->name));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), state);
  gtk_image_set_from_icon_name (self->icon, signs[permission->access].icon);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), signs[permission->access].style);
  return GTK_WIDGET (self);
}
