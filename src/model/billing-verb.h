/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-types.h"

G_BEGIN_DECLS

/**
 * BillingVerb:
 *
 * Everything a person can do. The nicks (`payment-create`) are the words of the audit; the part after
 * the first dash is the word on the command line.
 */
typedef enum {
  BILLING_VERB_NONE,
  BILLING_VERB_PAYMENT_CREATE,
  BILLING_VERB_PAYMENT_EDIT,
  BILLING_VERB_PAYMENT_SUBMIT,
  BILLING_VERB_PAYMENT_FAIL,
  BILLING_VERB_PAYMENT_CANCEL,
  BILLING_VERB_PAYMENT_WRITE_OFF,
  BILLING_VERB_PAYMENT_COLLECT,
  BILLING_VERB_PAYMENT_REVERSE,
  BILLING_VERB_PAYMENT_REFUND,
  BILLING_VERB_PAYMENT_AUTHORISE,
  BILLING_VERB_PAYMENT_CAPTURE,
  BILLING_VERB_PAYMENT_VOID,
  BILLING_VERB_CREDIT_REFUND,
  BILLING_VERB_NOTE_ADD,
  BILLING_VERB_DOCUMENT_ADD,
  BILLING_VERB_DOCUMENT_OPEN,
  BILLING_VERB_PATIENT_VIEW,
  BILLING_VERB_IMPORT,
  BILLING_VERB_EXPORT,
  BILLING_VERB_REFUND_APPROVE,
  BILLING_VERB_PERSON_ADD,
  BILLING_VERB_PERSON_EDIT,
  BILLING_VERB_PRACTICE_EDIT,
  BILLING_VERB_BACKUP,
  BILLING_VERB_CHARGE_ASSIGN,
  BILLING_VERB_OUTBOX_CHECK,
  BILLING_VERB_OUTBOX_WITHDRAW,
  BILLING_VERB_STRIPE_CONNECT,
  BILLING_VERB_PAYMENT_LINK,
  BILLING_VERB_LINK_CANCEL,
  BILLING_VERB_LATE_KEEP,
  BILLING_VERB_LATE_REFUND,
  BILLING_VERB_PAYMENT_REOPEN,
  BILLING_VERB_PAYMENT_RECEIPT,
  BILLING_VERB_REFUND_DECLINE,
  BILLING_VERB_NOTE_EDIT,
  BILLING_VERB_DOCUMENT_RENAME,
  BILLING_VERB_DOCUMENT_REMOVE,
  BILLING_VERB_DOCUMENT_RESTORE,
  BILLING_VERB_REPORT_VIEW,
} BillingVerb;

gboolean     billing_verb_is_allowed  (BillingVerb  verb,
                                       BillingRole  role);
char        *billing_verb_refusal     (BillingVerb  verb,
                                       BillingRole  role);
gboolean     billing_verb_is_legal    (BillingVerb   verb,
                                       BillingStatus status);
const char  *billing_verb_get_label   (BillingVerb  verb);
const char  *billing_role_get_label   (BillingRole  role);

G_END_DECLS
