/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is typed and shown at a terminal. */
char       *billing_console_read_secret (const char          *prompt,
                                         GError             **error);
gboolean    billing_console_is_watched  (void);
void        billing_console_progress    (double               fraction,
                                         const char          *what);
void        billing_console_say         (const char          *what);
void        billing_console_progress_end (void);
int         billing_console_width       (const char          *text);
char       *billing_console_cell        (const char          *text,
                                         int                  max_width);
const char *billing_console_nearest     (const char          *word,
                                         const char * const  *words);

G_END_DECLS
