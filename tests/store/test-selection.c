/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-selection.h"
#include "billing-service.h"
#include "billing-table.h"
#include "billing-test-practice.h"

/* What is chosen in a list, so that something can be done to all of it. */

#define N_SERVICES 12

static gboolean
fill_services (BillingConnection  *connection,
               gpointer            data,
               GCancellable       *cancellable,
               GError            **error)
{
  BillingTestPractice *practice = data;

  for (guint i = 0; i < N_SERVICES; i++)
    {
      g_autoptr (BillingService) service = billing_service_new ();

      g_object_set (service, "patient-id", practice->patient, "day", "2026-10-26", "name", "Visit", "currency", "USD", "billable", TRUE,
                    "price", (gint64) 1000, "amount", (gint64) 1000, "rate-invoiced", i % 2 == 0, NULL);
      if (!billing_table_insert (connection, BILLING_RECORD (service), error))
        return FALSE;
    }

  return TRUE;
}

static void
set_up (BillingTestPractice *practice,
        gconstpointer        data)
{
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (practice);
  billing_store_write (billing_desk_get_store (practice->desk), fill_services, practice, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (BillingTestPractice *practice,
           gconstpointer        data)
{
  billing_test_practice_tear_down (practice);
}

typedef struct {
  BillingAct *act;
  gint64 n;
} Choice;

static gboolean
choose (BillingConnection  *connection,
        gpointer            data,
        GCancellable       *cancellable,
        GError            **error)
{
  Choice *choice = data;

  return billing_selection_fill (connection, choice->act, "services", error) &&
         billing_selection_count (connection, &choice->n, error);
}

/* A reader and the writer choose the same, and again the same. */
static gint64
count_chosen (BillingTestPractice *practice,
              BillingAct          *act)
{
  BillingStore *store = billing_desk_get_store (practice->desk);
  g_autoptr (GError) error = NULL;
  Choice written = { act, 0 };

  for (guint i = 0; i < 2; i++)
    {
      Choice read = { act, 0 };

      billing_store_write (store, choose, &written, NULL, &error);
      g_assert_no_error (error);
      billing_store_read (store, choose, &read, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (read.n, ==, written.n);
    }

  return written.n;
}

static void
assert_refused (BillingTestPractice *practice,
                BillingAct          *act,
                int                  code)
{
  g_autoptr (GError) error = NULL;
  Choice choice = { act, 0 };

  g_assert_false (billing_store_read (billing_desk_get_store (practice->desk), choose, &choice, NULL, &error));
  g_assert_error (error, BILLING_STORE_ERROR, code);
}

static BillingAct *
build_act (void)
{
  return billing_act_new (BILLING_VERB_SERVICE_REVIEW, NULL);
}

/* Numbers in any case, ids, blanks of any kind, and the same one twice: each is chosen once. */
static void
test_names (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autoptr (BillingAct) act = build_act ();

  act->selection = g_strdup (" SVC-001 svc-002\n\tSVC-003  SVC-001 ");
  g_assert_cmpint (count_chosen (practice, act), ==, 3);

  act->except = g_strdup ("SVC-002");
  g_assert_cmpint (count_chosen (practice, act), ==, 2);

  act->subject = g_strdup ("SVC-009");
  g_assert_cmpint (count_chosen (practice, act), ==, 3);
}

/* A name that is none of a service is said, whatever stands in it; and so is a selection of nothing. */
static void
test_unknown (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autoptr (BillingAct) act = build_act ();

  assert_refused (practice, act, BILLING_STORE_ERROR_QUERY);
  act->selection = g_strdup ("SVC-001 SVC-999");
  assert_refused (practice, act, BILLING_STORE_ERROR_NOT_FOUND);
  g_free (act->selection);
  act->selection = g_strdup ("SVC-001 \"] \\' \001");
  assert_refused (practice, act, BILLING_STORE_ERROR_NOT_FOUND);
  g_free (act->selection);
  act->selection = g_strdup ("SVC-001");
  act->except = g_strdup ("SVC-001");
  assert_refused (practice, act, BILLING_STORE_ERROR_QUERY);
}

/* All that a list shows, also what does not stand on its first page; without what was left out. */
static void
test_query (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autoptr (BillingAct) act = build_act ();

  act->query = billing_query_new ("services");
  g_object_set (act->query, "status", "to-invoice", "limit", (gint64) 2, "offset", (gint64) 1, NULL);
  g_assert_cmpint (count_chosen (practice, act), ==, N_SERVICES / 2);

  act->except = g_strdup ("SVC-001 SVC-002");
  act->expected = N_SERVICES / 2;
  g_assert_cmpint (count_chosen (practice, act), ==, N_SERVICES / 2 - 1);

  g_object_set (act->query, "status", NULL, "search", "zoë", NULL);
  act->expected = N_SERVICES;
  g_assert_cmpint (count_chosen (practice, act), ==, N_SERVICES - 2);
}

/* Who chose 1,203 rows does not want 1,204. */
static void
test_changed (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autoptr (BillingAct) act = build_act ();

  act->query = billing_query_new ("services");
  act->expected = N_SERVICES - 1;
  assert_refused (practice, act, BILLING_STORE_ERROR_QUERY);
  act->expected = N_SERVICES;
  g_assert_cmpint (count_chosen (practice, act), ==, N_SERVICES);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/selection/names", BillingTestPractice, NULL, set_up, test_names, tear_down);
  g_test_add ("/selection/unknown", BillingTestPractice, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/selection/query", BillingTestPractice, NULL, set_up, test_query, tear_down);
  g_test_add ("/selection/changed", BillingTestPractice, NULL, set_up, test_changed, tear_down);

  return g_test_run ();
}
