/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <time.h>

G_BEGIN_DECLS

/**
 * BillingBenchFunc:
 * @data: the caller's
 *
 * Something whose time is taken.
 */
typedef void (*BillingBenchFunc) (gpointer data);

gboolean     billing_bench_compare  (const char       *what,
                                     BillingBenchFunc  ours,
                                     BillingBenchFunc  bare,
                                     gpointer          data,
                                     clockid_t         clock,
                                     guint             runs,
                                     gint64            percent);
gboolean     billing_bench_report   (const char       *what,
                                     gint64            ours,
                                     gint64            bare,
                                     gint64            percent,
                                     gint64            slack);
char        *billing_bench_practice (gint64           *n_payments);

G_END_DECLS
