/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-insurance"

#include "config.h"

#include "billing-demo-private.h"

#include "billing-table.h"

/* Who insures the patients, and what the insurers answered: each sort of answer in turn, so that every one of them can be looked at. */

/* The newest check of most is this many days old at most, the others' are older than the second. */
#define RECENT_DAYS 25
#define OLD_DAYS 45

/* What the newest check of a patient says. */
typedef enum {
  ANSWER_ALL, /* copay, deductible and co-insurance, most of it open */
  ANSWER_COPAY,
  ANSWER_SHARE, /* co-insurance behind a deductible, no copay; benefits of single procedures */
  ANSWER_DEDUCTIBLE_MET,
  ANSWER_LIMIT_MET,
  ANSWER_INACTIVE,
  ANSWER_ERROR,
  ANSWER_OLD, /* as the first one, but of long ago */
  N_ANSWERS,
} Answer;

/* What the figures of an answer are. */
typedef struct {
  gint64 deductible;
  gint64 limit;
  gint64 used;
  gint64 copay;
  gint64 percent;
} Figures;

typedef struct {
  BillingBenefitType type;
  const char *category;
  const char *code;
  const char *network;
  const char *unit;
  const char *term;
  gint64 amount;
  gint64 used;
  gint64 percent;
} Benefit;

static gboolean
insert (BillingDemo  *self,
        gpointer      record,
        GError      **error)
{
  return billing_table_insert (self->connection, record, error);
}

static Figures
draw_figures (BillingDemo *self)
{
  Figures figures;

  figures.deductible = billing_demo_between (self, 2, 13) * 25000;
  figures.limit = figures.deductible + billing_demo_between (self, 4, 13) * 50000;
  figures.used = figures.deductible / 100 * billing_demo_between (self, 0, 101);
  figures.copay = billing_demo_between (self, 3, 11) * 500;
  figures.percent = billing_demo_between (self, 2, 7) * 500;

  return figures;
}

static gboolean
add_benefits (BillingDemo    *self,
              const char     *check_id,
              const Benefit  *benefits,
              guint           n_benefits,
              GError        **error)
{
  for (guint i = 0; i < n_benefits; i++)
    {
      const Benefit *b = &benefits[i];
      g_autoptr (BillingBenefit) benefit =
        g_object_new (BILLING_TYPE_BENEFIT, "check-id", check_id, "type", b->type, "category", b->category, "code", b->code,
                      "network", b->network, "unit", b->unit, "term", b->term, "amount", b->amount, "used", b->used,
                      "currency", "USD", "percent", b->percent, NULL);

      if (!insert (self, benefit, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_procedures (BillingDemo  *self,
                const char   *check_id,
                GError      **error)
{
  static const Benefit benefits[] = {
    { BILLING_BENEFIT_TYPE_COINSURANCE, "5", NULL, "in", "individual", NULL, -1, -1, 0 },
    { BILLING_BENEFIT_TYPE_COINSURANCE, NULL, "97110", "in", "individual", NULL, -1, -1, 4000 },
    { BILLING_BENEFIT_TYPE_COPAY, NULL, "20610", "in", "individual", "visit", 4000, -1, -1 },
    { BILLING_BENEFIT_TYPE_EXCLUDED, NULL, "17110", NULL, NULL, NULL, -1, -1, -1 },
  };

  return add_benefits (self, check_id, benefits, G_N_ELEMENTS (benefits), error);
}

static gboolean
add_answer (BillingDemo    *self,
            const char     *check_id,
            Answer          answer,
            const Figures  *f,
            GError        **error)
{
  gint64 used = answer == ANSWER_DEDUCTIBLE_MET || answer == ANSWER_LIMIT_MET ? f->deductible : f->used;
  gint64 paid = answer == ANSWER_LIMIT_MET ? f->limit : used;
  const Benefit copay =
    { BILLING_BENEFIT_TYPE_COPAY, "98", NULL, "in", "individual", "visit", f->copay, -1, -1 };
  const Benefit others[] = {
    { BILLING_BENEFIT_TYPE_COINSURANCE, "30", NULL, "in", "individual", NULL, -1, -1, f->percent },
    { BILLING_BENEFIT_TYPE_DEDUCTIBLE, "30", NULL, "in", "individual", "annual", f->deductible, used, -1 },
    { BILLING_BENEFIT_TYPE_DEDUCTIBLE, "30", NULL, "in", "family", "annual", f->deductible * 2, used, -1 },
    { BILLING_BENEFIT_TYPE_OUT_OF_POCKET, "30", NULL, "in", "individual", "annual", f->limit, paid, -1 },
    { BILLING_BENEFIT_TYPE_COINSURANCE, "30", NULL, "out", "individual", NULL, -1, -1, 4000 },
  };

  return (answer == ANSWER_SHARE || add_benefits (self, check_id, &copay, 1, error)) &&
         (answer == ANSWER_COPAY || add_benefits (self, check_id, others, G_N_ELEMENTS (others), error)) &&
         (answer != ANSWER_SHARE || add_procedures (self, check_id, error));
}

static const char *
get_words (Answer answer)
{
  switch (answer)
    {
    case ANSWER_INACTIVE:
      return "Coverage ended; ask the patient for a new card";
    case ANSWER_ERROR:
      return "Subscriber not found; correct the member id and ask again";
    case ANSWER_ALL:
    case ANSWER_COPAY:
    case ANSWER_SHARE:
    case ANSWER_DEDUCTIBLE_MET:
    case ANSWER_LIMIT_MET:
    case ANSWER_OLD:
    case N_ANSWERS:
    default:
      return "Active coverage";
    }
}

static gboolean
add_check (BillingDemo      *self,
           BillingCoverage  *coverage,
           Answer            answer,
           int               day,
           const Figures    *figures,
           GError          **error)
{
  gboolean active = answer != ANSWER_INACTIVE && answer != ANSWER_ERROR;
  g_autofree char *checked_on = billing_demo_day (self, day);
  g_autoptr (BillingEligibilityCheck) check =
    g_object_new (BILLING_TYPE_ELIGIBILITY_CHECK, "patient-id", coverage->patient_id,
                  "coverage-id", billing_record_get_id (BILLING_RECORD (coverage)),
                  "payer", coverage->payer, "plan", coverage->plan, "status",
                  active ? BILLING_ELIGIBILITY_STATUS_ACTIVE
                  : answer == ANSWER_ERROR ? BILLING_ELIGIBILITY_STATUS_ERROR : BILLING_ELIGIBILITY_STATUS_INACTIVE,
                  "checked-on", checked_on, "disposition", get_words (answer), NULL);

  return insert (self, check, error) &&
         (!active || add_answer (self, billing_record_get_id (BILLING_RECORD (check)), answer, figures, error));
}

/* The last one is the newest: of the last weeks, but for some; the one before it is older. */
static gboolean
add_checks (BillingDemo      *self,
            BillingCoverage  *coverage,
            guint             number,
            GError          **error)
{
  int n_checks = billing_demo_between (self, 1, 3);

  for (int i = 0; i < n_checks; i++)
    {
      gboolean is_newest = i == n_checks - 1;
      Answer answer = is_newest ? (Answer) (number % N_ANSWERS) : ANSWER_ALL;
      int recent = BILLING_DEMO_DAYS - 1 - (int) (number % RECENT_DAYS);
      gboolean is_covered = billing_demo_chance (self, 90);
      int day = billing_demo_between (self, BILLING_DEMO_DAYS / 2, BILLING_DEMO_DAYS - OLD_DAYS);
      Figures figures = { 0 };

      if (is_covered)
        figures = draw_figures (self);
      else
        answer = ANSWER_INACTIVE;
      if (!add_check (self, coverage, answer, is_newest && answer != ANSWER_OLD ? recent : day, &figures, error))
        return FALSE;
    }

  return TRUE;
}

static BillingCoverage *
make_coverage (const char               *patient_id,
               const BillingDemoInsurer *insurer,
               gint64                    precedence,
               const char               *member_id,
               const char               *starts_on)
{
  return g_object_new (BILLING_TYPE_COVERAGE, "patient-id", patient_id, "payer", insurer->payer, "plan", insurer->plan,
                       "member-id", member_id, "precedence", precedence, "status", "active", "starts-on", starts_on, NULL);
}

/* Some are insured twice: the second insurer's answer can be chosen in place of the first one's. */
static gboolean
add_second (BillingDemo      *self,
            BillingCoverage  *first,
            guint             number,
            GError          **error)
{
  static const Figures figures = { 50000, 200000, 20000, 1000, 1000 };
  const BillingDemoInsurer *insurer = &billing_demo_insurers[number % G_N_ELEMENTS (billing_demo_insurers)];
  g_autoptr (BillingCoverage) coverage = make_coverage (first->patient_id, insurer, 2, first->member_id, first->starts_on);

  return insert (self, coverage, error) &&
         add_check (self, coverage, ANSWER_ALL, BILLING_DEMO_DAYS - OLD_DAYS, &figures, error);
}

/**
 * billing_demo_add_insurance:
 * @self: a clinic
 * @patient_id: whose
 * @number: of the patient, counted from 0; says what the insurer answers
 * @error: return location for an error
 *
 * Returns: whether a coverage is stored, with what its insurer said
 */
gboolean
billing_demo_add_insurance (BillingDemo  *self,
                            const char   *patient_id,
                            guint         number,
                            GError      **error)
{
  const BillingDemoInsurer *insurer =
    &billing_demo_insurers[billing_demo_between (self, 0, G_N_ELEMENTS (billing_demo_insurers))];
  g_autofree char *member_id = g_strdup_printf ("ELM%09d", billing_demo_between (self, 1, 1000000000));
  g_autofree char *starts_on = billing_demo_day (self, -billing_demo_between (self, 10, 900));
  g_autoptr (BillingCoverage) coverage = make_coverage (patient_id, insurer, 1, member_id, starts_on);

  return insert (self, coverage, error) && add_checks (self, coverage, number, error) &&
         (number % 6 != 0 || add_second (self, coverage, number, error));
}
