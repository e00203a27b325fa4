/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-bulk.h"
#include "billing-test-practice.h"

/* Filling in bulk sets indices aside and brings the very same ones back. */

static gboolean
read_schema (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  char **schema = data;

  *schema = billing_connection_get_text (connection, error,
                                         "SELECT group_concat (name || ':' || ifnull (sql, ''), ';') FROM"
                                         " (SELECT name, sql FROM sqlite_schema ORDER BY name)", "");
  return *schema != NULL;
}

static gboolean
begin (BillingConnection  *connection,
       gpointer            data,
       GCancellable       *cancellable,
       GError            **error)
{
  return billing_bulk_begin (connection, error);
}

static gboolean
end (BillingConnection  *connection,
     gpointer            data,
     GCancellable       *cancellable,
     GError            **error)
{
  return billing_bulk_end (connection, error);
}

static void
run (BillingTestPractice *practice,
     BillingStoreFunc     func,
     gpointer             data)
{
  g_autoptr (GError) error = NULL;

  billing_store_write (billing_desk_get_store (practice->desk), func, data, NULL, &error);
  g_assert_no_error (error);
}

/* Between begin and end verbs work without the lists' indices; afterwards the schema is what it was. */
static void
test_bulk (void)
{
  BillingTestPractice practice = { 0, };
  g_autofree char *before = NULL;
  g_autofree char *between = NULL;
  g_autofree char *after = NULL;
  g_autofree char *number = NULL;

  billing_test_practice_set_up (&practice);
  run (&practice, read_schema, &before);
  run (&practice, begin, NULL);
  run (&practice, read_schema, &between);
  number = billing_test_practice_create_payment (&practice, 100, FALSE);
  run (&practice, end, NULL);
  run (&practice, read_schema, &after);

  g_assert_nonnull (strstr (before, "payments_by_created"));
  g_assert_null (strstr (between, ";payments_by_created"));
  g_assert_nonnull (strstr (between, "payments_by_treatment"));
  g_assert_cmpstr (after, ==, before);

  billing_test_practice_verify (&practice);
  billing_test_practice_tear_down (&practice);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bulk/indices", test_bulk);

  return g_test_run ();
}
