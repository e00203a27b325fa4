/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-record-csv"

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-practice.h"
#include "billing-record-csv.h"
#include "billing-report.h"
#include "billing-safe-file.h"
#include "billing-test-folder.h"

static const BillingColumnFormat format = { "EUR", "America/New_York" };

static BillingPayment *
make_payment (void)
{
  return g_object_new (BILLING_TYPE_PAYMENT,
                       "number", "PAY-001", "patient-name", "Mejía, \"Pepe\"", "amount", G_GINT64_CONSTANT (25050),
                       "currency", "USD", "status", BILLING_STATUS_PARTIALLY_REFUNDED, "due-on", "2026-12-31",
                       /* 2026-11-02 02:30 UTC, still the first in New York */
                       "created-at", G_GINT64_CONSTANT (1793586600), "memo", "=1+1", NULL);
}

/* Payments are written as the screen shows them: its columns, in its order, plain amounts, days of the practice. */
static void
test_payments (void)
{
  g_autoptr (BillingPayment) payment = make_payment ();
  g_autofree char *header = billing_record_csv_header ("payments");
  g_autofree char *row = billing_record_csv_row (BILLING_RECORD (payment), &format);

  g_assert_cmpstr (header, ==, "Payment ID,Patient,Amount,Currency,Status,Due Date,Treatment,Created,Memo\r\n");
  g_assert_cmpstr (row, ==, "PAY-001,\"Mejía, \"\"Pepe\"\"\",250.50,USD,partially-refunded,2026-12-31,,2026-11-01,"
                            "'=1+1\r\n");
}

/* Amounts of a record without a currency are the practice's; what a benefit does not say, or a report does not count, stays empty. What
 * Stripe holds may be less than nothing. */
static void
test_amounts (void)
{
  g_autoptr (BillingPatient) patient =
    g_object_new (BILLING_TYPE_PATIENT, "name", "Ann", "credit", G_GINT64_CONSTANT (5), NULL);
  g_autoptr (BillingBenefit) benefit =
    g_object_new (BILLING_TYPE_BENEFIT, "check-id", "chk-1", "type", BILLING_BENEFIT_TYPE_COINSURANCE, "amount",
                  G_GINT64_CONSTANT (-1), "used", G_GINT64_CONSTANT (0), "currency", "JPY", "percent",
                  G_GINT64_CONSTANT (2005), NULL);
  g_autoptr (BillingReportLine) line =
    g_object_new (BILLING_TYPE_REPORT_LINE, "name", "available", "currency", "USD", "payments", G_GINT64_CONSTANT (-1),
                  "amount", G_GINT64_CONSTANT (-15919), "refunded", G_GINT64_CONSTANT (-1), NULL);
  g_autofree char *of_patient = billing_record_csv_row (BILLING_RECORD (patient), &format);
  g_autofree char *of_report = billing_record_csv_row (BILLING_RECORD (line), &format);
  g_autofree char *of_benefit = billing_record_csv_row (BILLING_RECORD (benefit), &format);

  g_assert_true (g_str_has_suffix (of_patient, ",0.05\r\n"));
  g_assert_cmpstr (of_report, ==, "available,,-159.19,,USD\r\n");
  g_assert_cmpstr (of_benefit, ==, "chk-1,coinsurance,,,,,,,0,20.05\r\n");
}

/* Every kind that the books can list has columns, each of them a property of its records; secrets are none. */
static void
test_kinds (void)
{
  g_autoptr (BillingPerson) person =
    g_object_new (BILLING_TYPE_PERSON, "account", "rosa", "name", "Rosa", "role", BILLING_ROLE_BILLER,
                  "passphrase", "$y$hash", "retired", TRUE, NULL);
  g_autofree char *row = billing_record_csv_row (BILLING_RECORD (person), &format);
  guint n_columns;

  g_assert_cmpstr (row, ==, "rosa,Rosa,biller,true,\r\n");
  g_assert_null (billing_columns_of ("shoes", &n_columns));
  g_assert_cmpuint (n_columns, ==, 0);
}

/* Many rows reach the stream in order and whole, in pieces. */
static void
test_stream (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (BillingRecordCsv) csv = billing_record_csv_new ("payments", NULL, stream, &format);
  g_autoptr (BillingPayment) payment = make_payment ();
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *header = billing_record_csv_header ("payments");
  g_autofree char *row = billing_record_csv_row (BILLING_RECORD (payment), &format);
  g_autoptr (GError) error = NULL;

  g_string_append (expected, header);
  for (int i = 0; i < 5000; i++)
    {
      billing_record_csv_add (csv, BILLING_RECORD (payment), NULL, &error);
      g_assert_no_error (error);
      g_string_append (expected, row);
    }
  billing_record_csv_finish (csv, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)),
                   expected->str, expected->len);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
write_safely (const char *path,
              const char *text,
              gboolean    commit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingSafeFile) file = billing_safe_file_open (path, &error);

  g_assert_no_error (error);
  g_output_stream_write_all (billing_safe_file_get_stream (file), text, strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
  if (commit)
    g_assert_true (billing_safe_file_commit (file, &error));
  g_assert_no_error (error);
}

/* A file that was not finished leaves what was there before and nothing else; a finished one is there, and private.
 * A link is followed. */
static void
test_safe_file (void)
{
  char *folder = billing_test_folder ();
  g_autofree char *path = g_build_filename (folder, "out.csv", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *later = NULL;
  g_autofree char *link = g_build_filename (folder, "link.csv", NULL);
  g_autofree char *through = NULL;
  GStatBuf info;

  write_safely (path, "first", FALSE);
  g_assert_cmpuint (count_files (folder), ==, 0);

  write_safely (path, "second", TRUE);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  write_safely (path, "third", FALSE);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "second");

  write_safely (path, "fourth", TRUE);
  g_assert_true (g_file_get_contents (path, &later, NULL, NULL));
  g_assert_cmpstr (later, ==, "fourth");
  g_assert_cmpuint (count_files (folder), ==, 1);

  g_assert_cmpint (symlink ("out.csv", link), ==, 0);
  write_safely (link, "fifth", TRUE);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_get_contents (path, &through, NULL, NULL));
  g_assert_cmpstr (through, ==, "fifth");

  billing_test_folder_remove (folder);
}

/* Where no file can be, the sentence says so; a device is written as it is, and is still there. */
static void
test_unsafe_places (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingSafeFile) file = NULL;

  g_assert_null (billing_safe_file_open ("/nowhere/at/all.csv", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/at/all.csv"));
  g_clear_error (&error);

  g_assert_null (billing_safe_file_open ("/", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);

  file = billing_safe_file_open ("/dev/null", &error);
  g_assert_no_error (error);
  g_assert_true (billing_safe_file_commit (file, &error));
  g_assert_true (g_file_test ("/dev/null", G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test ("/dev/null", G_FILE_TEST_IS_REGULAR));
}

/* Where the disk is full, it is said of which file; anything else is left as it was said. */
static void
test_full_disk (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingSafeFile) file = billing_safe_file_open ("/dev/full", &error);

  g_assert_no_error (error);
  billing_safe_file_explain (file, &error);
  g_assert_no_error (error);
  g_assert_false (g_output_stream_write_all (billing_safe_file_get_stream (file), "a,b\n", 4, NULL, NULL, &error));
  billing_safe_file_explain (file, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_nonnull (strstr (error->message, "/dev/full"));
  g_clear_error (&error);

  g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "enough");
  billing_safe_file_explain (file, &error);
  g_assert_cmpstr (error->message, ==, "enough");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record-csv/payments", test_payments);
  g_test_add_func ("/record-csv/amounts", test_amounts);
  g_test_add_func ("/record-csv/kinds", test_kinds);
  g_test_add_func ("/record-csv/stream", test_stream);
  g_test_add_func ("/record-csv/safe-file", test_safe_file);
  g_test_add_func ("/record-csv/unsafe-places", test_unsafe_places);
  g_test_add_func ("/record-csv/full-disk", test_full_disk);

  return g_test_run ();
}
