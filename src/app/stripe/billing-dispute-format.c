/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-format"

#include "config.h"

#include "billing-dispute-format.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-day.h"
#include "billing-dispute-reason.h"
#include "billing-format.h"
#include "billing-list-format.h"
#include "billing-stripe-format.h"

/* From so many days on, the deadline is near. */
#define NEAR 3

/* Whole days of the practice: what is due tonight is due today. */
static gint64
count_days (BillingDispute *dispute,
            const char     *time_zone,
            const char     *today)
{
  g_autofree char *due = billing_day_from_instant (dispute->due_at, time_zone);

  return billing_day_difference (due, today);
}

static gboolean
has_deadline (BillingDispute *dispute)
{
  return dispute->due_at > 0 && (billing_dispute_status_get_flags (dispute->status) & BILLING_DISPUTE_NEEDS_ANSWER) != 0;
}

/**
 * billing_dispute_format_left:
 * @dispute: a dispute
 * @time_zone: the practice's
 * @today: which day it is there
 *
 * Returns: (transfer full) (nullable): how long it can be answered yet; %NULL where it cannot, or need not
 */
char *
billing_dispute_format_left (BillingDispute *dispute,
                             const char     *time_zone,
                             const char     *today)
{
  gint64 days;

  if (!has_deadline (dispute))
    return NULL;

  days = count_days (dispute, time_zone, today);
  if (days < 0)
    return g_strdup (_("the deadline has passed"));
  if (days == 0)
    return g_strdup (_("ends today"));

  return g_strdup_printf (ngettext ("%" PRId64 " day left", "%" PRId64 " days left", (gulong) days), days);
}

gboolean
billing_dispute_format_is_urgent (BillingDispute *dispute,
                                  const char     *time_zone,
                                  const char     *today)
{
  return has_deadline (dispute) && count_days (dispute, time_zone, today) <= NEAR;
}

/**
 * billing_dispute_format_deadline:
 * @dispute: a dispute
 * @time_zone: the practice's
 * @today: which day it is there
 *
 * Returns: (transfer full): by when to answer, for a column of such days
 */
char *
billing_dispute_format_deadline (BillingDispute *dispute,
                                 const char     *time_zone,
                                 const char     *today)
{
  g_autofree char *left = billing_dispute_format_left (dispute, time_zone, today);
  g_autofree char *day = NULL;

  if (left == NULL)
    return g_strdup ("—");

  day = billing_list_format_instant_day (dispute->due_at, time_zone);
  return g_strdup_printf ("%s · %s", day, left);
}

/**
 * billing_dispute_format_lead:
 * @dispute: a dispute
 * @time_zone: the practice's
 * @today: which day it is there
 *
 * Returns: (transfer full) (nullable): by when it can be answered, to the minute, and how long that is; %NULL where it cannot, or
 *   need not
 */
char *
billing_dispute_format_lead (BillingDispute *dispute,
                             const char     *time_zone,
                             const char     *today)
{
  g_autofree char *left = billing_dispute_format_left (dispute, time_zone, today);
  g_autofree char *when = NULL;

  if (left == NULL)
    return NULL;

  when = billing_instant_format_full (dispute->due_at, time_zone, NULL);
  /* Translators: a day of the week, a day and a time; how many days are left until then */
  return g_strdup_printf (_("Answer by %s · %s"), when, left);
}

/**
 * billing_dispute_format_payer:
 * @dispute: a dispute
 *
 * Returns: (transfer full): whose payment it is: our patient, or what Stripe knows of the payer
 */
char *
billing_dispute_format_payer (BillingDispute *dispute)
{
  return billing_stripe_format_who (dispute->patient_name, dispute->payer, NULL);
}

/**
 * billing_dispute_format_sentence:
 * @dispute: a dispute
 * @time_zone: the practice's
 * @today: which day it is there
 *
 * Returns: (transfer full): what a screen reader says of its row
 */
char *
billing_dispute_format_sentence (BillingDispute *dispute,
                                 const char     *time_zone,
                                 const char     *today)
{
  g_autofree char *amount = billing_format_money (NULL, dispute->amount, dispute->currency);
  const char *status = billing_dispute_status_get_label (dispute->status);
  g_autofree char *payer = billing_dispute_format_payer (dispute);
  g_autofree char *left = billing_dispute_format_left (dispute, time_zone, today);
  g_autofree char *day = billing_list_format_instant_day (dispute->due_at, time_zone);

  if (left == NULL)
    return g_strdup_printf ("%s, %s, %s", amount, status, payer);

  /* Translators: an amount, how a dispute stands, who paid, a day, how many days are left until then */
  return g_strdup_printf (_("%s, %s, %s, answer by %s, %s"), amount, status, payer, day, left);
}

static const char *
get_outcome (BillingDisputeAnswer *answer)
{
  switch (answer->outcome)
    {
    case BILLING_DISPUTE_OUTCOME_BILLED_AGAIN:
      return _("The patient is asked for the money again.");
    case BILLING_DISPUTE_OUTCOME_WRITTEN_OFF:
      return _("What was lost is written off.");
    case BILLING_DISPUTE_OUTCOME_NONE:
    default:
      return NULL;
    }
}

static char *
describe_state (BillingDisputeAnswer *answer,
                const char           *time_zone)
{
  g_autofree char *when = answer->submitted_at != 0 ? billing_instant_format (answer->submitted_at, time_zone, NULL) : NULL;

  switch (answer->state)
    {
    case BILLING_ANSWER_STATE_STAGING:
      return g_strdup (_("The draft of the answer is kept here, and is on its way to Stripe, which will not submit it."));
    case BILLING_ANSWER_STATE_STAGED:
      return g_strdup (_("The draft of the answer is kept here and at Stripe. It is not submitted."));
    case BILLING_ANSWER_STATE_SUBMITTING:
      return g_strdup (_("The answer waits to be sent to Stripe. It will be submitted once."));
    case BILLING_ANSWER_STATE_SUBMITTED:
      return when != NULL ? g_strdup_printf (_("The answer was submitted on %s."), when) : g_strdup (_("The answer was submitted."));
    case BILLING_ANSWER_STATE_ACCEPTING:
      return g_strdup (_("The acceptance of the dispute waits to be sent to Stripe."));
    case BILLING_ANSWER_STATE_ACCEPTED:
      return g_strdup (_("The practice accepted the dispute."));
    case BILLING_ANSWER_STATE_DRAFT:
    default:
      return g_strdup (_("The draft of the answer is kept here. Stripe does not have it."));
    }
}

/**
 * billing_dispute_format_answer:
 * @answer: what the practice answers
 * @dispute: to which dispute
 * @time_zone: the practice's
 *
 * Returns: (transfer full): where it stands, and what became of the money; empty where neither is worth saying
 */
char *
billing_dispute_format_answer (BillingDisputeAnswer *answer,
                               BillingDispute       *dispute,
                               const char           *time_zone)
{
  gboolean is_written = answer->state != BILLING_ANSWER_STATE_DRAFT ||
                        (billing_dispute_status_get_flags (dispute->status) & BILLING_DISPUTE_NEEDS_ANSWER) != 0;
  g_autofree char *state = is_written ? describe_state (answer, time_zone) : NULL;
  const char *outcome = get_outcome (answer);

  if (state != NULL && outcome != NULL)
    return g_strdup_printf ("%s %s", state, outcome);

  return state != NULL ? g_steal_pointer (&state) : g_strdup (outcome != NULL ? outcome : "");
}
