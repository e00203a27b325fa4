/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notice-words"

#include "config.h"

#include "billing-notice-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-dispute-reason.h"
#include "billing-payout.h"

typedef struct {
  const char *code;
  const char *words;
} Word;

/* The last part of a field counts where the whole is not there: individual.address.line1, person_1.address.line1, … */
static const Word requirement_words[] = {
  { "external_account", N_("a bank account for payouts") },
  { "tos_acceptance.date", N_("that Stripe’s terms are accepted") },
  { "tos_acceptance.ip", N_("that Stripe’s terms are accepted") },
  { "business_type", N_("the type of business") },
  { "business_profile.mcc", N_("what the business does") },
  { "business_profile.url", N_("the business’s website") },
  { "business_profile.product_description", N_("what the business sells") },
  { "business_profile.support_phone", N_("a phone number for patients") },
  { "business_profile.support_email", N_("an e-mail address for patients") },
  { "business_profile.name", N_("the business’s name") },
  { "company.tax_id", N_("the company’s tax id") },
  { "company.name", N_("the company’s name") },
  { "company.phone", N_("the company’s phone number") },
  { "company.owners_provided", N_("who owns the company") },
  { "company.directors_provided", N_("who directs the company") },
  { "company.executives_provided", N_("who runs the company") },
  { "company.verification.document", N_("a document about the company") },
  { "company.address.line1", N_("the company’s address") },
  { "company.address.city", N_("the company’s city") },
  { "company.address.state", N_("the company’s state") },
  { "company.address.postal_code", N_("the company’s postal code") },
  { "relationship.representative", N_("who represents the business") },
  { "representative", N_("who represents the business") },
  { "owners", N_("the owners") },
  { "directors", N_("the directors") },
  { "verification.document", N_("an identity document") },
  { "verification.additional_document", N_("a second identity document") },
  { "verification.proof_of_liveness", N_("proof that the person is there") },
  { "id_number", N_("an identity number") },
  { "ssn_last_4", N_("the last four digits of a social security number") },
  { "dob.day", N_("a date of birth") },
  { "dob.month", N_("a date of birth") },
  { "dob.year", N_("a date of birth") },
  { "first_name", N_("a first name") },
  { "last_name", N_("a last name") },
  { "email", N_("an e-mail address") },
  { "phone", N_("a phone number") },
  { "address.line1", N_("an address") },
  { "address.city", N_("a city") },
  { "address.state", N_("a state") },
  { "address.postal_code", N_("a postal code") },
  { "title", N_("a job title") },
  { "percent_ownership", N_("how much of the company a person owns") },
  { "nationality", N_("a nationality") },
  { NULL },
};

static const Word disabled_words[] = {
  { "requirements.past_due", N_("information that Stripe asked for is overdue.") },
  { "requirements.pending_verification", N_("Stripe is still checking what it was given.") },
  { "action_required.requested_capabilities", N_("something has to be done for a way of payment that was asked for.") },
  { "listed", N_("the account may be on a list of those that nobody may deal with; Stripe is checking it.") },
  { "under_review", N_("Stripe is reviewing the account.") },
  { "platform_paused", N_("the platform that the account belongs to has paused it.") },
  { "rejected.fraud", N_("Stripe suspects fraud and has closed the account.") },
  { "rejected.incomplete_verification", N_("the verification was not finished in time, and Stripe has closed the account.") },
  { "rejected.listed", N_("the account is on a list of those that nobody may deal with, and Stripe has closed it.") },
  { "rejected.terms_of_service", N_("Stripe’s terms were broken, and it has closed the account.") },
  { "rejected.other", N_("Stripe has closed the account.") },
  { "other", N_("Stripe does not say why.") },
  { "", N_("Stripe does not say why.") },
  { NULL },
};

static const Word decline_words[] = {
  { "card_declined", N_("The card was declined.") },
  { "generic_decline", N_("The card was declined.") },
  { "do_not_honor", N_("The card was declined; the bank does not say why.") },
  { "insufficient_funds", N_("There was not enough money.") },
  { "expired_card", N_("The card has expired.") },
  { "incorrect_cvc", N_("The card’s security code was wrong.") },
  { "invalid_cvc", N_("The card’s security code was wrong.") },
  { "incorrect_number", N_("The card’s number was wrong.") },
  { "incorrect_zip", N_("The postal code was wrong.") },
  { "lost_card", N_("The card was declined.") },
  { "stolen_card", N_("The card was declined.") },
  { "pickup_card", N_("The card cannot be used.") },
  { "processing_error", N_("Something went wrong on the way; trying again may help.") },
  { "try_again_later", N_("Something went wrong on the way; trying again may help.") },
  { "card_velocity_exceeded", N_("The card’s limit is reached.") },
  { "withdrawal_count_limit_exceeded", N_("The card’s limit is reached.") },
  { "authentication_required", N_("The bank wants the payer to confirm it.") },
  { "card_not_supported", N_("The card does not allow such payments.") },
  { "currency_not_supported", N_("The card does not allow this currency.") },
  { "fraudulent", N_("Stripe took it for fraud.") },
  { "highest_risk_level", N_("Stripe took it for fraud and blocked it.") },
  { "elevated_risk_level", N_("Stripe took it for risky.") },
  { "rule", N_("A rule of the account at Stripe blocked it.") },
  { "account_closed", N_("The bank account is closed.") },
  { "no_account", N_("There is no such bank account.") },
  { "debit_not_authorized", N_("The payer did not allow the debit.") },
  { "bank_account_restricted", N_("The bank account allows no such debit.") },
  { "", "" },
  { NULL },
};

/* Of a bank account: how it stands. Why payouts fail says billing-payout.h. */
static const Word payout_words[] = {
  { "verification_failed", N_("Stripe could not verify the bank account.") },
  { "errored", N_("A payout to the bank account failed, and Stripe sends no more there.") },
  { "", N_("Stripe does not say why.") },
  { NULL },
};

static const Word refund_words[] = {
  { "expired_or_canceled_card", N_("The card has expired or was cancelled.") },
  { "lost_or_stolen_card", N_("The card was reported lost or stolen.") },
  { "charge_for_pending_refund_disputed", N_("The payer disputed the payment meanwhile.") },
  { "declined", N_("The bank declined it.") },
  { "insufficient_funds", N_("There was not enough in Stripe’s balance.") },
  { "merchant_request", N_("It was cancelled on request.") },
  { "unknown", N_("Stripe does not say why.") },
  { "", N_("Stripe does not say why.") },
  { NULL },
};

/* Why there is a dispute says billing-dispute-reason.h. */
static const Word dispute_words[] = {
  { "", "" },
  { NULL },
};

static const Word fraud_words[] = {
  { "card_never_received", N_("The payer says that they never got the card.") },
  { "fraudulent_card_application", N_("The card was applied for by somebody else.") },
  { "made_with_counterfeit_card", N_("The card was copied.") },
  { "made_with_lost_card", N_("The card was lost.") },
  { "made_with_stolen_card", N_("The card was stolen.") },
  { "unauthorized_use_of_card", N_("The payer says that they did not make the payment.") },
  { "misc", N_("The bank does not say how.") },
  { "", "" },
  { NULL },
};

static const Word capability_words[] = {
  { "card_payments", N_("payments by card") },
  { "us_bank_account_ach_payments", N_("payments by bank debit") },
  { "link_payments", N_("payments by Link") },
  { "transfers", N_("transfers into the account") },
  { "tax_reporting_us_1099_k", N_("tax form 1099-K") },
  { "tax_reporting_us_1099_misc", N_("tax form 1099-MISC") },
  { "legacy_payments", N_("payments in the old way") },
  { "affirm_payments", N_("payments by Affirm") },
  { "afterpay_clearpay_payments", N_("payments by Afterpay") },
  { "cashapp_payments", N_("payments by Cash App") },
  { "klarna_payments", N_("payments by Klarna") },
  { NULL },
};

static const Word stream_words[] = {
  { "account", N_("the account") },
  { "charges", N_("payments") },
  { "payment_intents", N_("payment intents") },
  { "stripe_refunds", N_("refunds") },
  { "balance_transactions", N_("balance transactions") },
  { "balance", N_("the balance") },
  { "disputes", N_("disputes") },
  { "payouts", N_("payouts") },
  { "customers", N_("customers") },
  { "events", N_("events") },
  { NULL },
};

static const struct {
  const char *name;
  const Word *words;
} tables[] = {
  { "requirement", requirement_words }, { "disabled", disabled_words }, { "decline", decline_words },
  { "payout", payout_words }, { "refund", refund_words }, { "dispute", dispute_words }, { "fraud", fraud_words },
  { "capability", capability_words }, { "stream", stream_words },
};

static const char *
find (const Word *words,
      const char *code)
{
  for (guint i = 0; words[i].code != NULL; i++)
    {
      if (g_str_equal (words[i].code, code))
        return *words[i].words != '\0' ? _(words[i].words) : "";
    }

  return NULL;
}

/* What a cardholder says, where the reason is known. */
static const char *
find_claim (const char *code)
{
  const BillingDisputeReason *reason;

  for (guint i = 0; (reason = billing_dispute_reason_nth (i)) != NULL; i++)
    {
      if (g_str_equal (reason->reason, code))
        return billing_dispute_reason_get_claim (reason);
    }

  return NULL;
}

/**
 * billing_notice_word:
 * @table: which codes
 * @code: one of Stripe's
 *
 * Returns: (transfer full): what people call it, translated; @code itself where nobody knows
 */
char *
billing_notice_word (const char *table,
                     const char *code)
{
  const Word *words = NULL;
  const char *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (g_str_equal (tables[i].name, table))
        words = tables[i].words;
    }
  g_return_val_if_fail (words != NULL, g_strdup (code));

  found = find (words, code);
  if (found == NULL && words == payout_words)
    found = billing_payout_describe_failure (code);
  if (found == NULL && words == dispute_words)
    found = find_claim (code);
  /* Of whom a field is, is in front of it: individual.dob.day, person_1NqH….dob.day. */
  if (found == NULL && words == requirement_words && strchr (code, '.') != NULL)
    found = find (words, strchr (code, '.') + 1);
  return g_strdup (found != NULL ? found : code);
}
