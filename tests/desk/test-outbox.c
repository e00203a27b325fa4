/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-outbox.h"
#include "billing-table.h"
#include "billing-test-dump.h"
#include "billing-test-facts.h"
#include "billing-test-practice.h"

/* What waits for Stripe: what the verbs write down, what it reserves, and in which order it goes.
 * Nothing is sent here. */

#define NOW G_GINT64_CONSTANT (1793000000)

typedef struct {
  BillingTestPractice practice;
  char *number; /* (owned): of a payment of 250.00 */
  char *id;     /* (owned): of it */
  char *last;   /* (owned) (nullable): the result of the last act */
} Fixture;

static void
do_act (Fixture    *self,
        BillingAct *act)
{
  billing_test_practice_do (&self->practice, act);
  g_free (self->last);
  self->last = g_strdup (act->result);
  g_object_unref (act);
}

static void
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

static BillingAct *
act_on (Fixture    *self,
        BillingVerb verb)
{
  return billing_act_new (verb, self->number);
}

static BillingAct *
authorise_by (Fixture    *self,
              const char *method)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_AUTHORISE, "subject",
                       self->number, "method", method, NULL);
}

static BillingAct *
act_amount (Fixture    *self,
            BillingVerb verb,
            gint64      amount)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", verb, "subject", self->number, "has-amount", TRUE,
                       "amount", amount, "tender",
                       verb == BILLING_VERB_PAYMENT_COLLECT ? BILLING_TENDER_CASH : BILLING_TENDER_NONE, "reason",
                       BILLING_REFUND_REASON_OTHER, NULL);
}

static void
connect_stripe (Fixture *self,
                gboolean live)
{
  do_act (self,
          g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_STRIPE_CONNECT, "account", "acct_1",
                        "live", live, NULL));
}

static void
new_payment (Fixture *self,
             gint64   amount,
             gboolean draft)
{
  g_free (self->number);
  g_free (self->id);
  self->number = billing_test_practice_create_payment (&self->practice, amount, draft);
  self->id = billing_test_facts_get_id (&self->practice, self->number);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  billing_test_practice_set_up (&self->practice);
  billing_desk_set_clock (self->practice.desk, NOW);
  new_payment (self, 25000, FALSE);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  billing_test_practice_verify (&self->practice);
  billing_test_practice_tear_down (&self->practice);
  g_free (self->number);
  g_free (self->id);
  g_free (self->last);
}

static void
assert_sql (Fixture    *self,
            const char *sql,
            const char *expected)
{
  g_autofree char *found = billing_test_text (self->practice.folder, sql);

  g_assert_cmpstr (found, ==, expected);
}

/* Stripe's facts, posted: a charge that collected the payment, or one that holds its amount. */
static void
put_charge (Fixture *self,
            gboolean is_authorised)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingMirror) mirror = billing_mirror_open (self->practice.folder, &error);
  BillingTestCharge charge = { .id = "ch_1", .status = "succeeded", .created = NOW, .amount = 25000,
                               .captured = is_authorised ? 0 : 25000, .is_authorised = is_authorised, .payment = self->id,
                               .intent = "pi_1" };

  g_assert_no_error (error);
  billing_test_facts_put_intent (mirror, "pi_1", is_authorised ? "requires_capture" : "succeeded", NULL, self->id);
  billing_test_facts_put_charge (mirror, &charge);
  billing_test_facts_post (&self->practice, mirror);
}

/* A practice that is not connected to Stripe is told so, and nothing is written. */
static void
test_unconnected (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingAct) act = authorise_by (self, NULL);

  g_assert_false (billing_desk_do (self->practice.desk, act, &error));
  g_assert_nonnull (strstr (error->message, "not connected"));
  refuse_act (self, authorise_by (self, "page"));
}

/* The very bytes for a card: the amount, nothing about the patient, our marks; and a key of its
 * own. */
static void
test_card (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *body = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *key = NULL;

  connect_stripe (self, FALSE);
  do_act (self, authorise_by (self, "pm_1AbC"));
  body = billing_test_text (self->practice.folder, "SELECT body FROM outbox");
  expected = g_strdup_printf ("amount=25000&currency=usd&capture_method=manual&confirm=true&payment_method=pm_1AbC"
                              "&payment_method_types[0]=card&description=Payment%%20%s&metadata[billing_payment]=%s"
                              "&metadata[billing_number]=%s&metadata[billing_intent]=%s",
                              self->number, self->id, self->number, self->last);
  g_assert_cmpstr (body, ==, expected);
  assert_sql (self, "SELECT method || ' ' || path || ' ' || api_version || ' ' || state || ' ' || kind || ' ' || amount FROM outbox",
              "POST /v1/payment_intents 2026-10-28.endive queued authorise 25000");
  key = billing_test_text (self->practice.folder, "SELECT idempotency_key FROM outbox");
  g_assert_true (g_uuid_string_is_valid (key));
  billing_test_practice_assert_payment (&self->practice, self->number, BILLING_STATUS_PENDING,
                                        25000, 0, 0);
}

/* The very bytes for Stripe's page, which real cards are asked for by, where no method is named. */
static void
test_page (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *marks = NULL;
  g_autofree char *body = NULL;

  connect_stripe (self, TRUE);
  do_act (self, authorise_by (self, NULL));
  body = billing_test_text (self->practice.folder, "SELECT body FROM outbox");
  assert_sql (self, "SELECT path FROM outbox", "/v1/checkout/sessions");
  g_assert_true (g_str_has_prefix (body, "mode=payment&line_items[0][price_data][currency]=usd"
                                         "&line_items[0][price_data][unit_amount]=25000"
                                         "&line_items[0][price_data][product_data][name]=Payment%20PAY-001"
                                         "&line_items[0][quantity]=1&payment_intent_data[capture_method]=manual"));
  marks = g_strdup_printf ("payment_intent_data[metadata][billing_payment]=%s", self->id);
  g_assert_nonnull (strstr (body, marks));
  g_assert_nonnull (strstr (body, "&metadata[billing_payment]="));
  g_assert_nonnull (strstr (body, "&success_url=https"));
  g_assert_null (strstr (body, "ngstr"));
}

/* In test mode it is a card of Stripe's that nobody owns. What is no payment method is refused. */
static void
test_method (Fixture       *self,
             gconstpointer  data)
{
  connect_stripe (self, FALSE);
  refuse_act (self, authorise_by (self, "tok_visa"));
  refuse_act (self, authorise_by (self, "4242424242424242"));
  refuse_act (self, authorise_by (self, "pm_\xc3\xa9"));
  do_act (self, authorise_by (self, NULL));
  assert_sql (self, "SELECT body LIKE '%payment_method=pm_card_visa&%' FROM outbox", "1");
}

/* A draft that Stripe is to collect is asked for. */
static void
test_draft (Fixture       *self,
            gconstpointer  data)
{
  connect_stripe (self, FALSE);
  new_payment (self, 4000, TRUE);
  do_act (self, authorise_by (self, NULL));
  billing_test_practice_assert_payment (&self->practice, self->number, BILLING_STATUS_PENDING, 4000,
                                        0, 0);
}

/* While Stripe is asked to collect, nobody else collects, cancels, gives up or asks for another
 * amount; other things can be changed. Withdrawn, all is as before. */
static void
test_waits (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *intent = NULL;

  connect_stripe (self, FALSE);
  do_act (self, authorise_by (self, NULL));
  intent = g_strdup (self->last);
  refuse_act (self, authorise_by (self, NULL));
  refuse_act (self, act_amount (self, BILLING_VERB_PAYMENT_COLLECT, 25000));
  refuse_act (self, act_on (self, BILLING_VERB_PAYMENT_CANCEL));
  refuse_act (self, act_on (self, BILLING_VERB_PAYMENT_WRITE_OFF));
  refuse_act (self, act_amount (self, BILLING_VERB_PAYMENT_EDIT, 30000));
  do_act (self,
          g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_EDIT, "subject",
                        self->number, "memo", "Knee", NULL));

  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, intent));
  assert_sql (self, "SELECT state FROM outbox", "withdrawn");
  refuse_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, intent));
  refuse_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, intent));
  do_act (self, act_amount (self, BILLING_VERB_PAYMENT_EDIT, 30000));
  do_act (self, act_amount (self, BILLING_VERB_PAYMENT_COLLECT, 30000));
}

/* What was sent cannot be taken back, and says so. */
static void
test_sent (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingAct) cancel = act_on (self, BILLING_VERB_PAYMENT_CANCEL);
  g_autofree char *intent = NULL;

  connect_stripe (self, FALSE);
  do_act (self, authorise_by (self, NULL));
  intent = g_strdup (self->last);
  billing_test_sql (self->practice.folder,
                    "UPDATE outbox SET first_sent_at = 1793000000, sent_at = 1793000000, tries = 1,"
                                           " next_at = 1793000600");
  refuse_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, intent));
  g_assert_false (billing_desk_do (self->practice.desk, cancel, &error));
  g_assert_nonnull (strstr (error->message, intent));
  g_assert_nonnull (strstr (error->message, "Check"));

  /* Asked about, it is sent again at once. */
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, intent));
  assert_sql (self, "SELECT next_at || state FROM outbox", "1793000000queued");
  billing_test_sql (self->practice.folder, "UPDATE outbox SET state = 'sending'");
  refuse_act (self, billing_act_new (BILLING_VERB_OUTBOX_CHECK, intent));
  refuse_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, intent));
}

/* Of what is held all or a part is taken, not more; or it is let go. One at a time. */
static void
test_steps (Fixture       *self,
            gconstpointer  data)
{
  connect_stripe (self, FALSE);
  put_charge (self, TRUE);
  billing_test_practice_assert_payment (&self->practice, self->number, BILLING_STATUS_PROCESSING,
                                        25000, 0, 0);
  refuse_act (self, act_amount (self, BILLING_VERB_PAYMENT_CAPTURE, 25001));
  refuse_act (self, act_amount (self, BILLING_VERB_PAYMENT_CAPTURE, 0));
  do_act (self, act_amount (self, BILLING_VERB_PAYMENT_CAPTURE, 10000));
  assert_sql (self, "SELECT path || ' ' || body FROM outbox",
              "/v1/payment_intents/pi_1/capture amount_to_capture=10000");
  refuse_act (self, act_on (self, BILLING_VERB_PAYMENT_VOID));
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, self->last));

  do_act (self, act_on (self, BILLING_VERB_PAYMENT_VOID));
  assert_sql (self, "SELECT path || ' ' || body FROM outbox ORDER BY pk DESC LIMIT 1",
              "/v1/payment_intents/pi_1/cancel ");
  refuse_act (self, act_on (self, BILLING_VERB_PAYMENT_CAPTURE));
  billing_test_practice_assert_payment (&self->practice, self->number, BILLING_STATUS_PROCESSING,
                                        25000, 0, 0);
}

/* Where the mirror does not know the charge, its intent is not known either; that is said, and not
 * guessed. */
static void
test_no_mirror (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (BillingAct) capture = act_on (self, BILLING_VERB_PAYMENT_CAPTURE);
  g_autoptr (GError) error = NULL;

  connect_stripe (self, FALSE);
  put_charge (self, TRUE);
  billing_test_sql (self->practice.folder, "UPDATE attempts SET source = 'ch_gone'");
  g_assert_false (billing_desk_do (self->practice.desk, capture, &error));
  g_assert_nonnull (strstr (error->message, "ch_gone"));
}

/* A refund of Stripe's reserves what it takes until Stripe answers; withdrawn, it takes nothing. */
static void
test_refund (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *intent = NULL;
  g_autofree char *expected = NULL;

  connect_stripe (self, FALSE);
  put_charge (self, FALSE);
  do_act (self, act_amount (self, BILLING_VERB_PAYMENT_REFUND, 20000));
  expected = g_strdup_printf ("charge=ch_1&amount=20000&reason=requested_by_customer&metadata[billing_payment]=%s"
                              "&metadata[billing_number]=PAY-001&metadata[billing_intent]=out_%%&metadata[billing_refund]=%s",
                              self->id, self->last);
  {
    g_autofree char *sql = g_strdup_printf ("SELECT body LIKE '%s' FROM outbox WHERE path = '/v1/refunds'", expected);

    assert_sql (self, sql, "1");
  }
  assert_sql (self, "SELECT state || ' ' || ifnull (refunded_on, '-') FROM refunds", "waiting -");
  billing_test_practice_assert_payment (&self->practice, self->number, BILLING_STATUS_PAID, 25000,
                                        25000, 0);
  refuse_act (self, act_amount (self, BILLING_VERB_PAYMENT_REFUND, 5001));

  intent = billing_test_text (self->practice.folder, "SELECT id FROM outbox");
  do_act (self, billing_act_new (BILLING_VERB_OUTBOX_WITHDRAW, intent));
  assert_sql (self, "SELECT state FROM refunds", "withdrawn");
  do_act (self, act_amount (self, BILLING_VERB_PAYMENT_REFUND, 25000));
}

/* Money that Stripe collected may go back in cash; money that it did not collect never goes back
 * through it. */
static void
test_other_way (Fixture       *self,
                gconstpointer  data)
{
  BillingAct *cash = act_amount (self, BILLING_VERB_PAYMENT_REFUND, 1000);
  BillingAct *card;

  connect_stripe (self, FALSE);
  put_charge (self, FALSE);
  cash->tender = BILLING_TENDER_CASH;
  do_act (self, cash);
  billing_test_practice_assert_payment (&self->practice, self->number,
                                        BILLING_STATUS_PARTIALLY_REFUNDED, 25000, 25000, 1000);
  assert_sql (self, "SELECT count (*) FROM outbox", "0");

  new_payment (self, 5000, FALSE);
  do_act (self, act_amount (self, BILLING_VERB_PAYMENT_COLLECT, 5000));
  card = act_amount (self, BILLING_VERB_PAYMENT_REFUND, 1000);
  card->tender = BILLING_TENDER_STRIPE;
  refuse_act (self, card);
}

/* Above the limit a second person comes first, and only then Stripe; once. */
static void
test_approval (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *refund = NULL;
  BillingAct *act;

  connect_stripe (self, FALSE);
  put_charge (self, FALSE);
  do_act (self,
          g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PRACTICE_EDIT, "refund-limit",
                        "10000", NULL));
  billing_test_practice_add_person (&self->practice, "second", "manager", "correct horse");
  act = act_amount (self, BILLING_VERB_PAYMENT_REFUND, 20000);
  g_object_set (act, "reference", "ticket 7", NULL);
  do_act (self, act);
  refund = g_strdup (self->last);
  assert_sql (self, "SELECT count (*) FROM outbox", "0");
  refuse_act (self, billing_act_new (BILLING_VERB_REFUND_APPROVE, refund));

  billing_test_practice_sign_in (&self->practice, "second", "correct horse");
  do_act (self, billing_act_new (BILLING_VERB_REFUND_APPROVE, refund));
  assert_sql (self, "SELECT o.state || ' ' || r.state || ' ' || (o.record_id = r.id) FROM outbox o, refunds r", "queued waiting 1");
  refuse_act (self, billing_act_new (BILLING_VERB_REFUND_APPROVE, refund));
}

/* A currency that Stripe counts in steps: what does not fit is refused before anything is
 * written. */
static void
test_steps_of_currency (Fixture       *self,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  billing_turn_check_minor (12300, "ISK", &error);
  g_assert_no_error (error);
  g_assert_false (billing_turn_check_minor (12345, "ISK", &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (billing_turn_check_minor (12345, "KWD", &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_clear_error (&error);
  billing_turn_check_minor (12345, "USD", &error);
  billing_turn_check_minor (12345, "JPY", &error);
  g_assert_no_error (error);
}

/* --- the queue -------------------------------------------------------------------------------- */

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

  return billing_outbox_recover (connection, claim->now, error) &&
         billing_outbox_claim (connection, claim->now, &claim->intent, error);
}

/* Claims the next one at @now, after what a new process does first, and says which. */
static char *
claim (Fixture *self,
       gint64   now)
{
  Claim claim = { now, NULL };
  g_autoptr (GError) error = NULL;
  char *id;

  billing_store_write (billing_desk_get_store (self->practice.desk), claim_func, &claim, NULL,
                       &error);
  g_assert_no_error (error);
  id = claim.intent != NULL ? g_strdup (billing_record_get_id (BILLING_RECORD (claim.intent))) : NULL;
  g_clear_object (&claim.intent);
  return id;
}

static void
assert_claim (Fixture    *self,
              gint64      now,
              const char *expected)
{
  g_autofree char *found = claim (self, now);

  g_assert_cmpstr (found, ==, expected);
}

/* Three refunds of one payment and an authorisation of another. */
static void
fill_queue (Fixture *self,
            char   **ids)
{
  connect_stripe (self, FALSE);
  put_charge (self, FALSE);
  for (guint i = 0; i < 3; i++)
    do_act (self, act_amount (self, BILLING_VERB_PAYMENT_REFUND, 1000));
  new_payment (self, 700, FALSE);
  do_act (self, authorise_by (self, NULL));
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM outbox ORDER BY pk LIMIT 1 OFFSET %u",
                                              i);

      ids[i] = billing_test_text (self->practice.folder, sql);
    }
}

static void
set_intent (Fixture    *self,
            const char *id,
            const char *what)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE outbox SET %s WHERE id = '%s'", what, id);

  billing_test_sql (self->practice.folder, sql);
}

/* Oldest first; one that waits for its next try holds up its own payment and no other. */
static void
test_order (Fixture       *self,
            gconstpointer  data)
{
  char *ids[4];

  fill_queue (self, ids);
  set_intent (self, ids[0], "next_at = 1793000060");
  assert_claim (self, NOW, ids[3]);
  set_intent (self, ids[3], "state = 'done'");
  assert_claim (self, NOW, NULL);
  assert_claim (self, NOW + 60, ids[0]);
  set_intent (self, ids[0], "state = 'done'");
  assert_claim (self, NOW + 60, ids[1]);
  set_intent (self, ids[1], "state = 'unknown'");
  assert_claim (self, NOW + 60, ids[2]);
  set_intent (self, ids[2], "state = 'done'");
  assert_claim (self, NOW + 100000, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

/* What a killed process was sending is sent again with the same key and the same bytes, for 23
 * hours from the first time. */
static void
test_recover (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  char *ids[4];

  fill_queue (self, ids);
  bytes = billing_test_text (self->practice.folder, "SELECT idempotency_key || body FROM outbox");
  assert_claim (self, NOW, ids[0]);
  assert_sql (self, "SELECT state || ' ' || tries || ' ' || first_sent_at || ' ' || sent_at FROM outbox LIMIT 1",
              "sending 1 1793000000 1793000000");
  assert_claim (self, NOW + 50, ids[0]);
  assert_sql (self, "SELECT state || ' ' || tries || ' ' || first_sent_at || ' ' || sent_at FROM outbox LIMIT 1",
              "sending 2 1793000000 1793000050");
  assert_sql (self, "SELECT idempotency_key || body FROM outbox", bytes);
  assert_claim (self, NOW + BILLING_OUTBOX_LIFE - 1, ids[0]);
  assert_claim (self, NOW + BILLING_OUTBOX_LIFE, ids[1]);
  assert_sql (self, "SELECT state || ' ' || next_at FROM outbox LIMIT 1", "unknown 0");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

/* What follows something waits for it, and is withdrawn with it. */
static void
test_after (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *first = NULL;
  char *ids[4];

  fill_queue (self, ids);
  first = g_strdup_printf ("after_id = '%s'", ids[0]);
  set_intent (self, ids[3], first);
  assert_claim (self, NOW, ids[0]);
  set_intent (self, ids[0], "next_at = 1793099999, state = 'queued'");
  assert_claim (self, NOW, NULL);
  set_intent (self, ids[0], "state = 'failed'");
  assert_claim (self, NOW, ids[1]);
  assert_sql (self, "SELECT state FROM outbox ORDER BY pk DESC LIMIT 1", "withdrawn");
  set_intent (self, ids[0], "state = 'unknown'");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/outbox/unconnected", test_unconnected);
  ADD ("/outbox/card", test_card);
  ADD ("/outbox/page", test_page);
  ADD ("/outbox/method", test_method);
  ADD ("/outbox/draft", test_draft);
  ADD ("/outbox/waits", test_waits);
  ADD ("/outbox/sent", test_sent);
  ADD ("/outbox/steps", test_steps);
  ADD ("/outbox/no-mirror", test_no_mirror);
  ADD ("/outbox/refund", test_refund);
  ADD ("/outbox/other-way", test_other_way);
  ADD ("/outbox/approval", test_approval);
  ADD ("/outbox/steps-of-currency", test_steps_of_currency);
  ADD ("/outbox/order", test_order);
  ADD ("/outbox/recover", test_recover);
  ADD ("/outbox/after", test_after);

  return g_test_run ();
}
