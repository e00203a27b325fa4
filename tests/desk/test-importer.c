/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <utime.h>

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

/* JSON is written here with apostrophes. */
static char *
quote (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static BillingImporter *
prepare_json (Fixture    *fixture,
              const char *name,
              const char *text)
{
  g_autofree char *json = quote (text);

  return prepare_text (fixture, name, json);
}

static void
import_json (Fixture    *fixture,
             const char *name,
             const char *text)
{
  g_autoptr (BillingImporter) importer = prepare_json (fixture, name, text);

  print_problems (importer);
  apply (importer);
}

#define PATIENT(id, name) \
  "{'resourceType':'Patient','id':'" id "','name':[{'family':'" name "','given':['Ada']}],'birthDate':'1970-12-31'}"
#define ENCOUNTER(id, subject) \
  "{'resourceType':'Encounter','id':'" id "','status':'finished','class':{'code':'AMB'},'subject':" subject "," \
  "'period':{'start':'2026-03-04T10:00:00Z'}}"

/* A treatment finds its patient by every kind of reference that FHIR has, wherever in the file the patient stands. */
static void
test_references (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (BillingImporter) importer = prepare_json (fixture, "bundle.json",
    "{'resourceType':'Bundle','type':'collection','entry':["
    "{'fullUrl':'http://one.example/fhir/Encounter/1','resource':" ENCOUNTER ("1", "{'reference':'Patient/1'}") "},"
    "{'resource':" ENCOUNTER ("2", "{'reference':'http://one.example/fhir/Patient/1/_history/3'}") "},"
    "{'resource':" ENCOUNTER ("3", "{'reference':'urn:uuid:0B8D8BFB-5B0D-4B44-A1F3-BBF2A2D0C7A1'}") "},"
    "{'resource':" ENCOUNTER ("4", "{'identifier':{'system':'urn:mrn','value':'M-7'}}") "},"
    "{'resource':" ENCOUNTER ("5", "{'reference':'Patient?identifier=urn:mrn%7CM-7'}") "},"
    "{'resource':" ENCOUNTER ("6", "{'reference':'Patient?identifier=M-7'}") "},"
    "{'resource':" ENCOUNTER ("7", "{'reference':'#me'}") "},"
    "{'fullUrl':'http://one.example/fhir/Patient/1','resource':{'resourceType':'Patient','id':'1',"
    "  'name':[{'text':'Relative One'}]}},"
    "{'fullUrl':'http://two.example/fhir/Patient/1','resource':{'resourceType':'Patient','id':'1',"
    "  'name':[{'text':'Other Server'}]}},"
    "{'fullUrl':'urn:uuid:0b8d8bfb-5b0d-4b44-a1f3-bbf2a2d0c7a1','resource':{'resourceType':'Patient',"
    "  'identifier':[{'system':'urn:mrn','value':'M-7'}],'name':[{'text':'Urn Uuid'}]}}]}");

  g_assert_cmpint (sum_kind (importer, "Patient").added, ==, 3);
  g_assert_cmpint (sum_kind (importer, "Encounter").added, ==, 6);
  g_assert_cmpint (sum_kind (importer, "Encounter").refused, ==, 1);
  assert_problem (importer, 0, "bundle.json, entry 7 (Encounter/7): it names no patient");
  apply (importer);

  assert_text (fixture, "SELECT group_concat (substr (p.name, 1, 3), ' ') FROM (SELECT patient_id FROM treatments"
                        " WHERE number <> 'TRT-001' ORDER BY number) AS t JOIN patients AS p ON p.id = t.patient_id",
               "Rel Rel Urn Urn Urn Urn");
}

/* What refers to something that no file has brought waits in the books, and comes in with the file that brings it, however much
 * later; so does the place of a treatment that came in without it. */
static void
test_waiting (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (BillingImporter) first = prepare_json (fixture, "visits.ndjson",
    "{'resourceType':'Claim','id':'c','status':'active','use':'claim','total':{'value':80.5,'currency':'USD'},"
    "'item':[{'sequence':1,'encounter':[{'reference':'Encounter/e'}],'productOrService':{'coding':[{'system':"
    "'http://www.ama-assn.org/go/cpt','code':'99213'}]},'net':{'value':80.5,'currency':'USD'}}]}\n"
    "{'resourceType':'Encounter','id':'e','status':'finished','subject':{'reference':'Patient/p'},"
    "'location':[{'location':{'reference':'Location/l'}}],'period':{'start':'2026-03-04'}}\n");
  g_autoptr (BillingImporter) second = NULL;

  g_assert_cmpint (sum_kind (first, NULL).waiting, ==, 2);
  g_assert_true (billing_importer_has_changes (first));
  assert_problem (first, 0, "visits.ndjson, entry 1 (Claim/c): waits for Encounter/e, *");
  assert_problem (first, 1, "visits.ndjson, entry 2 (Encounter/e): waits for Patient/p, *");
  apply (first);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM treatments"), ==, 1);

  second = prepare_json (fixture, "patient.json", PATIENT ("p", "Late"));
  g_assert_cmpint (sum_kind (second, NULL).added, ==, 3);
  g_assert_cmpint (sum_kind (second, NULL).waiting, ==, 0);
  apply (second);
  assert_text (fixture, "SELECT p.name || ' ' || t.charges || ' ' || c.system || ' ' || c.code FROM treatments AS t"
                        " JOIN patients AS p ON p.id = t.patient_id JOIN treatment_codes AS c ON c.treatment_id = t.id"
                        " WHERE t.location_id IS NULL", "Ada Late 8050 CPT 99213");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM import_waiting"), ==, 0);

  import_json (fixture, "location.json", "{'resourceType':'Location','id':'l','name':'North'}");
  assert_text (fixture, "SELECT location FROM treatments_view WHERE number = 'TRT-002'", "North");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM import_pending"), ==, 0);
}

#define VERSIONED(updated, phone) \
  "{'resourceType':'Patient','id':'v','meta':{'lastUpdated':'" updated "','versionId':'1'}," \
  "'text':{'status':'generated','div':'<div>" updated "</div>'}," \
  "'name':[{'family':'Version','given':['Ada']}],'telecom':[{'system':'phone','value':'" phone "'}]}"

/* A later version of what is known changes it; an older one, and one that changed nothing that is kept, do not; of two in one
 * file the newer counts, whichever stands first. */
static void
test_versions (Fixture       *fixture,
               gconstpointer  data)
{
  const char *phone = "SELECT phone || ' ' || revision FROM patients WHERE family_name = 'Version'";

  import_json (fixture, "1.json", VERSIONED ("2026-01-01T00:00:00Z", "1"));
  import_json (fixture, "2.json", VERSIONED ("2026-01-02T00:00:00Z", "2"));
  assert_text (fixture, phone, "2 2");

  g_autoptr (BillingImporter) older = prepare_json (fixture, "3.json", VERSIONED ("2025-12-31T00:00:00Z", "0"));
  g_assert_cmpint (sum_kind (older, "Patient").same, ==, 1);
  g_assert_false (billing_importer_has_changes (older));

  g_autoptr (BillingImporter) narrative = prepare_json (fixture, "4.json", VERSIONED ("2026-01-03T00:00:00Z", "2"));
  g_assert_cmpint (sum_kind (narrative, "Patient").same, ==, 1);

  import_json (fixture, "5.json",
               "{'resourceType':'Bundle','type':'history','entry':[{'resource':" VERSIONED ("2026-01-05T00:00:00Z", "5")
               "},{'resource':" VERSIONED ("2026-01-04T00:00:00Z", "4") "}]}");
  assert_text (fixture, phone, "5 3");
}

/* A claim that is corrected replaces what the first one said: its amount, and the codes that are no longer in it. */
static void
test_corrected_claim (Fixture       *fixture,
                      gconstpointer  data)
{
#define CLAIM(version, total, code) \
  "{'resourceType':'Bundle','type':'collection','entry':[{'resource':" PATIENT ("p", "Claims") "}," \
  "{'resource':" ENCOUNTER ("e", "{'reference':'Patient/p'}") "}," \
  "{'resource':{'resourceType':'Procedure','id':'r','status':'completed','subject':{'reference':'Patient/p'}," \
  "'encounter':{'reference':'Encounter/e'},'code':{'coding':[{'system':'http://snomed.info/sct','code':'1'}]}}}," \
  "{'resource':{'resourceType':'Claim','id':'c','meta':{'versionId':'" version "'},'status':'active','use':'claim'," \
  "'total':{'value':" total "},'item':[{'sequence':1,'encounter':[{'reference':'Encounter/e'}]," \
  "'productOrService':{'coding':[{'system':'http://www.ama-assn.org/go/cpt','code':'" code "'}]}," \
  "'quantity':{'value':2},'unitPrice':{'value':10.005}}]}}]}"

  import_json (fixture, "1.json", CLAIM ("1", "100", "99213"));
  assert_text (fixture, "SELECT charges || ' ' || (SELECT group_concat (system || ' ' || code || ' ' || units || ' ' || amount)"
                        " FROM (SELECT * FROM treatment_codes AS c WHERE c.treatment_id = t.id ORDER BY system))"
                        " FROM treatments AS t WHERE number = 'TRT-002'", "10000 CPT 99213 2 2000,SNOMED CT 1 1 0");
  import_json (fixture, "2.json", CLAIM ("2", "120.5", "99214"));
  assert_text (fixture, "SELECT charges || ' ' || (SELECT group_concat (code) FROM"
                        " (SELECT * FROM treatment_codes AS c WHERE c.treatment_id = t.id ORDER BY code))"
                        " FROM treatments AS t WHERE number = 'TRT-002'", "12050 1,99214");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM treatments"), ==, 2);
}

/* A claim that turns out to be about another visit takes its amount and its codes along. */
static void
test_moved_claim (Fixture       *fixture,
                  gconstpointer  data)
{
#define MOVED(version, encounter) \
  "{'resourceType':'Claim','id':'c','meta':{'versionId':'" version "'},'status':'active','use':'claim'," \
  "'total':{'value':12},'item':[{'sequence':1,'encounter':[{'reference':'Encounter/" encounter "'}]," \
  "'productOrService':{'coding':[{'system':'http://www.ama-assn.org/go/cpt','code':'99213'}]}}]}"
  const char *state = "SELECT group_concat (charges || ' ' || ifnull (codes, '-'), ', ') FROM (SELECT * FROM treatments_view"
                      " WHERE number > 'TRT-001' ORDER BY number)";

  import_json (fixture, "1.ndjson", PATIENT ("p", "Moved") "\n" ENCOUNTER ("1", "{'reference':'Patient/p'}") "\n"
               ENCOUNTER ("2", "{'reference':'Patient/p'}") "\n" MOVED ("1", "1") "\n");
  assert_text (fixture, state, "1200 99213, 0 -");
  import_json (fixture, "2.json", MOVED ("2", "2"));
  assert_text (fixture, state, "0 -, 1200 99213");
}

/* What the insurer decided is kept with the treatment: totals before lines, lines where there are no totals, rounded half to even. */
static void
test_responsibility (Fixture       *fixture,
                     gconstpointer  data)
{
#define MONEY(category, value) \
  "{'category':{'coding':[{'code':'" category "'}]},'amount':{'value':" value ",'currency':'USD'}}"
#define BENEFIT(id, encounter, body) \
  "{'resource':{'resourceType':'ExplanationOfBenefit','id':'" id "','status':'active','use':'claim'," \
  "'item':[{'sequence':1," encounter "'adjudication':[" MONEY ("submitted", "200") "," MONEY ("copay", "25") "," \
  MONEY ("deductible", "0.125") "," MONEY ("https://x.example/line_coinsrnc_amt", "112.41600000000001") "," \
  MONEY ("benefit", "60.375") "]}]" body "}}"
#define AT(id) "'encounter':[{'reference':'Encounter/" id "'}],"

  import_json (fixture, "eob.json",
               "{'resourceType':'Bundle','type':'searchset','entry':[{'resource':" PATIENT ("p", "Benefits") "},"
               "{'resource':" ENCOUNTER ("1", "{'reference':'Patient/p'}") "},"
               "{'resource':" ENCOUNTER ("2", "{'reference':'Patient/p'}") "},"
               "{'resource':" ENCOUNTER ("3", "{'reference':'Patient/p'}") "},"
               BENEFIT ("1", AT ("1"), "") ","
               BENEFIT ("2", AT ("2"), ",'total':[" MONEY ("deductible", "40") "],'payment':{'amount':{'value':99.99}}") ","
               "{'resource':{'resourceType':'Claim','id':'3','status':'active','use':'claim','total':{'value':300},"
               "'item':[{'sequence':1,'encounter':[{'reference':'Encounter/3'}],'productOrService':{}}]}},"
               BENEFIT ("3", "", ",'claim':{'reference':'Claim/3'}") "]}");

#define PARTS(number) "SELECT charges || ' ' || copay || ' ' || deductible || ' ' || coinsurance || ' ' || insurer_paid" \
                      " FROM treatments WHERE number = '" number "'"
  assert_text (fixture, PARTS ("TRT-002"), "20000 2500 12 11242 6038");
  assert_text (fixture, PARTS ("TRT-003"), "20000 2500 4000 11242 9999");
  /* A benefit without an encounter is about its claim's, whose charges go before its own. */
  assert_text (fixture, PARTS ("TRT-004"), "30000 2500 12 11242 6038");
}

/* Each bad entry gets one line that says where it stands and what is wrong with it; the others come in. */
static void
test_bad_entries (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (BillingImporter) importer = prepare_json (fixture, "bad.json",
    "{'resourceType':'Bundle','type':'batch','entry':["
    "{'resource':" PATIENT ("good", "Good") "},"
    "{'resource':{'resourceType':'Patient','id':'2','name':'Bad'}},"
    "{'resource':{'resourceType':'Patient','id':'3','name':[{'family':7}]}},"
    "{'resource':{'resourceType':'Patient','id':'4','name':[{'text':'A'}],'birthDate':'2025-02-29'}},"
    "{'resource':{'resourceType':'Patient','id':'5'}},"
    "{'resource':{'resourceType':'Encounter','id':'6','subject':{'reference':'Patient/good'}}},"
    "{'resource':{'resourceType':'Encounter','id':'7','subject':{'reference':'Patient/good'},"
    "  'period':{'start':'yesterday'}}},"
    "{'resource':{'resourceType':'Encounter','id':'8','subject':{'reference':'Patient/gone'},"
    "  'period':{'start':'2026-01-01'}}},"
    "{'resource':{'resourceType':'Claim','id':'9','status':'active','total':{'value':5,'currency':'EUR'},"
    "  'item':[{'encounter':[{'reference':'Encounter/1'}]}]}},"
    "{'resource':{'resourceType':'Claim','id':'10','status':'active','total':{'value':'5.00'},"
    "  'item':[{'encounter':[{'reference':'Encounter/1'}]}]}},"
    "{'resource':{'resourceType':'Claim','id':'11','status':'active','total':{'value':1e300},"
    "  'item':[{'encounter':[{'reference':'Encounter/1'}]}]}},"
    "{'resource':{'id':'12'}},"
    "{'resource':[]},"
    "{'request':{'method':'DELETE','url':'Patient/9'}},"
    "{'resource':{'resourceType':'Claim','id':'15','status':'active','total':{'value':5}}}]}");

  assert_problem (importer, 0, "bad.json, entry 2 (Patient/2): “name” should be a list*");
  assert_problem (importer, 1, "bad.json, entry 3 (Patient/3): “family” should be a text*");
  assert_problem (importer, 2, "bad.json, entry 4 (Patient/4): “birthDate” is no date that exists: 2025-02-29");
  assert_problem (importer, 3, "bad.json, entry 5 (Patient/5): it has no name");
  assert_problem (importer, 4, "bad.json, entry 6 (Encounter/6): it has no date");
  assert_problem (importer, 5, "bad.json, entry 7 (Encounter/7): “start” is no time that exists: yesterday");
  assert_problem (importer, 6, "bad.json, entry 8 (Encounter/8): waits for Patient/gone*");
  assert_problem (importer, 7, "bad.json, entry 9 (Claim/9): its amounts are in EUR, and the practice's currency is USD");
  assert_problem (importer, 8, "bad.json, entry 10 (Claim/10): “value” should be a number*");
  assert_problem (importer, 9, "bad.json, entry 11 (Claim/11): *");
  assert_problem (importer, 10, "bad.json, entry 12: it is no FHIR resource*");
  assert_problem (importer, 11, "bad.json, entry 13: its “resource” is no object");
  assert_problem (importer, 12, "bad.json, entry 15 (Claim/15): none of its items names the encounter that it is about");
  g_assert_cmpint ((gint64) billing_importer_get_n_problems (importer), ==, 13);
  g_assert_cmpint (sum_kind (importer, "DELETE").unused, ==, 1);
  apply (importer);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients"), ==, 2);
}

static void
assert_refused (Fixture    *fixture,
                const char *name,
                const char *content,
                const char *pattern)
{
  g_autofree char *before = billing_test_dump (fixture->practice.folder);
  g_autofree char *after = NULL;
  g_autoptr (BillingImporter) importer = prepare_text (fixture, name, content);

  g_assert_cmpint ((gint64) billing_importer_get_n_problems (importer), ==, 1);
  assert_problem (importer, 0, pattern);
  g_assert_false (billing_importer_has_changes (importer));
  after = billing_test_dump (fixture->practice.folder);
  g_assert_cmpstr (before, ==, after);
}

/* A file that breaks off, that is nested without end, that is something else: one line, and nothing of it comes in, though what stands
 * before the break is whole. */
static void
test_bad_files (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *torn = quote ("{'resourceType':'Bundle','type':'batch','entry':[{'resource':" PATIENT ("t", "Torn") "},");
  g_autofree char *deep = g_malloc (200100);
  g_autoptr (BillingImporter) importer = NULL;
  g_autofree char *utf8 = quote (PATIENT ("u", "\xff\xfe") "\n" PATIENT ("ok", "Fine") "\n");

  assert_refused (fixture, "torn.json", torn, "torn.json: *Nothing of it was imported.");
  assert_refused (fixture, "empty.json", "", "empty.json: It is empty. Nothing of it was imported.");
  assert_refused (fixture, "fhir.xml", "<Patient/>", "fhir.xml: It is XML*");
  assert_refused (fixture, "prose.txt", "Dear all,\nsee you on Monday.\n", "prose.txt: *");

  strcpy (deep, "{\"resourceType\":\"Patient\",\"x\":");
  memset (deep + strlen (deep), '[', 100000);
  memset (deep + 31, '[', 100000);
  memset (deep + 31 + 100000 - 2, ']', 100000);
  deep[31 + 200000 - 2] = '\0';
  strcat (deep, "}");
  importer = prepare_text (fixture, "deep.json", deep);
  g_assert_cmpint ((gint64) billing_importer_get_n_problems (importer), ==, 1);
  assert_problem (importer, 0, "deep.json*");
  g_assert_false (billing_importer_has_changes (importer));
  g_clear_object (&importer);

  importer = prepare_text (fixture, "utf8.ndjson", utf8);
  g_assert_cmpint ((gint64) billing_importer_get_n_problems (importer), ==, 1);
  g_assert_cmpint (sum_kind (importer, "Patient").added, ==, 1);
}

/* Dates are kept as precisely as they are known, births and deaths and visits; names in the form in which people are called. */
static void
test_dates_and_names (Fixture       *fixture,
                      gconstpointer  data)
{
  import_json (fixture, "dates.json",
    "["
    "{'resourceType':'Patient','id':'1','name':[{'use':'maiden','family':'Rowe'},{'use':'official','family':'Conn',"
    "'given':['Liz','Ann'],'prefix':['Mrs.']}],'birthDate':'1961','deceasedDateTime':'2020-05'},"
    "{'resourceType':'Patient','id':'2','name':[{'text':'Only Text'}],'birthDate':'1961-07','deceasedBoolean':false},"
    "{'resourceType':'Patient','id':'3','name':[{'family':'Nachname'}],'birthDate':'1961-07-08',"
    "'address':[{'use':'old','city':'Alt'},{'use':'home','line':['A 1','B'],'city':'Neu','postalCode':'01234'}],"
    "'telecom':[{'system':'phone','use':'work','value':'w'},{'system':'phone','use':'home','value':'h'},"
    "{'system':'email','value':'a@example.org'}]},"
    "{'resourceType':'Encounter','id':'1','subject':{'reference':'Patient/1'},'period':{'start':'2019'}},"
    "{'resourceType':'Encounter','id':'2','subject':{'reference':'Patient/1'},'period':{'start':'2019-05'}},"
    "{'resourceType':'Encounter','id':'3','subject':{'reference':'Patient/1'},'period':{'start':'2019-05-06'}},"
    "{'resourceType':'Encounter','id':'4','subject':{'reference':'Patient/1'},"
    "'period':{'start':'2019-05-06T23:30:00.250-05:00','end':'2019-05-07T05:00:00Z'}}"
    "]");

  assert_text (fixture, "SELECT group_concat (name || '/' || birth_date || '/' || deceased, ' ') FROM"
                        " (SELECT * FROM patients WHERE number > 'PT-001' ORDER BY number)",
               "Liz Ann Conn/1961/1 Only Text/1961-07/0 Nachname/1961-07-08/0");
  assert_text (fixture, "SELECT phone || '/' || email || '/' || address_line || '/' || city || '/' || postal_code"
                        " FROM patients WHERE family_name = 'Nachname'", "h/a@example.org/A 1, B/Neu/01234");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM treatments WHERE day IN ('2019-01-01', '2019-05-01',"
                                   " '2019-05-06', '2019-05-07') AND number > 'TRT-001'"), ==, 4);
}

#define CHECK(id, body) \
  "{'resourceType':'CoverageEligibilityResponse','id':'" id "','status':'active','patient':{'reference':'Patient/p'}," \
  "'created':'2026-02-0" id "','insurer':{'reference':'Organization/i'}," body "}"
#define INSURANCE(inforce, benefits) \
  "'outcome':'complete','insurance':[{'coverage':{'reference':'Coverage/c'},'inforce':" inforce ",'item':[" \
  "{'category':{'coding':[{'code':'30'}]},'network':{'coding':[{'code':'in'}]},'unit':{'coding':[{'code':'individual'}]}," \
  "'term':{'coding':[{'code':'annual'}]},'benefit':[" benefits "]}]}]"
#define ALLOWED(type, rest) "{'type':{'coding':[{'code':'" type "'}]}," rest "}"

/* What insurers answer: a copay; co-insurance behind a deductible; one that is used up; the most that a patient pays; no coverage; an
 * error. */
static void
test_eligibility (Fixture       *fixture,
                  gconstpointer  data)
{
  import_json (fixture, "eligibility.ndjson",
    CHECK ("1", INSURANCE ("true", ALLOWED ("copay", "'allowedMoney':{'value':25,'currency':'USD'}"))) "\n"
    CHECK ("2", INSURANCE ("true", ALLOWED ("copay-percent", "'allowedUnsignedInt':20") ","
                           ALLOWED ("deductible", "'allowedMoney':{'value':500},'usedMoney':{'value':500}"))) "\n"
    CHECK ("3", INSURANCE ("true", ALLOWED ("copay-maximum", "'allowedMoney':{'value':3000},'usedMoney':{'value':10.1}")
                           "," ALLOWED ("copay-percent", "'allowedString':'12.5 %'"))) "\n"
    CHECK ("4", INSURANCE ("false", "")) "\n"
    CHECK ("5", "'outcome':'error','error':[{'code':{'coding':[{'code':'a001'}],'text':'No such member'}}]") "\n"
    "{'resourceType':'Coverage','id':'c','status':'active','beneficiary':{'reference':'Patient/p'},"
    "'payor':[{'reference':'Organization/i'}],'subscriberId':'S1','order':1,"
    "'class':[{'type':{'coding':[{'code':'plan'}]},'value':'G','name':'Gold'}],'period':{'start':'2026-01-01'}}\n"
    PATIENT ("p", "Insured") "\n"
    "{'resourceType':'Organization','id':'i','name':'Acme Health','type':[{'coding':[{'code':'ins'}]}]}\n");

  assert_text (fixture, "SELECT group_concat (status, ' ') FROM (SELECT status FROM eligibility_checks ORDER BY checked_on)",
               "active active active inactive error");
  assert_text (fixture, "SELECT group_concat (DISTINCT payer) FROM eligibility_checks", "Acme Health");
  assert_text (fixture, "SELECT group_concat (type || ' ' || amount || ' ' || used || ' ' || percent) FROM"
                        " (SELECT b.* FROM benefits AS b JOIN eligibility_checks AS e ON e.id = b.check_id"
                        "  ORDER BY e.checked_on, b.pk)",
               "copay 2500 -1 -1,coinsurance -1 -1 2000,deductible 50000 50000 -1,"
               "out-of-pocket 300000 1010 -1,coinsurance -1 -1 1250");
  assert_text (fixture, "SELECT disposition FROM eligibility_checks WHERE status = 'error'", "No such member");
  assert_text (fixture, "SELECT payer || ' ' || plan || ' ' || member_id FROM coverages", "Acme Health Gold S1");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM locations WHERE name = 'Acme Health'"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM eligibility_checks WHERE coverage_id IS NULL"), ==, 1);
}

/* Of two insurances the one in force counts, and only its benefits; its coverage may be contained. What is excluded is said, a payer's
 * own coding before that of the code system does no harm, all errors are told, and without a day of its own an answer has that of the
 * service. */
static void
test_eligibility_parts (Fixture       *fixture,
                        gconstpointer  data)
{
  import_json (fixture, "eligibility.ndjson",
    PATIENT ("p", "Insured") "\n"
    "{'resourceType':'CoverageEligibilityResponse','id':'1','status':'active','patient':{'reference':'Patient/p'},"
    "'created':'2026-02-01','insurer':{'display':'Acme Health'},'outcome':'complete','contained':[{'resourceType':'Coverage',"
    "'id':'c','status':'active','beneficiary':{'reference':'Patient/p'},'payor':[{'display':'Acme Health'}],'subscriberId':'S7'}],"
    "'insurance':[{'coverage':{'reference':'Coverage/old'},'inforce':false,'item':[{'benefit':["
    ALLOWED ("copay", "'allowedMoney':{'value':99}") "]}]},{'coverage':{'reference':'#c'},'inforce':true,'item':["
    "{'category':{'coding':[{'code':'98'}]},'productOrService':{'coding':[{'code':'99213'}]},'benefit':["
    "{'type':{'coding':[{'system':'urn:acme','code':'CP'},{'code':'copay'}]},'allowedMoney':{'value':30.5,'currency':'USD'}}]},"
    "{'category':{'coding':[{'code':'35'}]},'excluded':true,'authorizationRequired':true}]}]}\n"
    "{'resourceType':'CoverageEligibilityResponse','id':'2','status':'active','patient':{'reference':'Patient/p'},"
    "'servicedPeriod':{'start':'2026-02-02'},'insurer':{'display':'Acme Health'},'outcome':'error','disposition':'Sorry',"
    "'error':[{'code':{'text':'No such member'}},{'code':{'coding':[{'code':'a002'}]}}]}\n");

  assert_text (fixture, "SELECT e.status || ' ' || c.member_id FROM eligibility_checks AS e JOIN coverages AS c ON c.id = e.coverage_id",
               "active S7");
  assert_text (fixture, "SELECT group_concat (type || ' ' || category || ' ' || ifnull (code, '-') || ' ' || amount) FROM"
                        " (SELECT * FROM benefits ORDER BY pk)", "copay 98 99213 3050,excluded 35 - -1");
  assert_text (fixture, "SELECT checked_on || ' ' || disposition FROM eligibility_checks WHERE status = 'error'",
               "2026-02-02 Sorry; No such member; a002");
}

/* Every type of Bundle, a Bundle in a Bundle, a resource alone, and a request without one. */
static void
test_bundles (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const types[] = { "transaction", "collection", "searchset", "history", "batch", "document" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{'resourceType':'Bundle','type':'%s','entry':[{'fullUrl':'urn:uuid:%u','resource':{'resourceType':'Patient',"
        "'name':[{'text':'Bundle %u'}]},'request':{'method':'POST','url':'Patient'},'response':{'status':'200'}}]}",
        types[i], i, i);

      import_json (fixture, types[i], text);
      import_json (fixture, types[i], text);
    }

  import_json (fixture, "nested.json",
               "{'resourceType':'Bundle','type':'collection','entry':[{'resource':{'resourceType':'Bundle','type':"
               "'collection','entry':[{'resource':" PATIENT ("n", "Nested") "}]}}]}");
  import_json (fixture, "put.json",
               "{'resourceType':'Bundle','type':'transaction','entry':[{'resource':{'resourceType':'Patient','name':"
               "[{'text':'Put'}]},'request':{'method':'PUT','url':'Patient/n'}}]}");

  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients WHERE name LIKE 'Bundle %'"), ==, 6);
  assert_text (fixture, "SELECT name FROM patients WHERE number = 'PT-008'", "Put");
}

static char *
describe_columns (BillingImporter *importer)
{
  GListModel *columns = billing_importer_get_columns (importer, 0);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (BillingImportColumn) column = g_list_model_get_item (columns, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", column->target != NULL ? column->target : "-");
    }

  return g_string_free (text, FALSE);
}

#define assert_columns(importer, expected_kind, expected) G_STMT_START { \
  g_autoptr (BillingImportFile) file_ = g_list_model_get_item (billing_importer_get_files (importer), 0); \
  g_autofree char *columns_ = describe_columns (importer); \
  g_assert_cmpstr (file_->kind, ==, expected_kind); \
  g_assert_cmpstr (columns_, ==, expected); \
} G_STMT_END

/* The header tells what the rows are and what each column is, in the languages of the neighbourhood; a file says by itself how its dates
 * are to be read when one of them can only be read one way. */
static void
test_csv_headers (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct {
    const char *text;
    const char *kind;
    const char *columns;
    const char *order;
  } cases[] = {
    { "Patient ID,First Name,Last Name,DOB,Sex,E-mail,Shoe size\nA1,Ann,Lee,12/31/1970,F,a@x.org,9\n", "patients",
      "number given_name family_name birth_date gender email -", "mdy" },
    { "Nachname;Vorname;Geburtsdatum;Straße;PLZ;Ort\nMüller;Jörg;31.12.1970;Weg 1;01234;Köln\n", "patients",
      "family_name given_name birth_date address_line postal_code city", "dmy" },
    { "Nr;Name;Geburtsdatum\n1;Müller, Jörg;1.2.1970\n2;Lee, Ann;13.13.1970\n", "patients", "number name birth_date", "dmy" },
    { "Nom\tPrénom\tDate de naissance\tCode postal\tVille\nLéa\tÉlise\t31/12/1970\t75001\tParis\n", "patients",
      "family_name given_name birth_date postal_code city", "dmy" },
    { "Apellidos|Nombre|Fecha de nacimiento|Teléfono\nGarcía|José|1970-12-31|600\n", "patients",
      "family_name given_name birth_date phone", "ymd" },
    { "MRN,Date of Service,CPT Code,Provider,Location,Total Charges\n1,2026-01-02,99213,Dr. Who,North,\"1,250.00\"\n",
      "treatments", "patient_number date code physician location charges", "ymd" },
    { "Patientennummer;Behandlungsdatum;Leistung;Betrag;Arzt\n1;02.01.2026;Massage;1.250,00;Dr. Weh\n", "treatments",
      "patient_number date description charges physician", "dmy" },
    { "Patient ID,Payer,Check Date,Status,Copay,Deductible,Deductible Met\n1,Acme,03/04/2026,Active,25,500,100\n",
      "eligibility_checks", "patient_number payer checked_on eligibility benefit_copay benefit_deductible"
      " benefit_deductible_used", "?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BillingImporter) importer = prepare_text (fixture, "table.csv", cases[i].text);
      g_autoptr (BillingImportFile) file = g_list_model_get_item (billing_importer_get_files (importer), 0);
      g_auto (GStrv) lines = g_strsplit (cases[i].text, "\n", -1);

      assert_columns (importer, cases[i].kind, cases[i].columns);
      /* Neither the header nor the end is an entry. */
      g_assert_cmpint (file->entries, ==, g_strv_length (lines) - 2);
      g_assert_cmpstr (file->date_order, ==, cases[i].order);
      g_assert_cmpstr (file->format, ==, "csv");
    }
}

static char *
encode (const char *text,
        const char *encoding,
        gsize      *length)
{
  g_autoptr (GError) error = NULL;
  char *encoded = g_convert (text, -1, encoding, "UTF-8", NULL, length, &error);

  g_assert_no_error (error);
  return encoded;
}

/* Whatever the encoding and the separator, the same patients come in; and since numbers name them, they come in once. */
static void
test_csv_encodings (Fixture       *fixture,
                    gconstpointer  data)
{
  static const struct {
    const char *encoding;
    const char *bom;
    char separator;
  } cases[] = {
    { "UTF-8", "", ',' }, { "UTF-8", "\xef\xbb\xbf", ';' }, { "UTF-16LE", "\xff\xfe", '\t' },
    { "UTF-16BE", "\xfe\xff", ',' }, { "ISO-8859-1", "", ';' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdelimit (g_strdup ("Nr|Name|Geburtsdatum|Ort\r\nK-1|\"Müller; Jörg, der\tÄltere|\"|31.12.1970|Köln\r\n"),
                                            "|", cases[i].separator);
      g_autofree char *path = g_build_filename (fixture->files, "table.csv", NULL);
      g_autoptr (GString) bytes = g_string_new (cases[i].bom);
      g_autoptr (BillingImporter) importer = NULL;
      gsize length;
      g_autofree char *encoded = encode (text, cases[i].encoding, &length);

      g_string_append_len (bytes, encoded, (gssize) length);
      g_assert_true (g_file_set_contents (path, bytes->str, (gssize) bytes->len, NULL));
      importer = prepare_path (fixture, path);
      print_problems (importer);
      assert_columns (importer, "patients", "number name birth_date city");
      g_assert_cmpint (sum_kind (importer, "patients").added + sum_kind (importer, "patients").changed
                       + sum_kind (importer, "patients").same, ==, 1);
      apply (importer);
    }

  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients WHERE number = 'K-1' AND city = 'Köln'"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients"), ==, 2);
}

/* Rows of treatments name their patient by number or by name and birth date, in the books or in the same import; several lines of one visit
 * are one treatment; the same file again changes nothing, a corrected one changes what it corrects, and columns that a file lacks
 * take nothing away. */
static void
test_csv_treatments (Fixture       *fixture,
                     gconstpointer  data)
{
  const char *visits =
    "Visit;Patient ID;Patient Name;Date of Birth;Date;Time;CPT;Charges;Location;Provider\n"
    "V1;K-1;;;03.04.2026;9:30;99213;1.250,50;North;Dr. Ann\n"
    "V1;K-1;;;03.04.2026;9:30;97110;10,00;North;Dr. Ann\n"
    "V2;;Mejia, Gustavo;31.12.1970;13.04.2026;;J1100;5;North;Dr. Bob\n"
    "V3;K-9;;;14.04.2026;;99213;5;North;Dr. Bob\n"
    "V4;K-1;;;31.02.2026;;99213;5;North;Dr. Bob\n";

  import_text (fixture, "patients.csv", "Number,Name,Date of birth,Phone\nK-1,Gustavo Mejía,1970-12-31,555\n");

  g_autoptr (BillingImporter) importer = prepare_text (fixture, "visits.csv", visits);
  g_assert_cmpint (sum_kind (importer, "treatments").added, ==, 2);
  g_assert_cmpint (sum_kind (importer, "treatments").refused, ==, 2);
  assert_problem (importer, 0, "visits.csv, entry 5 (row 5): there is no K-9 in the practice");
  assert_problem (importer, 1, "visits.csv, entry 6 (row 6): *31.02.2026");
  apply (importer);
  assert_text (fixture, "SELECT group_concat (day || ' ' || charges || ' ' || location || ' ' || physician || ' ' || codes, '; ')"
                        " FROM (SELECT * FROM treatments_view WHERE patient_name = 'Gustavo Mejía' ORDER BY day)",
               "2026-04-03 126050 North Dr. Ann 97110, 99213; 2026-04-13 500 North Dr. Bob J1100");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM treatment_codes WHERE system = 'HCPCS'"), ==, 1);

  g_autoptr (BillingImporter) again = prepare_text (fixture, "visits.csv", visits);
  g_assert_cmpint (sum_kind (again, "treatments").same, ==, 2);
  g_assert_false (billing_importer_has_changes (again));

  import_text (fixture, "corrected.csv", "Visit,Patient ID,Date,Charges\nV2,K-1,2026-04-13,7.25\n");
  assert_text (fixture, "SELECT charges || ' ' || location FROM treatments_view WHERE day = '2026-04-13'", "725 North");
  import_text (fixture, "described.csv", "Visit,Patient ID,Date,Description\nV2,K-1,2026-04-13,Massage\n");
  assert_text (fixture, "SELECT charges || ' ' || codes || ' ' || description FROM treatments_view"
                        " WHERE day = '2026-04-13'", "725 J1100 Massage");
  import_text (fixture, "ours.csv", "Treatment number,Patient ID,Date,Charges\nTRT-001,PT-001,2026-04-13,9\n");
  assert_text (fixture, "SELECT charges FROM treatments WHERE number = 'TRT-001'", "900");
  import_text (fixture, "corrected.csv", "Number,Name,City\nK-1,Gustavo Mejía,Lima\n");
  assert_text (fixture, "SELECT phone || ' ' || city || ' ' || birth_date FROM patients WHERE number = 'K-1'",
               "555 Lima 1970-12-31");
}

/* An insurer's answers as a table. */
static void
test_csv_checks (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *checks =
    "Patient ID,Payer,Plan,Check Date,Status,Copay,Coinsurance,Deductible,Deductible Met,OOP Max\n"
    "PT-001,Acme,Gold,2026-02-03,Active,$25,20%,500,100.5,3000\n"
    "PT-001,Acme,Gold,2026-02-04,terminated,,,,,\n";

  import_text (fixture, "checks.csv", checks);
  assert_text (fixture, "SELECT group_concat (status || ' ' || plan) FROM (SELECT * FROM eligibility_checks ORDER BY checked_on)",
               "active Gold,inactive Gold");
  assert_text (fixture, "SELECT group_concat (type || ' ' || amount || ' ' || used || ' ' || percent) FROM"
                        " (SELECT * FROM benefits ORDER BY pk)",
               "copay 2500 -1 -1,coinsurance -1 -1 2000,deductible 50000 10050 -1,out-of-pocket 300000 -1 -1");

  g_autoptr (BillingImporter) again = prepare_text (fixture, "checks.csv", checks);
  g_assert_false (billing_importer_has_changes (again));
}

/* What was proposed can be corrected before anything is written: what the rows are, what a column is, in which order dates stand. */
static void
test_csv_corrections (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (BillingImporter) importer = prepare_text (fixture, "odd.csv", "Wer,Wann,Was\nAnn Lee,03/04/1980,x\n");
  g_autoptr (BillingImportColumn) column = NULL;
  g_auto (GStrv) targets = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint ((gint64) billing_importer_get_n_problems (importer), ==, 1);
  g_assert_false (billing_importer_set_target (importer, 0, 0, "name", &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (billing_importer_set_kind (importer, 0, "patients", &error));
  targets = billing_importer_list_targets (importer, 0);
  g_assert_true (g_strv_contains ((const char * const *) targets, "birth_date"));
  g_assert_true (billing_importer_set_target (importer, 0, 0, "name", &error));
  g_assert_true (billing_importer_set_target (importer, 0, 1, "birth_date", &error));
  g_assert_no_error (error);
  column = g_list_model_get_item (billing_importer_get_columns (importer, 0), 1);
  g_assert_cmpstr (column->samples, ==, "03/04/1980");
  g_assert_nonnull (strstr (column->note, "check this"));

  g_assert_true (billing_importer_set_date_order (importer, 0, "mdy", &error));
  g_assert_true (billing_importer_prepare (importer, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint ((gint64) billing_importer_get_n_problems (importer), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients"), ==, 1);
  apply (importer);
  assert_text (fixture, "SELECT birth_date FROM patients WHERE name = 'Ann Lee'", "1980-03-04");
}

/* Who may not import is refused with the sentence, before a file is read. */
static void
test_role (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (BillingImporter) importer = NULL;
  g_autofree char *path = write_file (fixture, "p.csv", "Name\nAnn\n");
  g_autoptr (GError) error = NULL;

  billing_test_practice_add_person (&fixture->practice, "front", "front-desk", "correct horse");
  billing_test_practice_sign_in (&fixture->practice, "front", "correct horse");
  importer = billing_importer_new (fixture->practice.desk);
  billing_importer_add_path (importer, path);
  g_assert_false (billing_importer_prepare (importer, NULL, NULL, NULL, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED);
}

typedef struct {
  GMainLoop *loop;
  GError *error; /* (owned) (nullable) */
  gboolean done;
  int fraction;
  guint64 entries;
} Waiting;

static void
progress_cb (int      fraction,
             guint64  entries,
             gpointer data)
{
  Waiting *waiting = data;

  g_assert_cmpint (fraction, >=, waiting->fraction);
  waiting->fraction = fraction;
  waiting->entries = entries;
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Waiting *waiting = data;

  waiting->done = billing_importer_prepare_finish (BILLING_IMPORTER (source), result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Waiting *waiting = data;

  waiting->done = billing_importer_apply_finish (BILLING_IMPORTER (source), result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

/* The window's way: on another thread, with progress, and cancelled without a trace. */
static void
test_async (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  BillingImporter *importer = billing_importer_new (fixture->practice.desk);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *json = quote (PATIENT ("1", "Async") "\n" PATIENT ("2", "Async") "\n");
  g_autofree char *path = write_file (fixture, "a.ndjson", json);
  g_autofree char *summary = NULL;
  Waiting waiting = { loop };

  billing_importer_add_path (importer, path);
  g_cancellable_cancel (cancellable);
  billing_importer_prepare_async (importer, NULL, NULL, cancellable, prepared_cb, &waiting);
  g_main_loop_run (loop);
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&waiting.error);

  billing_importer_prepare_async (importer, progress_cb, &waiting, NULL, prepared_cb, &waiting);
  g_main_loop_run (loop);
  g_assert_no_error (waiting.error);
  g_assert_true (waiting.done);
  g_assert_cmpint (waiting.fraction, ==, 1000);
  g_assert_cmpint ((gint64) waiting.entries, >=, 2);
  summary = billing_importer_get_summary (importer);
  g_assert_cmpstr (summary, ==, "2 new");

  billing_importer_apply_async (importer, NULL, applied_cb, &waiting);
  g_main_loop_run (loop);
  g_assert_no_error (waiting.error);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients WHERE family_name = 'Async'"), ==, 2);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM audit WHERE verb = 'import' AND reason = 'a.ndjson: 2 new'"), ==, 1);
  g_assert_false (billing_importer_has_changes (importer));

  /* The last thread lets go of it a moment after it was done. */
  g_object_add_weak_pointer (G_OBJECT (importer), (gpointer *) &importer);
  g_object_unref (importer);
  while (g_atomic_pointer_get (&importer) != NULL)
    g_usleep (1000);
}

/* Two people look at the same file, and both import it: the second finds that it is there. */
static void
test_twice_at_once (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (BillingImporter) one = prepare_json (fixture, "1.json", PATIENT ("1", "Twice"));
  g_autoptr (BillingImporter) two = prepare_json (fixture, "1.json", PATIENT ("1", "Twice"));

  g_assert_true (billing_importer_has_changes (two));
  apply (one);
  apply (two);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients WHERE family_name = 'Twice'"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM imports"), ==, 2);
}

static void
work_cb (int      fraction,
         guint64  entries,
         gpointer data)
{
  Fixture *fixture = data;

  g_free (billing_test_practice_create_payment (&fixture->practice, 100, FALSE));
}

/* Reading a file may take minutes; the desk goes on working meanwhile, at each moment of it. */
static void
test_desk_goes_on (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *json = quote (PATIENT ("1", "Meanwhile"));
  g_autofree char *path = write_file (fixture, "1.json", json);
  g_autoptr (BillingImporter) importer = billing_importer_new (fixture->practice.desk);
  g_autoptr (GError) error = NULL;

  billing_importer_add_path (importer, path);
  g_assert_true (billing_importer_prepare (importer, work_cb, fixture, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM payments"), >=, 3);
}

/* What a killed import left behind goes with the next one; what another program is at work on stays. */
static void
test_leftovers (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->practice.folder, ".import-left", NULL);
  g_autofree char *stage = g_build_filename (folder, "stage.db", NULL);
  struct utimbuf long_ago = { 1000, 1000 };
  g_autoptr (BillingImporter) importer = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (stage, "x", -1, NULL));
  import_json (fixture, "1.json", PATIENT ("1", "Now"));
  g_assert_true (g_file_test (stage, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_utime (folder, &long_ago), ==, 0);
  importer = prepare_json (fixture, "1.json", PATIENT ("1", "Now"));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

/* Renaming a patient is seen by the search and by the order of lists. */
static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  import_json (fixture, "1.json", PATIENT ("1", "Mejía"));
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients_search WHERE patients_search MATCH 'mejia'"), ==, 1);
  import_json (fixture, "2.json", PATIENT ("1", "Straße"));
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients_search WHERE patients_search MATCH 'mejia'"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients_search WHERE patients_search MATCH 'strasse'"), ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM patients WHERE sort_key = x''"), ==, 0);
}

static gint64
read_status (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, name);
  g_assert_nonnull (line);
  return g_ascii_strtoll (line + strlen (name), NULL, 10);
}

static char *
write_large_file (Fixture *fixture,
                  gint64   size)
{
  char *path = g_build_filename (fixture->files, "large.json", NULL);
  FILE *file = g_fopen (path, "w");
  gint64 written = 0;

  g_assert_nonnull (file);
  written += fprintf (file, "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[");
  for (guint i = 0; written < size; i++)
    {
      g_autofree char *text = g_strdup_printf (
        "%s{'fullUrl':'http://x.example/Patient/%u','resource':{'resourceType':'Patient','id':'%u','name':"
        "[{'family':'Large%u','given':['Ann']}],'birthDate':'1970-12-31','text':{'div':'%0900d'}}},"
        "{'fullUrl':'http://x.example/Encounter/%u','resource':{'resourceType':'Encounter','id':'%u','status':'finished',"
        "'subject':{'reference':'Patient/%u'},'period':{'start':'2026-03-04T10:00:00Z'},"
        "'type':[{'coding':[{'system':'http://www.ama-assn.org/go/cpt','code':'99213'}]}],'text':{'div':'%0900d'}}}",
        i > 0 ? "," : "", i, i, i, 0, i, i, i, 0);

      g_strdelimit (text, "'", '"');
      written += fprintf (file, "%s", text);
    }
  g_assert_cmpint (fprintf (file, "]}"), ==, 2);
  g_assert_cmpint (fclose (file), ==, 0);
  return path;
}

/* A file of 200 MB (BILLING_TEST_FULL; of 20 MB otherwise) is prepared and applied in little memory. */
static void
test_large_file (Fixture       *fixture,
                 gconstpointer  data)
{
  gint64 size = (g_getenv ("BILLING_TEST_FULL") != NULL ? 200 : 20) * G_GINT64_CONSTANT (1000000);
  g_autofree char *path = write_large_file (fixture, size);
  g_autoptr (BillingImporter) importer = NULL;
  gint64 start = g_get_monotonic_time ();
  gint64 peak;

  importer = prepare_path (fixture, path);
  g_test_message ("Prepared in %" G_GINT64_FORMAT " ms, peak %" G_GINT64_FORMAT " KiB",
                  (g_get_monotonic_time () - start) / 1000, read_status ("VmHWM:"));
  apply (importer);
  peak = read_status ("VmHWM:");
  g_test_message ("Applied after %" G_GINT64_FORMAT " ms, peak %" G_GINT64_FORMAT " KiB",
                  (g_get_monotonic_time () - start) / 1000, peak);

  g_assert_cmpint (count (fixture, "SELECT count (*) FROM treatments"), >, size / 2400);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (peak, <, 150 * 1024);
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/importer/samples", Fixture, NULL, set_up, test_samples, tear_down);
  g_test_add ("/importer/references", Fixture, NULL, set_up, test_references, tear_down);
  g_test_add ("/importer/waiting", Fixture, NULL, set_up, test_waiting, tear_down);
  g_test_add ("/importer/versions", Fixture, NULL, set_up, test_versions, tear_down);
  g_test_add ("/importer/corrected-claim", Fixture, NULL, set_up, test_corrected_claim, tear_down);
  g_test_add ("/importer/moved-claim", Fixture, NULL, set_up, test_moved_claim, tear_down);
  g_test_add ("/importer/responsibility", Fixture, NULL, set_up, test_responsibility, tear_down);
  g_test_add ("/importer/bad-entries", Fixture, NULL, set_up, test_bad_entries, tear_down);
  g_test_add ("/importer/bad-files", Fixture, NULL, set_up, test_bad_files, tear_down);
  g_test_add ("/importer/dates-and-names", Fixture, NULL, set_up, test_dates_and_names, tear_down);
  g_test_add ("/importer/eligibility", Fixture, NULL, set_up, test_eligibility, tear_down);
  g_test_add ("/importer/eligibility-parts", Fixture, NULL, set_up, test_eligibility_parts, tear_down);
  g_test_add ("/importer/bundles", Fixture, NULL, set_up, test_bundles, tear_down);
  g_test_add ("/importer/csv-headers", Fixture, NULL, set_up, test_csv_headers, tear_down);
  g_test_add ("/importer/csv-encodings", Fixture, NULL, set_up, test_csv_encodings, tear_down);
  g_test_add ("/importer/csv-treatments", Fixture, NULL, set_up, test_csv_treatments, tear_down);
  g_test_add ("/importer/csv-checks", Fixture, NULL, set_up, test_csv_checks, tear_down);
  g_test_add ("/importer/csv-corrections", Fixture, NULL, set_up, test_csv_corrections, tear_down);
  g_test_add ("/importer/role", Fixture, NULL, set_up, test_role, tear_down);
  g_test_add ("/importer/async", Fixture, NULL, set_up, test_async, tear_down);
  g_test_add ("/importer/twice-at-once", Fixture, NULL, set_up, test_twice_at_once, tear_down);
  g_test_add ("/importer/desk-goes-on", Fixture, NULL, set_up, test_desk_goes_on, tear_down);
  g_test_add ("/importer/leftovers", Fixture, NULL, set_up, test_leftovers, tear_down);
  g_test_add ("/importer/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/importer/large-file", Fixture, NULL, set_up, test_large_file, tear_down);

  return g_test_run ();
}
