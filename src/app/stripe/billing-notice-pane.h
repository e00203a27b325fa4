/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-notice.h"
#include "billing-record-pane.h"

G_BEGIN_DECLS

#define BILLING_TYPE_NOTICE_PANE (billing_notice_pane_get_type ())
G_DECLARE_FINAL_TYPE (BillingNoticePane, billing_notice_pane, BILLING, NOTICE_PANE, BillingRecordPane)

/**
 * BillingNoticePane:
 *
 * A notification. Signal: `opened`: a person has opened it, and it can be read.
 */
BillingNotice *billing_notice_pane_get_notice (BillingNoticePane *self);

G_END_DECLS
