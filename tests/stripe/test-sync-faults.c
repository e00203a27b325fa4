/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-sync-faults"

#include "config.h"

#include <string.h>

#include "billing-stripe-error.h"
#include "billing-test-mirror.h"

/* A round sends each request up to three times. */
#define WHOLE_ROUND 3

static void
set_up (BillingTestMirror *fixture,
        gconstpointer      unused)
{
  billing_test_mirror_set_up (fixture, NULL);
  billing_test_mirror_pass_days (fixture, 3, 40);
}

static void
strike (BillingTestMirror      *fixture,
        BillingSandboxFaultKind kind,
        const char             *path,
        guint                   status,
        guint                   after,
        guint                   times)
{
  BillingSandboxFault fault = {
    .kind = kind, .method = "GET", .path = path, .status = status, .after = after, .times = times,
  };

  billing_sandbox_server_add_fault (fixture->sandbox.server, &fault);
}

static char *
fetch_whole (BillingTestMirror *fixture)
{
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  return billing_test_mirror_dump (fixture);
}

/* A round on a new mirror fails so, and leaves a stream unfinished with that sentence; the others
 * are whole; the next round finishes it. */
static void
assert_heals (BillingTestMirror  *fixture,
              const char         *stream,
              BillingStripeError  code,
              const char         *whole)
{
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (billing_test_mirror_try (fixture, BILLING_STRIPE_SYNC_QUICK, NULL, &error));
  g_assert_error (error, BILLING_STRIPE_ERROR, (int) code);
  g_assert_cmpstr (billing_test_mirror_stream (fixture, stream)->state, ==, "");
  g_assert_cmpstr (billing_test_mirror_stream (fixture, stream)->problem, ==, error->message);
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "disputes")->state, ==, "done");
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "account")->state, ==, "done");

  billing_sandbox_server_clear_faults (fixture->sandbox.server);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_null (billing_test_mirror_stream (fixture, stream)->problem);
  dump = billing_test_mirror_dump (fixture);
  g_assert_cmpstr (dump, ==, whole);
}

static const struct
{
  const char *name;
  const char *path;
} streams[] = {
  { "charges", "/v1/charges" },
  { "payment_intents", "/v1/payment_intents" },
  { "balance_transactions", "/v1/balance_transactions" },
  { "payouts", "/v1/payouts" },
  { "customers", "/v1/customers" },
};

static const struct
{
  BillingSandboxFaultKind kind;
  guint status;
  BillingStripeError code;
} faults[] = {
  { BILLING_SANDBOX_FAULT_STATUS, 500, BILLING_STRIPE_ERROR_API },
  { BILLING_SANDBOX_FAULT_STATUS, 503, BILLING_STRIPE_ERROR_API },
  { BILLING_SANDBOX_FAULT_STATUS, 409, BILLING_STRIPE_ERROR_CONFLICT },
  { BILLING_SANDBOX_FAULT_STATUS, 402, BILLING_STRIPE_ERROR_DECLINED },
  { BILLING_SANDBOX_FAULT_CUT, 0, BILLING_STRIPE_ERROR_UNREADABLE },
  { BILLING_SANDBOX_FAULT_TORN, 0, BILLING_STRIPE_ERROR_OFFLINE },
  { BILLING_SANDBOX_FAULT_LOST, 0, BILLING_STRIPE_ERROR_OFFLINE },
  { BILLING_SANDBOX_FAULT_REFUSED, 0, BILLING_STRIPE_ERROR_OFFLINE },
  { BILLING_SANDBOX_FAULT_DUPLICATE, 0, BILLING_STRIPE_ERROR_UNREADABLE },
};

/* Whatever breaks the first pages of a stream, the others are taken in, nothing of a bad page is,
 * and the next round heals it. */
static void
test_lists (BillingTestMirror *fixture,
            gconstpointer      unused)
{
  g_autofree char *whole = fetch_whole (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (faults); k++)
        {
          g_test_message ("%s, fault %d, %u", streams[i].name, (int) faults[k].kind,
                          faults[k].status);
          billing_test_mirror_drop (fixture);
          strike (fixture, faults[k].kind, streams[i].path, faults[k].status, 0, 100);
          assert_heals (fixture, streams[i].name, faults[k].code, whole);
        }
    }
}

/* Without a cursor of the events nothing is listed: what changed meanwhile would never be heard
 * of. */
static void
test_no_cursor (BillingTestMirror *fixture,
                gconstpointer      unused)
{
  g_autofree char *whole = fetch_whole (fixture);
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;

  billing_test_mirror_drop (fixture);
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/events", 500, 0, 100);
  g_assert_false (billing_test_mirror_try (fixture, BILLING_STRIPE_SYNC_QUICK, NULL, &error));
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_API);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM charges"), ==, 0);

  billing_sandbox_server_clear_faults (fixture->sandbox.server);
  dump = fetch_whole (fixture);
  g_assert_cmpstr (dump, ==, whole);
}

/* What was taken in before a page that fails stays, and the next round asks for what follows it. */
static void
test_second_page (BillingTestMirror *fixture,
                  gconstpointer      unused)
{
  g_autofree char *whole = fetch_whole (fixture);
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;
  guint64 before;

  billing_test_mirror_drop (fixture);
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/charges", 500, 1, 100);
  g_assert_false (billing_test_mirror_try (fixture, BILLING_STRIPE_SYNC_QUICK, NULL, &error));
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM charges"), ==, 100);

  billing_sandbox_server_clear_faults (fixture->sandbox.server);
  before = billing_sandbox_server_count_requests (fixture->sandbox.server, "GET", "/v1/charges");
  dump = fetch_whole (fixture);
  g_assert_cmpstr (dump, ==, whole);
  g_assert_cmpuint (billing_sandbox_server_count_requests (fixture->sandbox.server, "GET",
                                                           "/v1/charges"), ==,
                    before + 1);
}

/* A server that answers with the same page again and again is left alone. */
static void
test_repeat (BillingTestMirror *fixture,
             gconstpointer      unused)
{
  g_autofree char *whole = fetch_whole (fixture);

  billing_test_mirror_drop (fixture);
  strike (fixture, BILLING_SANDBOX_FAULT_REPEAT, "/v1/charges", 0, 1, 100);
  assert_heals (fixture, "charges", BILLING_STRIPE_ERROR_UNREADABLE, whole);
}

/* Pages whose objects are out of order are taken in whole. */
static void
test_shuffle (BillingTestMirror *fixture,
              gconstpointer      unused)
{
  g_autofree char *whole = fetch_whole (fixture);
  g_autofree char *dump = NULL;

  billing_test_mirror_drop (fixture);
  strike (fixture, BILLING_SANDBOX_FAULT_SHUFFLE, "/v1/*", 0, 0, 1000);
  dump = fetch_whole (fixture);
  g_assert_cmpstr (dump, ==, whole);
}

/* A key that is not taken ends the round at once. */
static void
test_401 (BillingTestMirror *fixture,
          gconstpointer      unused)
{
  g_autofree char *whole = fetch_whole (fixture);
  g_autofree char *dump = NULL;
  g_autoptr (GError) first = NULL, second = NULL;

  billing_test_mirror_drop (fixture);
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/account", 401, 0, 1);
  g_assert_false (billing_test_mirror_try (fixture, BILLING_STRIPE_SYNC_QUICK, NULL, &first));
  g_assert_error (first, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_AUTHENTICATION);
  g_assert_cmpuint (fixture->summary.requests, ==, 1);

  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/*s", 401, 3, 1000);
  g_assert_false (billing_test_mirror_try (fixture, BILLING_STRIPE_SYNC_QUICK, NULL, &second));
  g_assert_error (second, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_AUTHENTICATION);
  g_assert_cmpuint (fixture->summary.requests, <, 20);

  billing_sandbox_server_clear_faults (fixture->sandbox.server);
  dump = fetch_whole (fixture);
  g_assert_cmpstr (dump, ==, whole);
}

/* What the key may not read, and what is not there, is noted with Stripe's sentence and is no
 * error; it is asked for again in a full round and once a day, and not before. */
static void
test_denied (BillingTestMirror *fixture,
             gconstpointer      unused)
{
  g_autofree char *whole = fetch_whole (fixture);
  g_autofree char *dump = NULL;

  billing_test_mirror_drop (fixture);
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/disputes", 403, 0, 100);
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/balance", 403, 0, 100);
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/payment_links", 404, 0, 100);
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/tax/settings", 404, 0, 100);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "disputes")->state, ==, "denied");
  g_assert_nonnull (strstr (billing_test_mirror_stream (fixture, "disputes")->problem,
                            "does not have the required"));
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "balance")->state, ==, "denied");
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "payment_links")->state, ==, "missing");
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "tax_settings")->state, ==, "missing");
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "charges")->state, ==, "done");
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);

  billing_sandbox_server_clear_faults (fixture->sandbox.server);
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
  billing_test_mirror_run (fixture, "UPDATE state SET value = '1' WHERE name = 'audit_at'");
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "disputes")->state, ==, "done");
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "tax_settings")->state, ==, "done");
  dump = billing_test_mirror_dump (fixture);
  g_assert_cmpstr (dump, ==, whole);
}

/* A key that may not read events follows by comparing, once an hour; with the permission it reads
 * them from then on. */
static void
test_blind (BillingTestMirror *fixture,
            gconstpointer      unused)
{
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/events", 403, 0, 1000);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "events")->state, ==, "denied");
  g_assert_nonnull (strstr (billing_test_mirror_stream (fixture, "events")->problem,
                            "does not have the required"));

  g_free (billing_test_mirror_pay (fixture, 4321));
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 0);
  billing_test_mirror_run (fixture,
                           "UPDATE state SET value = value - 4000 WHERE name = 'audit_at'");
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM charges WHERE amount = 4321"), ==, 1);

  billing_sandbox_server_clear_faults (fixture->sandbox.server);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_FULL);
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "events")->state, ==, "done");
  g_free (billing_test_mirror_pay (fixture, 4322));
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM charges WHERE amount = 4322"), ==, 1);
}

/* An event of what the key may not read is noted, and holds nobody up. */
static void
test_denied_later (BillingTestMirror *fixture,
                   gconstpointer      unused)
{
  g_autofree char *intent = NULL;

  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  intent = billing_test_mirror_pay (fixture, 4321);
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/charges/*", 403, 0, 100);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "charges")->state, ==, "denied");
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM payment_intents WHERE amount = 4321"), ==, 1);
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);

  billing_sandbox_server_clear_faults (fixture->sandbox.server);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_FULL);
  g_assert_cmpstr (billing_test_mirror_stream (fixture, "charges")->state, ==, "done");
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM charges WHERE amount = 4321"), ==, 1);
}

static gint64
find_longest_wait (BillingTestMirror *fixture)
{
  gint64 longest = 0;

  for (guint i = 0; i < fixture->clock.waits->len; i++)
    longest = MAX (longest, g_array_index (fixture->clock.waits, gint64, i));
  return longest;
}

/* Too many requests are waited out, longer each time; without end they are not. */
static void
test_429 (BillingTestMirror *fixture,
          gconstpointer      unused)
{
  g_autofree char *whole = fetch_whole (fixture);
  g_autofree char *dump = NULL;

  billing_test_mirror_drop (fixture);
  g_array_set_size (fixture->clock.waits, 0);
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/charges", 429, 0, 4);
  dump = fetch_whole (fixture);
  g_assert_cmpstr (dump, ==, whole);
  g_assert_cmpint (find_longest_wait (fixture), >=, 4 * G_USEC_PER_SEC);
  g_assert_cmpint (find_longest_wait (fixture), <, 13 * G_USEC_PER_SEC);

  billing_test_mirror_drop (fixture);
  strike (fixture, BILLING_SANDBOX_FAULT_STATUS, "/v1/charges", 429, 0, 1000);
  assert_heals (fixture, "charges", BILLING_STRIPE_ERROR_RATE_LIMITED, whole);
}

/* An answer that does not come, or comes after the time that is waited, leaves everything as it
 * was. */
static void
test_hang (BillingTestMirror *fixture,
           gconstpointer      unused)
{
  g_autofree char *whole = fetch_whole (fixture);
  BillingSandboxFault late = {
    .kind = BILLING_SANDBOX_FAULT_LATENCY, .method = "GET", .path = "/v1/customers", .ms = 1500, .times = WHOLE_ROUND,
  };
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->client);
  fixture->client = billing_stripe_client_new_full (fixture->sandbox.url, BILLING_TEST_SANDBOX_KEY,
                                                    1, &fixture->clock.clock, &error);
  g_assert_no_error (error);

  billing_test_mirror_drop (fixture);
  strike (fixture, BILLING_SANDBOX_FAULT_HANG, "/v1/charges", 0, 0, WHOLE_ROUND);
  assert_heals (fixture, "charges", BILLING_STRIPE_ERROR_TIMEOUT, whole);

  billing_test_mirror_drop (fixture);
  billing_sandbox_server_add_fault (fixture->sandbox.server, &late);
  assert_heals (fixture, "customers", BILLING_STRIPE_ERROR_TIMEOUT, whole);
}

/* What fails while events are dealt with leaves the cursor where it was: the next round deals with
 * them again. */
static void
test_events (BillingTestMirror *fixture,
             gconstpointer      unused)
{
  const char *paths[] = { "/v1/events", "/v1/charges*", "/v1/payment_intents*", "/v1/refunds*", "/v1/balance*" };

  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (faults); k++)
        {
          g_autofree char *intent = billing_test_mirror_pay (fixture, 700 + i);
          g_autofree char *refund = g_strdup_printf ("payment_intent=%s&amount=50", intent);
          g_autofree char *dump = NULL, *whole = NULL;
          g_autoptr (GError) error = NULL;

          g_free (billing_test_mirror_post (fixture, "/v1/refunds", refund));
          strike (fixture, faults[k].kind, paths[i], faults[k].status, 0, 100);
          if (billing_test_mirror_try (fixture, BILLING_STRIPE_SYNC_QUICK, NULL, &error))
            g_assert_cmpint (faults[k].kind, ==, BILLING_SANDBOX_FAULT_DUPLICATE); /* single objects have none */
          billing_sandbox_server_clear_faults (fixture->sandbox.server);
          billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
          g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
          dump = billing_test_mirror_dump (fixture);

          billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_FULL);
          whole = billing_test_mirror_dump (fixture);
          g_assert_cmpstr (dump, ==, whole);
        }
    }
}

/* A mirror that another program holds ends the round without a request, and with nothing
 * forgotten. */
static void
test_busy (BillingTestMirror *fixture,
           gconstpointer      unused)
{
  g_autoptr (BillingMirror) other = NULL;
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL, busy = NULL;

  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  before = billing_test_mirror_text (fixture, "SELECT * FROM state ORDER BY name");
  other = billing_mirror_open (fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_true (billing_mirror_begin (other, &error));

  g_assert_false (billing_test_mirror_try (fixture, BILLING_STRIPE_SYNC_QUICK, NULL, &busy));
  g_assert_error (busy, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BUSY);
  g_assert_cmpuint (fixture->summary.requests, ==, 0);
  billing_mirror_rollback (other);
  after = billing_test_mirror_text (fixture, "SELECT * FROM state ORDER BY name");
  g_assert_cmpstr (after, ==, before);
}

#define ADD(name, func) \
  g_test_add (name, BillingTestMirror, NULL, set_up, func, billing_test_mirror_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/stripe/sync-faults/lists", test_lists);
  ADD ("/stripe/sync-faults/no-cursor", test_no_cursor);
  ADD ("/stripe/sync-faults/second-page", test_second_page);
  ADD ("/stripe/sync-faults/repeat", test_repeat);
  ADD ("/stripe/sync-faults/shuffle", test_shuffle);
  ADD ("/stripe/sync-faults/401", test_401);
  ADD ("/stripe/sync-faults/denied", test_denied);
  ADD ("/stripe/sync-faults/denied-later", test_denied_later);
  ADD ("/stripe/sync-faults/blind", test_blind);
  ADD ("/stripe/sync-faults/429", test_429);
  ADD ("/stripe/sync-faults/hang", test_hang);
  ADD ("/stripe/sync-faults/busy", test_busy);
  ADD ("/stripe/sync-faults/events", test_events);
  return g_test_run ();
}
