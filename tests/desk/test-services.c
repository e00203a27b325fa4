/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-desk-services.h"
#include "billing-history.h"
#include "billing-importer.h"
#include "billing-patient.h"
#include "billing-rate.h"
#include "billing-table.h"
#include "billing-test-dump.h"
#include "billing-test-practice.h"
#include "billing-treatment.h"

/* Services: made of treatments or by hand, put under another rate, and what insurers answer about them. After every test the whole of the books
 * is verified. */

#define NOW G_GINT64_CONSTANT (1793000000)
#define TODAY "2026-10-26"

/* Under which the fixture has rates: for insurance 200.00, of Acme 150.00, for self-pay 120.00; and one that is never billed. */
typedef struct {
  BillingTestPractice base;
  char *insured; /* (owned): number */
  char *self_pay; /* (owned): its twin */
  char *never; /* (owned) */
} Clinic;

static void
must (Clinic     *clinic,
      BillingAct *act)
{
  billing_test_practice_do (&clinic->base, act);
}

static char *
do_it (Clinic     *clinic,
       BillingAct *act)
{
  char *result;

  must (clinic, act);
  result = g_strdup (act->result);
  g_object_unref (act);
  return result;
}

static void
must_not (Clinic     *clinic,
          BillingAct *act)
{
  billing_test_practice_do_refused (&clinic->base, act, BILLING_DESK_ERROR_INVALID);
  g_object_unref (act);
}

static char *
create_rate (Clinic     *clinic,
             const char *name,
             const char *code,
             const char *kind,
             const char *billable,
             gint64      amount)
{
  return do_it (clinic, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", name, "code", code, "payer-kind", kind,
                                      "billable", billable, "invoiced", billable, "date", "2026-01-01", "has-amount", TRUE, "amount",
                                      amount, NULL));
}

static void
set_price (Clinic     *clinic,
           const char *rate,
           const char *payer,
           const char *day,
           gint64      amount)
{
  g_free (do_it (clinic, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_PRICE, "subject", rate, "payer", payer, "date", day,
                                       "has-amount", TRUE, "amount", amount, NULL)));
}

static char *
read_text (Clinic     *clinic,
           const char *sql)
{
  return billing_test_text (clinic->base.folder, sql);
}

static void
assert_sql (Clinic     *clinic,
            const char *sql,
            const char *expected)
{
  g_autofree char *text = read_text (clinic, sql);

  g_assert_cmpstr (text, ==, expected);
}

static void
set_up (Clinic        *clinic,
        gconstpointer  data)
{
  billing_test_practice_set_up (&clinic->base);
  billing_desk_set_clock (clinic->base.desk, NOW);
  clinic->insured = create_rate (clinic, "Visit", "99213", "both", "yes", 20000);
  clinic->self_pay = read_text (clinic, "SELECT number FROM rates WHERE payer_kind = 'self-pay'");
  set_price (clinic, clinic->self_pay, NULL, "2026-01-01", 12000);
  set_price (clinic, clinic->insured, "Acme", "2026-01-01", 15000);
  clinic->never = create_rate (clinic, "Courtesy call", "99999", "insurance", "no", 500);
}

static void
tear_down (Clinic        *clinic,
           gconstpointer  data)
{
  billing_test_practice_verify (&clinic->base);
  billing_test_practice_tear_down (&clinic->base);
  g_free (clinic->insured);
  g_free (clinic->self_pay);
  g_free (clinic->never);
}

/* --- what stands ------------------------------------------------------------------------------ */

static BillingService *
find (Clinic     *clinic,
      const char *number)
{
  g_autoptr (GError) error = NULL;
  BillingRecord *record = billing_desk_find (clinic->base.desk, number, &error);

  g_assert_no_error (error);
  return BILLING_SERVICE (record);
}

static void
assert_service (Clinic              *clinic,
                const char          *number,
                BillingServiceState  state,
                gint64               amount,
                gint64               insurer_part,
                gint64               insurer_open)
{
  g_autoptr (BillingService) service = find (clinic, number);

  g_assert_cmpint (service->state, ==, state);
  g_assert_cmpint (service->amount, ==, amount);
  g_assert_cmpint (service->insurer_part, ==, insurer_part);
  g_assert_cmpint (service->insurer_open, ==, insurer_open);
  g_assert_cmpint (service->patient_part, ==, amount - insurer_part);
}

static BillingAct *
build (BillingVerb  verb,
       const char  *subject)
{
  return billing_act_new (verb, subject);
}

static BillingAct *
build_add (Clinic     *clinic,
           const char *rate)
{
  BillingAct *act = build (BILLING_VERB_SERVICE_ADD, NULL);

  act->treatment = g_strdup (clinic->base.treatment);
  act->rate = g_strdup (rate);
  return act;
}

static char *
add (Clinic     *clinic,
     const char *rate,
     const char *payer)
{
  BillingAct *act = build_add (clinic, rate);

  act->payer = g_strdup (payer);
  return do_it (clinic, act);
}

static BillingAct *
build_answer (const char *service,
              gint64      allowed,
              gint64      paid,
              gint64      adjusted,
              gint64      patient)
{
  BillingAct *act = build (BILLING_VERB_SERVICE_INSURER, service);

  act->has_insurer = TRUE;
  act->allowed = allowed;
  act->paid = paid;
  act->adjusted = adjusted;
  act->patient_part = patient;
  return act;
}

static char *
answer (Clinic     *clinic,
        const char *service,
        gint64      paid,
        gint64      adjusted,
        gint64      patient)
{
  return do_it (clinic, build_answer (service, -1, paid, adjusted, patient));
}

/* --- by hand ---------------------------------------------------------------------------------- */

/* A service says what its rate says: price of the day and of the insurer, units, treatment; the insurer owes all of it. */
static void
test_add (Clinic        *clinic,
          gconstpointer  data)
{
  g_autofree char *insured = add (clinic, clinic->insured, "Other");
  g_autofree char *acme = add (clinic, clinic->insured, "ACME");
  g_autofree char *self_pay = add (clinic, clinic->self_pay, NULL);
  g_autofree char *never = add (clinic, clinic->never, "Acme");
  BillingAct *own = build_add (clinic, clinic->self_pay);
  g_autofree char *number = NULL;

  g_assert_cmpstr (insured, ==, "SVC-001");
  assert_service (clinic, insured, BILLING_SERVICE_STATE_WITH_INSURER, 20000, 20000, 20000);
  assert_service (clinic, acme, BILLING_SERVICE_STATE_WITH_INSURER, 15000, 15000, 15000);
  assert_service (clinic, self_pay, BILLING_SERVICE_STATE_TO_INVOICE, 12000, 0, 0);
  assert_service (clinic, never, BILLING_SERVICE_STATE_NOT_BILLED, 500, 0, 0);

  own->units = 3;
  own->has_amount = TRUE;
  own->amount = 0;
  own->name = g_strdup ("Gift");
  own->date = g_strdup ("2026-10-01");
  number = do_it (clinic, own);
  assert_service (clinic, number, BILLING_SERVICE_STATE_SETTLED, 0, 0, 0);
  assert_sql (clinic, "SELECT day || name || units || code FROM services WHERE number = 'SVC-005'", "2026-10-01Gift399213");
}

/* What is not said, or cannot be, is refused with a reason. */
static void
test_add_refused (Clinic        *clinic,
                  gconstpointer  data)
{
  BillingAct *act;

  must_not (clinic, build_add (clinic, NULL));
  /* No insurer is known. */
  must_not (clinic, build_add (clinic, clinic->insured));
  act = build_add (clinic, clinic->self_pay);
  act->units = -1;
  must_not (clinic, act);
  act = build_add (clinic, clinic->self_pay);
  act->has_amount = TRUE;
  act->amount = -1;
  must_not (clinic, act);
  act = build_add (clinic, clinic->self_pay);
  act->units = 100000;
  act->has_amount = TRUE;
  act->amount = 1000000000000;
  must_not (clinic, act);
  /* Before the first price. */
  act = build_add (clinic, clinic->self_pay);
  act->date = g_strdup ("2025-12-31");
  must_not (clinic, act);

  g_free (do_it (clinic, build (BILLING_VERB_RATE_RETIRE, clinic->self_pay)));
  must_not (clinic, build_add (clinic, clinic->self_pay));
}

/* More units, another price: the insurer is asked for what is different. A day that was wrong had the wrong price. */
static void
test_edit (Clinic        *clinic,
           gconstpointer  data)
{
  g_autofree char *number = add (clinic, clinic->insured, "Other");
  BillingAct *act = build (BILLING_VERB_SERVICE_EDIT, number);

  set_price (clinic, clinic->insured, NULL, "2026-10-01", 22000);
  act->units = 2;
  g_free (do_it (clinic, act));
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 40000, 40000, 40000);

  act = build (BILLING_VERB_SERVICE_EDIT, number);
  act->has_amount = TRUE;
  act->amount = 100;
  act->units = 1;
  g_free (do_it (clinic, act));
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 100, 100, 100);

  /* A price of its own stays when the day changes; one that was the rate’s follows it. */
  act = build (BILLING_VERB_SERVICE_EDIT, number);
  act->date = g_strdup ("2026-10-02");
  g_free (do_it (clinic, act));
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 100, 100, 100);
  act = build (BILLING_VERB_SERVICE_EDIT, number);
  act->has_amount = TRUE;
  act->amount = 22000;
  g_free (do_it (clinic, act));
  act = build (BILLING_VERB_SERVICE_EDIT, number);
  act->date = g_strdup ("2026-09-02");
  g_free (do_it (clinic, act));
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 20000, 20000, 20000);
  act = build (BILLING_VERB_SERVICE_EDIT, number);
  act->payer = g_strdup ("Acme");
  g_free (do_it (clinic, act));
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 15000, 15000, 15000);

  g_free (answer (clinic, number, 1000, 0, -1));
  act = build (BILLING_VERB_SERVICE_EDIT, number);
  act->units = 7;
  must_not (clinic, act);
  act = build (BILLING_VERB_SERVICE_EDIT, number);
  act->name = g_strdup ("Long visit");
  g_free (do_it (clinic, act));
}

/* One, several, or all that a list shows, and back by undoing. */
static void
test_review (Clinic        *clinic,
             gconstpointer  data)
{
  g_autofree char *first = add (clinic, clinic->self_pay, NULL);
  g_autofree char *second = add (clinic, clinic->self_pay, NULL);
  g_autoptr (BillingAct) both = build (BILLING_VERB_SERVICE_REVIEW, NULL);
  g_autoptr (BillingAct) undo = NULL;
  BillingAct *all = build (BILLING_VERB_SERVICE_REVIEW, NULL);

  both->selection = g_strdup_printf ("%s %s", first, second);
  must (clinic, both);
  g_assert_cmpstr (both->result, ==, "2");
  assert_sql (clinic, "SELECT count (*) FROM services WHERE reviewed_at = 1793000000 AND reviewed_by IS NOT NULL", "2");
  must_not (clinic, build (BILLING_VERB_SERVICE_REVIEW, first));

  undo = billing_act_build_undo (both);
  must (clinic, undo);
  assert_sql (clinic, "SELECT count (*) FROM services WHERE reviewed_at = 0 AND reviewed_by IS NULL", "2");

  all->query = billing_query_new ("services");
  all->query->reviewed = g_strdup ("no");
  all->expected = 2;
  g_free (do_it (clinic, all));
  assert_sql (clinic, "SELECT count (*) FROM audit WHERE verb = 'service-review'", "4");
}

/* The insurer is no longer asked for what was removed, and is asked again when it comes back. */
static void
test_remove (Clinic        *clinic,
             gconstpointer  data)
{
  g_autofree char *number = add (clinic, clinic->insured, "Acme");
  g_autoptr (BillingAct) remove = build (BILLING_VERB_SERVICE_REMOVE, number);
  g_autoptr (BillingAct) restore = NULL;
  g_autofree char *id = NULL;

  must (clinic, remove);
  assert_service (clinic, number, BILLING_SERVICE_STATE_REMOVED, 15000, 0, 0);
  must_not (clinic, build (BILLING_VERB_SERVICE_REMOVE, number));
  must_not (clinic, build_answer (number, -1, 100, 0, -1));
  restore = billing_act_build_undo (remove);
  must (clinic, restore);
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 15000, 15000, 15000);

  id = answer (clinic, number, 100, 0, -1);
  must_not (clinic, build (BILLING_VERB_SERVICE_REMOVE, number));
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_TAKE_BACK, id)));
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_REMOVE, number)));
}

/* --- insurers --------------------------------------------------------------------------------- */

/* Allowed 130.00 of 200.00: 100.00 paid, 70.00 adjusted, 30.00 are the patient’s, who gets an invoice for them. */
static void
test_answer (Clinic        *clinic,
             gconstpointer  data)
{
  g_autofree char *number = add (clinic, clinic->insured, "Other");
  BillingAct *act = build_answer (number, 13000, 10000, 7000, 3000);
  g_autofree char *id = NULL;

  act->date = g_strdup ("2026-10-20");
  act->reference = g_strdup ("CHK 77");
  act->code = g_strdup ("CO-45 PR-3");
  id = do_it (clinic, act);
  g_assert_true (g_str_has_prefix (id, "ian_"));
  assert_service (clinic, number, BILLING_SERVICE_STATE_TO_INVOICE, 20000, 17000, 0);
  assert_sql (clinic, "SELECT group_concat (account || amount) FROM postings_view WHERE source LIKE 'svc%:insurer-%' ORDER BY pk",
              "bank10000,insurer-receivable-10000,adjustments7000,insurer-receivable-7000,asked3000,insurer-receivable-3000");
  assert_sql (clinic, "SELECT day FROM transactions WHERE act = 'insurer-pay'", "2026-10-20");

  /* What was posted is reversed, and the insurer asked for everything again. */
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_TAKE_BACK, id)));
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 20000, 20000, 20000);
  must_not (clinic, build (BILLING_VERB_SERVICE_TAKE_BACK, id));
  must_not (clinic, build (BILLING_VERB_SERVICE_TAKE_BACK, number));
}

/* A second insurer pays what the first left to the patient; then the first takes a part back. In whatever order answers are taken back, what
 * stands is what the others say. */
static void
test_answers_add (Clinic        *clinic,
                  gconstpointer  data)
{
  g_autofree char *number = add (clinic, clinic->insured, "Other");
  g_autofree char *first = answer (clinic, number, 10000, 7000, 3000);
  g_autofree char *second = answer (clinic, number, 3000, 0, -1);
  g_autofree char *third = NULL;

  assert_service (clinic, number, BILLING_SERVICE_STATE_SETTLED, 20000, 20000, 0);
  third = answer (clinic, number, -4000, 0, -1);
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 20000, 20000, 4000);
  must_not (clinic, build_answer (number, -1, -9001, 0, -1));

  /* Without the first, the others come to less than nothing. */
  must_not (clinic, build (BILLING_VERB_SERVICE_TAKE_BACK, first));
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_TAKE_BACK, third)));
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_TAKE_BACK, first)));
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 20000, 20000, 17000);
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_TAKE_BACK, second)));
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 20000, 20000, 20000);
}

/* An insurer that nobody asked pays all the same, and one that refuses leaves all to the patient. */
static void
test_answer_odd (Clinic        *clinic,
                 gconstpointer  data)
{
  g_autofree char *self_pay = add (clinic, clinic->self_pay, NULL);
  g_autofree char *denied = add (clinic, clinic->insured, "Other");
  g_autofree char *never = add (clinic, clinic->never, "Acme");
  BillingAct *act;

  g_free (answer (clinic, self_pay, 5000, 1000, -1));
  assert_service (clinic, self_pay, BILLING_SERVICE_STATE_TO_INVOICE, 12000, 6000, 0);
  /* More than it costs: the insurer has something back to get. */
  g_free (answer (clinic, self_pay, 7000, 0, -1));
  assert_service (clinic, self_pay, BILLING_SERVICE_STATE_SETTLED, 12000, 12000, -1000);

  g_free (answer (clinic, denied, 0, 0, 20000));
  assert_service (clinic, denied, BILLING_SERVICE_STATE_TO_INVOICE, 20000, 0, 0);

  must_not (clinic, build_answer (never, -1, 100, 0, -1));
  must_not (clinic, build_answer (denied, -1, 0, 0, 20001));
  must_not (clinic, build_answer (denied, -1, 0, 0, -1));
  must_not (clinic, build (BILLING_VERB_SERVICE_INSURER, denied));
  act = build_answer (denied, -1, 100, 0, -1);
  act->date = g_strdup ("2026-10-27");
  must_not (clinic, act);
}

/* What an insurer says about an invoiced service moves what its invoice asks for. */
static void
test_answer_invoiced (Clinic        *clinic,
                      gconstpointer  data)
{
  g_autofree char *number = add (clinic, clinic->self_pay, NULL);
  g_autofree char *id = NULL;

  g_free (do_it (clinic, build (BILLING_VERB_INVOICE_CREATE, number)));
  must_not (clinic, build (BILLING_VERB_SERVICE_REMOVE, number));
  must_not (clinic, build (BILLING_VERB_SERVICE_REVIEW, number));
  must_not (clinic, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_SERVICE_EDIT, "subject", number, "units",
                                  G_GINT64_CONSTANT (2), NULL));
  id = answer (clinic, number, 5000, 0, -1);
  assert_sql (clinic, "SELECT amount || ' ' || lowered || ' ' || balance FROM invoices", "12000 5000 7000");
  assert_sql (clinic, "SELECT moved || ' ' || lowered || ' ' || credited FROM insurer_answers", "-5000 5000 0");
  billing_test_practice_verify (&clinic->base);
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_TAKE_BACK, id)));
  assert_sql (clinic, "SELECT amount || ' ' || lowered || ' ' || balance FROM invoices", "12000 0 12000");
}

/* After the day is closed nothing of an insurer’s money is of that day any more; what it is asked for counts on the next one. */
static void
test_closed_day (Clinic        *clinic,
                 gconstpointer  data)
{
  g_autofree char *early = add (clinic, clinic->insured, "Other");
  g_autofree char *late = NULL;
  g_autofree char *id = answer (clinic, early, 100, 0, -1);

  g_free (do_it (clinic, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DAY_CLOSE, "has-amount", TRUE, "amount",
                                       G_GINT64_CONSTANT (0), NULL)));
  late = add (clinic, clinic->insured, "Other");
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_SET_RATE, late)));
  assert_sql (clinic, "SELECT group_concat (act || ' ' || day) FROM transactions WHERE source LIKE 'svc%' ORDER BY pk",
              "insure 2026-10-26,insurer-pay 2026-10-26,insure 2026-10-27,insurer-transfer 2026-10-27");
  must_not (clinic, build_answer (early, -1, 100, 0, -1));
  must_not (clinic, build (BILLING_VERB_SERVICE_TAKE_BACK, id));
}

/* --- rates ------------------------------------------------------------------------------------ */

static BillingRateOutlook *
look (Clinic     *clinic,
      BillingAct *act)
{
  g_autoptr (GError) error = NULL;
  BillingRateOutlook *outlook = billing_desk_look_at_rate (clinic->base.desk, act, -1, NULL, &error);

  g_assert_no_error (error);
  return outlook;
}

/* Twins are flipped to and fro, each at its price of the day; what is shown before is what becomes of it. */
static void
test_flip (Clinic        *clinic,
           gconstpointer  data)
{
  g_autofree char *number = add (clinic, clinic->insured, "Acme");
  g_autoptr (BillingAct) act = build (BILLING_VERB_SERVICE_SET_RATE, number);
  g_autoptr (BillingRateOutlook) outlook = look (clinic, act);
  BillingServiceChange *change = outlook->changes->pdata[0];
  g_autoptr (BillingAct) back = build (BILLING_VERB_SERVICE_SET_RATE, number);

  g_assert_cmpint (outlook->sums->n_changed, ==, 1);
  g_assert_cmpint (outlook->sums->patient_part, ==, 0);
  g_assert_cmpint (outlook->sums->new_patient_part, ==, 12000);
  g_assert_cmpstr (change->rate, ==, "Visit");
  g_assert_cmpstr (change->new_rate, ==, "Visit (Self-Pay)");
  g_assert_null (change->new_payer);
  g_assert_cmpint (change->price, ==, 15000);
  g_assert_cmpint (change->new_price, ==, 12000);
  /* Looking changes nothing. */
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 15000, 15000, 15000);

  must (clinic, act);
  g_assert_cmpstr (act->result, ==, number);
  assert_service (clinic, number, BILLING_SERVICE_STATE_TO_INVOICE, 12000, 0, 0);
  assert_sql (clinic, "SELECT name FROM services", "Visit (Self-Pay)");

  back->payer = g_strdup ("Other");
  must (clinic, back);
  assert_service (clinic, number, BILLING_SERVICE_STATE_WITH_INSURER, 20000, 20000, 20000);
  assert_sql (clinic, "SELECT after ->> '$.amount' || (before ->> '$.amount') FROM audit WHERE verb = 'service-set-rate' ORDER BY pk DESC",
              "2000012000");
}

/* Of many, those that cannot are left, and said why; where none can, the act is refused. */
static void
test_flip_refused (Clinic        *clinic,
                   gconstpointer  data)
{
  g_autofree char *good = add (clinic, clinic->insured, "Other");
  g_autofree char *answered = add (clinic, clinic->insured, "Other");
  g_autofree char *denied = add (clinic, clinic->insured, "Other");
  g_autofree char *invoiced = add (clinic, clinic->self_pay, NULL);
  g_autofree char *removed = add (clinic, clinic->self_pay, NULL);
  g_autofree char *never = add (clinic, clinic->never, "Other");
  g_autofree char *same = add (clinic, clinic->self_pay, NULL);
  g_autofree char *euro = NULL;
  g_autoptr (BillingAct) act = build (BILLING_VERB_SERVICE_SET_RATE, NULL);
  g_autoptr (BillingRateOutlook) outlook = NULL;
  g_autoptr (GString) reasons = g_string_new (NULL);
  BillingAct *foreign;

  g_free (answer (clinic, answered, 1, 0, -1));
  g_free (answer (clinic, denied, 0, 0, 20000));
  g_free (do_it (clinic, build (BILLING_VERB_INVOICE_CREATE, invoiced)));
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_REMOVE, removed)));

  /* What was removed is found where it is asked for. */
  act->query = billing_query_new ("services");
  act->selection = g_strdup (removed);
  act->rate = g_strdup (clinic->self_pay);
  outlook = look (clinic, act);
  for (guint i = 0; i < outlook->changes->len; i++)
    {
      BillingServiceChange *change = outlook->changes->pdata[i];
      g_autofree char *reason = billing_service_change_build_reason (change->refusal, change->invoice);

      g_string_append_printf (reasons, "%s %s\n", change->number, change->refusal != NULL ? change->refusal : "-");
      g_assert_true ((reason == NULL) == (change->refusal == NULL));
    }
  g_assert_cmpstr (reasons->str, ==, "SVC-002 answered\nSVC-004 invoiced\nSVC-005 removed\nSVC-001 -\nSVC-003 -\nSVC-006 -\nSVC-007 same\n");
  g_assert_cmpint (outlook->sums->n_refused, ==, 3);
  g_assert_cmpint (outlook->sums->n_same, ==, 1);

  must (clinic, act);
  g_assert_cmpstr (act->result, ==, "3");
  g_assert_cmpstr (act->remainder, ==, "4");
  /* A refusal of the insurer was about the old rate, and no longer stands. */
  assert_service (clinic, denied, BILLING_SERVICE_STATE_TO_INVOICE, 12000, 0, 0);
  assert_sql (clinic, "SELECT count (*) FROM insurer_answers WHERE taken_back_at > 0", "1");
  must_not (clinic, build (BILLING_VERB_SERVICE_SET_RATE, invoiced));

  euro = do_it (clinic, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "Euro", "payer-kind", "self-pay",
                                      "billable", "yes", "currency", "EUR", "has-amount", TRUE, "amount", G_GINT64_CONSTANT (100),
                                      "date", "2026-01-01", NULL));
  foreign = build (BILLING_VERB_SERVICE_SET_RATE, good);
  foreign->rate = g_strdup (euro);
  must_not (clinic, foreign);
  /* Nobody knows an insurer to ask. */
  foreign = build (BILLING_VERB_SERVICE_SET_RATE, good);
  foreign->rate = g_strdup (clinic->insured);
  must_not (clinic, foreign);
}

/* --- made of treatments ----------------------------------------------------------------------- */

typedef struct {
  Clinic *clinic;
  const char *sql;
} Import;

static gboolean
import_func (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  Import *import = data;

  return billing_connection_execute (connection, import->sql, error);
}

/* What an import writes. */
static void
import (Clinic     *clinic,
        const char *format,
        ...)
{
  Import import = { clinic, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  import.sql = sql;
  billing_store_write (billing_desk_get_store (clinic->base.desk), import_func, &import, NULL, &error);
  g_assert_no_error (error);
}

static char *
make (Clinic *clinic)
{
  return do_it (clinic, build (BILLING_VERB_SERVICE_MAKE, NULL));
}

static void
import_code (Clinic     *clinic,
             const char *id,
             const char *code,
             int         units)
{
  import (clinic, "INSERT INTO treatment_codes (id, treatment_id, system, code, display, units) VALUES ('%s', '%s', 'CPT', '%s', 'As coded', %d)",
          id, clinic->base.treatment, code, units);
}

/* Each line once, however often services are made; under self-pay without a coverage, under insurance with one. */
static void
test_make (Clinic        *clinic,
           gconstpointer  data)
{
  g_autofree char *made = NULL;

  import_code (clinic, "cod_1", "99213", 2);
  import_code (clinic, "cod_2", "99999", 1);
  import_code (clinic, "cod_3", "12345", 1);
  made = make (clinic);
  /* 99999 has a rate for insurance only. */
  g_assert_cmpstr (made, ==, "1");
  assert_service (clinic, "SVC-001", BILLING_SERVICE_STATE_TO_INVOICE, 24000, 0, 0);

  import (clinic, "INSERT INTO coverages (id, patient_id, payer, status, precedence, starts_on, ends_on) VALUES"
          " ('cov_1', '%s', 'Past', 'active', 1, NULL, '2026-10-25'), ('cov_2', '%s', 'acme', 'active', 2, '2026-10-26', NULL),"
          " ('cov_3', '%s', 'Off', 'cancelled', 1, NULL, NULL)", clinic->base.patient, clinic->base.patient, clinic->base.patient);
  import (clinic, "INSERT INTO treatments (id, number, patient_id, starts_at, day, state, currency, created_at) VALUES"
          " ('trt_2', 'TRT-002', '%s', 1793000000, '2026-10-26', 'finished', 'USD', 0),"
          " ('trt_3', 'TRT-003', '%s', 1793000000, '2026-10-26', 'cancelled', 'USD', 0)", clinic->base.patient, clinic->base.patient);
  import (clinic, "INSERT INTO treatment_codes (id, treatment_id, system, code, units) VALUES ('cod_4', 'trt_2', 'CPT', '99213', 1),"
          " ('cod_5', 'trt_2', 'cpt', '99999', 1), ('cod_6', 'trt_3', 'CPT', '99213', 1)");
  g_free (made);
  made = make (clinic);
  g_assert_cmpstr (made, ==, "3");
  /* Of the insurer that covers the day, at its own price; and what is never billed is made all the same. */
  assert_sql (clinic, "SELECT group_concat (amount || payer || payer_kind || state) FROM services WHERE treatment_id = 'trt_2'"
              " ORDER BY code", "15000acmeinsurancewith-insurer,500acmeinsurancenot-billed");
  g_free (made);
  made = make (clinic);
  g_assert_cmpstr (made, ==, "0");
  assert_sql (clinic, "SELECT count (*) FROM services", "4");
}

/* Who was asked already for a treatment, by a payment, is not asked again by services that come by themselves; who names it means it. */
static void
test_make_asked (Clinic        *clinic,
                 gconstpointer  data)
{
  BillingAct *asked = build (BILLING_VERB_PAYMENT_CREATE, NULL);
  BillingAct *named = build (BILLING_VERB_SERVICE_MAKE, NULL);
  g_autofree char *payment = NULL;
  g_autofree char *made = NULL;
  g_autofree char *made_by_name = NULL;

  import_code (clinic, "cod_1", "99213", 1);
  g_object_set (asked, "patient", "PT-001", "treatment", clinic->base.treatment, "payment-type", "office-visit", "has-amount", TRUE,
                "amount", G_GINT64_CONSTANT (5000), NULL);
  payment = do_it (clinic, asked);
  made = make (clinic);
  g_assert_cmpstr (made, ==, "0");

  g_object_set (named, "selection", clinic->base.treatment, NULL);
  made_by_name = do_it (clinic, named);
  g_assert_cmpstr (made_by_name, ==, "1");
}

/* A later import changes what is not invoiced, and leaves what is. */
static void
test_make_again (Clinic        *clinic,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (BillingAct) act = build (BILLING_VERB_SERVICE_MAKE, NULL);

  import_code (clinic, "cod_1", "99213", 1);
  g_free (make (clinic));
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_REVIEW, "SVC-001")));
  import (clinic, "UPDATE treatment_codes SET units = 2");
  g_free (make (clinic));
  assert_service (clinic, "SVC-001", BILLING_SERVICE_STATE_TO_INVOICE, 24000, 0, 0);
  assert_sql (clinic, "SELECT reviewed_at FROM services", "0");

  /* A line that is gone takes its service with it; one that comes back makes another. */
  import (clinic, "DELETE FROM treatment_codes");
  g_free (make (clinic));
  assert_service (clinic, "SVC-001", BILLING_SERVICE_STATE_REMOVED, 24000, 0, 0);
  import_code (clinic, "cod_2", "99213", 3);
  g_free (make (clinic));
  assert_service (clinic, "SVC-002", BILLING_SERVICE_STATE_TO_INVOICE, 36000, 0, 0);

  g_free (do_it (clinic, build (BILLING_VERB_INVOICE_CREATE, "SVC-002")));
  import (clinic, "UPDATE treatment_codes SET units = 1");
  must (clinic, act);
  g_assert_cmpstr (act->result, ==, "0");
  g_assert_cmpstr (act->remainder, ==, "1");
  assert_service (clinic, "SVC-002", BILLING_SERVICE_STATE_INVOICED, 36000, 0, 0);
  kept = billing_desk_list_kept_services (clinic->base.desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpstr (kept->pdata[0], ==, "SVC-002");
}

/* What a person removed stays removed. */
static void
test_make_removed (Clinic        *clinic,
                   gconstpointer  data)
{
  g_autofree char *made = NULL;

  import_code (clinic, "cod_1", "99213", 1);
  g_free (make (clinic));
  g_free (do_it (clinic, build (BILLING_VERB_SERVICE_REMOVE, "SVC-001")));
  import (clinic, "UPDATE treatment_codes SET units = 2");
  made = make (clinic);
  g_assert_cmpstr (made, ==, "0");
  assert_service (clinic, "SVC-001", BILLING_SERVICE_STATE_REMOVED, 12000, 0, 0);
}

static void
import_file (Clinic     *clinic,
             const char *text)
{
  g_autofree char *path = g_build_filename (clinic->base.folder, "visits.csv", NULL);
  g_autoptr (BillingImporter) importer = billing_importer_new (clinic->base.desk);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  billing_importer_add_path (importer, path);
  g_assert_true (billing_importer_prepare (importer, NULL, NULL, NULL, &error));
  billing_importer_apply (importer, NULL, &error);
  g_assert_no_error (error);
}

/* An import brings the services of what it brings, and a later one brings them up to date, in the same transaction. */
static void
test_import (Clinic        *clinic,
             gconstpointer  data)
{
  import_file (clinic, "Visit,Patient ID,Date,CPT,Units,Provider\n"
                       "V1,PT-001,2026-10-01,99213,1,Dr. Ann\n"
                       "V2,PT-001,2026-10-02,12345,1,Dr. Ann\n");
  assert_sql (clinic, "SELECT group_concat (code || ' ' || units || ' ' || amount || ' ' || day) FROM services",
              "99213 1 12000 2026-10-01");
  import_file (clinic, "Visit,Patient ID,Date,CPT,Units,Provider\n"
                       "V1,PT-001,2026-10-01,99213,2,Dr. Ann\n");
  assert_sql (clinic, "SELECT group_concat (number || ' ' || units || ' ' || amount) FROM services", "SVC-001 2 24000");
  assert_sql (clinic, "SELECT count (*) FROM audit WHERE verb = 'service-make' AND subject_id IS NULL", "2");
}

/* Codes of which nothing was made are said, with why. */
static void
test_unbilled (Clinic        *clinic,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *dear = create_rate (clinic, "Later", "77777", "self-pay", "yes", 100);

  import (clinic, "UPDATE rate_prices SET from_on = '2027-01-01' WHERE rate_id = (SELECT id FROM rates WHERE number = '%s')", dear);
  import_code (clinic, "cod_1", "99213", 1);
  import_code (clinic, "cod_2", "12345", 1);
  import_code (clinic, "cod_3", "77777", 1);
  g_free (make (clinic));
  import (clinic, "INSERT INTO treatments (id, number, patient_id, starts_at, day, state, currency, created_at) VALUES"
          " ('trt_2', 'TRT-002', '%s', 1793000000, '2026-10-26', 'finished', 'USD', 0)", clinic->base.patient);
  import (clinic, "INSERT INTO treatment_codes (id, treatment_id, system, code) VALUES ('cod_4', 'trt_2', 'CPT', '99213')");

  codes = billing_desk_list_unbilled_codes (clinic->base.desk, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < codes->len; i++)
    {
      BillingUnbilledCode *code = codes->pdata[i];

      g_string_append_printf (text, "%s %s %d; ", code->code, code->reason, (int) code->n);
    }
  g_assert_cmpstr (text->str, ==, "77777 no-price 1; 12345 no-rate 1; 99213 waiting 1; ");
}

/* The bar under a selection: how many, whose, how much. */
static void
test_sums (Clinic        *clinic,
           gconstpointer  data)
{
  g_autofree char *insured = add (clinic, clinic->insured, "Other");
  g_autofree char *self_pay = add (clinic, clinic->self_pay, NULL);
  g_autoptr (BillingAct) act = build (BILLING_VERB_INVOICE_CREATE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingServiceSums) sums = NULL;

  act->selection = g_strdup_printf ("%s %s", insured, self_pay);
  sums = billing_desk_sum_services (clinic->base.desk, act, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sums->n, ==, 2);
  g_assert_cmpint (sums->n_patients, ==, 1);
  g_assert_cmpint (sums->n_to_invoice, ==, 1);
  g_assert_cmpint (sums->amount, ==, 32000);
  g_assert_cmpint (sums->insurer_open, ==, 20000);
  g_assert_cmpint (sums->patient_part, ==, 12000);
  g_assert_cmpint (sums->to_invoice, ==, 12000);
  g_assert_cmpstr (sums->currency, ==, "USD");
}

#define ADD(path, func) g_test_add ("/services/" path, Clinic, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("add", test_add);
  ADD ("add-refused", test_add_refused);
  ADD ("edit", test_edit);
  ADD ("review", test_review);
  ADD ("remove", test_remove);
  ADD ("answer", test_answer);
  ADD ("answers-add", test_answers_add);
  ADD ("answer-odd", test_answer_odd);
  ADD ("answer-invoiced", test_answer_invoiced);
  ADD ("closed-day", test_closed_day);
  ADD ("flip", test_flip);
  ADD ("flip-refused", test_flip_refused);
  ADD ("make", test_make);
  ADD ("make-asked", test_make_asked);
  ADD ("make-again", test_make_again);
  ADD ("make-removed", test_make_removed);
  ADD ("import", test_import);
  ADD ("unbilled", test_unbilled);
  ADD ("sums", test_sums);

  return g_test_run ();
}
