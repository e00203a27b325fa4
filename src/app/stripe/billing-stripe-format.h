/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-payment.h"

G_BEGIN_DECLS

/*
 * Stripe's objects in words, in the process's locale. A word of Stripe's that nobody knows yet is
 * shown as it is.
 */

const char *billing_stripe_format_status_class    (BillingStripePayment *payment);
char       *billing_stripe_format_who             (const char           *patient_name,
                                                   const char           *payer,
                                                   const char           *email);
char       *billing_stripe_format_payer           (BillingStripePayment *payment);
char       *billing_stripe_format_method          (BillingStripePayment *payment);
char       *billing_stripe_format_means           (const char           *method,
                                                   const char           *brand,
                                                   const char           *last4);
const char *billing_stripe_format_method_type     (const char           *type);
const char *billing_stripe_format_nth_method_type (guint                 i);
char       *billing_stripe_format_sentence        (BillingStripePayment *payment,
                                                   const char           *time_zone);

G_END_DECLS
