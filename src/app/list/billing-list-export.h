/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **billing_list_export_columns (const char         *list,
                                    const char * const *shown);
char  *billing_list_export_done    (const char         *list,
                                    guint64             n_rows);
char  *billing_list_export_count   (const char         *list,
                                    guint64             n_rows);

G_END_DECLS
