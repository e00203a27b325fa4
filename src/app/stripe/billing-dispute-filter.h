/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-query.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DISPUTE_FILTER (billing_dispute_filter_get_type ())
/**
 * BillingDisputeFilter:
 *
 * Which disputes are listed: those that need an answer, those with the bank, won, lost, inquiries, or all.
 *
 * Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (BillingDisputeFilter, billing_dispute_filter, BILLING, DISPUTE_FILTER, AdwBin)

void     billing_dispute_filter_apply     (BillingDisputeFilter *self,
                                           BillingQuery         *query);
gboolean billing_dispute_filter_is_active (BillingDisputeFilter *self);
void     billing_dispute_filter_clear     (BillingDisputeFilter *self);

G_END_DECLS
