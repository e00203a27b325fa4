/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-outbox-format.h"
#include "billing-outbox-seen.h"
#include "billing-sync-format.h"

/* What the window says of Stripe: how the practice stands with it, and what waits for it. */

#define NOON 1793534400 /* 1 Nov 2026, 12:00 UTC */

static void
assert_label (BillingSyncState  state,
              gint64            synced_at,
              guint             n_waiting,
              const char       *progress,
              const char       *expected)
{
  g_autofree char *label = billing_sync_format_label (state, synced_at, n_waiting, progress, NOON,
                                                      "UTC");

  g_assert_cmpstr (label, ==, expected);
}

/* The age of what is shown is told in minutes, then in hours, then by the day; a clock that was set
 * back says nothing absurd. */
static void
test_age (void)
{
  assert_label (BILLING_SYNC_STATE_CURRENT, NOON - 59, 0, NULL, "Synced just now");
  assert_label (BILLING_SYNC_STATE_CURRENT, NOON + 300, 0, NULL, "Synced just now");
  assert_label (BILLING_SYNC_STATE_CURRENT, NOON - 120, 0, NULL, "Synced 2 min ago");
  assert_label (BILLING_SYNC_STATE_CURRENT, NOON - 3600, 0, NULL, "Synced 1 h ago");
  assert_label (BILLING_SYNC_STATE_CURRENT, NOON - 23 * 3600, 0, NULL, "Synced 23 h ago");
  assert_label (BILLING_SYNC_STATE_CURRENT, 0, 0, NULL, "Not synced yet");

  g_autofree char *day = billing_sync_format_age (NOON - 24 * 3600, NOON, "UTC");
  g_assert_nonnull (strstr (day, "2026"));
}

/* A network that is gone says what waits for it; a round says how far it is. */
static void
test_states (void)
{
  assert_label (BILLING_SYNC_STATE_OFFLINE, NOON, 0, NULL, "Offline");
  assert_label (BILLING_SYNC_STATE_OFFLINE, NOON, 1, NULL, "Offline: 1 waits");
  assert_label (BILLING_SYNC_STATE_OFFLINE, NOON, 3, NULL, "Offline: 3 wait");
  assert_label (BILLING_SYNC_STATE_SYNCING, NOON, 0, "12,300 objects", "12,300 objects");
  assert_label (BILLING_SYNC_STATE_SYNCING, NOON, 0, NULL, "Syncing…");
  assert_label (BILLING_SYNC_STATE_KEY_REFUSED, NOON, 0, NULL, "Key refused");
  assert_label (BILLING_SYNC_STATE_NO_KEYRING, 0, 0, NULL, "Not connected");
}

/* What nobody knows of an answer comes before what only waits, and that before what was refused. */
static void
test_waiting (void)
{
  g_autofree char *nothing = billing_sync_format_waiting (0, 0, 0);
  g_autofree char *waits = billing_sync_format_waiting (2, 0, 1);
  g_autofree char *unknown = billing_sync_format_waiting (2, 1, 1);
  g_autofree char *refused = billing_sync_format_waiting (0, 0, 1);

  g_assert_cmpstr (refused, ==, "Stripe refused 1 request.");
  g_assert_cmpstr (nothing, ==, "Nothing waits to be sent.");
  g_assert_cmpstr (waits, ==, "2 requests wait to be sent.");
  g_assert_cmpstr (unknown, ==, "Of 1 request the answer is unknown.");
}

/* Stripe's reason stands beside what a key may not do; a stream that nobody has named yet keeps its
 * own name. */
static void
test_permission (void)
{
  BillingStripePermission denied = { (char *) "payouts", BILLING_STRIPE_ACCESS_DENIED, (char *) "Needs rak_payout_read." };
  g_autofree char *state = billing_sync_format_permission_state (&denied, TRUE);

  g_assert_cmpstr (state, ==, "Needs rak_payout_read.");
  g_assert_cmpstr (billing_sync_format_permission ("payouts"), ==, "Payouts");
  g_assert_cmpstr (billing_sync_format_permission ("climate_orders"), ==, "climate_orders");
}

static BillingIntent *
create_intent (BillingOutboxState state)
{
  BillingIntent *intent = billing_intent_new ();

  g_object_set (intent, "kind", "refund", "amount", (gint64) 8000, "currency", "USD", "state",
                state,
                "payment-number", "PAY-0412", "patient-name", "Ana Mejía", "created-at",
                (gint64) NOON, NULL);
  return intent;
}

/* A row says what Stripe is to do, of which payment and whose, how it stands in words, and why. */
static void
test_intent (void)
{
  g_autoptr (BillingIntent) intent = create_intent (BILLING_OUTBOX_STATE_QUEUED);
  g_autofree char *title = billing_outbox_format_title (intent);
  g_autofree char *subject = billing_outbox_format_subject (intent);
  g_autofree char *usual = billing_outbox_format_explanation (intent);
  g_autofree char *problem = NULL;

  g_assert_cmpstr (title, ==, "Refund · $80.00");
  g_assert_cmpstr (subject, ==, "PAY-0412 · Ana Mejía");
  g_assert_cmpstr (usual, ==, "It will be sent once, as soon as Stripe can be reached.");
  g_assert_cmpstr (billing_outbox_format_state (intent->state), ==, "Queued");

  g_object_set (intent, "problem", "Stripe cannot be reached.", NULL);
  problem = billing_outbox_format_explanation (intent);
  g_assert_cmpstr (problem, ==, "Stripe cannot be reached.");
}

/* An intent of a kind that a later version made, with no amount and of no payment, says what is
 * known. */
static void
test_bare_intent (void)
{
  g_autoptr (BillingIntent) intent = billing_intent_new ();
  g_autofree char *title = NULL;
  g_autofree char *subject = NULL;

  g_object_set (intent, "kind", "teleport", NULL);
  title = billing_outbox_format_title (intent);
  subject = billing_outbox_format_subject (intent);
  g_assert_cmpstr (title, ==, "teleport");
  g_assert_cmpstr (subject, ==, "");
}

/* An unknown answer asks for somebody until it is known; a refusal until somebody has seen it. */
static void
test_needs_person (void)
{
  g_autoptr (BillingIntent) unknown = create_intent (BILLING_OUTBOX_STATE_UNKNOWN);
  g_autoptr (BillingIntent) refused = create_intent (BILLING_OUTBOX_STATE_FAILED);
  g_autoptr (BillingIntent) queued = create_intent (BILLING_OUTBOX_STATE_QUEUED);

  g_object_set (refused, "sent-at", (gint64) NOON, NULL);
  g_assert_true (billing_outbox_seen_needs_person (unknown, NOON + 1));
  g_assert_true (billing_outbox_seen_needs_person (refused, NOON - 1));
  g_assert_false (billing_outbox_seen_needs_person (refused, NOON));
  g_assert_false (billing_outbox_seen_needs_person (queued, 0));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup-format/age", test_age);
  g_test_add_func ("/setup-format/states", test_states);
  g_test_add_func ("/setup-format/waiting", test_waiting);
  g_test_add_func ("/setup-format/permission", test_permission);
  g_test_add_func ("/setup-format/intent", test_intent);
  g_test_add_func ("/setup-format/bare-intent", test_bare_intent);
  g_test_add_func ("/setup-format/needs-person", test_needs_person);
  return g_test_run ();
}
