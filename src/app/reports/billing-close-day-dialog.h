/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CLOSE_DAY_DIALOG (billing_close_day_dialog_get_type ())
/**
 * BillingCloseDayDialog:
 *
 * The cash of a day in three steps: counted, before anybody says what should be there; compared with the books; closed, with what goes to
 * the bank to be printed.
 */
G_DECLARE_FINAL_TYPE (BillingCloseDayDialog, billing_close_day_dialog, BILLING, CLOSE_DAY_DIALOG, BillingDialog)

GtkWindow *billing_close_day_dialog_new (BillingDesk *desk);

G_END_DECLS
