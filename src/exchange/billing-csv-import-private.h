/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-csv-import.h"
#include "billing-treatment.h"

G_BEGIN_DECLS

/* What the parts of the CSV import share. Only for this room. */

/**
 * BillingCsvShape:
 *
 * How the values of a target are read.
 */
typedef enum {
  BILLING_CSV_TEXT,
  BILLING_CSV_DATE,
  BILLING_CSV_MONEY,
  BILLING_CSV_NUMBER,
} BillingCsvShape;

/**
 * BillingCsvTarget:
 * @name: of the target
 * @kinds: bits of the kinds that have it: 1 patients, 2 treatments, 4 eligibility_checks
 * @weight: how much it tells about what the rows are
 * @words: the headers that mean it, separated by |, folded
 */
typedef struct {
  const char *name;
  guint kinds;
  int weight;
  BillingCsvShape shape;
  const char *label;
  const char *words;
} BillingCsvTarget;

const BillingCsvTarget *billing_csv_find_target    (const char *name);
const BillingCsvTarget *billing_csv_get_nth_target (guint       i);
guint                   billing_csv_get_kind_bit   (const char *kind);
const char             *billing_csv_get_kind_name  (guint       bit);
int                     billing_csv_rate           (const BillingCsvTarget *target,
                                                    const char *header);
char                   *billing_csv_fold_header    (const char *header);

/* Dates and amounts, as the file's own values show how to read them. */

/**
 * BillingCsvEvidence:
 *
 * What the values of a column look like.
 */
typedef struct {
  guint values;
  guint dates;        /* look like 3/4/2020 */
  guint first_large;  /* the first number is over 12: days stand first */
  guint second_large; /* the second is over 12: months stand first */
  guint comma;        /* amounts with a comma before the cents */
  guint point;
} BillingCsvEvidence;

void      billing_csv_evidence_add (BillingCsvEvidence *self, const char *value);
char     *billing_csv_parse_day    (const char *text, const char *order, const char *locale);
gboolean  billing_csv_parse_time   (const char *text, int *seconds);
char     *billing_csv_plain_number (const char *text, char decimal);
gboolean  billing_csv_is_in_currency (const char *text, const char *currency);
const char *billing_csv_guess_order (const char *locale);
char      billing_csv_guess_decimal (const char *locale, const char *currency);

/* What reading asks of a plan. */
const char *billing_csv_plan_get_value      (BillingCsvPlan *self, GStrv row, const char *target);
char        billing_csv_plan_get_decimal    (BillingCsvPlan *self);
const char *billing_csv_plan_get_reading_order (BillingCsvPlan *self);
const BillingCsvPractice *billing_csv_plan_get_practice (BillingCsvPlan *self);

/**
 * BillingCsvRow:
 * @plan: (not owned): how it is read
 * @number: as a spreadsheet counts
 * @cells: (not owned)
 * @problem: (owned) (nullable): the first thing in it that makes no sense
 *
 * A row that is being read.
 */
typedef struct {
  BillingCsvPlan *plan;
  guint64 number;
  GStrv cells;
  char *problem;
} BillingCsvRow;

/* What its cells say: billing-csv-import-cell.c */
const char *billing_csv_row_get            (BillingCsvRow *self, const char *target);
char       *billing_csv_row_dup            (BillingCsvRow *self, const char *target);
void        billing_csv_row_complain       (BillingCsvRow *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
char       *billing_csv_row_get_day        (BillingCsvRow *self, const char *target);
char       *billing_csv_row_get_birth_date (BillingCsvRow *self, const char *target);
gboolean    billing_csv_row_get_money      (BillingCsvRow *self, const char *target, gint64 *minor);
char       *billing_csv_row_get_gender     (BillingCsvRow *self);
gint64      billing_csv_row_get_start      (BillingCsvRow *self, const char *day);
BillingEligibilityStatus billing_csv_row_get_eligibility (BillingCsvRow *self);
char       *billing_csv_join_names         (const char *name, const char *given, const char *family);

/* What it is all together: billing-csv-import-row.c */
BillingImportItem *billing_csv_row_begin_item     (BillingCsvRow *self, const char *type);
BillingImportItem *billing_csv_row_read_patient   (BillingCsvRow *self);
BillingImportItem *billing_csv_row_read_treatment (BillingCsvRow *self);
BillingImportItem *billing_csv_row_read_check     (BillingCsvRow *self);
void               billing_csv_row_add_amounts    (BillingCsvRow *self, BillingImportPart *part);

G_END_DECLS
