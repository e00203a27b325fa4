/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-list-model"

#include "config.h"

#include "billing-list-model.h"

#include <libglib-testing/signal-logger.h>

#include "billing-books.h"
#include "billing-payment.h"
#include "billing-test-practice.h"

/* More than two pages of rows, of which amounts are 1, 2, 3, … cents: a row is known by its amount. */
#define N_ROWS 300

typedef struct {
  BillingTestPractice practice;
  BillingListContext *context; /* (owned) */
  BillingListModel *model; /* (owned) */
  GtSignalLogger *log; /* (owned): of items-changed */
  guint n_listed;
} Fixture;

static void
listed_cb (Fixture *fixture)
{
  fixture->n_listed++;
}

static void
failed_cb (Fixture *fixture,
           GError  *error)
{
  g_assert_no_error (error);
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

  /* What the books say of these commits is said before anybody listens. */
  while (g_main_context_iteration (NULL, FALSE))
    ;

  fixture->context = billing_list_context_new_for_desk (fixture->practice.desk);
  fixture->model = billing_list_model_new (billing_desk_get_store (fixture->practice.desk),
                                           BILLING_TYPE_PAYMENT, fixture->context);
  fixture->log = gt_signal_logger_new ();
  gt_signal_logger_connect (fixture->log, fixture->model, "items-changed");
  g_signal_connect_swapped (fixture->model, "listed", G_CALLBACK (listed_cb), fixture);
  g_signal_connect_swapped (fixture->model, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->log, gt_signal_logger_free);
  g_assert_finalize_object (g_steal_pointer (&fixture->model));
  g_clear_object (&fixture->context);
  billing_test_practice_tear_down (&fixture->practice);
}

static void
wait_for (Fixture *fixture,
          guint    n_listed)
{
  while (fixture->n_listed < n_listed)
    g_main_context_iteration (NULL, TRUE);
}

static BillingQuery *
make_query (Fixture    *fixture,
            const char *sort,
            gboolean    descending)
{
  BillingQuery *query = billing_desk_query (fixture->practice.desk, "payments");

  g_object_set (query, "sort", sort, "descending", descending, NULL);
  return query;
}

/* Lists by the amount, the least first, and forgets what was emitted until then. */
static void
list_by_amount (Fixture *fixture)
{
  g_autoptr (BillingQuery) query = make_query (fixture, "amount", FALSE);
  guint n_listed = fixture->n_listed;

  billing_list_model_set_query (fixture->model, query);
  wait_for (fixture, n_listed + 1);
  while (gt_signal_logger_pop_emission (fixture->log, NULL, NULL, NULL, NULL))
    ;
}

static BillingListRow *
get_row (Fixture *fixture,
         guint    position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->model), position);
}

static BillingPayment *
wait_for_record (BillingListRow *row)
{
  while (billing_list_row_get_record (row) == NULL)
    g_main_context_iteration (NULL, TRUE);

  return BILLING_PAYMENT (billing_list_row_get_record (row));
}

static void
assert_amount (Fixture *fixture,
               guint    position,
               gint64   amount)
{
  g_autoptr (BillingListRow) row = get_row (fixture, position);

  g_assert_cmpint (wait_for_record (row)->amount, ==, amount);
}

static void
assert_changed (Fixture *fixture,
                guint    position,
                guint    removed,
                guint    added)
{
  guint p, r, a;

  gt_signal_logger_assert_emission_pop (fixture->log, fixture->model, "items-changed", &p, &r, &a);
  g_assert_cmpuint (p, ==, position);
  g_assert_cmpuint (r, ==, removed);
  g_assert_cmpuint (a, ==, added);
}

static void
do_verb (Fixture       *fixture,
         BillingVerb    verb,
         const char    *subject,
         BillingTender  tender)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, subject);

  act->tender = tender;
  billing_test_practice_do (&fixture->practice, act);
}

/* The first page comes with its rows, before the rest is known; the rest is added to it, and its rows come when they are asked for: usually at
 * once. */
static void
test_first_rows (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (BillingQuery) query = make_query (fixture, "amount", FALSE);
  g_autoptr (BillingListRow) first = NULL;
  g_autoptr (BillingListRow) last = NULL;

  billing_list_model_set_query (fixture->model, query);
  g_assert_true (billing_list_model_is_loading (fixture->model));
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)) == 0)
    g_main_context_iteration (NULL, TRUE);

  first = get_row (fixture, 0);
  g_assert_nonnull (billing_list_row_get_record (first));
  wait_for (fixture, 1);
  g_assert_false (billing_list_model_is_loading (fixture->model));

  assert_changed (fixture, 0, 0, 64);
  assert_changed (fixture, 64, 0, N_ROWS - 64);
  g_assert_cmpint (billing_list_model_get_sum (fixture->model), ==, N_ROWS * (N_ROWS + 1) / 2);

  last = get_row (fixture, N_ROWS - 1);
  g_assert_cmpint (wait_for_record (last)->amount, ==, N_ROWS);
  g_assert_null (get_row (fixture, N_ROWS));
  gt_signal_logger_assert_no_emissions (fixture->log);
}

/* A row that changes where it stands is the same object with a newer record, and nothing else is said. */
static void
test_changed_in_place (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (BillingListRow) row = NULL;
  g_autoptr (GtSignalLogger) log = gt_signal_logger_new ();
  g_autoptr (BillingListRow) again = NULL;
  g_autofree char *number = NULL;

  list_by_amount (fixture);
  row = get_row (fixture, 9);
  number = g_strdup (wait_for_record (row)->number);
  gt_signal_logger_connect (log, row, "notify::record");

  do_verb (fixture, BILLING_VERB_PAYMENT_COLLECT, number, BILLING_TENDER_CASH);
  wait_for (fixture, 2);
  while (wait_for_record (row)->status != BILLING_STATUS_PAID)
    g_main_context_iteration (NULL, TRUE);

  again = get_row (fixture, 9);
  g_assert_true (again == row);
  g_assert_cmpuint (gt_signal_logger_get_n_emissions (log), >=, 1);
  gt_signal_logger_assert_no_emissions (fixture->log);
}

/* A new row comes in at its place, and the others stay the same objects. */
static void
test_added (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (BillingListRow) before = NULL;
  g_autoptr (BillingListRow) after = NULL;
  g_autofree char *number = NULL;

  list_by_amount (fixture);
  before = get_row (fixture, 200);
  number = billing_test_practice_create_payment (&fixture->practice, 100, TRUE);
  wait_for (fixture, 2);

  g_assert_cmpuint (gt_signal_logger_get_n_emissions (fixture->log), ==, 1);
  assert_changed (fixture, 100, 0, 1);
  after = get_row (fixture, 201);
  g_assert_true (after == before);
  assert_amount (fixture, 100, 100);
  assert_amount (fixture, 101, 101);
}

/* A row that belongs elsewhere now goes there, and no other one moves. */
static void
test_moved (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (BillingQuery) query = make_query (fixture, "status", FALSE);
  g_autoptr (BillingListRow) row = NULL;
  g_autofree char *number = NULL;
  guint position;

  billing_list_model_set_query (fixture->model, query);
  wait_for (fixture, 1);
  row = get_row (fixture, 50);
  number = g_strdup (wait_for_record (row)->number);
  while (gt_signal_logger_pop_emission (fixture->log, NULL, NULL, NULL, NULL))
    ;

  do_verb (fixture, BILLING_VERB_PAYMENT_SUBMIT, number, BILLING_TENDER_NONE);
  wait_for (fixture, 2);

  assert_changed (fixture, 50, 1, 0);
  assert_changed (fixture, N_ROWS - 1, 0, 1);
  gt_signal_logger_assert_no_emissions (fixture->log);
  g_assert_true (billing_list_model_find (fixture->model, billing_list_row_get_pk (row), &position));
  g_assert_cmpuint (position, ==, N_ROWS - 1);
}

/* A row that the filter no longer lets through goes, and the sum with it. */
static void
test_filtered_out (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (BillingQuery) query = make_query (fixture, "amount", FALSE);
  g_autoptr (BillingListRow) row = NULL;
  gint64 sum;

  g_object_set (query, "status", "draft", NULL);
  billing_list_model_set_query (fixture->model, query);
  wait_for (fixture, 1);
  sum = billing_list_model_get_sum (fixture->model);
  row = get_row (fixture, 4);
  while (gt_signal_logger_pop_emission (fixture->log, NULL, NULL, NULL, NULL))
    ;

  do_verb (fixture, BILLING_VERB_PAYMENT_SUBMIT, wait_for_record (row)->number, BILLING_TENDER_NONE);
  wait_for (fixture, 2);

  assert_changed (fixture, 4, 1, 0);
  gt_signal_logger_assert_no_emissions (fixture->log);
  g_assert_cmpint (billing_list_model_get_sum (fixture->model), ==, sum - 5);
}

/* Another query empties the list first: GTK would ask for every row otherwise. */
static void
test_new_query (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (BillingQuery) query = make_query (fixture, "amount", TRUE);

  list_by_amount (fixture);
  billing_list_model_set_query (fixture->model, query);
  wait_for (fixture, 2);

  assert_changed (fixture, 0, N_ROWS, 0);
  assert_changed (fixture, 0, 0, 64);
  assert_changed (fixture, 64, 0, N_ROWS - 64);
  gt_signal_logger_assert_no_emissions (fixture->log);
  assert_amount (fixture, 0, N_ROWS);
  assert_amount (fixture, N_ROWS - 1, 1);
}

/* A query that lists the same, as a longer word often does, leaves the rows alone. */
static void
test_same_again (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (BillingQuery) query = make_query (fixture, "amount", FALSE);

  list_by_amount (fixture);
  g_object_set (query, "status", "draft,pending,paid", NULL);
  billing_list_model_set_query (fixture->model, query);
  wait_for (fixture, 2);

  gt_signal_logger_assert_no_emissions (fixture->log);
  g_assert_false (billing_list_model_is_loading (fixture->model));
  assert_amount (fixture, N_ROWS - 1, N_ROWS);
}

/* Of queries in quick succession, as somebody types, only the last one is shown. */
static void
test_interrupted (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (BillingQuery) all = make_query (fixture, "amount", FALSE);
  g_autoptr (BillingQuery) none = make_query (fixture, "amount", FALSE);

  g_object_set (none, "search", "nobody", NULL);
  for (int i = 0; i < 20; i++)
    billing_list_model_set_query (fixture->model, all);
  billing_list_model_set_query (fixture->model, none);

  wait_for (fixture, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, 0);
  g_assert_cmpint (billing_list_model_get_sum (fixture->model), ==, 0);
  gt_signal_logger_assert_no_emissions (fixture->log);
}

/* A change while a query is being read is in the list in the end. */
static void
test_changed_while_reading (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (BillingQuery) query = make_query (fixture, "amount", FALSE);
  g_autofree char *number = NULL;

  billing_list_model_set_query (fixture->model, query);
  number = billing_test_practice_create_payment (&fixture->practice, 1000, TRUE);
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)) != N_ROWS + 1)
    g_main_context_iteration (NULL, TRUE);

  assert_amount (fixture, N_ROWS, 1000);
}

/* Asking for every row, as GTK sometimes does, still ends with the rows that somebody holds. */
static void
test_asked_for_all (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);

  list_by_amount (fixture);
  for (guint i = 0; i < N_ROWS; i++)
    g_ptr_array_add (held, get_row (fixture, i));

  for (guint i = 0; i < N_ROWS; i++)
    g_assert_cmpint (wait_for_record (g_ptr_array_index (held, i))->amount, ==, i + 1);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/list-model/first-rows", test_first_rows },
    { "/list-model/changed-in-place", test_changed_in_place },
    { "/list-model/added", test_added },
    { "/list-model/moved", test_moved },
    { "/list-model/filtered-out", test_filtered_out },
    { "/list-model/new-query", test_new_query },
    { "/list-model/same-again", test_same_again },
    { "/list-model/interrupted", test_interrupted },
    { "/list-model/changed-while-reading", test_changed_while_reading },
    { "/list-model/asked-for-all", test_asked_for_all },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
