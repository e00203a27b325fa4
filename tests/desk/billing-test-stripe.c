/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-test-stripe"

#include "config.h"

#include "billing-test-stripe.h"

#include "billing-desk-outbox.h"
#include "billing-desk-posting.h"
#include "billing-desk-private.h"
#include "billing-outbox.h"
#include "billing-stripe-delivery.h"
#include "billing-test-dump.h"

static const BillingSandboxFault losses[N_LOSSES] = {
  [LOST_DONE] = { .kind = BILLING_SANDBOX_FAULT_LOST },
  { .kind = BILLING_SANDBOX_FAULT_REFUSED },
  { .kind = BILLING_SANDBOX_FAULT_TORN },
  { .kind = BILLING_SANDBOX_FAULT_CUT },
  { .kind = BILLING_SANDBOX_FAULT_STATUS, .status = 500 },
  [LOST_UNDONE] = { .kind = BILLING_SANDBOX_FAULT_STATUS, .status = 503 },
  { .kind = BILLING_SANDBOX_FAULT_STATUS, .status = 409, .code = "idempotency_key_in_use" },
  { .kind = BILLING_SANDBOX_FAULT_STATUS, .status = 429, .reason = "global-rate" },
  { .kind = BILLING_SANDBOX_FAULT_STATUS, .status = 429, .code = "lock_timeout", .should_retry = "true" },
};

void
do_act (Fixture    *self,
        BillingAct *act)
{
  billing_test_practice_do (&self->practice, act);
  g_free (self->last);
  self->last = g_strdup (act->result);
  g_object_unref (act);
}

void
refuse_act (Fixture    *self,
            BillingAct *act)
{
  g_autofree char *before = billing_test_dump (self->practice.folder);
  g_autofree char *after = NULL;

  billing_test_practice_do_refused (&self->practice, act, BILLING_DESK_ERROR_INVALID);
  after = billing_test_dump (self->practice.folder);
  g_assert_cmpstr (before, ==, after);
  g_object_unref (act);
}

BillingAct *
act_on (Fixture    *self,
        BillingVerb verb)
{
  return billing_act_new (verb, self->number);
}

void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (&self->practice);
  billing_test_mirror_set_up (&self->stripe, NULL);
  self->mirror = billing_mirror_open (self->practice.folder, &error);
  g_assert_no_error (error);
  self->now = billing_sandbox_server_get_now (self->stripe.sandbox.server);
  billing_desk_set_clock (self->practice.desk, self->now);
  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_STRIPE_CONNECT, "account", "acct_1", NULL));
  self->number = billing_test_practice_create_payment (&self->practice, 25000, FALSE);
}

void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  billing_test_practice_verify (&self->practice);
  billing_mirror_close (self->mirror);
  billing_test_mirror_tear_down (&self->stripe, NULL);
  billing_test_practice_tear_down (&self->practice);
  g_free (self->number);
  g_free (self->last);
}

guint
deliver (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  guint n_sent;
  gboolean success = billing_desk_deliver (self->practice.desk, self->stripe.client, self->mirror, &n_sent, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (success);
  return n_sent;
}

void
try_to_deliver (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  billing_desk_deliver (self->practice.desk, self->stripe.client, self->mirror, NULL, NULL, &error);
}

guint64
count_posts (Fixture    *self,
             const char *path)
{
  return billing_sandbox_server_count_requests (self->stripe.sandbox.server, "POST", path);
}

void
wait_for (Fixture *self,
          gint64   seconds)
{
  self->now += seconds;
  billing_desk_set_clock (self->practice.desk, self->now);
}

void
pass (Fixture *self,
      gint64   seconds)
{
  billing_test_mirror_advance (&self->stripe, seconds);
  wait_for (self, seconds);
}

void
assert_sql (Fixture    *self,
            const char *sql,
            const char *expected)
{
  g_autofree char *found = billing_test_text (self->practice.folder, sql);

  g_assert_cmpstr (found, ==, expected);
}

void
lose (Fixture    *self,
      guint       i,
      const char *path)
{
  BillingSandboxFault fault = losses[i];

  fault.method = "POST";
  fault.path = path;
  fault.times = 100;
  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
}

typedef struct {
  gint64 now;
  BillingIntent *intent; /* (owned) (nullable) */
} Claim;

static gboolean
claim_func (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Claim *claim = data;

  return billing_outbox_claim (connection, claim->now, &claim->intent, error);
}

static void
send_it (Fixture       *self,
         BillingIntent *intent)
{
  g_auto (BillingStripeDelivery) delivery = { 0 };
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (intent->kind, "dispute-file"))
    {
      billing_stripe_delivery_send (self->stripe.client, self->mirror, intent, &delivery, NULL);
      return;
    }

  file = billing_dispute_load_file (self->practice.desk, intent, &error);
  g_assert_no_error (error);
  billing_stripe_delivery_send_file (self->stripe.client, self->mirror, intent, file, &delivery, NULL);
}

void
die (Fixture *self,
     guint    death)
{
  Claim claim = { self->now, NULL };
  g_autoptr (BillingIntent) intent = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_posted;

  billing_store_write (billing_desk_get_store (self->practice.desk), claim_func, &claim, NULL, &error);
  g_assert_no_error (error);
  intent = claim.intent;
  g_assert_nonnull (intent);
  intent->sent_at = self->now;
  if (death >= AFTER_ANSWER)
    send_it (self, intent);
  if (death >= AFTER_POSTING)
    billing_desk_post_stripe (self->practice.desk, self->mirror, &n_posted, NULL, &error);
  g_assert_no_error (error);
}
