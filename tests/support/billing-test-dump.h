/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the books of a practice say, read behind the program's back. */
char   *billing_test_dump     (const char *folder);
gint64  billing_test_integer  (const char *folder,
                               const char *sql);
char   *billing_test_text     (const char *folder,
                               const char *sql);
void    billing_test_sql      (const char *folder,
                               const char *sql);
void    billing_test_copy     (const char *from,
                               const char *to);

G_END_DECLS
