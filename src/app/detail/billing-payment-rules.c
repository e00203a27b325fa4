/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-rules"

#include "config.h"

#include "billing-payment-rules.h"

/**
 * billing_payment_rules_get_refundable:
 * @payment: a payment
 *
 * Returns: minor units that can still go back: collected − refunded − waiting − withdrawn (design.md, section 5)
 */
gint64
billing_payment_rules_get_refundable (BillingPayment *payment)
{
  return payment->collected - payment->refunded - payment->waiting - payment->withdrawn;
}

/**
 * billing_payment_rules_is_legal:
 * @verb: what somebody wants to do
 * @payment: to what
 *
 * What the window offers. The desk decides; this only spares people offers that it would refuse: there must be
 * something left to refund, and what Stripe collected is refunded, not reversed.
 *
 * Returns: whether to offer it
 */
gboolean
billing_payment_rules_is_legal (BillingVerb     verb,
                                BillingPayment *payment)
{
  if (!billing_verb_is_legal (verb, payment->status))
    return FALSE;
  if (verb == BILLING_VERB_PAYMENT_REFUND)
    return billing_payment_rules_get_refundable (payment) > 0;
  if (verb == BILLING_VERB_PAYMENT_REVERSE)
    return payment->tender != BILLING_TENDER_STRIPE;

  return TRUE;
}
