/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The scope in which the columns' .ui files find the closures that write their cells. */
GtkBuilderScope *billing_list_cells_new_scope (void);

G_END_DECLS
