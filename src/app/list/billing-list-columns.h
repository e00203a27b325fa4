/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-query.h"

G_BEGIN_DECLS

/**
 * BillingListColumn:
 * @id: the column's object in its .ui file, and its word in the settings
 * @label: what it is called; to be translated
 * @sort: (nullable): the query's word for sorting by it
 * @descending: whether it is looked at from its end first
 */
typedef struct {
  const char *id;
  const char *label;
  const char *sort;
  gboolean descending;
} BillingListColumn;

#define BILLING_TYPE_LIST_COLUMNS (billing_list_columns_get_type ())
G_DECLARE_FINAL_TYPE (BillingListColumns, billing_list_columns, BILLING, LIST_COLUMNS, GObject)

/**
 * BillingListColumns:
 *
 * The columns of a list: which are shown, in which order, and which one the list is sorted by. Headers, a menu and
 * the settings say the same at any time. Nothing is sorted here; the query is.
 *
 * Signal: `sort-changed`.
 */
BillingListColumns *billing_list_columns_new         (GtkColumnView            *view,
                                                      const char               *resource,
                                                      const char               *list,
                                                      const BillingListColumn  *columns,
                                                      guint                     n_columns);
GActionGroup       *billing_list_columns_get_actions (BillingListColumns       *self);
GMenuModel         *billing_list_columns_create_menu (BillingListColumns       *self);
char              **billing_list_columns_list_shown  (BillingListColumns       *self);
const char         *billing_list_columns_get_label   (BillingListColumns       *self);
void                billing_list_columns_sort        (BillingListColumns       *self,
                                                      BillingQuery             *query);

G_END_DECLS
