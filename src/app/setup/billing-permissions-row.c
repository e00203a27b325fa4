/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-permissions-row"

#include "config.h"

#include "billing-permissions-row.h"

#include <glib/gi18n.h>

#include "billing-permission-row.h"

struct _BillingPermissionsRow {
  AdwExpanderRow parent_instance;

  BillingStripeProbe *probe; /* (owned) (nullable): whose permissions are shown */
  GPtrArray *rows; /* (owned): of the permissions */
};

G_DEFINE_FINAL_TYPE (BillingPermissionsRow, billing_permissions_row, ADW_TYPE_EXPANDER_ROW)

static void
clear (BillingPermissionsRow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->probe, billing_stripe_probe_unref);
}

static guint
count (BillingStripeProbe  *probe,
       BillingStripeAccess  access)
{
  guint n = 0;

  for (guint i = 0; i < probe->permissions->len; i++)
    {
      const BillingStripePermission *permission = g_ptr_array_index (probe->permissions, i);

      if (permission->access == access)
        n++;
    }

  return n;
}

static void
summarize (BillingPermissionsRow *self,
           BillingStripeProbe    *probe)
{
  guint n_denied = count (probe, BILLING_STRIPE_ACCESS_DENIED);
  g_autofree char *text = NULL;

  if (n_denied > 0)
    text = g_strdup_printf (g_dngettext (NULL, "%u thing is not allowed; what needs it is left out",
                                         "%u things are not allowed; what needs them is left out",
                                         n_denied),
                            n_denied);
  else if (probe->restricted)
    text = g_strdup (_("Everything may be read; what may be changed is known once it is tried"));
  else
    text = g_strdup (_("Everything"));

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text);
}

static void
billing_permissions_row_dispose (GObject *object)
{
  BillingPermissionsRow *self = BILLING_PERMISSIONS_ROW (object);

  g_clear_pointer (&self->probe, billing_stripe_probe_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (billing_permissions_row_parent_class)->dispose (object);
}

static void
billing_permissions_row_class_init (BillingPermissionsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = billing_permissions_row_dispose;

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/com/example/Billing/ui/setup/permissions-row.ui");
}

static void
billing_permissions_row_init (BillingPermissionsRow *self)
{
  self->rows = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_permissions_row_set_probe:
 * @self: the row
 * @probe: (nullable): what is known of a key; the row is hidden where that is nothing
 */
void
billing_permissions_row_set_probe (BillingPermissionsRow *self,
                                   BillingStripeProbe    *probe)
{
  gboolean has_any = probe != NULL && probe->permissions != NULL && probe->permissions->len > 0;

  gtk_widget_set_visible (GTK_WIDGET (self), has_any);
  if (probe == self->probe)
    return;

  clear (self);
  if (!has_any)
    return;

  self->probe = billing_stripe_probe_ref (probe);
  for (guint i = 0; i < probe->permissions->len; i++)
    {
      GtkWidget *row = billing_permission_row_new (g_ptr_array_index (probe->permissions, i),
                                                   probe->restricted);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->rows, row);
    }
  summarize (self, probe);
}
