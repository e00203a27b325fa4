/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The titles over the columns of a list. */

void billing_list_titles_align_end (GtkColumnView *view,
                                    const char    *title);

G_END_DECLS
