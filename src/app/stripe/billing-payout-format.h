/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-records.h"

G_BEGIN_DECLS

/*
 * Payouts and what is in them in words, in the process's locale. A word of Stripe's that nobody knows yet is shown as it is.
 */

const char *billing_payout_format_status       (BillingPayout             *payout);
const char *billing_payout_format_status_class (BillingPayout             *payout);
char       *billing_payout_format_bank         (BillingPayout             *payout);
const char *billing_payout_format_kind         (BillingPayout             *payout);
char       *billing_payout_format_arrival      (BillingPayout             *payout);
char       *billing_payout_format_trace        (BillingPayout             *payout);
char       *billing_payout_format_failure      (BillingPayout             *payout);
char       *billing_payout_format_sentence     (BillingPayout             *payout,
                                                const char                *time_zone);
char       *billing_payout_format_item         (BillingBalanceTransaction *item);
char       *billing_payout_format_item_sentence (BillingBalanceTransaction *item);

G_END_DECLS
