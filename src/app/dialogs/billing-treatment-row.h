/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-treatment.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TREATMENT_ROW (billing_treatment_row_get_type ())
/**
 * BillingTreatmentRow:
 *
 * A choice among a patient's treatments, the newest first, or none of them.
 *
 * Its signal `loaded` tells that the treatments are there to choose from, with a sentence (string, nullable) where they could
 * not be read. Before, nothing can be chosen.
 */
G_DECLARE_FINAL_TYPE (BillingTreatmentRow, billing_treatment_row, BILLING, TREATMENT_ROW, AdwComboRow)

void              billing_treatment_row_set_patient   (BillingTreatmentRow *self,
                                                       BillingDesk         *desk,
                                                       const char          *patient,
                                                       const char          *treatment);
BillingTreatment *billing_treatment_row_get_treatment (BillingTreatmentRow *self);
const char       *billing_treatment_row_get_id        (BillingTreatmentRow *self);

G_END_DECLS
