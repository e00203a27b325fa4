/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-entry"

#include "config.h"

#include "billing-entry.h"

static void
title_cb (AdwEntryRow *row)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));

  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
}

/**
 * billing_entry_row_name_text:
 * @row: an entry
 *
 * libadwaita 1.2 leaves the text inside an entry row without an accessible name: it gets the row's title.
 */
void
billing_entry_row_name_text (AdwEntryRow *row)
{
  g_signal_connect (row, "notify::title", G_CALLBACK (title_cb), NULL);
  title_cb (row);
}

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
