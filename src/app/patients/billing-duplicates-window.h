/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DUPLICATES_WINDOW (billing_duplicates_window_get_type ())
/**
 * BillingDuplicatesWindow:
 *
 * Patients who may be one, two by two, each with what belongs to them.
 */
G_DECLARE_FINAL_TYPE (BillingDuplicatesWindow, billing_duplicates_window, BILLING, DUPLICATES_WINDOW, BillingDialog)

GtkWindow *billing_duplicates_window_new (BillingDesk *desk);

G_END_DECLS
