/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BillingBenchFunc:
 * @data: the caller's
 *
 * Something whose time is taken.
 */
typedef void (*BillingBenchFunc) (gpointer data);

gint64       billing_bench_time     (BillingBenchFunc  func,
                                     gpointer          data,
                                     guint             runs);
gboolean     billing_bench_report   (const char       *what,
                                     gint64            ours,
                                     gint64            bare,
                                     gint64            percent);
char        *billing_bench_practice (gint64           *n_payments);

G_END_DECLS
