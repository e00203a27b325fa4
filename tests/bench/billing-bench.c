/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-bench.h"

#include "billing-demo.h"
#include "billing-desk.h"

#define N_PAYMENTS 1000000
#define SEED 20261121

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/**
 * billing_bench_time:
 * @func: what to time
 * @data: for @func
 * @runs: how often
 *
 * Returns: the median of its times, in nanoseconds; one run more, the first, is not counted
 */
gint64
billing_bench_time (BillingBenchFunc func,
                    gpointer         data,
                    guint            runs)
{
  g_autofree gint64 *times = g_new (gint64, runs);

  func (data);
  for (guint i = 0; i < runs; i++)
    {
      gint64 start = g_get_monotonic_time ();

      func (data);
      times[i] = (g_get_monotonic_time () - start) * 1000;
    }

  qsort (times, runs, sizeof times[0], compare_times);
  return times[runs / 2];
}

/**
 * billing_bench_report:
 * @what: what was measured
 * @ours: nanoseconds, or bytes, of the program
 * @bare: the same of the least that could do it, in the same run
 * @percent: the bound, in hundredths of @bare
 *
 * Prints a ratio and its bound.
 *
 * Returns: whether the bound is kept
 */
gboolean
billing_bench_report (const char *what,
                      gint64      ours,
                      gint64      bare,
                      gint64      percent)
{
  gint64 ratio = ours * 100 / MAX (bare, 1);

  g_print ("%-62s %10" G_GINT64_FORMAT " : %10" G_GINT64_FORMAT "  ratio %" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT
           "  bound %" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT "  %s\n", what, ours, bare, ratio / 100, ratio % 100,
           percent / 100, percent % 100, ratio <= percent ? "kept" : "MISSED");
  return ratio <= percent;
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
