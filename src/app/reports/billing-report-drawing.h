/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pangocairo.h>

#include "billing-practice.h"
#include "billing-report-table.h"

G_BEGIN_DECLS

/**
 * BillingReportSheet:
 * @title: (owned): the question
 * @caption: (owned): what is counted
 * @names: (owned) (nullable): what the amounts are called, translated
 * @table: (owned) (nullable): the answer
 * @lines: (owned) (nullable): the lines of a statement, which has no table
 *
 * What one card has to say on paper, or one part of a statement.
 */
typedef struct {
  char *title;
  char *caption;
  char **names;
  BillingReportTable *table;
  GPtrArray *lines;
} BillingReportSheet;

/**
 * BillingReportPage:
 * @heading: (owned): whose reports these are
 * @subheading: (owned): of which days and places, and from when
 * @sheets: (owned) (element-type BillingReportSheet)
 *
 * One page of paper: as many charts and tables as there are, as large as they can be together.
 */
typedef struct {
  char *heading;
  char *subheading;
  GPtrArray *sheets;
} BillingReportPage;

BillingReportSheet *billing_report_sheet_new  (const char         *title,
                                               const char         *caption,
                                               const char * const *names,
                                               BillingReportTable *table);
BillingReportSheet *billing_report_sheet_new_statement
                                              (const char         *title,
                                               const char         *caption);
void                billing_report_sheet_add_line
                                              (BillingReportSheet *self,
                                               const char         *label,
                                               const char         *note,
                                               const char         *amount,
                                               gboolean            is_sum);
char               *billing_report_subheading (BillingPractice    *practice,
                                               const char         *text);
BillingReportPage  *billing_report_page_new   (const char         *heading,
                                               const char         *subheading);
void                billing_report_page_free  (BillingReportPage  *self);
void                billing_report_page_add   (BillingReportPage  *self,
                                               BillingReportSheet *sheet);
void                billing_report_page_draw  (BillingReportPage  *self,
                                               cairo_t            *cr,
                                               double              width,
                                               double              height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingReportPage, billing_report_page_free)

G_END_DECLS
