/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-practice.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DETAIL_ROW (billing_detail_row_get_type ())
G_DECLARE_FINAL_TYPE (BillingDetailRow, billing_detail_row, BILLING, DETAIL_ROW, AdwActionRow)

/**
 * BillingDetailRow:
 *
 * A line of the pane's lists: an event, a note, a document or a code. A document can be opened: the row, and a button on
 * it, activate `document.open` with its id.
 */
GtkWidget     *billing_detail_row_new        (BillingRecord    *record,
                                              BillingPractice  *practice);
BillingRecord *billing_detail_row_get_record (BillingDetailRow *self);

G_END_DECLS
