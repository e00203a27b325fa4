/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-history.h"
#include "billing-stripe-error.h"
#include "billing-sync.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"
#include "billing-test-sandbox.h"

/* A practice's session with Stripe, against a real server; its key is for the session alone, so
 * that no keyring is needed. */

/* Seconds that anything here may take. */
#define PATIENCE 30

typedef struct {
  BillingTestPractice practice;
  BillingTestSandbox sandbox;
  BillingSync *sync; /* (owned) */
  GThread *main;
} Fixture;

/* Everything is told on the thread that made the session. */
static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           gpointer    data)
{
  Fixture *fixture = data;

  g_assert_true (g_thread_self () == fixture->main);
}

static void
set_up_with (Fixture *fixture,
             guint    latency)
{
  const BillingSandboxOptions options = { .seed = 1, .latency = latency, .payments = 20 };

  billing_test_practice_set_up (&fixture->practice);
  billing_test_sandbox_start (&fixture->sandbox, &options);
  fixture->sync = billing_sync_new (fixture->practice.desk, fixture->sandbox.url);
  fixture->main = g_thread_self ();
  g_signal_connect (fixture->sync, "notify", G_CALLBACK (notify_cb), fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  set_up_with (fixture, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->sync);
  billing_test_sandbox_stop (&fixture->sandbox);
  billing_test_practice_tear_down (&fixture->practice);
}

static void
connect_session (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeProbe) probe = billing_sync_connect (fixture->sync,
                                                               BILLING_TEST_SANDBOX_KEY, NULL,
                                                               BILLING_SYNC_KEEP_FOR_SESSION, NULL,
                                                               NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (probe);
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @state is reached. */
static void
wait_for (Fixture          *fixture,
          BillingSyncState  state)
{
  gint64 until = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;
  guint tick = g_timeout_add (20, tick_cb, NULL);

  while (billing_sync_get_state (fixture->sync) != state)
    {
      if (g_get_monotonic_time () > until)
        g_error ("State %d instead of %d: %s", billing_sync_get_state (fixture->sync), state,
                 billing_sync_get_sentence (fixture->sync));
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

/* Begins a round and waits for its end. */
static void
sync_until (Fixture          *fixture,
            BillingSyncState  state)
{
  billing_sync_now (fixture->sync);
  wait_for (fixture, BILLING_SYNC_STATE_SYNCING);
  wait_for (fixture, state);
}

static void
start (Fixture *fixture)
{
  connect_session (fixture);
  billing_sync_start (fixture->sync);
  wait_for (fixture, BILLING_SYNC_STATE_CURRENT);
  /* The round that the new key asked for, and the one that the start did, may be two. */
  sync_until (fixture, BILLING_SYNC_STATE_CURRENT);
}

static guint64
count (Fixture    *fixture,
       const char *method)
{
  return billing_sandbox_server_count_requests (fixture->sandbox.server, method, NULL);
}

static gboolean
count_cb (BillingRecord  *record,
          gpointer        data,
          GError        **error)
{
  (*(guint *) data)++;
  return TRUE;
}

static guint
count_list (Fixture    *fixture,
            const char *kind)
{
  g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, kind);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  billing_desk_list (fixture->practice.desk, query, count_cb, &n, NULL, &error);
  g_assert_no_error (error);
  return n;
}

/* Without a key there is nothing to sync, and a sentence that says what to do; a key makes it begin
 * by itself. */
static void
test_begin (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpint (billing_sync_get_state (fixture->sync), ==, BILLING_SYNC_STATE_STARTING);
  billing_sync_start (fixture->sync);
  wait_for (fixture, BILLING_SYNC_STATE_NO_KEYRING);
  g_assert_false (billing_sync_is_connected (fixture->sync));
  g_assert_cmpint (billing_sync_get_mode (fixture->sync), ==, BILLING_SYNC_MODE_NONE);
  g_assert_nonnull (billing_sync_get_sentence (fixture->sync));
  g_assert_cmpint (billing_sync_get_synced_at (fixture->sync), ==, 0);

  connect_session (fixture);
  wait_for (fixture, BILLING_SYNC_STATE_CURRENT);
  g_assert_true (billing_sync_is_connected (fixture->sync));
  g_assert_cmpint (billing_sync_get_mode (fixture->sync), ==, BILLING_SYNC_MODE_TEST);
  g_assert_cmpint (billing_sync_get_synced_at (fixture->sync), >=, now);
  g_assert_nonnull (billing_sync_get_probe (fixture->sync));
  g_assert_null (billing_sync_get_progress (fixture->sync));
  g_assert_cmpuint (count_list (fixture, "charges"), ==, 20);
}

/* When nothing happened at Stripe, a poll is one question. */
static void
test_idle (Fixture       *fixture,
           gconstpointer  data)
{
  guint64 before;

  start (fixture);
  before = count (fixture, NULL);
  sync_until (fixture, BILLING_SYNC_STATE_CURRENT);
  g_assert_cmpuint (count (fixture, NULL), ==, before + 1);
}

/* Without a network the session says so, keeps what it has, and goes on when there is one again. */
static void
test_offline (Fixture       *fixture,
              gconstpointer  data)
{
  const BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_REFUSED, .times = 1000 };
  gint64 synced_at;

  start (fixture);
  synced_at = billing_sync_get_synced_at (fixture->sync);
  billing_sandbox_server_add_fault (fixture->sandbox.server, &fault);
  sync_until (fixture, BILLING_SYNC_STATE_OFFLINE);
  g_assert_cmpint (billing_sync_get_synced_at (fixture->sync), ==, synced_at);
  g_assert_true (billing_sync_is_connected (fixture->sync));
  g_assert_cmpuint (count_list (fixture, "charges"), ==, 20);

  billing_sandbox_server_clear_faults (fixture->sandbox.server);
  sync_until (fixture, BILLING_SYNC_STATE_CURRENT);
}

/* What Stripe says is told as what it is: a key that it refuses, or a failure of its own. */
static void
test_told (Fixture       *fixture,
           gconstpointer  data)
{
  const BillingSandboxFault refused = { .kind = BILLING_SANDBOX_FAULT_STATUS, .status = 401, .times = 1 };
  const BillingSandboxFault failed = { .kind = BILLING_SANDBOX_FAULT_STATUS, .status = 500, .times = 1000 };

  start (fixture);
  billing_sandbox_server_add_fault (fixture->sandbox.server, &refused);
  sync_until (fixture, BILLING_SYNC_STATE_KEY_REFUSED);
  sync_until (fixture, BILLING_SYNC_STATE_CURRENT);
  billing_sandbox_server_add_fault (fixture->sandbox.server, &failed);
  sync_until (fixture, BILLING_SYNC_STATE_FAILED);
}

/* Two programs never sync one practice at the same time: the second one says that, and asks Stripe
 * nothing. */
static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->practice.folder, "sync.lock", NULL);
  g_autoptr (GError) error = NULL;
  guint64 before;
  int fd;

  start (fixture);
  before = count (fixture, NULL);
  fd = open (path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);

  billing_sync_now (fixture->sync);
  wait_for (fixture, BILLING_SYNC_STATE_BUSY);
  g_assert_false (billing_sync_run (fixture->sync, BILLING_SYNC_DEFAULT, NULL, NULL, NULL, NULL,
                                    &error));
  g_assert_error (error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_BUSY);
  g_assert_cmpuint (count (fixture, NULL), ==, before);

  close (fd);
  sync_until (fixture, BILLING_SYNC_STATE_CURRENT);
}

/* What somebody asks Stripe for goes there at once, without waiting for the next poll. */
static void
test_outbox (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (BillingAct) act = NULL;
  g_autofree char *number = NULL;
  gint64 until;

  start (fixture);
  number = billing_test_practice_create_payment (&fixture->practice, 25000, FALSE);
  act = billing_act_new (BILLING_VERB_PAYMENT_AUTHORISE, number);
  g_object_set (act, "method", "pm_card_visa", NULL);
  billing_test_practice_do (&fixture->practice, act);

  until = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;
  while (count (fixture, "POST") == 0 && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count (fixture, "POST"), ==, 1);
  wait_for (fixture, BILLING_SYNC_STATE_SYNCING);
  wait_for (fixture, BILLING_SYNC_STATE_CURRENT);
  g_assert_cmpuint (billing_sync_get_n_waiting (fixture->sync), ==, 0);
  billing_test_practice_assert_payment (&fixture->practice, number, BILLING_STATUS_PROCESSING,
                                        25000, 0, 0);
  billing_test_practice_verify (&fixture->practice);
}

static void
assert_links (Fixture    *fixture,
              const char *state,
              guint       n)
{
  g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, "links");
  g_autoptr (GError) error = NULL;
  guint found = 0;

  query->status = g_strdup (state);
  billing_desk_list (fixture->practice.desk, query, count_cb, &found, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found, ==, n);
}

/* A link whose last day is over is closed by the next look, without a network too; with one, Stripe hears of it. */
static void
test_expiry (Fixture       *fixture,
             gconstpointer  data)
{
  const BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_REFUSED, .times = 1000 };
  g_autofree char *number = NULL;
  g_autoptr (BillingAct) act = NULL;
  gint64 now;

  start (fixture);
  number = billing_test_practice_create_payment (&fixture->practice, 25000, FALSE);
  act = billing_act_new (BILLING_VERB_PAYMENT_LINK, number);
  billing_test_practice_do (&fixture->practice, act);
  wait_for (fixture, BILLING_SYNC_STATE_SYNCING);
  wait_for (fixture, BILLING_SYNC_STATE_CURRENT);
  assert_links (fixture, "open", 1);

  now = g_get_real_time () / G_USEC_PER_SEC;
  billing_desk_set_clock (fixture->practice.desk, now + 32 * 24 * 60 * 60);
  billing_sandbox_server_add_fault (fixture->sandbox.server, &fault);
  sync_until (fixture, BILLING_SYNC_STATE_OFFLINE);
  assert_links (fixture, "closing", 1);
  g_assert_cmpuint (billing_sync_get_n_waiting (fixture->sync), ==, 1);

  billing_sandbox_server_clear_faults (fixture->sandbox.server);
  billing_desk_set_clock (fixture->practice.desk, now + 33 * 24 * 60 * 60);
  sync_until (fixture, BILLING_SYNC_STATE_CURRENT);
  assert_links (fixture, "closed", 1);
  billing_test_practice_assert_payment (&fixture->practice, number, BILLING_STATUS_PENDING, 25000, 0, 0);
  billing_test_practice_verify (&fixture->practice);
}

/* Letting go of a session in the middle of a round ends the round; the practice is nobody's then,
 * and the next one goes on. */
static void
test_let_go (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 began;

  set_up_with (fixture, 0);
  connect_session (fixture);
  tear_down (fixture, NULL);

  set_up_with (fixture, 400);
  connect_session (fixture);
  billing_sync_start (fixture->sync);
  wait_for (fixture, BILLING_SYNC_STATE_SYNCING);
  began = g_get_monotonic_time ();
  g_clear_object (&fixture->sync);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_TIME_SPAN_SECOND);

  fixture->sync = billing_sync_new (fixture->practice.desk, fixture->sandbox.url);
  connect_session (fixture);
  g_assert_true (billing_sync_run (fixture->sync, BILLING_SYNC_DEFAULT, NULL, NULL, NULL, NULL,
                                   &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_list (fixture, "charges"), ==, 20);
  tear_down (fixture, NULL);
}

static void
progress_cb (const char *text,
             int         permille,
             gpointer    data)
{
  g_assert_nonnull (text);
  (*(guint *) data)++;
}

/* A round on the caller's thread says what it did, stream by stream; a whole one lists everything
 * again. */
static void
test_run (Fixture       *fixture,
          gconstpointer  data)
{
  g_auto (BillingSyncSummary) first = { 0 };
  g_auto (BillingSyncSummary) whole = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;
  guint n = 0;

  connect_session (fixture);
  g_assert_true (billing_sync_run (fixture->sync, BILLING_SYNC_DEFAULT, progress_cb, &n, &first,
                                   NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpint (first.objects, >, 20);
  g_assert_cmpint (first.requests, >, 0);
  g_assert_cmpint (first.microseconds, >, 0);
  for (guint i = 0; i < first.streams->len; i++)
    {
      BillingSyncStream *stream = first.streams->pdata[i];

      if (!g_str_equal (stream->name, "charges"))
        continue;
      found = TRUE;
      g_assert_cmpint (stream->objects, ==, 20);
      g_assert_cmpstr (stream->state, ==, "done");
    }
  g_assert_true (found);

  g_assert_true (billing_sync_run (fixture->sync, BILLING_SYNC_FULL, NULL, NULL, &whole, NULL,
                                   &error));
  g_assert_no_error (error);
  g_assert_cmpint (whole.objects, >=, 20);
}

static void
add (const char *path,
     void (*func) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int    argc,
      char **argv)
{
  int status;
  char *folder = billing_test_folder ();

  /* No keyring of whoever runs this. */
  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_test_init (&argc, &argv, NULL);
  add ("/sync-session/begin", test_begin);
  add ("/sync-session/idle", test_idle);
  add ("/sync-session/offline", test_offline);
  add ("/sync-session/told", test_told);
  add ("/sync-session/busy", test_busy);
  add ("/sync-session/outbox", test_outbox);
  add ("/sync-session/expiry", test_expiry);
  add ("/sync-session/run", test_run);
  g_test_add ("/sync-session/let-go", Fixture, NULL, NULL, test_let_go, NULL);
  status = g_test_run ();
  billing_test_folder_remove (folder);
  return status;
}
