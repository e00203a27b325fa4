/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-patient.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PATIENT_SEARCH (billing_patient_search_get_type ())
/**
 * BillingPatientSearch:
 *
 * An entry in which a patient is found by name, birth date or number. Those who match stand under it while it is written.
 *
 * Properties: `desk`, `patient` (BillingPatient, %NULL: none chosen).
 */
G_DECLARE_FINAL_TYPE (BillingPatientSearch, billing_patient_search, BILLING, PATIENT_SEARCH, AdwBin)

BillingPatient *billing_patient_search_get_patient (BillingPatientSearch *self);
void            billing_patient_search_set_patient (BillingPatientSearch *self,
                                                    BillingPatient       *patient);
gboolean        billing_patient_search_choose_only (BillingPatientSearch *self);
gboolean        billing_patient_search_is_empty    (BillingPatientSearch *self);
void            billing_patient_search_set_problem (BillingPatientSearch *self,
                                                    const char           *message);

G_END_DECLS
