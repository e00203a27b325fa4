/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-day.h"
#include "billing-desk-kept-estimates.h"
#include "billing-desk-private.h"
#include "billing-desk-remittances.h"
#include "billing-importer.h"
#include "billing-remittance-words.h"
#include "billing-test-dump.h"
#include "billing-test-folder.h"
#include "billing-test-practice.h"

/* Remittances from their files to the books: matched, posted as answers of services, refused, set aside; and what that does to invoices. */

#define HEAD(amount, trace) \
  "ISA*00*          *00*          *ZZ*ACME           *ZZ*ELM            *261101*0915*^*00501*000000001*0*T*:~GS*HP*A*B*20261101*0915*1*X*" \
  "005010X221A1~ST*835*1~BPR*I*" amount "*C*ACH************20261028~TRN*1*" trace "*1987654321~N1*PR*ACME HEALTH~N1*PE*ELM*XX*1~LX*1~"
#define TAIL(n) "SE*" n "*1~GE*1*1~IEA*1*1~"

typedef struct {
  BillingTestPractice practice;
  char *files; /* (owned): a folder for files to import */
} Fixture;

static void
do_act (Fixture     *fixture,
        BillingVerb  verb,
        const char  *first_property,
        ...)
{
  va_list values;
  g_autoptr (BillingAct) act = NULL;

  va_start (values, first_property);
  act = (BillingAct *) g_object_new_valist (BILLING_TYPE_ACT, first_property, values);
  va_end (values);
  act->verb = verb;
  billing_test_practice_do (&fixture->practice, act);
}

/* Another service under the rate of a code. */
static void
add_under (Fixture    *fixture,
           const char *treatment,
           const char *code,
           const char *payer)
{
  g_autofree char *sql = g_strdup_printf ("SELECT number FROM rates WHERE code = '%s'", code);
  g_autofree char *rate = billing_test_text (fixture->practice.folder, sql);

  do_act (fixture, BILLING_VERB_SERVICE_ADD, "treatment", treatment, "rate", rate, "payer", payer, NULL);
}

static void
add_service (Fixture    *fixture,
             const char *code,
             gint64      amount)
{
  do_act (fixture, BILLING_VERB_RATE_CREATE, "name", code, "code", code, "code-system", "CPT", "payer-kind", "insurance", "billable", "yes",
          "invoiced", "yes", "has-amount", TRUE, "amount", amount, "date", "2026-01-01", NULL);
  add_under (fixture, fixture->practice.treatment, code, "ACME HEALTH");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  billing_test_practice_set_up (&fixture->practice);
  billing_desk_set_clock (fixture->practice.desk, 1793900000);
  fixture->files = billing_test_folder ();
  add_service (fixture, "99213", 20000);
  add_service (fixture, "97110", 15000);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  billing_test_practice_verify (&fixture->practice);
  billing_test_practice_tear_down (&fixture->practice);
  billing_test_folder_remove (fixture->files);
}

/* New, changed and same. */
static char *
import (Fixture    *fixture,
        const char *path)
{
  g_autoptr (BillingImporter) importer = billing_importer_new (fixture->practice.desk);
  g_autoptr (GError) error = NULL;
  char *said;

  billing_importer_add_path (importer, path);
  billing_importer_prepare (importer, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  said = billing_importer_get_summary (importer);
  if (billing_importer_has_changes (importer))
    billing_importer_apply (importer, NULL, &error);
  g_assert_no_error (error);
  return said;
}

static void
import_fixture (Fixture    *fixture,
                const char *name,
                const char *expected)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "x12", name, NULL);
  g_autofree char *said = import (fixture, path);

  g_assert_cmpstr (said, ==, expected);
}

static void
import_text (Fixture    *fixture,
             const char *text,
             const char *expected)
{
  g_autofree char *path = g_build_filename (fixture->files, "file", NULL);
  g_autofree char *said = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  said = import (fixture, path);
  g_assert_cmpstr (said, ==, expected);
}

#define assert_text(fixture, sql, expected) G_STMT_START { \
  g_autofree char *assert_text_ = billing_test_text ((fixture)->practice.folder, sql); \
  g_assert_cmpstr (assert_text_, ==, expected); \
} G_STMT_END

#define SERVICE(number) \
  "SELECT insurer_paid || ' ' || insurer_adjusted || ' ' || patient_part || ' ' || insurer_open FROM services WHERE number = '" number "'"
#define STATES "SELECT group_concat (state || ifnull (':' || why, ''), ' ') FROM (SELECT * FROM remittance_lines ORDER BY pk)"
#define REMITTANCE(number) "SELECT state || ' ' || n_posted || '/' || n_lines || ' ' || posted FROM remittances WHERE number = '" number "'"

static void
post (Fixture    *fixture,
      const char *remittance)
{
  do_act (fixture, BILLING_VERB_REMITTANCE_POST, "subject", remittance, NULL);
}

static void
assert_refused (Fixture     *fixture,
                BillingVerb  verb,
                const char  *subject,
                const char  *selection)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, subject);

  act->selection = g_strdup (selection);
  billing_test_practice_do_refused (&fixture->practice, act, BILLING_DESK_ERROR_INVALID);
}

static char *
get_line (Fixture    *fixture,
          const char *claim)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM remittance_lines WHERE claim = '%s'", claim);

  return billing_test_text (fixture->practice.folder, sql);
}

/* What is known is posted, to the cent and once; what is not waits for a person; and all together is what the insurer sent. */
static void
test_posting (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *lost = NULL;

  import_fixture (fixture, "payment.835", "6 new");
  assert_text (fixture, STATES, "matched matched matched unmatched:none unmatched:none");
  import_fixture (fixture, "payment.835", "6 as before");

  post (fixture, "REM-001");
  assert_text (fixture, SERVICE ("SVC-001"), "11500 5500 3000 0");
  assert_text (fixture, SERVICE ("SVC-002"), "6500 4500 4000 0");
  assert_text (fixture, "SELECT sum (s.amount) FROM postings s JOIN transactions t ON t.pk = s.transaction_pk"
               " WHERE t.act = 'insurer-pay' AND s.account = 'bank'", "18000");
  assert_text (fixture, REMITTANCE ("REM-001"), "partly-posted 3/5 18000");
  assert_text (fixture, "SELECT day || ' ' || reference || ' ' || codes FROM insurer_answers ORDER BY pk LIMIT 1",
               "2026-03-12 EFT-7001 CO-45 PR-2 N130");
  assert_refused (fixture, BILLING_VERB_REMITTANCE_POST, "REM-001", NULL);

  import_fixture (fixture, "payment.835", "6 as before");
  lost = get_line (fixture, "7788");
  assert_refused (fixture, BILLING_VERB_REMITTANCE_DISMISS, lost, NULL);
  do_act (fixture, BILLING_VERB_REMITTANCE_DISMISS, "subject", lost, "notes", "Not our patient", NULL);
  do_act (fixture, BILLING_VERB_REMITTANCE_DISMISS, "subject", "REM-001", "notes", "Asked ACME", NULL);
  assert_text (fixture, STATES, "posted posted posted dismissed:Asked ACME dismissed:Not our patient");
  assert_text (fixture, REMITTANCE ("REM-001"), "closed 3/5 18000");
  assert_refused (fixture, BILLING_VERB_REMITTANCE_DISMISS, "REM-001", NULL);
}

/* A person says which service a line is about, and it is posted there; a line that is posted stays. */
static void
test_matching (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *line = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (GError) error = NULL;

  import_text (fixture, HEAD ("80.00", "M1") "CLP*OUR-77*1*150.00*80.00*20.00*12*A1~NM1*QC*1*X*Y****MI*1~SVC*HC:97110*150*80~DTM*472*20261026~"
               "CAS*CO*45*50~CAS*PR*3*20~" TAIL ("13"), "2 new");
  assert_text (fixture, STATES, "unmatched:none");
  line = get_line (fixture, "OUR-77");
  candidates = billing_desk_list_line_candidates (fixture->practice.desk, line, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (candidates->len, ==, 1);

  assert_refused (fixture, BILLING_VERB_REMITTANCE_POST, "REM-001", NULL);
  do_act (fixture, BILLING_VERB_REMITTANCE_MATCH, "subject", line, "selection", "SVC-002", NULL);
  post (fixture, "REM-001");
  assert_text (fixture, SERVICE ("SVC-002"), "8000 5000 2000 0");
  assert_text (fixture, REMITTANCE ("REM-001"), "posted 1/1 8000");
  assert_refused (fixture, BILLING_VERB_REMITTANCE_MATCH, line, "SVC-001");
}

/* Without a number of ours, the patient's name, the day and the code tell the service; where two fit, neither is taken; and services that
 * are made later are found by looking once more. */
static void
test_finding (Fixture       *fixture,
              gconstpointer  data)
{
  import_text (fixture, HEAD ("190.00", "F1")
               "CLP*X1*1*200*120*30*12*A1~NM1*QC*1*ÅNGSTRÖM*ZOË~SVC*HC:99213*200*120~DTM*472*20261026~CAS*CO*45*50~CAS*PR*3*30~"
               "CLP*X2*1*90*70*0*12*A2~NM1*QC*1*ANGSTROM*ZOE~SVC*HC:90471*90*70~DTM*472*20261026~CAS*CO*45*20~" TAIL ("18"), "3 new");
  assert_text (fixture, STATES, "matched unmatched:none");

  add_service (fixture, "90471", 9000);
  do_act (fixture, BILLING_VERB_REMITTANCE_MATCH, "subject", "REM-001", NULL);
  assert_text (fixture, STATES, "matched matched");

  add_service (fixture, "80053", 9000);
  add_under (fixture, fixture->practice.treatment, "80053", "ACME HEALTH");
  import_text (fixture, HEAD ("70.00", "F2") "CLP*TRT-001*1*90*70*0*12*A2~SVC*HC:80053*90*70~DTM*472*20261026~CAS*CO*45*20~" TAIL ("11"),
               "2 new");
  assert_text (fixture, STATES, "matched matched unmatched:several");
}

/* What an insurer takes back is negative, and its correction stands instead; where it would take back what it never paid, the books say no. */
static void
test_reversal (Fixture       *fixture,
               gconstpointer  data)
{
  import_fixture (fixture, "reversal.835", "4 new");
  post (fixture, "REM-001");
  assert_text (fixture, "SELECT state FROM remittance_lines ORDER BY pk LIMIT 1", "refused");
  assert_text (fixture, SERVICE ("SVC-001"), "13000 5000 2000 0");

  import_text (fixture, HEAD ("-10.00", "R2") "CLP*TRT-001*22*-200*-130*-20*12*A1~SVC*HC:99213*-200*-130~DTM*472*20261026~CAS*CO*45*-50~"
               "CAS*PR*3*-20~CLP*TRT-001*1*200*120*30*12*A2~SVC*HC:99213*200*120~DTM*472*20261026~CAS*CO*45*50~CAS*PR*3*30~" TAIL ("17"),
               "3 new");
  post (fixture, "REM-002");
  assert_text (fixture, SERVICE ("SVC-001"), "12000 5000 3000 0");
  assert_text (fixture, REMITTANCE ("REM-002"), "posted 2/2 -1000");
}

/* What is shown before is what happens then: an invoice that was paid gives credit, one that was not asks for less. */
static void
test_invoices (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingRemittancePreview) preview = NULL;

  import_fixture (fixture, "payment.835", "6 new");
  post (fixture, "REM-001");
  do_act (fixture, BILLING_VERB_INVOICE_CREATE, "selection", "SVC-001 SVC-002", NULL);
  assert_text (fixture, "SELECT balance FROM invoices", "7000");

  import_text (fixture, HEAD ("40.00", "I1")
               "CLP*TRT-001*2*200*30*0*12*B1~SVC*HC:99213*200*30~DTM*472*20261026~CAS*OA*23*170~"
               "CLP*TRT-001*2*150*10*30*12*B2~SVC*HC:97110*150*10~DTM*472*20261026~CAS*OA*23*110~CAS*PR*3*30~" TAIL ("16"), "3 new");
  preview = billing_desk_preview_remittance (fixture->practice.desk, "REM-002", &error);
  g_assert_no_error (error);
  g_assert_cmpint (preview->n, ==, 2);
  g_assert_cmpint (preview->paid, ==, 4000);
  g_assert_cmpint (preview->adjusted, ==, 0);
  g_assert_cmpint (preview->n_invoices, ==, 1);
  g_assert_cmpint (preview->lowered, ==, 4000);
  g_assert_cmpint (preview->credited, ==, 0);
  g_assert_cmpint (preview->n_refused, ==, 0);
  assert_text (fixture, "SELECT balance FROM invoices", "7000");

  post (fixture, "REM-002");
  assert_text (fixture, "SELECT balance FROM invoices", "3000");
  assert_text (fixture, SERVICE ("SVC-001"), "14500 5500 0 0");
  assert_text (fixture, SERVICE ("SVC-002"), "7500 4500 3000 0");
}

/* An answer that is taken back leaves its line to be posted again, and then that posts once more. */
static void
test_taking_back (Fixture       *fixture,
                  gconstpointer  data)
{
  import_text (fixture, HEAD ("120.00", "T1") "CLP*SVC-001*1*200*120*30*12*A1~SVC*HC:99213*200*120~DTM*472*20261026~CAS*CO*45*50~CAS*PR*3*30~"
               TAIL ("12"), "2 new");
  post (fixture, "REM-001");
  do_act (fixture, BILLING_VERB_SERVICE_TAKE_BACK, "subject", "SVC-001", NULL);
  assert_text (fixture, STATES, "matched");
  assert_text (fixture, REMITTANCE ("REM-001"), "open 0/1 0");
  assert_text (fixture, SERVICE ("SVC-001"), "0 0 0 20000");
  post (fixture, "REM-001");
  assert_text (fixture, SERVICE ("SVC-001"), "12000 5000 3000 0");
}

/* What an ExplanationOfBenefit says of its items takes the same way; a treatment's own amounts stay what they were. */
static void
test_explanation (Fixture       *fixture,
                  gconstpointer  data)
{
#define AMOUNT(category, value) \
  "{\"category\":{\"coding\":[{\"code\":\"" category "\"}]},\"amount\":{\"value\":" value ",\"currency\":\"USD\"}}"
  import_text (fixture,
    "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
    "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":\"Roe\",\"given\":[\"Max\"]}],\"birthDate\":\"1970-01-01\"}},"
    "{\"resource\":{\"resourceType\":\"Encounter\",\"id\":\"e\",\"status\":\"finished\",\"class\":{\"code\":\"AMB\"},"
    "\"subject\":{\"reference\":\"Patient/p\"},\"period\":{\"start\":\"2026-10-20T10:00:00Z\"}}},"
    "{\"resource\":{\"resourceType\":\"ExplanationOfBenefit\",\"id\":\"b\",\"status\":\"active\",\"use\":\"claim\","
    "\"identifier\":[{\"system\":\"urn:x\",\"value\":\"EOB-5\"}],\"patient\":{\"reference\":\"Patient/p\"},"
    "\"insurer\":{\"display\":\"Blue Plan\"},\"payment\":{\"date\":\"2026-10-25\",\"amount\":{\"value\":60,\"currency\":\"USD\"}},"
    "\"item\":[{\"sequence\":1,\"encounter\":[{\"reference\":\"Encounter/e\"}],\"servicedDate\":\"2026-10-20\","
    "\"productOrService\":{\"coding\":[{\"system\":\"http://www.ama-assn.org/go/cpt\",\"code\":\"99214\"}]},"
    "\"net\":{\"value\":120,\"currency\":\"USD\"},\"adjudication\":["
    AMOUNT ("submitted", "120") "," AMOUNT ("eligible", "90") "," AMOUNT ("copay", "20") "," AMOUNT ("deductible", "10") ","
    AMOUNT ("benefit", "60") "]}]}}]}", "5 new");
#undef AMOUNT
  assert_text (fixture, "SELECT payer || ' ' || reference || ' ' || day || ' ' || amount || ' ' || imbalance FROM remittances",
               "Blue Plan EOB-5 2026-10-25 6000 0");
  assert_text (fixture, "SELECT charge || ' ' || allowed || ' ' || paid || ' ' || adjusted || ' ' || patient || ' ' || imbalance || ' ' || why"
               " FROM remittance_lines", "12000 9000 6000 3000 3000 0 none");
  assert_text (fixture, "SELECT charges || ' ' || copay || ' ' || deductible || ' ' || insurer_paid FROM treatments WHERE number = 'TRT-002'",
               "12000 2000 1000 6000");

  do_act (fixture, BILLING_VERB_RATE_CREATE, "name", "Visit", "code", "99214", "code-system", "CPT", "payer-kind", "insurance", "billable",
          "yes", "invoiced", "yes", "has-amount", TRUE, "amount", (gint64) 12000, "date", "2026-01-01", NULL);
  add_under (fixture, "TRT-002", "99214", "Blue Plan");
  post (fixture, "REM-001");
  assert_text (fixture, SERVICE ("SVC-003"), "6000 3000 3000 0");
  assert_text (fixture, REMITTANCE ("REM-001"), "posted 1/1 6000");
}

/* What came in on a day that is closed by now is posted today; a closed day that somebody asks for is refused. */
static void
test_closed_day (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *today = billing_desk_get_today (fixture->practice.desk);
  g_autofree char *yesterday = billing_day_add (today, -1);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_REMITTANCE_POST, "REM-001");

  do_act (fixture, BILLING_VERB_DAY_CLOSE, "date", yesterday, "has-amount", TRUE, "amount", (gint64) 0, NULL);
  import_fixture (fixture, "payment.835", "6 new");
  act->date = g_strdup (yesterday);
  billing_test_practice_do_refused (&fixture->practice, act, BILLING_DESK_ERROR_INVALID);
  post (fixture, "REM-001");
  g_free (act->date);
  act->date = billing_test_text (fixture->practice.folder, "SELECT DISTINCT day FROM insurer_answers");
  g_assert_cmpstr (act->date, ==, today);
}

/* What a payment was estimated to be is kept, and compared with what the insurer left to the patient once it answered every service. */
static void
test_estimates (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) elsewhen = NULL;
  BillingEstimateScore *score;

  do_act (fixture, BILLING_VERB_PAYMENT_CREATE, "patient", fixture->practice.patient, "treatment", fixture->practice.treatment, "has-amount",
          TRUE, "amount", (gint64) 6600, "has-estimate", TRUE, "estimated", (gint64) 6600, "charge", (gint64) 35000, "payer", "ACME HEALTH",
          NULL);
  before = billing_desk_list_estimate_scores (fixture->practice.desk, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 1);
  score = before->pdata[0];
  g_assert_cmpint (score->n, ==, 1);
  g_assert_cmpint (score->n_answered, ==, 0);
  g_assert_cmpint (score->within, ==, -1);

  import_fixture (fixture, "payment.835", "6 new");
  post (fixture, "REM-001");
  assert_text (fixture, "SELECT payment || ' ' || estimated || ' ' || actual || ' ' || day FROM estimates_view", "PAY-001 6600 7000 2026-03-12");
  after = billing_desk_list_estimate_scores (fixture->practice.desk, "2026-03-01", "2026-03-31", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, ==, 1);
  score = after->pdata[0];
  g_assert_cmpstr (score->payer, ==, "ACME HEALTH");
  g_assert_cmpint (score->n_answered, ==, 1);
  g_assert_cmpint (score->difference, ==, 400);
  g_assert_cmpint (score->within, ==, 10000);
  elsewhen = billing_desk_list_estimate_scores (fixture->practice.desk, "2026-04-01", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (elsewhen->len, ==, 0);
}

/* Codes are said in words, with their amounts; unknown ones as they are. */
static void
test_words (void)
{
  g_autoptr (BillingRemittanceLine) line = billing_remittance_line_new ();
  g_autoptr (BillingRemittance) remittance = billing_remittance_new ();
  g_autofree char *said = NULL;
  g_autofree char *kept = NULL;

  line->currency = g_strdup ("USD");
  line->codes = g_strdup ("CO-45:5000 PR-1:-250 N130 XX-999:1 ZZ9");
  said = billing_remittance_line_describe (line);
  g_assert_cmpstr (said, ==,
                   "CO-45 · By contract · It is above what the contract with the insurer allows ($50.00)\n"
                   "PR-1 · Patient’s · The deductible (-$2.50)\n"
                   "N130 · The plan’s documents say what is limited\n"
                   "XX-999 ($0.01)\n"
                   "ZZ9");
  remittance->currency = g_strdup ("USD");
  remittance->provider_codes = g_strdup ("WO:500 L6:-150");
  kept = billing_remittance_describe_provider (remittance);
  g_assert_cmpstr (kept, ==, "WO · Overpaid before, and taken back now ($5.00)\nL6 · Interest that the insurer owes (-$1.50)");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/remittances/posting", Fixture, NULL, set_up, test_posting, tear_down);
  g_test_add ("/remittances/matching", Fixture, NULL, set_up, test_matching, tear_down);
  g_test_add ("/remittances/finding", Fixture, NULL, set_up, test_finding, tear_down);
  g_test_add ("/remittances/reversal", Fixture, NULL, set_up, test_reversal, tear_down);
  g_test_add ("/remittances/invoices", Fixture, NULL, set_up, test_invoices, tear_down);
  g_test_add ("/remittances/taking-back", Fixture, NULL, set_up, test_taking_back, tear_down);
  g_test_add ("/remittances/explanation", Fixture, NULL, set_up, test_explanation, tear_down);
  g_test_add ("/remittances/closed-day", Fixture, NULL, set_up, test_closed_day, tear_down);
  g_test_add ("/remittances/estimates", Fixture, NULL, set_up, test_estimates, tear_down);
  g_test_add_func ("/remittances/words", test_words);

  return g_test_run ();
}
