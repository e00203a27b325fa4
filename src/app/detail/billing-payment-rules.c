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
  /* In the menu for any payment; as a button where money has come in. */
  if (verb == BILLING_VERB_PAYMENT_RECEIPT)
    return payment->collected > 0;
  if (verb == BILLING_VERB_PAYMENT_REVERSE)
    return payment->tender != BILLING_TENDER_STRIPE;
  /* A bank debit on its way is processed too, but holds nothing. */
  if (verb == BILLING_VERB_PAYMENT_CAPTURE || verb == BILLING_VERB_PAYMENT_VOID)
    return payment->attempt == BILLING_ATTEMPT_STATE_AUTHORISED;

  return TRUE;
}

/* The desk does none of these while Stripe has still to answer about the collection. */
static gboolean
is_of_collection (BillingVerb verb)
{
  switch ((int) verb)
    {
    case BILLING_VERB_PAYMENT_COLLECT:
    case BILLING_VERB_PAYMENT_CANCEL:
    case BILLING_VERB_PAYMENT_WRITE_OFF:
    case BILLING_VERB_PAYMENT_AUTHORISE:
    case BILLING_VERB_PAYMENT_CAPTURE:
    case BILLING_VERB_PAYMENT_VOID:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * billing_payment_rules_is_offered:
 * @verb: what somebody wants to do
 * @dossier: to what, loaded
 *
 * As billing_payment_rules_is_legal(), and with what Stripe has still to answer in mind.
 *
 * Returns: whether to offer it
 */
gboolean
billing_payment_rules_is_offered (BillingVerb     verb,
                                  BillingDossier *dossier)
{
  if (!billing_payment_rules_is_legal (verb, billing_dossier_get_payment (dossier)))
    return FALSE;
  if (verb == BILLING_VERB_PAYMENT_AUTHORISE && billing_dossier_get_practice (dossier)->stripe_account == NULL)
    return FALSE;

  return !is_of_collection (verb) || !billing_dossier_is_asked (dossier);
}
