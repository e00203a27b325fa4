/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-nested.h"
#include "billing-sandbox-settings.h"
#include "billing-tax-scheme.h"

/* What a tax registration must say of its country: by the same table as the rest of the program, which is Stripe's. */

static void
append_choices (GString            *description,
                const char * const *choices)
{
  for (guint i = 0; choices[i] != NULL; i++)
    g_string_append_printf (description, "%s%s", i > 0 ? "," : "", choices[i]);
}

/* Of the types that have options of their own: what these are. */
static const char *
get_option (const char *country,
            const char *type)
{
  if (billing_tax_needs_jurisdiction (country, type))
    return "jurisdiction";
  if (g_str_equal (type, "state_sales_tax"))
    return "elections";
  if (g_str_equal (type, "province_standard"))
    return "province";
  return billing_tax_list_schemes (country, type)[0] != NULL ? "place_of_supply_scheme" : NULL;
}

/* As billing_sandbox_call_check() reads it. */
static char *
describe_country (const char *country)
{
  const char * const *types = billing_tax_list_types (country);
  GString *description = g_string_new (g_str_equal (country, "US") ? "state:s! type:e!=" : "type:e!=");

  append_choices (description, types);
  for (guint i = 0; types[i] != NULL; i++)
    {
      const char *option = get_option (country, types[i]);

      if (option != NULL)
        g_string_append_printf (description, " %s:h=%s", types[i], option);
    }

  return g_string_free (description, FALSE);
}

static char *
describe_option (const char *country,
                 const char *type,
                 const char *option)
{
  GString *description = g_string_new (option);

  if (!g_str_equal (option, "place_of_supply_scheme"))
    {
      g_string_append (description, g_str_equal (option, "elections") ? ":h" : ":s!");
      return g_string_free (description, FALSE);
    }

  g_string_append (description, billing_tax_needs_scheme (country, type) ? ":e!=" : ":e=");
  append_choices (description, billing_tax_list_schemes (country, type));
  return g_string_free (description, FALSE);
}

/* Where there is nothing to choose, what the standard is can be left out. */
static gboolean
check_option (BillingSandboxCall *call,
              const char         *country,
              const char         *type)
{
  const char *option = get_option (country, type);
  gboolean is_scheme = g_strcmp0 (option, "place_of_supply_scheme") == 0;
  g_auto (BillingSandboxCall) inner = { 0 };
  g_autofree char *description = NULL;

  if (option == NULL || (g_str_equal (option, "elections") && !billing_sandbox_call_has (call, type)))
    return TRUE;
  if (!billing_sandbox_call_has (call, type) && is_scheme)
    {
      json_object_set_object_member (call->params, type,
                                     billing_sandbox_json_parse ("{\"place_of_supply_scheme\":\"standard\"}"));
      return TRUE;
    }
  if (!billing_sandbox_call_has (call, type))
    return billing_sandbox_fail (call, 400, "parameter_missing", type, "Missing required param: %s.", type), FALSE;

  description = describe_option (country, type, option);
  return billing_sandbox_call_enter_param (call, type, description, &inner);
}

static gboolean
check_region (BillingSandboxCall *call,
              const char         *country)
{
  gboolean is_american = g_str_equal (country, "US");
  JsonObject *province = billing_sandbox_json_child (call->params, "province_standard");
  const char *region = is_american ? billing_sandbox_call_string (call, "state")
                                   : province != NULL ? billing_sandbox_json_string (province, "province") : NULL;

  if (region == NULL || billing_tax_find_region (country, region) != NULL)
    return TRUE;
  return billing_sandbox_fail (call, 400, NULL, is_american ? "state" : "province_standard[province]",
                               "Invalid %s: %s is not one of %s", is_american ? "state" : "province", region, country),
         FALSE;
}

static gboolean
check_country (BillingSandboxCall *call,
               const char         *country)
{
  const char *type = billing_sandbox_call_string (call, "type");

  return check_option (call, country, type) && check_region (call, country);
}

/**
 * billing_sandbox_tax_take_country:
 * @call: a request that creates a registration
 * @registration: it
 *
 * Returns: whether its options are what its country asks for, and stand in @registration
 */
gboolean
billing_sandbox_tax_take_country (BillingSandboxCall *call,
                                  JsonObject         *registration)
{
  const char *country = billing_sandbox_call_string (call, "country");
  g_autofree char *lower = g_ascii_strdown (country, -1);
  g_autofree char *only = g_strconcat (lower, ":h!", NULL);
  g_autofree char *description = NULL;
  g_auto (BillingSandboxCall) all = { 0 };
  g_auto (BillingSandboxCall) options = { 0 };
  JsonObject *kept;

  if (!billing_tax_is_known_country (country))
    return billing_sandbox_fail (call, 400, NULL, "country", "Stripe Tax does not support registrations in %s.", country), FALSE;
  if (!billing_sandbox_call_enter_param (call, "country_options", only, &all))
    return FALSE;

  description = describe_country (country);
  if (!billing_sandbox_call_enter_param (&all, lower, description, &options) || !check_country (&options, country))
    {
      billing_sandbox_call_leave (&all, lower, &options);
      return billing_sandbox_call_leave (call, "country_options", &all);
    }

  kept = json_object_new ();
  json_object_set_object_member (kept, lower, json_object_ref (options.params));
  json_object_set_object_member (registration, "country_options", kept);
  billing_sandbox_call_apply (call, registration, "country");
  return TRUE;
}
