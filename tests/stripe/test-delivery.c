/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-delivery"

#include "config.h"

#include "billing-stripe-delivery.h"
#include "billing-stripe-error.h"
#include "billing-test-clock.h"
#include "billing-test-folder.h"
#include "billing-test-server.h"

#include <string.h>

/* One intent and a server that answers as it is told: what is asked, what is kept, and what it is
 * taken for. */

#define KEY "sk_test_4eC39HqLyjWDarjtT1zdp7dc"
#define INTENT(status) "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"created\":1,\"amount\":500,\"currency\":\"usd\"," \
  "\"status\":\"" status "\",\"latest_charge\":\"ch_1\",\"client_secret\":\"pi_1_secret_x\"}"
#define CHARGE "{\"id\":\"ch_1\",\"object\":\"charge\",\"created\":1,\"amount\":500,\"payment_intent\":\"pi_1\"}"
#define REFUND(status) "{\"id\":\"re_1\",\"object\":\"refund\",\"created\":1,\"amount\":500,\"status\":\"" status "\"," \
  "\"charge\":\"ch_1\"}"
#define SESSION "{\"id\":\"cs_1\",\"object\":\"checkout.session\",\"created\":1,\"status\":\"open\",\"payment_intent\":null," \
  "\"url\":\"https://checkout.stripe.com/c/pay/cs_1\"}"

typedef struct
{
  char *folder; /* (owned) */
  BillingMirror *mirror; /* (owned) */
  BillingTestServer *server; /* (owned) */
  BillingTestClock clock;
  BillingStripeClient *client; /* (owned) */
  BillingIntent *intent; /* (owned) */
  BillingStripeDelivery delivery;
} Fixture;

static void
set_intent (Fixture    *self,
            const char *kind,
            const char *path,
            const char *body)
{
  g_clear_object (&self->intent);
  self->intent = g_object_new (BILLING_TYPE_INTENT, "id", "out_1", "kind", kind, "method", "POST",
                               "path", path, "body", body,
                               "idempotency-key", "0f0e-key", "api-version",
                               BILLING_STRIPE_API_VERSION, "created-at",
                               G_GINT64_CONSTANT (1793000000), NULL);
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = billing_test_folder ();
  self->mirror = billing_mirror_open (self->folder, &error);
  g_assert_no_error (error);
  self->server = billing_test_server_new ();
  billing_test_clock_init (&self->clock);
  self->client = billing_stripe_client_new_full (billing_test_server_get_base (self->server), KEY,
                                                 0, &self->clock.clock, &error);
  g_assert_no_error (error);
  set_intent (self, "authorise", "/v1/payment_intents", "amount=500&currency=usd");
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_assert_finalize_object (self->client);
  billing_test_server_free (self->server);
  billing_test_clock_clear (&self->clock);
  billing_mirror_close (self->mirror);
  billing_test_folder_remove (self->folder);
  billing_stripe_delivery_clear (&self->delivery);
  g_clear_object (&self->intent);
}

static void
answer (Fixture    *self,
        guint       status,
        const char *body)
{
  billing_test_server_answer (self->server, status, body, "Request-Id", "req_1", NULL);
}

static void
deliver (Fixture *self)
{
  billing_stripe_delivery_clear (&self->delivery);
  billing_stripe_delivery_send (self->client, self->mirror, self->intent, &self->delivery, NULL);
}

static void
look_up (Fixture *self)
{
  billing_stripe_delivery_clear (&self->delivery);
  billing_stripe_delivery_look_up (self->client, self->mirror, self->intent, &self->delivery, NULL);
}

static void
assert_requests (Fixture    *self,
                 const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < billing_test_server_count (self->server); i++)
    {
      const BillingTestRequest *request = billing_test_server_get (self->server, i);

      g_string_append_printf (found, "%s%s %s", i > 0 ? ", " : "", request->method, request->path);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
assert_mirror (Fixture    *self,
               const char *sql,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  billing_mirror_begin (self->mirror, &error);
  g_assert_no_error (error);
  found = billing_connection_get_text (billing_mirror_get_connection (self->mirror), &error, sql,
                                       "");
  g_assert_no_error (error);
  billing_mirror_rollback (self->mirror);
  g_assert_cmpstr (found, ==, expected);
}

/* A first answer is kept as it came, with its charge beside it; of it nothing secret goes into the
 * books. */
static void
test_done (Fixture       *self,
           gconstpointer  unused)
{
  const BillingTestRequest *request;

  answer (self, 200, INTENT ("requires_capture"));
  answer (self, 200, CHARGE);
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  g_assert_cmpstr (self->delivery.result_id, ==, "pi_1");
  g_assert_cmpstr (self->delivery.request_id, ==, "req_1");
  g_assert_null (strstr (self->delivery.answer, "secret"));
  g_assert_null (self->delivery.problem);
  assert_requests (self, "POST /v1/payment_intents, GET /v1/charges/ch_1");
  request = billing_test_server_get (self->server, 0);
  g_assert_cmpstr (request->body, ==, "amount=500&currency=usd");
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "idempotency-key"), ==, "0f0e-key");
  assert_mirror (self, "SELECT i.status || ' ' || c.id FROM payment_intents i, charges c",
                 "requires_capture ch_1");
}

/* An answer that may be an old one is only a hint: what it is about is fetched. */
static void
test_again (Fixture       *self,
            gconstpointer  unused)
{
  self->intent->first_sent_at = 1793000000;
  answer (self, 200, INTENT ("requires_capture"));
  answer (self, 200, INTENT ("succeeded"));
  answer (self, 200, CHARGE);
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  assert_requests (self,
                   "POST /v1/payment_intents, GET /v1/payment_intents/pi_1, GET /v1/charges/ch_1");
  assert_mirror (self, "SELECT status FROM payment_intents", "succeeded");
}

/* The same where Stripe says that it repeats itself. */
static void
test_replayed (Fixture       *self,
               gconstpointer  unused)
{
  billing_test_server_answer (self->server, 200, INTENT ("requires_capture"), "Idempotent-Replayed",
                              "true", NULL);
  answer (self, 200, INTENT ("succeeded"));
  answer (self, 200, CHARGE);
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  assert_mirror (self, "SELECT status FROM payment_intents", "succeeded");
}

/* What an older program stored is sent as that would have sent it; its answer is read again in the
 * words of today. */
static void
test_older (Fixture       *self,
            gconstpointer  unused)
{
  g_object_set (self->intent, "api-version", "2024-06-20", NULL);
  answer (self, 200, INTENT ("requires_capture"));
  answer (self, 200, INTENT ("requires_capture"));
  answer (self, 200, CHARGE);
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  g_assert_cmpstr (g_hash_table_lookup (billing_test_server_get (self->server, 0)->headers,
                                        "stripe-version"), ==, "2024-06-20");
  g_assert_cmpstr (g_hash_table_lookup (billing_test_server_get (self->server, 1)->headers,
                                        "stripe-version"), ==,
                   BILLING_STRIPE_API_VERSION);
  assert_requests (self,
                   "POST /v1/payment_intents, GET /v1/payment_intents/pi_1, GET /v1/charges/ch_1");
}

/* A page has nothing to fetch beside it, and its address is kept. */
static void
test_page (Fixture       *self,
           gconstpointer  unused)
{
  g_autofree char *url = NULL;

  set_intent (self, "authorise", "/v1/checkout/sessions", "mode=payment");
  answer (self, 200, SESSION);
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  assert_requests (self, "POST /v1/checkout/sessions");
  url = billing_stripe_delivery_get_url (self->delivery.answer);
  g_assert_cmpstr (url, ==, "https://checkout.stripe.com/c/pay/cs_1");
  g_assert_null (billing_stripe_delivery_get_url (NULL));
  g_assert_null (billing_stripe_delivery_get_url ("{"));
  g_assert_null (billing_stripe_delivery_get_url ("{\"url\":null}"));
}

/* A card that is declined comes with its intent, and that with its charge. */
static void
test_declined (Fixture       *self,
               gconstpointer  unused)
{
  answer (self, 402, "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\",\"message\":\"Your card was declined.\","
                     "\"payment_intent\":{\"id\":\"pi_1\",\"object\":\"payment_intent\"},\"charge\":\"ch_1\"}}");
  answer (self, 200, INTENT ("requires_payment_method"));
  answer (self, 200, CHARGE);
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_REFUSED);
  g_assert_cmpstr (self->delivery.problem, ==, "Your card was declined.");
  g_assert_cmpstr (self->delivery.result_id, ==, "pi_1");
  assert_requests (self,
                   "POST /v1/payment_intents, GET /v1/payment_intents/pi_1, GET /v1/charges/ch_1");
  assert_mirror (self, "SELECT count(*) FROM charges", "1");
}

/* A refusal is one, also where its reason cannot be fetched now. */
static void
test_declined_alone (Fixture       *self,
                     gconstpointer  unused)
{
  set_intent (self, "capture", "/v1/payment_intents/pi_1/capture", "amount_to_capture=1");
  answer (self, 400, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"No.\"}}");
  answer (self, 401, "{\"error\":{\"type\":\"authentication_error\"}}");
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_REFUSED);
  g_assert_nonnull (strstr (self->delivery.problem, "No."));
  g_assert_false (billing_stripe_delivery_stops (&self->delivery));
  assert_requests (self, "POST /v1/payment_intents/pi_1/capture, GET /v1/payment_intents/pi_1");
}

/* What an object says that Stripe made all the same. */
static const struct
{
  const char *kind;
  const char *path;
  const char *body;
  BillingStripeOutcome outcome;
} states[] = {
  { "authorise", "/v1/payment_intents", INTENT ("requires_capture"), BILLING_STRIPE_OUTCOME_DONE },
  { "authorise", "/v1/payment_intents", INTENT ("processing"), BILLING_STRIPE_OUTCOME_DONE },
  { "authorise", "/v1/payment_intents", INTENT ("requires_action"), BILLING_STRIPE_OUTCOME_REFUSED },
  { "authorise", "/v1/payment_intents", INTENT ("requires_payment_method"), BILLING_STRIPE_OUTCOME_REFUSED },
  { "capture", "/v1/payment_intents/pi_1/capture", INTENT ("succeeded"), BILLING_STRIPE_OUTCOME_DONE },
  { "capture", "/v1/payment_intents/pi_1/capture", INTENT ("requires_capture"), BILLING_STRIPE_OUTCOME_REFUSED },
  { "void", "/v1/payment_intents/pi_1/cancel", INTENT ("canceled"), BILLING_STRIPE_OUTCOME_DONE },
  { "void", "/v1/payment_intents/pi_1/cancel", INTENT ("succeeded"), BILLING_STRIPE_OUTCOME_REFUSED },
  { "refund", "/v1/refunds", REFUND ("succeeded"), BILLING_STRIPE_OUTCOME_DONE },
  { "refund", "/v1/refunds", REFUND ("pending"), BILLING_STRIPE_OUTCOME_DONE },
  { "refund", "/v1/refunds", REFUND ("failed"), BILLING_STRIPE_OUTCOME_REFUSED },
};

static void
test_states (Fixture       *self,
             gconstpointer  unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      set_intent (self, states[i].kind, states[i].path, "");
      answer (self, 200, states[i].body);
      answer (self, 200, CHARGE);
      deliver (self);
      g_test_message ("%s: %s", states[i].kind, states[i].body);
      g_assert_cmpint (self->delivery.outcome, ==, states[i].outcome);
      g_assert_cmpint (self->delivery.problem != NULL, ==,
                       states[i].outcome != BILLING_STRIPE_OUTCOME_DONE);
    }
}

/* Every kind of failure: what it is taken for at the first sending and at a later one, and whether
 * the others wait too. */
static const struct
{
  guint status;
  const char *error;
  BillingStripeOutcome first;
  BillingStripeOutcome again;
  gboolean stops;
} failures[] = {
  { 400, "\"type\":\"invalid_request_error\"", BILLING_STRIPE_OUTCOME_REFUSED, BILLING_STRIPE_OUTCOME_REFUSED, FALSE },
  { 404, "\"code\":\"resource_missing\"", BILLING_STRIPE_OUTCOME_REFUSED, BILLING_STRIPE_OUTCOME_REFUSED, FALSE },
  { 402, "\"type\":\"card_error\"", BILLING_STRIPE_OUTCOME_REFUSED, BILLING_STRIPE_OUTCOME_REFUSED, FALSE },
  { 403, "\"type\":\"invalid_request_error\"", BILLING_STRIPE_OUTCOME_REFUSED, BILLING_STRIPE_OUTCOME_UNHEARD, FALSE },
  { 401, "\"type\":\"authentication_error\"", BILLING_STRIPE_OUTCOME_UNHEARD, BILLING_STRIPE_OUTCOME_UNHEARD, TRUE },
  { 429, "\"code\":\"rate_limit\"", BILLING_STRIPE_OUTCOME_LOST, BILLING_STRIPE_OUTCOME_LOST, TRUE },
  { 400, "\"type\":\"idempotency_error\"", BILLING_STRIPE_OUTCOME_UNKNOWN, BILLING_STRIPE_OUTCOME_UNKNOWN, FALSE },
};

static void
test_failures (Fixture       *self,
               gconstpointer  unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures) * 2; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"error\":{%s}}", failures[i / 2].error);
      gboolean is_again = i % 2 == 1;

      self->intent->first_sent_at = is_again ? 1793000000 : 0;
      answer (self, failures[i / 2].status, body);
      deliver (self);
      g_test_message ("%u %s", failures[i / 2].status, body);
      g_assert_cmpint (self->delivery.outcome, ==, is_again ? failures[i / 2].again : failures[i / 2].first);
      g_assert_cmpint (billing_stripe_delivery_stops (&self->delivery), ==, failures[i / 2].stops);
      g_assert_nonnull (self->delivery.problem);
      g_assert_cmpstr (self->delivery.request_id, ==, "req_1");
    }
  assert_mirror (self, "SELECT count(*) FROM payment_intents", "0");
}

/* What is not Stripe's, not whole or says nothing may have been done. */
static void
test_unreadable (Fixture       *self,
                 gconstpointer  unused)
{
  static const char * const bodies[] = { "{\"id\":\"pi_1\"", "<html>", "{}", "{\"id\":\"pi_1\"}", "{\"id\":1,\"object\":\"charge\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      answer (self, 200, bodies[i]);
      deliver (self);
      g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_LOST);
      g_assert_false (billing_stripe_delivery_stops (&self->delivery));
    }
}

/* Done counts only with what belongs to it in the mirror, which has all of it or nothing; but for
 * what the key may not read. */
static void
test_half (Fixture       *self,
           gconstpointer  unused)
{
  answer (self, 200, INTENT ("requires_capture"));
  answer (self, 400, "{\"error\":{\"type\":\"invalid_request_error\"}}");
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_LOST);
  assert_mirror (self, "SELECT count(*) FROM payment_intents", "0");

  answer (self, 200, INTENT ("requires_capture"));
  answer (self, 403, "{\"error\":{\"type\":\"invalid_request_error\"}}");
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  assert_mirror (self, "SELECT count(*) FROM payment_intents", "1");
}

#define PAGE(objects, more) "{\"object\":\"list\",\"url\":\"/v1/refunds\",\"has_more\":" more ",\"data\":[" objects "]}"
#define MARKED(id, intent) "{\"id\":\"" id "\",\"object\":\"refund\",\"metadata\":{\"billing_intent\":\"" intent "\"}}"

/* It is looked for by our mark, page after page, and then fetched. Nothing is sent that changes
 * anything. */
static void
test_found (Fixture       *self,
            gconstpointer  unused)
{
  set_intent (self, "refund", "/v1/refunds", "charge=ch_1&amount=500");
  answer (self, 200, PAGE (MARKED ("re_3", "out_3") "," MARKED ("re_2", "out_2"), "true"));
  answer (self, 200, PAGE (MARKED ("re_1", "out_1"), "true"));
  answer (self, 200, REFUND ("succeeded"));
  answer (self, 200, CHARGE);
  look_up (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  g_assert_cmpstr (self->delivery.result_id, ==, "re_1");
  assert_requests (self, "GET /v1/refunds?limit=100&charge=ch_1, GET /v1/refunds?limit=100&charge=ch_1&starting_after=re_2, "
                         "GET /v1/refunds/re_1, GET /v1/charges/ch_1");
}

/* Where the mark is nowhere, it never was. */
static void
test_never (Fixture       *self,
            gconstpointer  unused)
{
  answer (self, 200, PAGE ("{\"id\":\"pi_3\",\"metadata\":null},{\"id\":\"pi_2\"}", "false"));
  look_up (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_REFUSED);
  g_assert_nonnull (strstr (self->delivery.problem, "never"));
  assert_requests (self, "GET /v1/payment_intents?limit=100&created[gte]=1792913600");
}

/* What changes an intent is told by its state. */
static void
test_state (Fixture       *self,
            gconstpointer  unused)
{
  set_intent (self, "void", "/v1/payment_intents/pi_1/cancel", "");
  answer (self, 200, INTENT ("canceled"));
  answer (self, 200, CHARGE);
  look_up (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  assert_requests (self, "GET /v1/payment_intents/pi_1, GET /v1/charges/ch_1");
}

/* A look that goes wrong tells nothing: not that it was done, and not that it was not. */
static void
test_blind (Fixture       *self,
            gconstpointer  unused)
{
  answer (self, 200, PAGE (MARKED ("pi_3", "out_3"), "true"));
  answer (self, 400, "{\"error\":{\"type\":\"invalid_request_error\"}}");
  look_up (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_LOST);

  answer (self, 401, "{\"error\":{\"type\":\"authentication_error\"}}");
  look_up (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_LOST);
  g_assert_true (billing_stripe_delivery_stops (&self->delivery));
}

/* What stands in for Stripe and cannot do it says so in any words, and is not asked again. */
static void
test_cannot (Fixture       *self,
             gconstpointer  unused)
{
  answer (self, 404, "404: Not Found");
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_REFUSED);
  g_assert_error (self->delivery.error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE);
  g_assert_false (billing_stripe_delivery_stops (&self->delivery));
  assert_requests (self, "POST /v1/payment_intents");
}

/* An answer about something that is never asked for is no answer, however often it is given: what
 * was asked for may have been done. */
static void
test_alien (Fixture       *self,
            gconstpointer  unused)
{
  answer (self, 200, "{\"id\":\"al_1\",\"object\":\"alien\"}");
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_LOST);
  g_assert_error (self->delivery.error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE);

  billing_test_server_answer (self->server, 200, "{\"id\":\"al_1\",\"object\":\"alien\"}",
                              "Idempotent-Replayed", "true", NULL);
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_LOST);
  assert_requests (self, "POST /v1/payment_intents, POST /v1/payment_intents");
}

#define SETTINGS(interval, days) "{\"object\":\"balance_settings\",\"payments\":{\"debit_negative_balances\":true,\"payouts\":{" \
  "\"schedule\":{\"interval\":\"" interval "\",\"weekly_payout_days\":" days "},\"statement_descriptor\":null}}}"
#define WEEKLY "payments[payouts][schedule][interval]=weekly&payments[payouts][schedule][weekly_payout_days][0]=monday" \
  "&payments[payouts][schedule][weekly_payout_days][1]=friday&payments[debit_negative_balances]=true" \
  "&payments[payouts][statement_descriptor]="

/* What an account has one of has no id: its answer is kept by its name, and an old answer has it asked for again. */
static void
test_single (Fixture       *self,
             gconstpointer  unused)
{
  set_intent (self, "payout-schedule", "/v1/balance_settings", WEEKLY);
  answer (self, 200, SETTINGS ("weekly", "[\"friday\",\"monday\"]"));
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  g_assert_null (self->delivery.result_id);
  assert_mirror (self, "SELECT json ->> '$.payments.payouts.schedule.interval' FROM singles WHERE name = 'balance_settings'",
                 "weekly");

  billing_test_server_answer (self->server, 200, SETTINGS ("weekly", "[]"), "Idempotent-Replayed", "true", NULL);
  answer (self, 200, SETTINGS ("daily", "[]"));
  deliver (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  assert_requests (self, "POST /v1/balance_settings, POST /v1/balance_settings, GET /v1/balance_settings");
  assert_mirror (self, "SELECT json ->> '$.payments.payouts.schedule.interval' FROM singles WHERE name = 'balance_settings'",
                 "daily");
}

/* What leaves no mark was done where Stripe says what was asked for, in whatever order; otherwise it was not, or not for long. */
static void
test_compared (Fixture       *self,
               gconstpointer  unused)
{
  static const struct {
    const char *answer;
    BillingStripeOutcome outcome;
  } rows[] = {
    { SETTINGS ("weekly", "[\"friday\",\"monday\"]"), BILLING_STRIPE_OUTCOME_DONE },
    { SETTINGS ("weekly", "[\"friday\"]"), BILLING_STRIPE_OUTCOME_REFUSED },
    { SETTINGS ("daily", "[\"friday\",\"monday\"]"), BILLING_STRIPE_OUTCOME_REFUSED },
    { "{\"object\":\"balance_settings\"}", BILLING_STRIPE_OUTCOME_REFUSED },
  };

  set_intent (self, "payout-schedule", "/v1/balance_settings", WEEKLY);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      answer (self, 200, rows[i].answer);
      look_up (self);
      g_test_message ("%s", rows[i].answer);
      g_assert_cmpint (self->delivery.outcome, ==, rows[i].outcome);
      g_assert_cmpint (self->delivery.problem != NULL, ==, rows[i].outcome != BILLING_STRIPE_OUTCOME_DONE);
    }
}

#define REGISTRATION(id, created, state) "{\"id\":\"" id "\",\"object\":\"tax.registration\",\"created\":" created "," \
  "\"country\":\"US\",\"country_options\":{\"us\":{\"state\":\"" state "\",\"type\":\"state_sales_tax\"}},\"active_from\":5," \
  "\"expires_at\":null,\"status\":\"active\"}"

/* What is made without a mark is known by what it says, among what is not older than the wish for it. */
static void
test_found_by_words (Fixture       *self,
                     gconstpointer  unused)
{
  set_intent (self, "tax-register", "/v1/tax/registrations",
              "country=US&country_options[us][state]=CA&country_options[us][type]=state_sales_tax&active_from=now");
  answer (self, 200, PAGE (REGISTRATION ("taxreg_3", "1793000001", "NY") "," REGISTRATION ("taxreg_2", "1793000001", "CA") ","
                           REGISTRATION ("taxreg_1", "1700000000", "CA"), "false"));
  answer (self, 200, REGISTRATION ("taxreg_2", "1793000001", "CA"));
  look_up (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  g_assert_cmpstr (self->delivery.result_id, ==, "taxreg_2");
  assert_requests (self, "GET /v1/tax/registrations?limit=100&status=all, GET /v1/tax/registrations/taxreg_2");

  answer (self, 200, PAGE (REGISTRATION ("taxreg_1", "1700000000", "CA"), "false"));
  look_up (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_REFUSED);
}

#define DISPUTE(status, count) "{\"id\":\"dp_1\",\"object\":\"dispute\",\"created\":1,\"status\":\"" status "\"," \
  "\"charge\":\"ch_1\",\"evidence\":{\"customer_name\":\"A\",\"receipt\":{\"id\":\"file_1\"},\"refund_policy\":null}," \
  "\"evidence_details\":{\"submission_count\":" count "}}"

/* Each step of an answer to a dispute is told by the dispute itself. */
static void
test_dispute (Fixture       *self,
              gconstpointer  unused)
{
  static const struct {
    const char *kind;
    const char *path;
    const char *body;
    const char *answer;
    BillingStripeOutcome outcome;
  } rows[] = {
    { "dispute-save", "/v1/disputes/dp_1", "evidence[customer_name]=A&evidence[receipt]=file_1&evidence[refund_policy]=&submit=false",
      DISPUTE ("needs_response", "0"), BILLING_STRIPE_OUTCOME_DONE },
    { "dispute-save", "/v1/disputes/dp_1", "evidence[customer_name]=B&submit=false", DISPUTE ("needs_response", "0"),
      BILLING_STRIPE_OUTCOME_REFUSED },
    { "dispute-submit", "/v1/disputes/dp_1", "submit=true", DISPUTE ("under_review", "1"), BILLING_STRIPE_OUTCOME_DONE },
    { "dispute-submit", "/v1/disputes/dp_1", "submit=true", DISPUTE ("needs_response", "0"), BILLING_STRIPE_OUTCOME_REFUSED },
    { "dispute-accept", "/v1/disputes/dp_1/close", "", DISPUTE ("lost", "0"), BILLING_STRIPE_OUTCOME_DONE },
    { "dispute-accept", "/v1/disputes/dp_1/close", "", DISPUTE ("warning_closed", "0"), BILLING_STRIPE_OUTCOME_DONE },
    { "dispute-accept", "/v1/disputes/dp_1/close", "", DISPUTE ("needs_response", "0"), BILLING_STRIPE_OUTCOME_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      set_intent (self, rows[i].kind, rows[i].path, rows[i].body);
      answer (self, 200, rows[i].answer);
      look_up (self);
      g_test_message ("%s %s", rows[i].kind, rows[i].answer);
      g_assert_cmpint (self->delivery.outcome, ==, rows[i].outcome);
    }
  assert_mirror (self, "SELECT count(*) FROM disputes", "1");
}

#define UPLOAD "purpose=dispute_evidence&filename=receipt.pdf&size=9&content_type=application%2Fpdf&document=doc_1&sha256=abc"
#define STRIPE_FILE(id, size) "{\"id\":\"" id "\",\"object\":\"file\",\"created\":1793000001,\"purpose\":\"dispute_evidence\"," \
  "\"filename\":\"receipt.pdf\",\"size\":" size ",\"type\":\"pdf\"}"

static void
upload (Fixture *self)
{
  g_autoptr (GBytes) file = g_bytes_new_static ("%PDF-1.7\n", 9);

  billing_stripe_delivery_clear (&self->delivery);
  billing_stripe_delivery_send_file (self->client, self->mirror, self->intent, file, &self->delivery, NULL);
}

/* A file goes in parts whose bytes are the same each time, whatever came between; what Stripe has is known by its id alone, and an
 * answer that is given again is as good as the first. */
static void
test_upload (Fixture       *self,
             gconstpointer  unused)
{
  const BillingTestRequest *first;
  const BillingTestRequest *again;

  set_intent (self, "dispute-file", "/v1/files", UPLOAD);
  answer (self, 429, "{\"error\":{\"code\":\"rate_limit\"}}");
  upload (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_LOST);
  self->intent->first_sent_at = 1793000000;
  billing_test_server_answer (self->server, 200, STRIPE_FILE ("file_1", "9"), "Idempotent-Replayed", "true", NULL);
  upload (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  g_assert_cmpstr (self->delivery.result_id, ==, "file_1");
  assert_requests (self, "POST /v1/files, POST /v1/files");

  first = billing_test_server_get (self->server, 0);
  again = billing_test_server_get (self->server, 1);
  g_assert_cmpstr (first->body, ==, again->body);
  g_assert_cmpstr (g_hash_table_lookup (first->headers, "content-type"), ==, g_hash_table_lookup (again->headers, "content-type"));
  g_assert_true (g_str_has_prefix (g_hash_table_lookup (first->headers, "content-type"), "multipart/form-data; boundary="));
  g_assert_cmpstr (g_hash_table_lookup (again->headers, "idempotency-key"), ==, "0f0e-key");
  g_assert_nonnull (strstr (first->body, "name=\"purpose\"\r\n\r\ndispute_evidence\r\n"));
  g_assert_nonnull (strstr (first->body, "filename=\"receipt.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n\r\n--"));
}

/* A file has no mark; among those of that time it is known by its name and its size. */
static void
test_upload_found (Fixture       *self,
                   gconstpointer  unused)
{
  set_intent (self, "dispute-file", "/v1/files", UPLOAD);
  answer (self, 200, PAGE (STRIPE_FILE ("file_2", "8") "," STRIPE_FILE ("file_1", "9"), "false"));
  look_up (self);
  g_assert_cmpint (self->delivery.outcome, ==, BILLING_STRIPE_OUTCOME_DONE);
  g_assert_cmpstr (self->delivery.result_id, ==, "file_1");
  assert_requests (self, "GET /v1/files?limit=100&created[gte]=1792913600");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/delivery/done", test_done);
  ADD ("/delivery/again", test_again);
  ADD ("/delivery/replayed", test_replayed);
  ADD ("/delivery/older", test_older);
  ADD ("/delivery/page", test_page);
  ADD ("/delivery/declined", test_declined);
  ADD ("/delivery/declined-alone", test_declined_alone);
  ADD ("/delivery/states", test_states);
  ADD ("/delivery/failures", test_failures);
  ADD ("/delivery/unreadable", test_unreadable);
  ADD ("/delivery/cannot", test_cannot);
  ADD ("/delivery/alien", test_alien);
  ADD ("/delivery/half", test_half);
  ADD ("/delivery/found", test_found);
  ADD ("/delivery/never", test_never);
  ADD ("/delivery/state", test_state);
  ADD ("/delivery/blind", test_blind);
  ADD ("/delivery/single", test_single);
  ADD ("/delivery/compared", test_compared);
  ADD ("/delivery/found-by-words", test_found_by_words);
  ADD ("/delivery/dispute", test_dispute);
  ADD ("/delivery/upload", test_upload);
  ADD ("/delivery/upload-found", test_upload_found);

  return g_test_run ();
}
