/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-list-choice"

#include "config.h"

#include "billing-list-choice.h"

#include "billing-books.h"
#include "billing-payment.h"
#include "billing-selection.h"
#include "billing-test-practice.h"

/* More than a page, so that most rows are never read. */
#define N_ROWS 300

typedef struct {
  BillingTestPractice practice;
  BillingListContext *context; /* (owned) */
  BillingListModel *list; /* (owned) */
  BillingListChoice *choice; /* (owned) */
  guint n_listed;
  guint n_changed;
} Fixture;

static void
listed_cb (Fixture *fixture)
{
  fixture->n_listed++;
}

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
wait_for (Fixture *fixture,
          guint    n_listed)
{
  while (fixture->n_listed < n_listed)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask (Fixture    *fixture,
     const char *search)
{
  g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, "payments");

  g_object_set (query, "sort", "amount", "min", search != NULL ? g_ascii_strtoll (search, NULL, 10) : G_GINT64_CONSTANT (-1), NULL);
  billing_list_model_set_query (fixture->list, query);
  wait_for (fixture, fixture->n_listed + 1);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  billing_test_practice_set_up (&fixture->practice);
  for (int i = 1; i <= N_ROWS; i++)
    {
      g_autofree char *number = billing_test_practice_create_payment (&fixture->practice, i, TRUE);

      g_assert_nonnull (number);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;

  fixture->context = billing_list_context_new_for_desk (fixture->practice.desk);
  fixture->list = billing_list_model_new (billing_desk_get_store (fixture->practice.desk), BILLING_TYPE_PAYMENT, fixture->context);
  fixture->choice = billing_list_choice_new ();
  g_signal_connect_swapped (fixture->list, "listed", G_CALLBACK (listed_cb), fixture);
  billing_list_choice_set_list (fixture->choice, fixture->list);
  g_signal_connect_swapped (fixture->choice, "changed", G_CALLBACK (changed_cb), fixture);
  ask (fixture, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->choice));
  g_assert_finalize_object (g_steal_pointer (&fixture->list));
  g_clear_object (&fixture->context);
  billing_test_practice_tear_down (&fixture->practice);
}

/* The id of the payment of so many cents, read as a row of the list is. */
static char *
dup_id (Fixture *fixture,
        guint    position)
{
  g_autoptr (BillingListRow) row = g_list_model_get_item (G_LIST_MODEL (fixture->list), position);

  while (billing_list_row_get_record (row) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_strdup (billing_record_get_id (billing_list_row_get_record (row)));
}

typedef struct {
  BillingAct *act; /* (not owned) */
  gint64 n;
} Filling;

static gboolean
fill (BillingConnection  *connection,
      gpointer            data,
      GCancellable       *cancellable,
      GError            **error)
{
  Filling *filling = data;

  return billing_selection_fill (connection, filling->act, "payments", error) && billing_selection_count (connection, &filling->n, error);
}

/* How many rows an act is done to by what is ticked, as the desk finds them; -1: the desk refuses. */
static gint64
count_chosen (Fixture *fixture)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_NONE, NULL);
  g_autoptr (GError) error = NULL;
  Filling filling = { act, 0 };

  billing_list_choice_fill_act (fixture->choice, act);
  if (!billing_store_read (billing_desk_get_store (fixture->practice.desk), fill, &filling, NULL, &error))
    return -1;
  return filling.n;
}

/* Rows are ticked one by one; only a change tells of itself. */
static void
test_some (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *one = dup_id (fixture, 3);
  g_autofree char *other = dup_id (fixture, 7);

  g_assert_cmpuint (billing_list_choice_get_n (fixture->choice), ==, 0);
  billing_list_choice_set (fixture->choice, one, TRUE);
  billing_list_choice_set (fixture->choice, one, TRUE);
  billing_list_choice_set (fixture->choice, other, TRUE);
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  g_assert_cmpuint (billing_list_choice_get_n (fixture->choice), ==, 2);
  g_assert_true (billing_list_choice_contains (fixture->choice, one));
  g_assert_cmpint (count_chosen (fixture), ==, 2);

  billing_list_choice_set (fixture->choice, one, FALSE);
  g_assert_false (billing_list_choice_contains (fixture->choice, one));
  g_assert_cmpint (count_chosen (fixture), ==, 1);
  billing_list_choice_clear (fixture->choice);
  g_assert_cmpuint (billing_list_choice_get_n (fixture->choice), ==, 0);
}

/* All that the list finds are ticked without being read, and some taken out again: the act names the query and those. */
static void
test_all (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *one = dup_id (fixture, 3);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_NONE, NULL);

  billing_list_choice_choose_all (fixture->choice);
  g_assert_true (billing_list_choice_is_all (fixture->choice));
  g_assert_cmpuint (billing_list_choice_get_n (fixture->choice), ==, N_ROWS);
  g_assert_cmpint (count_chosen (fixture), ==, N_ROWS);

  billing_list_choice_set (fixture->choice, one, FALSE);
  g_assert_false (billing_list_choice_is_all (fixture->choice));
  g_assert_false (billing_list_choice_contains (fixture->choice, one));
  g_assert_true (billing_list_choice_contains (fixture->choice, "pay_another"));
  g_assert_cmpint (count_chosen (fixture), ==, N_ROWS - 1);

  billing_list_choice_fill_act (fixture->choice, act);
  g_assert_null (act->selection);
  g_assert_cmpstr (act->except, ==, one);
  g_assert_cmpint (act->expected, ==, N_ROWS);

  billing_list_choice_set (fixture->choice, one, TRUE);
  g_assert_true (billing_list_choice_is_all (fixture->choice));
}

/* A run of rows that stand together, as those of a patient do, is ticked by one change. */
static void
test_run (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *inside = dup_id (fixture, 12);
  g_autofree char *outside = dup_id (fixture, 15);

  billing_list_choice_set_run (fixture->choice, 10, 5, TRUE);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpuint (billing_list_choice_get_n (fixture->choice), ==, 5);
  g_assert_true (billing_list_choice_contains (fixture->choice, inside));
  g_assert_false (billing_list_choice_contains (fixture->choice, outside));

  billing_list_choice_set_run (fixture->choice, 10, 5, TRUE);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  billing_list_choice_set_run (fixture->choice, 10, 5, FALSE);
  g_assert_cmpuint (billing_list_choice_get_n (fixture->choice), ==, 0);
}

/* Where the list is narrowed otherwise, all of it is no longer what was meant; rows that were ticked one by one still are. */
static void
test_another_query (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *one = dup_id (fixture, 3);

  billing_list_choice_choose_all (fixture->choice);
  ask (fixture, "200");
  g_assert_cmpuint (billing_list_choice_get_n (fixture->choice), ==, 0);

  billing_list_choice_choose_all (fixture->choice);
  g_assert_cmpuint (billing_list_choice_get_n (fixture->choice), ==, 101);
  g_assert_cmpint (count_chosen (fixture), ==, 101);

  billing_list_choice_clear (fixture->choice);
  billing_list_choice_set (fixture->choice, one, TRUE);
  ask (fixture, NULL);
  g_assert_cmpint (count_chosen (fixture), ==, 1);
}

/* What comes while all are ticked is counted once the list has it; before, an act on all is refused, because it would be done unseen. */
static void
test_more_come (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *number = NULL;
  guint n_listed = fixture->n_listed;

  billing_list_choice_choose_all (fixture->choice);
  number = billing_test_practice_create_payment (&fixture->practice, N_ROWS + 1, TRUE);
  g_assert_cmpint (count_chosen (fixture), ==, -1);

  wait_for (fixture, n_listed + 1);
  g_assert_cmpuint (billing_list_choice_get_n (fixture->choice), ==, N_ROWS + 1);
  g_assert_cmpint (count_chosen (fixture), ==, N_ROWS + 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/list-choice/some", Fixture, NULL, set_up, test_some, tear_down);
  g_test_add ("/list-choice/all", Fixture, NULL, set_up, test_all, tear_down);
  g_test_add ("/list-choice/run", Fixture, NULL, set_up, test_run, tear_down);
  g_test_add ("/list-choice/another-query", Fixture, NULL, set_up, test_another_query, tear_down);
  g_test_add ("/list-choice/more-come", Fixture, NULL, set_up, test_more_come, tear_down);

  return g_test_run ();
}
