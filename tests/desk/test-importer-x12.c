/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-importer.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"

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

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  billing_test_practice_verify (&fixture->practice);
  billing_test_practice_tear_down (&fixture->practice);
  billing_test_folder_remove (fixture->files);
}

static char *
get_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "x12", name, NULL);
}

/* What becomes of the files, kind by kind, and what is wrong with them. */
static char *
import (Fixture            *fixture,
        const char * const *paths)
{
  g_autoptr (BillingImporter) importer = billing_importer_new (fixture->practice.desk);
  GString *said = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; paths[i] != NULL; i++)
    billing_importer_add_path (importer, paths[i]);
  billing_importer_prepare (importer, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < g_list_model_get_n_items (billing_importer_get_counts (importer)); i++)
    {
      g_autoptr (BillingImportCount) count = g_list_model_get_item (billing_importer_get_counts (importer), i);

      g_string_append_printf (said, "%s %d %d %d %d, ", count->kind, (int) count->added, (int) count->changed,
                              (int) count->same, (int) (count->waiting + count->refused + count->unused));
    }
  for (guint i = 0; i < g_list_model_get_n_items (billing_importer_get_problems (importer)); i++)
    {
      g_autoptr (BillingImportProblem) problem = g_list_model_get_item (billing_importer_get_problems (importer), i);

      g_string_append_printf (said, "%s\n", problem->line);
    }

  billing_importer_apply (importer, NULL, &error);
  g_assert_no_error (error);
  return g_string_free (said, FALSE);
}

static char *
import_fixture (Fixture    *fixture,
                const char *name)
{
  g_autofree char *path = get_path (name);
  const char * const paths[] = { path, NULL };

  return import (fixture, paths);
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

static char *
import_text (Fixture    *fixture,
             const char *name,
             const char *content)
{
  g_autofree char *path = write_file (fixture, name, content);
  const char * const paths[] = { path, NULL };

  return import (fixture, paths);
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

#define assert_said(text, expected) G_STMT_START { \
  g_autofree char *assert_said_ = text; \
  g_assert_cmpstr (assert_said_, ==, expected); \
} G_STMT_END

#define ADDED "x12-patients 1 0 0 0, x12-coverages 1 0 0 0, x12-checks 1 0 0 0, "
#define KNOWN_PATIENT "x12-patients 0 0 1 0, x12-coverages 1 0 0 0, x12-checks 1 0 0 0, "

#define PATIENT(id, family, given, birth) \
  "{\"resourceType\":\"Patient\",\"id\":\"" id "\",\"name\":[{\"family\":\"" family "\",\"given\":[\"" given "\"]}]," \
  "\"birthDate\":\"" birth "\"}\n"
#define COVERAGE(patient, member) \
  "{\"resourceType\":\"Coverage\",\"id\":\"cov-" patient "\",\"status\":\"active\",\"subscriberId\":\"" member "\"," \
  "\"beneficiary\":{\"reference\":\"Patient/" patient "\"},\"payor\":[{\"display\":\"Acme Health\"}]}\n"

/* An answer about somebody unknown makes the patient, the coverage and the check; the same file again changes nothing. */
static void
test_again (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  assert_said (import_fixture (fixture, "several.271"), "x12-patients 3 0 0 0, x12-coverages 3 0 0 0, x12-checks 3 0 0 0, ");
  assert_text (fixture, "SELECT group_concat (p.name || ' ' || e.status || ' ' || c.member_id) FROM eligibility_checks AS e"
                        " JOIN patients AS p ON p.id = e.patient_id JOIN coverages AS c ON c.id = e.coverage_id",
               "IDA GRAY active M801,KAI HALL inactive M802,LIZ IVES active M803");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM audit WHERE verb = 'import'"), ==, 1);

  before = billing_test_dump (fixture->practice.folder);
  {
    g_autofree char *path = get_path ("several.271");
    g_autoptr (BillingImporter) importer = billing_importer_new (fixture->practice.desk);

    billing_importer_add_path (importer, path);
    g_assert_true (billing_importer_prepare (importer, NULL, NULL, NULL, NULL));
    g_assert_false (billing_importer_has_changes (importer));
  }
  after = billing_test_dump (fixture->practice.folder);
  g_assert_cmpstr (before, ==, after);
}

/* A patient of the practice is found by name and birth date, whatever the case, the accents and the middle name, and is not changed. */
static void
test_known_by_name (Fixture       *fixture,
                    gconstpointer  data)
{
  g_free (import_text (fixture, "patients.ndjson", PATIENT ("a", "Lee", "Ann", "1980-03-04") PATIENT ("b", "Brown", "Bob", "1975-11-12")
                       PATIENT ("c", "Mejia", "José", "1964-04-04")));

  assert_said (import_fixture (fixture, "copay-only.271"), KNOWN_PATIENT);
  assert_said (import_fixture (fixture, "coinsurance-after-deductible.271"), KNOWN_PATIENT);
  assert_said (import_fixture (fixture, "latin.271"), KNOWN_PATIENT);
  assert_said (import_fixture (fixture, "rejected.271"), "x12-patients 0 0 1 0, x12-checks 1 0 0 0, ");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients"), ==, 1 + 3);
  assert_text (fixture, "SELECT group_concat (e.status) FROM eligibility_checks AS e JOIN patients AS p ON p.id = e.patient_id"
                        " WHERE p.name = 'Ann Lee' AND p.address_line IS NULL", "active,error");
}

/* Who changed the family name is found by member id, birth date and given name; a twin with the same member id is somebody else. The
 * coverage of the practice's own is not made a second time. */
static void
test_known_by_member (Fixture       *fixture,
                      gconstpointer  data)
{
  g_free (import_text (fixture, "patients.ndjson", PATIENT ("a", "Miller", "Amy Rose", "2010-05-05") COVERAGE ("a", "M700")
                       PATIENT ("b", "Lee", "Ann", "1980-03-04") COVERAGE ("b", "M100")));

  assert_said (import_fixture (fixture, "dependents.271"), "x12-patients 1 0 1 0, x12-coverages 2 0 0 0, x12-checks 2 0 0 0, ");
  assert_text (fixture, "SELECT group_concat (name) FROM (SELECT DISTINCT p.name AS name FROM eligibility_checks AS e"
                        " JOIN patients AS p ON p.id = e.patient_id ORDER BY 1)", "Amy Rose Miller,BEN FOX");

  assert_said (import_fixture (fixture, "copay-only.271"), "x12-patients 0 0 1 0, x12-coverages 0 0 1 0, x12-checks 1 0 0 0, ");
  assert_text (fixture, "SELECT c.payer || ' ' || ifnull (c.plan, '-') FROM eligibility_checks AS e JOIN coverages AS c"
                        " ON c.id = e.coverage_id WHERE c.member_id = 'M100'", "Acme Health -");
}

/* The practice's file and the insurer's in one import, in whatever order, are about the same patient. */
static void
test_same_import (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *ours = write_file (fixture, "patients.ndjson", PATIENT ("a", "Lee", "Ann", "1980-03-04"));
  g_autofree char *answer = get_path ("copay-only.271");
  const char * const paths[] = { answer, ours, NULL };

  assert_said (import (fixture, paths), "Patient 1 0 0 0, " KNOWN_PATIENT);
  assert_text (fixture, "SELECT group_concat (p.name) FROM patients AS p JOIN eligibility_checks AS e ON e.patient_id = p.id",
               "Ann Lee");
  assert_said (import (fixture, paths), "Patient 0 0 1 0, x12-patients 0 0 1 0, x12-coverages 0 0 1 0, x12-checks 0 0 1 0, ");
}

/* Where the practice has two patients of that name and birth date, and nothing else tells them apart, it makes no third one. */
static void
test_ambiguous (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *said = NULL;

  g_free (import_text (fixture, "patients.ndjson", PATIENT ("a", "Lee", "Ann", "1980-03-04") PATIENT ("b", "Lee", "Ann", "1980-03-04")));
  said = import_fixture (fixture, "copay-only.271");
  g_assert_nonnull (strstr (said, "more than one thing in the practice is known as ANN LEE"));
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients"), ==, 1 + 2);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM eligibility_checks"), ==, 0);

  g_free (import_text (fixture, "coverage.ndjson", COVERAGE ("b", "M100")));
  assert_said (import_fixture (fixture, "copay-only.271"), "x12-patients 0 0 1 0, x12-coverages 0 0 1 0, x12-checks 1 0 0 0, ");
  assert_text (fixture, "SELECT i.key FROM eligibility_checks AS e JOIN identities AS i ON i.id = e.patient_id"
                        " AND i.key LIKE 'Patient/%'", "Patient/b");
}

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  g_assert_cmpuint (g_strv_length (parts), >, 1);
  return g_strjoinv (to, parts);
}

/* A later answer about the same patient is another check, and tells of the coverage what is new; an older one that comes in late
 * does not take that back. */
static void
test_later (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = get_path ("copay-only.271");
  g_autofree char *first = NULL;
  g_autofree char *later = NULL;
  g_autofree char *ended = NULL;
  g_autofree char *older = NULL;

  g_assert_true (g_file_get_contents (path, &first, NULL, NULL));
  later = replace (first, "*R1*20260203*", "*R2*20260401*");
  ended = replace (later, "EB*1**30*PR*GOLD PPO", "EB*6**30*PR*GOLD PPO");
  older = replace (first, "*R1*20260203*", "*R0*20260101*");

  assert_said (import_text (fixture, "first.271", first), ADDED);
  assert_said (import_text (fixture, "later.271", ended), "x12-patients 0 0 1 0, x12-coverages 0 1 0 0, x12-checks 1 0 0 0, ");
  assert_text (fixture, "SELECT status FROM coverages", "cancelled");
  assert_said (import_text (fixture, "older.271", older), "x12-patients 0 0 1 0, x12-coverages 0 0 1 0, x12-checks 1 0 0 0, ");
  assert_text (fixture, "SELECT status FROM coverages", "cancelled");
  assert_text (fixture, "SELECT group_concat (checked_on) FROM (SELECT * FROM eligibility_checks ORDER BY checked_on)",
               "2026-01-01,2026-02-03,2026-04-01");
}

/* A torn file leaves nothing of itself, and a good one beside it comes in. */
static void
test_torn (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *torn = get_path ("torn.271");
  g_autofree char *good = get_path ("copay-only.271");
  const char * const paths[] = { torn, good, NULL };

  assert_said (import (fixture, paths), ADDED "torn.271: The file ends in the middle. Ask whoever sent it to send it again."
                                        " Nothing of it was imported.\n");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM eligibility_checks"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/importer-x12/again", Fixture, NULL, set_up, test_again, tear_down);
  g_test_add ("/importer-x12/known-by-name", Fixture, NULL, set_up, test_known_by_name, tear_down);
  g_test_add ("/importer-x12/known-by-member", Fixture, NULL, set_up, test_known_by_member, tear_down);
  g_test_add ("/importer-x12/same-import", Fixture, NULL, set_up, test_same_import, tear_down);
  g_test_add ("/importer-x12/ambiguous", Fixture, NULL, set_up, test_ambiguous, tear_down);
  g_test_add ("/importer-x12/later", Fixture, NULL, set_up, test_later, tear_down);
  g_test_add ("/importer-x12/torn", Fixture, NULL, set_up, test_torn, tear_down);

  return g_test_run ();
}
