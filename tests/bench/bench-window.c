/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gtk/gtk.h>
#include <locale.h>

#include "billing-application.h"
#include "billing-bench.h"
#include "billing-bench-bare.h"
#include "billing-bench-watch.h"

/*
 * The window on a large practice against a bare column view of as many rows: until its first frame with rows, at jumps to far places, page by
 * page, and what both take of memory. Each is measured in processes of its own, in turn; the program runs itself for that:
 *
 *   bench-window --watch FOLDER START    the application; START is when its process was asked for
 *   bench-window --watch-bare N START    the bare view of N rows
 */

#define RUNS 5

typedef struct {
  gint64 values[BILLING_BENCH_N_FIGURES];
} Figures;

static const struct {
  const char *what;
  gint64 percent; /* 0: only told */
} figures[BILLING_BENCH_N_FIGURES] = {
  [BILLING_BENCH_FIRST_FRAME] = { "first frame with rows, from the start of the process, ns", 150 },
  [BILLING_BENCH_FIRST_FRAME_WORK] = { "first frame with rows: processor, ns", 0 },
  [BILLING_BENCH_JUMP_WORK] = { "jump to a far place: processor of its frames, ns", 150 },
  [BILLING_BENCH_JUMP] = { "jump to a far place: from its frame until rows are there, ns", 150 },
  [BILLING_BENCH_PAGE_FRAME] = { "page by page: processor of a frame, ns", 150 },
  [BILLING_BENCH_EMPTY_FRAMES] = { "page by page: of a hundred frames, with rows that wait", 0 },
  [BILLING_BENCH_MEMORY] = { "memory at its most, bytes", 150 },
  [BILLING_BENCH_STALLS] = { "typing a search: the main loop was busy over 16 ms, times", 0 },
  [BILLING_BENCH_LONGEST_STALL] = { "typing a search: for how long at most, ns", 0 },
};

static void
run (const char *program,
     const char *mode,
     const char *argument,
     Figures    *best)
{
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  const char *argv[] = { program, mode, argument, start, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) words = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s", error->message);

  words = g_strsplit (g_strstrip (output), " ", -1);
  if (g_strv_length (words) != BILLING_BENCH_N_FIGURES)
    g_error ("It said: %s", output);
  for (guint i = 0; i < BILLING_BENCH_N_FIGURES; i++)
    best->values[i] = MIN (best->values[i], g_ascii_strtoll (words[i], NULL, 10));
}

static gboolean
report (const Figures *ours,
        const Figures *bare)
{
  gboolean kept = TRUE;

  for (guint i = 0; i < BILLING_BENCH_N_FIGURES; i++)
    {
      if (figures[i].percent > 0)
        kept = billing_bench_report (figures[i].what, ours->values[i], bare->values[i], figures[i].percent, 0) && kept;
      else
        g_print ("%-62s %12" G_GINT64_FORMAT " : %12" G_GINT64_FORMAT "\n", figures[i].what, ours->values[i],
                 bare->values[i]);
    }

  return kept;
}

static gboolean
measure (const char *program)
{
  gint64 n_payments;
  g_autofree char *folder = billing_bench_practice (&n_payments);
  g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, n_payments);
  Figures ours, bare;

  for (guint i = 0; i < BILLING_BENCH_N_FIGURES; i++)
    ours.values[i] = bare.values[i] = G_MAXINT64;

  for (guint i = 0; i < RUNS; i++)
    {
      run (program, "--watch", folder, &ours);
      run (program, "--watch-bare", n, &bare);
    }

  g_print ("The window with %s payments, ours : bare\n", n);
  return report (&ours, &bare);
}

static int
watch (GtkApplication *application,
       const char     *folder,
       gint64          start)
{
  const char *argv[] = { "billing", "--practice", folder, NULL };

  /* Not the one that a person may have open. */
  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application)) | G_APPLICATION_NON_UNIQUE);
  billing_bench_watch (application, start);
  return g_application_run (G_APPLICATION (application), folder != NULL ? 3 : 1, (char **) argv);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkApplication) application = NULL;

  setlocale (LC_ALL, "");
  if (argc != 4)
    return measure (argv[0]) ? 0 : 1;

  if (g_str_equal (argv[1], "--watch"))
    {
      application = GTK_APPLICATION (billing_application_new ());
      return watch (application, argv[2], g_ascii_strtoll (argv[3], NULL, 10));
    }

  application = billing_bench_bare_new (g_ascii_strtoll (argv[2], NULL, 10));
  return watch (application, NULL, g_ascii_strtoll (argv[3], NULL, 10));
}
