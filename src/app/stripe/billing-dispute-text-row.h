/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_DISPUTE_TEXT_ROW (billing_dispute_text_row_get_type ())
/**
 * BillingDisputeTextRow:
 *
 * A text of an answer to a dispute, with how long it is and may be.
 *
 * Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (BillingDisputeTextRow, billing_dispute_text_row, BILLING, DISPUTE_TEXT_ROW, AdwPreferencesRow)

GtkWidget *billing_dispute_text_row_new         (const char            *title,
                                                 const char            *hint,
                                                 guint                  limit,
                                                 gboolean               is_long);
char      *billing_dispute_text_row_dup_text    (BillingDisputeTextRow *self);
void       billing_dispute_text_row_set_text    (BillingDisputeTextRow *self,
                                                 const char            *text);
guint      billing_dispute_text_row_get_length  (BillingDisputeTextRow *self);
gboolean   billing_dispute_text_row_is_too_long (BillingDisputeTextRow *self);
void       billing_dispute_text_row_warn        (BillingDisputeTextRow *self,
                                                 const char            *sentence);

G_END_DECLS
