/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-nested.h"
#include "billing-sandbox-settings.h"

/* Some of Stripe's many codes: those that a clinic may look for, and the general ones. */
static const struct
{
  const char *id;
  const char *name;
  const char *description;
} codes[] = {
  { "txcd_00000000", "Nontaxable", "Something on which no tax is due anywhere." },
  { "txcd_10000000", "General - Electronically Supplied Services",
    "A digital service provided mainly through the internet with little human involvement." },
  { "txcd_10103000", "Software as a service (SaaS) - personal use",
    "Software that a person uses over the internet." },
  { "txcd_10103001", "Software as a service (SaaS) - business use",
    "Software that a business uses over the internet." },
  { "txcd_10302000", "Digital Books - downloaded - non subscription - with permanent rights",
    "A book that is downloaded and kept." },
  { "txcd_10701100", "Website Hosting", "Room for a website on somebody else's computers." },
  { "txcd_20030000", "General - Services", "A service that no other code describes better." },
  { "txcd_20060000", "Professional Services", "Work that needs a profession's training." },
  { "txcd_20060044", "Training Services", "Teaching how to do something." },
  { "txcd_20060052", "Educational Services", "Teaching, by a school or the like." },
  { "txcd_30011000", "Clothing and Footwear", "What people wear, except for sports." },
  { "txcd_32020001", "Drugs - Prescription", "Medicines for people, prescribed for them." },
  { "txcd_32020002", "Drugs - Over-the-Counter", "Medicines for people, without a prescription." },
  { "txcd_32050006", "Grooming and Hygiene Products", "Soap, shampoo and the like." },
  { "txcd_32050025", "Cosmetics - Beautifying", "Creams, perfumes and the like." },
  { "txcd_32050040", "Sunscreen", "Protection of the skin from the sun." },
  { "txcd_35010000", "Books", "Printed books." },
  { "txcd_40040000", "Food for Non-Immediate Consumption", "Food that is eaten elsewhere." },
  { "txcd_40060003", "Food for Immediate Consumption", "Food that is ready to be eaten." },
  { "txcd_40090001", "Dietary Supplements", "Vitamins, minerals and the like." },
  { "txcd_92010001", "Shipping", "Bringing what was sold to whom it was sold." },
  { "txcd_99999999", "General - Tangible Goods",
    "A thing that can be moved or touched and that no other code describes better." },
};

static JsonObject *
make_code (guint i)
{
  JsonObject *code = json_object_new ();

  json_object_set_string_member (code, "id", codes[i].id);
  json_object_set_string_member (code, "object", "tax_code");
  json_object_set_string_member (code, "description", codes[i].description);
  json_object_set_string_member (code, "name", codes[i].name);
  return code;
}

static int
find_code (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_strcmp0 (codes[i].id, id) == 0)
        return (int) i;
    }

  return -1;
}

JsonObject *
billing_sandbox_tax_code_get (BillingSandbox     *self,
                              BillingSandboxCall *call)
{
  int i = find_code (call->id);

  if (i >= 0)
    return make_code ((guint) i);

  return billing_sandbox_fail (call, 404, "resource_missing", "id", "No such tax code: '%s'",
                               call->id);
}

JsonObject *
billing_sandbox_tax_code_list (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonArray) all = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    json_array_add_object_element (all, make_code (i));

  return billing_sandbox_page_of (call, all, "tax code", "/v1/tax_codes");
}

/* Tax can be worked out as soon as it is known where from. */
static JsonObject *
finish_settings (JsonObject *settings)
{
  gboolean ready = billing_sandbox_json_child (settings, "head_office") != NULL;

  json_object_set_string_member (settings, "status", ready ? "active" : "pending");
  json_object_set_object_member (
    settings, "status_details",
    billing_sandbox_json_parse (
      ready ? "{\"active\":{}}" : "{\"pending\":{\"missing_fields\":[\"head_office\"]}}"));
  json_object_remove_member (settings, "id");
  return settings;
}

JsonObject *
billing_sandbox_tax_settings_get (BillingSandbox     *self,
                                  BillingSandboxCall *call)
{
  return finish_settings (billing_sandbox_settings_get (self, BILLING_SANDBOX_TAX_SETTINGS));
}

static gboolean
apply_defaults (BillingSandboxCall *call,
                JsonObject         *settings)
{
  JsonObject *defaults = json_object_get_object_member (settings, "defaults");
  g_auto (BillingSandboxCall) given = { 0 };
  const char *code;

  if (!billing_sandbox_call_enter_param (call, "defaults",
                                         "tax_behavior:e=exclusive,inclusive,inferred_by_currency "
                                         "tax_code:s",
                                         &given))
    return FALSE;

  code = billing_sandbox_call_string (&given, "tax_code");
  if (code != NULL && find_code (code) < 0)
    return billing_sandbox_fail (call, 400, "resource_missing", "defaults[tax_code]",
                                 "No such tax code: '%s'", code),
           FALSE;
  /* What was set once can be changed, but not taken back. */
  if (code != NULL)
    billing_sandbox_json_assign (defaults, given.params, "tax_code");
  if (billing_sandbox_call_string (&given, "tax_behavior") != NULL)
    billing_sandbox_json_assign (defaults, given.params, "tax_behavior");
  return TRUE;
}

static gboolean
apply_office (BillingSandboxCall *call,
              JsonObject         *settings)
{
  static const char *const members[] = { "city",  "country",     "line1",
                                         "line2", "postal_code", "state" };
  g_auto (BillingSandboxCall) office = { 0 };
  g_auto (BillingSandboxCall) address = { 0 };
  JsonObject *full, *result;

  if (!billing_sandbox_call_has (call, "head_office"))
    return TRUE;
  if (!billing_sandbox_call_enter_param (call, "head_office", "address:h!", &office) ||
      !billing_sandbox_call_enter_param (&office, "address",
                                         "country:s! city:s line1:s line2:s postal_code:s state:s",
                                         &address))
    return billing_sandbox_call_leave (call, "head_office", &office);

  full = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_object_set_null_member (full, members[i]);
      billing_sandbox_json_assign (full, address.params, members[i]);
    }
  result = json_object_new ();
  json_object_set_object_member (result, "address", full);
  json_object_set_object_member (settings, "head_office", result);
  return TRUE;
}

JsonObject *
billing_sandbox_tax_settings_set (BillingSandbox     *self,
                                  BillingSandboxCall *call)
{
  g_autoptr (JsonObject) settings =
    billing_sandbox_settings_get (self, BILLING_SANDBOX_TAX_SETTINGS);
  g_autoptr (JsonObject) before = billing_sandbox_tax_settings_get (self, call);
  JsonObject *after;

  if (!apply_defaults (call, settings) || !apply_office (call, settings))
    return NULL;

  billing_sandbox_store_put (billing_sandbox_get_store (self), settings);
  after = billing_sandbox_tax_settings_get (self, call);
  billing_sandbox_tell_change (self, "tax.settings.updated", before, after);
  return after;
}

static void
set_status (BillingSandbox *self,
            JsonObject     *registration)
{
  gint64 now = billing_sandbox_now (self);
  const char *status = "active";

  if (json_object_get_int_member (registration, "active_from") > now)
    status = "scheduled";
  if (billing_sandbox_json_int (registration, "expires_at", G_MAXINT64) <= now)
    status = "expired";
  json_object_set_string_member (registration, "status", status);
}

static void
turn (BillingSandbox *self,
      const char     *id)
{
  g_autoptr (JsonObject) registration =
    billing_sandbox_store_get (billing_sandbox_get_store (self), id);

  set_status (self, registration);
  billing_sandbox_store_put (billing_sandbox_get_store (self), registration);
}

/* "now", or a time; an empty one takes the end away again. */
static gboolean
apply_moment (BillingSandbox     *self,
              BillingSandboxCall *call,
              JsonObject         *registration,
              const char         *name)
{
  const char *text = billing_sandbox_call_string (call, name);
  gint64 moment = billing_sandbox_now (self);

  if (!billing_sandbox_call_has (call, name))
    return TRUE;
  if (text == NULL)
    {
      json_object_set_null_member (registration, name);
      return TRUE;
    }
  if (!g_str_equal (text, "now") &&
      !g_ascii_string_to_signed (text, 10, 0, G_MAXINT32 * G_GINT64_CONSTANT (4), &moment, NULL))
    return billing_sandbox_fail (call, 400, "parameter_invalid_integer", name,
                                 "Invalid integer: %s", text),
           FALSE;

  json_object_set_int_member (registration, name, moment);
  if (moment > billing_sandbox_now (self))
    billing_sandbox_later (self, moment, turn, json_object_get_string_member (registration, "id"));
  return TRUE;
}

static JsonObject *
keep_registration (BillingSandbox *self,
                   JsonObject     *registration)
{
  set_status (self, registration);
  billing_sandbox_store_put (billing_sandbox_get_store (self), registration);
  return json_object_ref (registration);
}

JsonObject *
billing_sandbox_tax_registration_create (BillingSandbox     *self,
                                         BillingSandboxCall *call)
{
  g_autoptr (JsonObject) registration =
    billing_sandbox_add (self, BILLING_SANDBOX_TAX_REGISTRATION);

  if (!billing_sandbox_tax_take_country (call, registration) ||
      !apply_moment (self, call, registration, "active_from") ||
      !apply_moment (self, call, registration, "expires_at"))
    return NULL;

  return keep_registration (self, registration);
}

JsonObject *
billing_sandbox_tax_registration_update (BillingSandbox     *self,
                                         BillingSandboxCall *call)
{
  g_autoptr (JsonObject) registration =
    billing_sandbox_find (self, call, BILLING_SANDBOX_TAX_REGISTRATION);

  if (registration == NULL)
    return NULL;
  if (g_str_equal (json_object_get_string_member (registration, "status"), "expired"))
    return billing_sandbox_fail (call, 400, NULL, NULL,
                                 "An expired registration cannot be updated.");
  if (!apply_moment (self, call, registration, "active_from") ||
      !apply_moment (self, call, registration, "expires_at"))
    return NULL;

  return keep_registration (self, registration);
}

JsonObject *
billing_sandbox_tax_registration_list (BillingSandbox     *self,
                                       BillingSandboxCall *call)
{
  if (g_strcmp0 (billing_sandbox_call_string (call, "status"), "all") == 0)
    json_object_remove_member (call->params, "status");

  return billing_sandbox_list (self, call, BILLING_SANDBOX_TAX_REGISTRATION, "status",
                               "/v1/tax/registrations");
}
