/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PATIENT_PANE (billing_patient_pane_get_type ())
G_DECLARE_FINAL_TYPE (BillingPatientPane, billing_patient_pane, BILLING, PATIENT_PANE, BillingRecordPane)

G_END_DECLS
