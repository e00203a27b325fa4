/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REPORTS_PAGE (billing_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingReportsPage, billing_reports_page, BILLING, REPORTS_PAGE, AdwBin)

/**
 * BillingReportsPage:
 *
 * The questions of managers, each with its chart, for the days and the place chosen above them. Others are told who may see it.
 *
 * Signal: `payments` (BillingQuery): somebody wants to see these payments.
 */
void billing_reports_page_set_desk (BillingReportsPage *self,
                                    BillingDesk        *desk);
void billing_reports_page_print    (BillingReportsPage *self);

G_END_DECLS
