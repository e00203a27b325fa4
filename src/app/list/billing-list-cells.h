/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkListItemFactory *billing_list_cells_new_factory (const char *list,
                                                    const char *column);

gboolean            billing_list_cells_is_amount   (const char *list,
                                                    const char *column);

G_END_DECLS
