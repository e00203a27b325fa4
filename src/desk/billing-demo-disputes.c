/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-disputes"

#include "config.h"

#include "billing-demo-private.h"

/*
 * Payments that are taken back, or asked about: of each way in which a dispute can stand, one. What is told here only chooses the
 * card and the answer; how it goes on is the sandbox's.
 */

/* A clinic of fewer payments has too few cards. */
#define ENOUGH 300

/* 30.00: worth an answer. */
#define LEAST 3000

typedef struct {
  guint days;           /* about so many days ago */
  const char *card;     /* that its owner disputes */
  const char *evidence; /* (nullable): what the clinic answered */
  gboolean has_paper;   /* there is something to answer with */
} Story;

/* Oldest first. The last two can be answered for some days yet. */
static const Story stories[] = {
  { 45, "pm_card_createDispute", "winning_evidence", TRUE },
  { 26, "pm_card_createDisputeProductNotReceived", "losing_evidence", FALSE },
  { 17, "pm_card_createDisputeProductNotReceived",
    "The patient came to the visit on the day of the payment and signed for the amount at the front desk.", FALSE },
  { 8, "pm_card_createDispute", NULL, TRUE },
  { 8, "pm_card_createDisputeInquiry", NULL, FALSE },
};

/* The answer came on the day after. */
static gboolean
has_time (BillingDemo     *self,
          BillingDemoStep *step,
          const Story     *story)
{
  return story->evidence == NULL || step->at + 2 * 86400 < self->end;
}

static gboolean
file_paper (BillingDemo      *self,
            BillingDemoStep  *step,
            GError          **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DOCUMENT_ADD, step->plan->number);

  billing_desk_set_clock (self->desk, step->at);
  billing_desk_act_as (self->desk, self->persons[0]);
  return billing_demo_file_document (self, act, billing_demo_write_agreement (self, step->plan, error), error);
}

/**
 * billing_demo_dispute:
 * @self: a clinic
 * @step: a payment by card through Stripe, before it is told
 * @amount: minor units
 * @error: return location for an error
 *
 * Makes @step one that is disputed, where it is time for one.
 *
 * Returns: whether that could be done, or need not be
 */
gboolean
billing_demo_dispute (BillingDemo      *self,
                      BillingDemoStep  *step,
                      gint64            amount,
                      GError          **error)
{
  const Story *story = &stories[MIN (self->n_disputes, G_N_ELEMENTS (stories) - 1)];

  if (self->n_payments < ENOUGH || self->n_disputes == G_N_ELEMENTS (stories) || self->day + story->days < BILLING_DEMO_DAYS ||
      amount < LEAST || !g_str_equal (step->outcome, "succeeded") || !has_time (self, step, story))
    return TRUE;

  self->n_disputes++;
  step->outcome = "disputed";
  step->card = story->card;
  step->evidence = story->evidence;
  return !story->has_paper || file_paper (self, step, error);
}
