/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-format"

#include "config.h"

#include "billing-tax-format.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-format.h"
#include "billing-tax-scheme.h"

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* `country_options[us][state]`, or one more step below. */
static const char *
peek (GHashTable *body,
      const char *country,
      const char *name,
      const char *below)
{
  g_autofree char *parameter = below != NULL ? g_strdup_printf ("country_options[%s][%s][%s]", country, name, below)
                                             : g_strdup_printf ("country_options[%s][%s]", country, name);

  return g_hash_table_lookup (body, parameter);
}

/**
 * billing_tax_format_request:
 * @intent: a `tax-register`
 *
 * Returns: (transfer full): the registration that is asked for, in one line; empty where it asks for none
 */
char *
billing_tax_format_request (BillingIntent *intent)
{
  g_autoptr (GHashTable) body = g_uri_parse_params (intent->body, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  const char *country = body != NULL ? g_hash_table_lookup (body, "country") : NULL;
  g_autofree char *lower = country != NULL ? g_ascii_strdown (country, -1) : NULL;
  const char *type = lower != NULL ? peek (body, lower, "type", NULL) : NULL;
  const char *region;

  if (type == NULL)
    return g_strdup ("");

  region = peek (body, lower, "state", NULL);
  if (region == NULL)
    region = peek (body, lower, "province_standard", "province");
  return billing_tax_describe (country, region, type, peek (body, lower, type, "jurisdiction"),
                               peek (body, lower, "standard", "place_of_supply_scheme"), NULL);
}

char *
billing_tax_format_status (BillingTaxRegistration *registration)
{
  return g_strdup (billing_tax_registration_get_status_label (billing_tax_registration_get_status (registration, get_now ())));
}

/* Of the style sheet's pills. */
const char *
billing_tax_format_status_style (BillingTaxRegistration *registration)
{
  const char *status = billing_tax_registration_get_status (registration, get_now ());

  if (g_str_equal (status, "active"))
    return "paid";
  return g_str_equal (status, "scheduled") ? "processing" : "quiet";
}

/* With what it is for beyond its name. */
char *
billing_tax_format_type (BillingTaxRegistration *registration)
{
  const char *label = registration->type != NULL ? billing_tax_get_type_label (registration->type) : "";

  if (registration->jurisdiction != NULL)
    return g_strdup_printf ("%s (%s)", label, registration->jurisdiction);
  if (registration->scheme != NULL && !g_str_equal (registration->scheme, "standard"))
    return g_strdup_printf ("%s, %s", label, billing_tax_get_scheme_label (registration->scheme));
  return g_strdup (label);
}

/* The country, and the part of it. */
char *
billing_tax_format_place (BillingTaxRegistration *registration)
{
  return billing_tax_describe (registration->country, registration->region, NULL, NULL, NULL, NULL);
}

char *
billing_tax_format_day (gint64      instant,
                        const char *time_zone)
{
  g_autofree char *day = instant != 0 ? billing_day_from_instant (instant, time_zone) : NULL;

  return billing_format_day (NULL, day);
}

/* What a screen reader says for the whole row. */
char *
billing_tax_format_sentence (BillingTaxRegistration *registration,
                             const char             *time_zone)
{
  g_autofree char *line = billing_tax_registration_describe (registration, NULL);
  g_autofree char *status = billing_tax_format_status (registration);
  g_autofree char *from = billing_tax_format_day (registration->active_from, time_zone);
  g_autofree char *until = billing_tax_format_day (registration->expires_at, time_zone);

  if (*until != '\0')
    /* Translators: a registration, its status, its first and its last day */
    return g_strdup_printf (_("%s, %s, from %s until %s"), line, status, from, until);
  /* Translators: a registration, its status, its first day */
  return g_strdup_printf (_("%s, %s, from %s"), line, status, from);
}
