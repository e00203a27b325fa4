/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_ACCOUNT_PAGE (billing_account_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingAccountPage, billing_account_page, BILLING, ACCOUNT_PAGE, AdwBin)

/**
 * BillingAccountPage:
 *
 * *Account Management* (#BillingStripeSection): what Stripe says of the practice's account, and where each of it is changed. Nothing of
 * it can be changed by a program but the schedule of payouts (stripe-facts 2.11).
 */

G_END_DECLS
