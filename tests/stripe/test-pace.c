/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-pace"

#include "config.h"

#include "billing-stripe-limiter.h"
#include "billing-stripe-retry.h"
#include "billing-test-clock.h"

#define NEVER G_MAXUINT32

/* How long @count requests take, in milliseconds, at @endpoints endpoints in turn. */
static gint64
time_requests (gboolean    is_live,
               guint       count,
               const char *name,
               guint       endpoints)
{
  BillingTestClock clock;
  gint64 taken;

  billing_test_clock_init (&clock);
  {
    g_autoptr (BillingStripeLimiter) limiter = billing_stripe_limiter_new (is_live, &clock.clock);

    for (guint i = 0; i < count; i++)
      {
        g_autofree char *endpoint = endpoints > 1 ? g_strdup_printf ("%s%u", name, i % endpoints) : g_strdup (name);

        g_assert_true (billing_stripe_limiter_take (limiter, endpoint, NULL, NULL));
      }
  }
  taken = clock.now / 1000;
  billing_test_clock_clear (&clock);
  return taken;
}

/* The first request goes at once; then an endpoint has 25 a second, a search 20, the making of payouts 15. */
static void
test_endpoint (void)
{
  g_assert_cmpint (time_requests (TRUE, 1, "GET /v1/charges", 1), ==, 0);
  g_assert_cmpint (time_requests (TRUE, 26, "GET /v1/charges", 1), ==, 1000);
  g_assert_cmpint (time_requests (TRUE, 21, "GET /v1/charges/search", 1), ==, 1000);
  g_assert_cmpint (time_requests (TRUE, 16, "POST /v1/payouts", 1), ==, 1000);
}

/* However many endpoints are asked, an account has 100 requests a second, and 25 in test mode. */
static void
test_all (void)
{
  g_assert_cmpint (time_requests (TRUE, 101, "GET /v1/thing", 20), ==, 1000);
  g_assert_cmpint (time_requests (FALSE, 26, "GET /v1/thing", 20), ==, 1000);
}

/* No second has more than the limit, wherever it begins: an idle minute saves nothing up. */
static void
test_no_saving (void)
{
  BillingTestClock clock;

  billing_test_clock_init (&clock);
  {
    g_autoptr (BillingStripeLimiter) limiter = billing_stripe_limiter_new (TRUE, &clock.clock);

    billing_stripe_limiter_take (limiter, "GET /v1/charges", NULL, NULL);
    clock.now += 60 * G_USEC_PER_SEC;
    for (guint i = 0; i < 26; i++)
      billing_stripe_limiter_take (limiter, "GET /v1/charges", NULL, NULL);
    g_assert_cmpint (clock.now, ==, 61 * G_USEC_PER_SEC);
  }
  billing_test_clock_clear (&clock);
}

/* A wait that is cancelled ends with an error, and its turn goes to the next one. */
static void
test_cancelled (void)
{
  BillingTestClock clock;

  billing_test_clock_init (&clock);
  {
    g_autoptr (BillingStripeLimiter) limiter = billing_stripe_limiter_new (TRUE, &clock.clock);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();

    g_cancellable_cancel (cancellable);
    billing_stripe_limiter_take (limiter, "GET /v1/charges", NULL, NULL);
    for (guint i = 0; i < 100; i++)
      {
        g_autoptr (GError) error = NULL;

        g_assert_false (billing_stripe_limiter_take (limiter, "GET /v1/charges", cancellable, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      }
    billing_stripe_limiter_take (limiter, "GET /v1/charges", NULL, NULL);
    g_assert_cmpint (clock.now, ==, G_USEC_PER_SEC / 25);
  }
  billing_test_clock_clear (&clock);
}

static gpointer
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return NULL;
}

/* The real clock waits without a lock, and another thread ends a wait of an hour at once. */
static void
test_real_clock (void)
{
  const BillingStripeClock *clock = billing_stripe_clock_get_default ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 now = clock->get_time (clock->data);
  GThread *thread;

  g_assert_true (clock->wait (clock->data, now + 2000, NULL, NULL));
  g_assert_cmpint (clock->get_time (clock->data), >=, now + 2000);

  thread = g_thread_new ("cancel", cancel_cb, cancellable);
  g_assert_false (clock->wait (clock->data, now + (gint64) 3600 * G_USEC_PER_SEC, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

/* Which answers are asked for again: the table of Stripe's SDKs, rule by rule. */
static void
test_rules (void)
{
  static const struct
  {
    guint done;
    guint status;
    const char *should_retry;
    gboolean is_due;
  } cases[] = {
    { 0, 0, NULL, TRUE },      { 1, 0, NULL, TRUE },      { 2, 0, NULL, FALSE },      { 0, 409, NULL, TRUE },
    { 0, 500, NULL, TRUE },    { 0, 503, NULL, TRUE },    { 2, 500, NULL, FALSE },    { 2, 500, "true", FALSE },
    { 0, 429, NULL, FALSE },   { 0, 429, "true", TRUE },  { 0, 400, NULL, FALSE },    { 0, 402, NULL, FALSE },
    { 0, 500, "false", FALSE }, { 0, 409, "false", FALSE }, { 0, 400, "true", TRUE }, { 0, 500, "perhaps", TRUE },
    { 0, 200, NULL, FALSE },   { 0, 404, NULL, FALSE },   { 1, 409, NULL, TRUE },     { NEVER, 500, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (billing_stripe_retry_is_due (cases[i].done, cases[i].status, cases[i].should_retry), ==,
                     cases[i].is_due);
}

/* Delays grow from half a second to five, and are spread over their upper half; never under half a second. */
static void
test_delays (void)
{
  static const struct
  {
    guint done;
    gint64 least;
    gint64 most;
  } cases[] = {
    { 0, 500000, 500000 },   { 1, 500000, 500000 },    { 2, 500000, 1000000 },
    { 3, 1000000, 2000000 }, { 4, 2000000, 4000000 },  { 5, 2500000, 5000000 }, { 60, 2500000, 5000000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (billing_stripe_retry_get_delay (cases[i].done, 0), ==, cases[i].least);
      g_assert_cmpint (billing_stripe_retry_get_delay (cases[i].done, G_MAXUINT32), <=, cases[i].most);
      g_assert_cmpint (billing_stripe_retry_get_delay (cases[i].done, G_MAXUINT32), >=, cases[i].most - 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stripe/pace/endpoint", test_endpoint);
  g_test_add_func ("/stripe/pace/all", test_all);
  g_test_add_func ("/stripe/pace/no-saving", test_no_saving);
  g_test_add_func ("/stripe/pace/cancelled", test_cancelled);
  g_test_add_func ("/stripe/pace/real-clock", test_real_clock);
  g_test_add_func ("/stripe/pace/rules", test_rules);
  g_test_add_func ("/stripe/pace/delays", test_delays);
  return g_test_run ();
}
