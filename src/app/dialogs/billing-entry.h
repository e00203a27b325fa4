/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

char *billing_entry_row_dup_text  (AdwEntryRow *row);
void  billing_entry_row_show_text (AdwEntryRow *row,
                                   const char  *text);

G_END_DECLS
