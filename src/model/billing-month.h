/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A month is the text `2026-11`, the beginning of its days (billing-day.h), in the Gregorian calendar.
 */

/**
 * BillingMonthStyle:
 * @BILLING_MONTH_SHORT: `Nov`, for an axis
 * @BILLING_MONTH_NAME: `November`
 * @BILLING_MONTH_FULL: `November 2026`
 *
 * How a month is written.
 */
typedef enum {
  BILLING_MONTH_SHORT,
  BILLING_MONTH_NAME,
  BILLING_MONTH_FULL,
} BillingMonthStyle;

gboolean  billing_month_is_valid  (const char        *month);
char     *billing_month_of        (const char        *day);
char     *billing_month_add       (const char        *month,
                                   int                months);
char     *billing_month_first_day (const char        *month);
char     *billing_month_last_day  (const char        *month);
char     *billing_month_format    (const char        *month,
                                   BillingMonthStyle  style,
                                   const char        *locale);

G_END_DECLS
