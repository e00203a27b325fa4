/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-report-table.h"

G_BEGIN_DECLS

/**
 * BillingYearEndColumn:
 * @property: of a #BillingYearEndLine
 * @label: what it is called; to be translated
 */
typedef struct {
  const char *property;
  const char *label;
} BillingYearEndColumn;

/**
 * BillingYearEndBlock:
 * @title: what it is about; to be translated
 * @caption: what it counts; likewise
 * @columns: its amounts, up to one without a property
 *
 * One of the tables of the year's end.
 */
typedef struct {
  const char *title;
  const char *caption;
  BillingYearEndColumn columns[BILLING_REPORT_TABLE_MAX_SERIES + 1];
} BillingYearEndBlock;

const BillingYearEndBlock *billing_year_end_blocks      (guint                     *n_blocks);
BillingReportTable        *billing_year_end_build_table (GPtrArray                 *lines,
                                                         const BillingYearEndBlock *block,
                                                         const char                *currency);
char                     **billing_year_end_list_names  (const BillingYearEndBlock *block);
char                      *billing_year_end_build_csv   (GPtrArray                 *lines,
                                                         const char                *time_zone);

G_END_DECLS
