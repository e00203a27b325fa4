/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-stripe-story.h"
#include "billing-stripe-sync.h"
#include "billing-test-facts.h"
#include "billing-test-folder.h"
#include "billing-test-stripe.h"

/* What is told of one payment at Stripe: what happened to it, and what it did to the balance. Stripe is the sandbox. */

#define DAY 86400
#define CARD "&currency=usd&confirm=true&payment_method_types[0]=card&payment_method="

typedef struct {
  BillingStripePayment *payment; /* (owned) */
  BillingStripeStory *story; /* (owned) */
} Told;

static void
told_clear (Told *told)
{
  g_clear_object (&told->payment);
  g_clear_pointer (&told->story, billing_stripe_story_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static gboolean
read_cb (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  Told *told = data;

  told->story = billing_stripe_story_read (connection, told->payment, error);
  return told->story != NULL;
}

static void
sync_now (Fixture *self)
{
  BillingStripeSyncSummary summary = { 0 };
  g_autoptr (GError) error = NULL;

  billing_stripe_sync (self->stripe.client, self->mirror, BILLING_STRIPE_SYNC_FULL, NULL, NULL, &summary, NULL, &error);
  g_assert_no_error (error);
  billing_stripe_sync_summary_clear (&summary);
}

/* Fetches what Stripe says and reads the story of @id, in @told. */
static void
tell (Fixture    *self,
      const char *id,
      Told       *told)
{
  g_autoptr (GError) error = NULL;

  told_clear (told);
  told->payment = BILLING_STRIPE_PAYMENT (billing_desk_find_of (self->practice.desk, BILLING_TYPE_STRIPE_PAYMENT, id, &error));
  g_assert_no_error (error);
  billing_store_read (billing_desk_get_store (self->practice.desk), read_cb, told, NULL, &error);
  g_assert_no_error (error);
}

static char *
post (Fixture    *self,
      const char *path,
      const char *format,
      ...)
{
  g_autofree char *form = NULL;
  va_list arguments;

  va_start (arguments, format);
  form = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return billing_test_mirror_post (&self->stripe, path, form);
}

/* A POST that Stripe answers with a refusal. */
static void
post_in_vain (Fixture    *self,
              const char *path,
              const char *form)
{
  g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeRequest) request = billing_stripe_request_new_post (path, body, "in-vain", &error);
  g_autoptr (BillingStripeAnswer) answer = billing_stripe_client_send (self->stripe.client, request, NULL, &error);

  g_assert_null (answer);
  g_assert_nonnull (error);
}

static char *
find_text (Fixture    *self,
           const char *sql)
{
  return billing_connection_get_text (billing_mirror_get_connection (self->mirror), NULL, sql, "");
}

static gint64
find_integer (Fixture    *self,
              const char *sql)
{
  g_autofree char *text = find_text (self, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* What happened, in this order, as words between spaces; what is left out is not told. */
static void
assert_events (Told       *told,
               const char *expected)
{
  static const char * const words[] = {
    "created", "declined", "blocked", "pending", "authorised", "collected", "captured", "released", "fee", "canceled", "returned",
    "warning", "refunded", "refund-failed", "disputed", "won", "lost", "closed", "available", "paid-out",
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < told->story->events->len; i++)
    {
      BillingStoryEvent *event = told->story->events->pdata[i];

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[event->what]);
      if (i > 0)
        g_assert_cmpint (event->at, >=, ((BillingStoryEvent *) told->story->events->pdata[i - 1])->at);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static BillingStoryEvent *
find_event (Told             *told,
            BillingStoryWhat  what)
{
  for (guint i = 0; i < told->story->events->len; i++)
    {
      BillingStoryEvent *event = told->story->events->pdata[i];

      if (event->what == what)
        return event;
    }

  g_error ("That did not happen: %d", what);
}

static gint64
sum_lines (Told       *told,
           const char *category)
{
  gint64 sum = 0;

  for (guint i = 0; i < told->story->lines->len; i++)
    {
      BillingStoryLine *line = told->story->lines->pdata[i];

      if (category == NULL || g_str_equal (line->category, category))
        sum += line->amount;
    }

  return sum;
}

/* The lines come to what all of Stripe's ledger in this test comes to but for payouts: each test has one payment. The list says the same. */
static void
assert_net (Fixture *self,
            Told    *told,
            gint64   expected)
{
  g_assert_cmpint (told->story->net, ==, expected);
  g_assert_cmpint (sum_lines (told, NULL), ==, expected);
  g_assert_cmpint (find_integer (self, "SELECT sum (net) FROM balance_transactions WHERE type NOT LIKE 'payout%'"), ==, expected);
  g_assert_cmpint (told->payment->net, ==, expected);
  g_assert_cmpint (-sum_lines (told, "fee"), ==, told->payment->fee);
}

/* Collected at once: the fee is told by what it is for, then when the money is available and in which payout it went. */
static void
test_collected (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *id = post (self, "/v1/payment_intents", "amount=10000" CARD "pm_card_visa");
  g_auto (Told) told = { NULL, NULL };
  BillingStoryEvent *event;

  billing_test_mirror_advance (&self->stripe, 5 * DAY);
  sync_now (self);
  tell (self, id, &told);
  assert_events (&told, "created collected fee available paid-out");
  event = find_event (&told, BILLING_STORY_FEE);
  g_assert_cmpint (event->amount, ==, 320);
  g_assert_cmpstr (event->detail, ==, "Stripe processing fees");
  event = find_event (&told, BILLING_STORY_PAID_OUT);
  g_assert_true (g_str_has_prefix (event->id, "po_"));
  g_assert_cmpint (event->amount, ==, 9680);
  assert_net (self, &told, 9680);
  g_assert_cmpint (sum_lines (&told, "charge"), ==, 10000);
  g_assert_cmpstr (told.payment->status, ==, "successful");
  g_assert_cmpstr (told.story->facts[BILLING_STORY_RISK_LEVEL], ==, "normal");
  g_assert_null (told.story->facts[BILLING_STORY_EXCHANGE_RATE]);
  g_assert_nonnull (told.story->facts[BILLING_STORY_EXPIRY_YEAR]);
}

/* A part goes back; the fee does not. By the charge's id the same payment is found. */
static void
test_refunded (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *id = post (self, "/v1/payment_intents", "amount=10000" CARD "pm_card_visa");
  g_autofree char *refund = post (self, "/v1/refunds", "payment_intent=%s&amount=3000", id);
  g_autofree char *charge = NULL;
  g_auto (Told) told = { NULL, NULL };

  sync_now (self);
  charge = find_text (self, "SELECT id FROM charges");
  tell (self, charge, &told);
  g_assert_cmpstr (billing_record_get_id (BILLING_RECORD (told.payment)), ==, id);
  assert_events (&told, "created collected fee refunded available");
  g_assert_cmpstr (find_event (&told, BILLING_STORY_REFUNDED)->id, ==, refund);
  assert_net (self, &told, 6680);
  g_assert_cmpint (sum_lines (&told, "refund"), ==, -3000);
  g_assert_cmpstr (told.payment->status, ==, "partially_refunded");
  g_assert_cmpint (told.payment->refunded, ==, 3000);
}

/* A refund that the bank sends back leaves the balance as it was, and says so. */
static void
test_refund_failed (Fixture       *self,
                    gconstpointer  data)
{
  g_autofree char *id = post (self, "/v1/payment_intents", "amount=10000" CARD "pm_card_refundFail");
  g_auto (Told) told = { NULL, NULL };

  g_free (post (self, "/v1/refunds", "payment_intent=%s", id));
  billing_test_mirror_advance (&self->stripe, 120);
  sync_now (self);
  tell (self, id, &told);
  assert_events (&told, "created collected fee refunded refund-failed available");
  g_assert_cmpstr (find_event (&told, BILLING_STORY_REFUND_FAILED)->code, ==, "expired_or_canceled_card");
  assert_net (self, &told, 9680);
  g_assert_cmpstr (told.payment->status, ==, "successful");
}

/* A dispute takes the money and a fee; who loses it gets nothing back, who wins it gets the money. */
static void
test_disputed (Fixture       *self,
               gconstpointer  data)
{
  gboolean is_won = GPOINTER_TO_INT (data);
  g_autofree char *id = post (self, "/v1/payment_intents", "amount=10000" CARD "pm_card_createDispute");
  g_autofree char *dispute = NULL;
  g_autofree char *path = NULL;
  g_auto (Told) told = { NULL, NULL };

  billing_test_mirror_advance (&self->stripe, 10);
  sync_now (self);
  tell (self, id, &told);
  assert_events (&told, "created collected fee disputed fee available");
  assert_net (self, &told, -1820);
  g_assert_cmpstr (told.payment->status, ==, "disputed");
  g_assert_nonnull (told.story->facts[BILLING_STORY_DISPUTE]);

  dispute = find_text (self, "SELECT id FROM disputes");
  path = g_strdup_printf ("/v1/disputes/%s", dispute);
  g_free (post (self, path, "evidence[uncategorized_text]=%s&submit=true", is_won ? "winning_evidence" : "losing_evidence"));
  billing_test_mirror_advance (&self->stripe, 10);
  sync_now (self);
  tell (self, id, &told);
  g_assert_cmpstr (find_event (&told, is_won ? BILLING_STORY_DISPUTE_WON : BILLING_STORY_DISPUTE_LOST)->id, ==, dispute);
  g_assert_cmpstr (told.payment->status, ==, is_won ? "successful" : "disputed");
  assert_net (self, &told, is_won ? 8180 : -1820);
  g_assert_null (told.story->facts[BILLING_STORY_DISPUTE]);
}

/* Of what was held a part is taken: the rest is no refund, and Stripe takes no fee for giving it back. */
static void
test_captured (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *id = post (self, "/v1/payment_intents", "amount=10000&capture_method=manual" CARD "pm_card_visa");
  g_autofree char *path = g_strdup_printf ("/v1/payment_intents/%s/capture", id);
  g_auto (Told) told = { NULL, NULL };

  sync_now (self);
  tell (self, id, &told);
  assert_events (&told, "created authorised");
  g_assert_cmpstr (told.payment->status, ==, "uncaptured");
  g_assert_cmpuint (told.story->lines->len, ==, 0);

  g_free (post (self, path, "amount_to_capture=8000"));
  sync_now (self);
  tell (self, id, &told);
  g_assert_cmpint (find_event (&told, BILLING_STORY_CAPTURED)->amount, ==, 8000);
  g_assert_cmpint (find_event (&told, BILLING_STORY_RELEASED)->amount, ==, 2000);
  g_assert_cmpstr (told.payment->status, ==, "successful");
  g_assert_cmpint (told.payment->refunded, ==, 0);
  assert_net (self, &told, find_integer (self, "SELECT sum (net) FROM balance_transactions"));
  g_assert_cmpint (told.story->net + told.payment->fee, ==, 8000);
}

/* What was held is let go of: nothing moved. */
static void
test_voided (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *id = post (self, "/v1/payment_intents", "amount=10000&capture_method=manual" CARD "pm_card_visa");
  g_autofree char *path = g_strdup_printf ("/v1/payment_intents/%s/cancel", id);
  g_auto (Told) told = { NULL, NULL };

  g_free (post (self, path, "cancellation_reason=requested_by_customer"));
  sync_now (self);
  tell (self, id, &told);
  g_assert_cmpstr (find_event (&told, BILLING_STORY_CANCELED)->code, ==, "requested_by_customer");
  g_assert_cmpstr (told.payment->status, ==, "canceled");
  g_assert_cmpuint (told.story->lines->len, ==, 0);
  g_assert_cmpint (told.payment->net, ==, 0);
}

/* Each attempt is told with its reason, also when a later one succeeds. */
static void
test_declined (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *id = post (self, "/v1/payment_intents", "amount=10000&currency=usd&payment_method_types[0]=card");
  g_autofree char *path = g_strdup_printf ("/v1/payment_intents/%s/confirm", id);
  g_auto (Told) told = { NULL, NULL };

  sync_now (self);
  tell (self, id, &told);
  assert_events (&told, "created");
  g_assert_cmpstr (told.payment->status, ==, "incomplete");

  post_in_vain (self, path, "payment_method=pm_card_visa_chargeDeclinedInsufficientFunds");
  sync_now (self);
  tell (self, id, &told);
  assert_events (&told, "created declined");
  g_assert_cmpstr (told.payment->status, ==, "failed");
  g_assert_nonnull (find_event (&told, BILLING_STORY_DECLINED)->detail);
  g_assert_cmpstr (find_event (&told, BILLING_STORY_DECLINED)->code, ==, "insufficient_funds");

  g_free (post (self, path, "payment_method=pm_card_visa"));
  sync_now (self);
  tell (self, id, &told);
  assert_events (&told, "created declined collected fee available");
  assert_net (self, &told, 9680);
}

/* A bank debit is on its way for days; its money is counted already, and says when it can be had. */
static void
test_pending (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *id = post (self, "/v1/payment_intents", "amount=10000&currency=usd&confirm=true&payment_method_types[0]=us_bank_account"
                              "&payment_method=pm_usBankAccount_success");
  g_auto (Told) told = { NULL, NULL };

  sync_now (self);
  tell (self, id, &told);
  assert_events (&told, "created pending fee available");
  g_assert_cmpstr (told.payment->status, ==, "pending");
  g_assert_cmpstr (told.payment->method, ==, "us_bank_account");

  billing_test_mirror_advance (&self->stripe, 5 * DAY);
  sync_now (self);
  tell (self, id, &told);
  g_assert_cmpstr (told.payment->status, ==, "successful");
  g_assert_cmpint (find_event (&told, BILLING_STORY_COLLECTED)->amount, ==, 10000);
}

/* One that had succeeded and is returned takes its money and its fee back. */
static void
test_returned (Fixture       *self,
               gconstpointer  data)
{
  g_auto (Told) told = { NULL, NULL };

  billing_test_facts_put (self->mirror, "charges",
                          "{\"id\":\"py_1\",\"created\":1793059200,\"amount\":10000,\"amount_captured\":10000,\"captured\":true,"
                          "\"status\":\"failed\",\"currency\":\"usd\",\"balance_transaction\":\"txn_in\",\"failure_code\":"
                          "\"insufficient_funds\",\"failure_balance_transaction\":\"txn_out\"}");
  billing_test_facts_put (self->mirror, "balance_transactions",
                          "{\"id\":\"txn_in\",\"created\":1793059200,\"amount\":10000,\"fee\":80,\"net\":9920,\"currency\":\"usd\","
                          "\"type\":\"payment\",\"reporting_category\":\"charge\",\"source\":\"py_1\",\"fee_details\":"
                          "[{\"amount\":80,\"type\":\"stripe_fee\"}]}");
  billing_test_facts_put (self->mirror, "balance_transactions",
                          "{\"id\":\"txn_out\",\"created\":1793404800,\"amount\":-10000,\"fee\":-80,\"net\":-9920,\"currency\":"
                          "\"usd\",\"type\":\"payment_failure_refund\",\"reporting_category\":\"charge_failure\",\"source\":"
                          "\"py_1\",\"fee_details\":[{\"amount\":-80,\"type\":\"stripe_fee\"}]}");
  tell (self, "py_1", &told);
  assert_events (&told, "created collected fee fee returned");
  g_assert_cmpstr (find_event (&told, BILLING_STORY_RETURNED)->code, ==, "insufficient_funds");
  g_assert_cmpint (find_event (&told, BILLING_STORY_RETURNED)->at, ==, 1793404800);
  g_assert_cmpstr (told.payment->status, ==, "failed");
  g_assert_cmpint (sum_lines (&told, "charge"), ==, 10000);
  g_assert_cmpint (sum_lines (&told, "charge_failure"), ==, -10000);
  assert_net (self, &told, 0);
}

/* Charged in one currency, settled in another: the lines are the balance's, the rate is Stripe's own figure, and each part of the fee is told. */
static void
test_exchanged (Fixture       *self,
                gconstpointer  data)
{
  g_auto (Told) told = { NULL, NULL };

  billing_test_facts_put (self->mirror, "charges",
                          "{\"id\":\"ch_eur\",\"created\":1793059200,\"amount\":10000,\"amount_captured\":10000,\"amount_refunded\":0,"
                          "\"captured\":true,\"status\":\"succeeded\",\"currency\":\"eur\",\"balance_transaction\":\"txn_eur\"}");
  billing_test_facts_put (self->mirror, "balance_transactions",
                          "{\"id\":\"txn_eur\",\"created\":1793059200,\"available_on\":1793232000,\"amount\":10873,\"fee\":455,"
                          "\"net\":10418,\"currency\":\"usd\",\"status\":\"pending\",\"type\":\"charge\",\"reporting_category\":\"charge\","
                          "\"source\":\"ch_eur\",\"exchange_rate\":1.08731,\"fee_details\":[{\"amount\":345,\"currency\":\"usd\","
                          "\"type\":\"stripe_fee\",\"description\":\"Stripe processing fees\"},{\"amount\":100,\"currency\":\"usd\","
                          "\"type\":\"tax\",\"description\":\"VAT\"}]}");
  tell (self, "ch_eur", &told);
  assert_events (&told, "created collected fee fee available");
  g_assert_cmpstr (told.payment->currency, ==, "EUR");
  g_assert_cmpstr (told.payment->settled, ==, "USD");
  g_assert_cmpstr (told.story->currency, ==, "USD");
  g_assert_cmpstr (told.story->facts[BILLING_STORY_EXCHANGE_RATE], ==, "1.08731");
  /* Ten cents of the fee are told by no part of it. */
  g_assert_cmpuint (told.story->lines->len, ==, 4);
  assert_net (self, &told, 10418);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define TEST(name, func, data) g_test_add ("/desk/stripe-story/" name, Fixture, data, set_up, func, tear_down)
  TEST ("collected", test_collected, NULL);
  TEST ("refunded", test_refunded, NULL);
  TEST ("refund-failed", test_refund_failed, NULL);
  TEST ("dispute-lost", test_disputed, GINT_TO_POINTER (FALSE));
  TEST ("dispute-won", test_disputed, GINT_TO_POINTER (TRUE));
  TEST ("captured", test_captured, NULL);
  TEST ("voided", test_voided, NULL);
  TEST ("declined", test_declined, NULL);
  TEST ("pending", test_pending, NULL);
  TEST ("returned", test_returned, NULL);
  TEST ("exchanged", test_exchanged, NULL);
#undef TEST

  return g_test_run ();
}
