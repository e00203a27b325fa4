/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BillingStatus:
 * @BILLING_STATUS_DRAFT: created, not yet submitted
 * @BILLING_STATUS_PENDING: asked for
 * @BILLING_STATUS_PROCESSING: authorised, or in flight
 * @BILLING_STATUS_PAID: collected whole
 * @BILLING_STATUS_FAILED: the last attempt failed; still owed
 * @BILLING_STATUS_CANCELLED: never collected, no longer asked (also: written off)
 * @BILLING_STATUS_REFUNDED: all of it went back
 * @BILLING_STATUS_PARTIALLY_REFUNDED: a part of it went back
 * @BILLING_STATUS_VOIDED: the authorisation was released
 *
 * The status of a payment, in the order of its life, which is the order in which lists sort it.
 */
typedef enum {
  BILLING_STATUS_DRAFT,
  BILLING_STATUS_PENDING,
  BILLING_STATUS_PROCESSING,
  BILLING_STATUS_PAID,
  BILLING_STATUS_FAILED,
  BILLING_STATUS_CANCELLED,
  BILLING_STATUS_REFUNDED,
  BILLING_STATUS_PARTIALLY_REFUNDED,
  BILLING_STATUS_VOIDED,
} BillingStatus;

/**
 * BillingPaymentType:
 * @BILLING_PAYMENT_TYPE_NONE: not said
 * @BILLING_PAYMENT_TYPE_TREATMENT_PRE_PAYMENT: asked before the treatment
 * @BILLING_PAYMENT_TYPE_OFFICE_VISIT: for a visit
 * @BILLING_PAYMENT_TYPE_PRIVATE_PAY: without an insurer
 */
typedef enum {
  BILLING_PAYMENT_TYPE_NONE,
  BILLING_PAYMENT_TYPE_TREATMENT_PRE_PAYMENT,
  BILLING_PAYMENT_TYPE_OFFICE_VISIT,
  BILLING_PAYMENT_TYPE_PRIVATE_PAY,
} BillingPaymentType;

/**
 * BillingTender:
 * @BILLING_TENDER_NONE: nothing was collected
 * @BILLING_TENDER_STRIPE: through Stripe
 * @BILLING_TENDER_CASH: cash
 * @BILLING_TENDER_CHEQUE: a cheque; the reference is its number
 * @BILLING_TENDER_CARD: an external card terminal
 * @BILLING_TENDER_BANK: a bank transfer
 * @BILLING_TENDER_CREDIT: credit that the patient has with the practice
 *
 * How money came in, or how it goes back.
 */
typedef enum {
  BILLING_TENDER_NONE,
  BILLING_TENDER_STRIPE,
  BILLING_TENDER_CASH,
  BILLING_TENDER_CHEQUE,
  BILLING_TENDER_CARD,
  BILLING_TENDER_BANK,
  BILLING_TENDER_CREDIT,
} BillingTender;

/**
 * BillingRefundReason:
 *
 * The six reasons of a refund (seeds/payments.txt), and none given.
 */
typedef enum {
  BILLING_REFUND_REASON_NONE,
  BILLING_REFUND_REASON_PATIENT_REQUEST,
  BILLING_REFUND_REASON_BILLING_ERROR,
  BILLING_REFUND_REASON_SERVICE_NOT_RENDERED,
  BILLING_REFUND_REASON_DUPLICATE_CHARGE,
  BILLING_REFUND_REASON_INSURANCE_ADJUSTMENT,
  BILLING_REFUND_REASON_OTHER,
} BillingRefundReason;

/**
 * BillingRefundState:
 * @BILLING_REFUND_STATE_WAITING: reserved; the tender has not answered, nothing is posted
 * @BILLING_REFUND_STATE_POSTED: the money went back
 * @BILLING_REFUND_STATE_FAILED: refused or came back; nothing stays posted
 * @BILLING_REFUND_STATE_WITHDRAWN: taken back before it was sent
 */
typedef enum {
  BILLING_REFUND_STATE_WAITING,
  BILLING_REFUND_STATE_POSTED,
  BILLING_REFUND_STATE_FAILED,
  BILLING_REFUND_STATE_WITHDRAWN,
} BillingRefundState;

/**
 * BillingAttemptState:
 * @BILLING_ATTEMPT_STATE_NONE: nobody tried
 * @BILLING_ATTEMPT_STATE_IN_FLIGHT: on its way (a bank debit takes days)
 * @BILLING_ATTEMPT_STATE_AUTHORISED: held, not yet captured
 * @BILLING_ATTEMPT_STATE_SUCCEEDED: collected
 * @BILLING_ATTEMPT_STATE_FAILED: declined
 * @BILLING_ATTEMPT_STATE_EXPIRED: the link or the authorisation ran out
 * @BILLING_ATTEMPT_STATE_RELEASED: the authorisation was released by a person
 */
typedef enum {
  BILLING_ATTEMPT_STATE_NONE,
  BILLING_ATTEMPT_STATE_IN_FLIGHT,
  BILLING_ATTEMPT_STATE_AUTHORISED,
  BILLING_ATTEMPT_STATE_SUCCEEDED,
  BILLING_ATTEMPT_STATE_FAILED,
  BILLING_ATTEMPT_STATE_EXPIRED,
  BILLING_ATTEMPT_STATE_RELEASED,
} BillingAttemptState;

/**
 * BillingAccount:
 *
 * The ledger's accounts (design.md, section 5).
 */
typedef enum {
  BILLING_ACCOUNT_PATIENT_RECEIVABLE,
  BILLING_ACCOUNT_INSURER_RECEIVABLE,
  BILLING_ACCOUNT_ASKED,
  BILLING_ACCOUNT_ADJUSTMENTS,
  BILLING_ACCOUNT_STRIPE,
  BILLING_ACCOUNT_CASH,
  BILLING_ACCOUNT_CHEQUES,
  BILLING_ACCOUNT_CARD_TERMINAL,
  BILLING_ACCOUNT_BANK,
  BILLING_ACCOUNT_CREDIT,
  BILLING_ACCOUNT_REFUNDS,
  BILLING_ACCOUNT_DISPUTES,
} BillingAccount;

/**
 * BillingEligibilityStatus:
 *
 * What the insurer answered: the coverage is active, is not, the question was refused, or nothing
 * can be told from the answer.
 */
typedef enum {
  BILLING_ELIGIBILITY_STATUS_UNKNOWN,
  BILLING_ELIGIBILITY_STATUS_ACTIVE,
  BILLING_ELIGIBILITY_STATUS_INACTIVE,
  BILLING_ELIGIBILITY_STATUS_ERROR,
} BillingEligibilityStatus;

/**
 * BillingBenefitType:
 *
 * What a benefit is about, in the words of the FHIR code system `benefit-type` and of X12 271 EB01.
 * Excluded is what the insurer does not pay for at all (FHIR `excluded`, EB01 E and I).
 */
typedef enum {
  BILLING_BENEFIT_TYPE_OTHER,
  BILLING_BENEFIT_TYPE_COPAY,
  BILLING_BENEFIT_TYPE_COINSURANCE,
  BILLING_BENEFIT_TYPE_DEDUCTIBLE,
  BILLING_BENEFIT_TYPE_OUT_OF_POCKET,
  BILLING_BENEFIT_TYPE_EXCLUDED,
} BillingBenefitType;

/**
 * BillingRole:
 *
 * What a person of the practice may do, from least to most.
 */
typedef enum {
  BILLING_ROLE_FRONT_DESK,
  BILLING_ROLE_BILLER,
  BILLING_ROLE_MANAGER,
  BILLING_ROLE_ADMINISTRATOR,
} BillingRole;

/**
 * BillingOutboxState:
 *
 * The life of an intent in the outbox (design.md, section 6).
 */
typedef enum {
  BILLING_OUTBOX_STATE_QUEUED,
  BILLING_OUTBOX_STATE_SENDING,
  BILLING_OUTBOX_STATE_DONE,
  BILLING_OUTBOX_STATE_FAILED,
  BILLING_OUTBOX_STATE_WITHDRAWN,
  BILLING_OUTBOX_STATE_UNKNOWN,
} BillingOutboxState;

/**
 * BillingLinkState:
 * @BILLING_LINK_STATE_WAITING: Stripe has still to make it
 * @BILLING_LINK_STATE_OPEN: it can be paid
 * @BILLING_LINK_STATE_CLOSING: closed here; Stripe has still to be told
 * @BILLING_LINK_STATE_CLOSED: Stripe takes no money by it any more
 * @BILLING_LINK_STATE_FAILED: Stripe refused to make it
 *
 * The life of a payment link.
 */
typedef enum {
  BILLING_LINK_STATE_WAITING,
  BILLING_LINK_STATE_OPEN,
  BILLING_LINK_STATE_CLOSING,
  BILLING_LINK_STATE_CLOSED,
  BILLING_LINK_STATE_FAILED,
} BillingLinkState;

/**
 * BillingLateState:
 * @BILLING_LATE_STATE_OPEN: nobody has said yet
 * @BILLING_LATE_STATE_KEPT: it stays the patient's credit
 * @BILLING_LATE_STATE_REFUNDING: Stripe is asked to give it back
 * @BILLING_LATE_STATE_REFUNDED: it went back
 *
 * What became of money that came too late.
 */
typedef enum {
  BILLING_LATE_STATE_OPEN,
  BILLING_LATE_STATE_KEPT,
  BILLING_LATE_STATE_REFUNDING,
  BILLING_LATE_STATE_REFUNDED,
} BillingLateState;

/**
 * BillingNoticeState:
 * @BILLING_NOTICE_STATE_NEW: nobody has looked at it
 * @BILLING_NOTICE_STATE_READ: somebody has
 * @BILLING_NOTICE_STATE_DONE: somebody says that it is dealt with
 * @BILLING_NOTICE_STATE_SNOOZED: out of sight until its time
 *
 * What the practice made of a notification.
 */
typedef enum {
  BILLING_NOTICE_STATE_NEW,
  BILLING_NOTICE_STATE_READ,
  BILLING_NOTICE_STATE_DONE,
  BILLING_NOTICE_STATE_SNOOZED,
} BillingNoticeState;

/**
 * BillingAnswerState:
 * @BILLING_ANSWER_STATE_DRAFT: kept here only
 * @BILLING_ANSWER_STATE_STAGING: Stripe is to keep the draft too
 * @BILLING_ANSWER_STATE_STAGED: Stripe keeps it, and shows nobody
 * @BILLING_ANSWER_STATE_SUBMITTING: Stripe is to pass it on to the bank, which happens once
 * @BILLING_ANSWER_STATE_SUBMITTED: the bank has it, and nothing can be changed any more
 * @BILLING_ANSWER_STATE_ACCEPTING: Stripe is to give the dispute up as lost
 * @BILLING_ANSWER_STATE_ACCEPTED: it did
 *
 * The life of an answer to a dispute.
 */
typedef enum {
  BILLING_ANSWER_STATE_DRAFT,
  BILLING_ANSWER_STATE_STAGING,
  BILLING_ANSWER_STATE_STAGED,
  BILLING_ANSWER_STATE_SUBMITTING,
  BILLING_ANSWER_STATE_SUBMITTED,
  BILLING_ANSWER_STATE_ACCEPTING,
  BILLING_ANSWER_STATE_ACCEPTED,
} BillingAnswerState;

/**
 * BillingDisputeOutcome:
 * @BILLING_DISPUTE_OUTCOME_NONE: nobody has said
 * @BILLING_DISPUTE_OUTCOME_BILLED_AGAIN: the patient is asked for the money once more
 * @BILLING_DISPUTE_OUTCOME_WRITTEN_OFF: the practice does without it
 *
 * What became of the money that a lost dispute took.
 */
typedef enum {
  BILLING_DISPUTE_OUTCOME_NONE,
  BILLING_DISPUTE_OUTCOME_BILLED_AGAIN,
  BILLING_DISPUTE_OUTCOME_WRITTEN_OFF,
} BillingDisputeOutcome;

/**
 * BillingPayerKind:
 * @BILLING_PAYER_KIND_SELF_PAY: the patient pays
 * @BILLING_PAYER_KIND_INSURANCE: an insurer is asked first
 *
 * Who pays by a billing rate.
 */
typedef enum {
  BILLING_PAYER_KIND_SELF_PAY,
  BILLING_PAYER_KIND_INSURANCE,
} BillingPayerKind;

/**
 * BillingServiceState:
 * @BILLING_SERVICE_STATE_TO_INVOICE: the patient is to be asked for their part
 * @BILLING_SERVICE_STATE_WITH_INSURER: the insurer has not answered
 * @BILLING_SERVICE_STATE_INVOICED: it stands on an invoice
 * @BILLING_SERVICE_STATE_NOT_BILLED: its rate is never billed
 * @BILLING_SERVICE_STATE_NOT_INVOICED: its rate is billed, but not by invoice
 * @BILLING_SERVICE_STATE_SETTLED: nothing of it is the patient's
 * @BILLING_SERVICE_STATE_REMOVED: it was a mistake
 *
 * Where a service stands; it follows from the rest of it (the column is worked out by the books).
 */
typedef enum {
  BILLING_SERVICE_STATE_TO_INVOICE,
  BILLING_SERVICE_STATE_WITH_INSURER,
  BILLING_SERVICE_STATE_INVOICED,
  BILLING_SERVICE_STATE_NOT_BILLED,
  BILLING_SERVICE_STATE_NOT_INVOICED,
  BILLING_SERVICE_STATE_SETTLED,
  BILLING_SERVICE_STATE_REMOVED,
} BillingServiceState;

/**
 * BillingInvoiceStatus:
 * @BILLING_INVOICE_STATUS_OPEN: nothing of it was paid
 * @BILLING_INVOICE_STATUS_PARTLY_PAID: something of it is still owed
 * @BILLING_INVOICE_STATUS_PAID: nothing of it is owed any more
 * @BILLING_INVOICE_STATUS_WRITTEN_OFF: what was still owed is no longer asked for
 * @BILLING_INVOICE_STATUS_VOID: it was a mistake; its number stays
 *
 * Where an invoice stands; it follows from its payments (the column is worked out by the books). Overdue is no status: it is open or
 * partly paid, and due before today.
 */
typedef enum {
  BILLING_INVOICE_STATUS_OPEN,
  BILLING_INVOICE_STATUS_PARTLY_PAID,
  BILLING_INVOICE_STATUS_PAID,
  BILLING_INVOICE_STATUS_WRITTEN_OFF,
  BILLING_INVOICE_STATUS_VOID,
} BillingInvoiceStatus;

/**
 * BillingRemittanceState:
 * @BILLING_REMITTANCE_STATE_OPEN: none of its lines was dealt with
 * @BILLING_REMITTANCE_STATE_PARTLY_POSTED: some were
 * @BILLING_REMITTANCE_STATE_POSTED: all of its lines are posted
 * @BILLING_REMITTANCE_STATE_CLOSED: all were dealt with, some of them by being set aside
 *
 * Where a remittance stands; it follows from its lines (the column is worked out by the books).
 */
typedef enum {
  BILLING_REMITTANCE_STATE_OPEN,
  BILLING_REMITTANCE_STATE_PARTLY_POSTED,
  BILLING_REMITTANCE_STATE_POSTED,
  BILLING_REMITTANCE_STATE_CLOSED,
} BillingRemittanceState;

/**
 * BillingRemittanceLineState:
 * @BILLING_REMITTANCE_LINE_STATE_UNMATCHED: which service it is about is not known
 * @BILLING_REMITTANCE_LINE_STATE_MATCHED: that is known, and it is not posted
 * @BILLING_REMITTANCE_LINE_STATE_POSTED: it is an answer of its service
 * @BILLING_REMITTANCE_LINE_STATE_REFUSED: the books would not take it
 * @BILLING_REMITTANCE_LINE_STATE_DISMISSED: somebody set it aside
 *
 * Where a line of a remittance stands.
 */
typedef enum {
  BILLING_REMITTANCE_LINE_STATE_UNMATCHED,
  BILLING_REMITTANCE_LINE_STATE_MATCHED,
  BILLING_REMITTANCE_LINE_STATE_POSTED,
  BILLING_REMITTANCE_LINE_STATE_REFUSED,
  BILLING_REMITTANCE_LINE_STATE_DISMISSED,
} BillingRemittanceLineState;

/**
 * BillingMessageKind:
 * @BILLING_MESSAGE_KIND_INVOICE: an invoice was made
 * @BILLING_MESSAGE_KIND_REMINDER: it is due soon, or was
 * @BILLING_MESSAGE_KIND_STATEMENT: what a patient owes in all
 * @BILLING_MESSAGE_KIND_RECEIPT: a payment came
 * @BILLING_MESSAGE_KIND_REQUEST: a payment is asked for, with its link
 *
 * What a patient is told.
 */
typedef enum {
  BILLING_MESSAGE_KIND_INVOICE,
  BILLING_MESSAGE_KIND_REMINDER,
  BILLING_MESSAGE_KIND_STATEMENT,
  BILLING_MESSAGE_KIND_RECEIPT,
  BILLING_MESSAGE_KIND_REQUEST,
} BillingMessageKind;

/**
 * BillingMessageChannel:
 * @BILLING_MESSAGE_CHANNEL_NONE: the practice sends nothing
 * @BILLING_MESSAGE_CHANNEL_SMTP: by a mail server
 * @BILLING_MESSAGE_CHANNEL_PORTAL: by the desktop's mail program, one at a time, where a person sends it
 *
 * How a message goes.
 */
typedef enum {
  BILLING_MESSAGE_CHANNEL_NONE,
  BILLING_MESSAGE_CHANNEL_SMTP,
  BILLING_MESSAGE_CHANNEL_PORTAL,
} BillingMessageChannel;

/**
 * BillingMessageState:
 * @BILLING_MESSAGE_STATE_QUEUED: it waits for its turn
 * @BILLING_MESSAGE_STATE_SENDING: it is on its way just now
 * @BILLING_MESSAGE_STATE_SENT: the mail server took it over
 * @BILLING_MESSAGE_STATE_HANDED: the mail program has it; whether it was sent is seen there
 * @BILLING_MESSAGE_STATE_UNKNOWN: the answer was lost; a person says what became of it
 * @BILLING_MESSAGE_STATE_FAILED: it was refused
 * @BILLING_MESSAGE_STATE_CANCELLED: it never went
 *
 * The life of a message.
 */
typedef enum {
  BILLING_MESSAGE_STATE_QUEUED,
  BILLING_MESSAGE_STATE_SENDING,
  BILLING_MESSAGE_STATE_SENT,
  BILLING_MESSAGE_STATE_HANDED,
  BILLING_MESSAGE_STATE_UNKNOWN,
  BILLING_MESSAGE_STATE_FAILED,
  BILLING_MESSAGE_STATE_CANCELLED,
} BillingMessageState;

const char *billing_enum_nick       (GType       type,
                                     int         value);
gboolean    billing_enum_from_nick  (GType       type,
                                     const char *nick,
                                     int        *value);

G_END_DECLS
