/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* By which words of their own the rows of a list can be chosen. */
char **billing_list_statuses_of        (const char *list);
char  *billing_list_statuses_get_label (const char *list,
                                        const char *status);

G_END_DECLS
