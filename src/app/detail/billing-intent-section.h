/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-detail-section.h"

G_BEGIN_DECLS

#define BILLING_TYPE_INTENT_SECTION (billing_intent_section_get_type ())
/**
 * BillingIntentSection:
 *
 * What Stripe was asked to do with a payment and has not done: it waits, nobody knows whether it
 * was done, or it was refused; and Stripe's page, while the patient can pay there. Not to be seen
 * where there is nothing.
 */
G_DECLARE_FINAL_TYPE (BillingIntentSection, billing_intent_section, BILLING, INTENT_SECTION,
                      BillingDetailSection)

G_END_DECLS
