/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-records"

#include "config.h"

#include "billing-stripe-records.h"

/* Stripe's objects. All their fields come from the mirror, so none is ever written from a
 * record. */

#define TEXT(Type, member) BILLING_STRING_FIELD (Type, member, BILLING_FIELD_JOINED)
#define INTEGER(Type, member) BILLING_INT64_FIELD (Type, member, BILLING_FIELD_JOINED)
#define BOOLEAN(Type, member) BILLING_BOOLEAN_FIELD (Type, member, BILLING_FIELD_JOINED)

G_DEFINE_FINAL_TYPE (BillingCharge, billing_charge, BILLING_TYPE_RECORD)

static BillingField charge_fields[] = {
  INTEGER (BillingCharge, created_at),
  INTEGER (BillingCharge, amount),
  TEXT (BillingCharge, currency),
  TEXT (BillingCharge, status),
  TEXT (BillingCharge, standing),
  INTEGER (BillingCharge, captured),
  INTEGER (BillingCharge, refunded),
  BOOLEAN (BillingCharge, disputed),
  TEXT (BillingCharge, method),
  TEXT (BillingCharge, brand),
  TEXT (BillingCharge, last4),
  TEXT (BillingCharge, payer),
  TEXT (BillingCharge, email),
  TEXT (BillingCharge, description),
  TEXT (BillingCharge, outcome),
  TEXT (BillingCharge, risk),
  TEXT (BillingCharge, receipt_url),
  TEXT (BillingCharge, customer),
  TEXT (BillingCharge, payment_intent),
  INTEGER (BillingCharge, fee),
  INTEGER (BillingCharge, net),
  INTEGER (BillingCharge, available_at),
  TEXT (BillingCharge, payout),
  TEXT (BillingCharge, payment_id),
  TEXT (BillingCharge, payment),
  TEXT (BillingCharge, patient_id),
  TEXT (BillingCharge, patient_name),
};

static void
billing_charge_class_init (BillingChargeClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "charges", "ch", NULL, charge_fields,
                                G_N_ELEMENTS (charge_fields));
}

static void
billing_charge_init (BillingCharge *self)
{
}

BillingCharge *
billing_charge_new (void)
{
  return g_object_new (BILLING_TYPE_CHARGE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingPaymentIntent, billing_payment_intent, BILLING_TYPE_RECORD)

static BillingField payment_intent_fields[] = {
  INTEGER (BillingPaymentIntent, created_at),
  INTEGER (BillingPaymentIntent, amount),
  TEXT (BillingPaymentIntent, currency),
  TEXT (BillingPaymentIntent, status),
  TEXT (BillingPaymentIntent, description),
  TEXT (BillingPaymentIntent, customer),
  TEXT (BillingPaymentIntent, charge),
  TEXT (BillingPaymentIntent, problem),
  INTEGER (BillingPaymentIntent, capturable),
  INTEGER (BillingPaymentIntent, received),
  TEXT (BillingPaymentIntent, payment_id),
  TEXT (BillingPaymentIntent, payment),
};

static void
billing_payment_intent_class_init (BillingPaymentIntentClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "payment_intents", "pi", NULL,
                                payment_intent_fields, G_N_ELEMENTS (payment_intent_fields));
}

static void
billing_payment_intent_init (BillingPaymentIntent *self)
{
}

BillingPaymentIntent *
billing_payment_intent_new (void)
{
  return g_object_new (BILLING_TYPE_PAYMENT_INTENT, NULL);
}

G_DEFINE_FINAL_TYPE (BillingStripeRefund, billing_stripe_refund, BILLING_TYPE_RECORD)

static BillingField stripe_refund_fields[] = {
  INTEGER (BillingStripeRefund, created_at),
  INTEGER (BillingStripeRefund, amount),
  TEXT (BillingStripeRefund, currency),
  TEXT (BillingStripeRefund, status),
  TEXT (BillingStripeRefund, reason),
  TEXT (BillingStripeRefund, problem),
  TEXT (BillingStripeRefund, charge),
  TEXT (BillingStripeRefund, payment_id),
  TEXT (BillingStripeRefund, payment),
};

static void
billing_stripe_refund_class_init (BillingStripeRefundClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "stripe_refunds", "re", NULL,
                                stripe_refund_fields, G_N_ELEMENTS (stripe_refund_fields));
}

static void
billing_stripe_refund_init (BillingStripeRefund *self)
{
}

BillingStripeRefund *
billing_stripe_refund_new (void)
{
  return g_object_new (BILLING_TYPE_STRIPE_REFUND, NULL);
}

G_DEFINE_FINAL_TYPE (BillingPayout, billing_payout, BILLING_TYPE_RECORD)

static BillingField payout_fields[] = {
  INTEGER (BillingPayout, created_at),
  INTEGER (BillingPayout, arrives_at),
  TEXT (BillingPayout, arrives_on),
  INTEGER (BillingPayout, amount),
  TEXT (BillingPayout, currency),
  TEXT (BillingPayout, status),
  BOOLEAN (BillingPayout, automatic),
  TEXT (BillingPayout, reconciliation),
  TEXT (BillingPayout, bank),
  TEXT (BillingPayout, last4),
  TEXT (BillingPayout, kind),
  TEXT (BillingPayout, method),
  TEXT (BillingPayout, trace),
  TEXT (BillingPayout, trace_status),
  TEXT (BillingPayout, descriptor),
  TEXT (BillingPayout, description),
  TEXT (BillingPayout, failure),
  TEXT (BillingPayout, problem),
  INTEGER (BillingPayout, itemised),
};

static void
billing_payout_class_init (BillingPayoutClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "payouts", "po", NULL, payout_fields,
                                G_N_ELEMENTS (payout_fields));
}

static void
billing_payout_init (BillingPayout *self)
{
}

BillingPayout *
billing_payout_new (void)
{
  return g_object_new (BILLING_TYPE_PAYOUT, NULL);
}

G_DEFINE_FINAL_TYPE (BillingDispute, billing_dispute, BILLING_TYPE_RECORD)

static BillingField dispute_fields[] = {
  INTEGER (BillingDispute, created_at),
  INTEGER (BillingDispute, amount),
  TEXT (BillingDispute, currency),
  TEXT (BillingDispute, status),
  TEXT (BillingDispute, reason),
  INTEGER (BillingDispute, due_at),
  TEXT (BillingDispute, brand),
  TEXT (BillingDispute, network_code),
  TEXT (BillingDispute, charge),
  TEXT (BillingDispute, payment_id),
  TEXT (BillingDispute, payment),
  TEXT (BillingDispute, patient_id),
  TEXT (BillingDispute, patient_name),
  TEXT (BillingDispute, payer),
  TEXT (BillingDispute, last4),
  TEXT (BillingDispute, case_type),
  BOOLEAN (BillingDispute, has_evidence),
  BOOLEAN (BillingDispute, past_due),
  INTEGER (BillingDispute, submissions),
  TEXT (BillingDispute, submission_method),
  BOOLEAN (BillingDispute, refundable),
  INTEGER (BillingDispute, withdrawn),
  INTEGER (BillingDispute, fee),
  TEXT (BillingDispute, answer),
  INTEGER (BillingDispute, submitted_at),
  TEXT (BillingDispute, outcome),
};

static void
billing_dispute_class_init (BillingDisputeClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "disputes", "dp", NULL,
                                dispute_fields, G_N_ELEMENTS (dispute_fields));
}

static void
billing_dispute_init (BillingDispute *self)
{
}

BillingDispute *
billing_dispute_new (void)
{
  return g_object_new (BILLING_TYPE_DISPUTE, NULL);
}

G_DEFINE_FINAL_TYPE (BillingBalanceTransaction, billing_balance_transaction, BILLING_TYPE_RECORD)

static BillingField balance_transaction_fields[] = {
  INTEGER (BillingBalanceTransaction, created_at),
  INTEGER (BillingBalanceTransaction, available_at),
  TEXT (BillingBalanceTransaction, available_on),
  INTEGER (BillingBalanceTransaction, amount),
  INTEGER (BillingBalanceTransaction, fee),
  INTEGER (BillingBalanceTransaction, net),
  TEXT (BillingBalanceTransaction, currency),
  TEXT (BillingBalanceTransaction, status),
  TEXT (BillingBalanceTransaction, type),
  TEXT (BillingBalanceTransaction, category),
  TEXT (BillingBalanceTransaction, source),
  TEXT (BillingBalanceTransaction, description),
  TEXT (BillingBalanceTransaction, payout),
  TEXT (BillingBalanceTransaction, charge),
  TEXT (BillingBalanceTransaction, dispute),
  TEXT (BillingBalanceTransaction, payment_id),
  TEXT (BillingBalanceTransaction, payment),
  TEXT (BillingBalanceTransaction, patient_name),
};

static void
billing_balance_transaction_class_init (BillingBalanceTransactionClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "balance_transactions", "txn", NULL,
                                balance_transaction_fields,
                                G_N_ELEMENTS (balance_transaction_fields));
}

static void
billing_balance_transaction_init (BillingBalanceTransaction *self)
{
}

BillingBalanceTransaction *
billing_balance_transaction_new (void)
{
  return g_object_new (BILLING_TYPE_BALANCE_TRANSACTION, NULL);
}

G_DEFINE_FINAL_TYPE (BillingCustomer, billing_customer, BILLING_TYPE_RECORD)

static BillingField customer_fields[] = {
  INTEGER (BillingCustomer, created_at),
  TEXT (BillingCustomer, name),
  TEXT (BillingCustomer, email),
  TEXT (BillingCustomer, phone),
  TEXT (BillingCustomer, description),
  BOOLEAN (BillingCustomer, deleted),
};

static void
billing_customer_class_init (BillingCustomerClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "customers", "cus", NULL,
                                customer_fields, G_N_ELEMENTS (customer_fields));
}

static void
billing_customer_init (BillingCustomer *self)
{
}

BillingCustomer *
billing_customer_new (void)
{
  return g_object_new (BILLING_TYPE_CUSTOMER, NULL);
}

G_DEFINE_FINAL_TYPE (BillingStripeEvent, billing_stripe_event, BILLING_TYPE_RECORD)

static BillingField stripe_event_fields[] = {
  INTEGER (BillingStripeEvent, created_at),
  TEXT (BillingStripeEvent, type),
  TEXT (BillingStripeEvent, object),
  TEXT (BillingStripeEvent, object_id),
};

static void
billing_stripe_event_class_init (BillingStripeEventClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "events", "evt", NULL,
                                stripe_event_fields, G_N_ELEMENTS (stripe_event_fields));
}

static void
billing_stripe_event_init (BillingStripeEvent *self)
{
}

BillingStripeEvent *
billing_stripe_event_new (void)
{
  return g_object_new (BILLING_TYPE_STRIPE_EVENT, NULL);
}

G_DEFINE_FINAL_TYPE (BillingTaxRegistration, billing_tax_registration, BILLING_TYPE_RECORD)

static BillingField tax_registration_fields[] = {
  INTEGER (BillingTaxRegistration, created_at),
  TEXT (BillingTaxRegistration, country),
  TEXT (BillingTaxRegistration, region),
  TEXT (BillingTaxRegistration, type),
  TEXT (BillingTaxRegistration, jurisdiction),
  TEXT (BillingTaxRegistration, scheme),
  TEXT (BillingTaxRegistration, status),
  INTEGER (BillingTaxRegistration, active_from),
  INTEGER (BillingTaxRegistration, expires_at),
};

static void
billing_tax_registration_class_init (BillingTaxRegistrationClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "tax_registrations", "taxreg", NULL,
                                tax_registration_fields, G_N_ELEMENTS (tax_registration_fields));
}

static void
billing_tax_registration_init (BillingTaxRegistration *self)
{
}

BillingTaxRegistration *
billing_tax_registration_new (void)
{
  return g_object_new (BILLING_TYPE_TAX_REGISTRATION, NULL);
}
