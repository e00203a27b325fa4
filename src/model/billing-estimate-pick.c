/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-estimate-pick"

#include "config.h"

#include "billing-estimate-private.h"

#include <string.h>

/*
 * Which of an insurer's benefits counts. Of those that fit, the first by these rules:
 *
 * 1. Those of other networks come after all others: the practice is taken to be in the network.
 * 2. One for the procedure's code, then one for the type of service, then “medical care”, then the plan as a whole.
 * 3. Of the network, then of none that is named.
 * 4. The individual's, then one that does not say whose it is, then the family's. (Deductibles and maxima of both count,
 *    so there it is not a question of rank.)
 * 5. By the year or without a period, then by other periods, then for a lifetime.
 * 6. As the insurer listed them.
 *
 * The words are those of FHIR (`in`, `individual`, `annual`) and the codes of X12 271 (EB12, EB02, EB06).
 */

/* X12 service type codes, which FHIR's benefit categories share: 1 medical care, 30 the plan as a whole. */
#define MEDICAL_CARE "1"
#define WHOLE_PLAN "30"

/* The service types of an office visit: by a physician in the office, when sick, when well, by a physician. */
static const char * const office_visit[] = { "98", "BY", "BZ", "96", NULL };

/* CPT's sections, and the service types that they fall under. */
static const struct {
  const char *from;
  const char *to;
  const char *categories[5];
} sections[] = {
  { "00100", "01999", { "7" } },                     /* anaesthesia */
  { "10004", "69990", { "2" } },                     /* surgery */
  { "70010", "79999", { "4" } },                     /* X-ray */
  { "80047", "89398", { "5" } },                     /* laboratory */
  { "90460", "90759", { "80" } },                    /* immunisation */
  { "90785", "90899", { "A6", "MH" } },              /* psychotherapy, mental health */
  { "92002", "92499", { "AL" } },                    /* eyes */
  { "92507", "92526", { "AF" } },                    /* speech therapy */
  { "97010", "97799", { "PT", "AE" } },              /* physical therapy and medicine */
  { "98940", "98943", { "33" } },                    /* chiropractic */
  { "99202", "99215", { "98", "BY", "BZ", "96" } },  /* office visits */
  { "99221", "99239", { "99", "96" } },              /* visits in hospital */
  { "99281", "99288", { "86" } },                    /* emergencies */
  { "99381", "99397", { "BZ", "98", "81", "96" } },  /* check-ups */
};

/* Where insurers write a category in words. */
static const struct {
  const char *words;
  const char *category;
} named_categories[] = {
  { "health benefit plan coverage", WHOLE_PLAN },
  { "plan", WHOLE_PLAN },
  { "general", WHOLE_PLAN },
  { "medical care", MEDICAL_CARE },
  { "medical", MEDICAL_CARE },
  { "surgical", "2" },
  { "diagnostic x-ray", "4" },
  { "diagnostic lab", "5" },
  { "immunizations", "80" },
  { "routine physical", "81" },
  { "emergency services", "86" },
  { "professional (physician) visit - office", "98" },
  { "office visit", "98" },
  { "psychotherapy", "A6" },
  { "mental health", "MH" },
  { "physical therapy", "PT" },
};

enum {
  SCOPE_CODE,
  SCOPE_CATEGORY,
  SCOPE_MEDICAL,
  SCOPE_PLAN,
  SCOPE_NONE, /* it is about something else */
};

enum {
  NETWORK_IN,
  NETWORK_UNSAID,
  NETWORK_OUT,
};

enum {
  UNIT_INDIVIDUAL,
  UNIT_UNSAID,
  UNIT_FAMILY,
};

enum {
  TERM_YEAR, /* or not said */
  TERM_OTHER,
  TERM_LIFETIME,
};

/* A number that is the smaller the sooner a benefit counts; none is this large. */
#define NO_RANK 0xffff

static gboolean
is_one_of (const char         *word,
           const char * const *words)
{
  for (guint i = 0; word != NULL && words[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (word, words[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

static int
get_network (BillingBenefit *benefit)
{
  static const char * const in[] = { "in", "in-network", "in network", "y", NULL };
  static const char * const out[] = { "out", "out-of-network", "out of network", "n", NULL };

  return is_one_of (benefit->network, in) ? NETWORK_IN : is_one_of (benefit->network, out) ? NETWORK_OUT : NETWORK_UNSAID;
}

static int
get_unit (BillingBenefit *benefit)
{
  static const char * const individual[] = { "individual", "ind", NULL };
  static const char * const family[] = { "family", "fam", NULL };

  return is_one_of (benefit->unit, individual) ? UNIT_INDIVIDUAL
         : is_one_of (benefit->unit, family)   ? UNIT_FAMILY : UNIT_UNSAID;
}

static gboolean
is_remaining (BillingBenefit *benefit)
{
  static const char * const remaining[] = { "remaining", "29", "lifetime-remaining", "33", NULL };

  return is_one_of (benefit->term, remaining);
}

/* What was used up so far, as an amount of its own. */
static gboolean
is_used (BillingBenefit *benefit)
{
  static const char * const used[] = { "year-to-date", "24", NULL };

  return is_one_of (benefit->term, used);
}

static int
get_term (BillingBenefit *benefit)
{
  static const char * const year[] = {
    "annual", "calendar-year", "service-year", "contract", "year", "21", "22", "23", "25", NULL,
  };
  static const char * const lifetime[] = { "lifetime", "lifetime-remaining", "32", "33", NULL };

  if (is_one_of (benefit->term, lifetime))
    return TERM_LIFETIME;
  if (benefit->term == NULL || *benefit->term == '\0' || is_one_of (benefit->term, year) || is_remaining (benefit) ||
      is_used (benefit))
    return TERM_YEAR;

  return TERM_OTHER;
}

/* A field may hold several codes, as EB03 does. */
static gboolean
has_category (BillingBenefit *benefit,
              const char     *category)
{
  g_auto (GStrv) codes = g_strsplit (benefit->category, "^", -1);

  for (guint i = 0; i < G_N_ELEMENTS (named_categories); i++)
    {
      if (g_str_equal (named_categories[i].category, category) &&
          g_ascii_strcasecmp (named_categories[i].words, benefit->category) == 0)
        return TRUE;
    }

  return is_one_of (category, (const char * const *) codes);
}

static int
get_scope (BillingBenefit               *benefit,
           const BillingEstimateService *service)
{
  if (benefit->code != NULL && *benefit->code != '\0')
    return service->code != NULL && g_ascii_strcasecmp (benefit->code, service->code) == 0 ? SCOPE_CODE : SCOPE_NONE;
  if (benefit->category == NULL || *benefit->category == '\0')
    return SCOPE_PLAN;

  for (guint i = 0; service->categories != NULL && service->categories[i] != NULL; i++)
    {
      if (has_category (benefit, service->categories[i]))
        return SCOPE_CATEGORY;
    }

  return has_category (benefit, MEDICAL_CARE) ? SCOPE_MEDICAL : has_category (benefit, WHOLE_PLAN) ? SCOPE_PLAN : SCOPE_NONE;
}

/* An amount in another currency is no amount here. */
static gboolean
has_amount (BillingBenefit *benefit,
            const char     *currency)
{
  return benefit->amount >= 0 &&
         (benefit->currency == NULL || g_ascii_strcasecmp (benefit->currency, currency) == 0);
}

static guint
get_rank (BillingBenefit               *benefit,
          const BillingEstimateService *service)
{
  guint scope = (guint) get_scope (benefit, service);
  guint network = (guint) get_network (benefit);

  if (scope == SCOPE_NONE)
    return NO_RANK;

  return (network == NETWORK_OUT ? 1u << 8 : 0) | scope << 6 | network << 4 | (guint) get_unit (benefit) << 2 |
         (guint) get_term (benefit);
}

/* A code that is no CPT code has no section. */
static const char * const *
find_categories (const char *code)
{
  for (guint i = 0; code != NULL && strlen (code) == 5 && i < G_N_ELEMENTS (sections); i++)
    {
      if (strcmp (code, sections[i].from) >= 0 && strcmp (code, sections[i].to) <= 0)
        return sections[i].categories;
    }

  return NULL;
}

/**
 * billing_estimate_service:
 * @type: of the payment
 * @code: (nullable): the procedure; %NULL: the visit as a whole
 * @principal: (nullable): the procedure that is charged most
 *
 * Returns: what its benefits are to be for. A visit as a whole is an office visit, or what its principal procedure is.
 */
BillingEstimateService
billing_estimate_service (BillingPaymentType  type,
                          const char         *code,
                          const char         *principal)
{
  const char * const *categories = find_categories (code);

  if (categories == NULL && type == BILLING_PAYMENT_TYPE_OFFICE_VISIT)
    categories = office_visit;
  if (categories == NULL && code == NULL)
    categories = find_categories (principal);

  return (BillingEstimateService) { code, categories };
}

/* Whether a copay or co-insurance says something. */
static gboolean
is_said (BillingBenefit     *benefit,
         BillingBenefitType  type,
         const char         *currency)
{
  if (benefit->type != type)
    return FALSE;
  if (type == BILLING_BENEFIT_TYPE_COINSURANCE)
    return benefit->percent >= 0 && benefit->percent <= 10000;

  return has_amount (benefit, currency);
}

/**
 * billing_estimate_pick:
 * @benefits: (element-type BillingBenefit): of an eligibility check
 * @type: copay or co-insurance
 * @service: what for
 * @currency: of the practice
 * @other: (out) (optional) (nullable) (transfer none): another one that has as good a claim and says something else
 *
 * Returns: (transfer none) (nullable): the benefit that counts
 */
BillingBenefit *
billing_estimate_pick (GPtrArray                     *benefits,
                       BillingBenefitType             type,
                       const BillingEstimateService  *service,
                       const char                    *currency,
                       BillingBenefit               **other)
{
  BillingBenefit *best = NULL, *rival = NULL;
  guint best_rank = NO_RANK;

  for (guint i = 0; i < benefits->len; i++)
    {
      BillingBenefit *benefit = benefits->pdata[i];
      guint rank = is_said (benefit, type, currency) ? get_rank (benefit, service) : NO_RANK;

      if (rank < best_rank)
        {
          best = benefit;
          rival = NULL;
          best_rank = rank;
        }
      else if (rank == best_rank && rank != NO_RANK && rival == NULL &&
               (benefit->amount != best->amount || benefit->percent != best->percent))
        rival = benefit;
    }

  if (other != NULL)
    *other = rival;
  return best;
}

/* What remains by those of one rank: said as such, or all of it without what was used. */
static BillingEstimatePool
read_pool (GPtrArray *benefits)
{
  BillingBenefit *total = NULL, *used = NULL;

  for (guint i = 0; i < benefits->len; i++)
    {
      BillingBenefit *benefit = benefits->pdata[i];

      if (is_remaining (benefit))
        return (BillingEstimatePool) { benefit, benefit->amount, FALSE };
      if (is_used (benefit) && used == NULL)
        used = benefit;
      else if (!is_used (benefit) && (total == NULL || (total->used < 0 && benefit->used >= 0)))
        total = benefit;
    }

  if (total == NULL)
    return (BillingEstimatePool) { NULL, -1, FALSE };
  if (total->used >= 0)
    return (BillingEstimatePool) { total, MAX (total->amount - total->used, 0), FALSE };
  if (used != NULL)
    return (BillingEstimatePool) { total, MAX (total->amount - used->amount, 0), FALSE };

  return (BillingEstimatePool) { total, total->amount, TRUE };
}

/**
 * billing_estimate_pool:
 * @benefits: (element-type BillingBenefit): of an eligibility check
 * @type: deductible or out-of-pocket maximum
 * @family: the family's, or else the individual's or nobody's in particular
 * @service: what for
 * @currency: of the practice
 *
 * Returns: the one that counts, and what remains of it. Insurers say it on one line (what is allowed and what is used) or
 *   on several (a year's, what remains, what was used).
 */
BillingEstimatePool
billing_estimate_pool (GPtrArray                    *benefits,
                       BillingBenefitType            type,
                       gboolean                      family,
                       const BillingEstimateService *service,
                       const char                   *currency)
{
  g_autoptr (GPtrArray) fitting = g_ptr_array_new ();
  g_autoptr (GPtrArray) best = g_ptr_array_new ();
  guint best_rank = NO_RANK;

  for (guint i = 0; i < benefits->len; i++)
    {
      BillingBenefit *benefit = benefits->pdata[i];

      if (benefit->type != type || !has_amount (benefit, currency) || family != (get_unit (benefit) == UNIT_FAMILY))
        continue;

      g_ptr_array_add (fitting, benefit);
      /* What was used says nothing by itself. */
      if (!is_used (benefit))
        best_rank = MIN (best_rank, get_rank (benefit, service));
    }

  for (guint i = 0; best_rank != NO_RANK && i < fitting->len; i++)
    {
      if (get_rank (fitting->pdata[i], service) == best_rank)
        g_ptr_array_add (best, fitting->pdata[i]);
    }

  return read_pool (best);
}

/**
 * billing_estimate_is_excluded:
 * @benefits: (element-type BillingBenefit): of an eligibility check
 * @service: what for
 * @currency: of the practice
 *
 * Returns: whether the insurer pays nothing for the procedure or its type of service. What else it says of just that counts for more: it
 *   pays then, in some way.
 */
gboolean
billing_estimate_is_excluded (GPtrArray                    *benefits,
                              const BillingEstimateService *service,
                              const char                   *currency)
{
  int excluded = SCOPE_NONE, paid = SCOPE_NONE;

  for (guint i = 0; i < benefits->len; i++)
    {
      BillingBenefit *benefit = benefits->pdata[i];
      int scope = get_network (benefit) == NETWORK_OUT ? SCOPE_NONE : get_scope (benefit, service);

      if (benefit->type == BILLING_BENEFIT_TYPE_EXCLUDED)
        excluded = MIN (excluded, scope);
      else if (is_said (benefit, benefit->type, currency))
        paid = MIN (paid, scope);
    }

  return excluded <= SCOPE_CATEGORY && excluded < paid;
}

/**
 * billing_estimate_is_out_of_network:
 * @benefit: a benefit
 *
 * Returns: whether it is for those who are not in the insurer's network
 */
gboolean
billing_estimate_is_out_of_network (BillingBenefit *benefit)
{
  return get_network (benefit) == NETWORK_OUT;
}
