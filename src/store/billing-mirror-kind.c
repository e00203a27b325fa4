/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mirror-kind"

#include "config.h"

#include "billing-mirror-kind.h"

/*
 * The streams of the mirror, in the order in which they are fetched: what people look for first
 * comes first. Metadata that is ours says which payment, refund and intent of the outbox an object
 * belongs to.
 */

#define TEXT BILLING_MIRROR_TEXT
#define ID BILLING_MIRROR_ID
#define INTEGER BILLING_MIRROR_INTEGER
#define BOOLEAN BILLING_MIRROR_BOOLEAN

#define HEAD { "id", "id", TEXT }, { "created", "created", INTEGER }
#define OUR_PAYMENT { "payment", "metadata.billing_payment", TEXT }
#define OUR_INTENT { "intent", "metadata.billing_intent", TEXT }

static const BillingMirrorKind kinds[] = {
  { "payment_intents", "payment_intent", "payment_intents", NULL, NULL, TRUE,
    { HEAD, { "amount", "amount", INTEGER }, { "currency", "currency", TEXT }, { "status", "status", TEXT },
      { "customer", "customer", ID }, { "latest_charge", "latest_charge", ID },
      { "canceled_at", "canceled_at", INTEGER }, { "cancellation_reason", "cancellation_reason", TEXT },
      { "problem", "last_payment_error.type", TEXT }, OUR_PAYMENT, OUR_INTENT } },
  { "charges", "charge", "charges", NULL, NULL, TRUE,
    { HEAD, { "amount", "amount", INTEGER }, { "amount_captured", "amount_captured", INTEGER },
      { "amount_refunded", "amount_refunded", INTEGER }, { "currency", "currency", TEXT },
      { "status", "status", TEXT }, { "captured", "captured", BOOLEAN }, { "refunded", "refunded", BOOLEAN },
      { "disputed", "disputed", BOOLEAN }, { "customer", "customer", ID },
      { "payment_intent", "payment_intent", ID }, { "balance_transaction", "balance_transaction", ID },
      { "method", "payment_method_details.type", TEXT },
      { "last4", "payment_method_details.card.last4", TEXT }, { "outcome", "outcome.type", TEXT }, OUR_PAYMENT } },
  { "stripe_refunds", "refund", "refunds", NULL, NULL, TRUE,
    { HEAD, { "amount", "amount", INTEGER }, { "currency", "currency", TEXT }, { "status", "status", TEXT },
      { "reason", "reason", TEXT }, { "failure_reason", "failure_reason", TEXT }, { "charge", "charge", ID },
      { "payment_intent", "payment_intent", ID }, OUR_PAYMENT, { "refund", "metadata.billing_refund", TEXT },
      OUR_INTENT } },
  { "balance_transactions", "balance_transaction", "balance_transactions", NULL, NULL, TRUE,
    { HEAD, { "available_on", "available_on", INTEGER }, { "amount", "amount", INTEGER }, { "fee", "fee", INTEGER },
      { "net", "net", INTEGER }, { "currency", "currency", TEXT }, { "status", "status", TEXT },
      { "type", "type", TEXT }, { "reporting_category", "reporting_category", TEXT }, { "source", "source", ID } } },
  { "disputes", "dispute", "disputes", NULL, NULL, TRUE,
    { HEAD, { "amount", "amount", INTEGER }, { "currency", "currency", TEXT }, { "status", "status", TEXT },
      { "reason", "reason", TEXT }, { "charge", "charge", ID }, { "payment_intent", "payment_intent", ID },
      { "due_by", "evidence_details.due_by", INTEGER } } },
  { "early_fraud_warnings", "radar.early_fraud_warning", "radar/early_fraud_warnings", NULL, NULL, TRUE,
    { HEAD, { "actionable", "actionable", BOOLEAN }, { "fraud_type", "fraud_type", TEXT }, { "charge", "charge", ID },
      { "payment_intent", "payment_intent", ID } } },
  { "payouts", "payout", "payouts", NULL, "destination", TRUE,
    { HEAD, { "arrival_date", "arrival_date", INTEGER }, { "amount", "amount", INTEGER },
      { "currency", "currency", TEXT }, { "status", "status", TEXT }, { "automatic", "automatic", BOOLEAN },
      { "reconciliation_status", "reconciliation_status", TEXT },
      { "balance_transaction", "balance_transaction", ID } } },
  { "customers", "customer", "customers", NULL, NULL, TRUE, { HEAD, { "email", "email", TEXT } } },
  { "checkout_sessions", "checkout.session", "checkout/sessions", NULL, NULL, TRUE,
    { HEAD, { "expires_at", "expires_at", INTEGER }, { "amount_total", "amount_total", INTEGER },
      { "currency", "currency", TEXT }, { "status", "status", TEXT }, { "payment_status", "payment_status", TEXT },
      { "payment_intent", "payment_intent", ID }, { "payment_link", "payment_link", ID }, OUR_PAYMENT, OUR_INTENT } },
  { "payment_links", "payment_link", "payment_links", NULL, NULL, FALSE,
    { { "id", "id", TEXT }, { "active", "active", BOOLEAN }, OUR_PAYMENT, OUR_INTENT } },
  { "stripe_invoices", "invoice", "invoices", NULL, NULL, TRUE,
    { HEAD, { "due_date", "due_date", INTEGER }, { "amount_due", "amount_due", INTEGER },
      { "amount_paid", "amount_paid", INTEGER }, { "currency", "currency", TEXT }, { "status", "status", TEXT },
      { "number", "number", TEXT }, { "customer", "customer", ID } } },
  { "invoice_payments", "invoice_payment", "invoice_payments", NULL, NULL, FALSE,
    { HEAD, { "amount_paid", "amount_paid", INTEGER }, { "currency", "currency", TEXT }, { "status", "status", TEXT },
      { "invoice", "invoice", ID }, { "payment_intent", "payment.payment_intent", ID } } },
  { "tax_registrations", "tax.registration", "tax/registrations", "status=all", NULL, FALSE,
    { HEAD, { "status", "status", TEXT }, { "country", "country", TEXT } } },
  { "tax_codes", "tax_code", "tax_codes", NULL, NULL, FALSE, { { "id", "id", TEXT } } },
  { "events", "event", "events", NULL, NULL, FALSE,
    { HEAD, { "type", "type", TEXT }, { "object", "data.object.object", TEXT },
      { "object_id", "data.object.id", TEXT } } },
};

/**
 * billing_mirror_kind_nth:
 * @i: from 0
 *
 * Returns: (transfer none) (nullable): the stream, in the order of their fetching; %NULL after the
 *   last. Events are the last, and are not listed like the others.
 */
const BillingMirrorKind *
billing_mirror_kind_nth (guint i)
{
  return i < G_N_ELEMENTS (kinds) ? &kinds[i] : NULL;
}

/**
 * billing_mirror_kind_find:
 * @table: the name of a stream
 *
 * Returns: (transfer none) (nullable): it
 */
const BillingMirrorKind *
billing_mirror_kind_find (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].table, table))
        return &kinds[i];
    }

  return NULL;
}

/**
 * billing_mirror_kind_of_object:
 * @object: what an object says that it is
 *
 * Returns: (transfer none) (nullable): the stream of such objects, if they are mirrored
 */
const BillingMirrorKind *
billing_mirror_kind_of_object (const char *object)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].object, object))
        return &kinds[i];
    }

  return NULL;
}
