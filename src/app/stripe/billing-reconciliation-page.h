/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_RECONCILIATION_PAGE (billing_reconciliation_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingReconciliationPage, billing_reconciliation_page, BILLING, RECONCILIATION_PAGE, AdwBin)

/**
 * BillingReconciliationPage:
 *
 * The section *Reconciliation* of the Stripe Dashboard (#BillingStripeSection): a period of Stripe's ledger as a statement, with a tick where
 * everything fits, or with the rows that do not; printed on one page, and saved as CSV.
 */

G_END_DECLS
