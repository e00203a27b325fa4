/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-x12-benefit"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-money.h"
#include "billing-x12-private.h"

/* EB, the lines of an answer: what of them says whether the coverage is in force, and what says what the patient pays. */

typedef struct {
  const char *code;
  const char *word;
} Word;

/* EB06, in the words of benefits' terms. */
static const Word terms[] = {
  { "6", "hour" },
  { "7", "day" },
  { "13", "24-hours" },
  { "21", "years" },
  { "22", "service-year" },
  { "23", "annual" },
  { "24", "year-to-date" },
  { "25", "contract" },
  { "26", "episode" },
  { "27", "visit" },
  { "28", "outlier" },
  { "29", "remaining" },
  { "30", "exceeded" },
  { "31", "not-exceeded" },
  { "32", "lifetime" },
  { "33", "lifetime-remaining" },
  { "34", "month" },
  { "35", "week" },
  { "36", "admission" },
};

/* EB02, in the words of benefits' units. */
static const Word levels[] = {
  { "IND", "individual" },
  { "FAM", "family" },
  { "EMP", "employee" },
  { "ESP", "employee-spouse" },
  { "ECH", "employee-children" },
  { "SPO", "spouse" },
  { "SPC", "spouse-children" },
  { "CHD", "children" },
  { "DEP", "dependents" },
};

/* EB12; W (not applicable) is good in and out of it. */
static const Word networks[] = {
  { "Y", "in" },
  { "N", "out" },
};

/* EB04, where no plan is named. */
static const Word insurance_types[] = {
  { "12", "Medicare secondary" },
  { "C1", "Commercial" },
  { "CO", "COBRA" },
  { "EP", "EPO" },
  { "HM", "HMO" },
  { "HN", "Medicare HMO" },
  { "HS", "Special low income Medicare beneficiary" },
  { "IN", "Indemnity" },
  { "MA", "Medicare Part A" },
  { "MB", "Medicare Part B" },
  { "MC", "Medicaid" },
  { "MP", "Medicare primary" },
  { "OT", "Other" },
  { "PR", "PPO" },
  { "PS", "POS" },
  { "QM", "Qualified Medicare beneficiary" },
  { "WC", "Workers’ compensation" },
};

/* EB01, of the lines that are benefits. Others count where they have an amount. */
static const struct {
  const char *code;
  BillingBenefitType type;
} types[] = {
  { "A", BILLING_BENEFIT_TYPE_COINSURANCE },
  { "B", BILLING_BENEFIT_TYPE_COPAY },
  { "C", BILLING_BENEFIT_TYPE_DEDUCTIBLE },
  { "G", BILLING_BENEFIT_TYPE_OUT_OF_POCKET },
  { "E", BILLING_BENEFIT_TYPE_EXCLUDED },
  { "I", BILLING_BENEFIT_TYPE_EXCLUDED },
  { "F", BILLING_BENEFIT_TYPE_OTHER }, /* limitation */
  { "J", BILLING_BENEFIT_TYPE_OTHER }, /* cost containment */
  { "Y", BILLING_BENEFIT_TYPE_OTHER }, /* spend down */
};

static const char *
find (const Word *words,
      guint       n,
      const char *code)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (words[i].code, code))
        return words[i].word;
    }

  return NULL;
}

const char *
billing_x12_get_insurance_type (const char *code)
{
  return find (insurance_types, G_N_ELEMENTS (insurance_types), code);
}

static void
complain (char       **problem,
          const char  *format,
          const char  *text)
{
  if (*problem != NULL)
    return;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  *problem = g_strdup_printf (format, text);
#pragma GCC diagnostic pop
}

static gint64
read_amount (const BillingX12Segment *segment,
             const char              *currency,
             char                   **problem)
{
  const char *text = billing_x12_segment_get (segment, 7);
  BillingMoney money;

  if (*text == '\0')
    return -1;
  if (billing_money_parse_plain (text, currency, TRUE, &money, NULL) && money.minor >= 0)
    return money.minor;

  complain (problem, _("“%s” is no amount"), text);
  return -1;
}

/* Two places to the left is a hundred times as much. */
static char *
shift (const char *text)
{
  const char *point = strchr (text, '.');
  g_autofree char *whole = point != NULL ? g_strndup (text, (gsize) (point - text)) : g_strdup (text);
  g_autofree char *fraction = g_strdup_printf ("%s00", point != NULL ? point + 1 : "");

  return g_strdup_printf ("%s%.2s.%s0", whole, fraction, fraction + 2);
}

/* The guide wants a fifth as .2, and says 1 for all; many write 20. */
static gboolean
is_fraction (const char *text)
{
  gsize whole = strcspn (text, ".");

  while (*text == '0')
    text++, whole--;
  if (whole == 0)
    return TRUE;

  return whole == 1 && *text == '1' && strspn (text + 1, ".0") == strlen (text + 1);
}

static gint64
read_percent (const BillingX12Segment *segment,
              char                   **problem)
{
  const char *text = billing_x12_segment_get (segment, 8);
  g_autofree char *plain = NULL;
  BillingMoney percent;

  if (*text == '\0')
    return -1;

  /* Kept in hundredths of a percent, which is what two decimals of money are. */
  plain = is_fraction (text) ? shift (text) : g_strdup (text);
  if (strspn (text, "0123456789.") == strlen (text) && strpbrk (text, "0123456789") != NULL &&
      billing_money_parse_plain (plain, "USD", TRUE, &percent, NULL) && percent.minor <= 10000)
    return percent.minor;

  complain (problem, _("“%s” is no percentage"), text);
  return -1;
}

static gboolean
find_type (const BillingX12Segment *segment,
           BillingBenefitType      *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_equal (billing_x12_segment_get (segment, 1), types[i].code))
        {
          *type = types[i].type;
          return TRUE;
        }
    }

  return FALSE;
}

/* The procedure of EB13: HC:99213, with its modifiers behind. */
static char *
read_code (const BillingX12Segment *segment)
{
  return billing_x12_segment_dup_part (segment, 13, 2);
}

static BillingBenefit *
make_benefit (const BillingX12Segment *segment,
              BillingBenefitType       type,
              const char              *category,
              const char              *currency)
{
  BillingBenefit *benefit = billing_benefit_new ();

  benefit->type = type;
  benefit->category = g_strdup (category);
  benefit->code = read_code (segment);
  benefit->network = g_strdup (find (networks, G_N_ELEMENTS (networks), billing_x12_segment_get (segment, 12)));
  benefit->unit = g_strdup (find (levels, G_N_ELEMENTS (levels), billing_x12_segment_get (segment, 2)));
  benefit->term = g_strdup (find (terms, G_N_ELEMENTS (terms), billing_x12_segment_get (segment, 6)));
  benefit->currency = g_strdup (currency);
  benefit->amount = -1;
  benefit->used = -1;
  benefit->percent = -1;

  return benefit;
}

/* A co-payment may be a part of the price, which is co-insurance by another name. */
static BillingBenefitType
settle_type (BillingBenefitType type,
             gint64             amount,
             gint64             percent)
{
  if (type == BILLING_BENEFIT_TYPE_COPAY && amount < 0 && percent >= 0)
    return BILLING_BENEFIT_TYPE_COINSURANCE;
  if (type == BILLING_BENEFIT_TYPE_COINSURANCE && percent < 0 && amount >= 0)
    return BILLING_BENEFIT_TYPE_COPAY;

  return type;
}

/**
 * billing_x12_benefits_read:
 * @benefits: (element-type BillingBenefit): gets a line for each service type
 * @segment: an EB
 * @currency: of amounts
 * @problem: (inout): what is wrong with it, where nothing was yet
 *
 * Takes what a line says that a patient pays; a line without a figure says nothing, unless it says
 * what is excluded.
 */
void
billing_x12_benefits_read (GPtrArray               *benefits,
                           const BillingX12Segment *segment,
                           const char              *currency,
                           char                   **problem)
{
  g_auto (GStrv) categories = billing_x12_segment_list (segment, 3);
  g_autofree char *code = read_code (segment);
  BillingBenefitType type;
  gint64 amount;
  gint64 percent;

  if (!find_type (segment, &type))
    return;

  amount = read_amount (segment, currency, problem);
  percent = read_percent (segment, problem);
  if (type == BILLING_BENEFIT_TYPE_EXCLUDED ? categories[0] == NULL && code == NULL : amount < 0 && percent < 0)
    return;

  for (guint i = 0; i == 0 || categories[i] != NULL; i++)
    {
      BillingBenefit *benefit = make_benefit (segment, settle_type (type, amount, percent), categories[i], currency);

      benefit->amount = benefit->type != BILLING_BENEFIT_TYPE_EXCLUDED ? amount : -1;
      benefit->percent = benefit->type != BILLING_BENEFIT_TYPE_EXCLUDED ? percent : -1;
      g_ptr_array_add (benefits, benefit);
      if (categories[i] == NULL)
        break;
    }
}

static guint
hash_benefit (gconstpointer key)
{
  const BillingBenefit *self = key;

  return (guint) self->type ^ g_str_hash (self->category != NULL ? self->category : "") ^
         g_str_hash (self->code != NULL ? self->code : "");
}

/* Whether two lines are about the same, but for the time. */
static gboolean
equal_benefit (gconstpointer a,
               gconstpointer b)
{
  const BillingBenefit *x = a;
  const BillingBenefit *y = b;

  return x->type == y->type && g_strcmp0 (x->category, y->category) == 0 && g_strcmp0 (x->code, y->code) == 0 &&
         g_strcmp0 (x->network, y->network) == 0 && g_strcmp0 (x->unit, y->unit) == 0;
}

static gboolean
is_whole (const BillingBenefit *self)
{
  static const char * const whole_terms[] = { "annual", "service-year", "contract", NULL };

  return self->amount >= 0 && (self->term == NULL || g_strv_contains (whole_terms, self->term));
}

/**
 * billing_x12_benefits_pair:
 * @benefits: (element-type BillingBenefit): the lines of an answer
 *
 * A payer tells the deductible of the year in one line and what remains of it, or what was met of it
 * so far, in another: the first one gets what is used up.
 */
void
billing_x12_benefits_pair (GPtrArray *benefits)
{
  g_autoptr (GHashTable) wholes = g_hash_table_new (hash_benefit, equal_benefit);

  for (guint i = 0; i < benefits->len; i++)
    {
      BillingBenefit *benefit = benefits->pdata[i];

      if (is_whole (benefit) && !g_hash_table_contains (wholes, benefit))
        g_hash_table_add (wholes, benefit);
    }

  for (guint i = 0; i < benefits->len; i++)
    {
      BillingBenefit *benefit = benefits->pdata[i];
      BillingBenefit *whole = g_hash_table_lookup (wholes, benefit);

      if (whole == NULL || whole == benefit || benefit->amount < 0)
        continue;
      if (g_strcmp0 (benefit->term, "remaining") == 0 && benefit->amount <= whole->amount)
        whole->used = whole->amount - benefit->amount;
      else if (g_strcmp0 (benefit->term, "year-to-date") == 0 && whole->used < 0)
        whole->used = benefit->amount;
    }
}

/**
 * billing_x12_standing_read:
 * @self: what was said so far
 * @segment: an EB
 *
 * Counts lines that say whether the coverage is in force; a line about service type 30, or about none,
 * is about the plan as a whole.
 */
void
billing_x12_standing_read (BillingX12Standing      *self,
                           const BillingX12Segment *segment)
{
  const char *code = billing_x12_segment_get (segment, 1);
  g_auto (GStrv) categories = billing_x12_segment_list (segment, 3);
  gboolean plan = categories[0] == NULL || g_strv_contains ((const char * const *) categories, "30");

  if (g_str_equal (code, "V"))
    self->failed++;
  if (strlen (code) != 1 || strchr ("12345678", *code) == NULL)
    return;

  if (*code <= '5')
    {
      self->active++;
      self->plan_active += plan;
    }
  else
    {
      self->inactive++;
      self->plan_inactive += plan;
    }
}
