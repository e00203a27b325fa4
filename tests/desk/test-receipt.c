/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-receipt.h"
#include "billing-status.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-verb-cases.h"

/* What a patient is given about a payment. */

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

/* All that a letter says, a part a line: text, and the amount after a bar. */
static char *
read_letter (BillingDesk *desk,
             const char  *payment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingLetter) letter = billing_receipt_build (desk, payment, &error);
  g_autoptr (GString) text = NULL;

  g_assert_no_error (error);
  text = g_string_new (billing_letter_get_name (letter));
  g_string_append_printf (text, "\n%s\n%s\n", billing_letter_get_address (letter) != NULL ? billing_letter_get_address (letter) : "",
                          billing_letter_get_title (letter));
  for (guint i = 0; i < billing_letter_get_n_blocks (letter); i++)
    {
      const BillingLetterBlock *block = billing_letter_get_block (letter, i);

      g_string_append_printf (text, "%s|%s\n", block->text, block->value != NULL ? block->value : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Of each status, the title, the amounts and the sentence that are right, worked out by hand. */
static void
test_statuses (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct {
    BillingStatus status;
    const char *title;
    const char *has[4];
  } expected[] = {
    { BILLING_STATUS_DRAFT, "Draft of a Payment Request", { "\nAmount|$250.00\nBalance due|$0.00\n", "nothing is asked for yet" } },
    { BILLING_STATUS_PENDING, "Payment Request", { "\nAmount|$250.00\nBalance due|$250.00\n", "Please pay $250.00." } },
    { BILLING_STATUS_PROCESSING, "Payment Request", { "\nBalance due|$250.00\n", "nothing to do" } },
    { BILLING_STATUS_PAID, "Receipt", { "\nAmount|$140.00\nPaid on Oct 26, 2026 (Cash)|$140.00\nPaid|$140.00\nBalance due|$0.00\n" } },
    { BILLING_STATUS_FAILED, "Payment Request", { "\nBalance due|$250.00\n", "Please pay $250.00." } },
    { BILLING_STATUS_CANCELLED, "Cancelled Payment", { "\nAmount|$250.00\nBalance due|$0.00\n", "was cancelled on Oct 26, 2026: nothing is owed" } },
    { BILLING_STATUS_REFUNDED, "Receipt",
      { "Paid on Oct 26, 2026 (Bank transfer)|$120.00\nRefunded on Oct 26, 2026 (Bank transfer)|-$120.00\nPaid, less what went back|$0.00\n" } },
    { BILLING_STATUS_PARTIALLY_REFUNDED, "Receipt",
      { "\nAmount|$180.00\n", "|$180.00\nRefunded on Oct 26, 2026 (", ")|-$40.00\nPaid, less what went back|$140.00\nBalance due|$0.00\n" } },
    { BILLING_STATUS_VOIDED, "Released Authorisation", { "\nBalance due|$0.00\n", "no money was taken" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text = read_letter (fixture->desk, billing_verb_cases_payment (expected[i].status));
      g_autofree char *title = g_strdup_printf ("\n%s\n", expected[i].title);

      if (strstr (text, title) == NULL)
        g_error ("“%s” is no title of:\n%s", expected[i].title, text);
      for (guint k = 0; k < G_N_ELEMENTS (expected[i].has) && expected[i].has[k] != NULL; k++)
        {
          if (strstr (text, expected[i].has[k]) == NULL)
            g_error ("“%s” is not in:\n%s", expected[i].has[k], text);
        }
    }
}

static gboolean
make_clinical (BillingConnection  *connection,
               gpointer            data,
               GCancellable       *cancellable,
               GError            **error)
{
  return billing_connection_run (connection, error, "UPDATE patients SET birth_date = '1980-03-14', gender = 'female'", "") &&
         billing_connection_run (connection, error, "UPDATE payments SET memo = 'Knee arthroscopy'", "") &&
         billing_connection_run (connection, error, "UPDATE treatments SET physician_id = NULL", "");
}

/* Nothing clinical is on it: no birth date, no memo, no note, no code; a treatment is its number and its day. */
static void
test_discreet (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  billing_store_write (billing_desk_get_store (fixture->desk), make_clinical, NULL, NULL, &error);
  g_assert_no_error (error);
  text = read_letter (fixture->desk, billing_verb_cases_payment (BILLING_STATUS_PAID));
  g_assert_nonnull (strstr (text, "Patient|Zoë Ångström\n"));
  g_assert_nonnull (strstr (text, "Treatment|TRT-001, Oct 25, 2026\n"));
  g_assert_null (strstr (text, "1980"));
  g_assert_null (strstr (text, "Knee"));
  g_assert_null (strstr (text, "female"));
  g_assert_null (strstr (text, "Called."));
}

/* The practice's own words stand on it, as they were set last. */
static void
test_letterhead (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (act, "address-line", " 12 Elm Street ", "city", "Springfield", "region", "IL", "postal-code", "62701", "country",
                "USA", "phone", "+1 555 0100", "email", "desk@elm.example", "receipt-note", "Thank you.\nCome again.", NULL);
  billing_desk_do (fixture->desk, act, &error);
  g_assert_no_error (error);
  text = read_letter (fixture->desk, billing_verb_cases_payment (BILLING_STATUS_PAID));
  g_assert_true (g_str_has_prefix (text, "Test Clinic\n12 Elm Street\nSpringfield, IL 62701\nUSA\n+1 555 0100 · desk@elm.example\n"));
  g_assert_true (g_str_has_suffix (text, "Thank you.\nCome again.|\n"));

  g_object_set (act, "address-line", "", "city", "Berlin", "region", "", "postal-code", "10115", "country", "", "phone", "",
                "receipt-note", "", NULL);
  billing_desk_do (fixture->desk, act, &error);
  g_assert_no_error (error);
  g_free (text);
  text = read_letter (fixture->desk, billing_verb_cases_payment (BILLING_STATUS_PAID));
  g_assert_true (g_str_has_prefix (text, "Test Clinic\n10115 Berlin\ndesk@elm.example\n"));

  g_object_set (act, "city", "Two\nlines", NULL);
  g_assert_false (billing_desk_do (fixture->desk, act, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
}

/* A receipt leaves a file that only its owner reads, and a row of the audit; what cannot be written leaves neither. */
static void
test_written (Fixture       *fixture,
              gconstpointer  data)
{
  const char *number = billing_verb_cases_payment (BILLING_STATUS_PAID);
  g_autofree char *path = g_build_filename (fixture->folder, "receipt.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "receipt.pdf", NULL);
  g_autofree char *content = NULL;
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  billing_receipt_write (fixture->desk, number, path, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_assert_cmpint (billing_test_integer (fixture->folder, "SELECT count(*) FROM audit WHERE verb = 'payment-receipt'"), ==, 1);

  g_assert_false (billing_receipt_write (fixture->desk, number, nowhere, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (billing_receipt_write (fixture->desk, "PAY-404", path, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (billing_test_integer (fixture->folder, "SELECT count(*) FROM audit WHERE verb = 'payment-receipt'"), ==, 1);
  billing_desk_verify (fixture->desk, &report, NULL, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "statuses", test_statuses },
    { "discreet", test_discreet },
    { "letterhead", test_letterhead },
    { "written", test_written },
  };
  int result;

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  billing_test_folder_use_memory ();
  original = billing_test_folder ();
  billing_verb_cases_make (original);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/receipt/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }
  result = g_test_run ();
  billing_test_folder_remove (original);
  return result;
}
