/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-types.h"

G_BEGIN_DECLS

/**
 * BillingStatusFacts:
 * @submitted: it was asked for
 * @cancelled: it is no longer asked for (also: written off)
 * @voided: a person released the authorisation
 * @failed: a person said that it failed, and nobody submitted it since
 * @attempt: how the last attempt since the submission stands
 * @collected: minor units collected
 * @refunded: minor units that went back
 *
 * What the status of a payment follows from: its acts, its attempts and its ledger.
 */
typedef struct {
  gboolean submitted;
  gboolean cancelled;
  gboolean voided;
  gboolean failed;
  BillingAttemptState attempt;
  gint64 collected;
  gint64 refunded;
} BillingStatusFacts;

BillingStatus  billing_status_derive    (const BillingStatusFacts *facts);
gboolean       billing_status_is_owed   (BillingStatus             status);
gboolean       billing_status_is_locked (BillingStatus             status);
const char    *billing_status_get_label (BillingStatus             status);

const char    *billing_tender_get_label        (BillingTender       tender);
const char    *billing_status_get_text         (BillingStatus       status);
const char    *billing_tender_get_text         (BillingTender       tender);
const char    *billing_payment_type_get_label  (BillingPaymentType  type);
const char    *billing_refund_reason_get_label (BillingRefundReason reason);
BillingAccount billing_tender_get_account      (BillingTender       tender);

G_END_DECLS
