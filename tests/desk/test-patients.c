/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-books.h"
#include "billing-desk-patients.h"
#include "billing-importer.h"
#include "billing-table.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"
#include "billing-treatment.h"

/* How patients are reached, who owes something, and patients who turned out to be one: everything of them moves, goes back as it was, and the books
 * are sound all the while. */

typedef struct {
  BillingTestPractice practice;
  char *first;  /* (owned): id */
  char *second; /* (owned): id */
} Fixture;

typedef struct {
  const char *name;
  const char *birth_date;
  const char *email;
  char *id; /* (owned) */
} NewPatient;

static gboolean
add_patient_func (BillingConnection  *connection,
                  gpointer            data,
                  GCancellable       *cancellable,
                  GError            **error)
{
  NewPatient *new = data;
  g_autoptr (BillingRecord) patient = g_object_new (BILLING_TYPE_PATIENT, "name", new->name, "birth-date", new->birth_date,
                                                    "email", new->email, NULL);
  g_autoptr (BillingRecord) treatment = NULL;

  g_assert_true (billing_table_insert (connection, patient, error));
  new->id = g_strdup (billing_record_get_id (patient));
  treatment = g_object_new (BILLING_TYPE_TREATMENT, "patient-id", new->id, "starts-at", G_GINT64_CONSTANT (1790000000), "day",
                            "2026-09-21", "state", "finished", "currency", "USD", NULL);
  return billing_table_insert (connection, treatment, error);
}

/* With a treatment each. */
static char *
add_patient (Fixture    *self,
             const char *name,
             const char *birth_date,
             const char *email)
{
  NewPatient new = { name, birth_date, email, NULL };
  g_autoptr (GError) error = NULL;

  billing_store_write (billing_desk_get_store (self->practice.desk), add_patient_func, &new, NULL, &error);
  g_assert_no_error (error);
  return new.id;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  billing_test_practice_set_up (&self->practice);
  self->first = add_patient (self, "Ana Mejía", "1980-02-03", "ana@example.com");
  self->second = add_patient (self, "Ana Mejia", "1980-02-03", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  billing_test_practice_verify (&self->practice);
  billing_test_practice_tear_down (&self->practice);
  g_free (self->first);
  g_free (self->second);
}

static BillingAct *
act_on (BillingVerb verb,
        const char *subject)
{
  return billing_act_new (verb, subject);
}

static BillingAct *
merge (const char *from,
       const char *into)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PATIENT_MERGE, "subject", from, "patient", into, NULL);
}

static BillingAct *
edit (const char *patient,
      const char *fields)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PATIENT_EDIT, "subject", patient, "fields", fields, NULL);
}

static char *
do_act (Fixture    *self,
        BillingAct *act)
{
  g_autoptr (BillingAct) done = act;
  g_autoptr (GError) error = NULL;

  billing_desk_do (self->practice.desk, done, &error);
  g_assert_no_error (error);
  return g_strdup (done->result);
}

static void
refuse (Fixture    *self,
        BillingAct *act,
        const char *pattern)
{
  g_autoptr (BillingAct) refused = act;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = billing_test_dump (self->practice.folder);
  g_autofree char *after = NULL;

  g_assert_false (billing_desk_do (self->practice.desk, refused, &error));
  after = billing_test_dump (self->practice.folder);
  g_assert_nonnull (error);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("“%s” is not “%s”", error->message, pattern);
  g_assert_cmpstr (before, ==, after);
}

static char *
create (Fixture    *self,
        const char *patient,
        gint64      amount,
        const char *due)
{
  return do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_CREATE, "patient", patient, "has-amount", TRUE, "amount", amount,
                                     "due", due, NULL));
}

static void
collect (Fixture       *self,
         const char    *payment,
         BillingTender  tender,
         gint64         amount)
{
  g_free (do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_COLLECT, "subject", payment, "tender", tender,
                                      "has-amount", TRUE, "amount", amount, NULL)));
}

/* What the patient of an id has overpaid. */
static void
give_credit (Fixture    *self,
             const char *patient,
             gint64      amount)
{
  g_autofree char *payment = create (self, patient, 1000, NULL);

  collect (self, payment, BILLING_TENDER_CASH, 1000 + amount);
}

static void
assert_sql (Fixture    *self,
            const char *sql,
            const char *expected)
{
  g_autofree char *found = billing_test_text (self->practice.folder, sql);

  g_assert_cmpstr (found, ==, expected);
}

static gboolean
append_number (BillingRecord  *record,
               gpointer        data,
               GError        **error)
{
  GString *numbers = data;
  g_autofree char *number = NULL;

  g_object_get (record, "number", &number, NULL);
  g_string_append_printf (numbers, "%s%s", numbers->len > 0 ? " " : "", number);
  return TRUE;
}

static char *
list (Fixture    *self,
      const char *kind,
      const char *property,
      const char *value)
{
  g_autoptr (BillingQuery) query = billing_desk_query (self->practice.desk, kind);
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_object_set (query, "sort", "number", property, value, NULL);
  query->descending = FALSE;
  billing_desk_list (self->practice.desk, query, append_number, numbers, NULL, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&numbers), FALSE);
}

static void
assert_list (Fixture    *self,
             const char *kind,
             const char *property,
             const char *value,
             const char *expected)
{
  g_autofree char *found = list (self, kind, property, value);

  g_assert_cmpstr (found, ==, expected);
}

/* --- contact preferences ---------------------------------------------------------------------- */

/* What is typed is kept as typed, said in the audit with what it was, and nothing that makes no sense is taken. */
static void
test_edit (Fixture       *self,
           gconstpointer  data)
{
  g_free (do_act (self, edit (self->first, "{\"email\":\" ana@clinic.example \",\"language\":\"pt_BR\",\"no-reminders\":\"yes\"}")));
  assert_sql (self, "SELECT email || ' ' || language || ' ' || no_mail || no_reminders || ' ' || typed FROM patients"
              " WHERE number = 'PT-002'", "ana@clinic.example pt_BR 01 email language");
  assert_sql (self, "SELECT (before ->> '$.email') || ' ' || (after ->> '$.email') FROM audit WHERE verb = 'patient-edit'",
              "ana@example.com ana@clinic.example");
  assert_list (self, "patients", "search", "clinic.example", "PT-002");

  g_free (do_act (self, edit (self->first, "{\"email\":\"\",\"no-mail\":\"yes\",\"no-reminders\":\"no\"}")));
  assert_sql (self, "SELECT ifnull (email, '-') || no_mail || no_reminders FROM patients WHERE number = 'PT-002'", "-10");

  refuse (self, edit (self->first, "{\"email\":\"ana\"}"), "*no e-mail address*");
  refuse (self, edit (self->first, "{\"email\":\"a@b.example, c@d.example\"}"), "*no e-mail address*");
  refuse (self, edit (self->first, "{\"language\":\"xx-nowhere\"}"), "*no language*");
  refuse (self, edit (self->first, "{\"no-mail\":\"perhaps\"}"), "*“yes” or “no”*");
  refuse (self, edit (self->first, "{\"credit\":\"5\"}"), "*cannot be said*");
  refuse (self, edit (self->first, NULL), "*Nothing was said*");
  refuse (self, edit ("PT-999", "{\"no-mail\":\"yes\"}"), "*There is no*");
}

static void
import_text (Fixture    *self,
             const char *name,
             const char *content)
{
  char *folder = billing_test_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (BillingImporter) importer = billing_importer_new (self->practice.desk);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  billing_importer_add_path (importer, path);
  billing_importer_prepare (importer, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  billing_importer_apply (importer, NULL, &error);
  g_assert_no_error (error);
  billing_test_folder_remove (folder);
}

static char *
build_patient (const char *id,
               const char *name,
               const char *email,
               const char *city)
{
  return g_strdup_printf ("{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"%s\",\"given\":[\"Jo\"]}],"
                          "\"birthDate\":\"1990-01-01\",\"address\":[{\"city\":\"%s\"}],"
                          "\"telecom\":[{\"system\":\"email\",\"value\":\"%s\"}]}", id, name, city, email);
}

static void
import_patient (Fixture    *self,
                const char *id,
                const char *name,
                const char *email,
                const char *city)
{
  g_autofree char *patient = build_patient (id, name, email, city);
  g_autofree char *file = g_strdup_printf ("%s-%s-%s.json", id, name, city);

  import_text (self, file, patient);
}

static void
import_encounter (Fixture *self,
                  int      n)
{
  g_autofree char *encounter = g_strdup_printf (
    "{\"resourceType\":\"Encounter\",\"id\":\"e%d\",\"status\":\"finished\",\"class\":{\"code\":\"AMB\"},"
    "\"subject\":{\"reference\":\"Patient/88\"},\"period\":{\"start\":\"2026-03-0%dT10:00:00Z\"}}", n, n);
  g_autofree char *file = g_strdup_printf ("encounter-%d.json", n);

  import_text (self, file, encounter);
}

/* A later import changes what it says, but not the e-mail address that a person typed. */
static void
test_edit_then_import (Fixture       *self,
                       gconstpointer  data)
{
  import_patient (self, "77", "Field", "old@example.com", "Bonn");
  assert_sql (self, "SELECT email || city FROM patients WHERE family_name = 'Field'", "old@example.comBonn");
  import_patient (self, "77", "Field", "later@example.com", "Köln");
  assert_sql (self, "SELECT email || city FROM patients WHERE family_name = 'Field'", "later@example.comKöln");

  g_free (do_act (self, edit ("PT-004", "{\"email\":\"typed@example.com\"}")));
  import_patient (self, "77", "Field", "latest@example.com", "Mainz");
  assert_sql (self, "SELECT email || city FROM patients WHERE family_name = 'Field'", "typed@example.comMainz");
}

/* --- who owes something ----------------------------------------------------------------------- */

/* The list of patients is narrowed to who owes something, is late, or has credit; what was paid is owed no more. */
static void
test_filters (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *late = create (self, self->first, 5000, "2020-01-01");
  g_autofree char *open = create (self, self->second, 7000, "2099-01-01");

  assert_list (self, "patients", "status", "owing", "PT-002 PT-003");
  assert_list (self, "patients", "status", "overdue", "PT-002");
  assert_list (self, "patients", "status", "credit", "");
  give_credit (self, self->second, 500);
  assert_list (self, "patients", "status", "credit", "PT-003");
  assert_list (self, "patients", "status", "owing,credit", "PT-003");
  collect (self, late, BILLING_TENDER_CARD, 5000);
  assert_list (self, "patients", "status", "owing", "PT-003");
  assert_list (self, "patients", "status", "overdue", "");
  assert_list (self, "patients", "location", BILLING_QUERY_NO_LOCATION, "PT-001 PT-002 PT-003");
}

/* --- merges ----------------------------------------------------------------------------------- */

/* Everything of the one is the other's, is found under both numbers, and goes back to the cent. */
static void
test_merge (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *mine = create (self, self->first, 5000, NULL);
  g_autofree char *theirs = create (self, self->second, 7000, "2020-01-01");
  g_autofree char *result = NULL;
  g_autofree char *back = NULL;
  g_autoptr (BillingRecord) found = NULL;
  g_autoptr (GError) error = NULL;

  give_credit (self, self->second, 900);
  g_free (do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_NOTE_ADD, "subject", self->second, "text", "Moved.", NULL)));

  result = do_act (self, merge ("PT-003", "PT-002"));
  g_assert_cmpstr (result, ==, "PT-002");
  billing_test_practice_verify (&self->practice);
  assert_list (self, "patients", "status", NULL, "PT-001 PT-002");
  assert_list (self, "patients", "status", "merged", "PT-003");
  assert_list (self, "patients", "search", "PT-003", "PT-002");
  assert_list (self, "payments", "patient", "PT-003", "PAY-001 PAY-002 PAY-003");
  assert_list (self, "payments", "search", "PT-003", "PAY-001 PAY-002 PAY-003");
  assert_sql (self, "SELECT credit FROM patients WHERE number = 'PT-002'", "900");
  assert_sql (self, "SELECT count (*) FROM notes WHERE subject_id = (SELECT id FROM patients WHERE number = 'PT-002')", "1");
  found = billing_desk_find (self->practice.desk, "PT-003", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (BILLING_PATIENT (found)->number, ==, "PT-002");
  g_assert_cmpint (BILLING_PATIENT (found)->balance, ==, 12000);

  back = do_act (self, act_on (BILLING_VERB_PATIENT_UNMERGE, "PT-003"));
  g_assert_cmpstr (back, ==, "PT-003");
  billing_test_practice_verify (&self->practice);
  assert_list (self, "patients", "status", NULL, "PT-001 PT-002 PT-003");
  assert_list (self, "patients", "search", "PT-003", "PT-003");
  assert_list (self, "payments", "patient", "PT-003", "PAY-002 PAY-003");
  assert_sql (self, "SELECT group_concat (credit) FROM (SELECT credit FROM patients ORDER BY pk)", "0,0,900");
  refuse (self, act_on (BILLING_VERB_PATIENT_UNMERGE, "PT-003"), "*not merged with anybody*");
}

/* Nobody is merged with themselves, twice, or with nobody. */
static void
test_merge_refused (Fixture       *self,
                    gconstpointer  data)
{
  refuse (self, merge ("PT-002", "PT-002"), "*same patient*");
  refuse (self, merge ("PT-002", NULL), "*With whom*");
  refuse (self, merge ("PT-009", "PT-002"), "*There is no*");
  g_free (do_act (self, merge ("PT-003", "PT-002")));
  refuse (self, merge ("PT-003", "PT-001"), "*PT-003 was merged already, and is PT-002*");
  refuse (self, merge ("PT-002", "PT-003"), "*same patient*");
}

/* Who turned out to be the one is the next one, too; and each step is taken back by itself, the last first. */
static void
test_chain (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *theirs = create (self, self->second, 7000, NULL);

  give_credit (self, self->second, 300);
  g_free (do_act (self, merge ("PT-003", "PT-002")));
  g_free (do_act (self, merge ("PT-002", "PT-001")));
  billing_test_practice_verify (&self->practice);
  assert_list (self, "payments", "patient", "PT-003", "PAY-001 PAY-002");
  assert_list (self, "patients", "search", "PT-003", "PT-001");
  assert_sql (self, "SELECT group_concat (credit) FROM (SELECT credit FROM patients ORDER BY pk)", "300,0,0");
  refuse (self, act_on (BILLING_VERB_PATIENT_UNMERGE, "PT-003"), "*PT-002 was itself merged since*");

  g_free (do_act (self, act_on (BILLING_VERB_PATIENT_UNMERGE, "PT-002")));
  billing_test_practice_verify (&self->practice);
  assert_list (self, "patients", "search", "PT-003", "PT-002");
  g_free (do_act (self, act_on (BILLING_VERB_PATIENT_UNMERGE, "PT-003")));
  assert_sql (self, "SELECT group_concat (credit) FROM (SELECT credit FROM patients ORDER BY pk)", "0,0,300");
}

/* Credit that moved since is nobody's to give back; until that is taken back, the merge stands. */
static void
test_credit_used (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char *mine = create (self, self->first, 700, NULL);

  give_credit (self, self->second, 900);
  g_free (do_act (self, merge ("PT-003", "PT-002")));
  collect (self, mine, BILLING_TENDER_CREDIT, 700);
  refuse (self, act_on (BILLING_VERB_PATIENT_UNMERGE, "PT-003"), "*Credit was used*PAY-001*");
  g_free (do_act (self, act_on (BILLING_VERB_PAYMENT_REVERSE, mine)));
  g_free (do_act (self, act_on (BILLING_VERB_PATIENT_UNMERGE, "PT-003")));

  g_free (do_act (self, merge ("PT-003", "PT-002")));
  g_free (do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_CREDIT_REFUND, "subject", "PT-002", "amount",
                                      (gint64) 100, "tender", BILLING_TENDER_CASH, NULL)));
  refuse (self, act_on (BILLING_VERB_PATIENT_UNMERGE, "PT-003"), "*credit that came along was used*");
}

/* What was made since of what came along goes back with it; what belongs to who stays, stays. */
static void
test_made_since (Fixture       *self,
                 gconstpointer  data)
{
  g_autofree char *since = NULL;
  g_autofree char *own = NULL;

  g_free (do_act (self, merge ("PT-003", "PT-002")));
  since = do_act (self, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_CREATE, "patient", "PT-003", "treatment",
                                      "TRT-003", "has-amount", TRUE, "amount", (gint64) 4000, NULL));
  own = create (self, "PT-003", 6000, NULL);
  assert_list (self, "payments", "patient", "PT-002", "PAY-001 PAY-002");
  g_free (do_act (self, act_on (BILLING_VERB_PATIENT_UNMERGE, "PT-003")));
  billing_test_practice_verify (&self->practice);
  assert_list (self, "payments", "patient", "PT-003", "PAY-001");
  assert_list (self, "payments", "patient", "PT-002", "PAY-002");
}

/* What sources say of the one who was merged goes to the one who stays, whose own name and address it does not change; afterwards it is theirs
 * again. */
static void
test_import_after (Fixture       *self,
                   gconstpointer  data)
{
  import_patient (self, "77", "Field", "a@example.com", "Bonn");
  import_patient (self, "88", "Fields", "b@example.com", "Bonn");
  import_encounter (self, 1);
  g_free (do_act (self, merge ("PT-005", "PT-004")));

  import_encounter (self, 2);
  import_patient (self, "88", "Fields", "c@example.com", "Mainz");
  assert_sql (self, "SELECT count (*) FROM treatments WHERE patient_id = (SELECT id FROM patients WHERE number = 'PT-004')", "2");
  assert_sql (self, "SELECT count (*) || max (number) FROM patients", "5PT-005");
  assert_sql (self, "SELECT family_name || email || city FROM patients WHERE number = 'PT-004'", "Fielda@example.comBonn");
  billing_test_practice_verify (&self->practice);

  g_free (do_act (self, act_on (BILLING_VERB_PATIENT_UNMERGE, "PT-005")));
  assert_sql (self, "SELECT count (*) FROM treatments WHERE patient_id = (SELECT id FROM patients WHERE number = 'PT-005')", "1");
  import_patient (self, "88", "Fields", "d@example.com", "Trier");
  assert_sql (self, "SELECT group_concat (city) FROM (SELECT city FROM patients WHERE city <> '' ORDER BY pk)", "Bonn,Trier");
  assert_sql (self, "SELECT count (*) FROM patients", "5");
}

/* Two of a name and birth date may be one, whatever their accents; who was merged already is not asked about again. */
static void
test_duplicates (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *family = add_patient (self, "Bo Mejía", "2010-05-05", "ana@example.com");
  g_autofree char *same = add_patient (self, "A. Mejía", NULL, "ANA@example.com");
  g_autofree char *payment = create (self, self->second, 100, NULL);
  BillingDuplicate *first;

  found = billing_desk_list_duplicates (self->practice.desk, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  first = found->pdata[0];
  g_assert_cmpstr (first->number, ==, "PT-002");
  g_assert_cmpstr (first->other, ==, "PT-003");
  g_assert_cmpstr (first->reason, ==, "name");
  g_assert_cmpstr (first->has, ==, "1 treatment");
  g_assert_cmpstr (first->other_has, ==, "1 payment, 1 treatment");
  g_assert_cmpstr (BILLING_DUPLICATE (found->pdata[1])->other, ==, "PT-005");
  g_assert_cmpstr (BILLING_DUPLICATE (found->pdata[1])->reason, ==, "email");

  g_free (do_act (self, merge ("PT-003", "PT-002")));
  g_free (do_act (self, merge ("PT-005", "PT-002")));
  left = billing_desk_list_duplicates (self->practice.desk, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (left->len, ==, 0);
}

/* Whatever table says whose something is, a merge moves it: a new one must be told of. */
static void
test_every_table (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (BillingMergePreview) preview = NULL;
  g_autoptr (GString) moved = g_string_new (" transactions ");
  g_autoptr (GError) error = NULL;
  g_autofree char *tables = billing_test_text (self->practice.folder,
    "SELECT group_concat (t.name, ' ') FROM pragma_table_list t JOIN pragma_table_info (t.name) c ON c.name = 'patient_id'"
    " WHERE t.schema = 'main' AND t.type = 'table'");
  g_auto (GStrv) names = g_strsplit (tables, " ", -1);

  preview = billing_desk_preview_merge (self->practice.desk, "PT-003", "PT-002", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < preview->counts->len; i++)
    g_string_append_printf (moved, "%s ", ((BillingMergeCount *) preview->counts->pdata[i])->kind);

  g_assert_cmpuint (g_strv_length (names), >, 8);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *word = g_strdup_printf (" %s ", names[i]);

      if (strstr (moved->str, word) == NULL)
        g_error ("A merge does not move %s", names[i]);
    }
}

#define N_PEOPLE 6

static const char snapshot_sql[] =
  "SELECT group_concat (x, '|') FROM (SELECT p.number || ':' || c.number AS x FROM payments p JOIN patients c ON c.id = p.patient_id"
  " UNION ALL SELECT t.number || ':' || c.number FROM treatments t JOIN patients c ON c.id = t.patient_id"
  " UNION ALL SELECT number || ':' || credit || ':' || ifnull (also, '') || ':' || search FROM patients ORDER BY 1)";

static void
do_random (Fixture *self,
           GRand   *rand,
           char   **people)
{
  char *one = people[g_rand_int_range (rand, 0, N_PEOPLE)];
  char *other = people[g_rand_int_range (rand, 0, N_PEOPLE)];
  g_autofree char *open = billing_test_text (self->practice.folder,
                                             "SELECT ifnull (min (number), '') FROM (SELECT number FROM payments"
                                             " WHERE status = 'pending' ORDER BY random () LIMIT 1)");
  g_autoptr (BillingAct) act = NULL;

  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
    case 1:
      act = merge (one, other);
      break;
    case 2:
    case 3:
      act = act_on (BILLING_VERB_PATIENT_UNMERGE, one);
      break;
    case 4:
      act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_CREATE, "patient", one, "has-amount", TRUE, "amount",
                          (gint64) g_rand_int_range (rand, 1, 9000), NULL);
      break;
    case 5:
      act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_COLLECT, "subject", open, "tender",
                          g_rand_boolean (rand) ? BILLING_TENDER_CASH : BILLING_TENDER_CREDIT, "has-amount", TRUE, "amount",
                          (gint64) g_rand_int_range (rand, 1, 12000), NULL);
      break;
    default:
      act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_CREDIT_REFUND, "subject", one, "amount",
                          (gint64) g_rand_int_range (rand, 1, 3000), "tender", BILLING_TENDER_CASH, NULL);
    }

  billing_desk_do (self->practice.desk, act, NULL);
}

/* People are merged and parted at random while money moves: the books are sound after every act, and a merge that is taken back at once leaves
 * everything where it was. */
static void
test_random (Fixture       *self,
             gconstpointer  data)
{
  const char *said = g_getenv ("BILLING_TEST_SEED");
  guint32 seed = said != NULL ? (guint32) g_ascii_strtoull (said, NULL, 10) : g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  char *people[N_PEOPLE];
  gint64 n_merged;

  g_test_message ("BILLING_TEST_SEED=%u", seed);
  people[0] = g_strdup (self->first);
  people[1] = g_strdup (self->second);
  for (guint i = 2; i < N_PEOPLE; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %u", i);

      people[i] = add_patient (self, name, NULL, NULL);
    }

  for (guint step = 0; step < 200; step++)
    {
      do_random (self, rand, people);
      billing_test_practice_verify (&self->practice);
      if (step % 10 == 0)
        {
          g_autofree char *before = billing_test_text (self->practice.folder, snapshot_sql);
          g_autofree char *after = NULL;
          g_autoptr (BillingAct) act = merge (people[step / 10 % N_PEOPLE], people[(step / 10 + 1) % N_PEOPLE]);

          if (!billing_desk_do (self->practice.desk, act, NULL))
            continue;
          g_free (do_act (self, act_on (BILLING_VERB_PATIENT_UNMERGE, act->subject)));
          after = billing_test_text (self->practice.folder, snapshot_sql);
          g_assert_cmpstr (before, ==, after);
        }
    }

  n_merged = billing_test_integer (self->practice.folder, "SELECT count (*) FROM merges WHERE taken_back_at > 0");
  g_assert_cmpint (n_merged, >, 3);
  for (guint i = 0; i < N_PEOPLE; i++)
    g_free (people[i]);
}

#define add(name, func) g_test_add ("/patients/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  billing_test_folder_use_memory ();

  add ("edit", test_edit);
  add ("edit-then-import", test_edit_then_import);
  add ("filters", test_filters);
  add ("merge", test_merge);
  add ("merge-refused", test_merge_refused);
  add ("chain", test_chain);
  add ("credit-used", test_credit_used);
  add ("made-since", test_made_since);
  add ("import-after", test_import_after);
  add ("duplicates", test_duplicates);
  add ("every-table", test_every_table);
  add ("random", test_random);

  return g_test_run ();
}
