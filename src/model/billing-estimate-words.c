/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-estimate-words"

#include "config.h"

#include "billing-estimate-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <locale.h>

#include "billing-day.h"
#include "billing-decimal.h"
#include "billing-locale.h"
#include "billing-money.h"

/* What an estimate says, the same in the window and on the command line. */

/* Long enough for any percentage in any locale. */
#define PERCENT_LENGTH 32

char *
billing_estimate_money (BillingEstimate *self,
                        gint64           minor)
{
  return billing_money_format (billing_money_new (minor, self->currency), NULL);
}

static gpointer
open_percent (const char *locale,
              const char *variant)
{
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormat *format = unum_open (UNUM_PERCENT, NULL, 0, locale, NULL, &status);

  if (U_FAILURE (status))
    return NULL;

  unum_setAttribute (format, UNUM_MAX_FRACTION_DIGITS, 2);
  return format;
}

static void
close_percent (gpointer format)
{
  unum_close (format);
}

static BillingLocaleCache percents = BILLING_LOCALE_CACHE_INIT (open_percent, close_percent);

/**
 * billing_estimate_percent:
 * @hundredths: hundredths of a percent
 *
 * Returns: (transfer full): the percentage, as the user's locale writes it
 */
char *
billing_estimate_percent (gint64 hundredths)
{
  g_autofree char *share = billing_decimal_from_minor (hundredths, 4);
  UNumberFormat *format = billing_locale_cache_get (&percents, billing_locale_resolve (NULL, LC_NUMERIC), "");
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[PERCENT_LENGTH];
  int32_t length;

  if (format == NULL)
    return g_strdup (share);

  length = unum_formatDecimal (format, share, -1, wide, PERCENT_LENGTH, NULL, &status);
  return U_SUCCESS (status) ? billing_utf16_to_utf8 (wide, length) : g_strdup (share);
}

/* The receipt says where an amount is from that nobody charged. */
static char *
describe_charge (BillingEstimateLine *line)
{
  if (line->rate != NULL)
    /* Translators: a procedure (“99213 · Visit”) and the billing rate (“RATE-001”) that says what the insurer allows for it */
    return g_strdup_printf (_("%s%s%s, allowed by %s"), line->code, line->name != NULL ? " · " : "",
                            line->name != NULL ? line->name : "", line->rate);
  if (line->code == NULL)
    return g_strdup (line->name != NULL ? line->name : C_("treatment", "Charge"));
  if (line->name == NULL)
    return g_strdup (line->code);

  return g_strdup_printf ("%s · %s", line->code, line->name);
}

/**
 * billing_estimate_line_text:
 * @line: a line of the receipt
 *
 * Returns: (transfer full): what it is, without its amount
 */
char *
billing_estimate_line_text (BillingEstimateLine *line)
{
  g_autofree char *of = line->of >= 0 ? billing_money_format (billing_money_new (line->of, line->currency), NULL) : NULL;
  g_autofree char *percent = line->percent >= 0 ? billing_estimate_percent (line->percent) : NULL;

  switch (line->step)
    {
    case BILLING_ESTIMATE_STEP_DEDUCTIBLE:
      return g_strdup_printf (line->family ? _("Family’s deductible, %s remains") : _("Deductible, %s remains"), of);
    case BILLING_ESTIMATE_STEP_COINSURANCE:
      /* Translators: a percentage, and the amount that it is of */
      return g_strdup_printf (_("Co-insurance, %s of %s"), percent, of);
    case BILLING_ESTIMATE_STEP_EXCLUDED:
      return g_strdup (_("Not covered"));
    case BILLING_ESTIMATE_STEP_COPAY:
      return line->code != NULL ? g_strdup_printf (_("Copay for %s"), line->code) : g_strdup (_("Copay"));
    case BILLING_ESTIMATE_STEP_OUT_OF_POCKET:
      return g_strdup_printf (line->family ? _("Above the family’s out-of-pocket maximum, %s remains")
                                           : _("Above the out-of-pocket maximum, %s remains"), of);
    case BILLING_ESTIMATE_STEP_CAP:
      return g_strdup (_("Above the charge"));
    case BILLING_ESTIMATE_STEP_CHARGE:
    default:
      return describe_charge (line);
    }
}

static const char *
get_title (BillingBenefitType type)
{
  switch (type)
    {
    case BILLING_BENEFIT_TYPE_COPAY:
      return _("Copay");
    case BILLING_BENEFIT_TYPE_COINSURANCE:
      return _("Co-insurance");
    case BILLING_BENEFIT_TYPE_DEDUCTIBLE:
      return _("Remaining deductible");
    case BILLING_BENEFIT_TYPE_OUT_OF_POCKET:
      return _("Out-of-pocket maximum remaining");
    case BILLING_BENEFIT_TYPE_EXCLUDED:
      return _("Coverage");
    case BILLING_BENEFIT_TYPE_OTHER:
    default:
      return "";
    }
}

/**
 * billing_estimate_benefit_describe:
 * @benefit: a benefit without words
 *
 * Gives it its title and value.
 */
void
billing_estimate_benefit_describe (BillingEstimateBenefit *benefit)
{
  const char *title = get_title (benefit->type);

  benefit->title = benefit->code != NULL ? g_strdup_printf ("%s · %s", benefit->code, title) : g_strdup (title);
  if (benefit->type == BILLING_BENEFIT_TYPE_EXCLUDED)
    benefit->value = g_strdup (_("Not covered"));
  else if (benefit->percent >= 0)
    benefit->value = billing_estimate_percent (benefit->percent);
  else if (benefit->amount >= 0)
    benefit->value = billing_money_format (billing_money_new (benefit->amount, benefit->currency), NULL);
  else
    benefit->value = g_strdup (_("Not given"));
}

static char *
explain_ended (BillingEstimate *self)
{
  BillingCoverage *first = self->coverages->pdata[0];
  g_autofree char *day = NULL;

  if (first->ends_on == NULL || *first->ends_on == '\0' || g_strcmp0 (first->ends_on, self->today) >= 0)
    return g_strdup_printf (_("The coverage by %s is not active today, so there is nothing to estimate from."), first->payer);

  day = billing_day_format (first->ends_on, NULL);
  /* Translators: an insurer and a day */
  return g_strdup_printf (_("The coverage by %s ended on %s, so there is nothing to estimate from."), first->payer, day);
}

/* The insurer's own words behind ours. */
static char *
quote (BillingEstimate *self,
       const char      *sentence)
{
  if (self->disposition == NULL || *self->disposition == '\0')
    return g_strdup (sentence);

  /* Translators: a sentence of ours, and the insurer's words */
  return g_strdup_printf (_("%s It says: “%s”"), sentence, self->disposition);
}

/**
 * billing_estimate_explain:
 * @self: an estimate
 *
 * Returns: (transfer full) (nullable): why there is no amount; %NULL where there is one
 */
char *
billing_estimate_explain (BillingEstimate *self)
{
  switch (self->state)
    {
    case BILLING_ESTIMATE_STATE_NO_COVERAGE:
      return g_strdup (_("No insurance of this patient is known, so there is nothing to estimate from."));
    case BILLING_ESTIMATE_STATE_COVERAGE_ENDED:
      return explain_ended (self);
    case BILLING_ESTIMATE_STATE_NO_CHECK:
      return g_strdup_printf (_("No eligibility check with %s is known: import one to get an estimate."), self->payer);
    case BILLING_ESTIMATE_STATE_ERROR:
      return quote (self, _("The insurer did not answer the eligibility check."));
    case BILLING_ESTIMATE_STATE_INACTIVE:
      return quote (self, _("The insurer says that the coverage is not active. The patient may owe the whole charge."));
    case BILLING_ESTIMATE_STATE_NO_BENEFITS:
      return g_strdup (_("The insurer’s answer names no benefits to estimate from."));
    case BILLING_ESTIMATE_STATE_NO_CHARGE:
      return g_strdup (_("No copay was given for this, so the charge is needed for an estimate."));
    case BILLING_ESTIMATE_STATE_NONE:
      return g_strdup (_("Only treatment pre-payments and office visits are estimated."));
    case BILLING_ESTIMATE_STATE_READY:
    default:
      return NULL;
    }
}

static void
add_sentence (GPtrArray *sentences,
              char      *sentence)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      if (g_str_equal (sentences->pdata[i], sentence))
        {
          g_free (sentence);
          return;
        }
    }

  g_ptr_array_add (sentences, sentence);
}

/**
 * billing_estimate_warn:
 * @self: an estimate
 * @sentence: (transfer full): what to bear in mind; said once
 */
void
billing_estimate_warn (BillingEstimate *self,
                       char            *sentence)
{
  add_sentence (self->warnings, sentence);
}

/**
 * billing_estimate_miss:
 * @self: an estimate
 * @sentence: (transfer full): what the insurer did not say; said once
 */
void
billing_estimate_miss (BillingEstimate *self,
                       char            *sentence)
{
  add_sentence (self->missing, sentence);
}

static gboolean
has_rate (BillingEstimate *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BillingEstimateLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      if (line->rate != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * billing_estimate_get_caveat:
 * @self: (nullable): an estimate; %NULL: there is none yet
 *
 * Returns: what is to be said with every estimate
 */
const char *
billing_estimate_get_caveat (BillingEstimate *self)
{
  if (self != NULL && has_rate (self))
    return _("Payment estimates are based on eligibility benefit information and on the practice’s billing rates. What the insurer "
             "decides may differ, and with it the final patient responsibility.");

  return _("Payment estimates are based on eligibility benefit information only. Fee schedules and payer-specific rates are "
           "not yet included, so the estimate may differ from the final patient responsibility.");
}

static char *
describe_age (gint64 age)
{
  if (age == 0)
    return g_strdup (_("checked today"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "checked %" PRId64 " day ago", "checked %" PRId64 " days ago",
                                       (gulong) age), age);
}

/**
 * billing_estimate_dup_source:
 * @self: an estimate
 *
 * Returns: (transfer full) (nullable): “Acme, Gold: checked 3 days ago, Nov 19, 2026”; %NULL where it is from no check
 */
char *
billing_estimate_dup_source (BillingEstimate *self)
{
  g_autofree char *day = NULL;
  g_autofree char *age = NULL;

  if (self->check_id == NULL)
    return NULL;

  day = billing_day_format (self->checked_on, NULL);
  age = describe_age (self->age);
  /* Translators: an insurer, its plan, “checked 3 days ago”, and the day of that */
  return self->plan != NULL && *self->plan != '\0' ? g_strdup_printf (_("%s, %s: %s, %s"), self->payer, self->plan, age, day)
                                                   : g_strdup_printf (_("%s: %s, %s"), self->payer, age, day);
}

/**
 * billing_estimate_dup_choice:
 * @self: an estimate
 * @check: which of its checks
 *
 * Returns: (transfer full): the check, as one of several to choose from
 */
char *
billing_estimate_dup_choice (BillingEstimate *self,
                             guint            check)
{
  BillingEligibilityCheck *choice = self->checks->pdata[check];
  g_autofree char *day = billing_day_format (choice->checked_on, NULL);

  /* The day tells them apart where there is little room. */
  return choice->plan != NULL && *choice->plan != '\0' ? g_strdup_printf ("%s · %s, %s", day, choice->payer, choice->plan)
                                                       : g_strdup_printf ("%s · %s", day, choice->payer);
}
