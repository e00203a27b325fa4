/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REMITTANCES_PAGE (billing_remittances_page_get_type ())
/**
 * BillingRemittancesPage:
 *
 * What insurers paid, each with its lines and what became of them beside it.
 */
G_DECLARE_FINAL_TYPE (BillingRemittancesPage, billing_remittances_page, BILLING, REMITTANCES_PAGE, BillingListPage)

G_END_DECLS
