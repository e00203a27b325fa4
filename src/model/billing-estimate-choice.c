/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-estimate-choice"

#include "config.h"

#include "billing-estimate-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "billing-day.h"

/*
 * Which eligibility check an estimate is from: the newest one of the primary coverage that is active today, or the one that
 * a person chose. Checks that came without a coverage (X12 and tables name none) belong to the coverage of the same insurer, or
 * to the only one.
 */

static gboolean
is_active (BillingCoverage *coverage,
           const char      *today)
{
  return g_strcmp0 (coverage->status, "active") == 0 &&
         (coverage->starts_on == NULL || *coverage->starts_on == '\0' || strcmp (coverage->starts_on, today) <= 0) &&
         (coverage->ends_on == NULL || *coverage->ends_on == '\0' || strcmp (coverage->ends_on, today) >= 0);
}

static BillingCoverage *
find_primary (BillingEstimate *self)
{
  for (guint i = 0; i < self->coverages->len; i++)
    {
      if (is_active (self->coverages->pdata[i], self->today))
        return self->coverages->pdata[i];
    }

  return NULL;
}

static gboolean
is_of (BillingEstimate         *self,
       BillingEligibilityCheck *check,
       BillingCoverage         *coverage)
{
  g_autofree char *payer = NULL, *other = NULL;

  if (check->coverage_id != NULL && *check->coverage_id != '\0')
    return g_strcmp0 (check->coverage_id, billing_record_get_id (BILLING_RECORD (coverage))) == 0;
  if (self->coverages->len == 1 || check->payer == NULL || coverage->payer == NULL)
    return self->coverages->len == 1;

  payer = g_utf8_casefold (check->payer, -1);
  other = g_utf8_casefold (coverage->payer, -1);
  return g_str_equal (payer, other);
}

static BillingEligibilityCheck *
find_check (BillingEstimate *self,
            const char      *id)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      if (g_strcmp0 (billing_record_get_id (self->checks->pdata[i]), id) == 0)
        return self->checks->pdata[i];
    }

  return NULL;
}

static BillingEligibilityCheck *
find_newest (BillingEstimate *self,
             BillingCoverage *coverage)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      if (coverage == NULL || is_of (self, self->checks->pdata[i], coverage))
        return self->checks->pdata[i];
    }

  return NULL;
}

/* The coverage that a check is about. */
static BillingCoverage *
find_coverage (BillingEstimate         *self,
               BillingEligibilityCheck *check)
{
  for (guint i = 0; i < self->coverages->len; i++)
    {
      if (is_of (self, check, self->coverages->pdata[i]))
        return self->coverages->pdata[i];
    }

  return NULL;
}

static void
warn_of_age (BillingEstimate *self)
{
  g_autofree char *day = billing_day_format (self->checked_on, NULL);

  if (self->age > BILLING_ESTIMATE_OLD)
    billing_estimate_warn (self, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                               "The check is %" PRId64 " day old: ask the insurer again to be sure.",
                                                               "The check is %" PRId64 " days old: ask the insurer again to be sure.",
                                                               (gulong) self->age), self->age));
  /* The years of insurers mostly begin with the calendar’s. */
  if (strncmp (self->checked_on, self->today, 4) != 0)
    billing_estimate_warn (self, g_strdup_printf (_("The check was made in another year (%s): deductibles and maximums start "
                                                    "anew, so more may remain than it says."), day));
}

static void
use_coverage (BillingEstimate *self,
              BillingCoverage *coverage)
{
  if (coverage == NULL)
    {
      if (self->coverages->len == 0)
        billing_estimate_warn (self, g_strdup (_("No coverage of this patient is known here: the newest check was used.")));
      return;
    }

  g_object_set (self, "coverage-id", billing_record_get_id (BILLING_RECORD (coverage)), NULL);
  if (self->plan == NULL)
    g_object_set (self, "plan", coverage->plan, NULL);
  if (!is_active (coverage, self->today))
    billing_estimate_warn (self, g_strdup_printf (_("The coverage by %s is not active today."), coverage->payer));
}

static void
use_check (BillingEstimate         *self,
           BillingEligibilityCheck *check)
{
  g_object_set (self, "check-id", billing_record_get_id (BILLING_RECORD (check)), "payer", check->payer,
                "plan", check->plan, "checked-on", check->checked_on, "disposition", check->disposition, NULL);
  self->age = MAX (billing_day_difference (self->today, check->checked_on), 0);
  use_coverage (self, find_coverage (self, check));

  switch (check->status)
    {
    case BILLING_ELIGIBILITY_STATUS_ERROR:
      self->state = BILLING_ESTIMATE_STATE_ERROR;
      return;
    case BILLING_ELIGIBILITY_STATUS_INACTIVE:
      self->state = BILLING_ESTIMATE_STATE_INACTIVE;
      break;
    case BILLING_ELIGIBILITY_STATUS_UNKNOWN:
      self->state = BILLING_ESTIMATE_STATE_READY;
      billing_estimate_warn (self, g_strdup (_("The insurer did not say whether the coverage is active.")));
      break;
    case BILLING_ELIGIBILITY_STATUS_ACTIVE:
    default:
      self->state = BILLING_ESTIMATE_STATE_READY;
      break;
    }
  warn_of_age (self);
}

static int
compare_coverages (gconstpointer a,
                   gconstpointer b)
{
  BillingCoverage *first = *(BillingCoverage * const *) a;
  BillingCoverage *second = *(BillingCoverage * const *) b;

  if (first->precedence != second->precedence)
    return first->precedence < second->precedence ? -1 : 1;

  /* Of two primary ones the one that began last. */
  return -g_strcmp0 (first->starts_on, second->starts_on);
}

/* Of two of one day, that which came in last. */
static int
compare_checks (gconstpointer a,
                gconstpointer b)
{
  BillingRecord *first = *(BillingRecord * const *) a;
  BillingRecord *second = *(BillingRecord * const *) b;
  int order = -g_strcmp0 (((BillingEligibilityCheck *) first)->checked_on, ((BillingEligibilityCheck *) second)->checked_on);
  gint64 x = billing_record_get_pk (first), y = billing_record_get_pk (second);

  return order != 0 ? order : (x < y) - (x > y);
}

static void
keep (GPtrArray   *to,
      GPtrArray   *from,
      GCompareFunc compare)
{
  g_ptr_array_set_size (to, 0);
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_object_ref (from->pdata[i]));
  g_ptr_array_sort (to, compare);
}

/**
 * billing_estimate_choose:
 * @self: an estimate
 * @coverages: (element-type BillingCoverage): all of the patient's
 * @checks: (element-type BillingEligibilityCheck): all of the patient's
 * @check_id: (nullable): the check that a person chose; %NULL: the newest of the primary active coverage
 *
 * Chooses the eligibility check that the estimate is from: `check_id` of @self, %NULL where there is none. Its benefits are
 * what billing_estimate_compute() needs, to be called in any case.
 */
void
billing_estimate_choose (BillingEstimate *self,
                         GPtrArray       *coverages,
                         GPtrArray       *checks,
                         const char      *check_id)
{
  BillingEligibilityCheck *check;
  BillingCoverage *primary;

  keep (self->coverages, coverages, compare_coverages);
  keep (self->checks, checks, compare_checks);
  if (!billing_estimate_applies (self->payment_type))
    return;

  primary = find_primary (self);
  check = check_id != NULL ? find_check (self, check_id) : NULL;
  if (check == NULL && (primary != NULL || self->coverages->len == 0))
    check = find_newest (self, primary);

  if (check != NULL)
    use_check (self, check);
  else if (primary != NULL)
    {
      self->state = BILLING_ESTIMATE_STATE_NO_CHECK;
      g_object_set (self, "payer", primary->payer, "plan", primary->plan,
                    "coverage-id", billing_record_get_id (BILLING_RECORD (primary)), NULL);
    }
  else
    self->state = self->coverages->len > 0 ? BILLING_ESTIMATE_STATE_COVERAGE_ENDED : BILLING_ESTIMATE_STATE_NO_COVERAGE;
}
