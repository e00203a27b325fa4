/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REMITTANCES_WINDOW (billing_remittances_window_get_type ())
/**
 * BillingRemittancesWindow:
 *
 * What insurers paid: the list, and what is done about each.
 */
G_DECLARE_FINAL_TYPE (BillingRemittancesWindow, billing_remittances_window, BILLING, REMITTANCES_WINDOW, AdwWindow)

GtkWindow *billing_remittances_window_new (BillingDesk *desk);

G_END_DECLS
