/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-dispute-answer.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DISPUTE_FILE_ROW (billing_dispute_file_row_get_type ())
/**
 * BillingDisputeFileRow:
 *
 * The place of one file in an answer to a dispute: chosen from the documents of the payment or from the computer, or dropped here.
 *
 * Signals: `document` (id of a document), `file` (#GFile), `removed`.
 */
G_DECLARE_FINAL_TYPE (BillingDisputeFileRow, billing_dispute_file_row, BILLING, DISPUTE_FILE_ROW, AdwActionRow)

GtkWidget *billing_dispute_file_row_new           (const char            *title,
                                                   const char            *hint);
void       billing_dispute_file_row_set_file      (BillingDisputeFileRow *self,
                                                   BillingDisputeFile    *file);
void       billing_dispute_file_row_set_documents (BillingDisputeFileRow *self,
                                                   GPtrArray             *documents);

G_END_DECLS
