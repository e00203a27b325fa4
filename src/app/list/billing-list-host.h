/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LIST_HOST (billing_list_host_get_type ())
G_DECLARE_INTERFACE (BillingListHost, billing_list_host, BILLING, LIST_HOST, GtkWidget)

/**
 * BillingListHostInterface:
 * @get_list_page: (nullable return): the list that is shown behind its tabs, %NULL where what is shown is none
 *
 * A page of the window that has lists behind tabs. Search, export and going to a row are those of the list that is shown.
 */
struct _BillingListHostInterface {
  GTypeInterface parent_iface;

  BillingListPage *(*get_list_page) (BillingListHost *self);
};

BillingListPage *billing_list_host_get_list_page (BillingListHost *self);

G_END_DECLS
