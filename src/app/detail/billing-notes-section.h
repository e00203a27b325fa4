/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-detail-section.h"

G_BEGIN_DECLS

#define BILLING_TYPE_NOTES_SECTION (billing_notes_section_get_type ())
/**
 * BillingNotesSection:
 *
 * The notes on a payment, and a place to write one.
 */
G_DECLARE_FINAL_TYPE (BillingNotesSection, billing_notes_section, BILLING, NOTES_SECTION,
                      BillingDetailSection)

G_END_DECLS
