/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-host"

#include "config.h"

#include "billing-list-host.h"

G_DEFINE_INTERFACE (BillingListHost, billing_list_host, GTK_TYPE_WIDGET)

static void
billing_list_host_default_init (BillingListHostInterface *iface)
{
}

/**
 * billing_list_host_get_list_page:
 * @self: a page of the window
 *
 * Returns: (transfer none) (nullable): the list that it shows
 */
BillingListPage *
billing_list_host_get_list_page (BillingListHost *self)
{
  return BILLING_LIST_HOST_GET_IFACE (self)->get_list_page (self);
}
