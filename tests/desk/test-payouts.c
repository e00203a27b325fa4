/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-payouts.h"
#include "billing-desk-private.h"
#include "billing-stripe-records.h"
#include "billing-test-dump.h"
#include "billing-test-stripe.h"

/* Payouts asked of the sandbox: made once, whatever goes wrong on the way, cancelled while that can be, and the schedule by which Stripe makes
 * them itself. What they consist of is compared with the sandbox's own numbers. */

#define PAYOUTS "/v1/payouts"
#define SETTINGS "/v1/balance_settings"
#define HOUR 3600
#define DAY (24 * HOUR)

static void
sync_mirror (Fixture *self)
{
  g_auto (BillingStripeSyncSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;

  billing_stripe_sync (self->stripe.client, self->mirror, BILLING_STRIPE_SYNC_FULL, NULL, NULL, &summary, NULL, &error);
  g_assert_no_error (error);
}

/* Puts 500.00, less the fee of 14.80, into the balance, available at once. */
static void
fund (Fixture *self)
{
  g_free (billing_test_mirror_post (&self->stripe, "/v1/payment_intents",
                                    "amount=50000&currency=usd&payment_method=pm_card_bypassPending&confirm=true"));
  sync_mirror (self);
}

static BillingAct *
pay_out (gint64      amount,
         const char *method)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYOUT_CREATE, "has-amount", TRUE, "amount", amount, "method", method,
                       NULL);
}

static BillingAct *
cancel (const char *payout)
{
  return billing_act_new (BILLING_VERB_PAYOUT_CANCEL, payout);
}

static BillingAct *
schedule (const char *fields)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYOUT_SCHEDULE, "fields", fields, NULL);
}

static void
assert_last (Fixture    *self,
             const char *state)
{
  assert_sql (self, "SELECT state FROM outbox ORDER BY pk DESC LIMIT 1", state);
}

static char *
get_result (Fixture *self)
{
  return billing_test_text (self->practice.folder, "SELECT result_id FROM outbox ORDER BY pk DESC LIMIT 1");
}

static guint64
count_payouts (Fixture *self)
{
  return billing_sandbox_server_count (self->stripe.sandbox.server, "payout");
}

static BillingPayout *
find_payout (Fixture    *self,
             const char *id)
{
  g_autoptr (GError) error = NULL;
  BillingRecord *payout = billing_desk_find (self->practice.desk, id, &error);

  g_assert_no_error (error);
  return BILLING_PAYOUT (payout);
}

static char *
mirror_text (Fixture    *self,
             const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *text;

  billing_mirror_begin (self->mirror, &error);
  g_assert_no_error (error);
  text = billing_connection_get_text (billing_mirror_get_connection (self->mirror), &error, sql, "");
  billing_mirror_rollback (self->mirror);
  g_assert_no_error (error);
  return text;
}

/* A payout is asked for, made once, and here with its bank as soon as it is made. It carries our mark. */
static void
test_pay_out (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *id = NULL;
  g_autofree char *object = NULL;
  g_autoptr (BillingPayout) payout = NULL;
  g_autoptr (BillingPayoutStatement) statement = NULL;
  g_autoptr (GError) error = NULL;

  fund (self);
  do_act (self, pay_out (30000, NULL));
  assert_last (self, "queued");
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "done");
  g_assert_cmpuint (count_payouts (self), ==, 1);
  g_assert_cmpuint (deliver (self), ==, 0);

  id = get_result (self);
  object = billing_sandbox_server_read (self->stripe.sandbox.server, id);
  g_assert_nonnull (strstr (object, self->last));
  payout = find_payout (self, id);
  g_assert_cmpint (payout->amount, ==, 30000);
  g_assert_cmpstr (payout->status, ==, "pending");
  g_assert_false (payout->automatic);
  statement = billing_desk_read_payout (self->practice.desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (statement->standing, ==, BILLING_PAYOUT_STANDING_NOT_ITEMISED);
  assert_sql (self, "SELECT verb || ' ' || subject_id FROM audit ORDER BY pk DESC LIMIT 1", "payout-create payouts");
}

/* What cannot be paid out is refused before anything is written: more than is available, without what waits already; nothing; in a
 * currency that is none or of which Stripe holds nothing; at once, where the bank cannot; before the balance is known. */
static void
test_refused_here (Fixture       *self,
                   gconstpointer  data)
{
  refuse_act (self, pay_out (100, NULL));
  fund (self);
  refuse_act (self, pay_out (48521, NULL));
  refuse_act (self, pay_out (0, NULL));
  refuse_act (self, pay_out (-5, NULL));
  refuse_act (self, pay_out (100, "carrier-pigeon"));
  refuse_act (self, pay_out (100, "instant"));
  refuse_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYOUT_CREATE, "has-amount", TRUE, "amount", (gint64) 5,
                                  "currency", "EUR", NULL));
  refuse_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYOUT_CREATE, "has-amount", TRUE, "amount", (gint64) 5,
                                  "currency", "wampum", NULL));

  do_act (self, pay_out (48000, NULL));
  refuse_act (self, pay_out (521, NULL));
  do_act (self, pay_out (520, "standard"));
  g_assert_cmpuint (deliver (self), ==, 2);
  g_assert_cmpuint (count_payouts (self), ==, 2);
}

/* Where Stripe knows better, it says no: that is written down in its words, and no payout is made. */
static void
test_refused_there (Fixture       *self,
                    gconstpointer  data)
{
  fund (self);
  /* Somebody else was quicker, and it is not known here yet. */
  g_free (billing_test_mirror_post (&self->stripe, PAYOUTS, "amount=40000&currency=usd"));
  do_act (self, pay_out (30000, NULL));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "failed");
  assert_sql (self, "SELECT problem LIKE '%insufficient funds%' FROM outbox", "1");
  assert_sql (self, "SELECT person || ' ' || verb || ' ' || (after ->> '$.state') FROM audit ORDER BY pk DESC LIMIT 1",
              "stripe payout-create failed");
  g_assert_cmpuint (count_payouts (self), ==, 1);
}

/* In whichever way the answer is lost, the same request goes out again with the same key, and there is one payout. */
static void
test_lost (Fixture       *self,
           gconstpointer  data)
{
  fund (self);
  do_act (self, pay_out (30000, NULL));
  lose (self, GPOINTER_TO_UINT (data), PAYOUTS);
  try_to_deliver (self);
  assert_last (self, "queued");
  refuse_act (self, pay_out (20000, NULL));

  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  wait_for (self, HOUR);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "done");
  g_assert_cmpuint (count_payouts (self), ==, 1);
}

/* After 23 hours nothing is sent any more. Looked up, the payout is found by our mark, or there never was one. */
static void
test_unknown (Fixture       *self,
              gconstpointer  data)
{
  gboolean is_done = GPOINTER_TO_INT (data);
  guint64 n_sent;

  fund (self);
  do_act (self, pay_out (30000, NULL));
  lose (self, is_done ? LOST_DONE : LOST_UNDONE, PAYOUTS);
  try_to_deliver (self);
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  wait_for (self, 23 * HOUR);
  n_sent = count_posts (self, PAYOUTS);
  g_assert_cmpuint (deliver (self), ==, 0);
  assert_last (self, "unknown");
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, self->last));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, is_done ? "done" : "failed");
  g_assert_cmpuint (count_posts (self, PAYOUTS), ==, n_sent);
  g_assert_cmpuint (count_payouts (self), ==, is_done ? 1 : 0);
}

/* A payout made by hand is cancelled while it has not left Stripe, once, also where the answer is lost. One that has left cannot be. */
static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *id = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *path = NULL;
  g_autoptr (BillingPayout) payout = NULL;
  g_autoptr (BillingAct) none = NULL;
  g_autoptr (GError) error = NULL;

  fund (self);
  do_act (self, pay_out (30000, NULL));
  deliver (self);
  id = get_result (self);
  path = g_strdup_printf ("%s/%s/cancel", PAYOUTS, id);
  do_act (self, cancel (id));
  refuse_act (self, cancel (id));
  lose (self, LOST_DONE, path);
  try_to_deliver (self);
  assert_last (self, "queued");
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  wait_for (self, HOUR);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "done");
  payout = find_payout (self, id);
  g_assert_cmpstr (payout->status, ==, "canceled");
  refuse_act (self, cancel (id));
  none = cancel ("po_none");
  g_assert_false (billing_desk_do (self->practice.desk, none, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND);

  sync_mirror (self);
  do_act (self, pay_out (30000, NULL));
  deliver (self);
  gone = get_result (self);
  billing_test_mirror_advance (&self->stripe, 4 * DAY);
  do_act (self, cancel (gone));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "failed");
  sync_mirror (self);
  refuse_act (self, cancel (gone));
}

/* The schedule is changed as a whole: days of the week, of the month, what stays in the balance, what the bank statement says; and is known
 * here as soon as Stripe says so. */
static void
test_schedule (Fixture       *self,
               gconstpointer  data)
{
  static const struct {
    const char *fields;
    const char *words;
  } steps[] = {
    { "{\"interval\":\"weekly\",\"weekly_payout_days\":\"monday,thursday\"}", "Every week: Monday, Thursday" },
    { "{\"interval\":\"monthly\",\"monthly_payout_days\":\"1, 15\"}", "Every month, on day 1, 15" },
    { "{\"interval\":\"manual\",\"statement_descriptor\":\"CLINIC\"}", "Only by hand" },
    { "{\"interval\":\"daily\"}", "Every working day" },
  };
  g_autofree char *minimum = NULL;

  sync_mirror (self);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (BillingPayoutOutlook) outlook = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *words = NULL;

      do_act (self, schedule (steps[i].fields));
      refuse_act (self, schedule (steps[i].fields));
      g_assert_cmpuint (deliver (self), ==, 1);
      assert_last (self, "done");
      outlook = billing_desk_read_payout_outlook (self->practice.desk, &error);
      g_assert_no_error (error);
      words = billing_payout_schedule_describe (outlook->schedule);
      g_assert_cmpstr (words, ==, steps[i].words);
      g_assert_cmpstr (outlook->schedule->descriptor, ==, i < 2 ? NULL : "CLINIC");
    }

  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYOUT_SCHEDULE, "has-amount", TRUE, "amount", (gint64) 50000, NULL));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "done");
  minimum = mirror_text (self, "SELECT json ->> '$.payments.payouts.minimum_balance_by_currency.usd' FROM singles"
                         " WHERE name = 'balance_settings'");
  g_assert_cmpstr (minimum, ==, "50000");
}

/* What makes no sense is refused here; and what Stripe does not show, it does not let be changed. */
static void
test_schedule_refused (Fixture       *self,
                       gconstpointer  data)
{
  static const char * const wrong[] = {
    "{}", "{\"interval\":\"hourly\"}", "{\"interval\":\"weekly\"}", "{\"interval\":\"weekly\",\"weekly_payout_days\":\"monday,sunday\"}",
    "{\"interval\":\"monthly\",\"monthly_payout_days\":\"0,1\"}", "{\"interval\":\"monthly\",\"monthly_payout_days\":\"\"}",
    "{\"statement_descriptor\":\"MORE THAN TWENTY-TWO CHARACTERS\"}", "{\"delay_days\":\"0\"}",
  };
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "GET", .path = SETTINGS, .status = 403, .times = 100 };

  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  sync_mirror (self);
  refuse_act (self, schedule ("{\"interval\":\"daily\"}"));
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  sync_mirror (self);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    refuse_act (self, schedule (wrong[i]));
  do_act (self, schedule ("{\"interval\":\"daily\"}"));
}

/* Whether the schedule was changed whose answer was lost for good is told by what it says. */
static void
test_schedule_unknown (Fixture       *self,
                       gconstpointer  data)
{
  gboolean is_done = GPOINTER_TO_INT (data);

  sync_mirror (self);
  do_act (self, schedule ("{\"interval\":\"weekly\",\"weekly_payout_days\":\"tuesday\"}"));
  lose (self, is_done ? LOST_DONE : LOST_UNDONE, SETTINGS);
  try_to_deliver (self);
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  wait_for (self, 23 * HOUR);
  g_assert_cmpuint (deliver (self), ==, 0);
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, self->last));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, is_done ? "done" : "failed");
}

/* Payouts by Stripe's schedule add up to the cent with what the sandbox put into them, also after one was made by hand in between and one
 * came back from the bank; the one that came back says why. */
static void
test_itemised (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *failed = NULL;
  g_autofree char *url = NULL;
  g_autofree char *path = NULL;
  g_autofree char *rows = NULL;
  g_auto (GStrv) ids = NULL;
  g_autoptr (BillingPayout) payout = NULL;

  billing_test_mirror_pass_days (&self->stripe, 4, 3);
  fund (self);
  do_act (self, pay_out (1000, NULL));
  deliver (self);
  sync_mirror (self);
  failed = mirror_text (self, "SELECT id FROM payouts WHERE automatic ORDER BY created LIMIT 1");
  url = billing_sandbox_server_get_url (self->stripe.sandbox.server);
  path = g_strdup_printf ("%s/sandbox/payouts/%s/fail", url, failed);
  g_free (billing_test_sandbox_visit (path, "failure_code=no_account"));
  billing_test_mirror_pass_days (&self->stripe, 4, 2);
  sync_mirror (self);

  payout = find_payout (self, failed);
  g_assert_cmpstr (payout->status, ==, "failed");
  g_assert_cmpstr (payout->failure, ==, "no_account");
  g_assert_nonnull (billing_payout_describe_failure (payout->failure));

  rows = mirror_text (self, "SELECT group_concat (id) FROM payouts WHERE automatic AND reconciliation_status = 'completed'");
  ids = g_strsplit (rows, ",", -1);
  g_assert_cmpuint (g_strv_length (ids), >, 3);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BillingPayoutStatement) statement = billing_desk_read_payout (self->practice.desk, ids[i], &error);
      g_autofree char *object = billing_sandbox_server_read (self->stripe.sandbox.server, ids[i]);
      g_autofree char *amount = g_strdup_printf ("\"amount\":%" G_GINT64_FORMAT, statement->net);

      g_assert_no_error (error);
      g_assert_cmpint (statement->standing, ==, BILLING_PAYOUT_STANDING_MATCHES);
      g_assert_nonnull (strstr (object, amount));
    }
}

#define ADD(path, data, test) g_test_add ("/desk/payouts/" path, Fixture, data, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("pay-out", NULL, test_pay_out);
  ADD ("refused-here", NULL, test_refused_here);
  ADD ("refused-there", NULL, test_refused_there);
  for (guint i = 0; i < N_LOSSES; i++)
    {
      g_autofree char *path = g_strdup_printf ("/desk/payouts/lost/%u", i);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_lost, tear_down);
    }
  ADD ("unknown/done", GINT_TO_POINTER (TRUE), test_unknown);
  ADD ("unknown/undone", GINT_TO_POINTER (FALSE), test_unknown);
  ADD ("cancel", NULL, test_cancel);
  ADD ("schedule", NULL, test_schedule);
  ADD ("schedule/refused", NULL, test_schedule_refused);
  ADD ("schedule/unknown/done", GINT_TO_POINTER (TRUE), test_schedule_unknown);
  ADD ("schedule/unknown/undone", GINT_TO_POINTER (FALSE), test_schedule_unknown);
  ADD ("itemised", NULL, test_itemised);

  return g_test_run ();
}
