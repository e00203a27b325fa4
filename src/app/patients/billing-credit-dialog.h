/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-patient.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CREDIT_DIALOG (billing_credit_dialog_get_type ())
/**
 * BillingCreditDialog:
 *
 * Gives a patient's credit back: how much of it, and how.
 */
G_DECLARE_FINAL_TYPE (BillingCreditDialog, billing_credit_dialog, BILLING, CREDIT_DIALOG, BillingDialog)

GtkWindow *billing_credit_dialog_new (BillingDesk    *desk,
                                      BillingPatient *patient);

G_END_DECLS
