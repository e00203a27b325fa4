/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-notice-format.h"

/* What the list and the pane say of a notification. */

#define NOW G_GINT64_CONSTANT (1793000000) /* 26 Oct 2026, 07:33 UTC */
#define DAY 86400

static BillingNotice *
make_notice (const char         *rule,
             const char         *detail,
             BillingNoticeState  state,
             gint64              due_at)
{
  BillingNotice *notice = billing_notice_new ();

  g_object_set (notice, "rule", rule, "detail", detail, "state", state, "due-at", due_at, "created-at", NOW - 5 * DAY,
                "amount", (gint64) 12050, "currency", "USD", NULL);
  return notice;
}

static void
assert_text (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* Each standing has its word and its colour; what was put off comes back by itself, and what is no longer so is over whatever was said. */
static void
test_states (void)
{
  static const struct {
    BillingNoticeState state;
    gint64 snoozed_until;
    gint64 ended_at;
    const char *word;
    const char *style;
    const char *standing;
  } cases[] = {
    { BILLING_NOTICE_STATE_NEW, 0, 0, "New", "pending", "" },
    { BILLING_NOTICE_STATE_READ, 0, 0, "Open", "processing", "" },
    { BILLING_NOTICE_STATE_SNOOZED, NOW + DAY, 0, "Snoozed", "refunded", "Out of sight until Oct 27, 2026, 7:33\u202fAM" },
    { BILLING_NOTICE_STATE_SNOOZED, NOW, 0, "Open", "processing", "" },
    { BILLING_NOTICE_STATE_DONE, 0, 0, "Done", "paid", "Marked as done by ana on Oct 26, 2026, 7:33\u202fAM" },
    { BILLING_NOTICE_STATE_NEW, 0, NOW, "Over", "quiet", "No longer so since Oct 26, 2026, 7:33\u202fAM: there is nothing left to do" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BillingNotice) notice = make_notice ("dispute-due", "fraudulent", cases[i].state, 0);

      g_object_set (notice, "snoozed-until", cases[i].snoozed_until, "ended-at", cases[i].ended_at, "person", "ana",
                    "changed-at", NOW, NULL);
      g_assert_cmpstr (billing_notice_format_state (notice, NOW), ==, cases[i].word);
      g_assert_cmpstr (billing_notice_format_style (notice, NOW), ==, cases[i].style);
      assert_text (billing_notice_format_standing (notice, NOW, "UTC"), cases[i].standing);
    }
}

/* A deadline says the days that are left and when it is; it presses in its last three days, as long as nobody has dealt with it. */
static void
test_deadlines (void)
{
  g_autoptr (BillingNotice) none = make_notice ("dispute-due", NULL, BILLING_NOTICE_STATE_NEW, 0);
  g_autoptr (BillingNotice) near = make_notice ("dispute-due", NULL, BILLING_NOTICE_STATE_NEW, NOW + 2 * DAY);
  g_autoptr (BillingNotice) far = make_notice ("dispute-due", NULL, BILLING_NOTICE_STATE_NEW, NOW + 9 * DAY);
  g_autoptr (BillingNotice) over = make_notice ("dispute-due", NULL, BILLING_NOTICE_STATE_READ, NOW - DAY);
  g_autoptr (BillingNotice) done = make_notice ("dispute-due", NULL, BILLING_NOTICE_STATE_DONE, NOW + DAY);

  assert_text (billing_notice_format_deadline (none, NOW, "UTC"), "");
  assert_text (billing_notice_format_deadline (near, NOW, "UTC"), "2 days left · Oct 28, 2026");
  assert_text (billing_notice_format_deadline (over, NOW, "UTC"), "The time is over · Oct 25, 2026");
  g_assert_false (billing_notice_format_is_pressing (none, NOW));
  g_assert_true (billing_notice_format_is_pressing (near, NOW));
  g_assert_false (billing_notice_format_is_pressing (far, NOW));
  g_assert_true (billing_notice_format_is_pressing (over, NOW));
  g_assert_false (billing_notice_format_is_pressing (done, NOW));
}

/* It is about our payment and its patient, or else about so much; Stripe's own words are told from what our rules put in their place. */
static void
test_about (void)
{
  g_autoptr (BillingNotice) ours = make_notice ("payment-failed", "card_declined\nYour card was declined.",
                                                BILLING_NOTICE_STATE_NEW, 0);
  g_autoptr (BillingNotice) stripes = make_notice ("payout-late", "2026-10-20", BILLING_NOTICE_STATE_NEW, 0);
  g_autoptr (BillingNotice) nobodys = make_notice ("charge-unassigned", "3", BILLING_NOTICE_STATE_NEW, 0);

  g_object_set (ours, "payment", "PAY-001", "patient-name", "Ana Mejía", NULL);
  assert_text (billing_notice_format_about (ours), "PAY-001 · Ana Mejía");
  assert_text (billing_notice_format_about (stripes), "$120.50");
  assert_text (billing_notice_format_words (ours), "card_declined: Your card was declined.");
  assert_text (billing_notice_format_words (stripes), "");
  assert_text (billing_notice_format_words (nobodys), "");
}

/* A screen reader says the row in one go: what, how it stands, whether it wants anybody, by when, and about what. */
static void
test_sentence (void)
{
  g_autoptr (BillingNotice) notice = make_notice ("payout-failed", "account_closed", BILLING_NOTICE_STATE_NEW, NOW + 2 * DAY);

  g_object_set (notice, "urgent", TRUE, NULL);
  assert_text (billing_notice_format_sentence (notice, NOW, "UTC"),
               "A payout of $120.50 failed, New, needs action, 2 days left · Oct 28, 2026, $120.50");
}

/* Next week is its Monday: on a Monday the one a week later, on a Sunday tomorrow. */
static void
test_next_week (void)
{
  assert_text (billing_notice_format_next_week ("2026-10-26"), "2026-11-02");
  assert_text (billing_notice_format_next_week ("2026-10-28"), "2026-11-02");
  assert_text (billing_notice_format_next_week ("2026-11-01"), "2026-11-02");
  assert_text (billing_notice_format_next_week ("1969-12-31"), "1970-01-05");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notice-format/states", test_states);
  g_test_add_func ("/notice-format/deadlines", test_deadlines);
  g_test_add_func ("/notice-format/about", test_about);
  g_test_add_func ("/notice-format/sentence", test_sentence);
  g_test_add_func ("/notice-format/next-week", test_next_week);

  return g_test_run ();
}
