/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BILLING_TYPE_SIDEBAR_ROW (billing_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingSidebarRow, billing_sidebar_row, BILLING, SIDEBAR_ROW, GtkListBoxRow)

/**
 * BillingSidebarRow:
 *
 * A page in the sidebar, and how many things wait there.
 */
GtkWidget  *billing_sidebar_row_new       (const char        *page,
                                           const char        *label,
                                           const char        *icon);
const char *billing_sidebar_row_get_page  (BillingSidebarRow *self);
void        billing_sidebar_row_set_count (BillingSidebarRow *self,
                                           guint              count,
                                           const char        *description);

G_END_DECLS
