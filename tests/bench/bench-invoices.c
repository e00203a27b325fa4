/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "billing-bench.h"
#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-list.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"

/*
 * What invoicing all services of a practice at once costs over the bare statements that write the same rows: invoices, lines, services, payments,
 * ledger, audit. What is over is choosing and grouping them, the pre-payments of their treatments, the description in the audit, the digest.
 * Then what it takes to list the invoices.
 */

#define N_SERVICES 100000
#define N_PATIENTS 20000
#define PER_PATIENT (N_SERVICES / N_PATIENTS)
#define NOW G_GINT64_CONSTANT (1793000000)
#define TODAY "2026-10-26"
#define ROUNDS 2

static const char * const fillings[] = {
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " G_STRINGIFY (N_PATIENTS) ")"
  " INSERT INTO patients (id, number, name, created_at, sort_key, search)"
  " SELECT 'pat_b' || i, 'PT-B' || i, 'Patient ' || i, 1793000000, CAST (printf ('%08d', i * 7919 % 1000003) AS BLOB), 'patient ' || i FROM n",

  /* A treatment for every two services. */
  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " G_STRINGIFY (N_SERVICES) " / 2 - 1)"
  " INSERT INTO treatments (id, number, patient_id, starts_at, day, currency, created_at)"
  " SELECT 'trt_b' || i, 'TRT-B' || i, 'pat_b' || (i * 2 / " G_STRINGIFY (PER_PATIENT) " + 1), 1792000000, '2026-10-14', 'USD', 1792000000"
  " FROM n",

  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " G_STRINGIFY (N_SERVICES) " - 1)"
  " INSERT INTO services (id, number, patient_id, treatment_id, day, code_system, code, name, price, amount, currency, rate_invoiced,"
  "   created_at, patient_key)"
  " SELECT 'svc_b' || i, 'SVC-B' || i, p.id, t.id, '2026-10-14', 'CPT', '99213', 'Visit', 15000, 15000, 'USD', 1, 1792000000, p.sort_key"
  " FROM n CROSS JOIN treatments t ON t.id = 'trt_b' || (i / 2) CROSS JOIN patients p ON p.id = t.patient_id",
};

static gint64
get_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static gboolean
fill (BillingConnection  *connection,
      gpointer            data,
      GCancellable       *cancellable,
      GError            **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fillings); i++)
    {
      if (!billing_connection_run (connection, error, fillings[i], ""))
        return FALSE;
    }

  return TRUE;
}

static void
set_up (BillingTestPractice *practice)
{
  g_autoptr (GError) error = NULL;

  billing_test_practice_set_up (practice);
  billing_desk_set_clock (practice->desk, NOW);
  billing_store_write (billing_desk_get_store (practice->desk), fill, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* By the verb, of all that the list shows. */
static gint64
invoice (BillingTestPractice *practice)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, NULL);
  g_autoptr (GError) error = NULL;
  gint64 begun = get_time ();

  act->query = billing_desk_query (practice->desk, "services");
  act->query->status = g_strdup ("to-invoice");
  act->expected = N_SERVICES;
  billing_desk_do (practice->desk, act, &error);
  g_assert_no_error (error);
  return get_time () - begun;
}

/* --- bare ------------------------------------------------------------------------------------------ */

enum { INVOICE, LINES, SERVICES, PAYMENT, ENTRY, DEBIT, CREDIT, INVOICE_AUDIT, PAYMENT_AUDIT, N_STATEMENTS };

/* Of the patient ?1, whose invoice is the ?1st. */
static const char * const statements[N_STATEMENTS] = {
  [INVOICE] = "INSERT INTO invoices (id, number, patient_id, invoiced_on, due_on, currency, charges, amount, balance, person, created_at,"
              " patient_key) SELECT 'inv_b' || ?1, 'INV-' || ?1, id, '" TODAY "', '2026-11-25', 'USD', 75000, 75000, 75000, 'bench', 1793000000,"
              " sort_key FROM patients WHERE id = 'pat_b' || ?1",
  [LINES] = "INSERT INTO invoice_lines (id, invoice_id, service_id, day, code, name, units, price, charge, insurer, amount)"
            " SELECT 'ivl_' || id, 'inv_b' || ?1, id, day, code, name, units, price, amount, insurer_part, patient_part"
            " FROM services WHERE patient_id = 'pat_b' || ?1",
  [SERVICES] = "UPDATE services SET revision = revision + 1, invoice_id = 'inv_b' || ?1, reviewed_at = 1793000000, reviewed_by = 'bench'"
               " WHERE patient_id = 'pat_b' || ?1",
  [PAYMENT] = "INSERT INTO payments (id, revision, number, patient_id, amount, currency, due_on, status, created_at, submitted_at, invoice_id,"
              " patient_key) SELECT 'pay_b' || ?1, 2, 'PAY-B' || ?1, id, 75000, 'USD', '2026-11-25', 'pending', 1793000000, 1793000000,"
              " 'inv_b' || ?1, sort_key FROM patients WHERE id = 'pat_b' || ?1",
  [ENTRY] = "INSERT INTO transactions (at, day, act, person, patient_id, payment_id, source)"
            " VALUES (1793000000, '" TODAY "', 'submit', 'bench', 'pat_b' || ?1, 'pay_b' || ?1, 'pay_b' || ?1 || ':submit:1')",
  [DEBIT] = "INSERT INTO postings (transaction_pk, account, currency, amount)"
            " SELECT max (pk), 'patient-receivable', 'USD', 75000 FROM transactions",
  [CREDIT] = "INSERT INTO postings (transaction_pk, account, currency, amount) SELECT max (pk), 'asked', 'USD', -75000 FROM transactions",
  [INVOICE_AUDIT] = "INSERT INTO audit (at, person, verb, subject_id, after) VALUES (1793000000, 'bench', 'invoice-create', 'inv_b' || ?1,"
                    " '{\"number\":\"INV-' || ?1 || '\",\"patient-id\":\"pat_b' || ?1 || '\",\"invoiced-on\":\"" TODAY "\","
                    "\"due-on\":\"2026-11-25\",\"currency\":\"USD\",\"charges\":75000,\"amount\":75000,\"person\":\"bench\"}')",
  [PAYMENT_AUDIT] = "INSERT INTO audit (at, person, verb, subject_id, after) VALUES (1793000000, 'bench', 'invoice-create', 'pay_b' || ?1,"
                    " '{\"number\":\"PAY-B' || ?1 || '\",\"patient-id\":\"pat_b' || ?1 || '\",\"amount\":75000,\"currency\":\"USD\","
                    "\"due-on\":\"2026-11-25\",\"status\":\"pending\",\"created-at\":1793000000,\"submitted-at\":1793000000}')",
};

static sqlite3 *
open_bare (BillingTestPractice *practice)
{
  g_autofree char *path = g_build_filename (practice->folder, "practice.db", NULL);
  sqlite3 *db;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
      sqlite3_exec (db, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  return db;
}

static gint64
invoice_bare (BillingTestPractice *practice)
{
  sqlite3 *db = open_bare (practice);
  sqlite3_stmt *stmts[N_STATEMENTS];
  gint64 begun = get_time ();

  for (guint i = 0; i < N_STATEMENTS; i++)
    {
      if (sqlite3_prepare_v2 (db, statements[i], -1, &stmts[i], NULL) != SQLITE_OK)
        g_error ("%s: %s", statements[i], sqlite3_errmsg (db));
    }
  sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  for (gint64 n = 1; n <= N_PATIENTS; n++)
    {
      for (guint i = 0; i < N_STATEMENTS; i++)
        {
          sqlite3_bind_int64 (stmts[i], 1, n);
          if (sqlite3_step (stmts[i]) != SQLITE_DONE)
            g_error ("%s: %s", statements[i], sqlite3_errmsg (db));
          sqlite3_reset (stmts[i]);
        }
    }
  if (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  begun = get_time () - begun;

  for (guint i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (stmts[i]);
  sqlite3_close (db);
  return begun;
}

/* --- the list -------------------------------------------------------------------------------------- */

typedef struct {
  BillingTestPractice *practice;
  BillingQuery *query;
  sqlite3_stmt *stmt;
} List;

static gboolean
list_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  List *list = data;
  g_autoptr (BillingListing) listing = billing_list_listing (connection, list->query, error);

  g_assert_cmpuint (listing->pks->len, ==, N_PATIENTS);
  return listing != NULL;
}

static void
list_ours (gpointer data)
{
  List *list = data;
  g_autoptr (GError) error = NULL;

  billing_store_read (billing_desk_get_store (list->practice->desk), list_func, list, NULL, &error);
  g_assert_no_error (error);
}

static void
list_bare (gpointer data)
{
  List *list = data;
  g_autoptr (GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 sum = 0;
  gint64 overdue = 0;

  while (sqlite3_step (list->stmt) == SQLITE_ROW)
    {
      gint64 pk = sqlite3_column_int64 (list->stmt, 0);

      g_array_append_val (pks, pk);
      sum += sqlite3_column_int64 (list->stmt, 1);
      overdue += sqlite3_column_int64 (list->stmt, 2);
    }
  sqlite3_reset (list->stmt);
  g_assert_cmpuint (pks->len, ==, N_PATIENTS);
}

static gboolean
compare_lists (BillingTestPractice *practice)
{
  static const char * const sorts[][3] = {
    { "number", "pk", "invoices_by_number" }, { "patient", "patient_key", "invoices_by_patient_name" },
    { "due", "due_on", "invoices_by_due" }, { "balance", "balance", "invoices_by_balance" },
  };
  sqlite3 *db = open_bare (practice);
  gboolean kept = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (BillingQuery) query = billing_desk_query (practice->desk, "invoices");
      g_autofree char *what = g_strdup_printf ("list of invoices by %s, ns, ours : bare", sorts[i][0]);
      g_autofree char *sql = g_strdup_printf ("SELECT pk, balance, balance > 0 AND due_on < '" TODAY "' FROM invoices INDEXED BY %s"
                                              " ORDER BY %s DESC, pk DESC", sorts[i][2], sorts[i][1]);
      List list = { practice, query, NULL };

      query->sort = g_strdup (sorts[i][0]);
      query->descending = TRUE;
      query->limit = -1;
      if (sqlite3_prepare_v2 (db, sql, -1, &list.stmt, NULL) != SQLITE_OK)
        g_error ("%s", sqlite3_errmsg (db));
      kept &= billing_bench_compare (what, list_ours, list_bare, &list, CLOCK_PROCESS_CPUTIME_ID, 11, 200);
      sqlite3_finalize (list.stmt);
    }

  sqlite3_close (db);
  return kept;
}

int
main (int    argc,
      char **argv)
{
  gint64 ours = G_MAXINT64;
  gint64 bare = G_MAXINT64;
  gboolean kept = TRUE;

  g_test_init (&argc, &argv, NULL);
  for (guint round = 0; round < ROUNDS; round++)
    {
      BillingTestPractice practice = { NULL, };
      gint64 taken;

      set_up (&practice);
      taken = invoice_bare (&practice);
      bare = MIN (bare, taken);
      billing_test_practice_tear_down (&practice);

      set_up (&practice);
      taken = invoice (&practice);
      ours = MIN (ours, taken);
      if (round == 0)
        kept &= compare_lists (&practice);
      billing_test_practice_tear_down (&practice);
    }

  kept &= billing_bench_report ("invoicing 100,000 services, CPU : the bare rows, ns", ours, bare, 200, 0);
  return kept ? 0 : 1;
}
