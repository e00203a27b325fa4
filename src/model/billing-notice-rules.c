/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notice-rules"

#include "config.h"

#include "billing-notice-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-day.h"
#include "billing-money.h"
#include "billing-notice-words.h"

/*
 * The one table of what people are notified of. How each is found in the mirror and the books stands under the same nick in the store
 * (billing-notice-find.c); tests/desk/test-notices.c has a test for each.
 */
static const BillingNoticeRule rules[] = {
  { "dispute-due", N_("Disputes to answer"), TRUE,
    N_("A dispute over {amount} needs an answer"), NULL,
    N_("{detail} Without an answer the money is lost."),
    "dispute", N_("Answer by {due}"),
    N_("Answer…"), "win.show-stripe", "payments/disputes/{subject}", "notify-disputes" },
  { "inquiry-due", N_("Inquiries to answer"), TRUE,
    N_("A bank asks about a payment of {amount}"), NULL,
    N_("{detail} No money has moved yet; without an answer it may become a dispute."),
    "dispute", N_("Answer by {due}"),
    N_("Answer…"), "win.show-stripe", "payments/disputes/{subject}", "notify-disputes" },
  { "fraud-warning", N_("Early fraud warnings"), TRUE,
    N_("A payment of {amount} is reported as fraud"), NULL,
    N_("{detail} It is likely to be disputed: refunding it now avoids the dispute and its fee."),
    "fraud", NULL,
    N_("Show Payment"), "win.show-stripe", "payments/payments/{subject}", "notify-disputes" },
  { "dispute-lost", N_("Lost disputes"), FALSE,
    N_("The dispute over {amount} was lost"), NULL,
    N_("{detail} The payer keeps the money. Bill it again, or write it off."),
    "dispute", NULL,
    N_("Decide…"), "win.show-stripe", "payments/disputes/{subject}", "notify-disputes" },
  { "dispute-won", N_("Won disputes"), FALSE,
    N_("The dispute over {amount} was won"), NULL,
    N_("Stripe gives the money back to the balance."),
    NULL, NULL,
    N_("Show Dispute"), "win.show-stripe", "payments/disputes/{subject}", "notify-disputes" },

  { "requirement-past-due", N_("Verification, overdue"), TRUE,
    N_("Stripe is still missing: {detail}"), NULL,
    N_("The time for it is over, and Stripe limits what the account may do until it has it."),
    "requirement", N_("It was due by {due}"),
    N_("Open Stripe"), "win.open-stripe", "settings/account", "notify-requirements" },
  { "requirement-due", N_("Verification, due"), TRUE,
    N_("Stripe needs: {detail}"), NULL,
    N_("Without it, payments and payouts will be switched off."),
    "requirement", N_("Due by {due}"),
    N_("Open Stripe"), "win.open-stripe", "settings/account", "notify-requirements" },
  { "requirement-eventual", N_("Verification, later"), FALSE,
    N_("Stripe will need: {detail}"), NULL,
    N_("There is no deadline yet. Having it ready avoids an interruption."),
    "requirement", NULL,
    N_("Open Stripe"), "win.open-stripe", "settings/account", "notify-requirements" },
  { "requirement-future", N_("Verification, new rules"), FALSE,
    N_("New rules will ask for: {detail}"), NULL,
    N_("Stripe announces it for later. Having it ready avoids an interruption."),
    "requirement", N_("Due by {due}"),
    N_("Open Stripe"), "win.open-stripe", "settings/account", "notify-requirements" },

  { "charges-off", N_("Payments switched off"), TRUE,
    N_("Stripe takes no payments for this account"), NULL,
    N_("Reason: {detail} Patients cannot pay by Stripe until it is dealt with."),
    "disabled", NULL,
    N_("Open Stripe"), "win.open-stripe", "settings/account", "notify-account" },
  { "payouts-off", N_("Payouts switched off"), TRUE,
    N_("Stripe pays nothing out to the bank"), NULL,
    N_("Reason: {detail} What comes in stays in the balance until it is dealt with."),
    "disabled", NULL,
    N_("Open Stripe"), "win.open-stripe", "settings/account", "notify-account" },
  { "capability-off", N_("Disabled capabilities"), TRUE,
    N_("Switched off at Stripe: {detail}"), NULL,
    N_("It was asked for, and Stripe does not allow it at present."),
    "capability", NULL,
    N_("Open Stripe"), "win.open-stripe", "settings/account", "notify-account" },
  { "capability-pending", N_("Pending capabilities"), FALSE,
    N_("Not yet allowed by Stripe: {detail}"), NULL,
    N_("Stripe is looking into it. Nothing needs to be done unless it asks for something."),
    "capability", NULL,
    N_("Open Stripe"), "win.open-stripe", "settings/account", "notify-account" },
  { "key-refused", N_("Key refused"), TRUE,
    N_("Stripe refuses the practice’s key"), NULL,
    N_("Nothing is sent or fetched until there is a key that Stripe accepts: it was revoked, has expired, or is another’s."),
    NULL, NULL,
    N_("Show Key"), "win.show-page", "administration", "notify-account" },
  { "permission-missing", N_("Missing permissions"), FALSE,
    N_("The key may not read: {detail}"), NULL,
    N_("What this program says about it may be out of date. Allow it for the key, or enter another key."),
    "stream", NULL,
    N_("Show Key"), "win.show-page", "administration", "notify-account" },
  { "header-notice", N_("Notices of Stripe"), FALSE,
    N_("Stripe says something to whoever runs this program"), NULL,
    "{detail}",
    NULL, NULL,
    N_("Open Stripe"), "win.open-stripe", "developers", "notify-account" },

  { "payout-failed", N_("Failed payouts"), TRUE,
    N_("A payout of {amount} failed"), NULL,
    N_("{detail} The money is back in Stripe’s balance."),
    "payout", NULL,
    N_("Show Payout"), "win.show-stripe", "payments/payouts/{subject}", "notify-payouts" },
  { "payout-late", N_("Late payouts"), TRUE,
    N_("A payout of {amount} is late"), NULL,
    N_("It was to arrive on {day}, and Stripe does not say that it did. Ask the bank with the payout’s trace id."),
    NULL, NULL,
    N_("Show Payout"), "win.show-stripe", "payments/payouts/{subject}", "notify-payouts" },
  { "payout-canceled", N_("Cancelled payouts"), FALSE,
    N_("A payout of {amount} was cancelled"), NULL,
    N_("The money is back in Stripe’s balance."),
    NULL, NULL,
    N_("Show Payout"), "win.show-stripe", "payments/payouts/{subject}", "notify-payouts" },
  { "bank-account", N_("Bank account"), TRUE,
    N_("Stripe cannot pay out to the bank account"), NULL,
    N_("{detail} Only Stripe’s own page can change the account."),
    "payout", NULL,
    N_("Open Stripe"), "win.open-stripe", "settings/payouts", "notify-payouts" },

  { "refund-failed", N_("Failed refunds"), TRUE,
    N_("A refund of {amount} did not go back"), NULL,
    N_("{detail} The money is in Stripe’s balance again, and the payer has not got it: give it back another way."),
    "refund", NULL,
    N_("Show Payment"), "win.show-stripe", "payments/payments/{subject}", "notify-failures" },
  { "payment-failed", N_("Failed payments"), TRUE,
    N_("{payment}: a payment of {amount} failed"), NULL,
    N_("{detail} It is still owed: ask for it again, or make a link."),
    "decline", NULL,
    N_("Show Payment"), "win.show-payment", "{payment}", "notify-failures" },
  { "charge-failed", N_("Failed payments of nobody"), FALSE,
    N_("A Stripe payment of {amount} failed"), NULL,
    N_("{detail} It belongs to no patient here."),
    "decline", NULL,
    N_("Show Payment"), "win.show-stripe", "payments/payments/{subject}", "notify-failures" },
  { "charge-unassigned", N_("Payments without a patient"), FALSE,
    N_("A Stripe payment of {amount} has no patient"), N_("{count} Stripe payments have no patient: {amount}"),
    N_("From {day}. Money without a patient counts for nobody: say whose it is."),
    NULL, NULL,
    N_("Assign…"), "win.show-stripe", "payments/payments/{subject}", "notify-failures" },
};

/**
 * billing_notice_rule_nth:
 * @i: from 0
 *
 * Returns: (transfer none) (nullable): the rule, the most pressing first; %NULL after the last
 */
const BillingNoticeRule *
billing_notice_rule_nth (guint i)
{
  return i < G_N_ELEMENTS (rules) ? &rules[i] : NULL;
}

/**
 * billing_notice_rule_find:
 * @nick: of a rule
 *
 * Returns: (transfer none) (nullable): it; %NULL where a later program found a notice that this one does not know
 */
const BillingNoticeRule *
billing_notice_rule_find (const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (g_str_equal (rules[i].nick, nick))
        return &rules[i];
    }

  return NULL;
}

/**
 * billing_notice_rule_get_label:
 * @nick: of a rule
 *
 * Returns: what it is about, translated
 */
const char *
billing_notice_rule_get_label (const char *nick)
{
  const BillingNoticeRule *rule = billing_notice_rule_find (nick);

  return rule != NULL ? _(rule->label) : nick;
}

/* --- words ------------------------------------------------------------------------------------ */

static char *
format_amount (BillingNotice *notice)
{
  const char *currency = notice->currency;

  if (currency == NULL)
    return g_strdup (_("an unknown amount"));
  if (!billing_currency_is_known (currency))
    return g_strdup_printf ("%" G_GINT64_FORMAT " %s", notice->amount, currency);

  return billing_money_format (billing_money_new (notice->amount, currency), NULL);
}

/* A code, and perhaps what Stripe says of it on the next line. A code's words end with a full stop where they are a sentence; where
 * Stripe says nothing, nothing is said. */
static char *
format_detail (BillingNotice           *notice,
               const BillingNoticeRule *rule)
{
  g_auto (GStrv) lines = g_strsplit (notice->detail != NULL ? notice->detail : "", "\n", 2);
  const char *code = lines[0] != NULL ? lines[0] : "";
  const char *reason = lines[0] != NULL ? lines[1] : NULL;
  g_autofree char *words = rule->words != NULL ? billing_notice_word (rule->words, code) : g_strdup (code);

  return reason != NULL && *reason != '\0' ? g_strdup_printf ("%s (%s)", words, reason) : g_steal_pointer (&words);
}

/* Days that Stripe names are days of UTC; a time of something is one of the practice. */
static char *
format_day (BillingNotice *notice,
            const char    *time_zone)
{
  g_autofree char *day = notice->detail != NULL && billing_day_is_valid (notice->detail)
    ? g_strdup (notice->detail) : billing_day_from_instant (notice->created_at, time_zone);

  return billing_day_format (day, NULL);
}

static char *
format_due (BillingNotice *notice,
            const char    *time_zone)
{
  return notice->due_at > 0 ? billing_instant_format (notice->due_at, time_zone, NULL) : g_strdup ("");
}

/* Takes @value. */
static void
replace (GString    *text,
         const char *name,
         char       *value)
{
  g_string_replace (text, name, value, 0);
  g_free (value);
}

static char *
fill_in (const char              *template,
         BillingNotice           *notice,
         const BillingNoticeRule *rule,
         const char              *time_zone)
{
  GString *text = g_string_new (template);

  /* What Stripe says last, so that it is not taken for a place to fill in. */
  replace (text, "{amount}", format_amount (notice));
  replace (text, "{payment}", g_strdup (notice->payment != NULL ? notice->payment : _("No patient")));
  replace (text, "{count}", g_strdup (notice->detail != NULL ? notice->detail : ""));
  replace (text, "{day}", format_day (notice, time_zone));
  replace (text, "{due}", format_due (notice, time_zone));
  replace (text, "{detail}", format_detail (notice, rule));
  return g_strstrip (g_string_free (text, FALSE));
}

static char *
build_target (BillingNotice           *notice,
              const BillingNoticeRule *rule)
{
  GString *target = g_string_new (rule->target);

  replace (target, "{payment}", g_strdup (notice->payment_id != NULL ? notice->payment_id : ""));
  if (notice->subject == NULL)
    replace (target, "/{subject}", g_strdup (""));
  else
    replace (target, "{subject}", g_strdup (notice->subject));
  return g_string_free (target, FALSE);
}

/* What a later program found is shown by what it says itself. */
static BillingNoticeText *
describe_unknown (BillingNotice *notice)
{
  BillingNoticeText *text = g_new0 (BillingNoticeText, 1);

  text->title = g_strdup (notice->rule);
  text->body = g_strdup (notice->detail != NULL ? notice->detail : "");
  text->button = _("Open Stripe");
  text->action = "win.open-stripe";
  text->target = g_strdup ("");
  return text;
}

/**
 * billing_notice_describe:
 * @notice: a notification
 * @time_zone: the practice's
 *
 * Returns: (transfer full): it in words, with the one button that deals with it
 */
BillingNoticeText *
billing_notice_describe (BillingNotice *notice,
                         const char    *time_zone)
{
  const BillingNoticeRule *rule = billing_notice_rule_find (notice->rule);
  BillingNoticeText *text;
  gboolean is_many;

  if (rule == NULL)
    return describe_unknown (notice);

  text = g_new0 (BillingNoticeText, 1);
  is_many = rule->title_many != NULL && g_strcmp0 (notice->detail, "1") != 0;
  text->title = fill_in (_(is_many ? rule->title_many : rule->title), notice, rule, time_zone);
  /* Where there is nothing to be translated, gettext would give its own header. */
  text->body = fill_in (*rule->body != '\0' ? _(rule->body) : "", notice, rule, time_zone);
  text->due = rule->due != NULL && notice->due_at > 0 ? fill_in (_(rule->due), notice, rule, time_zone) : NULL;
  text->button = _(rule->button);
  text->action = rule->action;
  text->target = build_target (notice, rule);
  return text;
}

void
billing_notice_text_free (BillingNoticeText *self)
{
  g_free (self->title);
  g_free (self->body);
  g_free (self->due);
  g_free (self->target);
  g_free (self);
}

/**
 * billing_notice_is_open:
 * @notice: a notification
 * @now: Unix seconds
 *
 * Returns: whether it still is so, and nobody has dealt with it or put it off until later
 */
gboolean
billing_notice_is_open (BillingNotice *notice,
                        gint64         now)
{
  return notice->ended_at == 0 && notice->state != BILLING_NOTICE_STATE_DONE &&
         (notice->state != BILLING_NOTICE_STATE_SNOOZED || notice->snoozed_until <= now);
}

/**
 * billing_notice_describe_rest:
 * @due_at: Unix seconds of a deadline; 0: none
 * @now: Unix seconds
 * @time_zone: the practice's
 *
 * Returns: (transfer full) (nullable): how many of the practice's days are left, in words; %NULL: there is no deadline
 */
char *
billing_notice_describe_rest (gint64      due_at,
                              gint64      now,
                              const char *time_zone)
{
  g_autofree char *today = NULL;
  g_autofree char *last = NULL;
  int days;

  if (due_at <= 0)
    return NULL;
  if (due_at <= now)
    return g_strdup (_("The time is over"));

  today = billing_day_from_instant (now, time_zone);
  last = billing_day_from_instant (due_at, time_zone);
  days = (int) billing_day_difference (last, today);
  if (days <= 0)
    return g_strdup (_("Today is the last day"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day left", "%d days left", (gulong) days), days);
}
