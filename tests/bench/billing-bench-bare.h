/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkApplication *billing_bench_bare_new (gint64 n_rows);

G_END_DECLS
