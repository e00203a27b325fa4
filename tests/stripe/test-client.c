/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-client"

#include "config.h"

#include "billing-stripe-client.h"
#include "billing-stripe-error.h"
#include "billing-test-clock.h"
#include "billing-test-server.h"

#include <string.h>
#include <unistd.h>

#define KEY "sk_test_4eC39HqLyjWDarjtT1zdp7dc"
#define OBJECT "{\"id\":\"ch_1\",\"object\":\"charge\"}"
#define FAILURE "{\"error\":{\"type\":\"api_error\"}}"

static int n_messages; /* counted by all threads */

typedef struct
{
  BillingTestServer *server;
  BillingTestClock clock;
  BillingStripeClient *client;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  timeout)
{
  g_autoptr (GError) error = NULL;

  fixture->server = billing_test_server_new ();
  billing_test_clock_init (&fixture->clock);
  fixture->client = billing_stripe_client_new_full (billing_test_server_get_base (fixture->server), KEY,
                                                    GPOINTER_TO_UINT (timeout), &fixture->clock.clock, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_assert_finalize_object (fixture->client);
  billing_test_server_free (fixture->server);
  billing_test_clock_clear (&fixture->clock);
}

static BillingStripeRequest *
make_get (const char *path)
{
  g_autoptr (GError) error = NULL;
  BillingStripeRequest *request = billing_stripe_request_new_get (path, NULL, &error);

  g_assert_no_error (error);
  return request;
}

static BillingStripeRequest *
make_post (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  BillingStripeRequest *request = billing_stripe_request_new_post ("/v1/refunds", body, "key-1", &error);

  g_assert_no_error (error);
  return request;
}

static void
assert_works (Fixture              *fixture,
              BillingStripeRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeAnswer) answer = billing_stripe_client_send (fixture->client, request, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (answer);
}

/* The sentence never has the key in it. */
static GError *
assert_fails (Fixture              *fixture,
              BillingStripeRequest *request,
              BillingStripeError    code)
{
  GError *error = NULL;
  g_autoptr (BillingStripeAnswer) answer = billing_stripe_client_send (fixture->client, request, NULL, &error);

  g_assert_null (answer);
  g_assert_error (error, BILLING_STRIPE_ERROR, (int) code);
  g_assert_null (strstr (error->message, KEY));
  return error;
}

static const char *
get_header (Fixture    *fixture,
            guint       index,
            const char *name)
{
  return g_hash_table_lookup (billing_test_server_get (fixture->server, index)->headers, name);
}

/* A GET carries the key, the pinned version and our name, its query as it was encoded, and no idempotency key. */
static void
test_get (Fixture       *fixture,
          gconstpointer  unused)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingStripeRequest) request = NULL;
  const BillingTestRequest *seen;

  billing_stripe_form_add_integer (form, "limit", 100);
  billing_stripe_form_expand (form, "data.customer");
  billing_stripe_form_add_string (form, "q", "a&b c!");
  request = billing_stripe_request_new_get ("/v1/charges", form, NULL);
  billing_test_server_answer (fixture->server, 200, OBJECT, NULL);
  assert_works (fixture, request);

  seen = billing_test_server_get (fixture->server, 0);
  g_assert_cmpstr (seen->method, ==, "GET");
  g_assert_cmpstr (seen->path, ==, "/v1/charges?limit=100&expand[0]=data.customer&q=a%26b%20c%21");
  g_assert_cmpstr (get_header (fixture, 0, "authorization"), ==, "Bearer " KEY);
  g_assert_cmpstr (get_header (fixture, 0, "stripe-version"), ==, "2026-10-28.endive");
  g_assert_cmpstr (get_header (fixture, 0, "user-agent"), ==, "Billing/" PACKAGE_VERSION);
  g_assert_null (get_header (fixture, 0, "idempotency-key"));
}

/* A POST sends the stored bytes as they are, with their key; an empty one says that it has no bytes. */
static void
test_post (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_post ("a[b]=%21&c=&d=%00");
  g_autoptr (BillingStripeRequest) empty = make_post ("");

  billing_test_server_answer (fixture->server, 200, OBJECT, NULL);
  billing_test_server_answer (fixture->server, 200, OBJECT, NULL);
  assert_works (fixture, request);
  assert_works (fixture, empty);

  g_assert_cmpstr (billing_test_server_get (fixture->server, 0)->method, ==, "POST");
  g_assert_cmpstr (billing_test_server_get (fixture->server, 0)->body, ==, "a[b]=%21&c=&d=%00");
  g_assert_cmpstr (get_header (fixture, 0, "content-type"), ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (get_header (fixture, 0, "idempotency-key"), ==, "key-1");
  g_assert_cmpstr (get_header (fixture, 1, "content-length"), ==, "0");
}

/* A DELETE has neither body nor key. */
static void
test_delete (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = billing_stripe_request_new_delete ("/v1/customers/cus_1", NULL);

  billing_test_server_answer (fixture->server, 200, "{\"id\":\"cus_1\",\"deleted\":true}", NULL);
  assert_works (fixture, request);
  g_assert_cmpstr (billing_test_server_get (fixture->server, 0)->method, ==, "DELETE");
  g_assert_cmpstr (billing_test_server_get (fixture->server, 0)->path, ==, "/v1/customers/cus_1");
  g_assert_null (get_header (fixture, 0, "idempotency-key"));
}

/* What an answer says besides its body is kept. */
static void
test_answer (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_post ("a=b");
  g_autoptr (BillingStripeAnswer) answer = NULL;

  billing_test_server_answer (fixture->server, 200, OBJECT, "Request-Id", "req_9", "Stripe-Notice", "Soon gone.",
                              "Idempotent-Replayed", "true", NULL);
  answer = billing_stripe_client_send (fixture->client, request, NULL, NULL);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body), OBJECT, strlen (OBJECT));
  g_assert_cmpstr (answer->request_id, ==, "req_9");
  g_assert_cmpstr (answer->notice, ==, "Soon gone.");
  g_assert_true (answer->is_replayed);
}

/* A list comes checked; one that does not go on behind its cursor is an error. */
static void
test_page (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  g_autoptr (BillingStripePage) page = NULL, repeated = NULL;
  g_autoptr (GError) error = NULL;

  billing_test_server_answer (fixture->server, 200, "{\"data\":[{\"id\":\"ch_1\"}],\"has_more\":true}", NULL);
  billing_test_server_answer (fixture->server, 200, "{\"data\":[{\"id\":\"ch_1\"}],\"has_more\":true}", NULL);
  page = billing_stripe_client_get_page (fixture->client, request, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (page->ids[0], ==, "ch_1");
  g_assert_true (page->has_more);

  repeated = billing_stripe_client_get_page (fixture->client, request, "ch_1", NULL, &error);
  g_assert_null (repeated);
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE);
}

/* A failure at Stripe is asked again twice, after half a second each, with the same bytes and the same key. */
static void
test_retry (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_post ("amount=1");

  billing_test_server_answer (fixture->server, 500, FAILURE, NULL);
  billing_test_server_answer (fixture->server, 409, FAILURE, NULL);
  billing_test_server_answer (fixture->server, 200, OBJECT, NULL);
  assert_works (fixture, request);

  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpstr (billing_test_server_get (fixture->server, i)->body, ==, "amount=1");
      g_assert_cmpstr (get_header (fixture, i, "idempotency-key"), ==, "key-1");
    }
  g_assert_cmpuint (fixture->clock.waits->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (g_array_index (fixture->clock.waits, gint64, i), ==, G_USEC_PER_SEC / 2);
}

/* After two repetitions the last answer counts. */
static void
test_retries_end (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    billing_test_server_answer (fixture->server, 503, FAILURE, "Request-Id", i < 2 ? "req_no" : "req_3", NULL);
  error = assert_fails (fixture, request, BILLING_STRIPE_ERROR_API);
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 3);
  g_assert_cmpstr (billing_stripe_error_get_detail (error)->request_id, ==, "req_3");
}

/* Stripe's own word on whether to ask again goes before our rules. */
static void
test_should_retry (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  g_autoptr (GError) error = NULL;

  billing_test_server_answer (fixture->server, 429, FAILURE, "Stripe-Should-Retry", "true", NULL);
  billing_test_server_answer (fixture->server, 500, FAILURE, "Stripe-Should-Retry", "false", NULL);
  error = assert_fails (fixture, request, BILLING_STRIPE_ERROR_API);
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 2);
}

/* A limit is not tried again here, however its answer invites to: it is reported with its reason. */
static void
test_rate_limited (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  g_autoptr (GError) error = NULL;

  billing_test_server_answer (fixture->server, 429, FAILURE, "Stripe-Rate-Limited-Reason", "endpoint-rate",
                              "Retry-After", "1", NULL);
  error = assert_fails (fixture, request, BILLING_STRIPE_ERROR_RATE_LIMITED);
  g_assert_cmpstr (billing_stripe_error_get_detail (error)->limited_reason, ==, "endpoint-rate");
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 1);
}

/* A refusal is final at once, and a replayed one says that it is. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_post ("amount=1");
  g_autoptr (GError) error = NULL;

  billing_test_server_answer (fixture->server, 402, "{\"error\":{\"type\":\"card_error\",\"message\":\"No.\"}}",
                              "Idempotent-Replayed", "true", NULL);
  error = assert_fails (fixture, request, BILLING_STRIPE_ERROR_DECLINED);
  g_assert_cmpstr (error->message, ==, "No.");
  g_assert_true (billing_stripe_error_get_detail (error)->is_replayed);
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 1);
}

/* A connection that closes without an answer, or in the middle of one, is no answer: it is asked again. */
static void
test_torn (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_post ("amount=1");

  billing_test_server_answer_raw (fixture->server, "");
  billing_test_server_answer_raw (fixture->server, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"id\":\"ch_1\"");
  billing_test_server_answer (fixture->server, 200, OBJECT, NULL);
  assert_works (fixture, request);
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 3);
  g_assert_cmpstr (get_header (fixture, 2, "idempotency-key"), ==, "key-1");
}

/* Where every connection closes we are offline, and a POST is told that it may have been heard. */
static void
test_closed (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_post ("amount=1");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    billing_test_server_answer_raw (fixture->server, "");
  error = assert_fails (fixture, request, BILLING_STRIPE_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "only once"));
  g_assert_false (billing_stripe_error_is_unheard (error));
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 3);
}

/* A torn body without a length looks whole to HTTP; as JSON it is not, and it is not asked for again. */
static void
test_torn_without_length (Fixture       *fixture,
                          gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_post ("amount=1");
  g_autoptr (GError) error = NULL;

  billing_test_server_answer_raw (fixture->server, "HTTP/1.1 200 OK\r\nRequest-Id: req_7\r\n\r\n{\"id\":\"ch_1\"");
  error = assert_fails (fixture, request, BILLING_STRIPE_ERROR_UNREADABLE);
  g_assert_cmpstr (billing_stripe_error_get_detail (error)->request_id, ==, "req_7");
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 1);
}

/* A page of a network's sign-in with status 200 is not Stripe's answer, whatever type it claims. */
static void
test_wrong_type (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  g_autoptr (GError) error = NULL;

  billing_test_server_answer (fixture->server, 200, "<html>Sign in</html>", "Content-Type", "text/html", NULL);
  error = assert_fails (fixture, request, BILLING_STRIPE_ERROR_UNREADABLE);
}

/* The key is not carried to wherever a redirection points. */
static void
test_redirect (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  g_autoptr (BillingTestServer) other = billing_test_server_new ();
  g_autofree char *location = g_strconcat (billing_test_server_get_base (other), "/v1/charges", NULL);
  g_autoptr (GError) error = NULL;

  billing_test_server_answer (fixture->server, 302, "", "Location", location, NULL);
  error = assert_fails (fixture, request, BILLING_STRIPE_ERROR_UNREADABLE);
  g_assert_cmpuint (billing_test_server_count (other), ==, 0);
}

/* A body of exactly 16 MiB is read, one byte more is refused, and the client works on. */
static void
test_huge (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  gsize size = 16 * 1024 * 1024;
  g_autofree char *text = g_malloc (size + 1);
  g_autoptr (GBytes) fits = NULL, too_large = NULL;
  g_autoptr (GError) error = NULL;

  memset (text, ' ', size + 1);
  memcpy (text, OBJECT, strlen (OBJECT));
  fits = g_bytes_new_static (text, size);
  too_large = g_bytes_new_static (text, size + 1);

  billing_test_server_answer_bytes (fixture->server, 200, fits);
  billing_test_server_answer_bytes (fixture->server, 200, too_large);
  billing_test_server_answer (fixture->server, 200, OBJECT, NULL);
  assert_works (fixture, request);
  error = assert_fails (fixture, request, BILLING_STRIPE_ERROR_UNREADABLE);
  assert_works (fixture, request);
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 3);
}

/* A server that never answers is given up after the timeout, and asked again as if it had closed. */
static void
test_timeout (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_post ("amount=1");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    billing_test_server_hang (fixture->server, NULL);
  error = assert_fails (fixture, request, BILLING_STRIPE_ERROR_TIMEOUT);
  g_assert_nonnull (strstr (error->message, "only once"));
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 3);
}

/* Cancelling ends a request that hangs, and nothing is asked again. */
static void
test_cancel (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  billing_test_server_hang (fixture->server, cancellable);
  g_assert_null (billing_stripe_client_send (fixture->client, request, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 1);

  g_clear_error (&error);
  g_assert_null (billing_stripe_client_send (fixture->client, request, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (billing_test_server_count (fixture->server), ==, 1);
}

static void
finish_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_ptr_array_add (data, g_object_ref (result));
  g_main_context_wakeup (NULL);
}

/* Many requests at once, more than there are workers, each get an answer; a main loop turns meanwhile. */
static void
test_async (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr (BillingStripeClient) client =
    billing_stripe_client_new (billing_test_server_get_base (fixture->server), "rk_live_abc", NULL);
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");

  for (guint i = 0; i < 24; i++)
    {
      billing_test_server_answer (fixture->server, 200, OBJECT, NULL);
      billing_stripe_client_send_async (client, request, NULL, finish_cb, results);
    }
  while (results->len < 24)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < 24; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BillingStripeAnswer) answer =
        billing_stripe_client_send_finish (client, g_ptr_array_index (results, i), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (answer->status, ==, 200);
    }
  g_assert_true (billing_stripe_client_is_live (client));
  g_assert_true (billing_stripe_client_is_restricted (client));
}

/* A request outlives those who let go of its client, and can be cancelled by them. */
static void
test_async_cancel (Fixture       *fixture,
                   gconstpointer  unused)
{
  BillingStripeClient *client =
    billing_stripe_client_new (billing_test_server_get_base (fixture->server), KEY, NULL);
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  billing_test_server_hang (fixture->server, cancellable);
  billing_stripe_client_send_async (client, request, cancellable, finish_cb, results);
  g_object_unref (client);
  while (results->len < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (billing_stripe_client_send_finish (client, g_ptr_array_index (results, 0), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Nobody listens there: we are offline, after two more attempts. */
static void
test_offline (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr (BillingStripeClient) client = NULL;
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  g_autoptr (GError) error = NULL;
  g_autofree char *base = NULL;
  BillingTestServer *gone = billing_test_server_new ();

  base = g_strdup (billing_test_server_get_base (gone));
  billing_test_server_free (gone);
  client = billing_stripe_client_new_full (base, KEY, 0, &fixture->clock.clock, NULL);
  g_assert_null (billing_stripe_client_send (client, request, NULL, &error));
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE);
  g_assert_true (billing_stripe_error_is_unheard (error));
  g_assert_cmpuint (fixture->clock.waits->len, ==, 2);
}

/* A server that nobody vouches for is not told the key, and the sentence says that this is not a lost network. In a
 * process of its own, which ends before LeakSanitizer looks: where GnuTLS was loaded that crashes itself, while it
 * walks the thread-local memory of GIO's threads (gcc 12: "Tracer caught signal 11"). */
static void
test_tls (Fixture       *fixture,
          gconstpointer  unused)
{
  g_autoptr (BillingStripeClient) client = NULL;
  g_autoptr (BillingTestServer) server = NULL;
  g_autoptr (BillingStripeRequest) request = make_get ("/v1/charges");
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }

  server = billing_test_server_new_tls ();
  client = billing_stripe_client_new_full (billing_test_server_get_base (server), KEY, 0, &fixture->clock.clock, NULL);
  g_assert_null (billing_stripe_client_send (client, request, NULL, &error));
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "not safe"));
  g_assert_cmpuint (billing_test_server_count (server), ==, 0);
  _exit (0);
}

/* Plain http is for this computer alone, and an address is nothing but scheme, host and port. */
static void
test_addresses (void)
{
  static const char *const good[] = {
    "https://api.stripe.com", "https://api.stripe.com/", "https://example.com:8443", "http://127.0.0.1:1234",
    "http://127.8.8.8", "http://[::1]:80", "http://localhost:12111",
  };
  static const char *const bad[] = {
    "http://api.stripe.com", "http://192.168.1.2:80", "http://127.0.0.1.evil.example", "http://0.0.0.0",
    "http://localhost.evil.example", "https://user:secret@api.stripe.com", "https://api.stripe.com/v1",
    "https://api.stripe.com?x", "https://api.stripe.com#x", "ftp://127.0.0.1", "https://", "api.stripe.com", "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BillingStripeClient) client = billing_stripe_client_new (good[i], KEY, &error);

      g_assert_no_error (error);
      g_assert_false (billing_stripe_client_is_live (client));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (billing_stripe_client_new (bad[i], KEY, &error));
      g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_ADDRESS);
    }
}

/* Everything that any of the tests says, on whatever level, is looked through for the key and for ids. */
static GLogWriterOutput
watch_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            count,
           gpointer         unused)
{
  for (gsize i = 0; i < count; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      {
        const char *message = fields[i].value;

        g_atomic_int_inc (&n_messages);
        g_assert_null (strstr (message, KEY));
        g_assert_null (strstr (message, "cus_1"));
      }
  return level > G_LOG_LEVEL_MESSAGE ? G_LOG_WRITER_HANDLED : g_log_writer_default (level, fields, count, NULL);
}

/* The tests before this one did log: that none of it held a secret was looked at. */
static void
test_log (void)
{
  g_assert_cmpint (g_atomic_int_get (&n_messages), >, 20);
}

static void
add (const char *name,
     guint       timeout,
     void      (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/stripe/client/", name, NULL);

  g_test_add (path, Fixture, GUINT_TO_POINTER (timeout), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_log_set_writer_func (watch_log, NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  add ("get", 0, test_get);
  add ("post", 0, test_post);
  add ("delete", 0, test_delete);
  add ("answer", 0, test_answer);
  add ("page", 0, test_page);
  add ("retry", 0, test_retry);
  add ("retries-end", 0, test_retries_end);
  add ("should-retry", 0, test_should_retry);
  add ("rate-limited", 0, test_rate_limited);
  add ("refused", 0, test_refused);
  add ("torn", 0, test_torn);
  add ("closed", 0, test_closed);
  add ("torn-without-length", 0, test_torn_without_length);
  add ("wrong-type", 0, test_wrong_type);
  add ("redirect", 0, test_redirect);
  add ("huge", 0, test_huge);
  add ("timeout", 1, test_timeout);
  add ("cancel", 0, test_cancel);
  add ("async", 0, test_async);
  add ("async-cancel", 0, test_async_cancel);
  add ("offline", 0, test_offline);
  add ("tls", 0, test_tls);
  g_test_add_func ("/stripe/client/addresses", test_addresses);
  g_test_add_func ("/stripe/client/log", test_log);
  return g_test_run ();
}
