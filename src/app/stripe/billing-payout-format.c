/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payout-format"

#include "config.h"

#include "billing-payout-format.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-list-format.h"
#include "billing-payout.h"

typedef struct {
  const char *word;
  const char *label;
  const char *style;
} Word;

static const Word statuses[] = {
  { "pending", N_("Pending"), "pending" },
  { "in_transit", N_("In Transit"), "processing" },
  { "paid", N_("Paid"), "paid" },
  { "failed", N_("Failed"), "failed" },
  { "canceled", N_("Canceled"), "quiet" },
};

/* What a line of Stripe's ledger is, by its reporting category. */
static const Word categories[] = {
  { "charge", N_("Payment"), NULL },
  { "charge_failure", N_("Failed payment"), NULL },
  { "partial_capture_reversal", N_("Not captured"), NULL },
  { "refund", N_("Refund"), NULL },
  { "refund_failure", N_("Failed refund"), NULL },
  { "dispute", N_("Dispute"), NULL },
  { "dispute_reversal", N_("Dispute won"), NULL },
  { "fee", N_("Fee"), NULL },
  { "network_cost", N_("Network cost"), NULL },
  { "tax", N_("Tax on fees"), NULL },
  { "other_adjustment", N_("Adjustment"), NULL },
  { "risk_reserved_funds", N_("Reserve"), NULL },
  { "unreconciled_customer_funds", N_("Unreconciled money"), NULL },
  { "payout", N_("Payout"), NULL },
  { "payout_reversal", N_("Payout that came back"), NULL },
  { "topup", N_("Top-up"), NULL },
  { "topup_reversal", N_("Top-up taken back"), NULL },
  { "transfer", N_("Transfer"), NULL },
  { "transfer_reversal", N_("Transfer taken back"), NULL },
};

static const Word *
find_word (const Word *words,
           gsize       n_words,
           const char *word)
{
  for (gsize i = 0; i < n_words; i++)
    {
      if (g_strcmp0 (words[i].word, word) == 0)
        return &words[i];
    }

  return NULL;
}

static const char *
get_label (const Word *words,
           gsize       n_words,
           const char *word)
{
  const Word *found = find_word (words, n_words, word);

  if (found != NULL)
    return _(found->label);

  return word != NULL ? word : "";
}

const char *
billing_payout_format_status (BillingPayout *payout)
{
  return get_label (statuses, G_N_ELEMENTS (statuses), payout->status);
}

const char *
billing_payout_format_status_class (BillingPayout *payout)
{
  const Word *found = find_word (statuses, G_N_ELEMENTS (statuses), payout->status);

  return found != NULL ? found->style : "quiet";
}

char *
billing_payout_format_bank (BillingPayout *payout)
{
  const char *name = payout->bank != NULL ? payout->bank : _("Bank account");

  if (payout->last4 == NULL)
    return g_strdup (payout->bank);

  return g_strdup_printf ("%s ···· %s", name, payout->last4);
}

const char *
billing_payout_format_kind (BillingPayout *payout)
{
  if (g_strcmp0 (payout->method, "instant") == 0)
    return _("Instant");

  return payout->automatic ? _("Automatic") : _("By Hand");
}

/* Stripe's days are those of UTC, whatever the practice's are. */
char *
billing_payout_format_arrival (BillingPayout *payout)
{
  return payout->arrives_on != NULL ? billing_format_day (NULL, payout->arrives_on) : NULL;
}

/**
 * billing_payout_format_trace:
 * @payout: a payout
 *
 * Returns: (transfer full) (nullable): the number by which the bank finds it, or why there is none
 */
char *
billing_payout_format_trace (BillingPayout *payout)
{
  if (payout->trace != NULL)
    return g_strdup (payout->trace);
  if (g_strcmp0 (payout->trace_status, "pending") == 0)
    return g_strdup (_("Comes when the payout has arrived"));
  if (g_strcmp0 (payout->trace_status, "unsupported") == 0)
    return g_strdup (_("The bank gives none"));

  return g_strdup (payout->trace_status);
}

/**
 * billing_payout_format_failure:
 * @payout: a payout
 *
 * Returns: (transfer full) (nullable): why it failed, in plain words, or else in Stripe's; %NULL: it did not
 */
char *
billing_payout_format_failure (BillingPayout *payout)
{
  const char *words = billing_payout_describe_failure (payout->failure);

  if (words != NULL)
    return g_strdup (words);
  if (payout->problem != NULL && payout->failure != NULL)
    return g_strdup_printf ("%s (%s)", payout->problem, payout->failure);

  return g_strdup (payout->problem != NULL ? payout->problem : payout->failure);
}

/**
 * billing_payout_format_sentence:
 * @payout: a payout
 * @time_zone: the practice's
 *
 * Returns: (transfer full): what a screen reader says of its row
 */
char *
billing_payout_format_sentence (BillingPayout *payout,
                                const char    *time_zone)
{
  g_autofree char *day = billing_list_format_instant_day (payout->created_at, time_zone);
  g_autofree char *amount = billing_format_money (NULL, payout->amount, payout->currency);
  g_autofree char *bank = billing_payout_format_bank (payout);

  return g_strdup_printf ("%s, %s, %s, %s", day, amount, billing_payout_format_status (payout), bank != NULL ? bank : "");
}

/**
 * billing_payout_format_item:
 * @item: one line of what a payout consists of
 *
 * Returns: (transfer full): what it is, and whose
 */
char *
billing_payout_format_item (BillingBalanceTransaction *item)
{
  const char *category = item->category != NULL ? item->category : item->type;
  const char *label = get_label (categories, G_N_ELEMENTS (categories), category);
  const char *about = item->patient_name != NULL ? item->patient_name : item->description;

  if (item->payment != NULL && item->patient_name != NULL)
    return g_strdup_printf ("%s · %s · \u2068%s\u2069", label, item->payment, item->patient_name);

  return about != NULL ? g_strdup_printf ("%s · \u2068%s\u2069", label, about) : g_strdup (label);
}

char *
billing_payout_format_item_sentence (BillingBalanceTransaction *item)
{
  g_autofree char *what = billing_payout_format_item (item);
  g_autofree char *net = billing_format_money (NULL, item->net, item->currency);

  return g_strdup_printf ("%s, %s", what, net);
}
