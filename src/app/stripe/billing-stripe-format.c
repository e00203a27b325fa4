/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-format"

#include "config.h"

#include "billing-stripe-format.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-list-format.h"

typedef struct {
  const char *word;
  const char *label;
} Word;

static const Word methods[] = {
  { "acss_debit", N_("Bank debit") }, { "amex", "American Express" }, { "au_becs_debit", N_("Bank debit") },
  { "bacs_debit", N_("Bank debit") }, { "card", N_("Card") }, { "customer_balance", N_("Bank transfer") },
  { "diners", "Diners Club" }, { "discover", "Discover" }, { "jcb", "JCB" }, { "link", "Link" },
  { "mastercard", "Mastercard" }, { "sepa_debit", N_("Bank debit") }, { "unionpay", "UnionPay" },
  { "us_bank_account", N_("Bank debit") }, { "visa", "Visa" },
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

typedef enum {
  STANDING_OTHER,
  STANDING_DISPUTED,
  STANDING_FAILED,
  STANDING_PENDING,
  STANDING_REFUNDED,
  STANDING_PARTLY_REFUNDED,
  STANDING_AUTHORISED,
  STANDING_SUCCEEDED,
} Standing;

/* The word and the colour of each. */
static const struct {
  const char *label;
  const char *style;
} standings[] = {
  [STANDING_OTHER] = { NULL, "quiet" },
  [STANDING_DISPUTED] = { N_("Disputed"), "failed" },
  [STANDING_FAILED] = { N_("Failed"), "failed" },
  [STANDING_PENDING] = { N_("Pending"), "processing" },
  [STANDING_REFUNDED] = { N_("Refunded"), "refunded" },
  [STANDING_PARTLY_REFUNDED] = { N_("Partially Refunded"), "refunded" },
  [STANDING_AUTHORISED] = { N_("Authorised"), "processing" },
  [STANDING_SUCCEEDED] = { N_("Succeeded"), "paid" },
};

/* What is most worth knowing of it. */
static Standing
get_standing (BillingCharge *charge)
{
  if (charge->disputed)
    return STANDING_DISPUTED;
  if (g_strcmp0 (charge->status, "failed") == 0)
    return STANDING_FAILED;
  if (g_strcmp0 (charge->status, "pending") == 0)
    return STANDING_PENDING;
  if (g_strcmp0 (charge->status, "succeeded") != 0)
    return STANDING_OTHER;
  if (charge->refunded > 0)
    return charge->refunded < charge->captured ? STANDING_PARTLY_REFUNDED : STANDING_REFUNDED;

  return charge->captured == 0 ? STANDING_AUTHORISED : STANDING_SUCCEEDED;
}

char *
billing_stripe_format_status (BillingCharge *charge)
{
  const char *label = standings[get_standing (charge)].label;

  return g_strdup (label != NULL ? _(label) : charge->status);
}

const char *
billing_stripe_format_status_class (BillingCharge *charge)
{
  return standings[get_standing (charge)].style;
}

/**
 * billing_stripe_format_payer:
 * @charge: a charge
 *
 * Returns: (transfer full): whose it is: our patient, or what Stripe knows of the payer, said to be
 *   nobody's yet
 */
char *
billing_stripe_format_payer (BillingCharge *charge)
{
  const char *payer = charge->payer != NULL ? charge->payer : charge->email;

  if (charge->patient_name != NULL)
    return g_strdup (charge->patient_name);
  if (payer == NULL)
    return g_strdup (_("No patient"));

  /* TRANSLATORS: who paid, as Stripe says, where it is not known which patient that is */
  return g_strdup_printf (_("%s (no patient)"), payer);
}

char *
billing_stripe_format_method (BillingCharge *charge)
{
  const char *name = find_word (methods, G_N_ELEMENTS (methods), charge->brand != NULL ? charge->brand : charge->method);

  return charge->last4 != NULL ? g_strdup_printf ("%s ···· %s", name, charge->last4) : g_strdup (name);
}

/**
 * billing_stripe_format_sentence:
 * @charge: a charge
 * @time_zone: the practice's
 *
 * Returns: (transfer full): what a screen reader says of its row
 */
char *
billing_stripe_format_sentence (BillingCharge *charge,
                                const char    *time_zone)
{
  g_autofree char *amount = billing_format_money (NULL, charge->amount, charge->currency);
  g_autofree char *status = billing_stripe_format_status (charge);
  g_autofree char *payer = billing_stripe_format_payer (charge);
  g_autofree char *day = billing_list_format_instant_day (charge->created_at, time_zone);

  return g_strdup_printf ("%s, %s, %s, %s", day, amount, status, payer);
}
