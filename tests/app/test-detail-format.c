/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-day.h"
#include "billing-detail-format.h"
#include "billing-enums.h"
#include "billing-filing.h"
#include "billing-history.h"
#include "billing-import-report.h"
#include "billing-patient.h"
#include "billing-timeline-format.h"
#include "billing-payment-rules.h"
#include "billing-treatment.h"
#include "billing-verb.h"

/* What the fields and rows of the payment's pane say, and what it offers. */

static void
assert_title (gpointer    record,
              const char *expected)
{
  g_autofree char *title = billing_detail_format_title (NULL, record);

  g_assert_cmpstr (title, ==, expected);
}

static void
assert_subtitle (gpointer    record,
                 const char *expected)
{
  g_autofree char *subtitle = billing_detail_format_subtitle (NULL, record, "UTC");

  g_assert_cmpstr (subtitle, ==, expected);
}

/* An event says what happened and the amount; the tender that the books keep as a word is said as people say it. */
static void
test_event (void)
{
  g_autoptr (BillingEvent) event = billing_event_new ();

  g_object_set (event, "what", "payment-collect", "person", "Rosa", "amount", (gint64) 10000,
                "currency", "USD", "detail", "card", NULL);
  assert_title (event, "Collected · $100.00");
  assert_subtitle (event, "Rosa · Card terminal");

  g_object_set (event, "what", "payment-cancel", "amount", (gint64) 0, "detail", "Came twice", NULL);
  assert_title (event, "Cancelled");
  assert_subtitle (event, "Rosa · Came twice");
}

/* A word of the timeline that a later version made is shown as it is, rather than nothing. */
static void
test_unknown_event (void)
{
  g_autoptr (BillingEvent) event = billing_event_new ();

  g_object_set (event, "what", "payment-teleport", NULL);
  assert_title (event, "payment-teleport");
  assert_subtitle (event, "");
}

/* What Stripe did is said in words: its fee with what is left, a refusal with its reason, odd money with what to do. */
static void
test_stripe_event (void)
{
  g_autoptr (BillingEvent) event = billing_event_new ();
  g_autofree char *late = NULL;

  g_object_set (event, "what", "stripe-fee", "person", "Stripe", "amount", (gint64) 320, "currency", "USD",
                "detail", "9680", NULL);
  assert_title (event, "Stripe’s fee · $3.20");
  assert_subtitle (event, "Stripe · $96.80 net");

  g_object_set (event, "what", "payment-authorise-refused", "amount", (gint64) 0, "detail", "Your card was declined.", NULL);
  assert_title (event, "Authorisation refused");
  assert_subtitle (event, "Stripe · Your card was declined.");
  g_assert_cmpstr (billing_timeline_format_icon (event), ==, "dialog-warning-symbolic");

  g_object_set (event, "what", "stripe-late", "amount", (gint64) 5000, "detail", NULL, NULL);
  assert_title (event, "Late money · $50.00");
  late = billing_detail_format_subtitle (NULL, BILLING_RECORD (event), "UTC");
  g_assert_nonnull (strstr (late, "refund the credit"));
}

/* Of a link its last day is told when it is made, and why when it is closed. */
static void
test_link_event (void)
{
  g_autoptr (BillingEvent) event = billing_event_new ();

  g_object_set (event, "what", "payment-link", "person", "Rosa", "detail", "2026-12-03", NULL);
  assert_title (event, "Payment link made");
  assert_subtitle (event, "Rosa · expires Dec 3, 2026");

  g_object_set (event, "what", "link-cancel", "detail", "collected", NULL);
  assert_title (event, "Payment link closed");
  assert_subtitle (event, "Rosa · the payment was collected otherwise");
}

/* Every verb that can stand in a payment's timeline has words there. */
static void
test_verb_words (void)
{
  static const BillingVerb verbs[] = {
    BILLING_VERB_PAYMENT_LINK, BILLING_VERB_LINK_CANCEL, BILLING_VERB_LATE_KEEP, BILLING_VERB_LATE_REFUND,
    BILLING_VERB_PAYMENT_REOPEN, BILLING_VERB_PAYMENT_RECEIPT, BILLING_VERB_REFUND_DECLINE, BILLING_VERB_NOTE_EDIT,
    BILLING_VERB_DOCUMENT_RENAME, BILLING_VERB_DOCUMENT_REMOVE, BILLING_VERB_DOCUMENT_RESTORE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (BillingEvent) event = billing_event_new ();
      const char *nick = billing_enum_nick (billing_verb_get_type (), verbs[i]);
      g_autofree char *title = NULL;

      g_object_set (event, "what", nick, NULL);
      title = billing_timeline_format_title (event);
      g_assert_cmpstr (title, !=, nick);
    }
}

/* A badge tells of a dispute that is not over, or was lost; not of one that was won. */
static void
test_dispute (void)
{
  static const struct { const char *dispute; const char *badge; } cases[] = {
    { NULL, "" }, { "needs_response", "Disputed" }, { "under_review", "Disputed" }, { "lost", "Dispute lost" },
    { "won", "" }, { "warning_needs_response", "Inquiry" }, { "warning_closed", "" }, { "new_word", "Disputed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *badge = billing_detail_format_dispute (NULL, cases[i].dispute);

      g_assert_cmpstr (badge, ==, cases[i].badge);
    }
}

/* What waits says for what: for the network as long as Stripe cannot have heard, then for Stripe. */
static void
test_intent (void)
{
  g_autoptr (BillingIntent) intent = billing_intent_new ();
  g_autofree char *unsent = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *unknown = NULL;

  g_object_set (intent, "kind", "refund", "amount", (gint64) 8000, "currency", "USD", "state", BILLING_OUTBOX_STATE_QUEUED,
                "created-at", (gint64) 1000, NULL);
  unsent = billing_detail_format_intent (intent, "UTC");
  g_assert_true (g_str_has_prefix (unsent, "Refund · $80.00 waits for the network (since "));

  g_object_set (intent, "first-sent-at", (gint64) 1000, NULL);
  sent = billing_detail_format_intent (intent, "UTC");
  g_assert_true (g_str_has_prefix (sent, "Refund · $80.00 waits for Stripe’s answer"));

  g_object_set (intent, "state", BILLING_OUTBOX_STATE_UNKNOWN, NULL);
  unknown = billing_detail_format_intent (intent, "UTC");
  g_assert_cmpstr (unknown, ==, "Refund · $80.00: answer unknown");
}

/* Codes keep their system, and say how many where it is more than one. */
static void
test_code (void)
{
  g_autoptr (BillingTreatmentCode) code = billing_treatment_code_new ();

  g_object_set (code, "system", "CPT", "code", "97110", "units", (gint64) 1, NULL);
  assert_title (code, "97110");
  assert_subtitle (code, "CPT");

  g_object_set (code, "display", "Exercise therapy", "units", (gint64) 3, NULL);
  assert_title (code, "97110  Exercise therapy");
  assert_subtitle (code, "CPT · 3 units");
}

/* A line of an import's report leaves out what there is none of. */
static void
test_import (void)
{
  g_autoptr (BillingImportCount) count = billing_import_count_new ();
  g_autoptr (BillingImportProblem) problem = billing_import_problem_new ();

  g_object_set (count, "label", "Patients", "added", (gint64) 7, "refused", (gint64) 2, NULL);
  assert_title (count, "Patients");
  assert_subtitle (count, "7 new · 2 cannot come in");

  g_object_set (problem, "file", "a.json", "entry", (gint64) 3, "text", "It is torn.", NULL);
  assert_title (problem, "It is torn.");
  assert_subtitle (problem, "a.json · entry 3");
}

/* An address has its street on the first line and leaves no commas for what is not known. */
static void
test_address (void)
{
  g_autofree char *whole = billing_detail_format_address (NULL, "1 Mill Road", "13334", "Northgate", "NY", "US");
  g_autofree char *city = billing_detail_format_address (NULL, NULL, NULL, "Northgate", "", "US");
  g_autofree char *nothing = billing_detail_format_address (NULL, NULL, NULL, NULL, NULL, NULL);

  g_assert_cmpstr (whole, ==, "1 Mill Road\nNorthgate, NY, 13334, US");
  g_assert_cmpstr (city, ==, "Northgate, US");
  g_assert_cmpstr (nothing, ==, "");
}

/* People are a year older on their birthday and not the day before; of a bare year no age is told. */
static void
test_birth (void)
{
  g_autofree char *today = billing_day_today ("UTC");
  /* A leap day is one forty years before, too. */
  g_autofree char *birthday = g_strdup_printf ("%04d%s", atoi (today) - 40, today + 4);
  g_autofree char *after = billing_day_add (birthday, 1);
  g_autofree char *forty = billing_detail_format_birth (NULL, birthday, "UTC");
  g_autofree char *not_yet = billing_detail_format_birth (NULL, after, "UTC");
  g_autofree char *year = billing_detail_format_birth (NULL, "1980", "UTC");

  g_assert_true (g_str_has_suffix (forty, " (40)"));
  g_assert_true (g_str_has_suffix (not_yet, " (39)"));
  g_assert_cmpstr (year, ==, "1980");
}

/* What is late says so in a word, but only while it is still owed. */
static void
test_due (void)
{
  g_autofree char *late = billing_detail_format_due (NULL, BILLING_STATUS_PENDING, "2020-01-31", "UTC");
  g_autofree char *paid = billing_detail_format_due (NULL, BILLING_STATUS_PAID, "2020-01-31", "UTC");
  g_autofree char *never = billing_detail_format_due (NULL, BILLING_STATUS_PENDING, NULL, "UTC");

  g_assert_true (g_str_has_suffix (late, " · Overdue"));
  g_assert_null (strstr (paid, "Overdue"));
  g_assert_cmpstr (never, ==, "");
}

/* Exactly the payments that the verbs do not let anybody edit say why. */
static void
test_lock (void)
{
  for (int status = BILLING_STATUS_DRAFT; status <= BILLING_STATUS_VOIDED; status++)
    {
      g_autofree char *sentence = billing_detail_format_lock (NULL, status);

      g_assert_cmpint (*sentence == '\0', ==, billing_verb_is_legal (BILLING_VERB_PAYMENT_EDIT, status));
    }
}

/* Less than is owed splits, more is credit, just that pays. */
static void
test_outcome (void)
{
  g_autofree char *part = billing_detail_format_outcome ("PAY-001", 10000, 4000, "USD");
  g_autofree char *all = billing_detail_format_outcome ("PAY-001", 10000, 10000, "USD");
  g_autofree char *more = billing_detail_format_outcome ("PAY-001", 10000, 10500, "USD");

  g_assert_nonnull (strstr (part, "40.00"));
  g_assert_nonnull (strstr (part, "60.00"));
  g_assert_cmpstr (all, ==, "PAY-001 becomes Paid.");
  g_assert_nonnull (strstr (more, "5.00"));
  g_assert_nonnull (strstr (more, "credit"));
}

/* Refund is offered while something is left to refund, reversal for what Stripe did not collect, capture for what it holds. */
static void
test_rules (void)
{
  g_autoptr (BillingPayment) payment = billing_payment_new ();

  g_object_set (payment, "status", BILLING_STATUS_PAID, "tender", BILLING_TENDER_CASH,
                "collected", (gint64) 10000, "refunded", (gint64) 2000, "waiting", (gint64) 3000, NULL);
  g_assert_cmpint (billing_payment_rules_get_refundable (payment), ==, 5000);
  g_assert_true (billing_payment_rules_is_legal (BILLING_VERB_PAYMENT_REFUND, payment));
  g_assert_true (billing_payment_rules_is_legal (BILLING_VERB_PAYMENT_REVERSE, payment));
  g_assert_false (billing_payment_rules_is_legal (BILLING_VERB_PAYMENT_EDIT, payment));

  g_object_set (payment, "tender", BILLING_TENDER_STRIPE, "withdrawn", (gint64) 5000, NULL);
  g_assert_false (billing_payment_rules_is_legal (BILLING_VERB_PAYMENT_REFUND, payment));
  g_assert_false (billing_payment_rules_is_legal (BILLING_VERB_PAYMENT_REVERSE, payment));

  g_object_set (payment, "status", BILLING_STATUS_PROCESSING, "attempt", BILLING_ATTEMPT_STATE_IN_FLIGHT, NULL);
  g_assert_false (billing_payment_rules_is_legal (BILLING_VERB_PAYMENT_CAPTURE, payment));
  g_object_set (payment, "attempt", BILLING_ATTEMPT_STATE_AUTHORISED, NULL);
  g_assert_true (billing_payment_rules_is_legal (BILLING_VERB_PAYMENT_CAPTURE, payment));
  g_assert_true (billing_payment_rules_is_legal (BILLING_VERB_PAYMENT_VOID, payment));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/detail-format/event", test_event);
  g_test_add_func ("/detail-format/unknown-event", test_unknown_event);
  g_test_add_func ("/detail-format/stripe-event", test_stripe_event);
  g_test_add_func ("/detail-format/link-event", test_link_event);
  g_test_add_func ("/detail-format/verb-words", test_verb_words);
  g_test_add_func ("/detail-format/dispute", test_dispute);
  g_test_add_func ("/detail-format/intent", test_intent);
  g_test_add_func ("/detail-format/code", test_code);
  g_test_add_func ("/detail-format/import", test_import);
  g_test_add_func ("/detail-format/address", test_address);
  g_test_add_func ("/detail-format/birth", test_birth);
  g_test_add_func ("/detail-format/due", test_due);
  g_test_add_func ("/detail-format/lock", test_lock);
  g_test_add_func ("/detail-format/outcome", test_outcome);
  g_test_add_func ("/detail-format/rules", test_rules);

  return g_test_run ();
}
