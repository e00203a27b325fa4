/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-status"

#include "config.h"

#include "billing-status.h"

#include <glib/gi18n-lib.h>

static const char * const status_labels[] = {
  [BILLING_STATUS_DRAFT] = N_("Draft"),
  [BILLING_STATUS_PENDING] = N_("Pending"),
  [BILLING_STATUS_PROCESSING] = N_("Processing"),
  [BILLING_STATUS_PAID] = N_("Paid"),
  [BILLING_STATUS_FAILED] = N_("Failed"),
  [BILLING_STATUS_CANCELLED] = N_("Cancelled"),
  [BILLING_STATUS_REFUNDED] = N_("Refunded"),
  [BILLING_STATUS_PARTIALLY_REFUNDED] = N_("Partially Refunded"),
  [BILLING_STATUS_VOIDED] = N_("Voided"),
};

static const char * const tender_labels[] = {
  [BILLING_TENDER_NONE] = "",
  [BILLING_TENDER_STRIPE] = N_("Stripe"),
  [BILLING_TENDER_CASH] = N_("Cash"),
  [BILLING_TENDER_CHEQUE] = N_("Cheque"),
  [BILLING_TENDER_CARD] = N_("Card terminal"),
  [BILLING_TENDER_BANK] = N_("Bank transfer"),
  [BILLING_TENDER_CREDIT] = N_("Credit"),
};

static const BillingAccount tender_accounts[] = {
  [BILLING_TENDER_NONE] = BILLING_ACCOUNT_CASH,
  [BILLING_TENDER_STRIPE] = BILLING_ACCOUNT_STRIPE,
  [BILLING_TENDER_CASH] = BILLING_ACCOUNT_CASH,
  [BILLING_TENDER_CHEQUE] = BILLING_ACCOUNT_CHEQUES,
  [BILLING_TENDER_CARD] = BILLING_ACCOUNT_CARD_TERMINAL,
  [BILLING_TENDER_BANK] = BILLING_ACCOUNT_BANK,
  [BILLING_TENDER_CREDIT] = BILLING_ACCOUNT_CREDIT,
};

static const char * const type_labels[] = {
  [BILLING_PAYMENT_TYPE_NONE] = N_("None"),
  [BILLING_PAYMENT_TYPE_TREATMENT_PRE_PAYMENT] = N_("Treatment Pre-Payment"),
  [BILLING_PAYMENT_TYPE_OFFICE_VISIT] = N_("Office Visit"),
  [BILLING_PAYMENT_TYPE_PRIVATE_PAY] = N_("Private Pay"),
};

static const char * const reason_labels[] = {
  [BILLING_REFUND_REASON_NONE] = "",
  [BILLING_REFUND_REASON_PATIENT_REQUEST] = N_("Patient request"),
  [BILLING_REFUND_REASON_BILLING_ERROR] = N_("Billing error"),
  [BILLING_REFUND_REASON_SERVICE_NOT_RENDERED] = N_("Service not rendered"),
  [BILLING_REFUND_REASON_DUPLICATE_CHARGE] = N_("Duplicate charge"),
  [BILLING_REFUND_REASON_INSURANCE_ADJUSTMENT] = N_("Insurance adjustment"),
  [BILLING_REFUND_REASON_OTHER] = N_("Other"),
};

/* gettext gives the catalogue's header for the empty string. */
static const char *
translate (const char *label)
{
  return *label != '\0' ? _(label) : "";
}

/**
 * billing_status_derive:
 * @facts: what is known of a payment
 *
 * The one rule of a payment's status (design.md, section 5): the first that matches wins.
 *
 * Returns: the status
 */
BillingStatus
billing_status_derive (const BillingStatusFacts *facts)
{
  if (facts->collected > 0 && facts->refunded == facts->collected)
    return BILLING_STATUS_REFUNDED;
  if (facts->refunded > 0)
    return BILLING_STATUS_PARTIALLY_REFUNDED;
  if (facts->collected > 0)
    return BILLING_STATUS_PAID;
  if (facts->attempt == BILLING_ATTEMPT_STATE_AUTHORISED ||
      facts->attempt == BILLING_ATTEMPT_STATE_IN_FLIGHT)
    return BILLING_STATUS_PROCESSING;
  if (facts->voided)
    return BILLING_STATUS_VOIDED;
  if (facts->cancelled)
    return BILLING_STATUS_CANCELLED;
  if (facts->failed ||
      facts->attempt == BILLING_ATTEMPT_STATE_FAILED ||
      facts->attempt == BILLING_ATTEMPT_STATE_EXPIRED)
    return BILLING_STATUS_FAILED;

  return facts->submitted ? BILLING_STATUS_PENDING : BILLING_STATUS_DRAFT;
}

/**
 * billing_status_is_owed:
 * @status: a status
 *
 * Returns: whether patients owe payments of this status; the patient receivable is their sum
 */
gboolean
billing_status_is_owed (BillingStatus status)
{
  return status == BILLING_STATUS_PENDING ||
         status == BILLING_STATUS_PROCESSING ||
         status == BILLING_STATUS_FAILED;
}

/**
 * billing_status_is_locked:
 * @status: a status
 *
 * Returns: whether the payment cannot be edited (seeds/payments.txt)
 */
gboolean
billing_status_is_locked (BillingStatus status)
{
  return status == BILLING_STATUS_PAID ||
         status == BILLING_STATUS_PARTIALLY_REFUNDED ||
         status == BILLING_STATUS_REFUNDED ||
         status == BILLING_STATUS_VOIDED;
}

/**
 * billing_status_get_label:
 * @status: a status
 *
 * Returns: the word that people read, translated
 */
const char *
billing_status_get_label (BillingStatus status)
{
  return _(status_labels[status]);
}

/**
 * billing_status_get_text:
 * @status: a status
 *
 * Returns: its word as the program has it, for whoever translates it for somebody else
 */
const char *
billing_status_get_text (BillingStatus status)
{
  return status_labels[status];
}

/**
 * billing_tender_get_text:
 * @tender: how money came in
 *
 * Returns: likewise
 */
const char *
billing_tender_get_text (BillingTender tender)
{
  return tender_labels[tender];
}

/**
 * billing_tender_get_label:
 * @tender: how money came in
 *
 * Returns: the words that people read, translated; empty for none
 */
const char *
billing_tender_get_label (BillingTender tender)
{
  return translate (tender_labels[tender]);
}

/**
 * billing_payment_type_get_label:
 * @type: a kind of payment
 *
 * Returns: the words that people read, translated
 */
const char *
billing_payment_type_get_label (BillingPaymentType type)
{
  return _(type_labels[type]);
}

/**
 * billing_refund_reason_get_label:
 * @reason: why money goes back
 *
 * Returns: the words that people read, translated; empty for none
 */
const char *
billing_refund_reason_get_label (BillingRefundReason reason)
{
  return translate (reason_labels[reason]);
}

/**
 * billing_tender_get_account:
 * @tender: how money came in, not %BILLING_TENDER_NONE
 *
 * Returns: the ledger's account for it
 */
BillingAccount
billing_tender_get_account (BillingTender tender)
{
  g_return_val_if_fail (tender != BILLING_TENDER_NONE, BILLING_ACCOUNT_CASH);

  return tender_accounts[tender];
}
