/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-query.h"

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

  char *name;       /* (owned): a status, a month, a location: the words of the report */
  char *currency;   /* (owned): ISO 4217 */
  gint64 payments;  /* how many; -1: not counted */
  gint64 amount;    /* minor units */
  gint64 refunded;  /* minor units that went back in the same time; -1: not part of the report */
  char *key;        /* (owned): what filters find its rows by: an id where the name is one of several; not printed */
};

BillingReportLine *billing_report_line_new (void);

/**
 * BillingReportRows:
 * @BILLING_REPORT_ROWS_NONE: of no list
 * @BILLING_REPORT_ROWS_PAYMENTS: all payments
 * @BILLING_REPORT_ROWS_COLLECTED: payments that came in, by that day
 * @BILLING_REPORT_ROWS_OUTSTANDING: payments that are Draft, Pending or Processing, by the day on which they are due, or were made
 * @BILLING_REPORT_ROWS_OWED: likewise, of all days: how old it is counts from today
 * @BILLING_REPORT_ROWS_REFUNDS: refunds that went back, by that day
 * @BILLING_REPORT_ROWS_FEES: the lines of Stripe's ledger, by their day, and what they cost
 * @BILLING_REPORT_ROWS_CHARGES: those of them by which money came in, and how much
 * @BILLING_REPORT_ROWS_PAYOUTS: Stripe's payouts, by the day on which it made them
 * @BILLING_REPORT_ROWS_PAYOUT_ITEMS: the same, and how much the lines of its ledger are that they are made of
 *
 * What a report adds up.
 */
typedef enum {
  BILLING_REPORT_ROWS_NONE,
  BILLING_REPORT_ROWS_PAYMENTS,
  BILLING_REPORT_ROWS_COLLECTED,
  BILLING_REPORT_ROWS_OUTSTANDING,
  BILLING_REPORT_ROWS_OWED,
  BILLING_REPORT_ROWS_REFUNDS,
  BILLING_REPORT_ROWS_FEES,
  BILLING_REPORT_ROWS_CHARGES,
  BILLING_REPORT_ROWS_PAYOUTS,
  BILLING_REPORT_ROWS_PAYOUT_ITEMS,
} BillingReportRows;

/**
 * BillingReportGroup:
 *
 * By what it is added up: a line each.
 */
typedef enum {
  BILLING_REPORT_GROUP_NONE,
  BILLING_REPORT_GROUP_MONTH,
  BILLING_REPORT_GROUP_LOCATION,
  BILLING_REPORT_GROUP_PHYSICIAN,
  BILLING_REPORT_GROUP_TENDER,
  BILLING_REPORT_GROUP_STATUS,
  BILLING_REPORT_GROUP_STANDING,
  BILLING_REPORT_GROUP_AGE,
  BILLING_REPORT_GROUP_REASON,
} BillingReportGroup;

/**
 * BillingReport:
 * @name: how the command line calls it
 * @rows: what it adds up
 * @group: by what
 * @basis: (nullable): of ages: by which days they are counted
 *
 * The numbers behind a card or a chart (design.md, section 5).
 */
typedef struct {
  const char *name;
  BillingReportRows rows;
  BillingReportGroup group;
  const char *basis;
} BillingReport;

const BillingReport *billing_report_list        (guint               *n_reports);
const BillingReport *billing_report_find        (const char          *name);
gboolean             billing_report_is_stripe   (const BillingReport *self);
BillingQuery        *billing_report_build_query (const BillingReport *report,
                                                 BillingReportLine   *line,
                                                 BillingQuery        *base);

G_END_DECLS
