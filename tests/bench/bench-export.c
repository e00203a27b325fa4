/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "billing-bench.h"
#include "billing-books.h"
#include "billing-exporter.h"

/*
 * All payments as CSV, in several orders and under a filter, against `sqlite3 -csv` with the same columns of the same rows: what is over is
 * that days are days of the practice, amounts have their decimals, and no field is a formula.
 */

#define RUNS 3
#define PERCENT 200

typedef struct {
  const char *what;
  const char *sort; /* (nullable) */
  const char *status; /* (nullable) */
  const char *sql;
} Case;

#define COLUMNS "SELECT number, patient_name, amount, currency, status, due_on, treatment, created_at, memo FROM payments_view "

static const Case cases[] = {
  { "all, by created", NULL, NULL, COLUMNS "ORDER BY created_at DESC, pk DESC" },
  { "all, by patient", "patient", NULL, COLUMNS "ORDER BY patient_key, created_at, pk" },
  { "paid, by amount", "amount", "paid", COLUMNS "WHERE status_rank = 3 ORDER BY amount, created_at, pk" },
};

static gint64
to_nanoseconds (struct timeval time)
{
  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_usec * G_GINT64_CONSTANT (1000);
}

/* What this program, or the programs that it started, had of the processors: what others do on the machine is none of ours. */
static gint64
read_clock (int who)
{
  struct rusage usage;

  g_assert_no_errno (getrusage (who, &usage));
  return to_nanoseconds (usage.ru_utime) + to_nanoseconds (usage.ru_stime);
}

static gint64
time_ours (BillingDesk *desk,
           const Case  *each,
           const char  *path)
{
  g_autoptr (BillingQuery) query = billing_desk_query (desk, "payments");
  g_autoptr (GError) error = NULL;
  gint64 start = read_clock (RUSAGE_SELF);

  g_object_set (query, "sort", each->sort, "status", each->status, NULL);
  if (!billing_desk_export (desk, query, NULL, path, NULL, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);

  return read_clock (RUSAGE_SELF) - start;
}

static void
write_to_cb (gpointer data)
{
  int fd = open (data, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  if (fd < 0 || dup2 (fd, STDOUT_FILENO) < 0)
    _exit (1);
}

static gint64
time_bare (const char *books,
           const Case *each,
           char       *path)
{
  const char *argv[] = { "sqlite3", "-readonly", "-csv", books, each->sql, NULL };
  g_autoptr (GError) error = NULL;
  gint64 start = read_clock (RUSAGE_CHILDREN);
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, write_to_cb, path, NULL, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s", error->message);

  return read_clock (RUSAGE_CHILDREN) - start;
}

static gboolean
measure (BillingDesk *desk,
         const char  *books,
         const Case  *each,
         char        *path)
{
  gint64 ours = G_MAXINT64;
  gint64 bare = G_MAXINT64;

  for (guint run = 0; run < RUNS; run++)
    {
      gint64 of_us = time_ours (desk, each, path);
      gint64 of_sqlite = time_bare (books, each, path);

      ours = MIN (ours, of_us);
      bare = MIN (bare, of_sqlite);
    }

  return billing_bench_report (each->what, ours, bare, PERCENT, 0);
}

int
main (int    argc,
      char **argv)
{
  gint64 n_payments;
  g_autofree char *folder = billing_bench_practice (&n_payments);
  g_autofree char *books = g_build_filename (folder, "practice.db", NULL);
  g_autofree char *path = g_build_filename (folder, "export.csv", NULL);
  g_autofree char *sqlite = g_find_program_in_path ("sqlite3");
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDesk) desk = billing_desk_open (folder, NULL, NULL, &error);
  gboolean kept = TRUE;

  if (desk == NULL)
    g_error ("%s", error->message);
  if (sqlite == NULL)
    {
      g_print ("There is no sqlite3 to measure against\n");
      return 77;
    }

  g_print ("CSV of %" G_GINT64_FORMAT " payments, CPU against sqlite3 -csv\n", n_payments);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    kept = measure (desk, books, &cases[i], path) && kept;

  unlink (path);
  return kept ? 0 : 1;
}
