/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libintl.h>
#include <string.h>

#include "billing-desk-private.h"
#include "billing-invoice-letter.h"
#include "billing-letter-run.h"
#include "billing-money.h"
#include "billing-statement-letter.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-verb-cases.h"

/* Invoices and statements on paper. What they say is compared as pdftotext reads it: what a person copies out of the file. */

typedef struct {
  char *folder;
  BillingDesk *desk;
} Fixture;

static char *original;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = billing_test_folder ();
  billing_test_copy (original, fixture->folder);
  fixture->desk = billing_verb_cases_open (fixture->folder);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->desk);
  billing_test_folder_remove (g_steal_pointer (&fixture->folder));
}

/* An invoice of services of one day each; each costs 100.00, of which the insurer pays @insurer cents. */
static void
make_invoice (Fixture    *fixture,
              const char *number,
              const char *patient,
              int         n_lines,
              int         insurer)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO invoices (id, number, patient_id, invoiced_on, due_on, currency, charges, insurer, amount, person, created_at)"
    " SELECT 'inv_%s', '%s', id, '2026-10-26', '2026-11-25', 'USD', %d, %d, %d, 'test', 1 FROM patients WHERE number = '%s';"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
    " INSERT INTO services (id, number, patient_id, day, code, name, price, amount, currency, insurer_part, created_at)"
    " SELECT 'svc_%s_' || i, 'S-%s-' || i, p.id, date ('2026-01-01', i || ' days'), '99213', 'Knee arthroscopy ' || i, 10000, 10000,"
    "  'USD', %d, 1 FROM n, patients p WHERE p.number = '%s';"
    "INSERT INTO invoice_lines (id, invoice_id, service_id, day, code, name, units, price, charge, insurer, amount)"
    " SELECT 'lin_' || id, 'inv_%s', id, day, code, name, 1, price, amount, insurer_part, patient_part FROM services"
    " WHERE number LIKE 'S-%s-%%';",
    number, number, n_lines * 10000, n_lines * insurer, n_lines * (10000 - insurer), patient, n_lines, number, number, insurer, patient,
    number, number);

  billing_test_sql (fixture->folder, sql);
}

static void
must_do (Fixture     *fixture,
         BillingVerb  verb,
         const char  *subject,
         const char  *first,
         ...)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, subject);
  g_autoptr (GError) error = NULL;
  va_list arguments;

  va_start (arguments, first);
  if (first != NULL)
    g_object_set_valist (G_OBJECT (act), first, arguments);
  va_end (arguments);
  billing_desk_do (fixture->desk, act, &error);
  g_assert_no_error (error);
}

/* A payment of an invoice: asked for, and perhaps paid. */
static void
add_payment (Fixture    *fixture,
             const char *invoice,
             gint64      amount,
             gboolean    is_paid)
{
  g_autofree char *owner = g_strdup_printf ("SELECT c.number FROM invoices i JOIN patients c ON c.id = i.patient_id WHERE i.number = '%s'",
                                            invoice);
  g_autofree char *patient = billing_test_text (fixture->folder, owner);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (act, "patient", patient, "has-amount", TRUE, "amount", amount, "payment-type", "office-visit", NULL);
  billing_desk_do (fixture->desk, act, &error);
  g_assert_no_error (error);
  if (is_paid)
    must_do (fixture, BILLING_VERB_PAYMENT_COLLECT, act->result, "tender", BILLING_TENDER_CHEQUE, "reference", "1001", NULL);
  sql = g_strdup_printf ("UPDATE payments SET invoice_id = (SELECT id FROM invoices WHERE number = '%s') WHERE number = '%s'", invoice,
                         act->result);
  billing_test_sql (fixture->folder, sql);
}

static void
add_link (Fixture    *fixture,
          const char *invoice)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO links (id, payment_id, state, stripe_id, url, amount, currency, expires_on, expires_at, opened_at, person, created_at)"
    " SELECT 'lnk_letter', id, 'open', 'plink_1', 'https://pay.example/abc', amount, currency, '2026-11-20', 1900000000, 1, 'test', 1"
    " FROM payments WHERE invoice_id = 'inv_%s' AND status = 'pending'", invoice);

  billing_test_sql (fixture->folder, sql);
}

/* What pdftotext reads of a file; NULL where there is no pdftotext. */
static char *
read_pdf (const char *path)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  const char *argv[] = { program, "-layout", path, "-", NULL };
  char *text = NULL;
  int status;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  if (program == NULL)
    return NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return text;
}

static char *
write_pdf (Fixture     *fixture,
           BillingVerb  verb,
           const char  *selection,
           const char  *from,
           const char  *to,
           const char  *name)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, NULL);
  g_autoptr (BillingLetterRun) run = NULL;
  char *path = g_build_filename (g_getenv ("BILLING_TEST_KEEP") != NULL ? g_getenv ("BILLING_TEST_KEEP") : fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  act->selection = g_strdup (selection);
  run = billing_letter_run_new (fixture->desk, act, from, to);
  billing_letter_run_write (run, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (billing_letter_run_get_progress (run), ==, 1000);
  return path;
}

/* Each pattern stands in the text, each after the one before it. Blanks stand for as many blanks as there are. */
static void
expect (const char         *text,
        const char * const *patterns)
{
  const char *from = text;

  for (guint i = 0; patterns[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (patterns[i], " ", -1);
      g_autoptr (GPtrArray) escaped = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *pattern = NULL;
      g_autoptr (GRegex) regex = NULL;
      g_autoptr (GMatchInfo) match = NULL;
      int end;

      for (guint k = 0; words[k] != NULL; k++)
        g_ptr_array_add (escaped, g_regex_escape_string (words[k], -1));
      g_ptr_array_add (escaped, NULL);
      pattern = g_strjoinv ("[\\s ]+", (char **) escaped->pdata);
      regex = g_regex_new (pattern, 0, 0, NULL);
      if (!g_regex_match (regex, from, 0, &match))
        g_error ("“%s” is not where it should be in:\n%s", patterns[i], text);
      g_match_info_fetch_pos (match, 0, NULL, &end);
      from += end;
    }
}

/* All that an invoice says, in its order, and its arithmetic: services, the insurer's part, what was lowered, paid before and since. */
static void
test_invoice (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const expected[] = {
    "Test Clinic", "12 Elm Street", "Springfield, IL 62701", "Zoë Ångström", "Invoice INV-901",
    "Invoiced Date Oct 26, 2026", "Due Nov 25, 2026", "Patient number PT-001",
    "Date Service Units Price Amount Insurer’s part Your part",
    "Jan 2, 2026 Service of Jan 2, 2026 1 $100.00 $100.00 $40.00 $60.00",
    "Jan 4, 2026 Service of Jan 4, 2026 1 $100.00 $100.00 $40.00 $60.00",
    "Services in full $300.00", "Insurer’s part -$120.00", "Your part $180.00", "Adjusted after your insurer’s answer -$30.00",
    "Of that, kept as your credit $10.00", "Pre-payment PAY-009 of Oct 26, 2026 -$40.00", "Paid on Oct 26, 2026 (Cheque, no. 1001) -$50.00",
    "Balance due $70.00", "Please pay $70.00 by Nov 25, 2026.", "Until Nov 20, 2026 you can pay online: https://pay.example/abc",
    "Come in by the back door.", "Pay within a month.", NULL,
  };
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  must_do (fixture, BILLING_VERB_PRACTICE_EDIT, NULL, "address-line", "12 Elm Street", "city", "Springfield", "region", "IL",
           "postal-code", "62701", NULL);
  billing_test_sql (fixture->folder, "UPDATE practice SET invoice_note = 'Pay within a month.'");
  g_clear_object (&fixture->desk);
  fixture->desk = billing_verb_cases_open (fixture->folder);
  make_invoice (fixture, "INV-901", "PT-001", 3, 4000);
  billing_test_sql (fixture->folder,
                    "UPDATE invoices SET lowered = 3000, credited = 1000, prepaid = 4000, memo = 'Come in by the back door.'"
                    " WHERE id = 'inv_INV-901';"
                    "INSERT INTO prepayments (id, invoice_id, payment_id, amount)"
                    " SELECT 'pre_1', 'inv_INV-901', id, 4000 FROM payments WHERE number = 'PAY-009'");
  add_payment (fixture, "INV-901", 5000, TRUE);
  add_payment (fixture, "INV-901", 7000, FALSE);
  add_link (fixture, "INV-901");
  path = write_pdf (fixture, BILLING_VERB_INVOICE_PRINT, "INV-901", NULL, NULL, "invoice.pdf");
  text = read_pdf (path);
  if (text != NULL)
    expect (text, expected);
}

/* Nothing clinical stands on paper until the practice says so: a name, then a code. */
static void
test_discreet (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct {
    const char *settings;
    gboolean has_name;
    gboolean has_code;
  } cases[] = {
    { "show_services = 0, show_codes = 0", FALSE, FALSE },
    { "show_services = 1, show_codes = 0", TRUE, FALSE },
    { "show_services = 1, show_codes = 1", TRUE, TRUE },
    { "show_services = 0, show_codes = 1", FALSE, TRUE },
  };

  make_invoice (fixture, "INV-901", "PT-001", 1, 0);
  add_payment (fixture, "INV-901", 10000, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE practice SET %s", cases[i].settings);
      g_autoptr (BillingLetter) letter = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      billing_test_sql (fixture->folder, sql);
      g_clear_object (&fixture->desk);
      fixture->desk = billing_verb_cases_open (fixture->folder);
      letter = billing_invoice_letter_build (fixture->desk, "INV-901", &error);
      g_assert_no_error (error);
      text = billing_letter_build_text (letter);
      g_assert_cmpint (strstr (text, "Knee arthroscopy") != NULL, ==, cases[i].has_name);
      g_assert_cmpint (strstr (text, "Service of Jan 2, 2026") != NULL, ==, !cases[i].has_name);
      g_assert_cmpint (strstr (text, "99213") != NULL, ==, cases[i].has_code);
    }
}

/* A patient gets their invoice in their language, with its days and amounts, while the program speaks English. */
static void
test_german (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const expected[] = {
    "Jürgen Weiß", "Hauptstraße 1", "10115 Berlin", "Patient Jürgen Weiß", "Patientennummer PT-004", "02.01.2026", "100,00 $",
    "1.200,00 $", "Bezahlt am 26.10.2026 (Scheck, Nr. 1001) -200,00 $", "Noch zu zahlen 1.000,00 $",
    "Bitte zahlen Sie 1.000,00 $ bis zum 25.11.2026.", NULL,
  };
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (!g_file_test (BILLING_TEST_LOCALES "/de/LC_MESSAGES/billing.mo", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the German catalogue is not built");
      return;
    }

  bindtextdomain (GETTEXT_PACKAGE, BILLING_TEST_LOCALES);
  billing_test_sql (fixture->folder, "INSERT INTO patients (id, number, name, language, address_line, city, postal_code, created_at)"
                                     " VALUES ('pat_de', 'PT-004', 'Jürgen Weiß', 'de-DE', 'Hauptstraße 1', 'Berlin', '10115', 1)");
  make_invoice (fixture, "INV-901", "PT-004", 12, 0);
  add_payment (fixture, "INV-901", 20000, TRUE);
  add_payment (fixture, "INV-901", 100000, FALSE);
  path = write_pdf (fixture, BILLING_VERB_INVOICE_PRINT, "INV-901", NULL, NULL, "german.pdf");
  text = read_pdf (path);
  if (text != NULL)
    expect (text, expected);
}

/* A void invoice says so in its text, asks for nothing, and has the word across its page. */
static void
test_void (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (BillingLetter) letter = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  make_invoice (fixture, "INV-901", "PT-001", 1, 0);
  billing_test_sql (fixture->folder, "UPDATE invoices SET voided_at = 1793000000");
  letter = billing_invoice_letter_build (fixture->desk, "INV-901", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (billing_letter_get_mark (letter), ==, "VOID");
  text = billing_letter_build_text (letter);
  g_assert_nonnull (strstr (text, "This invoice is void since Oct 26, 2026: nothing is owed."));
  g_assert_null (strstr (text, "Balance due"));
  g_assert_null (strstr (text, "Please pay"));
  path = write_pdf (fixture, BILLING_VERB_INVOICE_PRINT, "INV-901", NULL, NULL, "void.pdf");
}

/* An invoice of two hundred services has its heads and the number of the page on each page, and all its lines once. */
static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) pages = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_pages;

  make_invoice (fixture, "INV-901", "PT-001", 200, 2500);
  add_payment (fixture, "INV-901", 1500000, FALSE);
  path = write_pdf (fixture, BILLING_VERB_INVOICE_PRINT, "INV-901", NULL, NULL, "pages.pdf");
  text = read_pdf (path);
  if (text == NULL)
    return;

  pages = g_strsplit (text, "\f", -1);
  n_pages = g_strv_length (pages) - 1;
  g_assert_cmpuint (n_pages, >=, 4);
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *foot = g_strdup_printf ("Test Clinic · Invoice INV-901 · page %u of %u", i + 1, n_pages);

      g_assert_nonnull (strstr (pages[i], foot));
      if (i + 1 < n_pages)
        g_assert_nonnull (strstr (pages[i], "Your part"));
    }
  lines = g_strsplit (text, "Service of ", -1);
  g_assert_cmpuint (g_strv_length (lines) - 1, ==, 200);
  g_assert_true (g_regex_match_simple ("Your part +\\$15,000\\.00\n", pages[n_pages - 1], 0, 0));
}

/* A statement tells the ledger: its last balance is what the patient owes less their credit, whatever the period, and its ages sum to it. */
static void
test_statement (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const expected[] = {
    "Statement", "Date Oct 26, 2026", "Period Oct 26, 2026 to Oct 31, 2026", "Patient number PT-001",
    "Date What Asked Paid Balance", "Opening balance $0.00", "Refunded: ", "Invoice INV-901 $120.00", "Paid: Cheque, PAY-", "$50.00",
    "Balance due", "How long it has been due, on Oct 26, 2026", "Not yet 0–30 days 31–60 days 61–90 days 91 days and more", NULL,
  };
  static const char * const patients[] = { "PT-001", "PT-002" };
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  make_invoice (fixture, "INV-901", "PT-001", 2, 4000);
  add_payment (fixture, "INV-901", 5000, TRUE);
  add_payment (fixture, "INV-901", 7000, FALSE);
  path = write_pdf (fixture, BILLING_VERB_STATEMENT_PRINT, "PT-001", "2026-10-26", "2026-10-31", "statement.pdf");
  text = read_pdf (path);
  if (text != NULL)
    expect (text, expected);

  for (guint i = 0; i < G_N_ELEMENTS (patients); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT (SELECT ifnull (sum (amount), 0) FROM payments WHERE patient_id = c.id AND status IN ('pending', 'processing', 'failed'))"
        " - credit FROM patients c WHERE number = '%s'", patients[i]);
      gint64 owed = billing_test_integer (fixture->folder, sql);
      g_autofree char *amount = billing_money_format (billing_money_new (ABS (owed), "USD"), NULL);
      g_autofree char *line = g_strconcat (owed < 0 ? "Your credit with us|" : "Balance due|", amount, "\n", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (BillingLetter) letter = billing_statement_letter_build (fixture->desk, patients[i], NULL, NULL, &error);
      g_autofree char *said = NULL;

      g_assert_no_error (error);
      said = billing_letter_build_text (letter);
      if (strstr (said, line) == NULL)
        g_error ("“%s” is not in:\n%s", line, said);
    }
}

/* An invoice that was made later than it says stands under the day that it says: it was owed from then on. */
static void
test_statement_dates (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingLetter) letter = NULL;
  g_autofree char *said = NULL;

  make_invoice (fixture, "INV-902", "PT-002", 1, 8000);
  add_payment (fixture, "INV-902", 8000, FALSE);
  billing_test_sql (fixture->folder, "UPDATE invoices SET invoiced_on = '2026-10-10' WHERE number = 'INV-902'");
  letter = billing_statement_letter_build (fixture->desk, "PT-002", "2026-10-10", "2026-10-15", &error);
  g_assert_no_error (error);
  said = billing_letter_build_text (letter);
  if (strstr (said, "Invoice INV-902") == NULL || strstr (said, "Balance due|$80.00\n") == NULL)
    g_error ("The invoice is not in:\n%s", said);
}

/* A period that ends before it begins is refused, and so is a day that is none. */
static void
test_period (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (billing_statement_letter_build (fixture->desk, "PT-001", "2026-10-02", "2026-10-01", &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (billing_statement_letter_build (fixture->desk, "PT-001", "yesterday", NULL, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
}

static gint64
count_audited (Fixture *fixture)
{
  return billing_test_integer (fixture->folder, "SELECT count (*) FROM audit WHERE verb = 'invoice-print'");
}

/* Many at once: into one file or one file each, each in the audit once; a run that is stopped gives nothing out. */
static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "letters", NULL);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_PRINT, NULL);
  g_autoptr (BillingLetterRun) run = NULL, stopped = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *nothing = g_build_filename (fixture->folder, "nothing.pdf", NULL);
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *number = g_strdup_printf ("INV-90%d", i);

      make_invoice (fixture, number, i == 2 ? "PT-002" : "PT-001", i, 0);
    }
  path = write_pdf (fixture, BILLING_VERB_INVOICE_PRINT, "INV-901 INV-902 INV-903", NULL, NULL, "many.pdf");
  g_assert_cmpint (count_audited (fixture), ==, 3);
  text = read_pdf (path);
  if (text != NULL)
    expect (text, (const char *[]) { "Invoice INV-901", "\f", "Invoice INV-902", "\f", "Invoice INV-903", NULL });

  g_mkdir (folder, 0700);
  act->query = billing_query_new ("invoices");
  run = billing_letter_run_new (fixture->desk, act, NULL, NULL);
  billing_letter_run_write (run, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (billing_letter_run_get_n_letters (run), ==, count_audited (fixture) - 3);
  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s/INV-90%d.pdf", folder, i);

      g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
    }

  stopped = billing_letter_run_new (fixture->desk, act, NULL, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (billing_letter_run_write (stopped, nothing, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (g_file_test (nothing, G_FILE_TEST_EXISTS));
  letters = billing_letter_run_build (stopped, cancellable, &error);
  g_assert_null (letters);
  g_assert_cmpint (count_audited (fixture), ==, 3 + (gint64) billing_letter_run_get_n_letters (run));
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "invoice", test_invoice },
    { "discreet", test_discreet },
    { "german", test_german },
    { "void", test_void },
    { "pages", test_pages },
    { "statement", test_statement },
    { "statement-dates", test_statement_dates },
    { "period", test_period },
    { "many", test_many },
  };
  int result;

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  billing_test_folder_use_memory ();
  original = billing_test_folder ();
  billing_verb_cases_make (original);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/invoice-letter/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }
  result = g_test_run ();
  billing_test_folder_remove (original);
  return result;
}
