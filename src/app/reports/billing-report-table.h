/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-report.h"

G_BEGIN_DECLS

#define BILLING_REPORT_TABLE_MAX_SERIES 8

/**
 * BillingReportRow:
 * @key: (owned): of its lines
 * @currency: (owned): other currencies than the practice's stand beside it, in rows of their own
 * @label: (owned): what it is about, as short as an axis needs it
 * @title: (owned): likewise, in full
 * @lines: (owned) (nullable): what the reports say of it; %NULL: nothing
 *
 * One row of a table, one place of its chart.
 */
typedef struct {
  char *key;
  char *currency;
  char *label;
  char *title;
  BillingReportLine *lines[BILLING_REPORT_TABLE_MAX_SERIES];
} BillingReportRow;

/**
 * BillingReportTable:
 * @currency: (owned): of the chart
 * @n_series: how many reports there are beside each other
 * @rows: (owned) (element-type BillingReportRow)
 * @totals: of the rows in @currency, in minor units
 *
 * What a chart, the table under it, its CSV and its print show: the lines of one or two reports, beside each other. Counted by references.
 */
typedef struct {
  char *currency;
  guint n_series;
  GPtrArray *rows;
  gint64 totals[BILLING_REPORT_TABLE_MAX_SERIES];
} BillingReportTable;

BillingReportTable *billing_report_table_new        (const BillingReport * const *reports,
                                                     GPtrArray * const           *lines,
                                                     guint                        n_series,
                                                     const char                  *currency);
BillingReportTable *billing_report_table_ref        (BillingReportTable          *self);
void                billing_report_table_unref      (BillingReportTable          *self);
gint64              billing_report_row_get_amount   (const BillingReportRow      *row,
                                                     guint                        series);
char               *billing_report_row_get_shown    (const BillingReportRow      *row,
                                                     guint                        series);
BillingReportRow   *billing_report_table_find       (BillingReportTable          *self,
                                                     const char                  *key);
char               *billing_report_table_to_csv     (BillingReportTable          *self,
                                                     const char * const          *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingReportTable, billing_report_table_unref)

G_END_DECLS
