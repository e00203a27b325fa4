/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_SUPPORT_WINDOW (billing_support_window_get_type ())
G_DECLARE_FINAL_TYPE (BillingSupportWindow, billing_support_window, BILLING, SUPPORT_WINDOW, AdwWindow)

/**
 * BillingSupportWindow:
 *
 * Shows the report that goes with a question, whole, before it is copied or handed to the mail program.
 */
GtkWindow *billing_support_window_new (BillingDesk *desk);

G_END_DECLS
