/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-report-table.h"

G_BEGIN_DECLS

/**
 * BillingReportView:
 * @name: what the switcher calls it; this and all other texts are to be translated
 * @title: the question
 * @reports: (array zero-terminated=1): what answers it, each one a series of bars
 * @is_time: whether its bars stand in an order of their own, and not lie by their size
 *
 * One way to look at a question.
 */
typedef struct {
  const char *name;
  const char *title;
  const char *reports[BILLING_REPORT_TABLE_MAX_SERIES + 1];
  gboolean is_time;
} BillingReportView;

/**
 * BillingReportQuestion:
 * @id: its word in .ui files
 * @caption: what is counted
 * @empty: what to say where there is nothing
 * @series: (array zero-terminated=1): what its numbers are called
 * @file_name: what its CSV file is called at first
 * @conclude: (nullable): the answer in a sentence, where the numbers have one
 * @views: (array zero-terminated=1)
 *
 * A question that a card of the Reports page answers with one chart.
 */
typedef struct {
  const char *id;
  const char *caption;
  const char *empty;
  const char *series[BILLING_REPORT_TABLE_MAX_SERIES + 1];
  const char *file_name;
  char *(*conclude) (BillingReportTable *table);
  BillingReportView views[4];
} BillingReportQuestion;

const BillingReportQuestion *billing_report_question_find        (const char                  *id);
guint                        billing_report_question_get_n_views (const BillingReportQuestion *self);

G_END_DECLS
