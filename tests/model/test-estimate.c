/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-estimate.h"
#include "billing-model-error.h"

/* The estimate, rule by rule, against figures worked by hand. All amounts are cents of a dollar where nothing else is said. */

#define TODAY "2026-11-22"

#define COPAY BILLING_BENEFIT_TYPE_COPAY
#define SHARE BILLING_BENEFIT_TYPE_COINSURANCE
#define DEDUCTIBLE BILLING_BENEFIT_TYPE_DEDUCTIBLE
#define MAXIMUM BILLING_BENEFIT_TYPE_OUT_OF_POCKET

typedef struct {
  BillingBenefitType type;
  gint64 amount; /* of co-insurance the percentage */
  gint64 used;
  const char *category;
  const char *code;
  const char *network;
  const char *unit;
  const char *term;
} Said;

typedef struct {
  const char *code;
  gint64 amount;
} Charged;

static GPtrArray *
make_benefits (const Said *said,
               guint       n)
{
  GPtrArray *benefits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      gboolean is_share = said[i].type == SHARE;

      g_ptr_array_add (benefits,
                       g_object_new (BILLING_TYPE_BENEFIT, "type", said[i].type, "amount", is_share ? -1 : said[i].amount,
                                     "percent", is_share ? said[i].amount : -1, "used", said[i].used,
                                     "category", said[i].category, "code", said[i].code, "network", said[i].network,
                                     "unit", said[i].unit, "term", said[i].term, NULL));
    }

  return benefits;
}

static GPtrArray *
make_coverages (void)
{
  GPtrArray *coverages = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (coverages, g_object_new (BILLING_TYPE_COVERAGE, "id", "cov_1", "payer", "Acme", "plan", "Gold",
                                            "precedence", G_GINT64_CONSTANT (1), "status", "active", NULL));
  return coverages;
}

static BillingEligibilityCheck *
make_check (const char               *id,
            const char               *coverage,
            BillingEligibilityStatus  status,
            const char               *day)
{
  return g_object_new (BILLING_TYPE_ELIGIBILITY_CHECK, "id", id, "coverage-id", coverage, "payer", "Acme", "status", status,
                       "checked-on", day, NULL);
}

static BillingEstimate *
estimate_in (const char         *currency,
             BillingPaymentType  type,
             const Said         *said,
             guint               n_said,
             const Charged      *charged,
             guint               n_charged)
{
  BillingEstimate *estimate = billing_estimate_new (type, currency, TODAY);
  g_autoptr (GPtrArray) coverages = make_coverages ();
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) benefits = make_benefits (said, n_said);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (checks, make_check ("chk_1", "cov_1", BILLING_ELIGIBILITY_STATUS_ACTIVE, "2026-11-19"));
  for (guint i = 0; i < n_charged; i++)
    billing_estimate_add_charge (estimate, charged[i].code, NULL, charged[i].amount);
  billing_estimate_choose (estimate, coverages, checks, NULL);
  billing_estimate_compute (estimate, benefits, &error);
  g_assert_no_error (error);

  return estimate;
}

#define VISIT(said, charged) \
  estimate_in ("USD", BILLING_PAYMENT_TYPE_OFFICE_VISIT, said, G_N_ELEMENTS (said), charged, G_N_ELEMENTS (charged))
#define TREATMENT(said, charged) \
  estimate_in ("USD", BILLING_PAYMENT_TYPE_TREATMENT_PRE_PAYMENT, said, G_N_ELEMENTS (said), charged, G_N_ELEMENTS (charged))

/* The receipt as words and minor units; and, always: it adds up. */
static char *
describe (BillingEstimate *estimate)
{
  GString *text = g_string_new (NULL);
  gint64 sum = 0, charge = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (estimate->lines)); i++)
    {
      static const char * const steps[] = { "charge", "deductible", "share", "excluded", "copay", "maximum", "cap" };
      g_autoptr (BillingEstimateLine) line = g_list_model_get_item (G_LIST_MODEL (estimate->lines), i);

      if (line->step == BILLING_ESTIMATE_STEP_CHARGE)
        charge += line->amount;
      else
        sum += line->amount;
      g_assert_nonnull (line->text);
      g_string_append_printf (text, "%s%s %" G_GINT64_FORMAT, i > 0 ? ", " : "", steps[line->step], line->amount);
    }

  g_assert_cmpint (sum, ==, MAX (estimate->amount, 0));
  g_assert_cmpint (charge, ==, MAX (estimate->charge, 0));
  return g_string_free (text, FALSE);
}

static void
assert_receipt (BillingEstimate *estimate,
                const char      *receipt,
                gint64           amount)
{
  g_autofree char *text = describe (estimate);

  g_assert_cmpstr (text, ==, receipt);
  g_assert_cmpint (estimate->amount, ==, amount);
}

static gboolean
says (GPtrArray  *sentences,
      const char *part)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      if (strstr (sentences->pdata[i], part) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Without a charge only the copay is owed: 25.00. What stands in the way of more is said. */
static void
test_copay_only (void)
{
  const Said said[] = { { COPAY, 2500, -1, "98", NULL, "in", "individual", "visit" } };
  g_autoptr (BillingEstimate) estimate =
    estimate_in ("USD", BILLING_PAYMENT_TYPE_OFFICE_VISIT, said, G_N_ELEMENTS (said), NULL, 0);

  g_assert_cmpint (estimate->state, ==, BILLING_ESTIMATE_STATE_READY);
  g_assert_cmpint (estimate->charge, ==, -1);
  assert_receipt (estimate, "copay 2500", 2500);
  g_assert_true (says (estimate->missing, "charge"));
  g_assert_true (says (estimate->missing, "co-insurance"));
  g_assert_true (says (estimate->missing, "deductible"));
  g_assert_true (says (estimate->missing, "maximum"));
  g_assert_false (says (estimate->missing, "No copay"));
}

/* 500.00 a year, 380.00 used: 120.00 remain. Of a charge of 200.00 these 120.00 are the patient's, and of the other 80.00 a
 * fifth, 16.00: 136.00. With a copay of 25.00: 161.00. */
static void
test_deductible_then_share (void)
{
  const Said said[] = {
    { DEDUCTIBLE, 50000, 38000, "30", NULL, "in", "individual", "annual" },
    { SHARE, 2000, -1, "30", NULL, "in", NULL, NULL },
    { MAXIMUM, 300000, 38000, "30", NULL, "in", "individual", "annual" },
    { COPAY, 2500, -1, "98", NULL, "in", "individual", "visit" },
  };
  const Charged charged[] = { { NULL, 20000 } };
  g_autoptr (BillingEstimate) treatment = TREATMENT (said, charged);
  g_autoptr (BillingEstimate) visit = VISIT (said, charged);
  g_autoptr (BillingEstimateLine) share = g_list_model_get_item (G_LIST_MODEL (visit->lines), 2);

  /* The copay is for office visits. */
  assert_receipt (treatment, "charge 20000, deductible 12000, share 1600", 13600);
  assert_receipt (visit, "charge 20000, deductible 12000, share 1600, copay 2500", 16100);
  g_assert_cmpint (share->of, ==, 8000);
  g_assert_cmpint (share->percent, ==, 2000);
  g_assert_cmpint (visit->copay, ==, 2500);
  g_assert_cmpint (visit->coinsurance, ==, 2000);
  g_assert_cmpint (visit->deductible, ==, 12000);
  g_assert_cmpint (visit->out_of_pocket, ==, 262000);
  g_assert_cmpuint (visit->missing->len, ==, 0);
}

/* 500.00 of 500.00 used, or more: nothing of it remains; a fifth of 200.00 is 40.00. A charge that is smaller than what
 * remains (120.00) is the patient's alone, with no share. */
static void
test_deductible_ends (void)
{
  const Said met[] = {
    { DEDUCTIBLE, 50000, 50001, NULL, NULL, NULL, NULL, NULL },
    { SHARE, 2000, -1, NULL, NULL, NULL, NULL, NULL },
  };
  const Said open[] = {
    { DEDUCTIBLE, 50000, 38000, NULL, NULL, NULL, NULL, NULL },
    { SHARE, 2000, -1, NULL, NULL, NULL, NULL, NULL },
  };
  const Charged large[] = { { NULL, 20000 } }, small[] = { { NULL, 9000 } };
  g_autoptr (BillingEstimate) first = VISIT (met, large);
  g_autoptr (BillingEstimate) second = VISIT (open, small);

  assert_receipt (first, "charge 20000, deductible 0, share 4000", 4000);
  assert_receipt (second, "charge 9000, deductible 9000", 9000);
}

/* The 161.00 of above, where 150.00 of the maximum remain: 11.00 less. Where nothing remains, nothing is owed. */
static void
test_out_of_pocket (void)
{
  Said said[] = {
    { DEDUCTIBLE, 50000, 38000, NULL, NULL, NULL, NULL, NULL },
    { SHARE, 2000, -1, NULL, NULL, NULL, NULL, NULL },
    { COPAY, 2500, -1, NULL, NULL, NULL, NULL, NULL },
    { MAXIMUM, 100000, 85000, NULL, NULL, NULL, NULL, NULL },
  };
  const Charged charged[] = { { NULL, 20000 } };
  g_autoptr (BillingEstimate) capped = VISIT (said, charged);
  g_autoptr (BillingEstimate) met = NULL;
  g_autoptr (BillingEstimate) visit = NULL;

  assert_receipt (capped, "charge 20000, deductible 12000, share 1600, copay 2500, maximum -1100", 15000);

  said[3].used = 100000;
  met = VISIT (said, charged);
  assert_receipt (met, "charge 20000, deductible 12000, share 1600, copay 2500, maximum -16100", 0);
  g_assert_cmpint (met->state, ==, BILLING_ESTIMATE_STATE_READY);
  g_assert_true (says (met->warnings, "nothing is left"));

  /* It limits a copay without a charge as well. */
  said[3].used = 99000;
  visit = estimate_in ("USD", BILLING_PAYMENT_TYPE_OFFICE_VISIT, said, G_N_ELEMENTS (said), NULL, 0);
  assert_receipt (visit, "copay 2500, maximum -1500", 1000);
}

/* 100.00 are charged: all of it goes into the deductible, and the copay of 25.00 would be on top. Never more than the charge. */
static void
test_never_above_the_charge (void)
{
  const Said said[] = {
    { DEDUCTIBLE, 50000, 0, NULL, NULL, NULL, NULL, NULL },
    { COPAY, 2500, -1, NULL, NULL, NULL, NULL, NULL },
  };
  const Charged charged[] = { { NULL, 10000 } };
  g_autoptr (BillingEstimate) estimate = VISIT (said, charged);

  assert_receipt (estimate, "charge 10000, deductible 10000, copay 2500, cap -2500", 10000);
}

/* An eighth of 0.20 is 0.025, of 0.60 it is 0.075: halves go to the even cent, 0.02 and 0.08. A tenth of 25 yen is 2.5: 2 yen.
 * A tenth of 1.250 dinars is 0.125, but the last of the three decimals is always 0: 12.5 steps of 0.010 are 12. A tenth of 5
 * krónur, counted in hundredths, is half a króna: none. */
static void
test_rounding (void)
{
  static const struct {
    const char *currency;
    gint64 percent;
    gint64 charge;
    gint64 share;
  } cases[] = {
    { "USD", 1250, 20, 2 }, { "USD", 1250, 60, 8 }, { "USD", 3333, 10000, 3333 }, { "USD", 10000, 7, 7 },
    { "JPY", 1000, 25, 2 }, { "KWD", 1000, 1250, 120 }, { "KWD", 1000, 1350, 140 }, { "ISK", 1000, 500, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Said said[] = { { SHARE, cases[i].percent, -1, NULL, NULL, NULL, NULL, NULL } };
      const Charged charged[] = { { NULL, cases[i].charge } };
      g_autoptr (BillingEstimate) estimate =
        estimate_in (cases[i].currency, BILLING_PAYMENT_TYPE_OFFICE_VISIT, said, 1, charged, 1);

      g_assert_cmpint (estimate->amount, ==, cases[i].share);
    }
}

/* Of the individual's and the family's deductible and maximum the smaller one applies: 300.00 and 50.00 remain, so 50.00; and 20 %
 * of the other 150.00 are 30.00. Of the maxima 1,000.00 and 70.00 remain: 10.00 less. */
static void
test_family (void)
{
  const Said said[] = {
    { DEDUCTIBLE, 50000, 20000, "30", NULL, "in", "individual", "annual" },
    { DEDUCTIBLE, 100000, 95000, "30", NULL, "in", "family", "annual" },
    { SHARE, 2000, -1, "30", NULL, "in", "individual", NULL },
    { MAXIMUM, 200000, 100000, "30", NULL, "in", "individual", "annual" },
    { MAXIMUM, 400000, 393000, "30", NULL, "in", "family", "annual" },
  };
  const Charged charged[] = { { NULL, 20000 } };
  g_autoptr (BillingEstimate) estimate = VISIT (said, charged);
  g_autoptr (BillingEstimateLine) deductible = g_list_model_get_item (G_LIST_MODEL (estimate->lines), 1);

  assert_receipt (estimate, "charge 20000, deductible 5000, share 3000, maximum -1000", 7000);
  g_assert_true (deductible->family);
  g_assert_cmpint (estimate->deductible, ==, 5000);
}

/* What remains is what is said to remain, whatever else is said; else what is allowed without what is used, said on one
 * line or on two; else all of it, and that is said. The codes of X12's EB06 are understood as its words are. */
static void
test_remaining (void)
{
  static const struct {
    Said said[3];
    gint64 remaining;
    gboolean is_missing;
  } cases[] = {
    { { { DEDUCTIBLE, 50000, 10000, "30", NULL, "in", "individual", "annual" },
        { DEDUCTIBLE, 12300, -1, "30", NULL, "in", "individual", "remaining" } }, 12300, FALSE },
    { { { DEDUCTIBLE, 12300, -1, "30", NULL, "in", "individual", "29" },
        { DEDUCTIBLE, 50000, -1, "30", NULL, "in", "individual", "23" } }, 12300, FALSE },
    { { { DEDUCTIBLE, 50000, 10000, "30", NULL, "in", "individual", "annual" } }, 40000, FALSE },
    { { { DEDUCTIBLE, 50000, -1, "30", NULL, "in", "individual", "calendar-year" },
        { DEDUCTIBLE, 20000, -1, "30", NULL, "in", "individual", "year-to-date" } }, 30000, FALSE },
    { { { DEDUCTIBLE, 20000, -1, "30", NULL, "in", "individual", "24" },
        { DEDUCTIBLE, 50000, -1, "30", NULL, "in", "individual", "22" } }, 30000, FALSE },
    { { { DEDUCTIBLE, 50000, -1, "30", NULL, "in", "individual", "annual" } }, 50000, TRUE },
    { { { DEDUCTIBLE, 20000, -1, "30", NULL, "in", "individual", "24" } }, -1, FALSE },
    { { { DEDUCTIBLE, 900000, 0, "30", NULL, "in", "individual", "lifetime" },
        { DEDUCTIBLE, 50000, 10000, "30", NULL, "in", "individual", "contract" } }, 40000, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BillingEstimate) estimate =
        estimate_in ("USD", BILLING_PAYMENT_TYPE_OFFICE_VISIT, cases[i].said, 3, NULL, 0);

      g_assert_cmpint (estimate->deductible, ==, cases[i].remaining);
      g_assert_cmpint (says (estimate->missing, "was not said"), ==, cases[i].is_missing);
    }
}

/* In each pair the one that stands first counts, in whichever order the insurer lists them. */
static void
test_ranks (void)
{
  static const struct {
    Said first;
    Said second;
  } cases[] = {
    /* of the network, then not said, then of others */
    { { COPAY, 1, -1, "98", NULL, "in", NULL, NULL }, { COPAY, 2, -1, "98", NULL, NULL, NULL, NULL } },
    { { COPAY, 1, -1, "98", NULL, NULL, NULL, NULL }, { COPAY, 2, -1, "98", NULL, "out", NULL, NULL } },
    { { COPAY, 1, -1, "30", NULL, NULL, NULL, NULL }, { COPAY, 2, -1, NULL, "99213", "out", NULL, NULL } },
    { { COPAY, 1, -1, "98", NULL, "Y", NULL, NULL }, { COPAY, 2, -1, "98", NULL, "N", NULL, NULL } },
    /* the individual's, then nobody's, then the family's */
    { { COPAY, 1, -1, "98", NULL, "in", "individual", NULL }, { COPAY, 2, -1, "98", NULL, "in", NULL, NULL } },
    { { COPAY, 1, -1, "98", NULL, "in", NULL, NULL }, { COPAY, 2, -1, "98", NULL, "in", "family", NULL } },
    { { COPAY, 1, -1, "98", NULL, "in", "IND", NULL }, { COPAY, 2, -1, "98", NULL, "in", "FAM", NULL } },
    /* the procedure, its type of service, medical care, the plan */
    { { COPAY, 1, -1, "30", "99213", NULL, NULL, NULL }, { COPAY, 2, -1, "98", NULL, "in", "individual", NULL } },
    { { COPAY, 1, -1, "98", NULL, NULL, NULL, NULL }, { COPAY, 2, -1, "1", NULL, "in", NULL, NULL } },
    { { COPAY, 1, -1, "1^33^98", NULL, NULL, NULL, NULL }, { COPAY, 2, -1, "30", NULL, "in", NULL, NULL } },
    { { COPAY, 1, -1, "1", NULL, NULL, NULL, NULL }, { COPAY, 2, -1, "30", NULL, "in", NULL, NULL } },
    { { COPAY, 1, -1, "Office visit", NULL, NULL, NULL, NULL }, { COPAY, 2, -1, "Medical Care", NULL, "in", NULL, NULL } },
    { { COPAY, 1, -1, "Medical Care", NULL, NULL, NULL, NULL },
      { COPAY, 2, -1, "Health Benefit Plan Coverage", NULL, "In network", NULL, NULL } },
    { { COPAY, 1, -1, NULL, NULL, NULL, NULL, NULL }, { COPAY, 2, -1, "88", NULL, "in", NULL, NULL } },
    { { COPAY, 1, -1, "30", NULL, NULL, NULL, NULL }, { COPAY, 2, -1, NULL, "99214", "in", NULL, NULL } },
    /* a visit's or a year's before a lifetime's */
    { { COPAY, 1, -1, "98", NULL, NULL, NULL, "annual" }, { COPAY, 2, -1, "98", NULL, NULL, NULL, "lifetime" } },
  };
  const Charged charged[] = { { "99213", 12500 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Said forth[] = { cases[i].first, cases[i].second };
      const Said back[] = { cases[i].second, cases[i].first };
      g_autoptr (BillingEstimate) one = VISIT (forth, charged);
      g_autoptr (BillingEstimate) other = VISIT (back, charged);

      g_assert_cmpint (one->amount, ==, 1);
      g_assert_cmpint (other->amount, ==, 1);
      g_assert_false (says (one->warnings, "several"));
    }
}

/* Two that have an equal claim: the first is used, and the other is named. The same twice is no doubt. */
static void
test_several (void)
{
  const Said two[] = { { COPAY, 2500, -1, "98", NULL, "in", NULL, NULL }, { COPAY, 4000, -1, "98", NULL, "in", NULL, NULL } };
  const Said same[] = { { COPAY, 2500, -1, "98", NULL, "in", NULL, NULL }, { COPAY, 2500, -1, "98", NULL, "in", NULL, NULL } };
  const Charged charged[] = { { NULL, 10000 } };
  g_autoptr (BillingEstimate) doubtful = VISIT (two, charged);
  g_autoptr (BillingEstimate) clear = VISIT (same, charged);

  assert_receipt (doubtful, "charge 10000, copay 2500", 2500);
  g_assert_true (says (doubtful->warnings, "several copays"));
  g_assert_true (says (doubtful->warnings, "40.00"));
  assert_receipt (clear, "charge 10000, copay 2500", 2500);
  g_assert_cmpuint (clear->warnings->len, ==, 0);
}

/* What is only said for other networks is used where nothing else is there, and that is said: 40 % of 100.00. */
static void
test_out_of_network (void)
{
  const Said said[] = { { SHARE, 4000, -1, "30", NULL, "out", "individual", NULL } };
  const Charged charged[] = { { NULL, 10000 } };
  g_autoptr (BillingEstimate) estimate = VISIT (said, charged);

  assert_receipt (estimate, "charge 10000, share 4000", 4000);
  g_assert_true (says (estimate->warnings, "outside"));
}

/* Each procedure by its own benefits, in their order. 100.00 of the deductible remain. The visit (125.00) takes them, and of
 * its other 25.00 it costs 20 %: 5.00. The laboratory (48.00) costs 10 %, 4.80, by its type of service; the X-ray (110.00) by its
 * own line nothing. The copay of 30.00 is the visit's, once. 100 + 5 + 4.80 + 0 + 30 = 139.80. */
static void
test_procedures (void)
{
  const Said said[] = {
    { DEDUCTIBLE, 100000, 90000, "30", NULL, "in", "individual", "annual" },
    { SHARE, 2000, -1, "30", NULL, "in", "individual", NULL },
    { SHARE, 1000, -1, "5", NULL, "in", "individual", NULL },
    { SHARE, 0, -1, NULL, "71046", "in", "individual", NULL },
    { COPAY, 3000, -1, "98", NULL, "in", "individual", "visit" },
    { COPAY, 9900, -1, NULL, "20610", "in", "individual", NULL },
  };
  const Charged charged[] = { { "99213", 12500 }, { "80053", 4800 }, { "71046", 11000 } };
  g_autoptr (BillingEstimate) estimate = VISIT (said, charged);
  g_autoptr (BillingEstimateBenefit) own = g_list_model_get_item (G_LIST_MODEL (estimate->benefits), 4);

  assert_receipt (estimate, "charge 12500, deductible 10000, share 500, charge 4800, share 480, charge 11000, share 0, copay 3000",
                  13980);
  /* The four of the visit, and the one that is for a procedure of it. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (estimate->benefits)), ==, 5);
  g_assert_cmpstr (own->code, ==, "71046");
  g_assert_cmpstr (own->value, ==, "0%");
}

/* A deductible of its own: of the 60.00 for 97110 it takes the 20.00 that remain, and 97140 (55.00) takes the 50.00 that remain of the
 * plan's. No share was given for the rest, and that is said. */
static void
test_own_deductible (void)
{
  const Said said[] = {
    { DEDUCTIBLE, 100000, 95000, "30", NULL, "in", "individual", "annual" },
    { DEDUCTIBLE, 5000, 3000, NULL, "97110", "in", "individual", "annual" },
  };
  const Charged charged[] = { { "97110", 6000 }, { "97140", 5500 } };
  g_autoptr (BillingEstimate) estimate = TREATMENT (said, charged);

  assert_receipt (estimate, "charge 6000, deductible 2000, charge 5500, deductible 5000", 7000);
  g_assert_true (says (estimate->missing, "No co-insurance"));
}

/* A procedure's copay counts for each such procedure, once, and the visit's once for all the others: 15.00 for 97110, which was done twice,
 * and 30.00. Where each has its own there is none of the visit's: 15.00. */
static void
test_copays (void)
{
  const Said said[] = {
    { COPAY, 3000, -1, "30", NULL, "in", NULL, "visit" },
    { COPAY, 1500, -1, NULL, "97110", "in", NULL, "visit" },
  };
  const Charged all[] = { { "97110", 6000 }, { "97110", 6000 }, { "97140", 5500 }, { "99213", 12500 } };
  const Charged own[] = { { "97110", 6000 } };
  g_autoptr (BillingEstimate) many = TREATMENT (said, all);
  g_autoptr (BillingEstimate) one = TREATMENT (said, own);

  g_assert_cmpint (many->amount, ==, 4500);
  assert_receipt (one, "charge 6000, copay 1500", 1500);
}

/* What the insurer excludes is the patient's whole: the check-up (195.00), whose type of service is excluded, and nothing but
 * it; of the laboratory (48.00) a fifth, 9.60, of which the maximum leaves 5.00. No copay is for what is excluded: 200.00 in
 * all. What is also paid for in its own right (99396) is not excluded, nor what only other networks exclude. */
static void
test_excluded (void)
{
  const Said said[] = {
    { SHARE, 2000, -1, "30", NULL, "in", NULL, NULL },
    { MAXIMUM, 100000, 99500, "30", NULL, "in", NULL, "annual" },
    { COPAY, 2500, -1, NULL, "99396", "in", NULL, NULL },
    { BILLING_BENEFIT_TYPE_EXCLUDED, -1, -1, NULL, "99396", NULL, NULL, NULL },
    { BILLING_BENEFIT_TYPE_EXCLUDED, -1, -1, "81", NULL, NULL, NULL, NULL },
    { BILLING_BENEFIT_TYPE_EXCLUDED, -1, -1, "5", NULL, "out", NULL, NULL },
  };
  const Charged charged[] = { { "99395", 19500 }, { "80053", 4800 } };
  const Charged paid[] = { { "99396", 19500 } };
  g_autoptr (BillingEstimate) estimate = TREATMENT (said, charged);
  g_autoptr (BillingEstimate) other = TREATMENT (said, paid);
  g_autoptr (BillingEstimateBenefit) shown = g_list_model_get_item (G_LIST_MODEL (estimate->benefits), 4);

  assert_receipt (estimate, "charge 19500, excluded 19500, charge 4800, share 960, maximum -460", 20000);
  g_assert_cmpstr (shown->code, ==, "99395");
  g_assert_cmpstr (shown->value, ==, "Not covered");
  /* 39.00 and 25.00, of which 5.00 remain. */
  assert_receipt (other, "charge 19500, share 3900, copay 2500, maximum -5900", 500);
}

/* A treatment's type of service is its principal procedure's: the copay for surgery, 75.00, since 17110 costs most. */
static void
test_principal (void)
{
  const Said said[] = {
    { COPAY, 2500, -1, "98", NULL, "in", NULL, NULL },
    { COPAY, 7500, -1, "2", NULL, "in", NULL, NULL },
  };
  const Charged charged[] = { { "99212", 7800 }, { "17110", 16000 } };
  g_autoptr (BillingEstimate) treatment = TREATMENT (said, charged);
  g_autoptr (BillingEstimate) visit = VISIT (said, charged);

  g_assert_cmpint (treatment->amount, ==, 7500);
  g_assert_cmpint (visit->amount, ==, 2500);
}

/* Another currency's amounts are no amounts here; percentages have no currency. */
static void
test_currency (void)
{
  g_autoptr (BillingEstimate) estimate = billing_estimate_new (BILLING_PAYMENT_TYPE_OFFICE_VISIT, "USD", TODAY);
  const Said said[] = { { COPAY, 2500, -1, NULL, NULL, NULL, NULL, NULL }, { SHARE, 2000, -1, NULL, NULL, NULL, NULL, NULL } };
  g_autoptr (GPtrArray) benefits = make_benefits (said, 2);
  g_autoptr (GPtrArray) coverages = make_coverages ();
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  g_object_set (benefits->pdata[0], "currency", "EUR", NULL);
  g_object_set (benefits->pdata[1], "currency", "EUR", NULL);
  g_ptr_array_add (checks, make_check ("chk_1", "cov_1", BILLING_ELIGIBILITY_STATUS_ACTIVE, TODAY));
  billing_estimate_add_charge (estimate, NULL, NULL, 10000);
  billing_estimate_choose (estimate, coverages, checks, NULL);
  g_assert_true (billing_estimate_compute (estimate, benefits, &error));
  assert_receipt (estimate, "charge 10000, share 2000", 2000);
}

/* An answer with nothing in it, one about something else, and one that needs a charge: there is no amount, and a sentence. */
static void
test_nothing_to_tell (void)
{
  const Said dental[] = { { COPAY, 2500, -1, "35", NULL, "in", NULL, NULL } };
  const Said share[] = { { SHARE, 2000, -1, "30", NULL, "in", NULL, NULL } };
  const Charged charged[] = { { NULL, 10000 } };
  g_autoptr (BillingEstimate) empty =
    estimate_in ("USD", BILLING_PAYMENT_TYPE_OFFICE_VISIT, NULL, 0, charged, G_N_ELEMENTS (charged));
  g_autoptr (BillingEstimate) other = VISIT (dental, charged);
  g_autoptr (BillingEstimate) chargeless =
    estimate_in ("USD", BILLING_PAYMENT_TYPE_OFFICE_VISIT, share, G_N_ELEMENTS (share), NULL, 0);

  g_assert_cmpint (empty->state, ==, BILLING_ESTIMATE_STATE_NO_BENEFITS);
  g_assert_cmpint (other->state, ==, BILLING_ESTIMATE_STATE_NO_BENEFITS);
  g_assert_cmpint (chargeless->state, ==, BILLING_ESTIMATE_STATE_NO_CHARGE);
  g_assert_cmpint (empty->amount, ==, -1);
  g_assert_cmpint (other->amount, ==, -1);
  g_assert_cmpint (chargeless->amount, ==, -1);
  g_assert_nonnull (empty->sentence);
  g_assert_nonnull (chargeless->sentence);
  g_assert_cmpint (chargeless->coinsurance, ==, 2000);
  g_assert_false (says (chargeless->missing, "charge is not known"));
}

/* Charges that are too large to be added are refused, not wrapped round. */
static void
test_overflow (void)
{
  g_autoptr (BillingEstimate) estimate = billing_estimate_new (BILLING_PAYMENT_TYPE_OFFICE_VISIT, "USD", TODAY);
  const Said said[] = { { SHARE, 2000, -1, NULL, NULL, NULL, NULL, NULL } };
  g_autoptr (GPtrArray) benefits = make_benefits (said, 1);
  g_autoptr (GPtrArray) coverages = make_coverages ();
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (checks, make_check ("chk_1", "cov_1", BILLING_ELIGIBILITY_STATUS_ACTIVE, TODAY));
  billing_estimate_add_charge (estimate, NULL, NULL, G_MAXINT64);
  billing_estimate_add_charge (estimate, NULL, NULL, 1);
  billing_estimate_choose (estimate, coverages, checks, NULL);
  g_assert_false (billing_estimate_compute (estimate, benefits, &error));
  g_assert_error (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_OVERFLOW);
}

typedef struct {
  const char *id;
  gint64 precedence;
  const char *status;
  const char *starts_on;
  const char *ends_on;
} Covered;

static BillingEstimate *
choose (BillingPaymentType  type,
        const Covered      *covered,
        guint               n_covered,
        GPtrArray          *checks,
        const char         *wanted)
{
  BillingEstimate *estimate = billing_estimate_new (type, "USD", TODAY);
  g_autoptr (GPtrArray) coverages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) benefits = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_covered; i++)
    g_ptr_array_add (coverages,
                     g_object_new (BILLING_TYPE_COVERAGE, "id", covered[i].id, "payer", covered[i].id, "precedence",
                                   covered[i].precedence, "status", covered[i].status, "starts-on", covered[i].starts_on,
                                   "ends-on", covered[i].ends_on, NULL));
  billing_estimate_choose (estimate, coverages, checks, wanted);
  billing_estimate_compute (estimate, benefits, &error);
  g_assert_no_error (error);

  return estimate;
}

/* The newest check of the coverage with the lowest precedence that is active today, from its first to its last day; of two of one
 * day the one that came in last. A person may choose any other. */
static void
test_choice (void)
{
  const Covered covered[] = {
    { "third", 3, "active", NULL, NULL },
    { "second", 2, "active", TODAY, TODAY },
    { "cancelled", 1, "cancelled", NULL, NULL },
    { "ended", 1, "active", "2020-01-01", "2026-11-21" },
    { "future", 1, "active", "2026-11-23", NULL },
  };
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingEstimate) newest = NULL;
  g_autoptr (BillingEstimate) wanted = NULL;
  g_autoptr (BillingEstimate) private = NULL;

  g_ptr_array_add (checks, make_check ("of-third", "third", BILLING_ELIGIBILITY_STATUS_ACTIVE, "2026-11-22"));
  g_ptr_array_add (checks, make_check ("of-ended", "ended", BILLING_ELIGIBILITY_STATUS_ACTIVE, "2026-11-21"));
  g_ptr_array_add (checks, make_check ("older", "second", BILLING_ELIGIBILITY_STATUS_ACTIVE, "2026-11-01"));
  g_ptr_array_add (checks, make_check ("first-in", "second", BILLING_ELIGIBILITY_STATUS_ACTIVE, "2026-11-02"));
  g_ptr_array_add (checks, make_check ("last-in", "second", BILLING_ELIGIBILITY_STATUS_ACTIVE, "2026-11-02"));
  for (guint i = 0; i < checks->len; i++)
    billing_record_set_pk (checks->pdata[i], i + 1);

  newest = choose (BILLING_PAYMENT_TYPE_OFFICE_VISIT, covered, G_N_ELEMENTS (covered), checks, NULL);
  g_assert_cmpstr (newest->check_id, ==, "last-in");
  g_assert_cmpstr (newest->coverage_id, ==, "second");
  g_assert_cmpint (newest->age, ==, 20);
  g_assert_cmpuint (newest->checks->len, ==, 5);
  g_assert_cmpstr (billing_record_get_id (newest->checks->pdata[0]), ==, "of-third");

  wanted = choose (BILLING_PAYMENT_TYPE_OFFICE_VISIT, covered, G_N_ELEMENTS (covered), checks, "of-ended");
  g_assert_cmpstr (wanted->check_id, ==, "of-ended");
  g_assert_true (says (wanted->warnings, "not active today"));

  private = choose (BILLING_PAYMENT_TYPE_PRIVATE_PAY, covered, G_N_ELEMENTS (covered), checks, NULL);
  g_assert_cmpint (private->state, ==, BILLING_ESTIMATE_STATE_NONE);
  g_assert_null (private->check_id);
}

/* A check that names no coverage belongs to the only one, or to the one of its insurer; with no coverage at all it is used and that is
 * said. */
static void
test_nameless_checks (void)
{
  const Covered one[] = { { "Other", 1, "active", NULL, NULL } };
  const Covered two[] = { { "ACME", 1, "active", NULL, NULL }, { "Other", 2, "active", NULL, NULL } };
  const Covered others[] = { { "Other", 1, "active", NULL, NULL }, { "ACME", 2, "active", NULL, NULL } };
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BillingEstimate) only = NULL;
  g_autoptr (BillingEstimate) same = NULL;
  g_autoptr (BillingEstimate) another = NULL;
  g_autoptr (BillingEstimate) none = NULL;

  g_ptr_array_add (checks, make_check ("chk_1", NULL, BILLING_ELIGIBILITY_STATUS_ACTIVE, "2026-11-22"));
  only = choose (BILLING_PAYMENT_TYPE_OFFICE_VISIT, one, 1, checks, NULL);
  same = choose (BILLING_PAYMENT_TYPE_OFFICE_VISIT, two, 2, checks, NULL);
  another = choose (BILLING_PAYMENT_TYPE_OFFICE_VISIT, others, 2, checks, NULL);
  none = choose (BILLING_PAYMENT_TYPE_OFFICE_VISIT, NULL, 0, checks, NULL);

  g_assert_cmpstr (only->check_id, ==, "chk_1");
  g_assert_cmpstr (same->check_id, ==, "chk_1");
  g_assert_cmpint (another->state, ==, BILLING_ESTIMATE_STATE_NO_CHECK);
  g_assert_cmpstr (none->check_id, ==, "chk_1");
  g_assert_true (says (none->warnings, "No coverage"));
}

/* No coverage, none that is active, no check, an error, an inactive coverage: each has its state and its sentence, and no
 * amount. */
static void
test_states (void)
{
  const Covered active[] = { { "Acme", 1, "active", NULL, NULL } };
  const Covered ended[] = { { "Acme", 1, "active", NULL, "2026-03-31" } };
  static const struct {
    gboolean is_covered;
    gboolean has_ended;
    int status; /* of the check; -1: none */
    BillingEstimateState state;
    const char *words;
  } cases[] = {
    { FALSE, FALSE, -1, BILLING_ESTIMATE_STATE_NO_COVERAGE, "No insurance" },
    { TRUE, TRUE, -1, BILLING_ESTIMATE_STATE_COVERAGE_ENDED, "ended on" },
    { TRUE, FALSE, -1, BILLING_ESTIMATE_STATE_NO_CHECK, "No eligibility check with Acme" },
    { TRUE, FALSE, BILLING_ELIGIBILITY_STATUS_ERROR, BILLING_ESTIMATE_STATE_ERROR, "“Subscriber not found”" },
    { TRUE, FALSE, BILLING_ELIGIBILITY_STATUS_INACTIVE, BILLING_ESTIMATE_STATE_INACTIVE, "not active" },
    { TRUE, FALSE, BILLING_ELIGIBILITY_STATUS_ACTIVE, BILLING_ESTIMATE_STATE_NO_BENEFITS, "no benefits" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (BillingEstimate) estimate = NULL;

      if (cases[i].status >= 0)
        {
          g_ptr_array_add (checks, make_check ("chk_1", "Acme", (BillingEligibilityStatus) cases[i].status, "2026-11-20"));
          g_object_set (checks->pdata[0], "disposition", "Subscriber not found", NULL);
        }
      estimate = choose (BILLING_PAYMENT_TYPE_OFFICE_VISIT, cases[i].has_ended ? ended : active, cases[i].is_covered, checks, NULL);
      g_assert_cmpint (estimate->state, ==, cases[i].state);
      g_assert_cmpint (estimate->amount, ==, -1);
      g_assert_nonnull (strstr (estimate->sentence, cases[i].words));
    }
}

/* A check is old after 30 days, and one of another year says that deductibles start anew; both are used. One that is of tomorrow by
 * another clock is of today. */
static void
test_age (void)
{
  const Covered active[] = { { "Acme", 1, "active", NULL, NULL } };
  static const struct {
    const char *day;
    gint64 age;
    gboolean is_old;
    gboolean is_of_another_year;
  } cases[] = {
    { "2026-11-23", 0, FALSE, FALSE }, { "2026-11-22", 0, FALSE, FALSE }, { "2026-10-23", 30, FALSE, FALSE },
    { "2026-10-22", 31, TRUE, FALSE }, { "2025-12-31", 326, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (BillingEstimate) estimate = NULL;
      g_autofree char *source = NULL;

      g_ptr_array_add (checks, make_check ("chk_1", "Acme", BILLING_ELIGIBILITY_STATUS_ACTIVE, cases[i].day));
      estimate = choose (BILLING_PAYMENT_TYPE_OFFICE_VISIT, active, 1, checks, NULL);
      source = billing_estimate_dup_source (estimate);
      g_assert_cmpint (estimate->age, ==, cases[i].age);
      g_assert_cmpint (says (estimate->warnings, "old"), ==, cases[i].is_old);
      g_assert_cmpint (says (estimate->warnings, "another year"), ==, cases[i].is_of_another_year);
      g_assert_true (g_str_has_prefix (source, "Acme: checked "));
    }
}

/* Whatever insurers say of whatever charges, the receipt adds up, nothing is negative, and nothing is above the charge or above what
 * remains of the maximum. */
static void
test_random (void)
{
  static const char * const categories[] = { NULL, "30", "1", "98", "5", "35", "1^98" };
  static const char * const codes[] = { NULL, NULL, NULL, "99213", "80053" };
  static const char * const networks[] = { NULL, "in", "out" };
  static const char * const units[] = { NULL, "individual", "family" };
  static const char * const terms[] = { NULL, "annual", "remaining", "year-to-date", "lifetime", "visit" };

  for (guint round = 0; round < 3000; round++)
    {
      Said said[8];
      Charged charged[4];
      guint n_said = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (said) + 1);
      guint n_charged = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (charged) + 1);
      g_autoptr (BillingEstimate) estimate = NULL;
      g_autofree char *text = NULL;

      for (guint i = 0; i < n_said; i++)
        said[i] = (Said) { (BillingBenefitType) g_test_rand_int_range (0, 6), g_test_rand_int_range (-1, 20000),
                           g_test_rand_int_range (-1, 30000), categories[g_test_rand_int_range (0, G_N_ELEMENTS (categories))],
                           codes[g_test_rand_int_range (0, G_N_ELEMENTS (codes))],
                           networks[g_test_rand_int_range (0, G_N_ELEMENTS (networks))],
                           units[g_test_rand_int_range (0, G_N_ELEMENTS (units))],
                           terms[g_test_rand_int_range (0, G_N_ELEMENTS (terms))] };
      for (guint i = 0; i < n_charged; i++)
        charged[i] = (Charged) { codes[g_test_rand_int_range (0, G_N_ELEMENTS (codes))], g_test_rand_int_range (-1, 30000) };

      estimate = estimate_in ("USD", g_test_rand_bit () ? BILLING_PAYMENT_TYPE_OFFICE_VISIT
                                                        : BILLING_PAYMENT_TYPE_TREATMENT_PRE_PAYMENT,
                              said, n_said, charged, n_charged);
      if (estimate->state != BILLING_ESTIMATE_STATE_READY)
        continue;

      text = describe (estimate);
      g_assert_cmpint (estimate->amount, >=, 0);
      if (estimate->charge >= 0)
        g_assert_cmpint (estimate->amount, <=, estimate->charge);
      if (estimate->out_of_pocket >= 0 && strstr (text, "excluded") == NULL)
        g_assert_cmpint (estimate->amount, <=, estimate->out_of_pocket);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/estimate/copay-only", test_copay_only);
  g_test_add_func ("/estimate/deductible-then-share", test_deductible_then_share);
  g_test_add_func ("/estimate/deductible-ends", test_deductible_ends);
  g_test_add_func ("/estimate/out-of-pocket", test_out_of_pocket);
  g_test_add_func ("/estimate/never-above-the-charge", test_never_above_the_charge);
  g_test_add_func ("/estimate/rounding", test_rounding);
  g_test_add_func ("/estimate/family", test_family);
  g_test_add_func ("/estimate/remaining", test_remaining);
  g_test_add_func ("/estimate/ranks", test_ranks);
  g_test_add_func ("/estimate/several", test_several);
  g_test_add_func ("/estimate/out-of-network", test_out_of_network);
  g_test_add_func ("/estimate/procedures", test_procedures);
  g_test_add_func ("/estimate/own-deductible", test_own_deductible);
  g_test_add_func ("/estimate/copays", test_copays);
  g_test_add_func ("/estimate/excluded", test_excluded);
  g_test_add_func ("/estimate/principal", test_principal);
  g_test_add_func ("/estimate/currency", test_currency);
  g_test_add_func ("/estimate/nothing-to-tell", test_nothing_to_tell);
  g_test_add_func ("/estimate/overflow", test_overflow);
  g_test_add_func ("/estimate/choice", test_choice);
  g_test_add_func ("/estimate/nameless-checks", test_nameless_checks);
  g_test_add_func ("/estimate/states", test_states);
  g_test_add_func ("/estimate/age", test_age);
  g_test_add_func ("/estimate/random", test_random);

  return g_test_run ();
}
