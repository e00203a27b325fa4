/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-reason"

#include "config.h"

#include "billing-dispute-reason.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- evidence --------------------------------------------------------------------------------- */

#define TEXT FALSE, FALSE
#define LONG_TEXT FALSE, TRUE
#define A_FILE TRUE, FALSE

static const BillingEvidenceField fields[BILLING_N_EVIDENCE_FIELDS] = {
  { "customer_name", TEXT, N_("Name of the customer"), N_("The person who paid.") },
  { "customer_email_address", TEXT, N_("E-mail address of the customer"), N_("Where receipts went.") },
  { "customer_purchase_ip", TEXT, N_("IP address of the customer"), N_("From which it was paid online. Leave it empty for what was paid at the desk.") },
  { "billing_address", LONG_TEXT, N_("Billing address"), N_("As the customer gave it.") },
  { "product_description", LONG_TEXT, N_("What was paid for"), N_("In general words: “medical services”, a day and an amount. No diagnosis and no treatment.") },
  { "service_date", TEXT, N_("Day of the service"), N_("When the patient was seen.") },
  { "service_documentation", A_FILE, N_("Proof of the service"), N_("A signed appointment or attendance record. Only what the bank needs: never clinical notes.") },
  { "customer_signature", A_FILE, N_("Signature of the customer"), N_("A signed consent to the cost, or a signed receipt, with everything clinical covered.") },
  { "receipt", A_FILE, N_("Receipt"), N_("The receipt or invoice that the customer was given.") },
  { "customer_communication", A_FILE, N_("Messages with the customer"), N_("Letters or e-mails about the payment, with everything clinical covered.") },
  { "refund_policy", A_FILE, N_("Refund policy"), N_("The practice’s refund policy, as the customer was given it.") },
  { "refund_policy_disclosure", LONG_TEXT, N_("How the refund policy was shown"), N_("How and when the customer was shown the refund policy before paying.") },
  { "refund_refusal_explanation", LONG_TEXT, N_("Why nothing was refunded"), N_("Why the customer is not entitled to a refund.") },
  { "cancellation_policy", A_FILE, N_("Cancellation policy"), N_("The practice’s policy for missed or cancelled appointments, as the customer was given it.") },
  { "cancellation_policy_disclosure", LONG_TEXT, N_("How the cancellation policy was shown"), N_("How and when the customer was shown the cancellation policy before paying.") },
  { "cancellation_rebuttal", LONG_TEXT, N_("Why it was not cancelled"), N_("Why the appointment or plan was not cancelled, or not in time.") },
  { "duplicate_charge_id", TEXT, N_("The other charge"), N_("Stripe’s id (ch_…) of the charge that this one is said to repeat.") },
  { "duplicate_charge_explanation", LONG_TEXT, N_("How the two charges differ"), N_("What each of the two charges was for: two visits, two patients, two parts of one bill.") },
  { "duplicate_charge_documentation", A_FILE, N_("Proof of the other charge"), N_("The receipt or invoice of the other charge.") },
  { "access_activity_log", LONG_TEXT, N_("Log of use"), N_("When the customer signed in and used what was sold. Seldom of use to a clinic.") },
  { "shipping_address", LONG_TEXT, N_("Shipping address"), N_("Where goods were sent, such as glasses or aids.") },
  { "shipping_carrier", TEXT, N_("Carrier"), N_("Who brought the goods.") },
  { "shipping_date", TEXT, N_("Day of shipping"), N_("When the goods were sent.") },
  { "shipping_tracking_number", TEXT, N_("Tracking number"), N_("The carrier’s number.") },
  { "shipping_documentation", A_FILE, N_("Proof of shipping"), N_("What shows that the goods arrived.") },
  { "uncategorized_text", LONG_TEXT, N_("Anything else"), N_("What happened, in a few plain sentences. Bank staff read it, not clinicians.") },
  { "uncategorized_file", A_FILE, N_("Another file"), N_("What fits nowhere else.") },
};

const BillingEvidenceField *
billing_evidence_field_nth (guint i)
{
  return i < G_N_ELEMENTS (fields) ? &fields[i] : NULL;
}

const BillingEvidenceField *
billing_evidence_field_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (g_strcmp0 (fields[i].name, name) == 0)
        return &fields[i];
    }

  return NULL;
}

const char *
billing_evidence_field_get_label (const BillingEvidenceField *self)
{
  return _(self->untranslated_label);
}

const char *
billing_evidence_field_get_hint (const BillingEvidenceField *self)
{
  return _(self->untranslated_hint);
}

const char *
billing_evidence_type_of (const guint8 *bytes,
                          gsize         size)
{
  static const struct {
    const char *magic;
    const char *type;
  } types[] = {
    { "%PDF-", "application/pdf" },
    { "\x89PNG\r\n\x1a\n", "image/png" },
    { "\xff\xd8\xff", "image/jpeg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gsize length = strlen (types[i].magic);

      if (size >= length && memcmp (bytes, types[i].magic, length) == 0)
        return types[i].type;
    }

  return NULL;
}

/* --- reasons ---------------------------------------------------------------------------------- */

/* What every answer begins with, and ends with. */
#define WHO "customer_name", "customer_email_address"
#define WHAT "product_description", "service_date"
#define REST "uncategorized_text", "uncategorized_file"

/* The last holds for every dispute. */
static const BillingDisputeReason reasons[] = {
  { "fraudulent", N_("Fraudulent"),
    N_("The cardholder says that they did not make this payment."),
    N_("Show that the patient, or somebody they know, was there and agreed to pay: a signed receipt or consent to the cost, the "
       "address and the name as the card has them, messages about the payment, earlier payments with the same card. If the "
       "patient did not pay, accept the dispute."),
    { WHO, "customer_signature", "receipt", "billing_address", "customer_purchase_ip", "customer_communication", WHAT,
      "service_documentation", REST } },
  { "unrecognized", N_("Not recognised"),
    N_("The cardholder does not recognise this payment on their statement."),
    N_("Often the name on the statement is not the name that patients know. Call the patient: many take the dispute back once they "
       "know what it was. Then show the receipt, the day of the visit and how the practice is called on statements."),
    { WHO, "receipt", WHAT, "service_documentation", "customer_communication", "customer_signature", REST } },
  { "duplicate", N_("Duplicate"),
    N_("The cardholder says that they were charged twice for the same thing."),
    N_("If it was charged twice, accept the dispute. Otherwise show both receipts, and say what each was for: two visits, two "
       "patients of a family, a deductible and a copay."),
    { WHO, "duplicate_charge_id", "duplicate_charge_explanation", "duplicate_charge_documentation", "receipt", WHAT,
      "customer_communication", REST } },
  { "credit_not_processed", N_("Refund not received"),
    N_("The cardholder says that they were to get money back and did not."),
    N_("If a refund was promised, accept the dispute. If it was made, say when and by which refund. Otherwise show the refund "
       "policy, how the patient was told of it before paying, and why nothing is due."),
    { WHO, "refund_policy", "refund_policy_disclosure", "refund_refusal_explanation", "receipt", "customer_communication", WHAT,
      REST } },
  { "product_not_received", N_("Not received"),
    N_("The cardholder says that they did not get what they paid for."),
    N_("Show that the patient was seen: a signed attendance record, the day of the visit, a receipt. For a missed appointment show "
       "the cancellation policy, and that the patient agreed to it."),
    { WHO, WHAT, "service_documentation", "customer_signature", "receipt", "customer_communication", "cancellation_policy",
      "shipping_documentation", REST } },
  { "product_unacceptable", N_("Not acceptable"),
    N_("The cardholder says that what they got was not what they were told, or was bad."),
    N_("Show what was agreed before, that the patient consented to the cost, and what was offered since. Do not argue about "
       "treatment: a bank does not judge it, and clinical details must not go there."),
    { WHO, WHAT, "customer_communication", "customer_signature", "refund_policy", "refund_policy_disclosure",
      "refund_refusal_explanation", "service_documentation", "receipt", REST } },
  { "subscription_canceled", N_("Subscription cancelled"),
    N_("The cardholder says that they were charged after they had cancelled."),
    N_("Show when the patient agreed to pay in instalments or regularly, how they can cancel, and that they had not, or not in "
       "time."),
    { WHO, "cancellation_policy", "cancellation_policy_disclosure", "cancellation_rebuttal", "customer_communication",
      "customer_signature", WHAT, "receipt", REST } },
  { "debit_not_authorized", N_("Debit not authorised"),
    N_("The account holder says that they did not allow this debit."),
    N_("A bank takes such a debit back for good, in nearly every case. Show the signed permission to debit the account, if Stripe "
       "asks for it. Otherwise ask the patient for another way to pay."),
    { WHO, "customer_signature", "receipt", "customer_communication", WHAT, REST } },
  { "insufficient_funds", N_("Insufficient funds"),
    N_("There was not enough money on the account."),
    N_("There is nothing to answer. Ask the patient for another way to pay."),
    { WHO, "receipt", WHAT, REST } },
  { "incorrect_account_details", N_("Wrong account details"),
    N_("The account that was given does not exist, or is another person’s."),
    N_("There is nothing to answer. Ask the patient for the right account, or for another way to pay."),
    { WHO, "receipt", WHAT, REST } },
  { "bank_cannot_process", N_("Bank cannot process it"),
    N_("The customer’s bank could not carry out the payment."),
    N_("There is nothing to answer, as a rule. Ask the patient for another way to pay."),
    { WHO, "receipt", WHAT, REST } },
  { "check_returned", N_("Cheque returned"),
    N_("The cheque was returned unpaid."),
    N_("There is nothing to answer, as a rule. Ask the patient for another way to pay."),
    { WHO, "receipt", WHAT, REST } },
  { "customer_initiated", N_("Asked for by the customer"),
    N_("The customer asked their bank for the money back."),
    N_("Call the patient first, and ask what is wrong. Then show what was agreed, the receipt and the day of the visit."),
    { WHO, "customer_communication", "receipt", WHAT, "service_documentation", "refund_policy", REST } },
  { "noncompliant", N_("Against the network’s rules"),
    N_("The card network says that its rules were not kept."),
    N_("Read what the network’s code says, and answer to that alone: how the card was taken, and what the patient was shown."),
    { WHO, "receipt", "customer_signature", WHAT, "customer_communication", REST } },
  { "general", N_("General"),
    N_("The cardholder disputes this payment; the bank did not say why."),
    N_("Call the patient, and ask what is wrong. Then show who paid, for what in general words, the day of the visit, and the "
       "receipt. Nothing clinical must go to a bank."),
    { WHO, WHAT, "receipt", "customer_signature", "service_documentation", "customer_communication", "refund_policy",
      "cancellation_policy", REST } },
};

const BillingDisputeReason *
billing_dispute_reason_nth (guint i)
{
  return i < G_N_ELEMENTS (reasons) ? &reasons[i] : NULL;
}

const BillingDisputeReason *
billing_dispute_reason_find (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (g_strcmp0 (reasons[i].reason, reason) == 0)
        return &reasons[i];
    }

  return &reasons[G_N_ELEMENTS (reasons) - 1];
}

const char *
billing_dispute_reason_get_label (const char *reason)
{
  const BillingDisputeReason *found = billing_dispute_reason_find (reason);

  if (reason == NULL || g_str_equal (found->reason, reason))
    return _(found->untranslated_label);

  return reason;
}

const char *
billing_dispute_reason_get_claim (const BillingDisputeReason *self)
{
  return _(self->untranslated_claim);
}

const char *
billing_dispute_reason_get_advice (const BillingDisputeReason *self)
{
  return _(self->untranslated_advice);
}

gboolean
billing_dispute_reason_wants (const BillingDisputeReason *self,
                              const char                 *field)
{
  for (guint i = 0; self->fields[i] != NULL; i++)
    {
      if (g_str_equal (self->fields[i], field))
        return TRUE;
    }

  return FALSE;
}

/* --- networks --------------------------------------------------------------------------------- */

/* Of the codes that clinics meet. Networks change them; what is not here is shown as it is. */
static const struct {
  const char *brand;
  const char *code;
  const char *label;
} codes[] = {
  { "visa", "10.1", N_("Counterfeit card, chip not used") },
  { "visa", "10.2", N_("Stolen card, chip not used") },
  { "visa", "10.3", N_("Fraud with the card present") },
  { "visa", "10.4", N_("Fraud without the card present") },
  { "visa", "10.5", N_("Visa’s own fraud monitoring") },
  { "visa", "11.1", N_("Card on a warning list") },
  { "visa", "11.2", N_("Declined authorisation") },
  { "visa", "11.3", N_("No authorisation") },
  { "visa", "12.1", N_("Presented too late") },
  { "visa", "12.2", N_("Wrong transaction code") },
  { "visa", "12.3", N_("Wrong currency") },
  { "visa", "12.4", N_("Wrong account number") },
  { "visa", "12.5", N_("Wrong amount") },
  { "visa", "12.6", N_("Charged twice, or paid in another way") },
  { "visa", "12.6.1", N_("Charged twice") },
  { "visa", "12.6.2", N_("Paid in another way") },
  { "visa", "12.7", N_("Invalid data") },
  { "visa", "13.1", N_("Goods or services not received") },
  { "visa", "13.2", N_("Recurring payment cancelled") },
  { "visa", "13.3", N_("Not as described, or defective") },
  { "visa", "13.4", N_("Counterfeit goods") },
  { "visa", "13.5", N_("Misrepresentation") },
  { "visa", "13.6", N_("Credit not processed") },
  { "visa", "13.7", N_("Cancelled goods or services") },
  { "visa", "13.8", N_("Original credit not accepted") },
  { "visa", "13.9", N_("Cash not received") },
  { "mastercard", "4808", N_("Authorisation problem") },
  { "mastercard", "4812", N_("Account number not on file") },
  { "mastercard", "4831", N_("Wrong amount") },
  { "mastercard", "4834", N_("Charged twice, or error at the point of sale") },
  { "mastercard", "4837", N_("No authorisation by the cardholder") },
  { "mastercard", "4840", N_("Fraudulent processing") },
  { "mastercard", "4841", N_("Cancelled recurring payment") },
  { "mastercard", "4842", N_("Presented too late") },
  { "mastercard", "4849", N_("Questionable activity of the merchant") },
  { "mastercard", "4853", N_("Cardholder dispute: not received, not as described, or credit not processed") },
  { "mastercard", "4855", N_("Goods or services not provided") },
  { "mastercard", "4859", N_("No-show, or not provided") },
  { "mastercard", "4860", N_("Credit not processed") },
  { "mastercard", "4863", N_("Cardholder does not recognise it") },
  { "mastercard", "4870", N_("Chip liability") },
  { "amex", "A01", N_("More than was authorised") },
  { "amex", "A02", N_("No valid authorisation") },
  { "amex", "C02", N_("Credit not processed") },
  { "amex", "C04", N_("Goods or services returned or refused") },
  { "amex", "C05", N_("Goods or services cancelled") },
  { "amex", "C08", N_("Goods or services not received") },
  { "amex", "C14", N_("Paid in another way") },
  { "amex", "C18", N_("No-show or cancelled reservation") },
  { "amex", "C28", N_("Cancelled recurring payment") },
  { "amex", "C31", N_("Not as described") },
  { "amex", "C32", N_("Damaged or defective") },
  { "amex", "F10", N_("Missing imprint") },
  { "amex", "F24", N_("Cardholder did not take part") },
  { "amex", "F29", N_("Fraud without the card present") },
  { "amex", "F30", N_("Counterfeit card") },
  { "amex", "F31", N_("Lost or stolen card") },
  { "amex", "P01", N_("Unassigned card number") },
  { "amex", "P07", N_("Submitted too late") },
  { "amex", "P08", N_("Charged twice") },
  { "amex", "R03", N_("Insufficient reply") },
  { "amex", "R13", N_("No reply") },
  { "discover", "AA", N_("Cardholder does not recognise it") },
  { "discover", "AP", N_("Cancelled recurring payment") },
  { "discover", "AW", N_("Wrong amount") },
  { "discover", "CD", N_("Credit posted as a debit") },
  { "discover", "DP", N_("Charged twice") },
  { "discover", "IN", N_("Invalid card number") },
  { "discover", "LP", N_("Presented too late") },
  { "discover", "NF", N_("Cash not received") },
  { "discover", "PM", N_("Paid in another way") },
  { "discover", "RG", N_("Goods or services not received") },
  { "discover", "RM", N_("Quality of goods or services") },
  { "discover", "RN2", N_("Credit not processed") },
  { "discover", "UA01", N_("Fraud with the card present") },
  { "discover", "UA02", N_("Fraud without the card present") },
};

const char *
billing_dispute_network_describe (const char *brand,
                                  const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++)
    {
      if (g_strcmp0 (codes[i].brand, brand) == 0 && g_ascii_strcasecmp (codes[i].code, code) == 0)
        return _(codes[i].label);
    }

  return NULL;
}

/* --- statuses --------------------------------------------------------------------------------- */

static const BillingDisputeStatus statuses[] = {
  { "needs_response", BILLING_DISPUTE_NEEDS_ANSWER, "failed", N_("Needs an answer"),
    N_("The money was taken back. Answer with evidence before the deadline, or accept the dispute.") },
  { "under_review", BILLING_DISPUTE_UNDER_REVIEW, "processing", N_("Under review"),
    N_("The evidence was submitted. The cardholder’s bank decides, which can take two or three months.") },
  { "appeal_needs_response", BILLING_DISPUTE_NEEDS_ANSWER, "failed", N_("Appeal needs an answer"),
    N_("The bank’s decision can be appealed, before the deadline, in Stripe’s own dashboard.") },
  { "appeal_under_review", BILLING_DISPUTE_UNDER_REVIEW, "processing", N_("Appeal under review"),
    N_("The appeal was submitted. The card network decides.") },
  { "won", BILLING_DISPUTE_WON | BILLING_DISPUTE_CLOSED, "paid", N_("Won"),
    N_("The bank decided for the practice, and the money came back.") },
  { "lost", BILLING_DISPUTE_LOST | BILLING_DISPUTE_CLOSED, "quiet", N_("Lost"),
    N_("The money stays with the cardholder. Bill it again, or write it off.") },
  { "prevented", BILLING_DISPUTE_CLOSED, "quiet", N_("Prevented"),
    N_("Stripe settled it before it became a dispute.") },
  { "warning_needs_response", BILLING_DISPUTE_NEEDS_ANSWER | BILLING_DISPUTE_INQUIRY, "pending", N_("Inquiry: needs an answer"),
    N_("The bank asks what the payment was; no money was taken back yet. An answer, or a refund, can keep it from becoming a "
       "dispute.") },
  { "warning_under_review", BILLING_DISPUTE_UNDER_REVIEW | BILLING_DISPUTE_INQUIRY, "processing", N_("Inquiry: under review"),
    N_("The answer was submitted. No money was taken back.") },
  { "warning_closed", BILLING_DISPUTE_CLOSED | BILLING_DISPUTE_INQUIRY, "quiet", N_("Inquiry closed"),
    N_("The bank asked no more, or the answer was enough. No money was taken back.") },
};

const BillingDisputeStatus *
billing_dispute_status_nth (guint i)
{
  return i < G_N_ELEMENTS (statuses) ? &statuses[i] : NULL;
}

const BillingDisputeStatus *
billing_dispute_status_find (const char *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_strcmp0 (statuses[i].status, status) == 0)
        return &statuses[i];
    }

  return NULL;
}

BillingDisputeFlags
billing_dispute_status_get_flags (const char *status)
{
  const BillingDisputeStatus *found = billing_dispute_status_find (status);

  return found != NULL ? found->flags : 0;
}

const char *
billing_dispute_status_get_label (const char *status)
{
  const BillingDisputeStatus *found = billing_dispute_status_find (status);

  if (found != NULL)
    return _(found->untranslated_label);
  return status != NULL ? status : "";
}

const char *
billing_dispute_status_get_explanation (const char *status)
{
  const BillingDisputeStatus *found = billing_dispute_status_find (status);

  return found != NULL ? _(found->untranslated_explanation) : "";
}

const char *
billing_dispute_status_get_style (const char *status)
{
  const BillingDisputeStatus *found = billing_dispute_status_find (status);

  return found != NULL ? found->style : "quiet";
}

char *
billing_dispute_status_join (BillingDisputeFlags flags)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if ((statuses[i].flags & flags) == flags)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "," : "", statuses[i].status);
    }

  return g_string_free (words, FALSE);
}
