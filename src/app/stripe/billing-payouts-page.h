/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYOUTS_PAGE (billing_payouts_page_get_type ())
/**
 * BillingPayoutsPage:
 *
 * The section payments/payouts: what Stripe holds and will pay out, and every payout as a statement.
 */
G_DECLARE_FINAL_TYPE (BillingPayoutsPage, billing_payouts_page, BILLING, PAYOUTS_PAGE, BillingListPage)

G_END_DECLS
