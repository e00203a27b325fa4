/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_MAKE_SERVICES_DIALOG (billing_make_services_dialog_get_type ())
/**
 * BillingMakeServicesDialog:
 *
 * Makes services of the codes of treatments, by their rates, and says first of which codes it cannot.
 */
G_DECLARE_FINAL_TYPE (BillingMakeServicesDialog, billing_make_services_dialog, BILLING, MAKE_SERVICES_DIALOG, BillingDialog)

GtkWindow *billing_make_services_dialog_new (BillingDesk *desk);

G_END_DECLS
