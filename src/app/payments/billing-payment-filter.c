/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-filter"

#include "config.h"

#include "billing-payment-filter.h"

#include <glib/gi18n.h>

#include "billing-age.h"
#include "billing-day.h"
#include "billing-enums.h"
#include "billing-filter-format.h"
#include "billing-format.h"
#include "billing-status.h"
#include "billing-stripe-format.h"
#include "billing-stripe-status.h"
#include "billing-text.h"

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
  [BILLING_PAYMENT_FILTER_METHOD] = { "method", NULL },
};

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

  return billing_text_is_said (g_value_get_string (&value));
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
    return billing_text_is_said (query->age);

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

/* Stripe's words are others, and its filters compare as Stripe's do. */
static gboolean
is_stripes (BillingQuery *query)
{
  return g_strcmp0 (query->list, "stripe_payments") == 0;
}

static char *
format_statuses (BillingQuery *query)
{
  g_auto (GStrv) nicks = g_strsplit (query->status, ",", -1);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  int value;

  for (guint i = 0; nicks[i] != NULL; i++)
    {
      gboolean is_ours = billing_enum_from_nick (BILLING_TYPE_STATUS, nicks[i], &value);

      if (!is_ours && !is_stripes (query))
        continue;

      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              is_stripes (query) ? billing_stripe_status_get_label (nicks[i])
                                                 : billing_status_get_label ((BillingStatus) value));
    }

  /* TRANSLATORS: a chip over a list: “Status: Pending, Failed” */
  return g_strdup_printf (_("Status: %s"), names->str);
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
get_sentence (BillingPaymentFilter  filter,
              BillingQuery         *query)
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
      return is_stripes (query) ? _("Date: %s") : _("Created: %s");
    case BILLING_PAYMENT_FILTER_AMOUNT:
      return _("Amount: %s");
    case BILLING_PAYMENT_FILTER_METHOD:
      return _("Method: %s");
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

/* More than five dollars is from five dollars and a cent on. */
static char *
format_stripe_amounts (BillingQuery *query,
                       const char   *currency)
{
  gint64 other = query->min >= 0 ? query->min - 1 : query->max + 1;
  g_autofree char *amount = NULL;

  if ((query->min >= 0 && query->max >= 0) || billing_filter_format_is_rounder (MAX (query->min, query->max), other))
    return billing_filter_format_amounts (query->min, query->max, currency);

  amount = billing_format_money (NULL, other, currency);
  /* TRANSLATORS: an amount: “Amount: more than $5.00” */
  return g_strdup_printf (query->min >= 0 ? _("more than %s") : _("less than %s"), amount);
}

static char *
format_stripe_days (BillingQuery *query)
{
  g_autofree char *other = NULL;
  g_autofree char *day = NULL;

  if (query->from != NULL && query->to != NULL)
    return billing_filter_format_days (query->from, query->to);

  other = billing_day_add (query->from != NULL ? query->from : query->to, query->from != NULL ? -1 : 1);
  day = billing_format_day (NULL, other);
  /* TRANSLATORS: a day: “Date: after 3 Nov 2026” */
  return g_strdup_printf (query->from != NULL ? _("after %s") : _("before %s"), day);
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
      return format_named (query->patient, names->patient, _("none"));
    case BILLING_PAYMENT_FILTER_TREATMENT:
      return g_strdup (names->treatment != NULL ? names->treatment : query->subject);
    case BILLING_PAYMENT_FILTER_PHYSICIAN:
      return format_named (query->physician, names->physician, _("none"));
    case BILLING_PAYMENT_FILTER_PAID:
      return billing_filter_format_days (query->paid_from, query->paid_to);
    case BILLING_PAYMENT_FILTER_TENDER:
      return format_tender (query->tender);
    case BILLING_PAYMENT_FILTER_DUE:
      return billing_filter_format_days (query->due_from, query->due_to);
    case BILLING_PAYMENT_FILTER_CREATED:
      return is_stripes (query) ? format_stripe_days (query) : billing_filter_format_days (query->from, query->to);
    case BILLING_PAYMENT_FILTER_AMOUNT:
      return is_stripes (query) ? format_stripe_amounts (query, names->currency)
                                : billing_filter_format_amounts (query->min, query->max, names->currency);
    case BILLING_PAYMENT_FILTER_METHOD:
      return g_strdup (billing_stripe_format_method_type (query->method));
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
  if (filter == BILLING_PAYMENT_FILTER_PATIENT && is_stripes (query) && g_str_equal (query->patient, BILLING_QUERY_NO_LOCATION))
    return g_strdup (_("No patient"));
  if (filter == BILLING_PAYMENT_FILTER_STATUS)
    return format_statuses (query);
  if (filter == BILLING_PAYMENT_FILTER_AGE)
    return billing_age_describe (query->age, query->age_basis, NULL);

  value = format_value (filter, query, names);
  text = g_string_new (get_sentence (filter, query));
  g_string_replace (text, "%s", value, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
