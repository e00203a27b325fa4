/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-notice.h"

G_BEGIN_DECLS

#define BILLING_TYPE_NOTICE_CARD (billing_notice_card_get_type ())
G_DECLARE_FINAL_TYPE (BillingNoticeCard, billing_notice_card, BILLING, NOTICE_CARD, GtkBox)

/**
 * BillingNoticeCard:
 *
 * What a notification means, by when, the one button that deals with it, and what people can make of it: by the actions
 * `notice.read`, `notice.done`, `notice.reopen` and `notice.snooze`, whose parameter is a day.
 */
GtkWidget *billing_notice_card_new (BillingNotice *notice,
                                    BillingDesk   *desk);

G_END_DECLS
