/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax"

#include "config.h"

#include "billing-tax.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-tax-scheme.h"

/* Taxes as Stripe has them, read from the mirror. */

#define TEXT(Type, member) BILLING_STRING_FIELD (Type, member, BILLING_FIELD_JOINED)
#define INTEGER(Type, member) BILLING_INT64_FIELD (Type, member, BILLING_FIELD_JOINED)

G_DEFINE_FINAL_TYPE (BillingTaxSettings, billing_tax_settings, BILLING_TYPE_RECORD)

static BillingField tax_settings_fields[] = {
  TEXT (BillingTaxSettings, status),
  TEXT (BillingTaxSettings, missing),
  TEXT (BillingTaxSettings, country),
  TEXT (BillingTaxSettings, state),
  TEXT (BillingTaxSettings, postal_code),
  TEXT (BillingTaxSettings, city),
  TEXT (BillingTaxSettings, line1),
  TEXT (BillingTaxSettings, line2),
  TEXT (BillingTaxSettings, tax_code),
  TEXT (BillingTaxSettings, tax_code_name),
  TEXT (BillingTaxSettings, tax_behavior),
  TEXT (BillingTaxSettings, provider),
  TEXT (BillingTaxSettings, fetch_state),
  TEXT (BillingTaxSettings, problem),
  INTEGER (BillingTaxSettings, fetched_at),
};

static void
billing_tax_settings_class_init (BillingTaxSettingsClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "tax_settings", "tax", NULL, tax_settings_fields,
                                G_N_ELEMENTS (tax_settings_fields));
}

static void
billing_tax_settings_init (BillingTaxSettings *self)
{
}

BillingTaxSettings *
billing_tax_settings_new (void)
{
  return g_object_new (BILLING_TYPE_TAX_SETTINGS, NULL);
}

/**
 * billing_tax_settings_list_address:
 *
 * Returns: (transfer none) (array zero-terminated=1): the members of the head office's address, which is changed as a whole
 */
const char * const *
billing_tax_settings_list_address (void)
{
  static const char * const members[] = { "country", "state", "postal_code", "city", "line1", "line2", NULL };

  return members;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/**
 * billing_tax_settings_check_address:
 * @country: (nullable): ISO 3166
 * @state: (nullable)
 * @postal_code: (nullable)
 * @field: (out) (optional): `country`, `state` or `postal_code`: what is wrong
 *
 * Returns: (transfer full) (nullable): what the head office's address lacks, so that taxes can be worked out from there; %NULL:
 *   nothing
 */
char *
billing_tax_settings_check_address (const char  *country,
                                    const char  *state,
                                    const char  *postal_code,
                                    const char **field)
{
  const char *unwanted;
  const char **place = field != NULL ? field : &unwanted;

  *place = "country";
  if (is_empty (country))
    return g_strdup (_("Taxes are worked out from the head office: choose its country."));
  if (strlen (country) != 2 || !g_ascii_isupper (country[0]) || !g_ascii_isupper (country[1]))
    return g_strdup_printf (_("“%s” is no code of a country: those have two letters, like US."), country);
  if (!g_strv_contains (billing_tax_list_all_countries (), country))
    return g_strdup_printf (_("“%s” is the code of no country."), country);

  *place = "state";
  if (billing_tax_has_region (country) && billing_tax_find_region (country, state) == NULL)
    return g_strdup (g_str_equal (country, "US") ? _("In the United States an address needs its state, like CA.")
                                                 : _("In Canada an address needs its province, like ON."));

  *place = "postal_code";
  if (billing_tax_has_region (country) && is_empty (postal_code))
    return g_strdup (_("Taxes differ from street to street there: enter the postal code."));

  *place = NULL;
  return NULL;
}

/**
 * billing_tax_settings_describe_missing:
 * @self: tax settings
 *
 * Returns: (transfer full) (nullable): what Stripe still wants to know, in plain words; %NULL: nothing
 */
char *
billing_tax_settings_describe_missing (BillingTaxSettings *self)
{
  g_auto (GStrv) fields = g_strsplit (self->missing != NULL ? self->missing : "", ",", -1);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint i = 0; fields[i] != NULL; i++)
    {
      if (*fields[i] != '\0')
        g_ptr_array_add (labels, billing_tax_get_field_label (fields[i]));
    }
  if (labels->len == 0)
    return NULL;

  g_ptr_array_add (labels, NULL);
  list = g_strjoinv (", ", (char **) labels->pdata);
  /* Translators: a list: “the head office’s address, the preset tax code” */
  return g_strdup_printf (_("Stripe still needs: %s."), list);
}

G_DEFINE_FINAL_TYPE (BillingTaxCode, billing_tax_code, BILLING_TYPE_RECORD)

static BillingField tax_code_fields[] = {
  TEXT (BillingTaxCode, name),
  TEXT (BillingTaxCode, description),
};

static void
billing_tax_code_class_init (BillingTaxCodeClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "tax_codes", "txcd", NULL, tax_code_fields,
                                G_N_ELEMENTS (tax_code_fields));
}

static void
billing_tax_code_init (BillingTaxCode *self)
{
}

BillingTaxCode *
billing_tax_code_new (void)
{
  return g_object_new (BILLING_TYPE_TAX_CODE, NULL);
}

/**
 * billing_tax_registration_describe:
 * @self: a registration
 * @locale: (nullable): the process's own if %NULL
 *
 * Returns: (transfer full): it in one line
 */
char *
billing_tax_registration_describe (BillingTaxRegistration *self,
                                   const char             *locale)
{
  return billing_tax_describe (self->country, self->region, self->type, self->jurisdiction, self->scheme, locale);
}

/**
 * billing_tax_registration_get_status:
 * @self: a registration
 * @now: Unix seconds
 *
 * There are no events for registrations: what Stripe said of one, and what has become of it since by the clock.
 *
 * Returns: (transfer none): active, scheduled, expired, or what Stripe says
 */
const char *
billing_tax_registration_get_status (BillingTaxRegistration *self,
                                     gint64                  now)
{
  const char *status = self->status != NULL ? self->status : "";

  if (g_str_equal (status, "scheduled") && self->active_from != 0 && self->active_from <= now)
    status = "active";
  if (g_str_equal (status, "active") && self->expires_at != 0 && self->expires_at <= now)
    status = "expired";

  return status;
}

/**
 * billing_tax_registration_get_status_label:
 * @status: Stripe's word
 *
 * Returns: (transfer none): what people call it; a word that nobody knows yet is shown as it is
 */
const char *
billing_tax_registration_get_status_label (const char *status)
{
  if (g_strcmp0 (status, "active") == 0)
    return _("Active");
  if (g_strcmp0 (status, "scheduled") == 0)
    return _("Scheduled");

  return g_strcmp0 (status, "expired") == 0 ? _("Ended") : status;
}
