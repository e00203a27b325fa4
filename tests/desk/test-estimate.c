/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-day.h"
#include "billing-desk-estimate.h"
#include "billing-table.h"
#include "billing-test-practice.h"
#include "billing-treatment.h"

/* Estimates of a practice's patients: what is read for them, and from whom. The arithmetic is tested with the model. */

typedef struct {
  BillingTestPractice practice;
  GPtrArray *records; /* (owned) (element-type BillingRecord): to be written */
  char *today;        /* (owned) */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  billing_test_practice_set_up (&fixture->practice);
  fixture->records = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->today = billing_desk_get_today (fixture->practice.desk);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_ptr_array_unref (fixture->records);
  g_free (fixture->today);
  billing_test_practice_tear_down (&fixture->practice);
}

static gboolean
insert_records (BillingConnection  *connection,
                gpointer            data,
                GCancellable       *cancellable,
                GError            **error)
{
  GPtrArray *records = data;

  for (guint i = 0; i < records->len; i++)
    {
      if (!billing_table_insert (connection, records->pdata[i], error))
        return FALSE;
    }

  return TRUE;
}

/* Stores a record as an import would; it gets its id. */
static const char *
store (Fixture  *fixture,
       gpointer  record)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (fixture->records, record);
  g_ptr_array_add (records, record);
  billing_store_write (billing_desk_get_store (fixture->practice.desk), insert_records, records, NULL, &error);
  g_assert_no_error (error);

  return billing_record_get_id (record);
}

static const char *
store_coverage (Fixture    *fixture,
                const char *payer,
                gint64      precedence)
{
  return store (fixture, g_object_new (BILLING_TYPE_COVERAGE, "patient-id", fixture->practice.patient, "payer", payer,
                                       "status", "active", "precedence", precedence, NULL));
}

static const char *
store_check (Fixture                  *fixture,
             const char               *coverage,
             BillingEligibilityStatus  status,
             int                       days_ago)
{
  g_autofree char *day = billing_day_add (fixture->today, -days_ago);

  return store (fixture, g_object_new (BILLING_TYPE_ELIGIBILITY_CHECK, "patient-id", fixture->practice.patient,
                                       "coverage-id", coverage, "payer", "Acme", "plan", "Gold", "status", status,
                                       "checked-on", day, "disposition", "As it is", NULL));
}

static void
store_benefit (Fixture            *fixture,
               const char         *check,
               BillingBenefitType  type,
               const char         *code,
               gint64              amount,
               gint64              used,
               gint64              percent)
{
  store (fixture, g_object_new (BILLING_TYPE_BENEFIT, "check-id", check, "type", type, "code", code, "amount", amount,
                                "used", used, "percent", percent, "currency", "USD", NULL));
}

/* A treatment of the practice's patient, with two procedures as far as they have amounts. */
static const char *
store_treatment (Fixture    *fixture,
                 gint64      charges,
                 gint64      first,
                 gint64      second)
{
  const char *id = store (fixture, g_object_new (BILLING_TYPE_TREATMENT, "patient-id", fixture->practice.patient,
                                                 "day", fixture->today, "state", "finished", "currency", "USD",
                                                 "charges", charges, NULL));

  store (fixture, g_object_new (BILLING_TYPE_TREATMENT_CODE, "treatment-id", id, "system", "CPT", "code", "99213",
                                "display", "Visit", "units", G_GINT64_CONSTANT (1), "amount", first, NULL));
  if (second >= 0)
    store (fixture, g_object_new (BILLING_TYPE_TREATMENT_CODE, "treatment-id", id, "system", "CPT", "code", "80053",
                                  "units", G_GINT64_CONSTANT (1), "amount", second, NULL));
  return id;
}

static BillingEstimateQuestion *
ask (Fixture    *fixture,
     const char *treatment,
     gint64      amount)
{
  return g_object_new (BILLING_TYPE_ESTIMATE_QUESTION, "patient", fixture->practice.patient, "payment-type", "office-visit",
                       "treatment", treatment, "has-amount", amount > 0, "amount", amount, NULL);
}

static BillingEstimate *
estimate (Fixture                 *fixture,
          BillingEstimateQuestion *question)
{
  g_autoptr (GError) error = NULL;
  BillingEstimate *made = billing_desk_estimate (fixture->practice.desk, question, NULL, &error);

  g_assert_no_error (error);
  return made;
}

/* 20 % of 200.00 behind a deductible of which 120.00 remain, and a copay of 25.00: 120 + 16 + 25. */
static void
store_answer (Fixture *fixture)
{
  const char *coverage = store_coverage (fixture, "Acme", 1);
  const char *check = store_check (fixture, coverage, BILLING_ELIGIBILITY_STATUS_ACTIVE, 3);

  store_benefit (fixture, check, BILLING_BENEFIT_TYPE_COPAY, NULL, 2500, -1, -1);
  store_benefit (fixture, check, BILLING_BENEFIT_TYPE_DEDUCTIBLE, NULL, 50000, 38000, -1);
  store_benefit (fixture, check, BILLING_BENEFIT_TYPE_COINSURANCE, NULL, -1, -1, 2000);
}

/* The base is the treatment's charges, by procedures as far as they say it; where it has none it is what was asked with; with neither
 * there is only the copay. */
static void
test_base (Fixture       *fixture,
           gconstpointer  data)
{
  static const struct {
    gint64 charges;
    gint64 first;
    gint64 second;
    gint64 asked;
    gint64 charge;
    guint n_charges;
  } cases[] = {
    { 20000, 15000, 5000, -1, 20000, 2 }, { 20000, 15000, 5000, 99900, 20000, 2 }, { 20000, 15000, 0, -1, 20000, 3 },
    { 20000, 0, 0, -1, 20000, 1 },        { 0, 15000, 5000, -1, 20000, 2 },        { 0, 0, 0, 20000, 20000, 1 },
    { 0, 0, -1, 20000, 20000, 1 },        { 0, 0, 0, -1, -1, 1 },
  };

  store_answer (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *treatment = store_treatment (fixture, cases[i].charges, cases[i].first, cases[i].second);
      g_autoptr (BillingEstimateQuestion) question = ask (fixture, treatment, cases[i].asked);
      g_autoptr (BillingEstimate) made = estimate (fixture, question);

      g_assert_cmpint (made->charge, ==, cases[i].charge);
      g_assert_cmpuint (made->charges->len, ==, cases[i].n_charges);
      g_assert_cmpint (made->amount, ==, cases[i].charge > 0 ? 16100 : 2500);
    }
}

/* Without a treatment the charge and the procedure are what was asked with: the procedure's own co-insurance of 10 %, so
 * 120 + 8 + 25. */
static void
test_code (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (BillingEstimateQuestion) question = ask (fixture, NULL, 20000);
  g_autoptr (BillingEstimate) plain = NULL;
  g_autoptr (BillingEstimate) coded = NULL;

  store_answer (fixture);
  store_benefit (fixture, billing_record_get_id (fixture->records->pdata[1]), BILLING_BENEFIT_TYPE_COINSURANCE, "97110", -1,
                 -1, 1000);
  plain = estimate (fixture, question);
  g_assert_cmpint (plain->amount, ==, 16100);

  g_object_set (question, "code", "97110", NULL);
  coded = estimate (fixture, question);
  g_assert_cmpint (coded->amount, ==, 15300);
}

static void
set_rate (Fixture    *fixture,
          const char *code,
          const char *payer,
          gint64      amount)
{
  g_autoptr (BillingAct) act = NULL;

  if (payer == NULL)
    act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", code, "code", code, "payer-kind", "insurance",
                        "has-amount", TRUE, "amount", amount, "date", "2020-01-01", NULL);
  else
    act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_PRICE, "subject", "RATE-001", "payer", payer, "has-amount", TRUE,
                        "amount", amount, "date", "2020-01-01", NULL);
  billing_test_practice_do (&fixture->practice, act);
}

/* What the insurer allows by the practice's rates counts in place of what is charged, the insurer's own price first, and the receipt says
 * so; what is charged less, or has no rate, stays as it is. */
static void
test_rates (Fixture       *fixture,
            gconstpointer  data)
{
  const char *treatment = store_treatment (fixture, 20000, 15000, 5000);
  g_autoptr (BillingEstimateQuestion) question = ask (fixture, treatment, -1);
  g_autoptr (BillingEstimate) general = NULL;
  g_autoptr (BillingEstimate) own = NULL;
  g_autoptr (BillingEstimate) alone = NULL;
  g_autoptr (BillingEstimate) less = NULL;
  g_autoptr (BillingEstimateLine) line = NULL;

  store_answer (fixture);
  set_rate (fixture, "99213", NULL, 10000);
  general = estimate (fixture, question);
  g_assert_cmpint (general->charge, ==, 15000);

  set_rate (fixture, "99213", "ACME", 8000);
  set_rate (fixture, "80053", NULL, 6000);
  own = estimate (fixture, question);
  g_assert_cmpint (own->charge, ==, 13000);
  line = g_list_model_get_item (G_LIST_MODEL (own->lines), 0);
  g_assert_cmpstr (line->text, ==, "99213 · Visit, allowed by RATE-001");

  g_object_set (question, "treatment", NULL, "code", "99213", NULL);
  alone = estimate (fixture, question);
  g_assert_cmpint (alone->charge, ==, 8000);
  g_object_set (question, "has-amount", TRUE, "amount", (gint64) 5000, NULL);
  less = estimate (fixture, question);
  g_assert_cmpint (less->charge, ==, 5000);
}

/* Nobody said what the procedures of a treatment cost: the rates do, by the unit. */
static void
test_rates_alone (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *treatment = store_treatment (fixture, 0, 0, -1);
  g_autoptr (BillingEstimateQuestion) question = ask (fixture, treatment, -1);
  g_autoptr (BillingEstimate) made = NULL;

  store_answer (fixture);
  set_rate (fixture, "99213", NULL, 20000);
  made = estimate (fixture, question);
  g_assert_cmpint (made->charge, ==, 20000);
  g_assert_cmpint (made->amount, ==, 16100);
}

/* The newest check of the primary coverage counts, and any other of the patient's when it is asked for; not one of somebody
 * else's. */
static void
test_checks (Fixture       *fixture,
             gconstpointer  data)
{
  const char *second = store_coverage (fixture, "Other", 2);
  const char *primary = store_coverage (fixture, "Acme", 1);
  const char *newer = store_check (fixture, second, BILLING_ELIGIBILITY_STATUS_ACTIVE, 1);
  const char *newest = store_check (fixture, primary, BILLING_ELIGIBILITY_STATUS_ACTIVE, 2);
  const char *older = store_check (fixture, primary, BILLING_ELIGIBILITY_STATUS_ERROR, 9);
  g_autoptr (BillingEstimateQuestion) question = ask (fixture, NULL, 10000);
  g_autoptr (BillingEstimate) by_itself = NULL;
  g_autoptr (BillingEstimate) chosen = NULL;
  g_autoptr (BillingEstimate) failed = NULL;
  g_autoptr (GError) error = NULL;

  store_benefit (fixture, newest, BILLING_BENEFIT_TYPE_COINSURANCE, NULL, -1, -1, 1000);
  store_benefit (fixture, newer, BILLING_BENEFIT_TYPE_COINSURANCE, NULL, -1, -1, 3000);

  by_itself = estimate (fixture, question);
  g_assert_cmpstr (by_itself->check_id, ==, newest);
  g_assert_cmpint (by_itself->amount, ==, 1000);
  g_assert_cmpint (by_itself->age, ==, 2);
  g_assert_cmpuint (by_itself->checks->len, ==, 3);

  g_object_set (question, "check", newer, NULL);
  chosen = estimate (fixture, question);
  g_assert_cmpint (chosen->amount, ==, 3000);

  g_object_set (question, "check", older, NULL);
  failed = estimate (fixture, question);
  g_assert_cmpint (failed->state, ==, BILLING_ESTIMATE_STATE_ERROR);
  g_assert_nonnull (strstr (failed->sentence, "As it is"));

  g_object_set (question, "check", "elg_nobody", NULL);
  g_assert_null (billing_desk_estimate (fixture->practice.desk, question, NULL, &error));
  g_assert_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID);
}

/* What cannot be asked is refused with a sentence: no patient or an unknown one, somebody else's treatment, no type, no charge. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (BillingPatient) other = g_object_new (BILLING_TYPE_PATIENT, "name", "Other", NULL);
  const char *other_id = store (fixture, g_object_ref (other));
  const struct {
    const char *property;
    const char *value;
    gint64 amount;
  } cases[] = {
    { "patient", "", 100 }, { "patient", "PT-999", 100 }, { "patient", other_id, 100 }, { "payment-type", "later", 100 },
    { "treatment", "TRT-999", 100 }, { "patient", fixture->practice.patient, -5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BillingEstimateQuestion) question = ask (fixture, fixture->practice.treatment, 100);
      g_autoptr (GError) error = NULL;

      g_object_set (question, cases[i].property, cases[i].value, "amount", cases[i].amount, NULL);
      g_assert_null (billing_desk_estimate (fixture->practice.desk, question, NULL, &error));
      g_assert_nonnull (error);
    }
}

/* Who has no insurance gets an estimate that says so, and it is no error; nor is a private payment. */
static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (BillingEstimateQuestion) question = ask (fixture, NULL, 10000);
  g_autoptr (BillingEstimate) uninsured = estimate (fixture, question);
  g_autoptr (BillingEstimate) private = NULL;

  g_assert_cmpint (uninsured->state, ==, BILLING_ESTIMATE_STATE_NO_COVERAGE);
  g_assert_nonnull (uninsured->sentence);

  g_object_set (question, "payment-type", "private-pay", NULL);
  private = estimate (fixture, question);
  g_assert_cmpint (private->state, ==, BILLING_ESTIMATE_STATE_NONE);
  g_assert_cmpint (private->amount, ==, -1);
}

typedef struct {
  GMainLoop *loop;
  BillingEstimate *estimate; /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable) */
} Wait;

static void
estimate_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Wait *wait = user_data;

  wait->estimate = billing_desk_estimate_finish (BILLING_DESK (object), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

/* On another thread it is the same estimate; cancelled it is none. What is asked may change while it is on its way. */
static void
test_async (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BillingEstimateQuestion) question = ask (fixture, NULL, 20000);
  Wait wait = { loop, NULL, NULL };

  store_answer (fixture);
  billing_desk_estimate_async (fixture->practice.desk, question, cancellable, estimate_cb, &wait);
  g_object_set (question, "amount", G_GINT64_CONSTANT (1), NULL);
  g_main_loop_run (loop);
  g_assert_no_error (wait.error);
  g_assert_cmpint (wait.estimate->amount, ==, 16100);
  g_clear_object (&wait.estimate);

  g_cancellable_cancel (cancellable);
  billing_desk_estimate_async (fixture->practice.desk, question, cancellable, estimate_cb, &wait);
  g_main_loop_run (loop);
  g_assert_error (wait.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (wait.estimate);
  g_clear_error (&wait.error);
}

#define ADD(name, func) g_test_add ("/estimate/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("base", test_base);
  ADD ("code", test_code);
  ADD ("rates", test_rates);
  ADD ("rates-alone", test_rates_alone);
  ADD ("checks", test_checks);
  ADD ("refused", test_refused);
  ADD ("nothing", test_nothing);
  ADD ("async", test_async);

  return g_test_run ();
}
