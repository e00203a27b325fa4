/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-day-cache.h"
#include "billing-record.h"

G_BEGIN_DECLS

/**
 * BillingColumnType:
 * @BILLING_COLUMN_TEXT: as it stands
 * @BILLING_COLUMN_MONEY: minor units of the record's currency, or of the practice's where it has none
 * @BILLING_COLUMN_DAY: an ISO day
 * @BILLING_COLUMN_DAY_OF: an instant, of which the day is shown
 * @BILLING_COLUMN_INSTANT: an instant, to the second
 * @BILLING_COLUMN_PERCENT: hundredths of a percent
 * @BILLING_COLUMN_NUMBER: how many
 */
typedef enum {
  BILLING_COLUMN_TEXT,
  BILLING_COLUMN_MONEY,
  BILLING_COLUMN_DAY,
  BILLING_COLUMN_DAY_OF,
  BILLING_COLUMN_INSTANT,
  BILLING_COLUMN_PERCENT,
  BILLING_COLUMN_NUMBER,
} BillingColumnType;

/**
 * BillingColumn:
 * @title: its heading, to be translated where people read it
 * @property: what it shows of a record
 * @type: how
 *
 * One column of the screen, of a CSV file and of the tables of the command line.
 */
typedef struct {
  const char *title;
  const char *property;
  BillingColumnType type;
} BillingColumn;

/**
 * BillingColumnFormat:
 * @currency: of the practice
 * @time_zone: of the practice: days begin in it
 *
 * What columns need to know beside the record. Both are borrowed.
 */
typedef struct {
  const char *currency;
  const char *time_zone;
} BillingColumnFormat;

/**
 * BillingColumnValue:
 * @text: (nullable): the text, of a field that is one or is an enumeration
 * @integer: the number, of any other
 *
 * What a column shows, read from wherever it stands.
 */
typedef struct {
  const char *text;
  gint64 integer;
} BillingColumnValue;

const BillingColumn *billing_columns_of     (const char                *kind,
                                             guint                     *n_columns);
char                *billing_column_plain   (const BillingColumn       *column,
                                             BillingRecord             *record,
                                             const BillingColumnFormat *format);
BillingColumnValue   billing_column_get_value (BillingRecord           *record,
                                             const BillingField        *field);
void                 billing_column_append_plain (GString              *out,
                                             const BillingColumn       *column,
                                             BillingRecordClass        *klass,
                                             const BillingField        *field,
                                             const BillingColumnValue  *value,
                                             const char                *currency,
                                             BillingDayCache           *days);
char                *billing_column_shown   (const BillingColumn       *column,
                                             BillingRecord             *record,
                                             const BillingColumnFormat *format);

G_END_DECLS
