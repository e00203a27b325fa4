/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-letter-layout.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RECEIPT_PREVIEW (billing_receipt_preview_get_type ())
/**
 * BillingReceiptPreview:
 *
 * The pages of a letter, on the paper of the locale, as they will print. Screen readers read its text.
 */
G_DECLARE_FINAL_TYPE (BillingReceiptPreview, billing_receipt_preview, BILLING, RECEIPT_PREVIEW, GtkWidget)

void billing_receipt_preview_set_letter (BillingReceiptPreview *self,
                                         BillingLetter         *letter);

G_END_DECLS
