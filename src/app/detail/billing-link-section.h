/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-detail-section.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LINK_SECTION (billing_link_section_get_type ())
/**
 * BillingLinkSection:
 *
 * The payment link: how it stands, its address to copy, open or photograph, and what may be done with it. Hidden where the
 * payment had none and can have none.
 */
G_DECLARE_FINAL_TYPE (BillingLinkSection, billing_link_section, BILLING, LINK_SECTION, BillingDetailSection)

void billing_link_section_make (BillingLinkSection *self);

G_END_DECLS
