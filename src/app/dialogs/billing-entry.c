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

/**
 * billing_entry_row_show_text:
 * @row: an entry with an apply button
 * @text: what to show
 *
 * Not as if somebody had typed it: there is nothing to apply then.
 */
void
billing_entry_row_show_text (AdwEntryRow *row,
                             const char  *text)
{
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    return;

  adw_entry_row_set_show_apply_button (row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_show_apply_button (row, TRUE);
}
