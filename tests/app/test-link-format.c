/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-link-format.h"

/* What the pane says of payment links and of money that came too late. */

#define NOW G_GINT64_CONSTANT (1793000000) /* 26 Oct 2026, 07:33 UTC */

static BillingLink *
make_link (BillingLinkState  state,
           const char       *why)
{
  BillingLink *link = billing_link_new ();

  g_object_set (link, "state", state, "why", why, "url", "https://buy.stripe.com/test_1", "amount", (gint64) 25000,
                "currency", "USD", "expires-on", "2026-11-25", "expires-at", NOW + 30 * 86400, NULL);
  return link;
}

static void
assert_state (BillingLink *link,
              const char  *expected)
{
  g_autofree char *text = billing_link_format_state (link, NOW, "UTC");

  g_assert_cmpstr (text, ==, expected);
}

/* Each state says what it means for whoever asks whether the patient can pay. */
static void
test_states (void)
{
  g_autoptr (BillingLink) waiting = make_link (BILLING_LINK_STATE_WAITING, NULL);
  g_autoptr (BillingLink) open = make_link (BILLING_LINK_STATE_OPEN, NULL);
  g_autoptr (BillingLink) closing = make_link (BILLING_LINK_STATE_CLOSING, "cancelled");
  g_autoptr (BillingLink) closed = make_link (BILLING_LINK_STATE_CLOSED, "paid");
  g_autoptr (BillingLink) failed = make_link (BILLING_LINK_STATE_FAILED, "Amount too small.");

  assert_state (waiting, "Waits for Stripe: it is made as soon as there is a connection.");
  assert_state (open, "expires Nov 25, 2026");
  assert_state (closing, "Closed (cancelled); Stripe has still to be told.");
  assert_state (failed, "Stripe refused to make it: Amount too small.");

  assert_state (closed, "Closed: paid");
  g_object_set (closed, "closed-at", NOW, "why", "amount", NULL);
  assert_state (closed, "Closed on Oct 26, 2026: the amount changed");
}

/* Stripe ends no link by itself: after its last day it is over here, though Stripe still shows it. */
static void
test_expired (void)
{
  g_autoptr (BillingLink) link = make_link (BILLING_LINK_STATE_OPEN, NULL);

  g_assert_true (billing_link_format_is_live (link, NOW));
  g_assert_true (billing_link_format_is_live (link, link->expires_at - 1));
  g_assert_false (billing_link_format_is_live (link, link->expires_at));
  g_assert_false (billing_link_format_is_live (NULL, NOW));

  g_object_set (link, "expires-at", NOW - 1, NULL);
  assert_state (link, "It has expired. Make a new link if the patient should still pay by one.");
  g_object_set (link, "expires-at", NOW + 1, "state", BILLING_LINK_STATE_CLOSING, NULL);
  g_assert_false (billing_link_format_is_live (link, NOW));
}

/* Why a link is closed is said in words; Stripe's own are left as they are. */
static void
test_why (void)
{
  static const struct { const char *why; const char *words; } cases[] = {
    { "expired", "expired" }, { "collected", "the payment was collected otherwise" }, { "replaced", "replaced by a new link" },
    { "No such link", "No such link" }, { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = billing_link_format_why (cases[i].why);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Late money says how much came, when, and whether somebody has to decide. */
static void
test_late (void)
{
  static const struct { BillingLateState state; const char *sentence; } cases[] = {
    { BILLING_LATE_STATE_OPEN, "$50.00 came late or twice (Oct 26, 2026), and is the patient’s credit for now." },
    { BILLING_LATE_STATE_KEPT, "$50.00 came late or twice (Oct 26, 2026), and was kept as the patient’s credit." },
    { BILLING_LATE_STATE_REFUNDING, "$50.00 came late or twice (Oct 26, 2026). Stripe is asked to give it back." },
    { BILLING_LATE_STATE_REFUNDED, "$50.00 came late or twice (Oct 26, 2026), and went back to the patient." },
  };
  g_autoptr (BillingLateMoney) late = billing_late_money_new ();

  g_object_set (late, "amount", (gint64) 5000, "currency", "USD", "created-at", NOW, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sentence = NULL;

      g_object_set (late, "state", cases[i].state, NULL);
      sentence = billing_link_format_late (late, "UTC");
      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/link-format/states", test_states);
  g_test_add_func ("/link-format/expired", test_expired);
  g_test_add_func ("/link-format/why", test_why);
  g_test_add_func ("/link-format/late", test_late);

  return g_test_run ();
}
