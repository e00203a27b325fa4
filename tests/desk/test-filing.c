/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-documents.h"
#include "billing-filing.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"

/* Notes and documents. */

static void
set_up (BillingTestPractice *practice,
        gconstpointer        data)
{
  billing_test_practice_set_up (practice);
}

static void
tear_down (BillingTestPractice *practice,
           gconstpointer        data)
{
  billing_test_practice_tear_down (practice);
}

static gboolean
add_note (BillingTestPractice  *practice,
          const char           *subject,
          const char           *text,
          GError              **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_NOTE_ADD, subject);

  act->text = g_strdup (text);
  return billing_desk_do (practice->desk, act, error);
}

/* A note is kept as it was written, on a payment, a treatment or a patient, named by number or id. */
static void
test_notes (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 100, FALSE);
  const char *subjects[] = { number, "trt-001", practice->patient };

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      g_autoptr (GError) error = NULL;

      add_note (practice, subjects[i], "  Called, “später”.\nSecond line 🦷 ", &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM notes"
                                         " WHERE text = 'Called, “später”.' || char (10) || 'Second line 🦷'"), ==, 3);
  billing_test_practice_verify (practice);
}

/* What is no note is refused: nothing, only spaces, too much, what is no text, on nothing. */
static void
test_no_notes (BillingTestPractice *practice,
               gconstpointer        data)
{
  g_autofree char *long_text = g_strnfill (10001, 'x');
  g_autofree char *longest = g_strnfill (10000, 'x');
  const struct {
    const char *subject;
    const char *text;
  } wrong[] = {
    { practice->patient, NULL }, { practice->patient, "" },      { practice->patient, " \n\t " },
    { practice->patient, long_text }, { practice->patient, "a\x01z" }, { NULL, "text" },
    { "", "text" },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (add_note (practice, wrong[i].subject, wrong[i].text, &error));
      g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_false (add_note (practice, "PAY-404", "text", &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM notes"), ==, 0);

  add_note (practice, practice->patient, longest, &error);
  g_assert_no_error (error);
}

static char *
make_file (BillingTestPractice *practice,
           const char          *name,
           const char          *content,
           gssize               size)
{
  char *path = g_build_filename (practice->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, size, &error);
  g_assert_no_error (error);
  return path;
}

static gboolean
add_document (BillingTestPractice  *practice,
              const char           *path,
              GError              **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DOCUMENT_ADD, practice->patient);

  act->file = g_strdup (path);
  return billing_desk_do (practice->desk, act, error);
}

static void
must_add (BillingTestPractice *practice,
          const char          *path)
{
  g_autoptr (GError) error = NULL;

  add_document (practice, path, &error);
  g_assert_no_error (error);
}

static gboolean
collect_record (BillingRecord  *record,
                gpointer        data,
                GError        **error)
{
  g_ptr_array_add (data, g_object_ref (record));
  return TRUE;
}

static GPtrArray *
list_documents (BillingTestPractice *practice)
{
  g_autoptr (BillingQuery) query = billing_desk_query (practice->desk, "documents");
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  query->subject = g_strdup (practice->patient);
  billing_desk_list (practice->desk, query, collect_record, found, NULL, &error);
  g_assert_no_error (error);
  return found;
}

/* Files below the documents' folder, those that were begun and never finished too. */
static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_files (path) : 1;
    }
  return n;
}

static guint
count_documents (BillingTestPractice *practice)
{
  g_autofree char *folder = g_build_filename (practice->folder, "documents", NULL);

  return count_files (folder);
}

/* A document lies under the hash of what is in it, readable by its owner alone, with the name, size and kind that it came with. */
static void
test_document (BillingTestPractice *practice,
               gconstpointer        data)
{
  g_autofree char *path = make_file (practice, "Rechnung für Zoë.txt", "Hello\n", 6);
  g_autofree char *kept = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;
  BillingDocument *document;
  mode_t old = umask (0);
  GStatBuf info;

  g_chmod (path, 0777);
  must_add (practice, path);
  umask (old);
  documents = list_documents (practice);
  g_assert_cmpuint (documents->len, ==, 1);
  document = documents->pdata[0];
  g_assert_cmpstr (document->name, ==, "Rechnung für Zoë.txt");
  g_assert_cmpstr (document->media_type, ==, "text/plain");
  g_assert_cmpint (document->size, ==, 6);
  g_assert_cmpstr (document->sha256, ==, "66a045b452102c59d840ec097d59d9467e13a3f34f6494e539ffd32c1bb35f18");

  kept = billing_documents_build_path (practice->desk, document);
  g_assert_true (g_str_has_suffix (kept, document->sha256));
  g_file_get_contents (kept, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, "Hello\n");
  g_assert_cmpint (g_stat (kept, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0600);
  billing_documents_check (practice->desk, document, &error);
  g_assert_no_error (error);
  billing_test_practice_verify (practice);
}

/* The same content twice is two documents and one file; an empty file is a document too. */
static void
test_same (BillingTestPractice *practice,
           gconstpointer        data)
{
  g_autofree char *a = make_file (practice, "a.pdf", "same", 4);
  g_autofree char *b = make_file (practice, "b.pdf", "same", 4);
  g_autofree char *empty = make_file (practice, "empty", "", 0);
  g_autoptr (GPtrArray) documents = NULL;

  must_add (practice, a);
  must_add (practice, b);
  must_add (practice, a);
  g_assert_cmpuint (count_documents (practice), ==, 1);
  must_add (practice, empty);
  documents = list_documents (practice);
  g_assert_cmpuint (documents->len, ==, 4);
  g_assert_cmpuint (count_documents (practice), ==, 2);
  billing_test_practice_verify (practice);
}

/* Damage and loss on the disk are found when a document is opened, and by verify. */
static void
test_damaged (BillingTestPractice *practice,
              gconstpointer        data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = make_file (practice, "a.txt", "true", 4);
      g_autofree char *kept = NULL;
      g_autofree char *report = NULL;
      g_autoptr (GPtrArray) documents = NULL;
      g_autoptr (GError) error = NULL;

      must_add (practice, path);
      documents = list_documents (practice);
      kept = billing_documents_build_path (practice->desk, documents->pdata[0]);
      if (i == 0)
        g_file_set_contents (kept, "lies", 4, NULL);
      else
        g_remove (kept);
      g_assert_false (billing_documents_check (practice->desk, documents->pdata[0], &error));
      g_assert_nonnull (strstr (error->message, "a.txt"));
      g_clear_error (&error);
      g_assert_false (billing_desk_verify (practice->desk, &report, NULL, &error));
      g_assert_nonnull (strstr (error->message, "a.txt"));

      /* Filed again, as the sentence says, it is whole again. */
      must_add (practice, path);
      billing_test_practice_verify (practice);
    }
}

/* What cannot be filed leaves neither a row nor a file: no file, a folder, a pipe, too much, no room. */
static void
test_not_filed (BillingTestPractice *practice,
                gconstpointer        data)
{
  g_autofree char *missing = g_build_filename (practice->folder, "missing", NULL);
  g_autofree char *pipe = g_build_filename (practice->folder, "pipe", NULL);
  const char *wrong[] = { missing, practice->folder, pipe, NULL, "", "/dev/zero" };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (add_document (practice, wrong[i], &error));
      g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_cmpuint (count_documents (practice), ==, 0);
    }
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM documents"), ==, 0);
}

static char *
make_large_file (BillingTestPractice *practice,
                 gint64               size)
{
  char *path = g_build_filename (practice->folder, "large", NULL);
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  fclose (file);
  g_assert_cmpint (truncate (path, size), ==, 0);
  return path;
}

/* A hundred mebibytes are filed, one byte more is not. */
static void
test_large (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autofree char *large = make_large_file (practice, 100 * 1024 * 1024);
  g_autoptr (GError) error = NULL;

  must_add (practice, large);
  g_assert_cmpint (truncate (large, 100 * 1024 * 1024 + 1), ==, 0);
  g_assert_false (add_document (practice, large, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "100 MiB"));
  g_assert_cmpuint (count_documents (practice), ==, 1);
}

/* A document on nothing is not filed. */
static void
test_no_subject (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autofree char *path = make_file (practice, "a.txt", "true", 4);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_DOCUMENT_ADD, "PAY-404");
  g_autoptr (GError) error = NULL;

  act->file = g_strdup (path);
  g_assert_false (billing_desk_do (practice->desk, act, &error));
  g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM documents"), ==, 0);
  billing_test_practice_verify (practice);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void (*func) (BillingTestPractice *, gconstpointer);
  } tests[] = {
    { "notes", test_notes },
    { "no-notes", test_no_notes },
    { "document", test_document },
    { "same", test_same },
    { "damaged", test_damaged },
    { "not-filed", test_not_filed },
    { "large", test_large },
    { "no-subject", test_no_subject },
  };

  g_test_init (&argc, &argv, NULL);
  billing_test_folder_use_memory ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/filing/", tests[i].name, NULL);

      g_test_add (path, BillingTestPractice, NULL, set_up, tests[i].func, tear_down);
    }
  return g_test_run ();
}
