/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "billing-bench.h"
#include "billing-books.h"
#include "billing-list.h"
#include "billing-table.h"

/*
 * What the store adds to SQLite: the first rows of a query against the bare prepared query for them, and the whole list (ids, count, sum)
 * against the bare scan of the index that covers it.
 */

#define PAGE 128
#define RUNS 11

typedef struct {
  BillingDesk *desk;
  BillingQuery *query;
  sqlite3_stmt *bare;
} Bench;

static const struct {
  const char *what;
  const char *sort;
  gboolean descending;
  const char *status;
  const char *search;
  const char *keys;
} cases[] = {
  { "newest first", "created", TRUE, NULL, NULL,
    "SELECT pk, amount FROM payments INDEXED BY payments_by_created ORDER BY created_at DESC, pk DESC" },
  { "by amount", "amount", FALSE, NULL, NULL,
    "SELECT pk, amount FROM payments INDEXED BY payments_by_amount ORDER BY amount, pk" },
  { "by due date", "due", FALSE, NULL, NULL,
    "SELECT pk, amount FROM payments INDEXED BY payments_by_due ORDER BY due_on, pk" },
  { "by status", "status", FALSE, NULL, NULL,
    "SELECT pk, amount FROM payments INDEXED BY payments_by_status ORDER BY status_rank, pk" },
  { "by patient", "patient", FALSE, NULL, NULL,
    "SELECT pk, amount FROM payments INDEXED BY payments_by_patient_name ORDER BY patient_key, pk" },
  { "paid, newest first", "created", TRUE, "paid", NULL,
    "SELECT pk, amount FROM payments INDEXED BY payments_by_created WHERE status_rank = 3"
    " ORDER BY created_at DESC, pk DESC" },
  { "pending, by patient", "patient", FALSE, "pending", NULL,
    "SELECT pk, amount FROM payments INDEXED BY payments_by_status WHERE status_rank = 1 ORDER BY patient_key, pk" },
  { "search “mej”, newest first", "created", TRUE, NULL, "mej",
    "SELECT pk, amount FROM payments WHERE patient_id IN (SELECT id FROM patients WHERE pk IN"
    " (SELECT rowid FROM patients_search WHERE patients_search MATCH '\"mej\"')) ORDER BY created_at DESC, pk DESC" },
  { "search “al”, newest first", "created", TRUE, NULL, "al",
    "SELECT pk, amount FROM payments INDEXED BY payments_by_created WHERE patient_id IN (SELECT id FROM patients"
    " WHERE search LIKE 'al%' OR search LIKE '% al%') ORDER BY created_at DESC, pk DESC" },
};

static gboolean
read_rows (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr (GPtrArray) rows = billing_list_rows (connection, data, error);

  return rows != NULL;
}

static gboolean
read_listing (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (BillingListing) listing = billing_list_listing (connection, data, error);

  return listing != NULL;
}

static void
read_with (Bench            *bench,
           BillingStoreFunc  func)
{
  g_autoptr (GError) error = NULL;

  if (!billing_store_read (billing_desk_get_store (bench->desk), func, bench->query, NULL, &error))
    g_error ("%s", error->message);
}

static void
first_rows (gpointer data)
{
  Bench *bench = data;

  bench->query->limit = PAGE;
  read_with (bench, read_rows);
}

static void
whole_list (gpointer data)
{
  Bench *bench = data;

  bench->query->limit = -1;
  read_with (bench, read_listing);
}

static void
bare (gpointer data)
{
  Bench *bench = data;

  while (sqlite3_step (bench->bare) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (bench->bare); i++)
        sqlite3_column_text (bench->bare, i);
    }
  sqlite3_reset (bench->bare);
}

static void
bare_numbers (gpointer data)
{
  Bench *bench = data;

  while (sqlite3_step (bench->bare) == SQLITE_ROW)
    sqlite3_column_int64 (bench->bare, 0);
  sqlite3_reset (bench->bare);
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));

  return stmt;
}

static gboolean
run_case (BillingDesk *desk,
          sqlite3     *db,
          guint        i)
{
  g_autoptr (BillingQuery) query = billing_desk_query (desk, "payments");
  g_autofree char *rows = g_strdup_printf ("SELECT v.* FROM (%s LIMIT %d) k CROSS JOIN payments_view v ON v.pk = k.pk",
                                           cases[i].keys, PAGE);
  g_autofree char *first = g_strconcat ("first rows, ", cases[i].what, NULL);
  g_autofree char *whole = g_strconcat ("whole list, ", cases[i].what, NULL);
  Bench bench = { desk, query, prepare (db, rows) };
  gboolean kept;

  g_object_set (query, "sort", cases[i].sort, "descending", cases[i].descending, "status", cases[i].status,
                "search", cases[i].search, NULL);

  kept = billing_bench_report (first, billing_bench_time (first_rows, &bench, RUNS),
                               billing_bench_time (bare, &bench, RUNS), 150);
  sqlite3_finalize (bench.bare);

  bench.bare = prepare (db, cases[i].keys);
  kept = billing_bench_report (whole, billing_bench_time (whole_list, &bench, RUNS),
                               billing_bench_time (bare_numbers, &bench, RUNS), 150) && kept;
  sqlite3_finalize (bench.bare);
  return kept;
}

int
main (int    argc,
      char **argv)
{
  gint64 n_payments;
  g_autofree char *folder = billing_bench_practice (&n_payments);
  g_autofree char *path = g_build_filename (folder, "practice.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDesk) desk = billing_desk_open (folder, NULL, NULL, &error);
  sqlite3 *db;
  gboolean kept = TRUE;

  if (desk == NULL)
    g_error ("%s", error->message);
  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));

  g_print ("Lists of %" G_GINT64_FORMAT " payments, nanoseconds, ours : bare\n", n_payments);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    kept = run_case (desk, db, i) && kept;

  sqlite3_close (db);
  return kept ? 0 : 1;
}
