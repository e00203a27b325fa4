/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-detail-section.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DOCUMENTS_SECTION (billing_documents_section_get_type ())
/**
 * BillingDocumentsSection:
 *
 * The documents kept with a payment. Files come in by the chooser, dropped on the pane around it, or pasted there, several at once.
 */
G_DECLARE_FINAL_TYPE (BillingDocumentsSection, billing_documents_section, BILLING, DOCUMENTS_SECTION,
                      BillingDetailSection)

void billing_documents_section_choose    (BillingDocumentsSection *self);
void billing_documents_section_add_files (BillingDocumentsSection *self,
                                          GSList                  *files);
void billing_documents_section_add_image (BillingDocumentsSection *self,
                                          GdkTexture              *image);

G_END_DECLS
