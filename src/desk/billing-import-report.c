/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-report"

#include "config.h"

#include "billing-import-report.h"

/* What an import tells people. These are records so that lists, tables and JSON come from one description. */

G_DEFINE_FINAL_TYPE (BillingImportCount, billing_import_count, BILLING_TYPE_RECORD)

static BillingField count_fields[] = {
  BILLING_STRING_FIELD (BillingImportCount, kind, 0),
  BILLING_STRING_FIELD (BillingImportCount, label, 0),
  BILLING_INT64_FIELD (BillingImportCount, added, 0),
  BILLING_INT64_FIELD (BillingImportCount, changed, 0),
  BILLING_INT64_FIELD (BillingImportCount, same, 0),
  BILLING_INT64_FIELD (BillingImportCount, waiting, 0),
  BILLING_INT64_FIELD (BillingImportCount, refused, 0),
  BILLING_INT64_FIELD (BillingImportCount, unused, 0),
};

static void
billing_import_count_class_init (BillingImportCountClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "import-counts", "imc", NULL,
                                count_fields, G_N_ELEMENTS (count_fields));
}

static void
billing_import_count_init (BillingImportCount *self)
{
}

BillingImportCount *
billing_import_count_new (void)
{
  return g_object_new (BILLING_TYPE_IMPORT_COUNT, NULL);
}

G_DEFINE_FINAL_TYPE (BillingImportProblem, billing_import_problem, BILLING_TYPE_RECORD)

static BillingField problem_fields[] = {
  BILLING_STRING_FIELD (BillingImportProblem, file, 0),
  BILLING_INT64_FIELD (BillingImportProblem, entry, 0),
  BILLING_STRING_FIELD (BillingImportProblem, what, 0),
  BILLING_STRING_FIELD (BillingImportProblem, text, 0),
  BILLING_STRING_FIELD (BillingImportProblem, line, 0),
};

static void
billing_import_problem_class_init (BillingImportProblemClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "import-problems", "imp", NULL,
                                problem_fields, G_N_ELEMENTS (problem_fields));
}

static void
billing_import_problem_init (BillingImportProblem *self)
{
}

BillingImportProblem *
billing_import_problem_new (void)
{
  return g_object_new (BILLING_TYPE_IMPORT_PROBLEM, NULL);
}

G_DEFINE_FINAL_TYPE (BillingImportColumn, billing_import_column, BILLING_TYPE_RECORD)

static BillingField column_fields[] = {
  BILLING_STRING_FIELD (BillingImportColumn, header, 0),
  BILLING_STRING_FIELD (BillingImportColumn, samples, 0),
  BILLING_STRING_FIELD (BillingImportColumn, target, 0),
  BILLING_STRING_FIELD (BillingImportColumn, target_label, 0),
  BILLING_STRING_FIELD (BillingImportColumn, note, 0),
};

static void
billing_import_column_class_init (BillingImportColumnClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "import-columns", "imo", NULL,
                                column_fields, G_N_ELEMENTS (column_fields));
}

static void
billing_import_column_init (BillingImportColumn *self)
{
}

BillingImportColumn *
billing_import_column_new (void)
{
  return g_object_new (BILLING_TYPE_IMPORT_COLUMN, NULL);
}

G_DEFINE_FINAL_TYPE (BillingImportFile, billing_import_file, BILLING_TYPE_RECORD)

static BillingField file_fields[] = {
  BILLING_STRING_FIELD (BillingImportFile, path, 0),
  BILLING_STRING_FIELD (BillingImportFile, name, 0),
  BILLING_STRING_FIELD (BillingImportFile, format, 0),
  BILLING_STRING_FIELD (BillingImportFile, kind, 0),
  BILLING_STRING_FIELD (BillingImportFile, encoding, 0),
  BILLING_STRING_FIELD (BillingImportFile, separator, 0),
  BILLING_STRING_FIELD (BillingImportFile, date_order, 0),
  BILLING_INT64_FIELD (BillingImportFile, size, 0),
  BILLING_INT64_FIELD (BillingImportFile, entries, 0),
};

static void
billing_import_file_class_init (BillingImportFileClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "import-files", "imf", NULL,
                                file_fields, G_N_ELEMENTS (file_fields));
}

static void
billing_import_file_init (BillingImportFile *self)
{
}

BillingImportFile *
billing_import_file_new (void)
{
  return g_object_new (BILLING_TYPE_IMPORT_FILE, NULL);
}
