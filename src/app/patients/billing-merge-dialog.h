/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"
#include "billing-patient.h"

G_BEGIN_DECLS

#define BILLING_TYPE_MERGE_DIALOG (billing_merge_dialog_get_type ())
/**
 * BillingMergeDialog:
 *
 * Two patients who turned out to be one: which of them stays, and what moves, before it is done.
 */
G_DECLARE_FINAL_TYPE (BillingMergeDialog, billing_merge_dialog, BILLING, MERGE_DIALOG, BillingDialog)

GtkWindow *billing_merge_dialog_new (BillingDesk    *desk,
                                     BillingPatient *one,
                                     BillingPatient *other);

G_END_DECLS
