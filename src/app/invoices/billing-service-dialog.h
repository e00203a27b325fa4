/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

#define BILLING_TYPE_SERVICE_DIALOG (billing_service_dialog_get_type ())
/**
 * BillingServiceDialog:
 *
 * Asks for a service that is billed by hand, or changes one.
 */
G_DECLARE_FINAL_TYPE (BillingServiceDialog, billing_service_dialog, BILLING, SERVICE_DIALOG, BillingDialog)

GtkWindow *billing_service_dialog_new (BillingDesk *desk,
                                       const char  *service);

G_END_DECLS
