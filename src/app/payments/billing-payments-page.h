/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYMENTS_PAGE (billing_payments_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingPaymentsPage, billing_payments_page, BILLING, PAYMENTS_PAGE, BillingListPage)

void billing_payments_page_show_query (BillingPaymentsPage *self,
                                       BillingQuery        *query);

G_END_DECLS
