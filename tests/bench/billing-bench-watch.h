/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BillingBenchFigure:
 *
 * What is measured of a window with a long list, in the order in which it is printed.
 */
typedef enum {
  BILLING_BENCH_FIRST_FRAME,
  BILLING_BENCH_FIRST_FRAME_WORK,
  BILLING_BENCH_JUMP_WORK,
  BILLING_BENCH_JUMP,
  BILLING_BENCH_PAGE_FRAME,
  BILLING_BENCH_EMPTY_FRAMES,
  BILLING_BENCH_MEMORY,
  BILLING_BENCH_STALLS,
  BILLING_BENCH_LONGEST_STALL,
  BILLING_BENCH_N_FIGURES,
} BillingBenchFigure;

void billing_bench_watch (GtkApplication *application,
                          gint64          start);

G_END_DECLS
