/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "billing-bench.h"
#include "billing-test-practice.h"

/*
 * What a verb costs over the bare transaction that writes the same rows: payment, ledger, audit, seal, changes. What is over is the
 * check of the role, the reading, the status rule, the digest, and the way to the writer's thread and back.
 */

#define RUNS 301

typedef struct {
  BillingTestPractice practice;
  sqlite3 *db;
  GPtrArray *statements; /* (element-type sqlite3_stmt) */
  gint64 n;
} Bench;

static const char * const rows[] = {
  "BEGIN IMMEDIATE",
  "INSERT INTO sequences VALUES ('bare', 1) ON CONFLICT DO UPDATE SET next = next + 1",
  "INSERT INTO payments (id, number, patient_id, treatment_id, amount, currency, status, created_at, submitted_at,"
  " patient_key) SELECT 'bare' || ?1, 'BARE-' || ?1, p.id, t.id, 100, 'USD', 'pending', 1793000000, 1793000000,"
  " p.sort_key FROM patients p JOIN treatments t ON t.patient_id = p.id LIMIT 1",
  "INSERT INTO transactions (at, day, act, person, patient_id, payment_id, source)"
  " SELECT 1793000000, '2026-10-26', 'submit', 'bare', id, 'bare' || ?1, 'bare:' || ?1 FROM patients LIMIT 1",
  "INSERT INTO postings (transaction_pk, account, currency, amount)"
  " SELECT max (pk), 'patient-receivable', 'USD', 100 FROM transactions",
  "INSERT INTO postings (transaction_pk, account, currency, amount) SELECT max (pk), 'asked', 'USD', -100"
  " FROM transactions",
  "INSERT INTO audit (at, person, verb, subject_id, after) VALUES (1793000000, 'bare', 'payment-create', 'bare' || ?1,"
  " '{\"amount\":100,\"currency\":\"USD\",\"created-at\":1793000000,\"submitted-at\":1793000000}')",
  "INSERT INTO seals (at, desk, transaction_pk, posting_pk, audit_pk, key_id, digest)"
  " SELECT 1793000000, 'bare', (SELECT max (pk) FROM transactions), (SELECT max (pk) FROM postings),"
  " (SELECT max (pk) FROM audit), '', zeroblob (32)",
  "INSERT INTO changes (kind, row) SELECT 'payments', max (pk) FROM payments",
  "INSERT INTO changes (kind, row) SELECT 'audit', max (pk) FROM audit",
  "COMMIT",
};

static void
verb (gpointer data)
{
  Bench *bench = data;
  g_autofree char *number = billing_test_practice_create_payment (&bench->practice, 100, FALSE);
}

static void
bare (gpointer data)
{
  Bench *bench = data;

  bench->n++;
  for (guint i = 0; i < bench->statements->len; i++)
    {
      sqlite3_stmt *stmt = bench->statements->pdata[i];

      sqlite3_bind_int64 (stmt, 1, bench->n);
      if (sqlite3_step (stmt) != SQLITE_DONE)
        g_error ("%s", sqlite3_errmsg (bench->db));
      sqlite3_reset (stmt);
    }
}

static void
open_bare (Bench *bench)
{
  g_autofree char *path = g_build_filename (bench->practice.folder, "practice.db", NULL);

  if (sqlite3_open_v2 (path, &bench->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
      sqlite3_exec (bench->db, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (bench->db));

  bench->statements = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_finalize);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      sqlite3_stmt *stmt;

      if (sqlite3_prepare_v2 (bench->db, rows[i], -1, &stmt, NULL) != SQLITE_OK)
        g_error ("%s: %s", rows[i], sqlite3_errmsg (bench->db));
      g_ptr_array_add (bench->statements, stmt);
    }
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { 0, };
  gboolean kept;

  g_test_init (&argc, &argv, NULL);
  billing_test_practice_set_up (&bench.practice);
  open_bare (&bench);

  kept = billing_bench_compare ("a verb (create), nanoseconds, ours : bare", verb, bare, &bench, CLOCK_MONOTONIC,
                                RUNS, 200);

  g_ptr_array_unref (bench.statements);
  sqlite3_close (bench.db);
  billing_test_practice_tear_down (&bench.practice);
  return kept ? 0 : 1;
}
