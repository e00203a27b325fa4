/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DISPUTES_PAGE (billing_disputes_page_get_type ())
/**
 * BillingDisputesPage:
 *
 * The section *Disputes* of the Stripe Dashboard: payments that a payer's bank takes back or asks about, those first that can be
 * answered for the shortest time.
 */
G_DECLARE_FINAL_TYPE (BillingDisputesPage, billing_disputes_page, BILLING, DISPUTES_PAGE, BillingListPage)

G_END_DECLS
