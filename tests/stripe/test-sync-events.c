/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-sync-events"

#include "config.h"

#include <string.h>

#include "billing-stripe-error.h"
#include "billing-test-mirror.h"
#include "billing-test-server.h"

#define DAY (24 * 60 * 60)

static void
strike (BillingTestMirror      *fixture,
        BillingSandboxFaultKind kind,
        const char             *path,
        guint                   times)
{
  BillingSandboxFault fault = { .kind = kind, .method = "GET", .path = path, .times = times };

  billing_sandbox_server_add_fault (fixture->sandbox.server, &fault);
}

/* The mirror is what listing everything again makes of it. */
static void
assert_whole (BillingTestMirror *fixture)
{
  g_autofree char *dump = billing_test_mirror_dump (fixture);
  g_autofree char *whole = NULL;

  billing_test_mirror_drop (fixture);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  whole = billing_test_mirror_dump (fixture);
  g_assert_cmpstr (dump, ==, whole);
}

static void
do_something (BillingTestMirror *fixture)
{
  g_autofree char *intent = billing_test_mirror_pay (fixture, 1000);
  g_autofree char *form = g_strdup_printf ("payment_intent=%s&amount=400", intent);
  g_autofree char *customer = billing_test_mirror_post (fixture, "/v1/customers", "name=C");
  g_autofree char *path = g_strconcat ("/v1/customers/", customer, NULL);

  g_free (billing_test_mirror_post (fixture, "/v1/refunds", form));
  g_free (billing_test_mirror_post (fixture, path, "name=D"));
}

/* What happens after the first round is taken in, also what has no events of its own. */
static void
test_follow (BillingTestMirror *fixture,
             gconstpointer      unused)
{
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  for (guint i = 0; i < 5; i++)
    {
      do_something (fixture);
      billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
      billing_test_mirror_advance (fixture, DAY);
      billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
    }
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM stripe_refunds"),
                   ==, 5);
  assert_whole (fixture);
}

/* Many changes of one stream are asked for by a list, not one by one. */
static void
test_many (BillingTestMirror *fixture,
           gconstpointer      unused)
{
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  for (guint i = 0; i < 150; i++)
    g_free (billing_test_mirror_pay (fixture, 100 + i));
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), <, 40);
  assert_whole (fixture);
}

/* In quiet rounds there is one request each, also in those that look back. */
static void
test_quiet (BillingTestMirror *fixture,
            gconstpointer      unused)
{
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
  for (guint i = 0; i < 40; i++)
    do_something (fixture);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  for (guint i = 0; i < 25; i++)
    g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
}

/* Events out of order do no harm. */
static void
test_shuffled (BillingTestMirror *fixture,
               gconstpointer      unused)
{
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  for (guint i = 0; i < 50; i++)
    do_something (fixture);
  strike (fixture, BILLING_SANDBOX_FAULT_SHUFFLE, "/v1/events", 1000);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  billing_sandbox_server_clear_faults (fixture->sandbox.server);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  assert_whole (fixture);
}

/* An event that turns up behind younger ones is found within ten rounds. */
static void
test_late (BillingTestMirror *fixture,
           gconstpointer      unused)
{
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_free (billing_test_mirror_post (fixture, "/v1/customers", "name=E"));
  g_free (billing_test_mirror_post (fixture, "/v1/customers", "name=F"));
  strike (fixture, BILLING_SANDBOX_FAULT_LATE, "/v1/events", 1);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM customers"), ==, 1);

  for (guint i = 0; i < 11; i++)
    billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM customers"), ==, 2);
}

/* What was deleted is buried, and its row stays. */
static void
test_deleted (BillingTestMirror *fixture,
              gconstpointer      unused)
{
  g_autofree char *id = billing_test_mirror_post (fixture, "/v1/customers", "name=G");
  g_autofree char *path = g_strconcat ("/v1/customers/", id, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeRequest) request = billing_stripe_request_new_delete (path, &error);
  g_autoptr (BillingStripeAnswer) answer = NULL;

  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  answer = billing_stripe_client_send (fixture->client, request, NULL, &error);
  g_assert_no_error (error);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpint (billing_test_mirror_integer (fixture,
                                                "SELECT count (*) FROM customers WHERE deleted = 1"
                                                         " AND json ->> '$.name' = 'G'"), ==, 1);
}

/* After more than thirty days Stripe's events do not reach back: everything is listed again, and
 * what was deleted meanwhile is found out. */
static void
test_gap (BillingTestMirror *fixture,
          gconstpointer      unused)
{
  g_autofree char *id = billing_test_mirror_post (fixture, "/v1/customers", "name=H");
  g_autofree char *path = g_strconcat ("/v1/customers/", id, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeRequest) request = billing_stripe_request_new_delete (path, &error);
  g_autoptr (BillingStripeAnswer) answer = NULL;

  do_something (fixture);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  do_something (fixture);
  answer = billing_stripe_client_send (fixture->client, request, NULL, &error);
  g_assert_no_error (error);
  billing_test_mirror_advance (fixture, 20 * DAY);
  do_something (fixture);
  billing_test_mirror_advance (fixture, 15 * DAY);
  do_something (fixture);

  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT count (*) FROM customers WHERE deleted = 1"), ==, 1);
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
  billing_test_mirror_run (fixture, "DELETE FROM customers WHERE deleted = 1");
  assert_whole (fixture);
}

/* An account in which nothing happens for months is asked once a round all the same. */
static void
test_silence (BillingTestMirror *fixture,
              gconstpointer      unused)
{
  do_something (fixture);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  for (guint i = 0; i < 3; i++)
    {
      billing_test_mirror_advance (fixture, 40 * DAY);
      billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
      for (guint k = 0; k < 12; k++)
        g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
    }
  do_something (fixture);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  assert_whole (fixture);
}

/* A cursor that Stripe does not know any more costs two requests, not a new listing, while the
 * events around it are there. */
static void
test_cursor_gone (BillingTestMirror *fixture,
                  gconstpointer      unused)
{
  do_something (fixture);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  billing_test_mirror_run (fixture,
                           "UPDATE state SET value = 'evt_gone' WHERE name = 'events_cursor'");
  do_something (fixture);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpuint (billing_test_mirror_stream (fixture, "tax_codes")->objects, ==, 0);
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
  assert_whole (fixture);
}

/* A checkout session whose time has passed is looked at once, and then let be. */
static void
test_due_session (BillingTestMirror *fixture,
                  gconstpointer      unused)
{
  do_something (fixture);
  billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK);
  billing_test_mirror_run (fixture,
                           "INSERT INTO checkout_sessions (id, fetched, json, status, expires_at)"
                                    " VALUES ('cs_x', 1, '{}', 'open', 5)");
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 2);
  g_assert_cmpint (billing_test_mirror_integer (fixture, "SELECT deleted FROM checkout_sessions WHERE id = 'cs_x'"), ==, 1);
  g_assert_cmpuint (billing_test_mirror_sync (fixture, BILLING_STRIPE_SYNC_QUICK), ==, 1);
}

/* --- with a server that says what it is told to ----------------------------------------------- */

typedef struct
{
  BillingTestMirror mirror;
  BillingTestServer *server; /* (owned) */
} Scripted;

/* The mirror of an account without anything, behind event evt_0. */
static void
set_up_scripted (Scripted      *fixture,
                 gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  billing_test_mirror_set_up (&fixture->mirror, NULL);
  billing_test_mirror_sync (&fixture->mirror, BILLING_STRIPE_SYNC_QUICK);
  billing_test_mirror_run (&fixture->mirror,
                           "INSERT INTO state (name, value) VALUES ('events_cursor', 'evt_0')"
                                             " ON CONFLICT (name) DO UPDATE SET value = 'evt_0'");
  billing_test_mirror_run (&fixture->mirror,
                           "UPDATE state SET value = '1000' WHERE name = 'events_created'");

  fixture->server = billing_test_server_new ();
  g_clear_object (&fixture->mirror.client);
  fixture->mirror.client = billing_stripe_client_new_full (billing_test_server_get_base (fixture->server),
                                                           BILLING_TEST_SANDBOX_KEY, 5,
                                                           &fixture->mirror.clock.clock, &error);
  g_assert_no_error (error);
}

static void
tear_down_scripted (Scripted      *fixture,
                    gconstpointer  unused)
{
  billing_test_mirror_tear_down (&fixture->mirror, NULL);
  billing_test_server_free (fixture->server);
}

/* A page of events, newest first. */
static void
answer_events (Scripted   *fixture,
               const char *events,
               gboolean    has_more)
{
  g_autofree char *body = g_strdup_printf ("{\"object\":\"list\",\"data\":[%s],\"has_more\":%s}",
                                           events, has_more ? "true" : "false");

  billing_test_server_answer (fixture->server, 200, body, NULL);
}

static void
answer (Scripted   *fixture,
        guint       status,
        const char *body)
{
  billing_test_server_answer (fixture->server, status, body, NULL);
}

static char *
make_event (guint       n,
            const char *type,
            const char *object)
{
  return g_strdup_printf ("{\"id\":\"evt_%u\",\"object\":\"event\",\"created\":%u,\"type\":\"%s\",\"data\":{\"object\":%s}}", n,
                          1000 + n, type, object);
}

static char *
get_cursor (Scripted *fixture)
{
  return billing_test_mirror_text (&fixture->mirror,
                                   "SELECT value FROM state WHERE name = 'events_cursor'");
}

static gboolean
try (Scripted  *fixture,
     GError   **error)
{
  gboolean success = billing_test_mirror_try (&fixture->mirror, BILLING_STRIPE_SYNC_QUICK, NULL,
                                              error);

  if (!success)
    g_test_message ("%s", (*error)->message);
  return success;
}

/* Types, objects and words that nobody knows yet are kept as they are, and stop nothing. */
static void
test_unknown (Scripted      *fixture,
              gconstpointer  unused)
{
  g_autofree char *odd = make_event (1, "quantum.collapsed",
                                     "{\"id\":\"qu_1\",\"object\":\"quantum\"}");
  g_autofree char *none = make_event (2, "void.void", "{}");
  g_autofree char *intent = make_event (3, "payment_intent.teleported",
                                        "{\"id\":\"pi_1\",\"object\":\"payment_intent\"}");
  g_autofree char *events = g_strdup_printf ("%s,%s,%s", intent, none, odd);
  g_autofree char *status = NULL, *cursor = NULL;
  g_autoptr (GError) error = NULL;

  answer_events (fixture, events, FALSE);
  answer (fixture, 200, "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"created\":5,\"amount\":7,\"currency\":\"usd\","
                        "\"status\":\"teleporting\",\"new\":{\"x\":[1,2]}}");
  g_assert_true (try (fixture, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 2);
  g_assert_cmpstr (billing_test_server_get (fixture->server, 0)->path, ==,
                   "/v1/events?limit=100&ending_before=evt_0");
  g_assert_cmpstr (billing_test_server_get (fixture->server, 1)->path, ==,
                   "/v1/payment_intents/pi_1");
  status = billing_test_mirror_text (&fixture->mirror,
                                     "SELECT status FROM payment_intents WHERE id = 'pi_1'");
  g_assert_cmpstr (status, ==, "teleporting");
  g_assert_cmpint (billing_test_mirror_integer (&fixture->mirror, "SELECT count (*) FROM events"),
                   ==, 3);
  cursor = get_cursor (fixture);
  g_assert_cmpstr (cursor, ==, "evt_3");
}

/* Pages come the oldest first, each with the cursor behind it; many events of one object are one
 * request. */
static void
test_pages (Scripted      *fixture,
            gconstpointer  unused)
{
  const char *payout = "{\"id\":\"tr_1\",\"object\":\"payment_link\"}";
  g_autofree char *first = make_event (1, "payment_link.created", payout);
  g_autofree char *second = make_event (2, "payment_link.updated", payout);
  g_autofree char *third = make_event (3, "payment_link.updated", payout);
  g_autofree char *older = g_strdup_printf ("%s,%s", second, first);
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;

  answer_events (fixture, older, TRUE);
  answer (fixture, 200, "{\"id\":\"tr_1\",\"object\":\"payment_link\",\"active\":true}");
  answer_events (fixture, third, FALSE);
  answer (fixture, 200, "{\"id\":\"tr_1\",\"object\":\"payment_link\",\"active\":false}");
  g_assert_true (try (fixture, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 4);
  g_assert_cmpstr (billing_test_server_get (fixture->server, 2)->path, ==,
                   "/v1/events?limit=100&ending_before=evt_2");
  g_assert_cmpint (billing_test_mirror_integer (&fixture->mirror,
                                                "SELECT active FROM payment_links"), ==, 0);
  cursor = get_cursor (fixture);
  g_assert_cmpstr (cursor, ==, "evt_3");

  /* The same event again, as Stripe may do: nothing is asked for. */
  answer_events (fixture, older, FALSE);
  g_assert_true (try (fixture, &error));
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 5);
}

/* An event of something that is not there any more buries it, be it by a 404 or by Stripe's word;
 * an id that is none is passed over. */
static void
test_gone (Scripted      *fixture,
           gconstpointer  unused)
{
  g_autofree char *customer = make_event (1, "customer.updated",
                                          "{\"id\":\"cus_1\",\"object\":\"customer\"}");
  g_autofree char *link = make_event (2, "payment_link.updated",
                                      "{\"id\":\"plink_1\",\"object\":\"payment_link\"}");
  g_autofree char *odd = make_event (3, "payment_link.updated",
                                     "{\"id\":\"../x?\",\"object\":\"payment_link\"}");
  g_autofree char *events = g_strdup_printf ("%s,%s,%s", odd, link, customer);
  g_autoptr (GError) error = NULL;

  billing_test_mirror_run (&fixture->mirror,
                           "INSERT INTO customers (id, fetched, json) VALUES ('cus_1', 1, '{}')");
  billing_test_mirror_run (&fixture->mirror, "INSERT INTO payment_links (id, fetched, json) VALUES ('plink_1', 1, '{}')");
  answer_events (fixture, events, FALSE);
  answer (fixture, 404,
          "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\"}}");
  answer (fixture, 200, "{\"id\":\"cus_1\",\"object\":\"customer\",\"deleted\":true}");
  g_assert_true (try (fixture, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 3);
  g_assert_cmpstr (billing_test_server_get (fixture->server, 1)->path, ==,
                   "/v1/payment_links/plink_1");
  g_assert_cmpint (billing_test_mirror_integer (&fixture->mirror, "SELECT deleted FROM customers"),
                   ==, 1);
  g_assert_cmpint (billing_test_mirror_integer (&fixture->mirror,
                                                "SELECT deleted FROM payment_links"), ==, 1);
}

/* A list of events that leads back to itself ends, with what came before kept. */
static void
test_circle (Scripted      *fixture,
             gconstpointer  unused)
{
  g_autofree char *first = make_event (1, "void.void", "{}");
  g_autofree char *second = make_event (2, "void.void", "{}");
  g_autoptr (GError) error = NULL;

  answer_events (fixture, first, TRUE);
  answer_events (fixture, second, TRUE);
  answer_events (fixture, first, TRUE);
  answer_events (fixture, second, TRUE);
  g_assert_false (try (fixture, &error));
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE);
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 4);
}

/* An amount that is no integer is not taken in, nor is what came with it; the cursor stays. */
static void
test_bad_amount (Scripted      *fixture,
                 gconstpointer  unused)
{
  g_autofree char *event = make_event (1, "payment_intent.created",
                                       "{\"id\":\"pi_1\",\"object\":\"payment_intent\"}");
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;

  answer_events (fixture, event, FALSE);
  answer (fixture, 200, "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"created\":5,\"amount\":7.5,\"currency\":\"usd\"}");
  g_assert_false (try (fixture, &error));
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE);
  g_assert_nonnull (strstr (error->message, "no integer"));
  g_assert_cmpint (billing_test_mirror_integer (&fixture->mirror,
                                                "SELECT count (*) FROM payment_intents"), ==, 0);
  g_assert_cmpint (billing_test_mirror_integer (&fixture->mirror, "SELECT count (*) FROM events"),
                   ==, 0);
  cursor = get_cursor (fixture);
  g_assert_cmpstr (cursor, ==, "evt_0");
}

/* A refund or dispute brings its charge; a refunded charge brings its refunds; money brings the
 * balance and its new transactions. */
static void
test_relations (Scripted      *fixture,
                gconstpointer  unused)
{
  g_autofree char *event = make_event (1, "charge.dispute.created",
                                       "{\"id\":\"dp_1\",\"object\":\"dispute\",\"charge\":\"ch_1\"}");
  const char *list = "{\"object\":\"list\",\"data\":[],\"has_more\":false}";
  g_autofree char *refunded = make_event (2, "charge.refunded",
                                          "{\"id\":\"ch_1\",\"object\":\"charge\"}");
  g_autoptr (GError) error = NULL;

  answer_events (fixture, event, FALSE);
  answer (fixture, 200, "{\"id\":\"dp_1\",\"object\":\"dispute\",\"created\":5,\"amount\":7,\"charge\":\"ch_1\"}");
  answer (fixture, 200,
          "{\"id\":\"ch_1\",\"object\":\"charge\",\"created\":4,\"amount\":7,\"disputed\":true}");
  answer (fixture, 200, "{\"object\":\"balance\",\"available\":[],\"pending\":[]}");
  answer (fixture, 200, list);
  g_assert_true (try (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (billing_test_server_get (fixture->server, 2)->path, ==, "/v1/charges/ch_1");
  g_assert_cmpstr (billing_test_server_get (fixture->server, 3)->path, ==, "/v1/balance");
  g_assert_cmpstr (billing_test_server_get (fixture->server, 4)->path, ==,
                   "/v1/balance_transactions?limit=100");
  g_assert_cmpint (billing_test_mirror_integer (&fixture->mirror, "SELECT disputed FROM charges"),
                   ==, 1);

  answer_events (fixture, refunded, FALSE);
  answer (fixture, 200,
          "{\"id\":\"ch_1\",\"object\":\"charge\",\"created\":4,\"amount\":7,\"refunded\":true}");
  answer (fixture, 200, "{\"object\":\"list\",\"data\":[{\"id\":\"re_1\",\"object\":\"refund\",\"created\":6,\"amount\":7}],"
                        "\"has_more\":false}");
  answer (fixture, 200, "{\"object\":\"balance\",\"available\":[],\"pending\":[]}");
  answer (fixture, 200, list);
  g_assert_true (try (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (billing_test_server_get (fixture->server, 7)->path, ==,
                   "/v1/refunds?limit=100&charge=ch_1");
  g_assert_cmpint (billing_test_mirror_integer (&fixture->mirror,
                                                "SELECT count (*) FROM stripe_refunds"), ==, 1);
}

/* --- lists ------------------------------------------------------------------------------------ */

static void
list_charges_again (Scripted *fixture)
{
  billing_test_mirror_run (&fixture->mirror,
                           "UPDATE streams SET state = '' WHERE name = 'charges'");
}

static void
answer_charges (Scripted   *fixture,
                const char *charges,
                gboolean    has_more)
{
  answer_events (fixture, charges, has_more);
}

static void
assert_list_fails (Scripted *fixture,
                   gint64    n_charges)
{
  g_autoptr (GError) error = NULL;

  answer_events (fixture, "", FALSE);
  g_assert_false (try (fixture, &error));
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE);
  g_assert_cmpint (billing_test_mirror_integer (&fixture->mirror, "SELECT count (*) FROM charges"),
                   ==, n_charges);
  g_assert_cmpstr (billing_test_mirror_stream (&fixture->mirror, "charges")->problem, ==,
                   error->message);
}

/* Nothing of a page is taken in that has an amount which is no integer, wherever it stands in
 * it. */
static void
test_list_amount (Scripted      *fixture,
                  gconstpointer  unused)
{
  list_charges_again (fixture);
  answer_charges (fixture, "{\"id\":\"ch_2\",\"created\":20,\"amount\":1},{\"id\":\"ch_1\",\"created\":10,\"amount\":\"12\"}", FALSE);
  assert_list_fails (fixture, 0);
}

/* A list that goes back to newer objects, and one that goes round among objects of one second,
 * end. */
static void
test_list_circle (Scripted      *fixture,
                  gconstpointer  unused)
{
  list_charges_again (fixture);
  answer_charges (fixture, "{\"id\":\"ch_2\",\"created\":20,\"amount\":1}", TRUE);
  answer_charges (fixture, "{\"id\":\"ch_3\",\"created\":30,\"amount\":1}", TRUE);
  assert_list_fails (fixture, 1);

  answer_charges (fixture, "{\"id\":\"ch_4\",\"created\":20,\"amount\":1}", TRUE);
  answer_charges (fixture, "{\"id\":\"ch_2\",\"created\":20,\"amount\":1}", TRUE);
  answer_charges (fixture, "{\"id\":\"ch_4\",\"created\":20,\"amount\":1}", TRUE);
  assert_list_fails (fixture, 2);
}

/* Where the object is gone behind which a list was to go on, it goes on at its second. */
static void
test_list_rewind (Scripted      *fixture,
                  gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  list_charges_again (fixture);
  answer_charges (fixture, "{\"id\":\"ch_2\",\"created\":20,\"amount\":1}", TRUE);
  answer (fixture, 400,
          "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\","
                        "\"param\":\"starting_after\",\"message\":\"No such charge\"}}");
  answer_charges (fixture, "{\"id\":\"ch_1\",\"created\":20,\"amount\":1}", FALSE);
  answer_events (fixture, "", FALSE);
  g_assert_true (try (fixture, &error));
  g_assert_no_error (error);

  g_assert_cmpstr (billing_test_server_get (fixture->server, 0)->path, ==, "/v1/charges?limit=100");
  g_assert_cmpstr (billing_test_server_get (fixture->server, 1)->path, ==,
                   "/v1/charges?limit=100&starting_after=ch_2");
  g_assert_cmpstr (billing_test_server_get (fixture->server, 2)->path, ==,
                   "/v1/charges?limit=100&created[lt]=21");
  g_assert_cmpint (billing_test_mirror_integer (&fixture->mirror, "SELECT count (*) FROM charges"),
                   ==, 2);
}

#define ADD(name, func) \
  g_test_add (name, BillingTestMirror, NULL, billing_test_mirror_set_up, func, \
              billing_test_mirror_tear_down)
#define ADD_SCRIPTED(name, func) g_test_add (name, Scripted, NULL, set_up_scripted, func, tear_down_scripted)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/stripe/sync-events/follow", test_follow);
  ADD ("/stripe/sync-events/many", test_many);
  ADD ("/stripe/sync-events/quiet", test_quiet);
  ADD ("/stripe/sync-events/shuffled", test_shuffled);
  ADD ("/stripe/sync-events/late", test_late);
  ADD ("/stripe/sync-events/deleted", test_deleted);
  ADD ("/stripe/sync-events/gap", test_gap);
  ADD ("/stripe/sync-events/silence", test_silence);
  ADD ("/stripe/sync-events/cursor-gone", test_cursor_gone);
  ADD ("/stripe/sync-events/due-session", test_due_session);
  ADD_SCRIPTED ("/stripe/sync-events/unknown", test_unknown);
  ADD_SCRIPTED ("/stripe/sync-events/pages", test_pages);
  ADD_SCRIPTED ("/stripe/sync-events/gone", test_gone);
  ADD_SCRIPTED ("/stripe/sync-events/circle", test_circle);
  ADD_SCRIPTED ("/stripe/sync-events/bad-amount", test_bad_amount);
  ADD_SCRIPTED ("/stripe/sync-events/relations", test_relations);
  ADD_SCRIPTED ("/stripe/sync-events/list-amount", test_list_amount);
  ADD_SCRIPTED ("/stripe/sync-events/list-circle", test_list_circle);
  ADD_SCRIPTED ("/stripe/sync-events/list-rewind", test_list_rewind);
  return g_test_run ();
}
