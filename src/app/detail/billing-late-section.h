/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-detail-section.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LATE_SECTION (billing_late_section_get_type ())
/**
 * BillingLateSection:
 *
 * Money that came for a payment that wanted none any more: what it was, and *Keep* or *Refund*. Hidden where there is none.
 */
G_DECLARE_FINAL_TYPE (BillingLateSection, billing_late_section, BILLING, LATE_SECTION, BillingDetailSection)

G_END_DECLS
