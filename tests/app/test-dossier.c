/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-day.h"
#include "billing-dossier.h"
#include "billing-filing.h"
#include "billing-payment-rules.h"
#include "billing-test-practice.h"

/* The pane's one read of a payment and all that belongs to it. */

typedef struct {
  BillingTestPractice practice;
  BillingDossier *dossier; /* (owned) */
  char *payment; /* (owned): number */
  gboolean done;
  GError *error; /* (owned) (nullable) */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  billing_test_practice_set_up (&fixture->practice);
  fixture->payment = billing_test_practice_create_payment (&fixture->practice, 25000, FALSE);
  fixture->dossier = billing_dossier_new (fixture->practice.desk);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_error (&fixture->error);
  g_free (fixture->payment);
  g_assert_finalize_object (fixture->dossier);
  billing_test_practice_tear_down (&fixture->practice);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;
  gboolean good = billing_dossier_load_finish (BILLING_DOSSIER (object), result, &fixture->error);

  g_assert_cmpint (good, ==, fixture->error == NULL);
  fixture->done = TRUE;
}

static void
load (Fixture      *fixture,
      const char   *payment,
      GCancellable *cancellable)
{
  g_clear_error (&fixture->error);
  fixture->done = FALSE;
  billing_dossier_load_async (fixture->dossier, payment, cancellable, loaded_cb, fixture);
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
}

static GListModel *
get_list (Fixture    *fixture,
          const char *name)
{
  GListModel *list;

  g_object_get (fixture->dossier, name, &list, NULL);
  g_object_unref (list);
  return list;
}

static void
add_note (Fixture    *fixture,
          const char *text)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_NOTE_ADD, fixture->payment);

  g_object_set (act, "text", text, NULL);
  billing_test_practice_do (&fixture->practice, act);
}

static void
collect (Fixture *fixture,
         gint64   amount)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, fixture->payment);

  g_object_set (act, "tender", BILLING_TENDER_CASH, "has-amount", TRUE, "amount", amount, NULL);
  billing_test_practice_do (&fixture->practice, act);
}

/* By its number or its id, a payment comes with its patient and its timeline. */
static void
test_load (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *id = NULL;

  load (fixture, fixture->payment, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (billing_dossier_get_payment (fixture->dossier)->number, ==, fixture->payment);
  g_assert_cmpstr (billing_record_get_id (BILLING_RECORD (billing_dossier_get_patient (fixture->dossier))),
                   ==, fixture->practice.patient);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (fixture, "timeline")), ==, 1);

  id = g_strdup (billing_record_get_id (BILLING_RECORD (billing_dossier_get_payment (fixture->dossier))));
  load (fixture, id, NULL);
  g_assert_no_error (fixture->error);
}

/* Loading again changes the same payment in place, so that what is bound to it follows. */
static void
test_reload (Fixture       *fixture,
             gconstpointer  data)
{
  BillingPayment *payment;

  load (fixture, fixture->payment, NULL);
  payment = billing_dossier_get_payment (fixture->dossier);
  collect (fixture, 10000);
  g_assert_cmpint (payment->status, ==, BILLING_STATUS_PENDING);

  load (fixture, fixture->payment, NULL);
  g_assert_true (billing_dossier_get_payment (fixture->dossier) == payment);
  g_assert_cmpint (payment->status, ==, BILLING_STATUS_PAID);
  g_assert_cmpint (payment->amount, ==, 10000);
}

static void
items_changed_cb (GListModel *list,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *seen)
{
  seen[0]++;
  seen[1] = position;
  seen[2] = removed;
  seen[3] = added;
}

/* Of a list only what is new is touched: the widgets of the other rows stay, and so does the focus. */
static void
test_lists (Fixture       *fixture,
            gconstpointer  data)
{
  GListModel *notes = get_list (fixture, "notes");
  g_autoptr (BillingNote) newest = NULL;
  guint seen[4] = { 0 };

  add_note (fixture, "One");
  add_note (fixture, "Two");
  load (fixture, fixture->payment, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (notes), ==, 2);

  g_signal_connect (notes, "items-changed", G_CALLBACK (items_changed_cb), seen);
  load (fixture, fixture->payment, NULL);
  g_assert_cmpuint (seen[0], ==, 0);

  add_note (fixture, "Three");
  load (fixture, fixture->payment, NULL);
  g_assert_cmpuint (seen[0], ==, 1);
  g_assert_cmpuint (seen[1], ==, 0);
  g_assert_cmpuint (seen[2], ==, 0);
  g_assert_cmpuint (seen[3], ==, 1);

  newest = g_list_model_get_item (notes, 0);
  g_assert_cmpstr (newest->text, ==, "Three");
}

/* A payment that is not there is an error with a sentence, and what was shown stays. */
static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  load (fixture, fixture->payment, NULL);
  load (fixture, "PAY-999", NULL);
  g_assert_error (fixture->error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND);
  g_assert_cmpstr (billing_dossier_get_payment (fixture->dossier)->number, ==, fixture->payment);
}

/* A load that was called off changes nothing any more. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  load (fixture, fixture->payment, cancellable);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (billing_dossier_get_payment (fixture->dossier));
}

/* Only a change that may concern what is shown leads to another read. */
static void
test_touched (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 other, own;

  g_assert_false (billing_dossier_is_touched_by (fixture->dossier, "payments", NULL));

  load (fixture, fixture->payment, NULL);
  own = billing_record_get_pk (BILLING_RECORD (billing_dossier_get_payment (fixture->dossier)));
  other = own + 1;
  g_array_append_val (pks, other);
  g_assert_false (billing_dossier_is_touched_by (fixture->dossier, "payments", pks));
  g_array_append_val (pks, own);
  g_assert_true (billing_dossier_is_touched_by (fixture->dossier, "payments", pks));
  g_assert_true (billing_dossier_is_touched_by (fixture->dossier, "payments", NULL));
  g_assert_true (billing_dossier_is_touched_by (fixture->dossier, "notes", pks));
  g_assert_false (billing_dossier_is_touched_by (fixture->dossier, "locations", NULL));
}

static void
act_on (Fixture     *fixture,
        BillingVerb  verb,
        const char  *subject)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, subject);

  g_object_set (act, "account", verb == BILLING_VERB_STRIPE_CONNECT ? "acct_1" : NULL, NULL);
  billing_test_practice_do (&fixture->practice, act);
}

/* While Stripe has still to answer, nothing is offered that the desk would refuse; withdrawn, all is as before. */
static void
test_asked (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) news = NULL;
  g_autoptr (GPtrArray) none = NULL;

  load (fixture, fixture->payment, NULL);
  g_assert_false (billing_payment_rules_is_offered (BILLING_VERB_PAYMENT_AUTHORISE, fixture->dossier));
  act_on (fixture, BILLING_VERB_STRIPE_CONNECT, NULL);
  g_assert_true (billing_payment_rules_is_offered (BILLING_VERB_PAYMENT_AUTHORISE, fixture->dossier));

  act_on (fixture, BILLING_VERB_PAYMENT_AUTHORISE, fixture->payment);
  g_assert_true (billing_dossier_is_touched_by (fixture->dossier, "outbox", NULL));
  load (fixture, fixture->payment, NULL);
  news = billing_dossier_list_news (fixture->dossier);
  g_assert_cmpuint (news->len, ==, 1);
  g_assert_true (billing_dossier_is_asked (fixture->dossier));
  g_assert_false (billing_payment_rules_is_offered (BILLING_VERB_PAYMENT_AUTHORISE, fixture->dossier));
  g_assert_false (billing_payment_rules_is_offered (BILLING_VERB_PAYMENT_COLLECT, fixture->dossier));
  g_assert_null (billing_dossier_get_page (fixture->dossier, NULL));

  act_on (fixture, BILLING_VERB_OUTBOX_WITHDRAW, billing_record_get_id (news->pdata[0]));
  load (fixture, fixture->payment, NULL);
  none = billing_dossier_list_news (fixture->dossier);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (billing_payment_rules_is_offered (BILLING_VERB_PAYMENT_COLLECT, fixture->dossier));
}

static void
set_link_days (Fixture    *fixture,
               const char *days)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);

  g_object_set (act, "link-days", days, NULL);
  billing_test_practice_do (&fixture->practice, act);
}

/* The newest link of a payment comes with it, and is open for as long as the practice says. Its own section tells that it waits, so
 * that it is not among what waits for Stripe; and while it does, the payment can be collected otherwise. */
static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *today = billing_desk_get_today (fixture->practice.desk);
  g_autofree char *end = billing_day_add (today, 10);
  g_autoptr (GPtrArray) news = NULL;
  BillingLink *link;

  load (fixture, fixture->payment, NULL);
  g_assert_null (billing_dossier_get_link (fixture->dossier));

  act_on (fixture, BILLING_VERB_STRIPE_CONNECT, NULL);
  set_link_days (fixture, "10");
  act_on (fixture, BILLING_VERB_PAYMENT_LINK, fixture->payment);
  g_assert_true (billing_dossier_is_touched_by (fixture->dossier, "links", NULL));
  load (fixture, fixture->payment, NULL);
  link = billing_dossier_get_link (fixture->dossier);
  g_assert_nonnull (link);
  g_assert_cmpint (link->state, ==, BILLING_LINK_STATE_WAITING);
  g_assert_cmpstr (link->expires_on, ==, end);
  g_assert_cmpint (link->amount, ==, 25000);

  news = billing_dossier_list_news (fixture->dossier);
  g_assert_cmpuint (news->len, ==, 0);
  g_assert_false (billing_dossier_is_asked (fixture->dossier));
  g_assert_true (billing_payment_rules_is_offered (BILLING_VERB_PAYMENT_COLLECT, fixture->dossier));

  collect (fixture, 25000);
  load (fixture, fixture->payment, NULL);
  link = billing_dossier_get_link (fixture->dossier);
  g_assert_cmpint (link->state, ==, BILLING_LINK_STATE_CLOSED);
  g_assert_cmpstr (link->why, ==, "collected");
  g_assert_false (billing_payment_rules_is_offered (BILLING_VERB_PAYMENT_LINK, fixture->dossier));
}

/* Days that no link may be open for are refused, and what was set stays. */
static void
test_link_days (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const wrong[] = { "0", "367", "-1", "a week", "" };

  set_link_days (fixture, "366");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
      g_autoptr (GError) error = NULL;

      g_object_set (act, "link-days", wrong[i], NULL);
      g_assert_false (billing_desk_do (fixture->practice.desk, act, &error));
      g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
    }
  g_assert_cmpint (billing_desk_get_practice (fixture->practice.desk)->link_days, ==, 366);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/dossier/load", test_load);
  ADD ("/dossier/reload", test_reload);
  ADD ("/dossier/lists", test_lists);
  ADD ("/dossier/missing", test_missing);
  ADD ("/dossier/cancelled", test_cancelled);
  ADD ("/dossier/touched", test_touched);
  ADD ("/dossier/asked", test_asked);
  ADD ("/dossier/link", test_link);
  ADD ("/dossier/link-days", test_link_days);
#undef ADD

  return g_test_run ();
}
