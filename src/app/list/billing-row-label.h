/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BILLING_TYPE_ROW_LABEL (billing_row_label_get_type ())
G_DECLARE_FINAL_TYPE (BillingRowLabel, billing_row_label, BILLING, ROW_LABEL, GtkWidget)

/**
 * BillingRowLabel:
 *
 * The first cell of a row: shows a short text, and says to a screen reader what the whole row says.
 *
 * Properties: `text`, `sentence` (strings).
 */
void billing_row_label_set_text     (BillingRowLabel *self,
                                     const char      *text);
void billing_row_label_set_sentence (BillingRowLabel *self,
                                     const char      *sentence);

G_END_DECLS
