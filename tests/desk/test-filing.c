/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-documents.h"
#include "billing-filing.h"
#include "billing-history.h"
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

static gboolean
do_to (BillingTestPractice  *practice,
       BillingVerb           verb,
       const char           *id,
       const char           *property,
       const char           *value,
       GError              **error)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, id);

  if (property != NULL)
    g_object_set (act, property, value, NULL);
  return billing_desk_do (practice->desk, act, error);
}

/* The same file with the same thing is kept once, under whatever name it comes again; with another thing it is another document of one file. */
static void
test_same (BillingTestPractice *practice,
           gconstpointer        data)
{
  g_autofree char *a = make_file (practice, "a.pdf", "same", 4);
  g_autofree char *b = make_file (practice, "b.pdf", "same", 4);
  g_autoptr (BillingAct) again = billing_act_new (BILLING_VERB_DOCUMENT_ADD, practice->patient);
  g_autoptr (BillingAct) other = billing_act_new (BILLING_VERB_DOCUMENT_ADD, "trt-001");
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;

  must_add (practice, a);
  again->file = g_strdup (b);
  billing_desk_do (practice->desk, again, &error);
  g_assert_no_error (error);
  g_assert_true (again->repeated);
  documents = list_documents (practice);
  g_assert_cmpuint (documents->len, ==, 1);
  g_assert_cmpstr (again->result, ==, billing_record_get_id (documents->pdata[0]));

  other->file = g_strdup (b);
  billing_desk_do (practice->desk, other, &error);
  g_assert_no_error (error);
  g_assert_false (other->repeated);
  g_assert_cmpstr (other->result, !=, again->result);
  g_assert_cmpuint (count_documents (practice), ==, 1);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM documents"), ==, 2);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM audit WHERE verb = 'document-add'"), ==, 2);
  billing_test_practice_verify (practice);
}

/* A document is renamed, taken out of sight and brought back; the audit says each, and its file stays all the while. */
static void
test_removed (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autofree char *path = make_file (practice, "a.txt", "true", 4);
  g_autoptr (GPtrArray) documents = NULL;
  g_autofree char *audit = NULL;
  g_autoptr (GError) error = NULL;
  const char *id;

  must_add (practice, path);
  documents = list_documents (practice);
  id = billing_record_get_id (documents->pdata[0]);
  do_to (practice, BILLING_VERB_DOCUMENT_RENAME, id, "name", " Einwilligung.txt ", &error);
  g_assert_no_error (error);
  do_to (practice, BILLING_VERB_DOCUMENT_REMOVE, id, NULL, NULL, &error);
  g_assert_no_error (error);

  g_ptr_array_unref (documents);
  documents = list_documents (practice);
  g_assert_cmpuint (documents->len, ==, 0);
  g_assert_cmpuint (count_documents (practice), ==, 1);
  g_assert_false (do_to (practice, BILLING_VERB_DOCUMENT_REMOVE, "doc_0", NULL, NULL, NULL));
  billing_test_practice_verify (practice);

  g_ptr_array_unref (documents);
  documents = g_ptr_array_new_with_free_func (g_object_unref);
  {
    g_autoptr (BillingQuery) query = billing_desk_query (practice->desk, "documents");

    query->status = g_strdup ("removed");
    billing_desk_list (practice->desk, query, collect_record, documents, NULL, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (documents->len, ==, 1);
  id = billing_record_get_id (documents->pdata[0]);
  g_assert_false (do_to (practice, BILLING_VERB_DOCUMENT_REMOVE, id, NULL, NULL, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_clear_error (&error);
  do_to (practice, BILLING_VERB_DOCUMENT_RESTORE, id, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (do_to (practice, BILLING_VERB_DOCUMENT_RESTORE, id, NULL, NULL, NULL));

  audit = billing_test_text (practice->folder, "SELECT group_concat (verb || ' ' || before || ' ' || after, '; ') FROM"
                             " (SELECT * FROM audit WHERE subject_id LIKE 'doc%' ORDER BY pk)");
  g_assert_true (g_str_has_prefix (audit, "document-rename {\"name\":\"a.txt\"} {\"name\":\"Einwilligung.txt\"}; "
                                          "document-remove {\"removed-at\":0} {\"removed-at\":1"));
  g_assert_nonnull (strstr (audit, "document-restore {\"removed-at\":1"));
  billing_test_practice_verify (practice);
}

/* A removed document comes back only where the same file was not added again meanwhile. */
static void
test_removed_and_added (BillingTestPractice *practice,
                        gconstpointer        data)
{
  g_autofree char *path = make_file (practice, "a.txt", "true", 4);
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;

  must_add (practice, path);
  documents = list_documents (practice);
  do_to (practice, BILLING_VERB_DOCUMENT_REMOVE, billing_record_get_id (documents->pdata[0]), NULL, NULL, &error);
  g_assert_no_error (error);
  must_add (practice, path);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM documents WHERE removed_at = 0"), ==, 1);
  g_assert_false (do_to (practice, BILLING_VERB_DOCUMENT_RESTORE, billing_record_get_id (documents->pdata[0]), NULL, NULL,
                         &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM documents"), ==, 2);
}

/* What is no name of a document is refused; what a file is called on the disk is made one. */
static void
test_names (BillingTestPractice *practice,
            gconstpointer        data)
{
  g_autofree char *path = make_file (practice, "two\nlines\xff.txt", "true", 4);
  g_autofree char *long_name = g_strnfill (256, 'x');
  const char *wrong[] = { NULL, "", "  ", "a/b", "..", ".", "a\nb", "a\x01z", long_name };
  g_autoptr (GPtrArray) documents = NULL;

  must_add (practice, path);
  documents = list_documents (practice);
  g_assert_cmpstr (BILLING_DOCUMENT (documents->pdata[0])->name, ==, "two_lines\357\277\275.txt");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (do_to (practice, BILLING_VERB_DOCUMENT_RENAME, billing_record_get_id (documents->pdata[0]), "name",
                             wrong[i], &error));
      g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
    }
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM audit WHERE verb = 'document-rename'"), ==, 0);
}

/* Who stops the copying of a file leaves nothing of it. */
static void
test_stopped (BillingTestPractice *practice,
              gconstpointer        data)
{
  g_autofree char *path = make_file (practice, "a.txt", "true", 4);
  g_autoptr (BillingAct) stopped = billing_act_new (BILLING_VERB_DOCUMENT_ADD, practice->patient);
  g_autoptr (BillingAct) done = billing_act_new (BILLING_VERB_DOCUMENT_ADD, practice->patient);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  stopped->file = g_strdup (path);
  billing_documents_watch (stopped, cancellable);
  g_cancellable_cancel (cancellable);
  g_assert_false (billing_desk_do (practice->desk, stopped, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (count_documents (practice), ==, 0);

  done->file = g_strdup (path);
  billing_documents_watch (done, NULL);
  g_assert_cmpint (billing_documents_get_progress (done), ==, 0);
  billing_desk_do (practice->desk, done, &error);
  g_assert_no_error (error);
  g_assert_cmpint (billing_documents_get_progress (done), ==, 1000);
}

/* A note is changed by its author alone; what it said before is in the audit, and saying the same again changes nothing. */
static void
test_edited_note (BillingTestPractice *practice,
                  gconstpointer        data)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_NOTE_ADD, practice->patient);
  g_autoptr (BillingPerson) self = g_object_ref (billing_desk_get_person (practice->desk));
  g_autoptr (BillingPerson) other = billing_person_new ();
  g_autofree char *audit = NULL;
  g_autoptr (GError) error = NULL;

  act->text = g_strdup ("Called.");
  billing_desk_do (practice->desk, act, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      do_to (practice, BILLING_VERB_NOTE_EDIT, act->result, "text", " Called twice. ", &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM audit WHERE verb = 'note-edit'"), ==, 1);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT edited_at >= created_at FROM notes"), ==, 1);
  audit = billing_test_text (practice->folder, "SELECT before ->> '$.text' || ' ' || (after ->> '$.text') FROM audit"
                             " WHERE verb = 'note-edit'");
  g_assert_cmpstr (audit, ==, "Called. Called twice.");
  g_assert_false (do_to (practice, BILLING_VERB_NOTE_EDIT, act->result, "text", "", NULL));

  {
    g_autoptr (BillingAct) hire = billing_act_new (BILLING_VERB_PERSON_ADD, NULL);

    g_object_set (hire, "account", "other", "role", "administrator", NULL);
    billing_desk_do (practice->desk, hire, &error);
    g_assert_no_error (error);
  }
  g_object_set (other, "account", "other", "role", BILLING_ROLE_ADMINISTRATOR, NULL);
  billing_desk_act_as (practice->desk, other);
  g_assert_false (do_to (practice, BILLING_VERB_NOTE_EDIT, act->result, "text", "Never called.", &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED);
  g_clear_error (&error);
  billing_desk_act_as (practice->desk, self);
  billing_test_practice_verify (practice);
}

/* What became of a payment's notes and documents stands in its timeline, though the audit keeps it under their own ids. */
static void
test_timeline (BillingTestPractice *practice,
               gconstpointer        data)
{
  g_autofree char *number = billing_test_practice_create_payment (practice, 100, FALSE);
  g_autofree char *path = make_file (practice, "a.txt", "true", 4);
  g_autoptr (BillingAct) note = billing_act_new (BILLING_VERB_NOTE_ADD, number);
  g_autoptr (BillingAct) document = billing_act_new (BILLING_VERB_DOCUMENT_ADD, number);
  g_autoptr (BillingQuery) query = billing_desk_query (practice->desk, "timeline");
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  const char *expected[][2] = {
    { "document-remove", "b.txt" }, { "document-rename", "a.txt → b.txt" }, { "note-edit", "Two" },
    { "document-add", "a.txt" }, { "note-add", "One" }, { "payment-create", NULL },
  };

  note->text = g_strdup ("One");
  document->file = g_strdup (path);
  billing_desk_do (practice->desk, note, &error);
  g_assert_no_error (error);
  billing_desk_do (practice->desk, document, &error);
  g_assert_no_error (error);
  do_to (practice, BILLING_VERB_NOTE_EDIT, note->result, "text", "Two", &error);
  g_assert_no_error (error);
  do_to (practice, BILLING_VERB_DOCUMENT_RENAME, document->result, "name", "b.txt", &error);
  g_assert_no_error (error);
  do_to (practice, BILLING_VERB_DOCUMENT_OPEN, document->result, NULL, NULL, &error);
  g_assert_no_error (error);
  do_to (practice, BILLING_VERB_DOCUMENT_REMOVE, document->result, NULL, NULL, &error);
  g_assert_no_error (error);

  query->subject = g_strdup (number);
  billing_desk_list (practice->desk, query, collect_record, events, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < events->len; i++)
    {
      g_assert_cmpstr (BILLING_EVENT (events->pdata[i])->what, ==, expected[i][0]);
      g_assert_cmpstr (BILLING_EVENT (events->pdata[i])->detail, ==, expected[i][1]);
    }
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

/* What cannot be filed leaves neither a row nor a file, and says why: no file, a folder, a pipe, a device, nothing in it. */
static void
test_not_filed (BillingTestPractice *practice,
                gconstpointer        data)
{
  g_autofree char *missing = g_build_filename (practice->folder, "missing", NULL);
  g_autofree char *pipe = g_build_filename (practice->folder, "pipe", NULL);
  g_autofree char *empty = make_file (practice, "empty", "", 0);
  const struct {
    const char *path;
    const char *why;
  } wrong[] = {
    { missing, "missing" }, { practice->folder, "it is a folder" }, { pipe, "it is no ordinary file" }, { NULL, "" },
    { "", "" }, { "/dev/zero", "it is no ordinary file" }, { empty, "it is empty" },
    { "sftp://elsewhere/a.txt", "it is not on this computer" },
  };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (add_document (practice, wrong[i].path, &error));
      g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, wrong[i].why));
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

/* Files of this process can be so large and no larger; the books need some room for themselves. */
static void
limit_files (rlim_t limit)
{
  struct rlimit limits;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limits), ==, 0);
  limits.rlim_cur = MIN (limit, limits.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limits), ==, 0);
}

/* Where the disk takes no more, in the middle of a copy, the copy goes and the books do not know of it; a smaller one still comes
 * in, and so does the same one once there is room. A file that may not grow stands in for the disk. */
static void
test_full (BillingTestPractice *practice,
           gconstpointer        data)
{
  const gsize room = 4 * 1024 * 1024;
  g_autofree char *content = g_strnfill (2 * room, 'x');
  g_autofree char *path = make_file (practice, "scan.tiff", content, (gssize) (2 * room));
  g_autofree char *small = make_file (practice, "small.txt", "true", 4);
  g_autofree char *sentence = g_strdup_printf ("“scan.tiff” could not be filed: %s. Nothing was changed.", g_strerror (EFBIG));
  void (*old) (int) = signal (SIGXFSZ, SIG_IGN);
  g_autoptr (GError) error = NULL;

  limit_files (room);
  g_assert_false (add_document (practice, path, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, sentence);
  g_clear_error (&error);
  g_assert_cmpuint (count_documents (practice), ==, 0);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM documents"), ==, 0);
  g_assert_cmpint (billing_test_integer (practice->folder, "SELECT count(*) FROM audit WHERE verb = 'document-add'"), ==, 0);
  must_add (practice, small);
  limit_files (RLIM_INFINITY);
  signal (SIGXFSZ, old);

  must_add (practice, path);
  g_assert_cmpuint (count_documents (practice), ==, 2);
  billing_test_practice_verify (practice);
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
    { "edited-note", test_edited_note },
    { "timeline", test_timeline },
    { "same", test_same },
    { "removed", test_removed },
    { "removed-and-added", test_removed_and_added },
    { "names", test_names },
    { "stopped", test_stopped },
    { "damaged", test_damaged },
    { "not-filed", test_not_filed },
    { "large", test_large },
    { "full", test_full },
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
