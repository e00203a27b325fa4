/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"

G_BEGIN_DECLS

/**
 * BillingYearEnd:
 * @year: of what it is
 * @first: the first year of which something is known; 0: none
 * @last: the last one
 * @lines: (owned) (element-type BillingYearEndLine): months, and the sum of each currency behind its own
 *
 * What a year came to, read once: the table, the file and the paper say the same.
 */
typedef struct {
  int year;
  int first;
  int last;
  GPtrArray *lines;
} BillingYearEnd;

void            billing_year_end_free        (BillingYearEnd       *self);

/* Off the main loop. @year 0: the last one that is over, or the only one there is. */
void            billing_year_end_read_async  (BillingDesk          *desk,
                                              int                   year,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
BillingYearEnd *billing_year_end_read_finish (BillingStore         *store,
                                              GAsyncResult         *result,
                                              GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingYearEnd, billing_year_end_free)

G_END_DECLS
