/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void  billing_entry_row_name_text (AdwEntryRow *row);
char *billing_entry_row_dup_text  (AdwEntryRow *row);

G_END_DECLS
