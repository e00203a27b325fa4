/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_CHARGES_PAGE (billing_charges_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingChargesPage, billing_charges_page, BILLING, CHARGES_PAGE,
                      BillingListPage)

G_END_DECLS
