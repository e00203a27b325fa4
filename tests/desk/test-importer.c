/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "billing-act.h"
#include "billing-books.h"
#include "billing-importer.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"

#define FHIR "/work/shared/data/fhir"

typedef struct {
  BillingTestPractice practice;
  char *files; /* (owned): a folder for files to import */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  billing_test_practice_set_up (&fixture->practice);
  fixture->files = billing_test_folder ();
}

/* Whatever was imported, or refused: the books are sound afterwards, and nothing of the import is left lying about. */
static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->practice.folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, ".import-"));

  billing_test_practice_verify (&fixture->practice);
  billing_test_practice_tear_down (&fixture->practice);
  billing_test_folder_remove (fixture->files);
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            const char *content)
{
  char *path = g_build_filename (fixture->files, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  return path;
}

static BillingImporter *
prepare_path (Fixture    *fixture,
              const char *path)
{
  BillingImporter *importer = billing_importer_new (fixture->practice.desk);
  g_autoptr (GError) error = NULL;

  billing_importer_add_path (importer, path);
  g_assert_true (billing_importer_prepare (importer, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return importer;
}

static BillingImporter *
prepare_text (Fixture    *fixture,
              const char *name,
              const char *content)
{
  g_autofree char *path = write_file (fixture, name, content);

  return prepare_path (fixture, path);
}

static void
apply (BillingImporter *importer)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (billing_importer_apply (importer, NULL, &error));
  g_assert_no_error (error);
}

static void
import_text (Fixture    *fixture,
             const char *name,
             const char *content)
{
  g_autoptr (BillingImporter) importer = prepare_text (fixture, name, content);

  apply (importer);
}

typedef struct {
  gint64 added, changed, same, waiting, refused, unused;
} Sums;

static Sums
sum_kind (BillingImporter *importer,
          const char      *kind)
{
  GListModel *counts = billing_importer_get_counts (importer);
  Sums sums = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (counts); i++)
    {
      g_autoptr (BillingImportCount) count = g_list_model_get_item (counts, i);

      if (kind != NULL && !g_str_equal (count->kind, kind))
        continue;
      sums.added += count->added;
      sums.changed += count->changed;
      sums.same += count->same;
      sums.waiting += count->waiting;
      sums.refused += count->refused;
      sums.unused += count->unused;
    }

  return sums;
}

static gint64
count (Fixture    *fixture,
       const char *sql)
{
  return billing_test_integer (fixture->practice.folder, sql);
}

#define assert_text(fixture, sql, expected) G_STMT_START { \
  g_autofree char *assert_text_ = billing_test_text ((fixture)->practice.folder, sql); \
  g_assert_cmpstr (assert_text_, ==, expected); \
} G_STMT_END

static void
print_problems (BillingImporter *importer)
{
  GListModel *problems = billing_importer_get_problems (importer);

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (BillingImportProblem) problem = g_list_model_get_item (problems, i);

      g_test_message ("%s", problem->line);
    }
}

static char *
get_problem (BillingImporter *importer,
             guint            i)
{
  g_autoptr (BillingImportProblem) problem = g_list_model_get_item (billing_importer_get_problems (importer), i);

  print_problems (importer);
  g_assert_nonnull (problem);
  return g_strdup (problem->line);
}

#define assert_problem(importer, i, pattern) G_STMT_START { \
  g_autofree char *assert_line_ = get_problem (importer, i); \
  if (!g_pattern_match_simple (pattern, assert_line_)) \
    g_error ("“%s” is not like “%s”", assert_line_, pattern); \
} G_STMT_END

static BillingImporter *
prepare_samples (Fixture *fixture)
{
  BillingImporter *importer = billing_importer_new (fixture->practice.desk);
  g_autoptr (GDir) dir = g_dir_open (FHIR, 0, NULL);
  g_autoptr (GError) error = NULL;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (FHIR, name, NULL);

      billing_importer_add_path (importer, path);
    }

  g_assert_true (billing_importer_prepare (importer, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  print_problems (importer);
  return importer;
}

/* All of the sample data comes in, in whatever order the folder lists it: seven patients and forty-one treatments with their places,
 * physicians and amounts; and a second time it changes nothing. */
static void
test_samples (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (BillingImporter) importer = NULL;
  g_autoptr (BillingImporter) again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (!g_file_test (FHIR, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("The sample data is not here");
      return;
    }

  importer = prepare_samples (fixture);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients"), ==, 1);
  g_assert_cmpint (sum_kind (importer, "Patient").added, ==, 7);
  g_assert_cmpint (sum_kind (importer, "Encounter").added, ==, 41);
  g_assert_cmpint (sum_kind (importer, "Observation").unused, ==, 284);
  g_assert_cmpint (sum_kind (importer, NULL).refused + sum_kind (importer, NULL).waiting, ==, 0);
  g_assert_cmpint ((gint64) billing_importer_get_n_problems (importer), ==, 0);
  apply (importer);

  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients"), ==, 1 + 7);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM treatments"), ==, 1 + 41);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM treatments WHERE location_id IS NULL"
                                   " AND number <> 'TRT-001'"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM treatments WHERE physician_id IS NULL"
                                   " AND number <> 'TRT-001'"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM treatment_codes WHERE system = 'CVX'"), ==, 36);
  assert_text (fixture, "SELECT name FROM patients WHERE family_name = 'Mejía'", "Gustavo Mejía");
  assert_text (fixture, "SELECT charges || ' ' || coinsurance || ' ' || deductible || ' ' || insurer_paid"
                        " FROM treatments JOIN identities AS i USING (id)"
                        " WHERE i.key = 'urn:uuid:fe26d396-16a3-43a3-90e2-55d79043fd00'", "26552 2810 0 11242");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM audit WHERE verb = 'import'"), ==, 1);

  before = billing_test_dump (fixture->practice.folder);
  again = prepare_samples (fixture);
  g_assert_cmpint (sum_kind (again, NULL).added + sum_kind (again, NULL).changed, ==, 0);
  g_assert_cmpint (sum_kind (again, "Encounter").same, ==, 41);
  g_assert_false (billing_importer_has_changes (again));
  after = billing_test_dump (fixture->practice.folder);
  g_assert_cmpstr (before, ==, after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/importer/samples", Fixture, NULL, set_up, test_samples, tear_down);

  return g_test_run ();
}
