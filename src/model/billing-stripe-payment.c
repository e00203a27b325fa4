/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-payment"

#include "config.h"

#include "billing-stripe-payment.h"

/* All of it comes from the mirror, so none is ever written from a record. */
#define TEXT(member) BILLING_STRING_FIELD (BillingStripePayment, member, BILLING_FIELD_JOINED)
#define INTEGER(member) BILLING_INT64_FIELD (BillingStripePayment, member, BILLING_FIELD_JOINED)
#define BOOLEAN(member) BILLING_BOOLEAN_FIELD (BillingStripePayment, member, BILLING_FIELD_JOINED)

G_DEFINE_FINAL_TYPE (BillingStripePayment, billing_stripe_payment, BILLING_TYPE_RECORD)

static BillingField fields[] = {
  INTEGER (created_at),
  INTEGER (amount),
  TEXT (currency),
  TEXT (status),
  INTEGER (captured),
  INTEGER (refunded),
  INTEGER (fee),
  INTEGER (net),
  TEXT (settled),
  TEXT (method),
  TEXT (brand),
  TEXT (last4),
  TEXT (payer),
  TEXT (email),
  TEXT (description),
  TEXT (problem),
  TEXT (customer),
  TEXT (charge),
  TEXT (payment_intent),
  BOOLEAN (live),
  TEXT (payment_id),
  TEXT (payment),
  TEXT (patient_id),
  TEXT (patient_name),
};

static void
billing_stripe_payment_class_init (BillingStripePaymentClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "stripe_payments", "pi", NULL, fields, G_N_ELEMENTS (fields));
}

static void
billing_stripe_payment_init (BillingStripePayment *self)
{
}

BillingStripePayment *
billing_stripe_payment_new (void)
{
  return g_object_new (BILLING_TYPE_STRIPE_PAYMENT, NULL);
}
