/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_TREATMENTS_PAGE (billing_treatments_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingTreatmentsPage, billing_treatments_page, BILLING, TREATMENTS_PAGE, BillingListPage)

G_END_DECLS
