/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-page.h"

G_BEGIN_DECLS

#define BILLING_TYPE_NOTICES_PAGE (billing_notices_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingNoticesPage, billing_notices_page, BILLING, NOTICES_PAGE, BillingListPage)

/**
 * BillingNoticesPage:
 *
 * *Notifications* (#BillingStripeSection): what somebody should know of Stripe, and what was made of it. Opening one marks it as read
 * for people who may.
 */

G_END_DECLS
