/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-filter"

#include "config.h"

#include "billing-payment-filter.h"

#include <glib/gi18n.h>

#include "billing-age.h"
#include "billing-day.h"
#include "billing-enums.h"
#include "billing-format.h"
#include "billing-month.h"
#include "billing-status.h"

/* The properties of a query that belong together, and go together. */
static const char * const properties[BILLING_N_PAYMENT_FILTERS][2] = {
  [BILLING_PAYMENT_FILTER_OVERDUE] = { "overdue", NULL },
  [BILLING_PAYMENT_FILTER_STATUS] = { "status", NULL },
  [BILLING_PAYMENT_FILTER_LOCATION] = { "location", NULL },
  [BILLING_PAYMENT_FILTER_PATIENT] = { "patient", NULL },
  [BILLING_PAYMENT_FILTER_TREATMENT] = { "subject", NULL },
  [BILLING_PAYMENT_FILTER_PHYSICIAN] = { "physician", NULL },
  [BILLING_PAYMENT_FILTER_PAID] = { "paid-from", "paid-to" },
  [BILLING_PAYMENT_FILTER_TENDER] = { "tender", NULL },
  [BILLING_PAYMENT_FILTER_DUE] = { "due-from", "due-to" },
  [BILLING_PAYMENT_FILTER_CREATED] = { "from", "to" },
  [BILLING_PAYMENT_FILTER_AGE] = { "age", "age-basis" },
  [BILLING_PAYMENT_FILTER_AMOUNT] = { "min", "max" },
};

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_set (BillingQuery *query,
        const char   *property)
{
  g_auto (GValue) value = G_VALUE_INIT;

  if (property == NULL)
    return FALSE;

  g_object_get_property (G_OBJECT (query), property, &value);
  if (G_VALUE_HOLDS_BOOLEAN (&value))
    return g_value_get_boolean (&value);
  if (G_VALUE_HOLDS_INT64 (&value))
    return g_value_get_int64 (&value) >= 0;

  return is_said (g_value_get_string (&value));
}

/**
 * billing_payment_filter_is_active:
 * @filter: a filter
 * @query: a query for payments
 *
 * Returns: whether the query is narrowed by it
 */
gboolean
billing_payment_filter_is_active (BillingPaymentFilter  filter,
                                  BillingQuery         *query)
{
  if (filter == BILLING_PAYMENT_FILTER_AGE)
    return is_said (query->age);

  return is_set (query, properties[filter][0]) || is_set (query, properties[filter][1]);
}

/**
 * billing_payment_filter_copy:
 * @filter: a filter
 * @from: a query
 * @to: another that is to be narrowed by it in the same way
 */
void
billing_payment_filter_copy (BillingPaymentFilter  filter,
                             BillingQuery         *from,
                             BillingQuery         *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (properties[filter]) && properties[filter][i] != NULL; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (from), properties[filter][i], &value);
      g_object_set_property (G_OBJECT (to), properties[filter][i], &value);
    }
}

/**
 * billing_payment_filter_clear:
 * @filter: a filter
 * @query: a query that is to be narrowed by it no longer
 */
void
billing_payment_filter_clear (BillingPaymentFilter  filter,
                              BillingQuery         *query)
{
  g_autoptr (BillingQuery) blank = billing_query_new ("payments");

  billing_payment_filter_copy (filter, blank, query);
}

/* In words. */

static char *
format_statuses (const char *status)
{
  g_auto (GStrv) nicks = g_strsplit (status, ",", -1);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  int value;

  for (guint i = 0; nicks[i] != NULL; i++)
    {
      if (!billing_enum_from_nick (BILLING_TYPE_STATUS, nicks[i], &value))
        continue;

      if (names->len > 0)
        g_string_append (names, ", ");
      g_string_append (names, billing_status_get_label ((BillingStatus) value));
    }

  /* TRANSLATORS: a chip over a list: “Status: Pending, Failed” */
  return g_strdup_printf (_("Status: %s"), names->str);
}

/* Whether the two days are the first and the last of as many first characters of them: of a month, of a year. */
static gboolean
is_all_of (const char *from,
           const char *to,
           gsize       length)
{
  g_autofree char *before = billing_day_add (from, -1);
  g_autofree char *after = billing_day_add (to, 1);

  return strncmp (from, to, length) == 0 && strncmp (before, from, length) != 0 && strncmp (after, to, length) != 0;
}

static char *
format_period (const char *from,
               const char *to)
{
  if (!is_said (from) || !is_said (to))
    return NULL;
  if (g_str_equal (from, to))
    return billing_format_day (NULL, from);
  if (is_all_of (from, to, strlen ("2026")))
    return g_strndup (from, strlen ("2026"));
  if (is_all_of (from, to, strlen ("2026-10")))
    {
      g_autofree char *month = billing_month_of (from);

      return billing_month_format (month, BILLING_MONTH_FULL, NULL);
    }

  return NULL;
}

static char *
format_range (const char *first,
              const char *last)
{
  if (!is_said (first))
    /* TRANSLATORS: of days or amounts: “Due: until 3 Nov 2026” */
    return g_strdup_printf (_("until %s"), last);
  if (!is_said (last))
    /* TRANSLATORS: of days or amounts: “Due: from 3 Nov 2026” */
    return g_strdup_printf (_("from %s"), first);

  return g_strdup_printf ("%s – %s", first, last);
}

static char *
format_days (const char *from,
             const char *to)
{
  g_autofree char *period = format_period (from, to);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (period != NULL)
    return g_steal_pointer (&period);

  first = billing_format_day (NULL, from);
  last = billing_format_day (NULL, to);
  return format_range (first, last);
}

static char *
format_amounts (gint64      min,
                gint64      max,
                const char *currency)
{
  g_autofree char *least = min >= 0 ? billing_format_money (NULL, min, currency) : NULL;
  g_autofree char *most = max >= 0 ? billing_format_money (NULL, max, currency) : NULL;

  return min == max ? g_steal_pointer (&least) : format_range (least, most);
}

static char *
format_tender (const char *tender)
{
  int value;

  return g_strdup (billing_enum_from_nick (BILLING_TYPE_TENDER, tender, &value)
                     ? billing_tender_get_label ((BillingTender) value) : tender);
}

/* What the filter is called, with what it lets through for %s. */
static const char *
get_sentence (BillingPaymentFilter filter)
{
  switch (filter)
    {
    /* TRANSLATORS: these are chips over a list */
    case BILLING_PAYMENT_FILTER_LOCATION:
      return _("Location: %s");
    case BILLING_PAYMENT_FILTER_PATIENT:
      return _("Patient: %s");
    case BILLING_PAYMENT_FILTER_TREATMENT:
      return _("Treatment: %s");
    case BILLING_PAYMENT_FILTER_PHYSICIAN:
      return _("Physician: %s");
    case BILLING_PAYMENT_FILTER_PAID:
      return _("Collected: %s");
    case BILLING_PAYMENT_FILTER_TENDER:
      return _("Collected by: %s");
    case BILLING_PAYMENT_FILTER_DUE:
      return _("Due: %s");
    case BILLING_PAYMENT_FILTER_CREATED:
      return _("Created: %s");
    case BILLING_PAYMENT_FILTER_AMOUNT:
      return _("Amount: %s");
    case BILLING_PAYMENT_FILTER_OVERDUE:
    case BILLING_PAYMENT_FILTER_STATUS:
    case BILLING_PAYMENT_FILTER_AGE:
    case BILLING_N_PAYMENT_FILTERS:
    default:
      return "%s";
    }
}

static char *
format_named (const char *value,
              const char *name,
              const char *none)
{
  if (g_str_equal (value, BILLING_QUERY_NO_LOCATION))
    return g_strdup (none);

  return g_strdup (name != NULL ? name : value);
}

static char *
format_value (BillingPaymentFilter             filter,
              BillingQuery                    *query,
              const BillingPaymentFilterNames *names)
{
  switch (filter)
    {
    case BILLING_PAYMENT_FILTER_LOCATION:
      /* TRANSLATORS: “Location: none” */
      return format_named (query->location, names->location, _("none"));
    case BILLING_PAYMENT_FILTER_PATIENT:
      return g_strdup (names->patient != NULL ? names->patient : query->patient);
    case BILLING_PAYMENT_FILTER_TREATMENT:
      return g_strdup (names->treatment != NULL ? names->treatment : query->subject);
    case BILLING_PAYMENT_FILTER_PHYSICIAN:
      return format_named (query->physician, names->physician, _("none"));
    case BILLING_PAYMENT_FILTER_PAID:
      return format_days (query->paid_from, query->paid_to);
    case BILLING_PAYMENT_FILTER_TENDER:
      return format_tender (query->tender);
    case BILLING_PAYMENT_FILTER_DUE:
      return format_days (query->due_from, query->due_to);
    case BILLING_PAYMENT_FILTER_CREATED:
      return format_days (query->from, query->to);
    case BILLING_PAYMENT_FILTER_AMOUNT:
      return format_amounts (query->min, query->max, names->currency);
    case BILLING_PAYMENT_FILTER_OVERDUE:
    case BILLING_PAYMENT_FILTER_STATUS:
    case BILLING_PAYMENT_FILTER_AGE:
    case BILLING_N_PAYMENT_FILTERS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * billing_payment_filter_format:
 * @filter: a filter
 * @query: a query for payments
 * @names: what people call what the query names by ids
 *
 * Returns: (transfer full) (nullable): what a chip says of it, such as “Collected: October 2026”; %NULL: the query is not narrowed by it
 */
char *
billing_payment_filter_format (BillingPaymentFilter             filter,
                               BillingQuery                    *query,
                               const BillingPaymentFilterNames *names)
{
  g_autofree char *value = NULL;
  g_autoptr (GString) text = NULL;

  if (!billing_payment_filter_is_active (filter, query))
    return NULL;
  if (filter == BILLING_PAYMENT_FILTER_OVERDUE)
    return g_strdup (_("Overdue"));
  if (filter == BILLING_PAYMENT_FILTER_STATUS)
    return format_statuses (query->status);
  if (filter == BILLING_PAYMENT_FILTER_AGE)
    return billing_age_describe (query->age, query->age_basis, NULL);

  value = format_value (filter, query, names);
  text = g_string_new (get_sentence (filter));
  g_string_replace (text, "%s", value, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
