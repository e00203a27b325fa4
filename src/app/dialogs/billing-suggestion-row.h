/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-posting-suggest.h"

G_BEGIN_DECLS

#define BILLING_TYPE_SUGGESTION_ROW (billing_suggestion_row_get_type ())
/**
 * BillingSuggestionRow:
 *
 * Whose a charge may be, and why, to be chosen. Its signal `chosen` is emitted when it is.
 */
G_DECLARE_FINAL_TYPE (BillingSuggestionRow, billing_suggestion_row, BILLING, SUGGESTION_ROW,
                      AdwActionRow)

GtkWidget               *billing_suggestion_row_new       (const BillingSuggestion *suggestion,
                                                           const char              *currency,
                                                           BillingSuggestionRow    *group);
const BillingSuggestion *billing_suggestion_row_get       (BillingSuggestionRow    *self);
gboolean                 billing_suggestion_row_is_chosen (BillingSuggestionRow    *self);
void                     billing_suggestion_row_set_chosen (BillingSuggestionRow   *self,
                                                           gboolean                 chosen);

G_END_DECLS
