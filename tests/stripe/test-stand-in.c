/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-stand-in"

#include "config.h"

#include "billing-stripe-error.h"
#include "billing-stripe-probe.h"
#include "billing-test-listen.h"
#include "billing-test-mirror.h"

#include <libsoup/soup.h>
#include <string.h>

/* What answers in Stripe's place on this computer, and has much less than Stripe has. */


typedef struct
{
  BillingTestMirror mirror; /* with a client for what follows */
  char *base;               /* (owned) */
  GSocketService *service;  /* (owned) */
  GThread *thread;          /* (owned) */
  GMainContext *context;    /* (owned) */
  GMainLoop *loop;          /* (owned) */

  const char *missing; /* how a path is answered that is not there */
  guint missing_status;
  gboolean has_account;
  gboolean has_events;
  int n_charges; /* atomic: charges, and as many events of them */
} Fixture;

static char *
make_charge (int n)
{
  return g_strdup_printf ("{\"id\":\"ch_%d\",\"object\":\"charge\",\"created\":%d,\"amount\":500}",
                          n, 1700000000 + n);
}

static char *
make_event (int n)
{
  g_autofree char *charge = make_charge (n);

  return g_strdup_printf ("{\"id\":\"evt_%d\",\"object\":\"event\",\"created\":%d,\"type\":\"charge.succeeded\","
                          "\"data\":{\"object\":%s}}", n, 1700000000 + n, charge);
}

/* The newest first, from the @n-th on, whatever time was asked for. */
static char *
make_list (char *(*make) (int n),
           int     n)
{
  g_autoptr (GString) text = g_string_new ("{\"object\":\"list\",\"data\":[");
  int end = MAX (n - 100, 0);

  for (int i = n; i > end; i--)
    {
      g_autofree char *object = make (i);

      g_string_append_printf (text, "%s%s", i < n ? "," : "", object);
    }
  g_string_append_printf (text, "],\"has_more\":%s}", end > 0 ? "true" : "false");
  return g_strdup (text->str);
}

static char *
find_answer (Fixture    *self,
             const char *path,
             const char *after)
{
  int n = g_atomic_int_get (&self->n_charges);

  if (self->has_account && g_str_equal (path, "/v1/account"))
    return g_strdup ("{\"id\":\"acct_1\",\"object\":\"account\",\"created\":1}");
  if (g_str_equal (path, "/v1/charges"))
    return make_list (make_charge, after != NULL ? atoi (after + strlen ("ch_")) - 1 : n);
  if (g_str_has_prefix (path, "/v1/charges/ch_"))
    return make_charge (atoi (path + strlen ("/v1/charges/ch_")));
  if (self->has_events && g_str_equal (path, "/v1/events"))
    return make_list (make_event, n);
  return NULL;
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  Fixture *self = data;
  g_autofree char *body = find_answer (self, path, query != NULL ? g_hash_table_lookup (query, "starting_after") : NULL);

  soup_server_message_set_status (message, body != NULL ? 200 : self->missing_status, NULL);
  if (body == NULL)
    body = g_strdup (self->missing);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, body, strlen (body));
}

static gpointer
serve_cb (gpointer data)
{
  Fixture *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static SoupServer *
start (Fixture *self)
{
  SoupServer *server = soup_server_new (NULL, NULL);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  soup_server_add_handler (server, NULL, request_cb, self, NULL);
  self->service = billing_test_listen (server, NULL, &self->base);
  g_main_context_pop_thread_default (self->context);

  self->thread = g_thread_new ("stand-in", serve_cb, self);
  return server;
}

static void
run (Fixture *self,
     void   (*test) (Fixture *self))
{
  g_autoptr (SoupServer) server = start (self);
  g_autoptr (GSource) quit = g_idle_source_new ();
  g_autoptr (GError) error = NULL;

  billing_test_mirror_set_up (&self->mirror, NULL);
  g_clear_object (&self->mirror.client);
  self->mirror.client = billing_stripe_client_new_full (self->base, BILLING_TEST_SANDBOX_KEY, 5,
                                                        &self->mirror.clock.clock, &error);
  g_assert_no_error (error);

  test (self);

  billing_test_mirror_tear_down (&self->mirror, NULL);
  g_source_set_callback (quit, quit_cb, self->loop, NULL);
  g_source_attach (quit, self->context);
  g_thread_join (self->thread);
  g_main_context_push_thread_default (self->context);
  g_clear_pointer (&self->service, billing_test_hang_up);
  soup_server_disconnect (server);
  g_clear_object (&server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->base);
}

static void
sync_to (Fixture *self,
         int      n_charges)
{
  g_atomic_int_set (&self->n_charges, n_charges);
  billing_test_mirror_sync (&self->mirror, BILLING_STRIPE_SYNC_QUICK);
  g_assert_cmpint (billing_test_mirror_integer (&self->mirror, "SELECT count (*) FROM charges"), ==,
                   n_charges);
}

static void
follow (Fixture *self)
{
  sync_to (self, 1);
  sync_to (self, 1);
  sync_to (self, 3);
  g_assert_cmpstr (billing_test_mirror_stream (&self->mirror, "charges")->state, ==, "done");
  g_assert_cmpstr (billing_test_mirror_stream (&self->mirror, "payouts")->state, ==, "missing");
  g_assert_cmpstr (billing_test_mirror_stream (&self->mirror, "balance")->state, ==, "missing");
  g_assert_cmpstr (billing_test_mirror_stream (&self->mirror, "events")->state, ==, self->has_events ? "done" : "missing");
}

/* What a stand-in does not have, however it says so, is missing and no failure; without events
 * everything is listed each time. */
static void
test_little (void)
{
  const char *ways[] = { "404: Not Found", "<html></html>", "", "{\"detail\":\"Not Found\"}", "{\"error\":\"no\"}",
                         "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"No matching path\"}}" };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      Fixture self = { .missing = ways[i], .missing_status = 404, .has_account = i % 2 == 0 };

      g_test_message ("%s", ways[i]);
      run (&self, follow);
    }
}

static void
test_not_allowed (void)
{
  Fixture self = { .missing = "Method Not Allowed", .missing_status = 405 };

  run (&self, follow);
}

/* A list of events that is whole each time, whatever it was asked for, is read from its top to what
 * is known. */
static void
test_no_pages (void)
{
  Fixture self = { .missing = "", .missing_status = 404, .has_account = TRUE, .has_events = TRUE };

  run (&self, follow);
}

static void
list_many (Fixture *self)
{
  sync_to (self, 450);
  g_assert_cmpuint (self->mirror.summary.requests, <, 100);
}

/* A list that does not go by the time that it is asked for is not cut into ever smaller pieces of
 * time. */
static void
test_no_times (void)
{
  Fixture self = { .missing = "", .missing_status = 404 };

  run (&self, list_many);
}

static void
probe (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeProbe) found = billing_stripe_probe_run (self->mirror.client, "p7dc",
                                                                   NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found->account, ==, self->has_account ? "acct_1" : "acct_none");
  g_assert_cmpint (billing_stripe_probe_find (found, "charges")->access, ==,
                   BILLING_STRIPE_ACCESS_ALLOWED);
  g_assert_cmpint (billing_stripe_probe_find (found, "payouts")->access, ==,
                   BILLING_STRIPE_ACCESS_MISSING);
}

/* A stand-in that knows no accounts has one all the same, so that a practice can be bound to it. */
static void
test_probe (void)
{
  Fixture with = { .missing = "404: Not Found", .missing_status = 404, .has_account = TRUE };
  Fixture without = { .missing = "404: Not Found", .missing_status = 404 };

  run (&with, probe);
  run (&without, probe);
}

static void
fail (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeProbe) found = billing_stripe_probe_run (self->mirror.client, "p7dc",
                                                                   NULL, &error);

  g_assert_null (found);
  g_assert_error (error, BILLING_STRIPE_ERROR, (int) (self->missing_status == 401 ? BILLING_STRIPE_ERROR_AUTHENTICATION
                                                                                   : BILLING_STRIPE_ERROR_UNREADABLE));
}

/* Being refused, or sent elsewhere, is not the same as having no account. */
static void
test_refused (void)
{
  Fixture wrong = { .missing = "{\"error\":{\"message\":\"Invalid API Key\"}}", .missing_status = 401 };
  Fixture elsewhere = { .missing = "", .missing_status = 302 };

  run (&wrong, fail);
  run (&elsewhere, fail);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stripe/stand-in/little", test_little);
  g_test_add_func ("/stripe/stand-in/not-allowed", test_not_allowed);
  g_test_add_func ("/stripe/stand-in/no-pages", test_no_pages);
  g_test_add_func ("/stripe/stand-in/no-times", test_no_times);
  g_test_add_func ("/stripe/stand-in/probe", test_probe);
  g_test_add_func ("/stripe/stand-in/refused", test_refused);

  return g_test_run ();
}
