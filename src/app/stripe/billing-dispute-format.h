/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dispute-answer.h"
#include "billing-stripe-records.h"

G_BEGIN_DECLS

/*
 * Disputes as the window says them; Stripe's own words are billing-dispute-reason.h's.
 */

char     *billing_dispute_format_left      (BillingDispute *dispute,
                                           const char     *time_zone,
                                           const char     *today);
gboolean  billing_dispute_format_is_urgent (BillingDispute *dispute,
                                           const char     *time_zone,
                                           const char     *today);
char     *billing_dispute_format_deadline  (BillingDispute *dispute,
                                           const char     *time_zone,
                                           const char     *today);
char     *billing_dispute_format_lead      (BillingDispute *dispute,
                                           const char     *time_zone,
                                           const char     *today);
char     *billing_dispute_format_payer     (BillingDispute *dispute);
char     *billing_dispute_format_sentence  (BillingDispute *dispute,
                                           const char     *time_zone,
                                           const char     *today);

char     *billing_dispute_format_answer    (BillingDisputeAnswer *answer,
                                           BillingDispute       *dispute,
                                           const char           *time_zone);

G_END_DECLS
