/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BillingReportPeriod:
 *
 * Which days reports are of, in the order of the dropdown; whole months, so that what is due later this month is among it.
 */
typedef enum {
  BILLING_REPORT_PERIOD_THIS_MONTH,
  BILLING_REPORT_PERIOD_LAST_MONTH,
  BILLING_REPORT_PERIOD_THIS_QUARTER,
  BILLING_REPORT_PERIOD_THIS_YEAR,
  BILLING_REPORT_PERIOD_TWELVE_MONTHS,
  BILLING_REPORT_PERIOD_CUSTOM,
} BillingReportPeriod;

gboolean  billing_report_period_get_days (BillingReportPeriod   period,
                                          const char           *today,
                                          char                **from,
                                          char                **to);
char     *billing_report_period_describe (const char           *from,
                                          const char           *to);

G_END_DECLS
