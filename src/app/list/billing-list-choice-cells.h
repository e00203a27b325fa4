/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-list-cell.h"

G_BEGIN_DECLS

GtkListItemFactory *billing_list_choice_cells_new_factory (const BillingListCell *cell);

G_END_DECLS
