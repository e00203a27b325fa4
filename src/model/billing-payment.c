/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment"

#include "config.h"

#include "billing-payment.h"

#include "billing-enums.h"

/* Payments, the attempts at them, refunds, and charges that people assigned. */

G_DEFINE_FINAL_TYPE (BillingPayment, billing_payment, BILLING_TYPE_RECORD)

static BillingField payment_fields[] = {
  BILLING_STRING_FIELD (BillingPayment, number, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingPayment, patient_id, 0),
  BILLING_STRING_FIELD (BillingPayment, treatment_id, 0),
  BILLING_STRING_FIELD (BillingPayment, location_id, BILLING_FIELD_KEPT),
  BILLING_ENUM_FIELD (BillingPayment, payment_type, billing_payment_type_get_type, 0),
  BILLING_INT64_FIELD (BillingPayment, amount, 0),
  BILLING_STRING_FIELD (BillingPayment, currency, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingPayment, due_on, 0),
  BILLING_STRING_FIELD (BillingPayment, memo, 0),
  BILLING_ENUM_FIELD (BillingPayment, status, billing_status_get_type, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPayment, created_at, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingPayment, submitted_at, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPayment, cancelled_at, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPayment, written_off_at, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPayment, failed_at, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPayment, voided_at, BILLING_FIELD_KEPT),
  BILLING_ENUM_FIELD (BillingPayment, attempt, billing_attempt_state_get_type, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingPayment, paid_on, BILLING_FIELD_KEPT),
  BILLING_ENUM_FIELD (BillingPayment, tender, billing_tender_get_type, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingPayment, reference, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPayment, collected, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPayment, refunded, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPayment, waiting, BILLING_FIELD_KEPT),
  BILLING_INT64_FIELD (BillingPayment, withdrawn, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingPayment, split_from, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingPayment, invoice_id, BILLING_FIELD_KEPT),
  BILLING_BOOLEAN_FIELD (BillingPayment, joined, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingPayment, dispute, BILLING_FIELD_KEPT),
  BILLING_STRING_FIELD (BillingPayment, patient_name, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPayment, patient_number, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPayment, treatment, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPayment, location, BILLING_FIELD_JOINED),
  BILLING_STRING_FIELD (BillingPayment, invoice, BILLING_FIELD_JOINED),
};

static void
billing_payment_class_init (BillingPaymentClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "payments", "pay", "PAY",
                                payment_fields, G_N_ELEMENTS (payment_fields));
}

static void
billing_payment_init (BillingPayment *self)
{
}

BillingPayment *
billing_payment_new (void)
{
  return g_object_new (BILLING_TYPE_PAYMENT, NULL);
}

G_DEFINE_FINAL_TYPE (BillingAttempt, billing_attempt, BILLING_TYPE_RECORD)

static BillingField attempt_fields[] = {
  BILLING_STRING_FIELD (BillingAttempt, payment_id, 0),
  BILLING_ENUM_FIELD (BillingAttempt, state, billing_attempt_state_get_type, 0),
  BILLING_INT64_FIELD (BillingAttempt, at, 0),
  BILLING_STRING_FIELD (BillingAttempt, source, 0),
  BILLING_STRING_FIELD (BillingAttempt, reason, 0),
  BILLING_INT64_FIELD (BillingAttempt, amount, 0),
  BILLING_STRING_FIELD (BillingAttempt, currency, 0),
};

static void
billing_attempt_class_init (BillingAttemptClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "attempts", "att", NULL,
                                attempt_fields, G_N_ELEMENTS (attempt_fields));
}

static void
billing_attempt_init (BillingAttempt *self)
{
}

BillingAttempt *
billing_attempt_new (void)
{
  return g_object_new (BILLING_TYPE_ATTEMPT, NULL);
}

G_DEFINE_FINAL_TYPE (BillingRefund, billing_refund, BILLING_TYPE_RECORD)

static BillingField refund_fields[] = {
  BILLING_STRING_FIELD (BillingRefund, payment_id, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingRefund, amount, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingRefund, currency, BILLING_FIELD_FIXED),
  BILLING_ENUM_FIELD (BillingRefund, reason, billing_refund_reason_get_type, 0),
  BILLING_STRING_FIELD (BillingRefund, notes, 0),
  BILLING_ENUM_FIELD (BillingRefund, tender, billing_tender_get_type, BILLING_FIELD_FIXED),
  BILLING_ENUM_FIELD (BillingRefund, state, billing_refund_state_get_type, 0),
  BILLING_STRING_FIELD (BillingRefund, refunded_on, 0),
  BILLING_STRING_FIELD (BillingRefund, reference, 0),
  BILLING_STRING_FIELD (BillingRefund, person, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingRefund, created_at, BILLING_FIELD_FIXED),
};

static void
billing_refund_class_init (BillingRefundClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "refunds", "ref", NULL,
                                refund_fields, G_N_ELEMENTS (refund_fields));
}

static void
billing_refund_init (BillingRefund *self)
{
}

BillingRefund *
billing_refund_new (void)
{
  return g_object_new (BILLING_TYPE_REFUND, NULL);
}

G_DEFINE_FINAL_TYPE (BillingAssignment, billing_assignment, BILLING_TYPE_RECORD)

static BillingField assignment_fields[] = {
  BILLING_STRING_FIELD (BillingAssignment, charge_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingAssignment, patient_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingAssignment, payment_id, BILLING_FIELD_FIXED),
  BILLING_STRING_FIELD (BillingAssignment, person, BILLING_FIELD_FIXED),
  BILLING_INT64_FIELD (BillingAssignment, created_at, BILLING_FIELD_FIXED),
};

static void
billing_assignment_class_init (BillingAssignmentClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "assignments", "asg", NULL,
                                assignment_fields, G_N_ELEMENTS (assignment_fields));
}

static void
billing_assignment_init (BillingAssignment *self)
{
}

BillingAssignment *
billing_assignment_new (void)
{
  return g_object_new (BILLING_TYPE_ASSIGNMENT, NULL);
}
