/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-story-format"

#include "config.h"

#include "billing-story-format.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-format.h"

static const char * const titles[] = {
  [BILLING_STORY_CREATED] = N_("Created"),
  [BILLING_STORY_DECLINED] = N_("Declined"),
  [BILLING_STORY_BLOCKED] = N_("Blocked by Stripe"),
  [BILLING_STORY_PENDING] = N_("On its way"),
  [BILLING_STORY_AUTHORISED] = N_("Authorised"),
  [BILLING_STORY_COLLECTED] = N_("Collected"),
  [BILLING_STORY_CAPTURED] = N_("Captured"),
  [BILLING_STORY_RELEASED] = N_("Rest released"),
  [BILLING_STORY_FEE] = N_("Stripe’s fee"),
  [BILLING_STORY_CANCELED] = N_("Canceled"),
  [BILLING_STORY_RETURNED] = N_("Returned by the bank"),
  [BILLING_STORY_WARNING] = N_("Early fraud warning"),
  [BILLING_STORY_REFUNDED] = N_("Refund"),
  [BILLING_STORY_REFUND_FAILED] = N_("Refund failed"),
  [BILLING_STORY_DISPUTED] = N_("Disputed"),
  [BILLING_STORY_DISPUTE_WON] = N_("Dispute won"),
  [BILLING_STORY_DISPUTE_LOST] = N_("Dispute lost"),
  [BILLING_STORY_DISPUTE_CLOSED] = N_("Dispute closed"),
  [BILLING_STORY_AVAILABLE] = N_("Available"),
  [BILLING_STORY_PAID_OUT] = N_("In a payout"),
};

/* Stripe's reporting categories. */
static const struct {
  const char *category;
  const char *label;
} categories[] = {
  { "charge", N_("Gross") },
  { "charge_failure", N_("Returned by the bank") },
  { "dispute", N_("Dispute") },
  { "dispute_reversal", N_("Dispute won") },
  { "fee", N_("Stripe’s fee") },
  { "network_cost", N_("Network costs") },
  { "partial_capture_reversal", N_("Not captured") },
  { "refund", N_("Refunds") },
  { "refund_failure", N_("Failed refunds") },
};

/**
 * billing_story_format_word:
 * @word: (nullable): one of Stripe's, such as `insufficient_funds`
 *
 * Returns: (transfer full) (nullable): it with blanks, and a capital at its beginning
 */
char *
billing_story_format_word (const char *word)
{
  g_autofree char *text = NULL;

  if (word == NULL || *word == '\0')
    return NULL;

  text = g_strdelimit (g_strdup (word), "_", ' ');
  *text = g_ascii_toupper (*text);
  return g_steal_pointer (&text);
}

/**
 * billing_story_format_title:
 * @event: what happened
 *
 * Returns: (transfer full): it, with its amount
 */
char *
billing_story_format_title (BillingStoryEvent *event)
{
  g_autofree char *amount = event->amount != 0 ? billing_format_money (NULL, event->amount, event->currency) : NULL;
  const char *title = _(titles[event->what]);

  return amount != NULL ? g_strdup_printf ("%s · %s", title, amount) : g_strdup (title);
}

static void
append (GString    *text,
        const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, " · %s", part);
}

/**
 * billing_story_format_detail:
 * @event: what happened
 * @time_zone: the practice's
 *
 * Returns: (transfer full): when, and what Stripe says of it
 */
char *
billing_story_format_detail (BillingStoryEvent *event,
                             const char        *time_zone)
{
  g_autofree char *when = billing_instant_format (event->at, time_zone, NULL);
  g_autofree char *code = event->what != BILLING_STORY_FEE ? billing_story_format_word (event->code) : NULL;
  g_autofree char *status = billing_story_format_word (event->detail);
  g_autoptr (GString) text = g_string_new (when);
  /* Stripe's sentences are left as they are; its words are no sentences. */
  gboolean is_sentence = event->detail != NULL && strchr (event->detail, ' ') != NULL;

  append (text, is_sentence ? event->detail : status);
  append (text, code);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * billing_story_format_line:
 * @line: what changes the balance
 *
 * Returns: (transfer full): what it is for; a category that is not known is shown as it is
 */
char *
billing_story_format_line (BillingStoryLine *line)
{
  if (line->detail != NULL)
    return g_strdup (line->detail);

  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      if (g_strcmp0 (categories[i].category, line->category) == 0)
        return g_strdup (_(categories[i].label));
    }

  return billing_story_format_word (line->category);
}
