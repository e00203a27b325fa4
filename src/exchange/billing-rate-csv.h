/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-csv-import.h"

G_BEGIN_DECLS

/**
 * BillingRateRow:
 * @line: as a spreadsheet counts it
 * @code_system: (owned) (nullable): as BillingAct has it, and so are the next ones; what is %NULL the row does not say
 * @retired: (owned) (nullable): yes or no
 * @twin: (owned) (nullable): name of the rate for the other kind of payer
 * @from: (owned) (nullable): the day from which the price holds
 * @price: minor units; -1: the row says none
 * @problem: (owned) (nullable): what in it makes no sense
 *
 * A row of a file of billing rates: a rate, with one of its prices.
 */
typedef struct {
  guint64 line;
  char *code_system;
  char *code;
  char *name;
  char *payer_kind;
  char *billable;
  char *invoiced;
  char *retired;
  char *twin;
  char *currency;
  char *payer;
  char *from;
  gint64 price;
  char *problem;
} BillingRateRow;

void       billing_rate_row_free        (BillingRateRow            *self);
GPtrArray *billing_rate_csv_read        (GInputStream              *raw,
                                         const BillingCsvPractice  *practice,
                                         GCancellable              *cancellable,
                                         GError                   **error);
void       billing_rate_csv_append_head (GString                   *out);
void       billing_rate_csv_append      (GString                   *out,
                                         const char                *number,
                                         const BillingRateRow      *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingRateRow, billing_rate_row_free)

G_END_DECLS
