/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-outbox.h"
#include "billing-desk-posting.h"
#include "billing-desk-private.h"
#include "billing-outbox.h"
#include "billing-stripe-delivery.h"
#include "billing-stripe-error.h"
#include "billing-table.h"
#include "billing-test-dump.h"
#include "billing-test-facts.h"
#include "billing-test-stripe.h"

/* What people ask of Stripe, asked of the sandbox: done once, whatever goes wrong on the way. */

#define INTENTS "/v1/payment_intents"
#define HOUR 3600

static void
authorise (Fixture    *self,
           const char *method)
{
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_AUTHORISE, "subject",
                              self->number, "method", method, NULL));
}

static void
act_amount (Fixture    *self,
            BillingVerb verb,
            gint64      amount)
{
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", verb, "subject", self->number, "has-amount",
                              TRUE, "amount", amount,
                              "reason", BILLING_REFUND_REASON_DUPLICATE_CHARGE, NULL));
}

static void
assert_payment (Fixture       *self,
                BillingStatus  status,
                gint64         amount,
                gint64         collected,
                gint64         refunded)
{
  billing_test_practice_assert_payment (&self->practice, self->number, status, amount, collected,
                                        refunded);
}

static void
assert_last (Fixture    *self,
             const char *state)
{
  assert_sql (self, "SELECT state FROM outbox ORDER BY pk DESC LIMIT 1", state);
}

static void
pay (Fixture *self)
{
  authorise (self, NULL);
  g_assert_cmpuint (deliver (self), ==, 1);
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_CAPTURE));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
}

/* A card is held, and then taken: one request each, our marks at Stripe, Stripe's ids here. */
static void
test_capture (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *charge = NULL;
  g_autofree char *object = NULL;

  authorise (self, NULL);
  assert_payment (self, BILLING_STATUS_PENDING, 25000, 0, 0);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_payment (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);
  assert_last (self, "done");
  assert_sql (self, "SELECT state || ' ' || amount FROM attempts", "authorised 25000");
  g_assert_cmpuint (count_posts (self, INTENTS), ==, 1);

  charge = billing_test_text (self->practice.folder, "SELECT result_id FROM outbox");
  object = billing_sandbox_server_read (self->stripe.sandbox.server, charge);
  g_assert_nonnull (strstr (object, self->last));
  g_assert_nonnull (strstr (object, "Payment PAY-001"));

  do_act (self, act_on (self, BILLING_VERB_PAYMENT_CAPTURE));
  assert_payment (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  g_assert_cmpuint (deliver (self), ==, 0);
}

/* Of what is held a part is taken: the rest is asked for anew. */
static void
test_capture_part (Fixture       *self,
                   gconstpointer  data)
{
  authorise (self, NULL);
  deliver (self);
  act_amount (self, BILLING_VERB_PAYMENT_CAPTURE, 10000);
  deliver (self);
  assert_payment (self, BILLING_STATUS_PAID, 10000, 10000, 0);
  billing_test_practice_assert_payment (&self->practice, "PAY-002", BILLING_STATUS_PENDING, 15000,
                                        0, 0);
}

/* What is held is let go. */
static void
test_void (Fixture       *self,
           gconstpointer  data)
{
  authorise (self, NULL);
  deliver (self);
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_VOID));
  assert_payment (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);
  deliver (self);
  assert_payment (self, BILLING_STATUS_VOIDED, 25000, 0, 0);
}

/* Money goes back in two parts: reserved until Stripe says so, then posted. */
static void
test_refund (Fixture       *self,
             gconstpointer  data)
{
  pay (self);
  act_amount (self, BILLING_VERB_PAYMENT_REFUND, 10000);
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  assert_sql (self, "SELECT waiting FROM payments", "10000");
  deliver (self);
  assert_payment (self, BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 10000);
  assert_sql (self, "SELECT waiting FROM payments", "0");
  assert_sql (self, "SELECT state || ' ' || substr (reference, 1, 3) FROM refunds", "posted re_");
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "refund"), ==, 1);

  act_amount (self, BILLING_VERB_PAYMENT_REFUND, 10000);
  act_amount (self, BILLING_VERB_PAYMENT_REFUND, 5000);
  g_assert_cmpuint (deliver (self), ==, 2);
  assert_payment (self, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
}

/* A card that is declined: said in Stripe's words, and nothing is reserved any more. Another card
 * can be tried. */
static void
test_declined (Fixture       *self,
               gconstpointer  data)
{
  authorise (self, "pm_card_visa_chargeDeclinedInsufficientFunds");
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "failed");
  assert_payment (self, BILLING_STATUS_FAILED, 25000, 0, 0);
  assert_sql (self, "SELECT state FROM attempts", "failed");
  assert_sql (self, "SELECT problem LIKE '%insufficient funds%' FROM outbox", "1");
  assert_sql (self, "SELECT person || ' ' || verb || ' ' || (after ->> '$.state') FROM audit ORDER BY pk DESC LIMIT 1",
              "stripe payment-authorise failed");

  billing_test_mirror_advance (&self->stripe, 60);
  authorise (self, "pm_card_visa");
  deliver (self);
  assert_payment (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);
}

/* A card whose bank wants to see its owner is not authorised, and it is said how it can be. */
static void
test_owner (Fixture       *self,
            gconstpointer  data)
{
  authorise (self, "pm_card_authenticationRequired");
  deliver (self);
  assert_last (self, "failed");
  assert_sql (self, "SELECT problem LIKE '%page%' FROM outbox", "1");
  authorise (self, NULL);
}

/* Stripe's page for the patient: its address is the answer, and it carries our marks on to the
 * charge. */
static void
test_page (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *none = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  authorise (self, "page");
  billing_desk_find_page (self->practice.desk, self->last, &none, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  deliver (self);
  assert_last (self, "done");
  billing_desk_find_page (self->practice.desk, self->last, &url, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (url, "http"));
  assert_payment (self, BILLING_STATUS_PENDING, 25000, 0, 0);
}

/* Stripe refuses what cannot be done: the reservation is free again. */
static void
test_refused_refund (Fixture       *self,
                     gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .path = "/v1/refunds", .status = 400,
                                .times = 1 };

  pay (self);
  act_amount (self, BILLING_VERB_PAYMENT_REFUND, 10000);
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "failed");
  assert_sql (self, "SELECT state FROM refunds", "failed");
  assert_sql (self, "SELECT waiting FROM payments", "0");
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  act_amount (self, BILLING_VERB_PAYMENT_REFUND, 25000);
  deliver (self);
  assert_payment (self, BILLING_STATUS_REFUNDED, 25000, 25000, 25000);
}

/* Every way in which an answer can get lost, whether the work was done or not: it is sent again,
 * and done once. */
static void
test_lost (Fixture       *self,
           gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  guint64 n_sent;

  pay (self);
  act_amount (self, BILLING_VERB_PAYMENT_REFUND, 10000);
  lose (self, i, "/v1/refunds");
  try_to_deliver (self);
  assert_last (self, "queued");
  assert_sql (self, "SELECT problem IS NOT NULL FROM outbox ORDER BY pk DESC LIMIT 1", "1");
  assert_payment (self, BILLING_STATUS_PAID, 25000, 25000, 0);
  assert_sql (self, "SELECT waiting FROM payments", "10000");

  /* Not at once again, and not to be taken back. */
  n_sent = count_posts (self, "/v1/refunds");
  g_assert_cmpuint (deliver (self), ==, 0);
  g_assert_cmpuint (count_posts (self, "/v1/refunds"), ==, n_sent);
  {
    g_autofree char *id = billing_test_text (self->practice.folder,
                                             "SELECT id FROM outbox WHERE state = 'queued'");
    g_autoptr (BillingAct) withdraw = billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, id);

    billing_test_practice_do_refused (&self->practice, withdraw, BILLING_DESK_ERROR_INVALID);
  }

  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  wait_for (self, HOUR);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "done");
  assert_payment (self, BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 10000);
  assert_sql (self, "SELECT waiting FROM payments", "0");
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "refund"), ==, 1);
}

/* A failure that Stripe keeps under the key is answered for as long as it keeps the key. Then only
 * a look can tell. */
static void
test_kept_failure (Fixture       *self,
                   gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .path = INTENTS, .status = 500,
                                .done = TRUE, .times = 1 };

  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  authorise (self, NULL);
  try_to_deliver (self);
  assert_last (self, "queued");
  wait_for (self, HOUR);
  try_to_deliver (self);
  assert_last (self, "queued");

  wait_for (self, 23 * HOUR);
  g_assert_cmpuint (deliver (self), ==, 0);
  assert_last (self, "unknown");
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, self->last));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "done");
  assert_payment (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "payment_intent"),
                    ==, 1);
}

/* After 23 hours nothing is sent any more, and nobody can do it a second time, until somebody
 * looks. It is found, or it never was. */
static void
test_unknown (Fixture       *self,
              gconstpointer  data)
{
  gboolean is_done = GPOINTER_TO_INT (data);
  guint64 n_sent;

  pay (self);
  act_amount (self, BILLING_VERB_PAYMENT_REFUND, 20000);
  lose (self, is_done ? LOST_DONE : LOST_UNDONE, "/v1/refunds");
  try_to_deliver (self);
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  wait_for (self, 23 * HOUR);
  n_sent = count_posts (self, "/v1/refunds");
  g_assert_cmpuint (deliver (self), ==, 0);
  assert_last (self, "unknown");
  {
    g_autoptr (BillingAct) again = g_object_new (BILLING_TYPE_ACT, "verb",
                                                 BILLING_VERB_PAYMENT_REFUND, "subject",
                                                 self->number,
                                                 "has-amount", TRUE, "amount", (gint64) 20000,
                                                 "reason", BILLING_REFUND_REASON_OTHER, NULL);
    g_autofree char *id = billing_test_text (self->practice.folder,
                                             "SELECT id FROM outbox WHERE state = 'unknown'");

    billing_test_practice_do_refused (&self->practice, again, BILLING_DESK_ERROR_INVALID);
    do_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, id));
  }

  g_assert_cmpuint (deliver (self), ==, 1);
  g_assert_cmpuint (count_posts (self, "/v1/refunds"), ==, n_sent);
  assert_last (self, is_done ? "done" : "failed");
  assert_sql (self, "SELECT state FROM refunds", is_done ? "posted" : "failed");
  assert_sql (self, "SELECT waiting FROM payments", "0");
  assert_payment (self, is_done ? BILLING_STATUS_PARTIALLY_REFUNDED : BILLING_STATUS_PAID, 25000, 25000, is_done ? 20000 : 0);
}

/* The same for what changes an intent of Stripe's: its state tells. */
static void
test_unknown_step (Fixture       *self,
                   gconstpointer  data)
{
  gboolean is_done = GPOINTER_TO_INT (data);

  authorise (self, NULL);
  deliver (self);
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_VOID));
  lose (self, is_done ? LOST_DONE : LOST_UNDONE, "/v1/payment_intents/*/cancel");
  try_to_deliver (self);
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  wait_for (self, 23 * HOUR);
  deliver (self);
  assert_last (self, "unknown");
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, self->last));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, is_done ? "done" : "failed");
  assert_payment (self, is_done ? BILLING_STATUS_VOIDED : BILLING_STATUS_PROCESSING, 25000, 0, 0);
}

/* A look that fails leaves it unknown, and is repeated later by itself. */
static void
test_failed_look (Fixture       *self,
                  gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "GET", .path = INTENTS, .status = 500, .times = 100 };

  authorise (self, NULL);
  lose (self, LOST_DONE, INTENTS);
  try_to_deliver (self);
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  wait_for (self, 23 * HOUR);
  deliver (self);
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, self->last));
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  g_assert_cmpuint (deliver (self), ==, 0);
  assert_last (self, "unknown");
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  wait_for (self, HOUR);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "done");
}

/* A key that Stripe does not take stops everything, and has done nothing: what waits stays unsent,
 * and can be withdrawn. */
static void
test_wrong_key (Fixture       *self,
                gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .status = 401, .times = 1 };
  g_autoptr (GError) error = NULL;

  authorise (self, NULL);
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  g_assert_false (billing_desk_deliver (self->practice.desk, self->stripe.client, self->mirror,
                                        NULL, NULL, &error));
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_AUTHENTICATION);
  assert_last (self, "queued");
  assert_sql (self, "SELECT first_sent_at FROM outbox", "0");
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, self->last));
  assert_last (self, "withdrawn");
  wait_for (self, HOUR);
  g_assert_cmpuint (deliver (self), ==, 0);
}

/* What a restricted key may not do is refused. Where the same was sent before with another key, it
 * is not. */
static void
test_permission (Fixture       *self,
                 gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .status = 403, .times = 1 };

  authorise (self, NULL);
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  deliver (self);
  assert_last (self, "failed");

  authorise (self, NULL);
  lose (self, 1, INTENTS);
  try_to_deliver (self);
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  wait_for (self, HOUR);
  deliver (self);
  assert_last (self, "queued");
  wait_for (self, HOUR);
  deliver (self);
  assert_last (self, "done");
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "payment_intent"),
                    ==, 1);
}

/* One that cannot be sent holds up no other. */
static void
test_others (Fixture       *self,
             gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .path = INTENTS, .status = 500, .times = 3 };

  authorise (self, NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_free (self->number);
      self->number = billing_test_practice_create_payment (&self->practice, 1000 + i, FALSE);
      authorise (self, NULL);
    }
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  g_assert_cmpuint (deliver (self), ==, 3);
  assert_sql (self, "SELECT group_concat (state, ' ') FROM (SELECT state FROM outbox ORDER BY pk)",
              "queued done done done");
  wait_for (self, HOUR);
  g_assert_cmpuint (deliver (self), ==, 1);
}

/* Where Stripe cannot be reached the rest waits, and the caller hears of it. */
static void
test_offline (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  authorise (self, NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_free (self->number);
      self->number = billing_test_practice_create_payment (&self->practice, 1000 + i, FALSE);
      authorise (self, NULL);
    }
  lose (self, 1, INTENTS);
  g_assert_false (billing_desk_deliver (self->practice.desk, self->stripe.client, self->mirror,
                                        NULL, NULL, &error));
  g_assert_error (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE);
  assert_sql (self, "SELECT count (*) FROM outbox WHERE tries = 0", "2");
}

/* What nobody can have heard, because nobody listened, was not sent: it can still be withdrawn. */
static void
test_unheard (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (BillingStripeClient) nobody = billing_stripe_client_new ("http://127.0.0.1:1",
                                                                      "sk_test_nobody", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingAct) withdraw = NULL;
  g_autofree char *id = NULL;

  authorise (self, NULL);
  g_assert_true (billing_desk_deliver (self->practice.desk, nobody, self->mirror, NULL, NULL,
                                       &error));
  assert_last (self, "queued");
  assert_sql (self, "SELECT tries FROM outbox", "1");

  id = billing_test_text (self->practice.folder, "SELECT id FROM outbox");
  withdraw = billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, id);
  billing_test_practice_do (&self->practice, withdraw);
  assert_last (self, "withdrawn");
}

/* Nothing is claimed when it was cancelled before. */
static void
test_cancelled (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  authorise (self, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (billing_desk_deliver (self->practice.desk, self->stripe.client, self->mirror,
                                        NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_sql (self, "SELECT state || tries FROM outbox", "queued0");
}

/* --- a program that dies between two steps ---------------------------------------------------- */

/* The steps of a delivery are done apart, and the rest is left to the next one: which ends where it
 * would have ended, and nothing is done twice at Stripe or in the books. */
static void
test_death (Fixture       *self,
            gconstpointer  data)
{
  guint death = GPOINTER_TO_UINT (data);

  authorise (self, NULL);
  die (self, death);
  assert_last (self, "sending");
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_payment (self, BILLING_STATUS_PROCESSING, 25000, 0, 0);

  act_amount (self, BILLING_VERB_PAYMENT_CAPTURE, 20000);
  die (self, death);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_payment (self, BILLING_STATUS_PAID, 20000, 20000, 0);

  act_amount (self, BILLING_VERB_PAYMENT_REFUND, 15000);
  die (self, death);
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_payment (self, BILLING_STATUS_PARTIALLY_REFUNDED, 20000, 20000, 15000);
  assert_sql (self, "SELECT waiting FROM payments", "0");
  assert_sql (self, "SELECT group_concat (DISTINCT state) FROM outbox", "done");

  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "payment_intent"),
                    ==, 1);
  /* One is Stripe's own: what was held and not taken. */
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "refund"), ==, 2);
}

/* Killed while it sent, and started again a day later: nobody knows, and nothing is sent. */
static void
test_death_long_ago (Fixture       *self,
                     gconstpointer  data)
{
  authorise (self, NULL);
  die (self, AFTER_CLAIM);
  wait_for (self, 24 * HOUR);
  g_assert_cmpuint (deliver (self), ==, 0);
  assert_last (self, "unknown");
  g_assert_cmpuint (count_posts (self, INTENTS), ==, 0);
}

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/delivery/capture", NULL, test_capture);
  ADD ("/delivery/capture-part", NULL, test_capture_part);
  ADD ("/delivery/void", NULL, test_void);
  ADD ("/delivery/refund", NULL, test_refund);
  ADD ("/delivery/declined", NULL, test_declined);
  ADD ("/delivery/owner", NULL, test_owner);
  ADD ("/delivery/page", NULL, test_page);
  ADD ("/delivery/unheard", NULL, test_unheard);
  ADD ("/delivery/refused-refund", NULL, test_refused_refund);
  for (guint i = 0; i < N_LOSSES; i++)
    {
      g_autofree char *path = g_strdup_printf ("/delivery/lost/%u", i);

      ADD (path, GUINT_TO_POINTER (i), test_lost);
    }
  ADD ("/delivery/kept-failure", NULL, test_kept_failure);
  ADD ("/delivery/unknown/done", GINT_TO_POINTER (TRUE), test_unknown);
  ADD ("/delivery/unknown/never", GINT_TO_POINTER (FALSE), test_unknown);
  ADD ("/delivery/unknown-step/done", GINT_TO_POINTER (TRUE), test_unknown_step);
  ADD ("/delivery/unknown-step/never", GINT_TO_POINTER (FALSE), test_unknown_step);
  ADD ("/delivery/failed-look", NULL, test_failed_look);
  ADD ("/delivery/wrong-key", NULL, test_wrong_key);
  ADD ("/delivery/permission", NULL, test_permission);
  ADD ("/delivery/others", NULL, test_others);
  ADD ("/delivery/offline", NULL, test_offline);
  ADD ("/delivery/cancelled", NULL, test_cancelled);
  for (guint i = 0; i < N_DEATHS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/delivery/death/%u", i);

      ADD (path, GUINT_TO_POINTER (i), test_death);
    }
  ADD ("/delivery/death-long-ago", NULL, test_death_long_ago);

  return g_test_run ();
}
