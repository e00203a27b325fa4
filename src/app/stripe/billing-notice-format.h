/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-notice.h"

G_BEGIN_DECLS

/*
 * What lists and the pane say of notifications, beyond billing_notice_describe(). @now is in Unix seconds. An empty text where there is
 * nothing to say.
 */

char       *billing_notice_format_title       (BillingNotice *notice,
                                               const char    *time_zone);
char       *billing_notice_format_deadline    (BillingNotice *notice,
                                               gint64         now,
                                               const char    *time_zone);
gboolean    billing_notice_format_is_pressing (BillingNotice *notice,
                                               gint64         now);
char       *billing_notice_format_about       (BillingNotice *notice);
char       *billing_notice_format_words       (BillingNotice *notice);
const char *billing_notice_format_state       (BillingNotice *notice,
                                               gint64         now);
const char *billing_notice_format_style       (BillingNotice *notice,
                                               gint64         now);
char       *billing_notice_format_standing    (BillingNotice *notice,
                                               gint64         now,
                                               const char    *time_zone);
char       *billing_notice_format_sentence    (BillingNotice *notice,
                                               gint64         now,
                                               const char    *time_zone);
char       *billing_notice_format_next_week   (const char    *today);

G_END_DECLS
