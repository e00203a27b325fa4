/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-report"

#include "config.h"

#include "billing-report.h"

G_DEFINE_FINAL_TYPE (BillingReportLine, billing_report_line, BILLING_TYPE_RECORD)

static BillingField report_line_fields[] = {
  BILLING_STRING_FIELD (BillingReportLine, name, 0),
  BILLING_STRING_FIELD (BillingReportLine, currency, 0),
  BILLING_INT64_FIELD (BillingReportLine, payments, 0),
  BILLING_INT64_FIELD (BillingReportLine, amount, 0),
  BILLING_INT64_FIELD (BillingReportLine, refunded, 0),
};

static void
billing_report_line_class_init (BillingReportLineClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "reports", "rep", NULL,
                                report_line_fields, G_N_ELEMENTS (report_line_fields));
}

static void
billing_report_line_init (BillingReportLine *self)
{
}

BillingReportLine *
billing_report_line_new (void)
{
  return g_object_new (BILLING_TYPE_REPORT_LINE, NULL);
}
