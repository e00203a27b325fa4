/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-query.h"
#include "billing-report.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REPORT_ROWS_WINDOW (billing_report_rows_window_get_type ())
G_DECLARE_FINAL_TYPE (BillingReportRowsWindow, billing_report_rows_window, BILLING, REPORT_ROWS_WINDOW, AdwWindow)

/**
 * BillingReportRowsWindow:
 *
 * What a number is made of where no page lists it: refunds, or lines of Stripe's ledger. A refund opens its payment.
 */
GtkWindow *billing_report_rows_window_new (BillingDesk       *desk,
                                    BillingQuery      *query,
                                    BillingReportLine *line,
                                    const char        *what);

G_END_DECLS
