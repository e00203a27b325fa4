/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RATES_PAGE (billing_rates_page_get_type ())
/**
 * BillingRatesPage:
 *
 * What things cost, who pays for them, and whether patients get invoices for them.
 */
G_DECLARE_FINAL_TYPE (BillingRatesPage, billing_rates_page, BILLING, RATES_PAGE, BillingListPage)

G_END_DECLS
