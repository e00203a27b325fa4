/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record-pane.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TREATMENT_PANE (billing_treatment_pane_get_type ())
G_DECLARE_FINAL_TYPE (BillingTreatmentPane, billing_treatment_pane, BILLING, TREATMENT_PANE, BillingRecordPane)

G_END_DECLS
