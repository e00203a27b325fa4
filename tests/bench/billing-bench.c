/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-bench.h"

#include "billing-demo.h"
#include "billing-desk.h"

#define N_PAYMENTS 1000000
#define SEED 20261121

/* What beginning a transaction and building the SQL may cost once, whatever the ratio: a three-hundredth of a frame. */
#define SLACK_NANOSECONDS 50000

/* Every comparison goes on for this long, however quick it is. */
#define LEAST_NANOSECONDS (G_GINT64_CONSTANT (1000000000) / 5)

static gint64
get_time (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static gint64
time_once (BillingBenchFunc func,
           gpointer         data,
           clockid_t        clock)
{
  gint64 start = get_time (clock);

  func (data);
  return get_time (clock) - start;
}

/**
 * billing_bench_compare:
 * @what: what is measured
 * @ours: what the program does
 * @bare: the least that could do it
 * @data: for both
 * @clock: CLOCK_MONOTONIC, or CLOCK_PROCESS_CPUTIME_ID where nothing is waited for, so that other programs do not count
 * @runs: how often at least
 * @percent: the bound, in hundredths of @bare
 *
 * Times both in turn, after a run of each that does not count, and reports the quickest of each: whatever else the machine does
 * only ever adds.
 *
 * Returns: whether the bound is kept
 */
gboolean
billing_bench_compare (const char       *what,
                       BillingBenchFunc  ours,
                       BillingBenchFunc  bare,
                       gpointer          data,
                       clockid_t         clock,
                       guint             runs,
                       gint64            percent)
{
  gint64 best_ours = G_MAXINT64;
  gint64 best_bare = G_MAXINT64;
  gint64 start;

  ours (data);
  bare (data);
  start = get_time (clock);
  for (guint i = 0; i < runs || get_time (clock) - start < LEAST_NANOSECONDS; i++)
    {
      best_ours = MIN (best_ours, time_once (ours, data, clock));
      best_bare = MIN (best_bare, time_once (bare, data, clock));
    }

  return billing_bench_report (what, best_ours, best_bare, percent, SLACK_NANOSECONDS);
}

/**
 * billing_bench_report:
 * @what: what was measured
 * @ours: nanoseconds, or bytes, of the program
 * @bare: the same of the least that could do it, in the same run
 * @percent: the bound, in hundredths of @bare
 * @slack: what does not matter even where the ratio is missed
 *
 * Prints a ratio and its bound.
 *
 * Returns: whether the bound is kept
 */
gboolean
billing_bench_report (const char *what,
                      gint64      ours,
                      gint64      bare,
                      gint64      percent,
                      gint64      slack)
{
  gint64 ratio = ours * 100 / MAX (bare, 1);
  gboolean kept = ratio <= percent || ours - bare <= slack;

  g_print ("%-62s %12" G_GINT64_FORMAT " : %12" G_GINT64_FORMAT "  ratio %" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT
           "  bound %" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT "  %s\n", what, ours, bare, ratio / 100, ratio % 100,
           percent / 100, percent % 100, ratio <= percent ? "kept" : kept ? "kept: too short to matter" : "MISSED");
  return kept;
}

/**
 * billing_bench_practice:
 * @n_payments: (out): how many payments it has
 *
 * Gets the practice that the benchmarks read: a demo of a million payments (BILLING_BENCH_PAYMENTS says otherwise), made the first time
 * and kept in BILLING_BENCH_FOLDER, or in the user's cache.
 *
 * Returns: (transfer full): its folder
 */
char *
billing_bench_practice (gint64 *n_payments)
{
  const char *number = g_getenv ("BILLING_BENCH_PAYMENTS");
  const char *parent = g_getenv ("BILLING_BENCH_FOLDER");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  char *folder;

  *n_payments = number != NULL ? g_ascii_strtoll (number, NULL, 10) : N_PAYMENTS;
  name = g_strdup_printf ("billing-bench-%" G_GINT64_FORMAT, *n_payments);
  folder = g_build_filename (parent != NULL ? parent : g_get_user_cache_dir (), name, NULL);

  if (!billing_desk_exists (folder))
    {
      g_printerr ("Making a practice of %" G_GINT64_FORMAT " payments in %s …\n", *n_payments, folder);
      if (!billing_demo_create (folder, *n_payments, SEED, NULL, NULL, NULL, &error))
        g_error ("%s", error->message);
    }

  return folder;
}
