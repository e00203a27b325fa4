/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_PAYMENT (billing_payment_get_type ())
G_DECLARE_FINAL_TYPE (BillingPayment, billing_payment, BILLING, PAYMENT, BillingRecord)

/**
 * BillingPayment:
 *
 * An amount that a patient owes and its collection: asked once, collected whole, by one tender.
 * To be read by its members; changed by its properties.
 */
struct _BillingPayment {
  BillingRecord parent_instance;

  char *number; /* (owned): PAY-001 */
  char *patient_id; /* (owned): who owes it */
  char *treatment_id; /* (owned) (nullable): for what */
  char *location_id; /* (owned) (nullable): where; the treatment says it */
  BillingPaymentType payment_type; /* kind of payment */
  gint64 amount; /* minor units */
  char *currency; /* (owned): ISO 4217 */
  char *due_on; /* (owned) (nullable): day */
  char *memo; /* (owned) (nullable) */
  BillingStatus status; /* follows from the rest by billing_status_derive() */
  gint64 created_at; /* Unix seconds */
  gint64 submitted_at; /* Unix seconds, 0: never */
  gint64 cancelled_at; /* likewise */
  gint64 written_off_at; /* likewise */
  gint64 failed_at; /* by hand; likewise */
  gint64 voided_at; /* authorisation released by a person; likewise */
  BillingAttemptState attempt; /* how the last attempt stands */
  char *paid_on; /* (owned) (nullable): day of the collection */
  BillingTender tender; /* by which it was collected */
  char *reference; /* (owned) (nullable): of the collection: cheque number, terminal slip, … */
  gint64 collected; /* minor units */
  gint64 refunded; /* minor units */
  gint64 waiting; /* minor units of refunds that are reserved, not posted */
  gint64 withdrawn; /* minor units that a dispute withdrew */
  char *split_from; /* (owned) (nullable): the payment of which this is the rest */
  char *invoice_id; /* (owned) (nullable): the invoice that it belongs to */
  gboolean joined; /* it was there before that invoice, as an open pre-payment */
  char *dispute; /* (owned) (nullable): how its newest dispute stands, in Stripe's word */
  char *patient_name; /* (owned) */
  char *patient_number; /* (owned) */
  char *treatment; /* (owned): number of the treatment */
  char *location; /* (owned) */
  char *invoice; /* (owned) (nullable): number of the invoice */
};

BillingPayment *billing_payment_new (void);

#define BILLING_TYPE_ATTEMPT (billing_attempt_get_type ())
G_DECLARE_FINAL_TYPE (BillingAttempt, billing_attempt, BILLING, ATTEMPT, BillingRecord)

/**
 * BillingAttempt:
 *
 * One attempt at collecting; what Stripe says of it is copied here, so that it survives the mirror.
 * To be read by its members; changed by its properties.
 */
struct _BillingAttempt {
  BillingRecord parent_instance;

  char *payment_id; /* (owned): at which */
  BillingAttemptState state; /* how it ended */
  gint64 at; /* Unix seconds */
  char *source; /* (owned): the charge or intent */
  char *reason; /* (owned) (nullable): why it failed */
  gint64 amount; /* minor units */
  char *currency; /* (owned): ISO 4217 */
};

BillingAttempt *billing_attempt_new (void);

#define BILLING_TYPE_REFUND (billing_refund_get_type ())
G_DECLARE_FINAL_TYPE (BillingRefund, billing_refund, BILLING, REFUND, BillingRecord)

/**
 * BillingRefund:
 *
 * Money that goes back to the patient.
 * To be read by its members; changed by its properties.
 */
struct _BillingRefund {
  BillingRecord parent_instance;

  char *payment_id; /* (owned): of which payment */
  gint64 amount; /* minor units */
  char *currency; /* (owned): ISO 4217 */
  BillingRefundReason reason; /* one of six */
  char *notes; /* (owned) (nullable) */
  BillingTender tender; /* how it goes back */
  BillingRefundState state; /* where it stands */
  char *refunded_on; /* (owned) (nullable): day on which it was posted */
  char *reference; /* (owned) (nullable) */
  char *person; /* (owned): who asked for it */
  gint64 created_at; /* Unix seconds */
};

BillingRefund *billing_refund_new (void);

#define BILLING_TYPE_ASSIGNMENT (billing_assignment_get_type ())
G_DECLARE_FINAL_TYPE (BillingAssignment, billing_assignment, BILLING, ASSIGNMENT, BillingRecord)

/**
 * BillingAssignment:
 *
 * Whose a charge of Stripe's is that carries no payment of ours: a person said so.
 * To be read by its members; changed by its properties.
 */
struct _BillingAssignment {
  BillingRecord parent_instance;

  char *charge_id; /* (owned): Stripe's */
  char *patient_id; /* (owned): whose it is */
  char *payment_id; /* (owned) (nullable): which payment it pays; otherwise it is credit */
  char *person; /* (owned): who said so */
  gint64 created_at; /* Unix seconds */
};

BillingAssignment *billing_assignment_new (void);

G_END_DECLS
