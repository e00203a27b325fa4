/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "billing-dispute-format.h"

#define ZONE "America/New_York"

/* 2026-11-26 18:59:59 in New York, which is the 26th's last second in UTC. */
#define DUE 1795737599

static BillingDispute *
make (const char *status,
      gint64      due_at)
{
  BillingDispute *dispute = billing_dispute_new ();

  g_object_set (dispute, "status", status, "due-at", due_at, "amount", (gint64) 12050, "currency", "USD", "reason", "fraudulent",
                NULL);
  return dispute;
}

static void
assert_left (BillingDispute *dispute,
             const char     *today,
             const char     *words,
             gboolean        is_urgent)
{
  g_autofree char *left = billing_dispute_format_left (dispute, ZONE, today);

  g_assert_cmpstr (left, ==, words);
  g_assert_cmpint (billing_dispute_format_is_urgent (dispute, ZONE, today), ==, is_urgent);
}

/* Days are those of the practice: what ends at midnight in London ends in the evening here. */
static void
test_left (void)
{
  g_autoptr (BillingDispute) dispute = make ("needs_response", DUE);

  assert_left (dispute, "2026-11-20", "6 days left", FALSE);
  assert_left (dispute, "2026-11-23", "3 days left", TRUE);
  assert_left (dispute, "2026-11-25", "1 day left", TRUE);
  assert_left (dispute, "2026-11-26", "ends today", TRUE);
  assert_left (dispute, "2026-11-27", "the deadline has passed", TRUE);
}

/* What the bank has, what is over, and what cannot be answered at all has no deadline, nor has a status that nobody knows yet. */
static void
test_none (void)
{
  static const char * const statuses[] = { "under_review", "won", "lost", "warning_closed", "appeal_by_pigeon" };
  g_autoptr (BillingDispute) unanswerable = make ("needs_response", 0);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (BillingDispute) dispute = make (statuses[i], DUE);
      g_autofree char *lead = billing_dispute_format_lead (dispute, ZONE, "2026-11-22");
      g_autofree char *deadline = billing_dispute_format_deadline (dispute, ZONE, "2026-11-22");

      assert_left (dispute, "2026-11-22", NULL, FALSE);
      g_assert_null (lead);
      g_assert_cmpstr (deadline, ==, "—");
    }
  assert_left (unanswerable, "2026-11-22", NULL, FALSE);
}

/* The pane says the time to the minute; a screen reader hears the row in one sentence. */
static void
test_sentences (void)
{
  g_autoptr (BillingDispute) dispute = make ("warning_needs_response", DUE);
  g_autoptr (BillingDispute) lost = make ("lost", DUE);
  g_autofree char *lead = billing_dispute_format_lead (dispute, ZONE, "2026-11-22");
  g_autofree char *sentence = NULL;
  g_autofree char *sentence_of_lost = billing_dispute_format_sentence (lost, ZONE, "2026-11-22");

  g_assert_true (g_str_has_prefix (lead, "Answer by Thursday, November 26, 2026"));
  g_assert_true (g_str_has_suffix (lead, "PM · 4 days left"));

  g_object_set (dispute, "patient-name", "Ana Mejía", NULL);
  sentence = billing_dispute_format_sentence (dispute, ZONE, "2026-11-22");
  g_assert_cmpstr (sentence, ==, "$120.50, Inquiry: needs an answer, Ana Mejía, answer by Nov 26, 2026, 4 days left");
  g_assert_cmpstr (sentence_of_lost, ==, "$120.50, Lost, No patient");
}

/* Where an answer stands is said in full, and where nobody answers any more only what became of the money. */
static void
test_answer (void)
{
  g_autoptr (BillingDispute) open = make ("needs_response", DUE);
  g_autoptr (BillingDispute) lost = make ("lost", DUE);
  g_autoptr (BillingDisputeAnswer) answer = billing_dispute_answer_new ();
  g_autofree char *draft = billing_dispute_format_answer (answer, open, ZONE);
  g_autofree char *nothing = billing_dispute_format_answer (answer, lost, ZONE);
  g_autofree char *settled = NULL;
  g_autofree char *both = NULL;

  g_assert_cmpstr (draft, ==, "The draft of the answer is kept here. Stripe does not have it.");
  g_assert_cmpstr (nothing, ==, "");

  g_object_set (answer, "outcome", BILLING_DISPUTE_OUTCOME_WRITTEN_OFF, NULL);
  settled = billing_dispute_format_answer (answer, lost, ZONE);
  g_assert_cmpstr (settled, ==, "What was lost is written off.");

  g_object_set (answer, "state", BILLING_ANSWER_STATE_ACCEPTED, NULL);
  both = billing_dispute_format_answer (answer, lost, ZONE);
  g_assert_cmpstr (both, ==, "The practice accepted the dispute. What was lost is written off.");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dispute-format/left", test_left);
  g_test_add_func ("/dispute-format/none", test_none);
  g_test_add_func ("/dispute-format/sentences", test_sentences);
  g_test_add_func ("/dispute-format/answer", test_answer);

  return g_test_run ();
}
