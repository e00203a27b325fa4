/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-detail-section.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TIMELINE_SECTION (billing_timeline_section_get_type ())
/**
 * BillingTimelineSection:
 *
 * What happened to a payment, the newest first.
 */
G_DECLARE_FINAL_TYPE (BillingTimelineSection, billing_timeline_section, BILLING, TIMELINE_SECTION,
                      BillingDetailSection)

G_END_DECLS
