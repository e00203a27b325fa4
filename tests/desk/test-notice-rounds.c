/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-books.h"
#include "billing-notice.h"
#include "billing-sync.h"
#include "billing-test-practice.h"
#include "billing-test-sandbox.h"

/* What people are told after rounds with a real server: of what Stripe says in headers, events and refusals. */

typedef struct {
  BillingTestPractice practice;
  BillingTestSandbox sandbox;
  BillingSync *sync; /* (owned) */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  const BillingSandboxOptions options = { .seed = 1, .payments = 5 };
  g_autoptr (BillingStripeProbe) probe = NULL;
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (&self->practice);
  billing_test_sandbox_start (&self->sandbox, &options);
  self->sync = billing_sync_new (self->practice.desk, self->sandbox.url);
  probe = billing_sync_connect (self->sync, BILLING_TEST_SANDBOX_KEY, NULL, BILLING_SYNC_KEEP_FOR_SESSION, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  billing_test_practice_verify (&self->practice);
  g_clear_object (&self->sync);
  billing_test_sandbox_stop (&self->sandbox);
  billing_test_practice_tear_down (&self->practice);
}

static gboolean
run_round (Fixture *self)
{
  return billing_sync_run (self->sync, BILLING_SYNC_DEFAULT, NULL, NULL, NULL, NULL, NULL);
}

static void
must_run (Fixture *self)
{
  g_assert_true (run_round (self));
}

static void
ask (Fixture    *self,
     const char *path,
     const char *form)
{
  g_autofree char *url = g_strconcat (self->sandbox.url, path, NULL);
  g_autofree char *answer = billing_test_sandbox_visit (url, form);

  g_assert_nonnull (answer);
  g_assert_null (strstr (answer, "\"error\""));
}

typedef struct {
  const char *rule;
  BillingNotice *found; /* (owned) (nullable) */
} Finding;

static gboolean
look_cb (BillingRecord  *record,
         gpointer        data,
         GError        **error)
{
  Finding *finding = data;

  if (g_str_equal (BILLING_NOTICE (record)->rule, finding->rule))
    g_set_object (&finding->found, BILLING_NOTICE (record));
  return TRUE;
}

/* Of those that are open. */
static BillingNotice *
find (Fixture    *self,
      const char *rule)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->practice.desk, "notices");
  g_autoptr (GError) error = NULL;
  Finding finding = { rule, NULL };

  billing_desk_list (self->practice.desk, query, look_cb, &finding, NULL, &error);
  g_assert_no_error (error);
  return finding.found;
}

static void
assert_open (Fixture    *self,
             const char *rule,
             gboolean    is_open)
{
  g_autoptr (BillingNotice) notice = find (self, rule);

  g_test_message ("%s", rule);
  g_assert_cmpint (notice != NULL, ==, is_open);
}

/* What Stripe says in a header of an answer is kept, and told, but for keys that somebody may have put there; it is told once. */
static void
test_header (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (BillingNotice) notice = NULL;

  must_run (self);
  assert_open (self, "header-notice", FALSE);

  billing_sandbox_server_add_fault (self->sandbox.server, &(BillingSandboxFault) {
    .kind = BILLING_SANDBOX_FAULT_NOTICE, .path = "/v1/events", .times = 3,
    .reason = "This API version ends soon for sk_test_4eC39HqLyjWDarjtT1zdp7dc." });
  must_run (self);
  must_run (self);
  notice = find (self, "header-notice");
  g_assert_nonnull (notice);
  g_assert_cmpstr (notice->detail, ==, "This API version ends soon for ….");
}

/* What Stripe wants to know of the account comes as an event, and is over when Stripe has it. */
static void
test_account (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (BillingNotice) notice = NULL;

  must_run (self);
  ask (self, "/sandbox/account", "currently_due=company.tax_id&current_deadline=4000000000&payouts_enabled=false"
                                 "&disabled_reason=requirements.past_due&capabilities=card_payments%3Dinactive");
  must_run (self);
  notice = find (self, "requirement-due");
  g_assert_nonnull (notice);
  g_assert_cmpstr (notice->detail, ==, "company.tax_id");
  g_assert_cmpint (notice->due_at, ==, 4000000000);
  assert_open (self, "payouts-off", TRUE);
  assert_open (self, "capability-off", TRUE);
  assert_open (self, "charges-off", FALSE);

  ask (self, "/sandbox/account", "currently_due=&payouts_enabled=true&capabilities=card_payments%3Dactive");
  must_run (self);
  assert_open (self, "requirement-due", FALSE);
  assert_open (self, "payouts-off", FALSE);
  assert_open (self, "capability-off", FALSE);
}

/* A payment that its card's network takes for fraud is told by an event, until it was refunded. */
static void
test_fraud_warning (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (BillingNotice) notice = NULL;
  g_autofree char *refund = NULL;

  must_run (self);
  ask (self, "/v1/payment_intents", "amount=5000&currency=usd&confirm=true&payment_method=pm_card_createIssuerFraudRecord"
                                    "&automatic_payment_methods[enabled]=true&automatic_payment_methods[allow_redirects]=never");
  /* The warning comes after the payment, as the card's network does. */
  billing_sandbox_server_advance (self->sandbox.server, 600);
  must_run (self);
  notice = find (self, "fraud-warning");
  g_assert_nonnull (notice);
  g_assert_true (g_str_has_prefix (notice->subject, "ch_"));
  g_assert_cmpint (notice->amount, ==, 5000);
  assert_open (self, "charge-unassigned", TRUE);

  refund = g_strconcat ("charge=", notice->subject, NULL);
  ask (self, "/v1/refunds", refund);
  must_run (self);
  assert_open (self, "fraud-warning", FALSE);
}

/* A key that Stripe refuses is told, though nothing could be fetched, and until Stripe accepts one. */
static void
test_refused_key (Fixture       *self,
                  gconstpointer  data)
{
  must_run (self);
  billing_sandbox_server_add_fault (self->sandbox.server, &(BillingSandboxFault) {
    .kind = BILLING_SANDBOX_FAULT_STATUS, .status = 401, .path = "/v1/*", .times = 1000 });
  g_assert_false (run_round (self));
  assert_open (self, "key-refused", TRUE);

  billing_sandbox_server_clear_faults (self->sandbox.server);
  must_run (self);
  assert_open (self, "key-refused", FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/desk/notice-rounds/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("header", test_header);
  ADD ("account", test_account);
  ADD ("fraud-warning", test_fraud_warning);
  ADD ("refused-key", test_refused_key);

  return g_test_run ();
}
