/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int billing_lock_file_take (const char    *path,
                            gint64         patience,
                            GCancellable  *cancellable,
                            gboolean      *is_busy,
                            GError       **error);

G_END_DECLS
