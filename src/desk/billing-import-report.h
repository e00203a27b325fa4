/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

#define BILLING_TYPE_IMPORT_COUNT (billing_import_count_get_type ())
G_DECLARE_FINAL_TYPE (BillingImportCount, billing_import_count, BILLING, IMPORT_COUNT, BillingRecord)

/**
 * BillingImportCount:
 *
 * What an import does with the entries of one kind: Patient, Encounter, …; for CSV patients,
 * treatments, eligibility_checks. To be read by its members or properties.
 */
struct _BillingImportCount {
  BillingRecord parent_instance;

  char *kind;     /* (owned): as the file calls it: Encounter, treatments, … */
  char *label;    /* (owned): for people: Treatments (Encounter) */
  gint64 added;   /* came in for the first time */
  gint64 changed; /* a later version of what was there */
  gint64 same;    /* what was there already */
  gint64 waiting; /* kept until what it refers to comes in */
  gint64 refused; /* did not come in; each has its problem */
  gint64 unused;  /* of a kind that Billing has no use for */
};

#define BILLING_TYPE_IMPORT_PROBLEM (billing_import_problem_get_type ())
G_DECLARE_FINAL_TYPE (BillingImportProblem, billing_import_problem, BILLING, IMPORT_PROBLEM,
                      BillingRecord)

/**
 * BillingImportProblem:
 *
 * Why one entry, or one file, did not come in.
 */
struct _BillingImportProblem {
  BillingRecord parent_instance;

  char *file;   /* (owned): its name without folders */
  gint64 entry; /* counted from 1; a row of CSV: its line; 0: the whole file */
  char *what;   /* (owned) (nullable): Encounter/123 */
  char *text;   /* (owned): why, a sentence for people */
  char *line;   /* (owned): all of it in one line */
};

#define BILLING_TYPE_IMPORT_COLUMN (billing_import_column_get_type ())
G_DECLARE_FINAL_TYPE (BillingImportColumn, billing_import_column, BILLING, IMPORT_COLUMN,
                      BillingRecord)

/**
 * BillingImportColumn:
 *
 * One column of a CSV file and what it is taken for.
 */
struct _BillingImportColumn {
  BillingRecord parent_instance;

  char *header;       /* (owned): as it stands in the file */
  char *samples;      /* (owned): the first values, separated by “ · ” */
  char *target;       /* (owned) (nullable): one of billing_importer_list_targets(), %NULL: left out */
  char *target_label; /* (owned): for people: Birth date, or Left out */
  char *note;         /* (owned) (nullable): how it is read, e.g. which order its dates have */
};

#define BILLING_TYPE_IMPORT_FILE (billing_import_file_get_type ())
G_DECLARE_FINAL_TYPE (BillingImportFile, billing_import_file, BILLING, IMPORT_FILE, BillingRecord)

/**
 * BillingImportFile:
 *
 * One file of an import, and what it was found to be.
 */
struct _BillingImportFile {
  BillingRecord parent_instance;

  char *path;       /* (owned) */
  char *name;       /* (owned): without folders */
  char *format;     /* (owned): fhir or csv; empty before billing_importer_prepare() */
  char *kind;       /* (owned) (nullable): of CSV: patients, treatments or eligibility_checks */
  char *encoding;   /* (owned) (nullable): of CSV */
  char *separator;  /* (owned) (nullable): of CSV: one character */
  char *date_order; /* (owned) (nullable): of CSV: ymd, dmy, mdy; ? where nothing tells it */
  gint64 size;      /* bytes */
  gint64 entries;   /* entries or rows read */
};

BillingImportCount   *billing_import_count_new   (void);
BillingImportProblem *billing_import_problem_new (void);
BillingImportColumn  *billing_import_column_new  (void);
BillingImportFile    *billing_import_file_new    (void);

G_END_DECLS
