/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BillingFilesFunc:
 * @owner: who waits for files
 * @files: (element-type GFile) (nullable): what was dropped or chosen; %NULL: nothing was
 *
 * Returns: whether they are taken
 */
typedef gboolean (*BillingFilesFunc) (gpointer  owner,
                                      GSList   *files);

GtkDropTarget        *billing_file_choice_new_drop (gpointer              owner,
                                                    BillingFilesFunc      func);
GtkFileChooserNative *billing_file_choice_ask      (GtkWidget            *parent,
                                                    const char           *title,
                                                    const char           *accept_label,
                                                    gpointer              owner,
                                                    BillingFilesFunc      func);
GtkFileChooserNative *billing_file_choice_ask_save (GtkWidget            *parent,
                                                    const char           *title,
                                                    const char           *name,
                                                    gpointer              owner,
                                                    BillingFilesFunc      func);
GtkFileChooserNative *billing_file_choice_ask_folder (GtkWidget          *parent,
                                                    const char           *title,
                                                    gpointer              owner,
                                                    BillingFilesFunc      func);

G_END_DECLS
