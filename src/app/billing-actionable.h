/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void billing_actionable_set_action (GtkActionable *actionable,
                                    const char    *action,
                                    const char    *target);

G_END_DECLS
