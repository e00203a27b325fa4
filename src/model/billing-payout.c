/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payout"

#include "config.h"

#include "billing-payout.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "billing-money.h"

#define GROUP(name) BILLING_PAYOUT_GROUP_##name

/* Stripe's reporting categories. What is not here, its families of advances, financing, cards and climate among it, is other. */
static const struct {
  const char *category;
  BillingPayoutGroup group;
} categories[] = {
  { "charge", GROUP (CHARGES) },
  { "charge_failure", GROUP (CHARGES) },
  { "partial_capture_reversal", GROUP (CHARGES) },
  { "refund", GROUP (REFUNDS) },
  { "refund_failure", GROUP (REFUNDS) },
  { "dispute", GROUP (DISPUTES) },
  { "dispute_reversal", GROUP (DISPUTES) },
  { "fee", GROUP (OTHER_FEES) },
  { "network_cost", GROUP (OTHER_FEES) },
  { "tax", GROUP (OTHER_FEES) },
  { "other_adjustment", GROUP (ADJUSTMENTS) },
  { "risk_reserved_funds", GROUP (ADJUSTMENTS) },
  { "unreconciled_customer_funds", GROUP (ADJUSTMENTS) },
  { "payout", GROUP (TRANSFERS) },
  { "payout_reversal", GROUP (TRANSFERS) },
  { "topup", GROUP (TRANSFERS) },
  { "topup_reversal", GROUP (TRANSFERS) },
  { "transfer", GROUP (TRANSFERS) },
  { "transfer_reversal", GROUP (TRANSFERS) },
};

/* Where Stripe gives no category, by the type. */
static const struct {
  const char *type;
  const char *category;
} types[] = {
  { "charge", "charge" },
  { "payment", "charge" },
  { "payment_failure_refund", "charge_failure" },
  { "refund", "refund" },
  { "payment_refund", "refund" },
  { "payment_reversal", "refund" },
  { "refund_failure", "refund_failure" },
  { "stripe_fee", "fee" },
  { "stripe_fx_fee", "fee" },
  { "tax_fee", "tax" },
  { "adjustment", "other_adjustment" },
  { "reserve_transaction", "risk_reserved_funds" },
  { "reserve_hold", "risk_reserved_funds" },
  { "reserve_release", "risk_reserved_funds" },
  { "reserved_funds", "risk_reserved_funds" },
};

static const struct {
  const char *nick;
  const char *label;
} groups[] = {
  [GROUP (CHARGES)] = { "charges", N_("Payments") },
  [GROUP (REFUNDS)] = { "refunds", N_("Refunds") },
  [GROUP (DISPUTES)] = { "disputes", N_("Disputes") },
  [GROUP (FEES)] = { "fees", N_("Stripe’s fees") },
  [GROUP (OTHER_FEES)] = { "other-fees", N_("Other fees of Stripe’s") },
  [GROUP (ADJUSTMENTS)] = { "adjustments", N_("Adjustments") },
  [GROUP (TRANSFERS)] = { "transfers", N_("Transfers and other") },
};

static const char *
get_category (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_strcmp0 (types[i].type, type) == 0)
        return types[i].category;
    }

  return NULL;
}

/**
 * billing_payout_group_of:
 * @category: (nullable): Stripe's reporting category of a balance transaction
 * @type: (nullable): its type, which counts where there is no category
 *
 * Returns: the line of a statement in which it stands
 */
BillingPayoutGroup
billing_payout_group_of (const char *category,
                         const char *type)
{
  if (category == NULL || *category == '\0')
    category = get_category (type);

  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      if (g_strcmp0 (categories[i].category, category) == 0)
        return categories[i].group;
    }

  return GROUP (TRANSFERS);
}

/**
 * billing_payout_group_get_nick:
 * @group: a line of a statement
 *
 * Returns: what the command line calls it
 */
const char *
billing_payout_group_get_nick (BillingPayoutGroup group)
{
  return groups[group].nick;
}

/**
 * billing_payout_group_get_label:
 * @group: a line of a statement
 *
 * Returns: what people call it, translated
 */
const char *
billing_payout_group_get_label (BillingPayoutGroup group)
{
  return _(groups[group].label);
}

/**
 * billing_payout_statement_new:
 * @amount: of the payout
 * @currency: ISO 4217
 *
 * Returns: (transfer full): a statement without transactions, said to be incomplete
 */
BillingPayoutStatement *
billing_payout_statement_new (gint64      amount,
                              const char *currency)
{
  BillingPayoutStatement *self = g_new0 (BillingPayoutStatement, 1);

  self->standing = BILLING_PAYOUT_STANDING_INCOMPLETE;
  self->amount = amount;
  self->currency = g_strdup (currency);
  return self;
}

void
billing_payout_statement_free (BillingPayoutStatement *self)
{
  g_free (self->currency);
  g_free (self);
}

/**
 * billing_payout_statement_add:
 * @self: a statement
 * @category: (nullable): of the transactions
 * @type: (nullable): likewise
 * @count: how many they are
 * @amount: their gross amounts together
 * @n_fees: of how many Stripe kept something
 * @fees: that, together
 */
void
billing_payout_statement_add (BillingPayoutStatement *self,
                              const char             *category,
                              const char             *type,
                              gint64                  count,
                              gint64                  amount,
                              gint64                  n_fees,
                              gint64                  fees)
{
  BillingPayoutLine *line = &self->lines[billing_payout_group_of (category, type)];

  line->count += count;
  line->amount += amount;
  self->lines[GROUP (FEES)].count += n_fees;
  self->lines[GROUP (FEES)].amount -= fees;
  self->count += count;
  self->net += amount - fees;
}

static const char * const standings[] = {
  [BILLING_PAYOUT_STANDING_NOT_ITEMISED] = "not-itemised",
  [BILLING_PAYOUT_STANDING_IN_PROGRESS] = "in-progress",
  [BILLING_PAYOUT_STANDING_INCOMPLETE] = "incomplete",
  [BILLING_PAYOUT_STANDING_MATCHES] = "matches",
  [BILLING_PAYOUT_STANDING_DIFFERS] = "differs",
};

/**
 * billing_payout_statement_get_standing:
 * @self: a statement
 *
 * Returns: what the command line calls its standing
 */
const char *
billing_payout_statement_get_standing (BillingPayoutStatement *self)
{
  return standings[self->standing];
}

static char *
describe_difference (BillingPayoutStatement *self)
{
  gint64 difference = self->net - self->amount;
  g_autofree char *net = billing_money_format (billing_money_new (self->net, self->currency), NULL);
  g_autofree char *by = billing_money_format (billing_money_new (ABS (difference), self->currency), NULL);

  /* TRANSLATORS: two amounts: what a payout's transactions come to, and by how much that is more */
  return g_strdup_printf (difference > 0
    ? _("Its transactions come to %s, %s more than the payout. Bring Stripe’s data up to date; if it is still so, compare the"
        " payout with its page at Stripe, and ask Stripe’s support about it.")
    : _("Its transactions come to %s, %s less than the payout. Bring Stripe’s data up to date; if it is still so, compare the"
        " payout with its page at Stripe, and ask Stripe’s support about it."), net, by);
}

/**
 * billing_payout_statement_describe:
 * @self: a statement
 *
 * Returns: (transfer full): what its standing means, and what to do
 */
char *
billing_payout_statement_describe (BillingPayoutStatement *self)
{
  switch (self->standing)
    {
    case BILLING_PAYOUT_STANDING_NOT_ITEMISED:
      return g_strdup (_("Stripe does not say which transactions are in a payout that was made by hand or at once."));
    case BILLING_PAYOUT_STANDING_IN_PROGRESS:
      return g_strdup (_("Stripe is still putting together what is in this payout. It stands here when Stripe is done,"
                         " mostly within a day."));
    case BILLING_PAYOUT_STANDING_MATCHES:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Its %" PRId64 " transaction comes to the payout, to the cent.",
                                           "Its %" PRId64 " transactions come to the payout, to the cent.", (gulong) self->count),
                              self->count);
    case BILLING_PAYOUT_STANDING_DIFFERS:
      return describe_difference (self);
    case BILLING_PAYOUT_STANDING_INCOMPLETE:
    default:
      return g_strdup (_("The list of its transactions is not whole here yet. It comes when Stripe’s data are brought up to date."));
    }
}

/* --- why it failed ---------------------------------------------------------------------------- */

static const struct {
  const char *code;
  const char *sentence;
} failures[] = {
  { "account_closed", N_("The bank account has been closed.") },
  { "account_frozen", N_("The bank account has been frozen.") },
  { "bank_account_restricted", N_("The bank account allows only some kinds of payment, and this is none of them.") },
  { "bank_ownership_changed", N_("The bank account is no longer valid, because its branch has changed hands.") },
  { "could_not_process", N_("The bank could not process the payout.") },
  { "debit_not_authorized", N_("The bank account does not let Stripe take money from it, which a negative balance needs.") },
  { "declined", N_("The bank declined the payout.") },
  { "expired_card", N_("The debit card that it was sent to has expired.") },
  { "incorrect_account_holder_address", N_("The address of the account’s owner is not the one that the bank has.") },
  { "incorrect_account_holder_name", N_("The name of the account’s owner is not the one that the bank has.") },
  { "incorrect_account_holder_tax_id", N_("The tax number of the account’s owner is not the one that the bank has.") },
  { "insufficient_funds", N_("There was not enough money in the Stripe balance, or in the account that was to be debited.") },
  { "invalid_account_number", N_("The routing number is right, but the account number is not.") },
  { "invalid_account_number_length", N_("The account number has too few or too many digits.") },
  { "invalid_card", N_("The number of the debit card is not valid.") },
  { "invalid_currency", N_("The bank account does not take this currency.") },
  { "lost_or_stolen_card", N_("The debit card that it was sent to was reported lost or stolen.") },
  { "no_account", N_("The bank knows no such account: its number or its owner’s name is wrong.") },
  { "refer_to_card_issuer", N_("The bank of the debit card declined the payout, and has to be asked why.") },
  { "unsupported_card", N_("The debit card cannot take payouts.") },
};

/**
 * billing_payout_describe_failure:
 * @code: (nullable): Stripe's failure code of a payout
 *
 * Returns: (nullable): the reason in plain words, translated; %NULL for a code that this version does not know
 */
const char *
billing_payout_describe_failure (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      if (g_strcmp0 (failures[i].code, code) == 0)
        return _(failures[i].sentence);
    }

  return NULL;
}
