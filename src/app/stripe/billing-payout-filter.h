/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYOUT_FILTER (billing_payout_filter_get_type ())
/**
 * BillingPayoutFilter:
 *
 * Which payouts are listed: by status, by the day on which they were made, by amount.
 *
 * Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (BillingPayoutFilter, billing_payout_filter, BILLING, PAYOUT_FILTER, GtkBox)

void     billing_payout_filter_set_currency (BillingPayoutFilter *self,
                                             const char          *currency);
void     billing_payout_filter_apply        (BillingPayoutFilter *self,
                                             BillingQuery        *query);
gboolean billing_payout_filter_is_active    (BillingPayoutFilter *self);
void     billing_payout_filter_clear        (BillingPayoutFilter *self);

G_END_DECLS
