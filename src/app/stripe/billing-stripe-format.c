/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-format"

#include "config.h"

#include "billing-stripe-format.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-list-format.h"
#include "billing-stripe-status.h"

typedef struct {
  const char *word;
  const char *label;
} Word;

static const Word brands[] = {
  { "amex", "American Express" }, { "cartes_bancaires", "Cartes Bancaires" }, { "diners", "Diners Club" },
  { "discover", "Discover" }, { "jcb", "JCB" }, { "mastercard", "Mastercard" }, { "unionpay", "UnionPay" }, { "visa", "Visa" },
};

/* Stripe's payment method types, those first that a clinic has most. */
static const Word types[] = {
  { "card", N_("Card") }, { "us_bank_account", N_("Bank debit") }, { "link", "Link" }, { "customer_balance", N_("Bank transfer") },
  { "sepa_debit", N_("SEPA debit") }, { "bacs_debit", N_("Bacs debit") }, { "acss_debit", N_("Pre-authorised debit (Canada)") },
  { "au_becs_debit", N_("BECS debit") }, { "affirm", "Affirm" }, { "afterpay_clearpay", "Afterpay" }, { "amazon_pay", "Amazon Pay" },
  { "cashapp", "Cash App Pay" }, { "klarna", "Klarna" }, { "paypal", "PayPal" }, { "zip", "Zip" },
};

static const char *
find_word (const Word *words,
           gsize       n_words,
           const char *word)
{
  for (gsize i = 0; i < n_words; i++)
    {
      if (g_strcmp0 (words[i].word, word) == 0)
        return _(words[i].label);
    }

  return word != NULL ? word : "";
}

/* The colour of each status. */
static const Word styles[] = {
  { "blocked", "failed" }, { "canceled", "quiet" }, { "disputed", "failed" }, { "early_fraud_warning", "failed" },
  { "failed", "failed" }, { "incomplete", "quiet" }, { "partially_refunded", "refunded" }, { "pending", "processing" },
  { "refund_pending", "processing" }, { "refunded", "refunded" }, { "successful", "paid" }, { "uncaptured", "processing" },
};

const char *
billing_stripe_format_status_class (BillingStripePayment *payment)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      if (g_strcmp0 (styles[i].word, payment->status) == 0)
        return styles[i].label;
    }

  return "quiet";
}

/**
 * billing_stripe_format_nth_method_type:
 * @i: from 0
 *
 * Returns: (transfer none) (nullable): Stripe's word of a payment method type, %NULL after the last
 */
const char *
billing_stripe_format_nth_method_type (guint i)
{
  return i < G_N_ELEMENTS (types) ? types[i].word : NULL;
}

/**
 * billing_stripe_format_method_type:
 * @type: (nullable): Stripe's word of a payment method type
 *
 * Returns: (transfer none): what people read; a word that is not known is returned as it is
 */
const char *
billing_stripe_format_method_type (const char *type)
{
  return find_word (types, G_N_ELEMENTS (types), type);
}

/**
 * billing_stripe_format_who:
 * @patient_name: (nullable): our patient
 * @payer: (nullable): as Stripe knows them
 * @email: (nullable): theirs
 *
 * Returns: (transfer full): whose it is: our patient, or what Stripe knows of the payer, said to be
 *   nobody's yet
 */
char *
billing_stripe_format_who (const char *patient_name,
                           const char *payer,
                           const char *email)
{
  if (patient_name != NULL)
    return g_strdup (patient_name);
  if (payer == NULL && email == NULL)
    return g_strdup (_("No patient"));

  /* TRANSLATORS: who paid, as Stripe says, where it is not known which patient that is */
  return g_strdup_printf (_("%s (no patient)"), payer != NULL ? payer : email);
}

char *
billing_stripe_format_payer (BillingStripePayment *payment)
{
  return billing_stripe_format_who (payment->patient_name, payment->payer, payment->email);
}

char *
billing_stripe_format_method (BillingStripePayment *payment)
{
  return billing_stripe_format_means (payment->method, payment->brand, payment->last4);
}

/**
 * billing_stripe_format_means:
 * @method: (nullable): Stripe's payment method type
 * @brand: (nullable): of the card, or the bank
 * @last4: (nullable): the last digits of its number
 *
 * Returns: (transfer full): with what was paid: `Visa ···· 4242`
 */
char *
billing_stripe_format_means (const char *method,
                             const char *brand,
                             const char *last4)
{
  const char *name = brand != NULL ? find_word (brands, G_N_ELEMENTS (brands), brand)
                                   : billing_stripe_format_method_type (method);

  return last4 != NULL ? g_strdup_printf ("%s ···· %s", name, last4) : g_strdup (name);
}

/**
 * billing_stripe_format_sentence:
 * @payment: a payment at Stripe
 * @time_zone: the practice's
 *
 * Returns: (transfer full): what a screen reader says of its row
 */
char *
billing_stripe_format_sentence (BillingStripePayment *payment,
                                const char           *time_zone)
{
  g_autofree char *amount = billing_format_money (NULL, payment->amount, payment->currency);
  g_autofree char *payer = billing_stripe_format_payer (payment);
  g_autofree char *day = billing_list_format_instant_day (payment->created_at, time_zone);

  return g_strdup_printf ("%s, %s, %s, %s", day, amount, billing_stripe_status_get_label (payment->status), payer);
}
