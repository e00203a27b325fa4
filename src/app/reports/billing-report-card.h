/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-query.h"
#include "billing-report-drawing.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REPORT_CARD (billing_report_card_get_type ())
G_DECLARE_FINAL_TYPE (BillingReportCard, billing_report_card, BILLING, REPORT_CARD, GtkBox)

/**
 * BillingReportCard:
 *
 * A question as its title, a chart that answers it, and the same numbers as a table, to be exported and printed.
 *
 * Property: `question` (string): the id of a #BillingReportQuestion, construct only. Signals: `rows` (BillingQuery,
 * BillingReportLine, string): somebody wants to see the rows of a number, and what it is called; `print`: on a page of its own;
 * `read`: what is shown was read.
 */
void                billing_report_card_set_desk     (BillingReportCard *self,
                                                      BillingDesk       *desk);
void                billing_report_card_read         (BillingReportCard *self,
                                                      BillingQuery      *query);
gboolean            billing_report_card_is_read      (BillingReportCard *self);
BillingReportSheet *billing_report_card_create_sheet (BillingReportCard *self);
void                billing_report_card_warn         (BillingReportCard *self,
                                                      const char        *problem);

G_END_DECLS
