/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-patient.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CONTACT_DIALOG (billing_contact_dialog_get_type ())
/**
 * BillingContactDialog:
 *
 * How a patient is reached, in which language, and what they do not want to get.
 */
G_DECLARE_FINAL_TYPE (BillingContactDialog, billing_contact_dialog, BILLING, CONTACT_DIALOG, BillingDialog)

GtkWindow *billing_contact_dialog_new (BillingDesk    *desk,
                                       BillingPatient *patient);

G_END_DECLS
