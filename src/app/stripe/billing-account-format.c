/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-account-format"

#include "config.h"

#include "billing-account-format.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-format.h"
#include "billing-notice-words.h"
#include "billing-payout.h"

typedef struct {
  const char *word;
  const char *label;
} Word;

static const Word truths[] = {
  { "true", N_("Yes") }, { "false", N_("No") }, { NULL, NULL },
};

static const Word business_types[] = {
  { "company", N_("Company") }, { "government_entity", N_("Public body") },
  { "individual", N_("One person") }, { "non_profit", N_("Non-profit organisation") }, { NULL, NULL },
};

static const Word switches[] = {
  { "true", N_("switch|On") }, { "false", N_("Switched off") }, { "enabled", N_("switch|On") }, { "disabled", N_("Switched off") },
  { NULL, NULL },
};

static const Word bank_standings[] = {
  { "new", N_("not checked yet") }, { "validated", N_("the account exists") }, { "verified", N_("verified") },
  { "verification_failed", N_("the verification failed") },
  { "tokenized_account_number_deactivated", N_("its number is no longer in use") },
  { "errored", N_("a payout failed; Stripe sends no more there") }, { NULL, NULL },
};

static const Word standings[] = {
  { "active", N_("Active") }, { "inactive", N_("Inactive") }, { "pending", N_("Pending") },
  { "disabled", N_("Switched off") }, { "unrequested", N_("Not asked for") },
  { "past_due", N_("Overdue") }, { "currently_due", N_("what Stripe wants|Due") }, { "pending_verification", N_("Being checked") },
  { "eventually_due", N_("Later") }, { "future", N_("New rules") }, { NULL, NULL },
};

/* The colours of a status (style.css). */
static const Word styles[] = {
  { "active", "paid" }, { "inactive", "failed" }, { "pending", "processing" }, { "disabled", "failed" },
  { "past_due", "failed" }, { "currently_due", "pending" }, { "pending_verification", "processing" }, { NULL, NULL },
};

/* The codes by which card networks know what a business does, for those that may use this program. */
static const Word professions[] = {
  { "4119", N_("Ambulance services") }, { "5047", N_("Medical and dental equipment") }, { "5912", N_("Pharmacies") },
  { "5975", N_("Hearing aids") }, { "5976", N_("Orthopaedic goods") }, { "7277", N_("Counselling services") },
  { "7298", N_("Health and beauty spas") }, { "0742", N_("Veterinary services") }, { "8011", N_("Doctors and physicians") },
  { "8021", N_("Dentists and orthodontists") }, { "8031", N_("Osteopaths") }, { "8041", N_("Chiropractors") },
  { "8042", N_("Optometrists and ophthalmologists") }, { "8043", N_("Opticians and eyeglasses") },
  { "8049", N_("Podiatrists and chiropodists") }, { "8050", N_("Nursing and personal care") }, { "8062", N_("Hospitals") },
  { "8071", N_("Medical and dental laboratories") }, { "8099", N_("Medical and health services") }, { NULL, NULL },
};

static const char *
find (const Word *words,
      const char *word)
{
  for (; words->word != NULL; words++)
    {
      if (g_strcmp0 (words->word, word) == 0)
        return words->label;
    }

  return NULL;
}

/* What Stripe has no value for is said; what it does not mention is not. */
char *
billing_account_format_text (const char *text)
{
  if (text == NULL)
    return NULL;

  return g_strdup (*text != '\0' ? text : _("Not set"));
}

static char *
format_word (const Word *words,
             const char *word)
{
  const char *label = find (words, word);

  return label != NULL ? g_strdup (Q_(label)) : billing_account_format_text (word);
}

char *
billing_account_format_truth (const char *text)
{
  return format_word (truths, text);
}

char *
billing_account_format_type (const char *type)
{
  return format_word (business_types, type);
}

char *
billing_account_format_switch (const char *word)
{
  return format_word (switches, word);
}

/**
 * billing_account_format_mcc:
 * @code: (nullable): a merchant category code
 *
 * Returns: (transfer full) (nullable): the profession and its code
 */
char *
billing_account_format_mcc (const char *code)
{
  const char *label = find (professions, code);

  return label != NULL ? g_strdup_printf ("%s (%s)", _(label), code) : billing_account_format_text (code);
}

char *
billing_account_format_schedule (BillingStripeAccount *account)
{
  g_autoptr (BillingPayoutSchedule) schedule = NULL;

  if (account->payout_interval == NULL)
    return NULL;

  schedule = billing_payout_schedule_new (account->payout_interval, account->payout_days, account->payout_days);
  return billing_payout_schedule_describe (schedule);
}

/**
 * billing_account_format_delay:
 * @days: (nullable): how many days Stripe keeps what it collected
 *
 * Returns: (transfer full) (nullable): a few words
 */
char *
billing_account_format_delay (const char *days)
{
  guint64 n;

  if (days == NULL || !g_ascii_string_to_unsigned (days, 10, 0, G_MAXINT32, &n, NULL))
    return billing_account_format_text (days);

  return g_strdup_printf (g_dngettext (NULL, "%" PRIu64 " day after the payment", "%" PRIu64 " days after the payment", n), n);
}

char *
billing_account_format_person (BillingStripeAccount *account)
{
  g_autofree char *name = g_strdup_printf ("%s %s", account->first_name != NULL ? account->first_name : "",
                                           account->last_name != NULL ? account->last_name : "");

  g_strstrip (name);
  return *name != '\0' ? g_steal_pointer (&name) : billing_account_format_text (account->first_name);
}

/**
 * billing_account_format_bank:
 * @bank: where payouts go
 *
 * Returns: (transfer full): what people call it; its id where Stripe says no more
 */
char *
billing_account_format_bank (BillingBankAccount *bank)
{
  gboolean has_bank = bank->bank != NULL && *bank->bank != '\0';
  gboolean has_end = bank->last4 != NULL && *bank->last4 != '\0';

  if (has_bank && has_end)
    return g_strdup_printf ("%s ···· %s", bank->bank, bank->last4);
  if (has_end)
    return g_strdup_printf ("···· %s", bank->last4);

  return g_strdup (has_bank ? bank->bank : billing_record_get_id (BILLING_RECORD (bank)));
}

static void
append (GString    *text,
        const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static char *
format_use (BillingBankAccount *bank,
            const char         *time_zone)
{
  g_autofree char *when = NULL;

  if (bank->last_used_at == 0)
    return g_strdup (_("no payout yet"));

  when = billing_format_instant (NULL, bank->last_used_at, time_zone);
  /* Translators: how many payouts went to a bank account, and when the last one was */
  return g_strdup_printf (g_dngettext (NULL, "%" PRId64 " payout, on %s", "%" PRId64 " payouts, the last on %s", (gulong) bank->payouts),
                          bank->payouts, when);
}

/**
 * billing_account_format_bank_facts:
 * @bank: where payouts go
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): its currency, how it stands, and when it was used
 */
char *
billing_account_format_bank_facts (BillingBankAccount *bank,
                                   const char         *time_zone)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *standing = find (bank_standings, bank->status);
  g_autofree char *use = format_use (bank, time_zone);

  append (text, bank->currency);
  append (text, g_strcmp0 (bank->standard, "true") == 0 ? _("the usual one") : NULL);
  append (text, standing != NULL ? _(standing) : bank->status);
  append (text, use);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* As it stands at the beginning of a line. */
static char *
capitalize (const char *text)
{
  g_autofree char *first = NULL;

  if (*text == '\0')
    return g_strdup (text);

  first = g_utf8_strup (text, (gssize) (g_utf8_next_char (text) - text));
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

char *
billing_account_format_capability (const char *name)
{
  g_autofree char *word = billing_notice_word ("capability", name);

  /* A name that nobody knows stays Stripe's. */
  return g_str_equal (word, name) ? g_steal_pointer (&word) : capitalize (word);
}

/* Of a capability or of something that Stripe wants. */
const char *
billing_account_format_standing (const char *standing)
{
  const char *label = find (standings, standing);

  return label != NULL ? Q_(label) : standing;
}

const char *
billing_account_format_style (const char *standing)
{
  const char *style = find (styles, standing);

  return style != NULL ? style : "quiet";
}

char *
billing_account_format_requirement (BillingRequirement *requirement)
{
  const char *name = billing_record_get_id (BILLING_RECORD (requirement));
  g_autofree char *word = billing_notice_word ("requirement", name);

  return g_str_equal (word, name) ? g_steal_pointer (&word) : capitalize (word);
}

/**
 * billing_account_format_want:
 * @requirement: something that Stripe wants to know
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): by when, and what was wrong with it
 */
char *
billing_account_format_want (BillingRequirement *requirement,
                             const char         *time_zone)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *when = requirement->due_at != 0 ? billing_format_instant (NULL, requirement->due_at, time_zone) : NULL;
  /* Translators: a date and time */
  g_autofree char *by = when != NULL ? g_strdup_printf (_("By %s"), when) : NULL;

  append (text, by);
  append (text, requirement->reason);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
