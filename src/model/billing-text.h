/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean billing_text_is_said (const char *text);
void billing_text_set (char **place, const char *text);
char *billing_text_fold (const char *text);
GBytes *billing_text_sort_key (const char *text, const char *locale);
gboolean billing_text_is_plain (const char *text);
gboolean billing_language_is_known (const char *locale);
char *billing_language_format (const char *language, const char *locale);
char *billing_language_get_locale (const char *language, const char *locale);

G_END_DECLS
