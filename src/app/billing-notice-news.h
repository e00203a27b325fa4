/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-notice.h"

G_BEGIN_DECLS

#define BILLING_TYPE_NOTICE_NEWS (billing_notice_news_get_type ())
/**
 * BillingNoticeNews:
 *
 * Tells of urgent notifications that nobody was told of yet, each once, whichever program hears of them first: those that are there at
 * the beginning, and those that come.
 *
 * Its signal `told` brings them (GPtrArray of BillingNotice, never empty, the newest first).
 */
G_DECLARE_FINAL_TYPE (BillingNoticeNews, billing_notice_news, BILLING, NOTICE_NEWS, GObject)

BillingNoticeNews *billing_notice_news_new         (BillingDesk   *desk);
char              *billing_notice_news_format_one  (BillingNotice *notice);
char              *billing_notice_news_format_many (guint          n);

G_END_DECLS
