/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PATIENTS_PAGE (billing_patients_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingPatientsPage, billing_patients_page, BILLING, PATIENTS_PAGE, BillingListPage)

G_END_DECLS
