/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

/**
 * BillingListMenuFunc:
 * @page: a page
 * @record: of the row
 *
 * Returns: (transfer full): what can be done with it, by actions that @page finds
 */
typedef GMenuModel *(*BillingListMenuFunc) (BillingListPage *page,
                                            BillingRecord   *record);

#define BILLING_TYPE_LIST_MENU (billing_list_menu_get_type ())
G_DECLARE_FINAL_TYPE (BillingListMenu, billing_list_menu, BILLING, LIST_MENU, GObject)

/**
 * BillingListMenu:
 *
 * The menu of the rows of a list: by the secondary button of the pointer on a row, which is selected first, and by the keys for it on
 * the selected one. Its page owns it, and closes it before it goes.
 */
BillingListMenu *billing_list_menu_new   (BillingListPage     *page,
                                          BillingListMenuFunc  func);
void             billing_list_menu_close (BillingListMenu     *self);

G_END_DECLS
