/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "billing-books.h"
#include "billing-export-preview.h"
#include "billing-exporter.h"
#include "billing-record-csv.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"

typedef struct {
  BillingTestPractice practice;
  char *files; /* (owned): a folder for what is exported */
  char *path;  /* (owned): in it */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  billing_test_practice_set_up (&fixture->practice);
  fixture->files = billing_test_folder ();
  fixture->path = g_build_filename (fixture->files, "list.csv", NULL);
}

/* Whatever was exported or not, nothing but the file itself is in its folder. */
static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->files, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (name, ==, "list.csv");

  billing_test_practice_verify (&fixture->practice);
  billing_test_practice_tear_down (&fixture->practice);
  billing_test_folder_remove (fixture->files);
  g_free (fixture->path);
}

static void
create (Fixture    *fixture,
        gint64      amount,
        const char *memo)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);

  g_object_set (act, "patient", fixture->practice.patient, "has-amount", TRUE, "amount", amount, "memo", memo, "due", "2026-12-31", NULL);
  billing_test_practice_do (&fixture->practice, act);
}

static guint64
export (Fixture            *fixture,
        BillingQuery       *query,
        const char * const *columns)
{
  g_autoptr (GError) error = NULL;
  guint64 n_rows = 0;

  billing_desk_export (fixture->practice.desk, query, columns, fixture->path, NULL, NULL, &n_rows, NULL, &error);
  g_assert_no_error (error);
  return n_rows;
}

static char *
read_file (Fixture *fixture)
{
  char *content = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  return content;
}

#define assert_file(fixture, expected) G_STMT_START { \
  g_autofree char *assert_file_ = read_file (fixture); \
  g_assert_cmpstr (assert_file_, ==, expected); \
} G_STMT_END

/* The columns that are asked for, in that order, under the list's filters and sort; what a spreadsheet would run is text. The audit
 * says that it was done, and a file that was there is replaced. */
static void
test_columns (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const columns[] = { "memo", "amount", "currency", "no-such-column", "patient-name", "status", NULL };
  g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, "payments");

  create (fixture, 2505, "=1+1");
  create (fixture, 100, "-2+3");
  create (fixture, 990000, "a, \"b\"");
  create (fixture, 5, "+49 30 901820");
  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));

  g_object_set (query, "sort", "amount", "descending", TRUE, "min", G_GINT64_CONSTANT (50), NULL);
  g_assert_cmpuint (export (fixture, query, columns), ==, 3);
  assert_file (fixture, "Memo,Amount,Currency,Patient,Status\r\n"
                        "\"a, \"\"b\"\"\",9900.00,USD,Zoë Ångström,pending\r\n"
                        "'=1+1,25.05,USD,Zoë Ångström,pending\r\n"
                        "'-2+3,1.00,USD,Zoë Ångström,pending\r\n");

  g_object_set (query, "descending", FALSE, "min", G_GINT64_CONSTANT (-1), "limit", G_GINT64_CONSTANT (1), NULL);
  g_assert_cmpuint (export (fixture, query, columns), ==, 1);
  assert_file (fixture, "Memo,Amount,Currency,Patient,Status\r\n'+49 30 901820,0.05,USD,Zoë Ångström,pending\r\n");
  g_assert_cmpint (billing_test_integer (fixture->practice.folder, "SELECT count (*) FROM audit WHERE verb = 'export'"), ==, 2);
}

typedef struct {
  GString *text;
  BillingColumnFormat format;
} Rows;

static gboolean
add_row (BillingRecord  *record,
         gpointer        data,
         GError        **error)
{
  Rows *rows = data;
  g_autofree char *row = billing_record_csv_row (record, &rows->format);

  g_string_append (rows->text, row);
  return TRUE;
}

/* Of every kind, what goes from the statement into the file is what its records say. */
static void
test_kinds (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const kinds[] = {
    "payments", "treatments", "patients", "locations", "physicians", "notes", "documents", "audit", "people", "outbox",
    "timeline", "eligibility_checks", "benefits", "coverages", "treatment_codes", "postings", "attempts", "charges",
    "payment_intents", "payouts", "disputes", "balance_transactions", "customers", "events", "tax_registrations", NULL,
  };
  BillingPractice *practice = billing_desk_get_practice (fixture->practice.desk);
  g_autoptr (BillingAct) note = billing_act_new (BILLING_VERB_NOTE_ADD, fixture->practice.patient);

  create (fixture, 2505, "One");
  create (fixture, 1, NULL);
  g_object_set (note, "text", "Called\ntwice", NULL);
  billing_test_practice_do (&fixture->practice, note);

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, kinds[i]);
      g_autofree char *header = billing_record_csv_header (kinds[i]);
      Rows rows = { g_string_new (header), { practice->currency, practice->time_zone } };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", kinds[i]);
      export (fixture, query, NULL);
      /* The export is in the audit itself: listed afterwards, both have it. */
      billing_desk_list (fixture->practice.desk, query, add_row, &rows, NULL, &error);
      g_assert_no_error (error);
      assert_file (fixture, rows.text->str);
      g_string_free (rows.text, TRUE);
    }
}

typedef struct {
  Fixture *fixture;
  GMainLoop *loop;
  GCancellable *cancellable;
  guint n_told;
  guint64 n_rows;
  GError *error;
} Run;

static void
write_meanwhile_cb (guint64  done,
                    guint64  total,
                    gpointer data)
{
  Run *run = data;

  run->n_told++;
  g_assert_cmpuint (total, ==, 3);
  if (done == 0)
    create (run->fixture, 777, "Late");
}

/* What is written while the list goes out is not in it: it is the list of one moment. */
static void
test_stable (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, "payments");
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  Run run = { .fixture = fixture };
  guint64 n_rows;

  for (int i = 1; i <= 3; i++)
    create (fixture, i * 100, "Early");

  billing_desk_export (fixture->practice.desk, query, NULL, fixture->path, write_meanwhile_cb, &run, &n_rows, NULL, &error);
  g_assert_no_error (error);
  content = read_file (fixture);
  g_assert_cmpuint (n_rows, ==, 3);
  g_assert_cmpuint (run.n_told, ==, 2);
  g_assert_null (strstr (content, "Late"));
  g_assert_cmpint (billing_test_integer (fixture->practice.folder, "SELECT count (*) FROM payments"), ==, 4);
}

static void
cancel_cb (guint64  done,
           guint64  total,
           gpointer data)
{
  g_cancellable_cancel (((Run *) data)->cancellable);
}

/* Who cancels, and who may not, has what was there before, and no file beside it; where it cannot be written, a sentence says why. */
static void
test_not_done (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, "payments");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *nowhere = g_build_filename (fixture->files, "no", "such", "folder.csv", NULL);
  g_autoptr (GError) error = NULL;
  Run run = { .cancellable = cancellable };

  create (fixture, 100, "One");
  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));

  g_assert_false (billing_desk_export (fixture->practice.desk, query, NULL, fixture->path, cancel_cb, &run, NULL,
                                       cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_file (fixture, "before");
  g_clear_error (&error);

  g_assert_false (billing_desk_export (fixture->practice.desk, query, NULL, nowhere, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  billing_test_practice_add_person (&fixture->practice, "front", "front-desk", "correct horse");
  billing_test_practice_sign_in (&fixture->practice, "front", "correct horse");
  g_assert_false (billing_desk_export (fixture->practice.desk, query, NULL, fixture->path, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED);
  assert_file (fixture, "before");
}

static void
told_cb (guint64  done,
         guint64  total,
         gpointer data)
{
  Run *run = data;

  run->n_told++;
  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Run *run = data;

  billing_desk_export_finish (BILLING_DESK (source), result, &run->n_rows, &run->error);
  g_main_loop_quit (run->loop);
}

/* Beside the main loop, which is told how far it is. */
static void
test_async (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, "payments");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Run run = { .loop = loop };

  create (fixture, 100, "One");
  billing_desk_export_async (fixture->practice.desk, query, NULL, fixture->path, told_cb, &run, NULL, exported_cb, &run);
  g_main_loop_run (loop);
  g_assert_no_error (run.error);
  g_assert_cmpuint (run.n_rows, ==, 1);
  g_assert_cmpuint (run.n_told, ==, 2);
}

static void
previewed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static BillingExportPreview *
preview (Fixture       *fixture,
         BillingQuery  *query,
         GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  billing_desk_preview_export_async (fixture->practice.desk, query, NULL, previewed_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return billing_desk_preview_export_finish (fixture->practice.desk, result, error);
}

/* What is counted before is what is written then, under any filters; the sum is that of the rows. Where a sum makes no sense there is none,
 * and what cannot be asked for is refused. */
static void
test_preview (Fixture       *fixture,
              gconstpointer  data)
{
  static const gint64 lowest[] = { -1, 0, 150, 300, 301 };
  static const gint64 sums[] = { 600, 600, 500, 300, 0 };

  create (fixture, 100, "One");
  create (fixture, 200, "Two");
  create (fixture, 300, "Three");
  for (guint i = 0; i < G_N_ELEMENTS (lowest); i++)
    {
      g_autoptr (BillingQuery) query = billing_desk_query (fixture->practice.desk, "payments");
      g_autoptr (BillingExportPreview) found = NULL;
      g_autoptr (GError) error = NULL;

      query->min = lowest[i];
      found = preview (fixture, query, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->n_rows, ==, export (fixture, query, NULL));
      g_assert_cmpuint (found->sums->len, ==, sums[i] > 0 ? 1 : 0);
      if (sums[i] > 0)
        {
          BillingExportSum *sum = found->sums->pdata[0];

          g_assert_cmpstr (sum->currency, ==, "USD");
          g_assert_cmpint (sum->amount, ==, sums[i]);
        }
    }

  {
    g_autoptr (BillingQuery) patients = billing_desk_query (fixture->practice.desk, "patients");
    g_autoptr (BillingExportPreview) found = preview (fixture, patients, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (found->n_rows, ==, export (fixture, patients, NULL));
    g_assert_cmpuint (found->sums->len, ==, 0);

    g_object_set (patients, "status", "paid", NULL);
    g_assert_null (preview (fixture, patients, &error));
    g_assert_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_QUERY);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/exporter/columns", Fixture, NULL, set_up, test_columns, tear_down);
  g_test_add ("/exporter/kinds", Fixture, NULL, set_up, test_kinds, tear_down);
  g_test_add ("/exporter/stable", Fixture, NULL, set_up, test_stable, tear_down);
  g_test_add ("/exporter/not-done", Fixture, NULL, set_up, test_not_done, tear_down);
  g_test_add ("/exporter/preview", Fixture, NULL, set_up, test_preview, tear_down);
  g_test_add ("/exporter/async", Fixture, NULL, set_up, test_async, tear_down);

  return g_test_run ();
}
