/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-patient.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PATIENT_ACTS (billing_patient_acts_get_type ())
/**
 * BillingPatientActs:
 *
 * What can be done about a patient.
 */
G_DECLARE_FINAL_TYPE (BillingPatientActs, billing_patient_acts, BILLING, PATIENT_ACTS, GtkBox)

GtkWidget *billing_patient_acts_new (BillingDesk    *desk,
                                     BillingPatient *patient,
                                     GPtrArray      *payments);

G_END_DECLS
