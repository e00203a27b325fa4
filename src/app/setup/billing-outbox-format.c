/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-outbox-format"

#include "config.h"

#include "billing-outbox-format.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-tax-format.h"

/* What Stripe is asked to do, by the outbox's words. */
static const struct {
  const char *kind;
  const char *label;
} kinds[] = {
  { "authorise", N_("Authorisation") },
  { "capture", N_("Capture") },
  { "void", N_("Void") },
  { "refund", N_("Refund") },
  { "late-refund", N_("Refund of late money") },
  { "link", N_("Payment link") },
  { "link-close", N_("Closing of a payment link") },
  { "session-expire", N_("Closing of an open payment page") },
  { "payout", N_("Payout") },
  { "payout-cancel", N_("Cancelling of a payout") },
  { "payout-schedule", N_("Payout schedule") },
  { "dispute-file", N_("File for a dispute") },
  { "dispute-save", N_("Draft of a dispute’s answer") },
  { "dispute-submit", N_("Answer to a dispute") },
  { "dispute-accept", N_("Acceptance of a dispute") },
  { "tax-settings", N_("Tax settings") },
  { "tax-register", N_("Tax registration") },
  { "tax-end", N_("End of a tax registration") },
};

/* What an intent is about that is of no payment, by how Stripe’s ids begin. What there is one of has no id, and its kind says it. */
static const struct {
  const char *prefix;
  const char *label;
} subjects[] = {
  { "dp_", N_("Dispute") },
  { "du_", N_("Dispute") },
  { "po_", N_("Payout") },
  { "taxreg_", N_("Tax registration") },
};

static const struct {
  const char *label;
  const char *style;
  const char *explanation;
} states[] = {
  [BILLING_OUTBOX_STATE_QUEUED] = {
    N_("Queued"), "pending", N_("It will be sent once, as soon as Stripe can be reached.") },
  [BILLING_OUTBOX_STATE_SENDING] = {
    N_("Being sent"), "processing", N_("Stripe has not answered yet. If the answer is lost, the same request is sent again, which Stripe does only once.") },
  [BILLING_OUTBOX_STATE_DONE] = { N_("Done"), "paid", "" },
  [BILLING_OUTBOX_STATE_FAILED] = { N_("Refused"), "failed", N_("Stripe refused it. Nothing was done.") },
  [BILLING_OUTBOX_STATE_WITHDRAWN] = { N_("Withdrawn"), "quiet", N_("It was taken back before it was sent.") },
  [BILLING_OUTBOX_STATE_UNKNOWN] = {
    N_("Answer unknown"), "failed", N_("Stripe may or may not have done this. Check with Stripe before anything else.") },
};

static const char *
get_kind_label (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i].kind, kind) == 0)
        return _(kinds[i].label);
    }

  return kind != NULL ? kind : "";
}

/**
 * billing_outbox_format_title:
 * @intent: of the queue
 *
 * Returns: (transfer full): what Stripe is to do: `Refund · $80.00`
 */
char *
billing_outbox_format_title (BillingIntent *intent)
{
  const char *label = get_kind_label (intent->kind);
  g_autofree char *amount = NULL;

  if (intent->amount == 0 || intent->currency == NULL)
    return g_strdup (label);

  amount = billing_format_money (NULL, intent->amount, intent->currency);
  /* Translators: what Stripe is asked to do, and the amount: “Refund · $80.00” */
  return g_strdup_printf (C_("intent and amount", "%s · %s"), label, amount);
}

static char *
name_object (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      if (id != NULL && g_str_has_prefix (id, subjects[i].prefix))
        return g_strdup_printf ("%s %s", _(subjects[i].label), id);
    }

  return g_strdup ("");
}

/**
 * billing_outbox_format_subject:
 * @intent: of the queue
 *
 * Returns: (transfer full): of which payment, and whose: `PAY-0412 · Ana Mejía`; of what is of no payment, which of Stripe’s
 *   objects it is about; empty where there is only one
 */
char *
billing_outbox_format_subject (BillingIntent *intent)
{
  if (g_str_equal (intent->kind, "tax-register"))
    return billing_tax_format_request (intent);
  if (intent->payment_number == NULL)
    return name_object (intent->subject_id);
  if (intent->patient_name == NULL)
    return g_strdup (intent->payment_number);

  return g_strdup_printf ("%s · %s", intent->payment_number, intent->patient_name);
}

/**
 * billing_outbox_format_when:
 * @intent: of the queue
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): since when it waits, or when it was sent last
 */
char *
billing_outbox_format_when (BillingIntent *intent,
                            const char    *time_zone)
{
  g_autofree char *since = billing_format_instant (NULL, intent->created_at, time_zone);
  g_autofree char *sent = billing_format_instant (NULL, intent->sent_at, time_zone);

  if (intent->state == BILLING_OUTBOX_STATE_QUEUED || intent->sent_at == 0)
    return g_strdup_printf (_("Since %s"), since);

  return g_strdup_printf (_("Since %s · sent %s"), since, sent);
}

const char *
billing_outbox_format_state (BillingOutboxState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), "");

  return _(states[state].label);
}

/**
 * billing_outbox_format_state_class:
 * @state: of an intent
 *
 * Returns: (transfer none): the style class of its pill, beside `status`
 */
const char *
billing_outbox_format_state_class (BillingOutboxState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), "quiet");

  return states[state].style;
}

/**
 * billing_outbox_format_explanation:
 * @intent: of the queue
 *
 * Returns: (transfer full): why it is where it is: what the outbox says, otherwise what its state
 *   means
 */
char *
billing_outbox_format_explanation (BillingIntent *intent)
{
  const char *usual;

  g_return_val_if_fail ((guint) intent->state < G_N_ELEMENTS (states), g_strdup (""));

  if (intent->problem != NULL && *intent->problem != '\0' &&
      intent->state != BILLING_OUTBOX_STATE_DONE)
    return g_strdup (intent->problem);

  usual = states[intent->state].explanation;
  return g_strdup (*usual != '\0' ? _(usual) : "");
}
