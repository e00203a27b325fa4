/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "billing-books.h"
#include "billing-day.h"
#include "billing-demo.h"
#include "billing-desk-links.h"
#include "billing-desk-outbox.h"
#include "billing-desk-posting.h"
#include "billing-desk-private.h"
#include "billing-history.h"
#include "billing-kill.h"
#include "billing-mirror.h"
#include "billing-payment.h"
#include "billing-stripe-sync.h"
#include "billing-table.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"
#include "billing-test-sandbox.h"

/*
 * Never twice: people ask for things, payers open links and pay on them, early and late, the network and Stripe fail as they like, the program is
 * killed before any statement that it is about to run, hours and days pass. When all has settled, Stripe's money and ours are the same to the cent,
 * Stripe did nothing twice, and no link that is closed here can be paid there.
 *
 * BILLING_TEST_SCHEDULES says how many such stories, BILLING_TEST_SEED which one is the first: the story n of a run with seed s is the first of a run
 * with seed s + n. Both are printed.
 */

#define DEFAULT_SCHEDULES 12
#define PHASES 8
#define HOUR 3600
#define MAX_AMOUNT 50000

/* Statements that a child runs at most, nearly. */
#define MANY_STATEMENTS 4000

/* How the child knows what to do: a file beside the books. */
#define TASK "task"

static gint64
get_number (const char *name,
            gint64      otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : otherwise;
}

/* --- the child: a program that works for a while ------------------------------------------------ */

typedef struct {
  BillingDesk *desk;
  BillingStripeClient *client;
  BillingMirror *mirror;
  GRand *rand;
  GPtrArray *payments; /* (element-type BillingPayment) */
  GPtrArray *intents;  /* (element-type BillingIntent) */
} Worker;

/* Nobody waits: neither for Stripe's limits, nor before asking again. */
static gint64
get_time_cb (gpointer data)
{
  return g_get_monotonic_time () + *(gint64 *) data;
}

static gboolean
wait_cb (gpointer       data,
         gint64         until,
         GCancellable  *cancellable,
         GError       **error)
{
  gint64 *ahead = data;

  *ahead = MAX (*ahead, until - g_get_monotonic_time ());
  return TRUE;
}

static guint32
get_random_cb (gpointer data)
{
  return 0;
}

static gboolean
keep_cb (BillingRecord  *record,
         gpointer        data,
         GError        **error)
{
  g_ptr_array_add (data, g_object_ref (record));
  return TRUE;
}

static GPtrArray *
list (BillingDesk *desk,
      const char  *kind)
{
  g_autoptr (BillingQuery) query = billing_desk_query (desk, kind);
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  billing_desk_list (desk, query, keep_cb, records, NULL, &error);
  g_assert_no_error (error);
  return records;
}

static int
choose (Worker *self,
        int     n)
{
  return g_rand_int_range (self->rand, 0, n);
}

static const char *
pick (Worker    *self,
      GPtrArray *records)
{
  return records->len > 0 ? billing_record_get_id (records->pdata[choose (self, (int) records->len)]) : NULL;
}

/* What people say no to is said in a sentence; nothing else may go wrong. */
static void
do_act (Worker     *self,
        BillingAct *act)
{
  g_autoptr (GError) error = NULL;

  if (billing_desk_do (self->desk, act, &error))
    return;

  g_assert_true (error->domain == BILLING_DESK_ERROR || error->domain == BILLING_STORE_ERROR);
  g_assert_true (strlen (error->message) > 10);
}

static void
ask_for_payment (Worker *self)
{
  g_autoptr (GPtrArray) patients = list (self->desk, "patients");
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);

  g_object_set (act, "patient", pick (self, patients), "has-amount", TRUE, "amount", (gint64) choose (self, MAX_AMOUNT) + 100,
                "draft", choose (self, 4) == 0, NULL);
  do_act (self, act);
}

static void
choose_expiry (Worker     *self,
               BillingAct *act)
{
  g_autofree char *today = billing_desk_get_today (self->desk);

  act->expires = billing_day_add (today, choose (self, 4));
}

static void
act_on_payment (Worker *self)
{
  static const BillingVerb verbs[] = {
    BILLING_VERB_PAYMENT_AUTHORISE, BILLING_VERB_PAYMENT_AUTHORISE, BILLING_VERB_PAYMENT_AUTHORISE,
    BILLING_VERB_PAYMENT_CAPTURE, BILLING_VERB_PAYMENT_CAPTURE, BILLING_VERB_PAYMENT_CAPTURE, BILLING_VERB_PAYMENT_VOID,
    BILLING_VERB_PAYMENT_REFUND, BILLING_VERB_PAYMENT_REFUND, BILLING_VERB_PAYMENT_REFUND,
    BILLING_VERB_PAYMENT_AUTHORISE, BILLING_VERB_PAYMENT_CAPTURE, BILLING_VERB_PAYMENT_REFUND,
    BILLING_VERB_PAYMENT_COLLECT, BILLING_VERB_PAYMENT_CANCEL, BILLING_VERB_PAYMENT_SUBMIT, BILLING_VERB_PAYMENT_FAIL,
    BILLING_VERB_PAYMENT_LINK, BILLING_VERB_PAYMENT_LINK, BILLING_VERB_PAYMENT_LINK, BILLING_VERB_PAYMENT_LINK,
    BILLING_VERB_LINK_CANCEL, BILLING_VERB_PAYMENT_EDIT,
  };
  static const char * const methods[] = {
    "pm_card_visa", "pm_card_visa", "pm_card_visa", "pm_card_visa", "pm_card_visa_chargeDeclined",
    "pm_card_pendingRefund", "pm_card_refundFail", "pm_card_createDispute", "pm_card_createDisputeInquiry",
    "pm_card_authenticationRequired",
  };
  g_autoptr (GPtrArray) payments = list (self->desk, "payments");
  g_autoptr (BillingAct) act = NULL;
  gboolean is_part = choose (self, 2) == 0;
  BillingPayment *payment;
  BillingVerb verb;

  if (payments->len == 0)
    return;

  /* Mostly what makes sense. */
  payment = payments->pdata[choose (self, (int) payments->len)];
  verb = verbs[choose (self, G_N_ELEMENTS (verbs))];
  for (int i = 0; i < 8 && !billing_verb_is_legal (verb, payment->status); i++)
    verb = verbs[choose (self, G_N_ELEMENTS (verbs))];
  act = billing_act_new (verb, billing_record_get_id (BILLING_RECORD (payment)));

  if (act->verb == BILLING_VERB_PAYMENT_AUTHORISE)
    g_object_set (act, "method", methods[choose (self, G_N_ELEMENTS (methods))], NULL);
  if (act->verb == BILLING_VERB_PAYMENT_COLLECT)
    g_object_set (act, "tender", BILLING_TENDER_CASH, NULL);
  if (act->verb == BILLING_VERB_PAYMENT_REFUND)
    g_object_set (act, "reason", BILLING_REFUND_REASON_OTHER, NULL);
  if (act->verb == BILLING_VERB_PAYMENT_LINK)
    choose_expiry (self, act);
  if (is_part && (act->verb == BILLING_VERB_PAYMENT_CAPTURE || act->verb == BILLING_VERB_PAYMENT_REFUND ||
                  act->verb == BILLING_VERB_PAYMENT_EDIT))
    g_object_set (act, "has-amount", TRUE, "amount", (gint64) choose (self, MAX_AMOUNT / 4) + 1, NULL);
  do_act (self, act);
}

static void
act_on_intent (Worker *self)
{
  g_autoptr (GPtrArray) intents = list (self->desk, "outbox");
  g_autoptr (BillingAct) act = billing_act_new (choose (self, 2) == 0 ? BILLING_VERB_OUTBOX_WITHDRAW
                                                                      : BILLING_VERB_OUTBOX_CHECK, pick (self, intents));

  if (intents->len > 0)
    do_act (self, act);
}

/* What came twice, or too late. */
static void
act_on_late (Worker *self)
{
  g_autoptr (GPtrArray) late = list (self->desk, "late_money");
  g_autoptr (BillingAct) act = billing_act_new (choose (self, 4) == 0 ? BILLING_VERB_LATE_KEEP : BILLING_VERB_LATE_REFUND,
                                                pick (self, late));

  if (late->len > 0)
    do_act (self, act);
}

static void
expire (Worker *self)
{
  g_autoptr (GError) error = NULL;

  billing_desk_expire_links (self->desk, &error);
  g_assert_no_error (error);
}

/* The network's errors are the point of it; the books' are not. */
static void
expect_network (GError *error)
{
  if (error != NULL && error->domain == BILLING_STORE_ERROR && !g_error_matches (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CONSTRAINT))
    g_error ("%s", error->message);
}

static void
deliver (Worker *self)
{
  g_autoptr (GError) error = NULL;
  guint n_sent;

  billing_desk_deliver (self->desk, self->client, self->mirror, &n_sent, NULL, &error);
  expect_network (error);
}

static void
fetch (Worker *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (BillingStripeSyncSummary) summary = { 0 };

  billing_stripe_sync (self->client, self->mirror, BILLING_STRIPE_SYNC_QUICK, NULL, NULL, &summary, NULL, &error);
  expect_network (error);
}

static void
post (Worker *self)
{
  g_autoptr (GError) error = NULL;
  guint64 n_posted;

  billing_desk_post_stripe (self->desk, self->mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);
}

static void
do_anything (Worker *self)
{
  switch (choose (self, 13))
    {
    case 0:
    case 1:
      ask_for_payment (self);
      break;
    case 2:
      act_on_intent (self);
      break;
    case 3:
    case 4:
      deliver (self);
      break;
    case 5:
      fetch (self);
      break;
    case 6:
      post (self);
      break;
    case 7:
      act_on_late (self);
      break;
    default:
      act_on_payment (self);
    }
}

/* What a person does who is told that an answer is not known. */
static void
check_unknown (Worker *self)
{
  g_autoptr (GPtrArray) intents = list (self->desk, "outbox");

  for (guint i = 0; i < intents->len; i++)
    {
      BillingIntent *intent = intents->pdata[i];
      g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_OUTBOX_CHECK, billing_record_get_id (BILLING_RECORD (intent)));

      if (intent->state == BILLING_OUTBOX_STATE_UNKNOWN)
        do_act (self, act);
    }
}

static void
work (Worker   *self,
      gboolean  is_settling)
{
  if (is_settling)
    check_unknown (self);
  else
    for (int n = 4 + choose (self, 10); n > 0; n--)
      do_anything (self);

  expire (self);
  deliver (self);
  fetch (self);
  post (self);
}

static void
child (const char *folder)
{
  static gint64 ahead;
  const BillingStripeClock clock = { get_time_cb, wait_cb, get_random_cb, &ahead };
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) task = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, TASK, NULL);
  g_autofree char *url = NULL;
  Worker self = { 0 };

  billing_kill_child_hold ();
  g_key_file_load_from_file (task, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  self.rand = g_rand_new_with_seed ((guint32) g_key_file_get_int64 (task, TASK, "seed", NULL));
  url = g_key_file_get_string (task, TASK, "url", NULL);
  self.client = billing_stripe_client_new_full (url, BILLING_TEST_SANDBOX_KEY, 2, &clock, &error);
  g_assert_no_error (error);
  self.desk = billing_desk_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  billing_desk_set_clock (self.desk, g_key_file_get_int64 (task, TASK, "now", NULL));
  self.mirror = billing_mirror_open (folder, &error);
  g_assert_no_error (error);

  billing_kill_child_release ();
  work (&self, g_key_file_get_boolean (task, TASK, "settle", NULL));
  billing_kill_child_hold ();

  billing_mirror_close (self.mirror);
  g_object_unref (self.client);
  g_object_unref (self.desk);
  g_rand_free (self.rand);
}

/* --- the story ------------------------------------------------------------------------------------ */

typedef struct {
  guint32 seed;
  GRand *rand;
  char *folder; /* (owned) */
  BillingTestSandbox sandbox;
  gint64 now;
  GPtrArray *places; /* (owned) (element-type utf8): where payers stand who opened a link */
} Story;

static int
draw (Story *self,
      int    n)
{
  return g_rand_int_range (self->rand, 0, n);
}

static gboolean
bind_account (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  return billing_connection_execute (connection, "UPDATE practice SET stripe_account = '" BILLING_DEMO_STRIPE_ACCOUNT "'",
                                     error);
}

static void
begin (Story   *self,
       guint32  seed)
{
  BillingTestPractice practice = { 0 };
  g_autoptr (GError) error = NULL;

  self->seed = seed;
  self->rand = g_rand_new_with_seed (seed);
  billing_test_practice_set_up (&practice);
  billing_store_write (billing_desk_get_store (practice.desk), bind_account, NULL, NULL, &error);
  g_assert_no_error (error);
  self->folder = g_steal_pointer (&practice.folder);
  g_clear_object (&practice.desk);
  g_free (practice.patient);
  g_free (practice.treatment);

  billing_test_sandbox_start (&self->sandbox, NULL);
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->now = billing_sandbox_server_get_now (self->sandbox.server);
}

static void
end (Story *self)
{
  billing_test_sandbox_stop (&self->sandbox);
  billing_test_folder_remove (g_steal_pointer (&self->folder));
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_rand_free (self->rand);
}

/* Both clocks go on, by nothing, by an hour, or by more than Stripe keeps a key. */
static void
let_time_pass (Story *self,
               gint64 seconds)
{
  self->now += seconds;
  billing_sandbox_server_advance (self->sandbox.server, seconds);
}

static void
break_something (Story *self)
{
  static const BillingSandboxFault faults[] = {
    { .kind = BILLING_SANDBOX_FAULT_LOST, .method = "POST" },
    { .kind = BILLING_SANDBOX_FAULT_LOST, .method = "POST" },
    { .kind = BILLING_SANDBOX_FAULT_TORN, .method = "POST" },
    { .kind = BILLING_SANDBOX_FAULT_CUT, .method = "POST" },
    { .kind = BILLING_SANDBOX_FAULT_REFUSED, .method = "POST" },
    { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .status = 500 },
    { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .status = 500, .done = TRUE },
    { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .status = 503 },
    { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .status = 429, .reason = "endpoint-rate" },
    { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .status = 409, .code = "idempotency_key_in_use" },
    { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .status = 409, .code = "lock_timeout" },
    { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .status = 401 },
    { .kind = BILLING_SANDBOX_FAULT_LOST },
    { .kind = BILLING_SANDBOX_FAULT_REFUSED },
    { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "GET", .status = 500 },
    { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "GET", .status = 429, .reason = "global-rate" },
    { .kind = BILLING_SANDBOX_FAULT_CUT, .method = "GET" },
    { .kind = BILLING_SANDBOX_FAULT_TORN, .method = "GET" },
    { .kind = BILLING_SANDBOX_FAULT_REPEAT, .method = "GET", .path = "/v1/events" },
    { .kind = BILLING_SANDBOX_FAULT_DUPLICATE, .method = "GET" },
    { .kind = BILLING_SANDBOX_FAULT_SHUFFLE, .method = "GET", .path = "/v1/events" },
    { .kind = BILLING_SANDBOX_FAULT_LATE, .method = "GET", .path = "/v1/events" },
  };
  BillingSandboxFault fault = faults[draw (self, G_N_ELEMENTS (faults))];

  fault.times = 1 + (guint) draw (self, 6);
  fault.after = (guint) draw (self, 4);
  billing_sandbox_server_add_fault (self->sandbox.server, &fault);
}

static void
run_child (Story    *self,
           gboolean  is_settling,
           int       kill_at)
{
  g_autoptr (GKeyFile) task = g_key_file_new ();
  g_autofree char *path = g_build_filename (self->folder, TASK, NULL);
  g_autoptr (GError) error = NULL;

  g_key_file_set_string (task, TASK, "url", self->sandbox.url);
  g_key_file_set_int64 (task, TASK, "seed", g_rand_int (self->rand));
  g_key_file_set_int64 (task, TASK, "now", self->now);
  g_key_file_set_boolean (task, TASK, "settle", is_settling);
  g_key_file_save_to_file (task, path, &error);
  g_assert_no_error (error);
  if (billing_kill_run ("worker", self->folder, kill_at, &error) == BILLING_KILL_FAILED)
    g_error ("Seed %u: %s", self->seed, error->message);
}

/* (nullable) where the answer is */
static char *
read_text (const char *folder,
           const char *file,
           const char *sql)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  sqlite3_stmt *stmt;
  sqlite3 *db;
  char *value;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return value;
}

static gint64
read_integer (const char *folder,
              const char *file,
              const char *sql)
{
  g_autofree char *text = read_text (folder, file, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

/* Any link there ever was; payers do not know which is closed. */
static void
open_any_link (Story *self)
{
  g_autofree char *all = read_text (self->folder, "practice.db", "SELECT ifnull (group_concat (url, ' '), '') FROM links");
  g_auto (GStrv) urls = g_strsplit (all, " ", -1);
  guint n = g_strv_length (urls);
  char *place = *all != '\0' ? billing_test_sandbox_open (urls[draw (self, (int) n)]) : NULL;

  if (place != NULL)
    g_ptr_array_add (self->places, place);
}

static void
pay_anywhere (Story *self)
{
  static const char * const forms[] = {
    "card=pm_card_visa", "card=pm_card_visa", "card=pm_card_visa", "card=pm_card_visa_chargeDeclined",
    "card=pm_usBankAccount_success", "card=pm_usBankAccount_insufficientFunds", "action=decline",
    "card=pm_card_pendingRefund", "card=pm_card_refundFail",
  };
  g_autofree char *page = NULL;

  if (self->places->len > 0)
    page = billing_test_sandbox_visit (self->places->pdata[draw (self, (int) self->places->len)],
                                       forms[draw (self, G_N_ELEMENTS (forms))]);
}

static void
let_payers_pay (Story *self)
{
  for (int n = draw (self, 10); n > 0; n--)
    {
      if (draw (self, 2) == 0)
        open_any_link (self);
      else
        pay_anywhere (self);
    }
}

static void
go_through_phase (Story *self)
{
  for (int n = draw (self, 3); n > 0; n--)
    break_something (self);

  run_child (self, FALSE, draw (self, 2) == 0 ? 0 : 1 + draw (self, MANY_STATEMENTS));
  let_payers_pay (self);
  let_time_pass (self, draw (self, 4) == 0 ? draw (self, 40 * HOUR) : draw (self, 2 * HOUR));
}

#define OPEN "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending', 'unknown')"

/* The network is well again; after some days nothing may wait any more, and what Stripe does late has come. */
static void
settle (Story *self)
{
  billing_sandbox_server_clear_faults (self->sandbox.server);
  for (int i = 0; i < 4 || (i < 20 && read_integer (self->folder, "practice.db", OPEN) > 0); i++)
    {
      let_time_pass (self, 7 * HOUR);
      run_child (self, TRUE, 0);
    }
  g_assert_cmpint (read_integer (self->folder, "practice.db", OPEN), ==, 0);

  /* Bank debits take days, and what comes of them is told as well. */
  for (int i = 0; i < 2; i++)
    {
      let_time_pass (self, 10 * 24 * HOUR);
      run_child (self, TRUE, 0);
    }
  g_assert_cmpint (read_integer (self->folder, "practice.db", OPEN), ==, 0);
}

/* What Stripe says, asked anew: another mirror, which no book ever saw. */
static char *
fetch_anew (Story *self)
{
  static gint64 ahead;
  const BillingStripeClock clock = { get_time_cb, wait_cb, get_random_cb, &ahead };
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeClient) client = billing_stripe_client_new_full (self->sandbox.url, BILLING_TEST_SANDBOX_KEY, 0,
                                                                          &clock, &error);
  char *folder = billing_test_folder ();
  g_autoptr (BillingMirror) mirror = billing_mirror_open (folder, &error);
  g_auto (BillingStripeSyncSummary) summary = { 0 };

  g_assert_no_error (error);
  billing_stripe_sync (client, mirror, BILLING_STRIPE_SYNC_QUICK, NULL, NULL, &summary, NULL, &error);
  g_assert_no_error (error);
  return folder;
}

/* What is closed here is closed there, and nothing is on the way to it any more. */
static void
compare_links (Story      *self,
               const char *anew)
{
  g_autofree char *closed = read_text (self->folder, "practice.db",
    "SELECT ifnull (group_concat ('''' || stripe_id || ''''), '') FROM links WHERE state = 'closed'");
  g_autofree char *usable = g_strdup_printf ("SELECT count(*) FROM payment_links WHERE active AND id IN (%s)", closed);
  g_autofree char *visits = g_strdup_printf ("SELECT count(*) FROM checkout_sessions WHERE status = 'open' AND payment_link IN (%s)",
                                             closed);

  g_assert_cmpint (read_integer (self->folder, "practice.db",
                                 "SELECT count(*) FROM links WHERE state IN ('waiting', 'closing')"), ==, 0);
  g_assert_cmpint (read_integer (self->folder, "practice.db", "SELECT count(*) FROM late_money WHERE state = 'refunding'"),
                   ==, 0);
  g_assert_cmpint (read_integer (anew, "stripe.db", usable), ==, 0);
  g_assert_cmpint (read_integer (anew, "stripe.db", visits), ==, 0);
}

static void
compare (Story *self)
{
  /* Whatever money moved, but for fees, which are Stripe's, and payouts, which only change its place. */
  static const char theirs[] = "SELECT ifnull (sum (amount), 0) FROM balance_transactions WHERE type <> 'payout'";
  static const char ours[] = "SELECT ifnull (sum (amount), 0) FROM postings WHERE account = 'stripe'";
  static const char * const doubles[] = {
    /* Each visit of a link tries by an intent of Stripe's of its own; only one of them may go through. */
    "SELECT count(*) FROM (SELECT 1 FROM payment_intents i WHERE intent IS NOT NULL AND NOT EXISTS (SELECT 1"
    "  FROM checkout_sessions s WHERE s.payment_intent = i.id AND s.payment_link IS NOT NULL) GROUP BY intent HAVING count(*) > 1)",
    "SELECT count(*) FROM (SELECT 1 FROM stripe_refunds WHERE refund IS NOT NULL GROUP BY refund HAVING count(*) > 1)",
    "SELECT count(*) FROM (SELECT 1 FROM stripe_refunds WHERE intent IS NOT NULL GROUP BY intent HAVING count(*) > 1)",
    "SELECT count(*) FROM (SELECT 1 FROM payment_links WHERE intent IS NOT NULL GROUP BY intent HAVING count(*) > 1)",
    "SELECT count(*) FROM (SELECT 1 FROM checkout_sessions WHERE payment_link IS NOT NULL AND status = 'complete'"
    "  GROUP BY payment_link HAVING count(*) > 1)",
  };
  g_autofree char *anew = fetch_anew (self);
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDesk) desk = billing_desk_open (self->folder, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (read_integer (self->folder, "practice.db", ours), ==, read_integer (anew, "stripe.db", theirs));
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    g_assert_cmpint (read_integer (anew, "stripe.db", doubles[i]), ==, 0);
  compare_links (self, anew);
  billing_desk_verify (desk, &report, NULL, &error);
  g_assert_no_error (error);
  billing_test_folder_remove (g_steal_pointer (&anew));
}

static void
test_never_twice (void)
{
  guint32 seed = (guint32) get_number ("BILLING_TEST_SEED", g_random_int ());
  guint n = (guint) get_number ("BILLING_TEST_SCHEDULES", DEFAULT_SCHEDULES);
  gint64 n_intents = 0;
  gint64 n_postings = 0;
  gint64 n_links = 0;
  gint64 n_late = 0;

  g_test_message ("BILLING_TEST_SEED=%u BILLING_TEST_SCHEDULES=%u", seed, n);
  for (guint i = 0; i < n; i++)
    {
      Story story = { 0 };

      begin (&story, seed + i);
      g_test_message ("Seed %u", story.seed);
      for (guint phase = 0; phase < PHASES; phase++)
        go_through_phase (&story);
      settle (&story);
      compare (&story);
      n_intents += read_integer (story.folder, "practice.db", "SELECT count(*) FROM outbox");
      n_postings += read_integer (story.folder, "practice.db", "SELECT count(*) FROM postings WHERE account = 'stripe'");
      n_links += read_integer (story.folder, "practice.db", "SELECT count(*) FROM links WHERE why = 'paid'");
      n_late += read_integer (story.folder, "practice.db", "SELECT count(*) FROM late_money");
      end (&story);
    }

  /* Stories in which nothing is asked of Stripe prove nothing. */
  g_test_message ("%" G_GINT64_FORMAT " intents, %" G_GINT64_FORMAT " postings, %" G_GINT64_FORMAT " links paid, %"
                  G_GINT64_FORMAT " times late money", n_intents, n_postings, n_links, n_late);
  if (n >= DEFAULT_SCHEDULES)
    {
      g_assert_cmpint (n_intents, >, n);
      g_assert_cmpint (n_postings, >, 0);
      g_assert_cmpint (n_links, >, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  billing_kill_add_child ("worker", child);
  if (billing_kill_main ())
    return 0;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/never-twice", test_never_twice);

  return g_test_run ();
}
