/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-context.h"
#include "billing-stripe-records.h"

G_BEGIN_DECLS

/*
 * Stripe's objects in words, in the process's locale. A word of Stripe's that nobody knows yet is
 * shown as it is.
 */

char       *billing_stripe_format_status       (BillingCharge      *charge);
const char *billing_stripe_format_status_class (BillingCharge      *charge);
char       *billing_stripe_format_payer        (BillingCharge      *charge);
char       *billing_stripe_format_method       (BillingCharge      *charge);
char       *billing_stripe_format_sentence     (BillingCharge      *charge,
                                                const char         *time_zone);

G_END_DECLS
