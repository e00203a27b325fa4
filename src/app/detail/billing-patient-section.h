/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-detail-section.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PATIENT_SECTION (billing_patient_section_get_type ())
/**
 * BillingPatientSection:
 *
 * Who owes a payment: demographics, contact, credit.
 */
G_DECLARE_FINAL_TYPE (BillingPatientSection, billing_patient_section, BILLING, PATIENT_SECTION,
                      BillingDetailSection)

G_END_DECLS
