/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-store.h"

G_BEGIN_DECLS

/**
 * BILLING_PAID_NEWS_MAX:
 *
 * More payments than these at once are told as a number.
 */
#define BILLING_PAID_NEWS_MAX 5

#define BILLING_TYPE_PAID_NEWS (billing_paid_news_get_type ())
/**
 * BillingPaidNews:
 *
 * Tells of payments that are paid through Stripe from now on, whoever syncs: this program, or the timer in the background.
 *
 * Its signal `paid` brings them (GPtrArray of BillingPayment, at most %BILLING_PAID_NEWS_MAX, the first first), and how many
 * there are in all (guint).
 */
G_DECLARE_FINAL_TYPE (BillingPaidNews, billing_paid_news, BILLING, PAID_NEWS, GObject)

BillingPaidNews *billing_paid_news_new             (BillingStore *store);
char            *billing_paid_news_format_one      (const char   *number);
char            *billing_paid_news_format_many     (guint         n);

G_END_DECLS
