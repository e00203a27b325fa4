/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-entry"

#include "config.h"

#include "billing-entry.h"

/**
 * billing_entry_row_dup_text:
 * @row: an entry
 *
 * Returns: (transfer full): what is written there, without white space around it
 */
char *
billing_entry_row_dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}
