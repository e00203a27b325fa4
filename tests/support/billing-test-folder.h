/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  billing_test_folder_use_memory (void);
char *billing_test_folder            (void);
void  billing_test_folder_empty      (const char *folder);
void  billing_test_folder_remove     (char       *folder);

G_END_DECLS
