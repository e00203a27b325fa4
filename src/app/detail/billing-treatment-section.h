/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-detail-section.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TREATMENT_SECTION (billing_treatment_section_get_type ())
/**
 * BillingTreatmentSection:
 *
 * The treatment that a payment is for. The pane hides it where there is none.
 */
G_DECLARE_FINAL_TYPE (BillingTreatmentSection, billing_treatment_section, BILLING, TREATMENT_SECTION,
                      BillingDetailSection)

G_END_DECLS
