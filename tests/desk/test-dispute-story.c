/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-dispute-story"

#include "config.h"

#include "billing-books.h"
#include "billing-clinical-words.h"
#include "billing-desk-outbox.h"
#include "billing-desk-private.h"
#include "billing-dispute-story.h"
#include "billing-test-dispute.h"
#include "billing-test-facts.h"

/* What is known of a dispute, where it is found, and what becomes of the money. */

/* --- the money -------------------------------------------------------------------------------- */

static char *
lose_dispute (Fixture *self)
{
  char *id = begin_dispute (self, "pm_card_createDispute");

  do_act (self, act (BILLING_VERB_DISPUTE_ACCEPT, id));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_answer (self, "accepted");
  sync_mirror (self);
  return id;
}

/* What was lost is asked for once more, in a payment of its own, and never a second time. */
static void
test_bill_again (Fixture       *self,
                 gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDispute");
  g_autofree char *lost = NULL;

  refuse_act (self, act (BILLING_VERB_DISPUTE_BILL_AGAIN, id));
  do_act (self, act (BILLING_VERB_DISPUTE_ACCEPT, id));
  refuse_act (self, act (BILLING_VERB_DISPUTE_BILL_AGAIN, id));
  deliver (self);
  do_act (self, act (BILLING_VERB_DISPUTE_BILL_AGAIN, id));
  lost = g_strdup (self->last);
  billing_test_practice_assert_payment (&self->practice, lost, BILLING_STATUS_PENDING, 25000, 0, 0);
  billing_test_practice_assert_payment (&self->practice, self->number, BILLING_STATUS_PAID, 25000, 25000, 0);
  assert_sql (self, "SELECT instr (b.memo, a.number) > 0 FROM payments a, payments b WHERE a.pk = 1 AND b.pk = 2", "1");
  assert_sql (self, "SELECT outcome || (outcome_id = (SELECT id FROM payments WHERE pk = 2)) FROM dispute_answers", "billed-again1");
  assert_sql (self, "SELECT sum (amount) FROM postings WHERE account = 'disputes'", "0");
  refuse_act (self, act (BILLING_VERB_DISPUTE_BILL_AGAIN, id));
  refuse_act (self, act (BILLING_VERB_DISPUTE_WRITE_OFF, id));
}

/* Or the practice does without it. What comes back all the same takes that back too. */
static void
test_write_off (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *id = lose_dispute (self);
  g_autofree char *charge = read_mirror (self, "SELECT charge FROM disputes");

  do_act (self, act (BILLING_VERB_DISPUTE_WRITE_OFF, id));
  assert_sql (self, "SELECT sum (amount) FROM postings WHERE account = 'adjustments'", "25000");
  assert_sql (self, "SELECT sum (amount) FROM postings WHERE account = 'disputes'", "0");
  assert_sql (self, "SELECT withdrawn FROM payments", "25000");
  refuse_act (self, act (BILLING_VERB_DISPUTE_WRITE_OFF, id));
  refuse_act (self, act (BILLING_VERB_DISPUTE_BILL_AGAIN, id));
  billing_test_practice_verify (&self->practice);

  billing_test_facts_put_move (self->mirror, "txn_back", "dispute_reversal", id, self->now, 25000);
  billing_test_facts_queue_all (self->mirror);
  billing_test_facts_post (&self->practice, self->mirror);
  assert_sql (self, "SELECT withdrawn FROM payments", "0");
  assert_sql (self, "SELECT sum (amount) FROM postings WHERE account = 'adjustments'", "0");
  assert_sql (self, "SELECT sum (amount) FROM postings WHERE account = 'disputes'", "0");
  assert_sql (self, "SELECT outcome FROM dispute_answers", "none");
}

/* --- its story -------------------------------------------------------------------------------- */

/* All that is known of a dispute is read at once; what the books fill in is nothing clinical, and says nothing to Stripe. */
static void
test_story (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDisputeProductNotReceived");
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDisputeStory) story = NULL;
  g_autoptr (BillingDisputeStory) later = NULL;
  g_autoptr (BillingDisputeStory) none = NULL;
  g_autoptr (GHashTable) texts = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer text;

  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_NOTE_ADD, "subject", self->number, "text",
                              "Came with a swollen ankle after football.", NULL));
  story = billing_dispute_story_read (self->practice.desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (story->reason->reason, ==, "product_not_received");
  g_assert_cmpstr (story->dispute->network_code, ==, "13.1");
  g_assert_cmpstr (story->dispute->case_type, ==, "chargeback");
  g_assert_cmpstr (story->payment->number, ==, self->number);
  g_assert_nonnull (story->patient);
  g_assert_nonnull (story->charge);
  g_assert_null (story->answer);
  g_assert_cmpuint (story->moves->len, ==, 1);
  g_assert_cmpint (BILLING_BALANCE_TRANSACTION (story->moves->pdata[0])->amount, ==, -25000);
  g_assert_cmpint (BILLING_BALANCE_TRANSACTION (story->moves->pdata[0])->fee, ==, 1500);
  g_assert_cmpint (story->dispute->withdrawn, ==, 25000);
  g_assert_cmpint (story->dispute->fee, ==, 1500);
  g_assert_cmpint (story->in_books, ==, 25000);
  g_assert_true (story->can_edit && story->can_submit && story->can_accept && !story->can_settle);
  g_assert_null (story->why_not);

  texts = billing_dispute_prefill (story);
  g_assert_cmpstr (g_hash_table_lookup (texts, "customer_name"), !=, NULL);
  g_assert_nonnull (strstr (g_hash_table_lookup (texts, "product_description"), self->number));
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      g_autoptr (GPtrArray) found = billing_dispute_find_clinical (story, text);

      g_test_message ("%s: %s", (char *) name, (char *) text);
      g_assert_cmpuint (found->len, ==, 0);
    }
  {
    g_autoptr (GPtrArray) found = billing_dispute_find_clinical (story, "He had a swollen ankle after football, he says.");

    g_assert_cmpuint (found->len, ==, 1);
    g_assert_cmpint (((BillingClinicalFinding *) found->pdata[0])->kind, ==, BILLING_CLINICAL_OWN);
  }
  assert_sql (self, "SELECT count (*) FROM outbox WHERE subject_id LIKE 'dp_%'", "0");

  do_act (self, save (id, "{\"customer_name\":\"Ana\"}"));
  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  later = billing_dispute_story_read (self->practice.desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (later->texts, "customer_name"), ==, "Ana");
  g_assert_cmpuint (later->n_waiting, ==, 1);
  g_assert_false (later->can_edit || later->can_submit || later->can_accept);
  g_assert_nonnull (later->why_not);

  none = billing_dispute_story_read (self->practice.desk, "dp_none", &error);
  g_assert_null (none);
  g_assert_nonnull (error);
}

/* Of what is said to be a duplicate, the other payment of as much by the same patient is filled in; of another reason it is not. */
static void
test_twin (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *first = g_strdup (self->number);
  g_autofree char *id = NULL, *charge = NULL, *json = NULL, *changed = NULL;
  g_autoptr (BillingDisputeStory) story = NULL;
  g_autoptr (GHashTable) texts = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;

  do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_AUTHORISE, "subject", first, NULL));
  deliver (self);
  do_act (self, act_on (self, BILLING_VERB_PAYMENT_CAPTURE));
  deliver (self);
  g_free (self->number);
  self->number = billing_test_practice_create_payment (&self->practice, 25000, FALSE);
  id = begin_dispute (self, "pm_card_createDispute");
  charge = read_mirror (self, "SELECT id FROM charges WHERE id NOT IN (SELECT charge FROM disputes)");

  json = billing_sandbox_server_read (self->stripe.sandbox.server, id);
  parts = g_strsplit (json, "\"reason\":\"fraudulent\"", 2);
  changed = g_strjoinv ("\"reason\":\"duplicate\"", parts);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  billing_mirror_begin (self->mirror, &error);
  billing_mirror_put (self->mirror, billing_mirror_kind_find ("disputes"), changed, strlen (changed), G_MAXINT64, &error);
  billing_mirror_commit (self->mirror, &error);
  g_assert_no_error (error);

  story = billing_dispute_story_read (self->practice.desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (story->twin, ==, charge);
  texts = billing_dispute_prefill (story);
  g_assert_cmpstr (g_hash_table_lookup (texts, "duplicate_charge_id"), ==, charge);
}

/* --- the list --------------------------------------------------------------------------------- */

static gboolean
count_cb (BillingRecord  *record,
          gpointer        data,
          GError        **error)
{
  ++*(guint *) data;
  return TRUE;
}

static void
assert_listed (Fixture    *self,
               const char *status,
               const char *sort,
               guint       expected)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->practice.desk, "disputes");
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_object_set (query, "status", status, "sort", sort, NULL);
  billing_desk_list (self->practice.desk, query, count_cb, &n, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s by %s", status, sort);
  g_assert_cmpuint (n, ==, expected);
}

/* A dispute is found by Stripe's word for where it stands, and by what somebody has to do. */
static void
test_list (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *id = begin_dispute (self, "pm_card_createDisputeInquiry");

  assert_listed (self, "warning_needs_response", "due", 1);
  assert_listed (self, "needs-answer", "amount", 1);
  assert_listed (self, "needs_response,won", "created", 0);
  do_act (self, save (id, "{\"customer_name\":\"Ana\"}"));
  do_act (self, act (BILLING_VERB_DISPUTE_SUBMIT, id));
  deliver (self);
  assert_listed (self, "needs-answer", "due", 0);
  assert_listed (self, "under-review", "due", 1);
  assert_listed (self, "closed", "due", 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/dispute-story/bill-again", test_bill_again);
  ADD ("/dispute-story/write-off", test_write_off);
  ADD ("/dispute-story/story", test_story);
  ADD ("/dispute-story/twin", test_twin);
  ADD ("/dispute-story/list", test_list);

  return g_test_run ();
}
