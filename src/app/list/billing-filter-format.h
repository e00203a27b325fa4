/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the chips of filters say of days and amounts, for all lists. */
char     *billing_filter_format_days       (const char *from,
                                            const char *to);
char     *billing_filter_format_amounts    (gint64      min,
                                            gint64      max,
                                            const char *currency);
gboolean  billing_filter_format_is_rounder (gint64      amount,
                                            gint64      other);

G_END_DECLS
