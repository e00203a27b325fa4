/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_REPORT_LINE (billing_report_line_get_type ())
G_DECLARE_FINAL_TYPE (BillingReportLine, billing_report_line, BILLING, REPORT_LINE, BillingRecord)

/**
 * BillingReportLine:
 *
 * One line of a report: what it is about, how many payments, how much.
 * To be read by its members; changed by its properties.
 */
struct _BillingReportLine {
  BillingRecord parent_instance;

  char *name;       /* (owned): a status, a month, an age: the words of the report */
  char *currency;   /* (owned): ISO 4217 */
  gint64 payments;  /* how many; -1: not counted */
  gint64 amount;    /* minor units */
  gint64 refunded;  /* minor units that went back in the same time; -1: not part of the report */
};

BillingReportLine *billing_report_line_new (void);

G_END_DECLS
