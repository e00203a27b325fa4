/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-filing.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DOCUMENT_ROW (billing_document_row_get_type ())
/**
 * BillingDocumentRow:
 *
 * A document: what it looks like or what kind it is, its name, and what can be done with it, by actions of the section around it:
 * `document.open`, `document.save`, `document.rename`, `document.remove`, each with its id.
 */
G_DECLARE_FINAL_TYPE (BillingDocumentRow, billing_document_row, BILLING, DOCUMENT_ROW, AdwActionRow)

GtkWidget *billing_document_row_new (BillingDocument *document,
                                     BillingDesk     *desk);

G_END_DECLS
