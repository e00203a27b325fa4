/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-columns"

#include "config.h"

#include "billing-columns.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"
#include "billing-enums.h"
#include "billing-money.h"
#include "billing-notice-rules.h"
#include "billing-status.h"

static const BillingColumn payments[] = {
  { N_("Payment ID"), "number", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("Due Date"), "due-on", BILLING_COLUMN_DAY },
  { N_("Treatment"), "treatment", BILLING_COLUMN_TEXT },
  { N_("Created"), "created-at", BILLING_COLUMN_DAY_OF },
  { N_("Memo"), "memo", BILLING_COLUMN_TEXT },
};

static const BillingColumn treatments[] = {
  { N_("Treatment ID"), "number", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Service Date"), "day", BILLING_COLUMN_DAY },
  { N_("Physician"), "physician", BILLING_COLUMN_TEXT },
  { N_("Location"), "location", BILLING_COLUMN_TEXT },
  { N_("Codes"), "codes", BILLING_COLUMN_TEXT },
  { N_("Charges"), "charges", BILLING_COLUMN_MONEY },
  { N_("Balance"), "balance", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Description"), "description", BILLING_COLUMN_TEXT },
};

static const BillingColumn patients[] = {
  { N_("Patient ID"), "number", BILLING_COLUMN_TEXT },
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Given Name"), "given-name", BILLING_COLUMN_TEXT },
  { N_("Family Name"), "family-name", BILLING_COLUMN_TEXT },
  { N_("Birth Date"), "birth-date", BILLING_COLUMN_TEXT },
  { N_("Gender"), "gender", BILLING_COLUMN_TEXT },
  { N_("Phone"), "phone", BILLING_COLUMN_TEXT },
  { N_("E-mail"), "email", BILLING_COLUMN_TEXT },
  { N_("Address"), "address-line", BILLING_COLUMN_TEXT },
  { N_("City"), "city", BILLING_COLUMN_TEXT },
  { N_("Region"), "region", BILLING_COLUMN_TEXT },
  { N_("Postal Code"), "postal-code", BILLING_COLUMN_TEXT },
  { N_("Country"), "country", BILLING_COLUMN_TEXT },
  { N_("Balance"), "balance", BILLING_COLUMN_MONEY },
  { N_("Credit"), "credit", BILLING_COLUMN_MONEY },
};

static const BillingColumn locations[] = {
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Address"), "address-line", BILLING_COLUMN_TEXT },
  { N_("City"), "city", BILLING_COLUMN_TEXT },
  { N_("Region"), "region", BILLING_COLUMN_TEXT },
  { N_("Postal Code"), "postal-code", BILLING_COLUMN_TEXT },
  { N_("Country"), "country", BILLING_COLUMN_TEXT },
  { N_("Phone"), "phone", BILLING_COLUMN_TEXT },
};

static const BillingColumn physicians[] = {
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("NPI"), "npi", BILLING_COLUMN_TEXT },
  { N_("Specialty"), "specialty", BILLING_COLUMN_TEXT },
};

static const BillingColumn notes[] = {
  { N_("Written"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("By"), "person", BILLING_COLUMN_TEXT },
  { N_("On"), "subject-id", BILLING_COLUMN_TEXT },
  { N_("Edited"), "edited-at", BILLING_COLUMN_INSTANT },
  { N_("Text"), "text", BILLING_COLUMN_TEXT },
};

static const BillingColumn documents[] = {
  { N_("Filed"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("By"), "person", BILLING_COLUMN_TEXT },
  { N_("With"), "subject-id", BILLING_COLUMN_TEXT },
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Type"), "media-type", BILLING_COLUMN_TEXT },
  { N_("Bytes"), "size", BILLING_COLUMN_NUMBER },
  { N_("SHA-256"), "sha256", BILLING_COLUMN_TEXT },
  { N_("Removed"), "removed-at", BILLING_COLUMN_INSTANT },
};

static const BillingColumn refunds[] = {
  { N_("Refund ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment-id", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Reason"), "reason", BILLING_COLUMN_TEXT },
  { N_("Tender"), "tender", BILLING_COLUMN_TEXT },
  { N_("Refunded"), "refunded-on", BILLING_COLUMN_DAY },
  { N_("Reference"), "reference", BILLING_COLUMN_TEXT },
  { N_("By"), "person", BILLING_COLUMN_TEXT },
  { N_("Notes"), "notes", BILLING_COLUMN_TEXT },
};

static const BillingColumn audit[] = {
  { N_("When"), "at", BILLING_COLUMN_INSTANT },
  { N_("Who"), "person", BILLING_COLUMN_TEXT },
  { N_("What"), "verb", BILLING_COLUMN_TEXT },
  { N_("To What"), "subject-id", BILLING_COLUMN_TEXT },
  { N_("Before"), "before", BILLING_COLUMN_TEXT },
  { N_("After"), "after", BILLING_COLUMN_TEXT },
  { N_("Reason"), "reason", BILLING_COLUMN_TEXT },
};

static const BillingColumn people[] = {
  { N_("Account"), "account", BILLING_COLUMN_TEXT },
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Role"), "role", BILLING_COLUMN_TEXT },
  { N_("Retired"), "retired", BILLING_COLUMN_TEXT },
  { N_("Since"), "created-at", BILLING_COLUMN_DAY_OF },
};

static const BillingColumn outbox[] = {
  { N_("Intent ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Kind"), "kind", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment-number", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Since"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Sent"), "sent-at", BILLING_COLUMN_INSTANT },
  { N_("Tries"), "tries", BILLING_COLUMN_NUMBER },
  { N_("Problem"), "problem", BILLING_COLUMN_TEXT },
};

static const BillingColumn timeline[] = {
  { N_("When"), "at", BILLING_COLUMN_INSTANT },
  { N_("Payment"), "payment-id", BILLING_COLUMN_TEXT },
  { N_("What"), "what", BILLING_COLUMN_TEXT },
  { N_("Who"), "person", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Detail"), "detail", BILLING_COLUMN_TEXT },
};

static const BillingColumn eligibility_checks[] = {
  { N_("Checked"), "checked-on", BILLING_COLUMN_DAY },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Insurer"), "payer", BILLING_COLUMN_TEXT },
  { N_("Plan"), "plan", BILLING_COLUMN_TEXT },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("Answer"), "disposition", BILLING_COLUMN_TEXT },
};

static const BillingColumn benefits[] = {
  { N_("Check"), "check-id", BILLING_COLUMN_TEXT },
  { N_("Type"), "type", BILLING_COLUMN_TEXT },
  { N_("Category"), "category", BILLING_COLUMN_TEXT },
  { N_("Code"), "code", BILLING_COLUMN_TEXT },
  { N_("Network"), "network", BILLING_COLUMN_TEXT },
  { N_("Unit"), "unit", BILLING_COLUMN_TEXT },
  { N_("Term"), "term", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Used"), "used", BILLING_COLUMN_MONEY },
  { N_("Percent"), "percent", BILLING_COLUMN_PERCENT },
};

static const BillingColumn duplicates[] = {
  { N_("In Common"), "reason", BILLING_COLUMN_TEXT },
  { N_("Patient ID"), "number", BILLING_COLUMN_TEXT },
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Birth Date"), "birth-date", BILLING_COLUMN_DAY },
  { N_("Has"), "has", BILLING_COLUMN_TEXT },
  { N_("Other Patient"), "other", BILLING_COLUMN_TEXT },
  { N_("Other Name"), "other-name", BILLING_COLUMN_TEXT },
  { N_("Other Birth Date"), "other-birth-date", BILLING_COLUMN_DAY },
  { N_("Other Has"), "other-has", BILLING_COLUMN_TEXT },
};

static const BillingColumn coverages[] = {
  { N_("Patient"), "patient-id", BILLING_COLUMN_TEXT },
  { N_("Insurer"), "payer", BILLING_COLUMN_TEXT },
  { N_("Member ID"), "member-id", BILLING_COLUMN_TEXT },
  { N_("Plan"), "plan", BILLING_COLUMN_TEXT },
  { N_("Precedence"), "precedence", BILLING_COLUMN_NUMBER },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("From"), "starts-on", BILLING_COLUMN_DAY },
  { N_("To"), "ends-on", BILLING_COLUMN_DAY },
};

static const BillingColumn treatment_codes[] = {
  { N_("Treatment"), "treatment-id", BILLING_COLUMN_TEXT },
  { N_("System"), "system", BILLING_COLUMN_TEXT },
  { N_("Code"), "code", BILLING_COLUMN_TEXT },
  { N_("Description"), "display", BILLING_COLUMN_TEXT },
  { N_("Units"), "units", BILLING_COLUMN_NUMBER },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
};

static const BillingColumn postings[] = {
  { N_("Day"), "day", BILLING_COLUMN_DAY },
  { N_("Act"), "act", BILLING_COLUMN_TEXT },
  { N_("Account"), "account", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-id", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment-id", BILLING_COLUMN_TEXT },
  { N_("Who"), "person", BILLING_COLUMN_TEXT },
  { N_("Source"), "source", BILLING_COLUMN_TEXT },
};

static const BillingColumn links[] = {
  { N_("Made"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Payment"), "payment-id", BILLING_COLUMN_TEXT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Why"), "why", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Expires"), "expires-on", BILLING_COLUMN_DAY },
  { N_("Who"), "person", BILLING_COLUMN_TEXT },
  { N_("Page"), "url", BILLING_COLUMN_TEXT },
};

static const BillingColumn messages[] = {
  { N_("Made"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Kind"), "kind", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("To"), "address", BILLING_COLUMN_TEXT },
  { N_("Invoice"), "invoice", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment", BILLING_COLUMN_TEXT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Sent"), "sent-at", BILLING_COLUMN_INSTANT },
  { N_("Problem"), "problem", BILLING_COLUMN_TEXT },
  { N_("Who"), "person", BILLING_COLUMN_TEXT },
  { N_("ID"), "id", BILLING_COLUMN_TEXT },
};

static const BillingColumn templates[] = {
  { N_("Kind"), "kind", BILLING_COLUMN_TEXT },
  { N_("Language"), "language", BILLING_COLUMN_TEXT },
  { N_("Subject"), "subject", BILLING_COLUMN_TEXT },
  { N_("Text"), "body", BILLING_COLUMN_TEXT },
};

static const BillingColumn late_money[] = {
  { N_("When"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Charge"), "charge-id", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment-id", BILLING_COLUMN_TEXT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Refunded"), "refunded", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Who"), "person", BILLING_COLUMN_TEXT },
};

static const BillingColumn attempts[] = {
  { N_("When"), "at", BILLING_COLUMN_INSTANT },
  { N_("Payment"), "payment-id", BILLING_COLUMN_TEXT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Source"), "source", BILLING_COLUMN_TEXT },
  { N_("Reason"), "reason", BILLING_COLUMN_TEXT },
};

static const BillingColumn reports[] = {
  { N_("What"), "name", BILLING_COLUMN_TEXT },
  { N_("Payments"), "payments", BILLING_COLUMN_NUMBER },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Refunded"), "refunded", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
};

static const BillingColumn reconciliation[] = {
  { N_("Part"), "part", BILLING_COLUMN_TEXT },
  { N_("What"), "what", BILLING_COLUMN_TEXT },
  { N_("About"), "about", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment", BILLING_COLUMN_TEXT },
  { N_("Day"), "at", BILLING_COLUMN_DAY_OF },
  { N_("Rows"), "count", BILLING_COLUMN_NUMBER },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Difference"), "difference", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Note"), "note", BILLING_COLUMN_TEXT },
};

/* Stripe's objects, by their ids and in their words. */
static const BillingColumn charges[] = {
  { N_("Charge ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Created"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("Standing"), "standing", BILLING_COLUMN_TEXT },
  { N_("Refunded"), "refunded", BILLING_COLUMN_MONEY },
  { N_("Fee"), "fee", BILLING_COLUMN_MONEY },
  { N_("Net"), "net", BILLING_COLUMN_MONEY },
  { N_("Method"), "method", BILLING_COLUMN_TEXT },
  { N_("Brand"), "brand", BILLING_COLUMN_TEXT },
  { N_("Last 4"), "last4", BILLING_COLUMN_TEXT },
  { N_("Payer"), "payer", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Payout"), "payout", BILLING_COLUMN_TEXT },
  { N_("Description"), "description", BILLING_COLUMN_TEXT },
  { N_("Outcome"), "outcome", BILLING_COLUMN_TEXT },
};

static const BillingColumn stripe_payments[] = {
  { N_("Stripe ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Created"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Refunded"), "refunded", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Payer"), "payer", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment", BILLING_COLUMN_TEXT },
  { N_("Fee"), "fee", BILLING_COLUMN_MONEY },
  { N_("Net"), "net", BILLING_COLUMN_MONEY },
  { N_("Settled In"), "settled", BILLING_COLUMN_TEXT },
  { N_("Method"), "method", BILLING_COLUMN_TEXT },
  { N_("Brand"), "brand", BILLING_COLUMN_TEXT },
  { N_("Last 4"), "last4", BILLING_COLUMN_TEXT },
  { N_("Charge ID"), "charge", BILLING_COLUMN_TEXT },
  { N_("Intent ID"), "payment-intent", BILLING_COLUMN_TEXT },
  { N_("Email"), "email", BILLING_COLUMN_TEXT },
  { N_("Description"), "description", BILLING_COLUMN_TEXT },
  { N_("Problem"), "problem", BILLING_COLUMN_TEXT },
};

static const BillingColumn payment_intents[] = {
  { N_("Intent ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Created"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Received"), "received", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("Charge"), "charge", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment", BILLING_COLUMN_TEXT },
  { N_("Description"), "description", BILLING_COLUMN_TEXT },
  { N_("Problem"), "problem", BILLING_COLUMN_TEXT },
};

static const BillingColumn payouts[] = {
  { N_("Payout ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Created"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Arrives"), "arrives-on", BILLING_COLUMN_DAY },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Itemised"), "itemised", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("Bank"), "bank", BILLING_COLUMN_TEXT },
  { N_("Last 4"), "last4", BILLING_COLUMN_TEXT },
  { N_("Automatic"), "automatic", BILLING_COLUMN_TEXT },
  { N_("Method"), "method", BILLING_COLUMN_TEXT },
  { N_("Trace ID"), "trace", BILLING_COLUMN_TEXT },
  { N_("Statement Descriptor"), "descriptor", BILLING_COLUMN_TEXT },
  { N_("Failure"), "failure", BILLING_COLUMN_TEXT },
  { N_("Problem"), "problem", BILLING_COLUMN_TEXT },
};

static const BillingColumn disputes[] = {
  { N_("Dispute ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Created"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("Reason"), "reason", BILLING_COLUMN_TEXT },
  { N_("Network Code"), "network-code", BILLING_COLUMN_TEXT },
  { N_("Answer By"), "due-at", BILLING_COLUMN_INSTANT },
  { N_("Charge"), "charge", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Payer"), "payer", BILLING_COLUMN_TEXT },
};

static const BillingColumn balance_transactions[] = {
  { N_("Transaction ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Created"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Available"), "available-on", BILLING_COLUMN_DAY },
  { N_("Type"), "type", BILLING_COLUMN_TEXT },
  { N_("Category"), "category", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Fee"), "fee", BILLING_COLUMN_MONEY },
  { N_("Net"), "net", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("Source"), "source", BILLING_COLUMN_TEXT },
  { N_("Charge"), "charge", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Payout"), "payout", BILLING_COLUMN_TEXT },
  { N_("Description"), "description", BILLING_COLUMN_TEXT },
};

static const BillingColumn customers[] = {
  { N_("Customer ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Created"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Email"), "email", BILLING_COLUMN_TEXT },
  { N_("Phone"), "phone", BILLING_COLUMN_TEXT },
  { N_("Description"), "description", BILLING_COLUMN_TEXT },
};

static const BillingColumn events[] = {
  { N_("Event ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Created"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("Type"), "type", BILLING_COLUMN_TEXT },
  { N_("Object"), "object-id", BILLING_COLUMN_TEXT },
};

static const BillingColumn tax_registrations[] = {
  { N_("Registration ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Country"), "country", BILLING_COLUMN_TEXT },
  { N_("Region"), "region", BILLING_COLUMN_TEXT },
  { N_("Type"), "type", BILLING_COLUMN_TEXT },
  { N_("Jurisdiction"), "jurisdiction", BILLING_COLUMN_TEXT },
  { N_("Scheme"), "scheme", BILLING_COLUMN_TEXT },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("From"), "active-from", BILLING_COLUMN_DAY_OF },
  { N_("To"), "expires-at", BILLING_COLUMN_DAY_OF },
};

static const BillingColumn tax_settings[] = {
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("Missing"), "missing", BILLING_COLUMN_TEXT },
  { N_("Address"), "line1", BILLING_COLUMN_TEXT },
  { N_("Address, Line 2"), "line2", BILLING_COLUMN_TEXT },
  { N_("City"), "city", BILLING_COLUMN_TEXT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Postal Code"), "postal-code", BILLING_COLUMN_TEXT },
  { N_("Country"), "country", BILLING_COLUMN_TEXT },
  { N_("Tax Code"), "tax-code", BILLING_COLUMN_TEXT },
  { N_("Tax Behavior"), "tax-behavior", BILLING_COLUMN_TEXT },
  { N_("Provider"), "provider", BILLING_COLUMN_TEXT },
};

static const BillingColumn year_end[] = {
  { N_("Month"), "month", BILLING_COLUMN_TEXT },
  { N_("Collected by Stripe"), "collected", BILLING_COLUMN_MONEY },
  { N_("Refunded"), "refunded", BILLING_COLUMN_MONEY },
  { N_("Withdrawn by Disputes"), "disputed", BILLING_COLUMN_MONEY },
  { N_("Fees on Payments"), "payment-fees", BILLING_COLUMN_MONEY },
  { N_("Fees on Disputes"), "dispute-fees", BILLING_COLUMN_MONEY },
  { N_("Other Fees"), "other-fees", BILLING_COLUMN_MONEY },
  { N_("Tax on Fees"), "tax-on-fees", BILLING_COLUMN_MONEY },
  { N_("Other"), "other", BILLING_COLUMN_MONEY },
  { N_("Net of Stripe"), "net", BILLING_COLUMN_MONEY },
  { N_("Tax Collected"), "tax", BILLING_COLUMN_MONEY },
  { N_("Cash"), "cash", BILLING_COLUMN_MONEY },
  { N_("Cheque"), "cheque", BILLING_COLUMN_MONEY },
  { N_("Card Terminal"), "card", BILLING_COLUMN_MONEY },
  { N_("Bank Transfer"), "bank", BILLING_COLUMN_MONEY },
  { N_("Refunded Otherwise"), "tender-refunded", BILLING_COLUMN_MONEY },
  { N_("Net Otherwise"), "tender-net", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
};

static const BillingColumn tax_codes[] = {
  { N_("Tax Code"), "id", BILLING_COLUMN_TEXT },
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Description"), "description", BILLING_COLUMN_TEXT },
};

/* What an import did (BillingImportCount of the desk). */
static const BillingColumn import_counts[] = {
  { N_("What"), "label", BILLING_COLUMN_TEXT },
  { N_("New"), "added", BILLING_COLUMN_NUMBER },
  { N_("Updated"), "changed", BILLING_COLUMN_NUMBER },
  { N_("As Before"), "same", BILLING_COLUMN_NUMBER },
  { N_("Waiting"), "waiting", BILLING_COLUMN_NUMBER },
  { N_("Refused"), "refused", BILLING_COLUMN_NUMBER },
  { N_("Unused"), "unused", BILLING_COLUMN_NUMBER },
};

/* What the columns of a CSV file are taken for; with values of patients only where somebody looks. */
static const BillingColumn import_columns[] = {
  { N_("Column"), "header", BILLING_COLUMN_TEXT },
  { N_("Taken For"), "target-label", BILLING_COLUMN_TEXT },
  { N_("Target"), "target", BILLING_COLUMN_TEXT },
  { N_("Read As"), "note", BILLING_COLUMN_TEXT },
};

static const BillingColumn import_samples[] = {
  { N_("Column"), "header", BILLING_COLUMN_TEXT },
  { N_("Taken For"), "target-label", BILLING_COLUMN_TEXT },
  { N_("Target"), "target", BILLING_COLUMN_TEXT },
  { N_("Values"), "samples", BILLING_COLUMN_TEXT },
  { N_("Read As"), "note", BILLING_COLUMN_TEXT },
};

static const BillingColumn notices[] = {
  { N_("What"), "rule", BILLING_COLUMN_TEXT },
  { N_("Urgent"), "urgent", BILLING_COLUMN_TEXT },
  { N_("Details"), "detail", BILLING_COLUMN_TEXT },
  { N_("Payment"), "payment", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("By"), "due-at", BILLING_COLUMN_INSTANT },
  { N_("Since"), "created-at", BILLING_COLUMN_INSTANT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Snoozed Until"), "snoozed-until", BILLING_COLUMN_DAY_OF },
  { N_("Ended"), "ended-at", BILLING_COLUMN_INSTANT },
  { N_("Stripe ID"), "subject", BILLING_COLUMN_TEXT },
  { N_("Notification ID"), "id", BILLING_COLUMN_TEXT },
};

static const BillingColumn rates[] = {
  { N_("Rate"), "number", BILLING_COLUMN_TEXT },
  { N_("Code System"), "code-system", BILLING_COLUMN_TEXT },
  { N_("Code"), "code", BILLING_COLUMN_TEXT },
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Payer Kind"), "payer-kind", BILLING_COLUMN_TEXT },
  { N_("Do you need to bill"), "billable", BILLING_COLUMN_TEXT },
  { N_("Is Invoiced"), "invoiced", BILLING_COLUMN_TEXT },
  { N_("Price"), "price", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Twin"), "twin-name", BILLING_COLUMN_TEXT },
  { N_("Services"), "n-services", BILLING_COLUMN_NUMBER },
  { N_("Retired"), "retired", BILLING_COLUMN_TEXT },
};

static const BillingColumn rate_prices[] = {
  { N_("Payer"), "payer", BILLING_COLUMN_TEXT },
  { N_("From"), "from-on", BILLING_COLUMN_DAY },
  { N_("Price"), "amount", BILLING_COLUMN_MONEY },
  { N_("By"), "person", BILLING_COLUMN_TEXT },
};

static const BillingColumn remittances[] = {
  { N_("Remittance"), "number", BILLING_COLUMN_TEXT },
  { N_("Date"), "day", BILLING_COLUMN_DAY },
  { N_("Insurer"), "payer", BILLING_COLUMN_TEXT },
  { N_("Reference"), "reference", BILLING_COLUMN_TEXT },
  { N_("Method"), "method", BILLING_COLUMN_TEXT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Claims"), "claims", BILLING_COLUMN_MONEY },
  { N_("Kept Back"), "provider-adjusted", BILLING_COLUMN_MONEY },
  { N_("Does Not Fit"), "imbalance", BILLING_COLUMN_MONEY },
  { N_("Posted"), "posted", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Lines"), "n-lines", BILLING_COLUMN_NUMBER },
  { N_("Open Lines"), "n-open", BILLING_COLUMN_NUMBER },
  { N_("Format"), "format", BILLING_COLUMN_TEXT },
};

static const BillingColumn remittance_lines[] = {
  { N_("Remittance"), "remittance", BILLING_COLUMN_TEXT },
  { N_("Claim"), "claim", BILLING_COLUMN_TEXT },
  { N_("Claim Status"), "claim-status", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Member ID"), "member-id", BILLING_COLUMN_TEXT },
  { N_("Date"), "day", BILLING_COLUMN_DAY },
  { N_("Code"), "code", BILLING_COLUMN_TEXT },
  { N_("Modifiers"), "modifiers", BILLING_COLUMN_TEXT },
  { N_("Charge"), "charge", BILLING_COLUMN_MONEY },
  { N_("Allowed"), "allowed", BILLING_COLUMN_MONEY },
  { N_("Paid"), "paid", BILLING_COLUMN_MONEY },
  { N_("Adjusted"), "adjusted", BILLING_COLUMN_MONEY },
  { N_("Decided Before"), "prior", BILLING_COLUMN_MONEY },
  { N_("Patient’s Part"), "patient", BILLING_COLUMN_MONEY },
  { N_("Does Not Fit"), "imbalance", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Reasons"), "codes", BILLING_COLUMN_TEXT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Service"), "service", BILLING_COLUMN_TEXT },
  { N_("Why"), "why", BILLING_COLUMN_TEXT },
  { N_("Line ID"), "id", BILLING_COLUMN_TEXT },
};

static const BillingColumn estimates[] = {
  { N_("Payment"), "payment", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Treatment"), "treatment", BILLING_COLUMN_TEXT },
  { N_("Insurer"), "payer", BILLING_COLUMN_TEXT },
  { N_("Charge"), "charge", BILLING_COLUMN_MONEY },
  { N_("Estimated"), "estimated", BILLING_COLUMN_MONEY },
  { N_("Actual"), "actual", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Answered"), "day", BILLING_COLUMN_DAY },
  { N_("Created"), "created-at", BILLING_COLUMN_INSTANT },
};

static const BillingColumn services[] = {
  { N_("Service"), "number", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Service Date"), "day", BILLING_COLUMN_DAY },
  { N_("Code"), "code", BILLING_COLUMN_TEXT },
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Rate"), "rate", BILLING_COLUMN_TEXT },
  { N_("Units"), "units", BILLING_COLUMN_NUMBER },
  { N_("Price"), "price", BILLING_COLUMN_MONEY },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Insurer’s Part"), "insurer-part", BILLING_COLUMN_MONEY },
  { N_("Insurer Paid"), "insurer-paid", BILLING_COLUMN_MONEY },
  { N_("Adjusted"), "insurer-adjusted", BILLING_COLUMN_MONEY },
  { N_("Insurer Owes"), "insurer-open", BILLING_COLUMN_MONEY },
  { N_("Patient’s Part"), "patient-part", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Insurer"), "payer", BILLING_COLUMN_TEXT },
  { N_("State"), "state", BILLING_COLUMN_TEXT },
  { N_("Reviewed"), "reviewed-at", BILLING_COLUMN_INSTANT },
  { N_("Treatment"), "treatment", BILLING_COLUMN_TEXT },
  { N_("Physician"), "physician", BILLING_COLUMN_TEXT },
  { N_("Location"), "location", BILLING_COLUMN_TEXT },
  { N_("Invoice"), "invoice", BILLING_COLUMN_TEXT },
};

static const BillingColumn insurer_answers[] = {
  { N_("Answer ID"), "id", BILLING_COLUMN_TEXT },
  { N_("Service"), "service", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Day"), "day", BILLING_COLUMN_DAY },
  { N_("Insurer"), "payer", BILLING_COLUMN_TEXT },
  { N_("Reference"), "reference", BILLING_COLUMN_TEXT },
  { N_("Allowed"), "allowed", BILLING_COLUMN_MONEY },
  { N_("Paid"), "paid", BILLING_COLUMN_MONEY },
  { N_("Adjusted"), "adjusted", BILLING_COLUMN_MONEY },
  { N_("Patient’s Part"), "patient", BILLING_COLUMN_MONEY },
  { N_("Reasons"), "codes", BILLING_COLUMN_TEXT },
  { N_("Noted By"), "person", BILLING_COLUMN_TEXT },
  { N_("Taken Back"), "taken-back-at", BILLING_COLUMN_INSTANT },
};

static const BillingColumn service_changes[] = {
  { N_("Service"), "number", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Service Date"), "day", BILLING_COLUMN_DAY },
  { N_("Rate"), "rate", BILLING_COLUMN_TEXT },
  { N_("New Rate"), "new-rate", BILLING_COLUMN_TEXT },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("New Amount"), "new-amount", BILLING_COLUMN_MONEY },
  { N_("Patient’s Part"), "patient-part", BILLING_COLUMN_MONEY },
  { N_("New Patient’s Part"), "new-patient-part", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("New Insurer"), "new-payer", BILLING_COLUMN_TEXT },
  { N_("Why It Stays"), "refusal", BILLING_COLUMN_TEXT },
};

static const BillingColumn unbilled_codes[] = {
  { N_("Code System"), "code-system", BILLING_COLUMN_TEXT },
  { N_("Code"), "code", BILLING_COLUMN_TEXT },
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Treatments"), "n", BILLING_COLUMN_NUMBER },
  { N_("Reason"), "reason", BILLING_COLUMN_TEXT },
};

static const BillingColumn invoices[] = {
  { N_("Invoice"), "number", BILLING_COLUMN_TEXT },
  { N_("Patient"), "patient-name", BILLING_COLUMN_TEXT },
  { N_("Invoiced"), "invoiced-on", BILLING_COLUMN_DAY },
  { N_("Due Date"), "due-on", BILLING_COLUMN_DAY },
  { N_("Services"), "n-services", BILLING_COLUMN_NUMBER },
  { N_("Charges"), "charges", BILLING_COLUMN_MONEY },
  { N_("Insurer’s Part"), "insurer", BILLING_COLUMN_MONEY },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Pre-Paid"), "prepaid", BILLING_COLUMN_MONEY },
  { N_("Lowered"), "lowered", BILLING_COLUMN_MONEY },
  { N_("Collected"), "collected", BILLING_COLUMN_MONEY },
  { N_("Written Off"), "written-off", BILLING_COLUMN_MONEY },
  { N_("Balance"), "balance", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Status"), "status", BILLING_COLUMN_TEXT },
  { N_("Memo"), "memo", BILLING_COLUMN_TEXT },
};

static const BillingColumn invoice_lines[] = {
  { N_("Service"), "service", BILLING_COLUMN_TEXT },
  { N_("Service Date"), "day", BILLING_COLUMN_DAY },
  { N_("Code"), "code", BILLING_COLUMN_TEXT },
  { N_("Name"), "name", BILLING_COLUMN_TEXT },
  { N_("Units"), "units", BILLING_COLUMN_NUMBER },
  { N_("Price"), "price", BILLING_COLUMN_MONEY },
  { N_("Amount"), "charge", BILLING_COLUMN_MONEY },
  { N_("Insurer’s Part"), "insurer", BILLING_COLUMN_MONEY },
  { N_("Patient’s Part"), "amount", BILLING_COLUMN_MONEY },
  { N_("Treatment"), "treatment", BILLING_COLUMN_TEXT },
};

static const BillingColumn prepayments[] = {
  { N_("Payment"), "payment", BILLING_COLUMN_TEXT },
  { N_("Paid"), "paid-on", BILLING_COLUMN_DAY },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
};

static const BillingColumn day_closes[] = {
  { N_("Day"), "day", BILLING_COLUMN_DAY },
  { N_("Since"), "since-on", BILLING_COLUMN_DAY },
  { N_("Expected"), "expected", BILLING_COLUMN_MONEY },
  { N_("Counted"), "counted", BILLING_COLUMN_MONEY },
  { N_("Variance"), "variance", BILLING_COLUMN_MONEY },
  { N_("Reason"), "reason", BILLING_COLUMN_TEXT },
  { N_("By"), "person", BILLING_COLUMN_TEXT },
  { N_("Closed"), "closed-at", BILLING_COLUMN_INSTANT },
  { N_("Reopened"), "reopened-at", BILLING_COLUMN_INSTANT },
  { N_("Reopened By"), "reopened-by", BILLING_COLUMN_TEXT },
  { N_("Reopened Because"), "reopened-because", BILLING_COLUMN_TEXT },
};

static const BillingColumn day_totals[] = {
  { N_("Day"), "day", BILLING_COLUMN_DAY },
  { N_("Tender"), "account", BILLING_COLUMN_TEXT },
  { N_("Person"), "who", BILLING_COLUMN_TEXT },
  { N_("Count"), "count", BILLING_COLUMN_NUMBER },
  { N_("Amount"), "amount", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
};

static const BillingColumn estimate_scores[] = {
  { N_("Insurer"), "payer", BILLING_COLUMN_TEXT },
  { N_("Estimates"), "n", BILLING_COLUMN_NUMBER },
  { N_("Answered"), "n-answered", BILLING_COLUMN_NUMBER },
  { N_("Estimated"), "estimated", BILLING_COLUMN_MONEY },
  { N_("Actual"), "actual", BILLING_COLUMN_MONEY },
  { N_("Difference"), "difference", BILLING_COLUMN_MONEY },
  { N_("Currency"), "currency", BILLING_COLUMN_TEXT },
  { N_("Within 10 %"), "within", BILLING_COLUMN_PERCENT },
};

#define KIND(name) { #name, name, G_N_ELEMENTS (name) }

static const struct {
  const char *kind;
  const BillingColumn *columns;
  guint n_columns;
} kinds[] = {
  KIND (payments), KIND (treatments), KIND (patients), KIND (locations), KIND (physicians),
  KIND (notes), KIND (documents), KIND (refunds), KIND (audit), KIND (people), KIND (outbox),
  KIND (timeline), KIND (eligibility_checks), KIND (benefits), KIND (coverages), KIND (duplicates),
  KIND (treatment_codes), KIND (postings), KIND (attempts), KIND (reports),
  KIND (links), KIND (late_money), KIND (messages), KIND (templates), KIND (reconciliation), KIND (notices),
  KIND (stripe_payments), KIND (charges), KIND (payment_intents), KIND (payouts), KIND (disputes), KIND (balance_transactions),
  KIND (customers), KIND (events), KIND (tax_registrations), KIND (tax_settings), KIND (tax_codes), KIND (year_end),
  KIND (rates), KIND (rate_prices), KIND (day_closes), KIND (day_totals), KIND (services), KIND (insurer_answers), KIND (service_changes), KIND (unbilled_codes),
  KIND (invoices), KIND (invoice_lines), KIND (prepayments),
  KIND (remittances), KIND (remittance_lines), KIND (estimates), KIND (estimate_scores),
  { "import-counts", import_counts, G_N_ELEMENTS (import_counts) },
  { "import-columns", import_columns, G_N_ELEMENTS (import_columns) },
  { "import-samples", import_samples, G_N_ELEMENTS (import_samples) },
};

/* -1 stands for what a benefit does not say and a report does not count; of all others the ledger and Stripe's balance go below zero. */
static gboolean
is_said (const BillingColumn *column,
         BillingRecordClass  *klass,
         gint64               value)
{
  gboolean may_be_unsaid = g_str_equal (klass->kind, "benefits") || g_str_equal (klass->kind, "rates") || g_str_equal (klass->kind, "estimates") ||
                           (g_str_equal (klass->kind, "estimate_scores") && g_str_equal (column->property, "within")) ||
                           (g_str_equal (klass->kind, "insurer_answers") && (g_str_equal (column->property, "allowed") ||
                                                                             g_str_equal (column->property, "patient"))) ||
                           (g_str_equal (klass->kind, "remittance_lines") && g_str_equal (column->property, "allowed")) ||
                           (g_str_equal (klass->kind, "reports") && !g_str_equal (column->property, "amount")) ||
                           (g_str_equal (klass->kind, "reconciliation") && g_str_equal (column->property, "count"));

  switch (column->type)
    {
    case BILLING_COLUMN_DAY_OF:
    case BILLING_COLUMN_INSTANT:
      return value != 0;
    case BILLING_COLUMN_MONEY:
      if (value == 0 && g_str_equal (klass->kind, "notices"))
        return FALSE;
      return value >= 0 || !may_be_unsaid;
    case BILLING_COLUMN_PERCENT:
    case BILLING_COLUMN_NUMBER:
      return value >= 0 || !may_be_unsaid;
    case BILLING_COLUMN_TEXT:
    case BILLING_COLUMN_DAY:
    default:
      return TRUE;
    }
}

static void
append_number (GString             *out,
               const BillingColumn *column,
               const BillingField  *field,
               gint64               value,
               const char          *currency,
               BillingDayCache     *days)
{
  switch (column->type)
    {
    case BILLING_COLUMN_MONEY:
      billing_money_append_plain (out, billing_money_new (value, currency));
      return;
    case BILLING_COLUMN_DAY_OF:
      billing_day_cache_append_day (days, out, value);
      return;
    case BILLING_COLUMN_INSTANT:
      billing_day_cache_append_instant (days, out, value);
      return;
    case BILLING_COLUMN_PERCENT:
      g_string_append_printf (out, "%" G_GINT64_FORMAT ".%02d", value / 100, (int) (value % 100));
      return;
    case BILLING_COLUMN_TEXT:
    case BILLING_COLUMN_DAY:
    case BILLING_COLUMN_NUMBER:
    default:
      if (field->type == G_TYPE_BOOLEAN)
        g_string_append (out, value ? "true" : "false");
      else
        g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
    }
}

static gboolean
is_text (const BillingField *field)
{
  return field->type == G_TYPE_STRING || field->get_enum != NULL;
}

/**
 * billing_column_append_plain:
 * @out: where to append
 * @column: a column of the class's kind
 * @klass: of the records
 * @field: the field of @klass that @column shows
 * @value: what it is in this row
 * @currency: of the row's amounts
 * @days: of the practice's time zone
 *
 * Appends what other programs read, as billing_column_plain() gives it, without a record.
 */
void
billing_column_append_plain (GString                  *out,
                             const BillingColumn      *column,
                             BillingRecordClass       *klass,
                             const BillingField       *field,
                             const BillingColumnValue *value,
                             const char               *currency,
                             BillingDayCache          *days)
{
  if (is_text (field))
    g_string_append (out, value->text != NULL ? value->text : "");
  else if (is_said (column, klass, value->integer))
    append_number (out, column, field, value->integer, currency, days);
}

BillingColumnValue
billing_column_get_value (BillingRecord      *record,
                          const BillingField *field)
{
  BillingColumnValue value = { NULL, 0 };

  if (is_text (field))
    value.text = billing_record_get_text (record, field);
  else
    value.integer = billing_record_get_integer (record, field);

  return value;
}

static const char *
get_currency (BillingRecord             *record,
              const BillingColumnFormat *format)
{
  const BillingField *field = billing_record_class_find (BILLING_RECORD_GET_CLASS (record), "currency");
  const char *currency = field != NULL ? billing_record_get_text (record, field) : NULL;

  return currency != NULL ? currency : format->currency;
}

static char *
show_number (const BillingColumn       *column,
             const BillingField        *field,
             BillingRecord             *record,
             const BillingColumnFormat *format)
{
  gint64 value = billing_record_get_integer (record, field);

  if (!is_said (column, BILLING_RECORD_GET_CLASS (record), value))
    return g_strdup ("");

  switch (column->type)
    {
    case BILLING_COLUMN_MONEY:
      return billing_money_format (billing_money_new (value, get_currency (record, format)), NULL);
    case BILLING_COLUMN_DAY_OF:
      {
        g_autofree char *day = billing_day_from_instant (value, format->time_zone);

        return billing_day_format (day, NULL);
      }
    case BILLING_COLUMN_INSTANT:
      return billing_instant_format (value, format->time_zone, NULL);
    case BILLING_COLUMN_TEXT:
    case BILLING_COLUMN_DAY:
    case BILLING_COLUMN_PERCENT:
    case BILLING_COLUMN_NUMBER:
    default:
      if (field->type == G_TYPE_BOOLEAN)
        return g_strdup (value ? _("yes") : "");

      return billing_column_plain (column, record, format);
    }
}

/* The words that people see for an enumeration, where there are some beside its nicks. */
static const char *
get_label (const BillingField *field,
           BillingRecord      *record)
{
  int value = (int) billing_record_get_integer (record, field);
  GType type = field->get_enum ();

  if (type == BILLING_TYPE_STATUS)
    return billing_status_get_label (value);
  if (type == BILLING_TYPE_TENDER)
    return billing_tender_get_label (value);
  if (type == BILLING_TYPE_PAYMENT_TYPE)
    return billing_payment_type_get_label (value);
  if (type == BILLING_TYPE_REFUND_REASON)
    return billing_refund_reason_get_label (value);
  if (type == BILLING_TYPE_ROLE)
    return billing_role_get_label (value);

  return billing_record_get_text (record, field);
}

static char *
show_text (const BillingColumn *column,
           const BillingField  *field,
           BillingRecord       *record)
{
  const char *text = billing_record_get_text (record, field);

  if (text == NULL)
    return g_strdup ("");
  if (field->get_enum != NULL)
    return g_strdup (get_label (field, record));
  if (g_str_equal (column->property, "rule"))
    return g_strdup (billing_notice_rule_get_label (text));
  if (column->type == BILLING_COLUMN_DAY && billing_day_is_valid (text))
    return billing_day_format (text, NULL);

  return g_strdup (text);
}

/**
 * billing_columns_of:
 * @kind: a kind of records, as lists call it
 * @n_columns: (out): how many columns it has
 *
 * Returns: (array length=n_columns) (nullable): the columns of the screen for @kind, in their order; %NULL where
 *   there is no such kind
 */
const BillingColumn *
billing_columns_of (const char *kind,
                    guint      *n_columns)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].kind, kind))
        {
          *n_columns = kinds[i].n_columns;
          return kinds[i].columns;
        }
    }

  *n_columns = 0;
  return NULL;
}

/**
 * billing_column_plain:
 * @column: a column of the record's kind
 * @record: a record
 * @format: the practice's currency and time zone
 *
 * Returns: (transfer full): what other programs read: `250.00`, `2026-11-03`, `partially-refunded`
 */
char *
billing_column_plain (const BillingColumn       *column,
                      BillingRecord             *record,
                      const BillingColumnFormat *format)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);
  const BillingField *field = billing_record_class_find (klass, column->property);
  g_autoptr (BillingDayCache) days = billing_day_cache_new (format->time_zone);
  GString *out = g_string_new (NULL);
  BillingColumnValue value;

  g_return_val_if_fail (field != NULL, g_string_free (out, FALSE));

  value = billing_column_get_value (record, field);
  billing_column_append_plain (out, column, klass, field, &value, get_currency (record, format), days);
  return g_string_free (out, FALSE);
}

/**
 * billing_column_shown:
 * @column: a column of the record's kind
 * @record: a record
 * @format: the practice's currency and time zone
 *
 * Returns: (transfer full): what people read, in their language and formats
 */
char *
billing_column_shown (const BillingColumn       *column,
                      BillingRecord             *record,
                      const BillingColumnFormat *format)
{
  const BillingField *field = billing_record_class_find (BILLING_RECORD_GET_CLASS (record), column->property);

  g_return_val_if_fail (field != NULL, g_strdup (""));

  return is_text (field) ? show_text (column, field, record) : show_number (column, field, record, format);
}
