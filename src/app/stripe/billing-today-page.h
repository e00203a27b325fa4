/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_TODAY_PAGE (billing_today_page_get_type ())
G_DECLARE_FINAL_TYPE (BillingTodayPage, billing_today_page, BILLING, TODAY_PAGE, AdwBin)

/**
 * BillingTodayPage:
 *
 * *Today* (#BillingStripeSection): what to check, what is new since yesterday, and what month-end still needs (billing-today.h). It
 * follows the books while somebody looks, and the day.
 */

G_END_DECLS
