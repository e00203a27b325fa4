/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-scheme"

#include "config.h"

#include "billing-tax-scheme.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>
#include <unicode/uloc.h>

#include "billing-locale.h"

/* By what Stripe asks for; each list is sorted by code. */
static const char european[] = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
static const char standard[] = "AE AL AO AU AW BA BB BD BF BH BS CD CH ET GB GN IS JP ME MK MR NO NZ OM RS SG SR UY ZA ZW";
static const char simplified[] = "AM AZ BJ BW BY CI CL CM CO CR CV EC EG GE GH ID IN KE KG KH KR KZ LA LK MA MD MU MX MY NG NP PE PH"
                                 " RU SA SN TH TJ TR TW TZ UA UG UZ VN ZM";

static const char * const standard_types[] = { "standard", NULL };
static const char * const simplified_types[] = { "simplified", NULL };
static const char * const european_types[] = { "standard", "oss_union", "oss_non_union", "ioss", NULL };
static const char * const canadian_types[] = { "standard", "simplified", "province_standard", NULL };
/* What most are registered for comes first. */
static const char * const american_types[] = {
  "state_sales_tax",     "state_communications_tax", "state_retail_delivery_fee", "digital_excise_tax",
  "admissions_tax",      "attendance_tax",           "entertainment_tax",         "gross_receipts_tax",
  "hospitality_tax",     "local_amusement_tax",      "local_lease_tax",           "luxury_tax",
  "mass_transit_parking_tax", "parking_tax",         "resort_tax",                "tourism_tax",
  "utility_users_tax",   NULL,
};
static const char * const no_types[] = { NULL };

/* Of these the whole state is the jurisdiction; of the others it is a city or a county. */
static const char * const state_types[] = {
  "state_sales_tax", "state_communications_tax", "state_retail_delivery_fee", "digital_excise_tax", NULL,
};

static const char * const european_schemes[] = { "standard", "small_seller", "inbound_goods", NULL };
static const char * const other_schemes[] = { "standard", "inbound_goods", NULL };

static const BillingTaxRegion american_states[] = {
  { "AL", "Alabama" },       { "AK", "Alaska" },         { "AZ", "Arizona" },        { "AR", "Arkansas" },
  { "CA", "California" },    { "CO", "Colorado" },       { "CT", "Connecticut" },    { "DE", "Delaware" },
  { "DC", "District of Columbia" }, { "FL", "Florida" }, { "GA", "Georgia" },        { "HI", "Hawaii" },
  { "ID", "Idaho" },         { "IL", "Illinois" },       { "IN", "Indiana" },        { "IA", "Iowa" },
  { "KS", "Kansas" },        { "KY", "Kentucky" },       { "LA", "Louisiana" },      { "ME", "Maine" },
  { "MD", "Maryland" },      { "MA", "Massachusetts" },  { "MI", "Michigan" },       { "MN", "Minnesota" },
  { "MS", "Mississippi" },   { "MO", "Missouri" },       { "MT", "Montana" },        { "NE", "Nebraska" },
  { "NV", "Nevada" },        { "NH", "New Hampshire" },  { "NJ", "New Jersey" },     { "NM", "New Mexico" },
  { "NY", "New York" },      { "NC", "North Carolina" }, { "ND", "North Dakota" },   { "OH", "Ohio" },
  { "OK", "Oklahoma" },      { "OR", "Oregon" },         { "PA", "Pennsylvania" },   { "PR", "Puerto Rico" },
  { "RI", "Rhode Island" },  { "SC", "South Carolina" }, { "SD", "South Dakota" },   { "TN", "Tennessee" },
  { "TX", "Texas" },         { "UT", "Utah" },           { "VT", "Vermont" },        { "VA", "Virginia" },
  { "WA", "Washington" },    { "WV", "West Virginia" },  { "WI", "Wisconsin" },      { "WY", "Wyoming" },
  { NULL, NULL },
};

static const BillingTaxRegion canadian_provinces[] = {
  { "AB", "Alberta" },     { "BC", "British Columbia" },      { "MB", "Manitoba" },    { "NB", "New Brunswick" },
  { "NL", "Newfoundland and Labrador" }, { "NS", "Nova Scotia" }, { "NT", "Northwest Territories" }, { "NU", "Nunavut" },
  { "ON", "Ontario" },     { "PE", "Prince Edward Island" },  { "QC", "Quebec" },      { "SK", "Saskatchewan" },
  { "YT", "Yukon" },       { NULL, NULL },
};

static const BillingTaxRegion no_regions[] = { { NULL, NULL } };

typedef struct {
  const char *word;
  const char *label;
} Word;

/* In words that somebody understands who does not file taxes every day. */
static const Word type_words[] = {
  { "standard", N_("Standard (VAT, GST, sales tax)") },
  { "simplified", N_("Simplified, for businesses from abroad") },
  { "oss_union", N_("One Stop Shop, Union scheme") },
  { "oss_non_union", N_("One Stop Shop, non-Union scheme") },
  { "ioss", N_("Import One Stop Shop") },
  { "province_standard", N_("Provincial sales tax") },
  { "state_sales_tax", N_("State sales tax") },
  { "state_communications_tax", N_("State communications tax") },
  { "state_retail_delivery_fee", N_("State retail delivery fee") },
  { "digital_excise_tax", N_("Digital excise tax") },
  { "admissions_tax", N_("Admissions tax") },
  { "attendance_tax", N_("Attendance tax") },
  { "entertainment_tax", N_("Entertainment tax") },
  { "gross_receipts_tax", N_("Gross receipts tax") },
  { "hospitality_tax", N_("Hospitality tax") },
  { "local_amusement_tax", N_("Local amusement tax") },
  { "local_lease_tax", N_("Local lease tax") },
  { "luxury_tax", N_("Luxury tax") },
  { "mass_transit_parking_tax", N_("Mass transit parking tax") },
  { "parking_tax", N_("Parking tax") },
  { "resort_tax", N_("Resort tax") },
  { "tourism_tax", N_("Tourism tax") },
  { "utility_users_tax", N_("Utility users tax") },
};

static const Word scheme_words[] = {
  { "standard", N_("Where the customer is") },
  { "small_seller", N_("Small seller: where the business is") },
  { "inbound_goods", N_("Goods brought into the country") },
};

static const Word behavior_words[] = {
  { "exclusive", N_("Added to prices") },
  { "inclusive", N_("Contained in prices") },
  { "inferred_by_currency", N_("By currency: added to US and Canadian dollars, contained in others") },
};

static const Word field_words[] = {
  { "head_office", N_("the head office’s address") },
  { "head_office.address", N_("the head office’s address") },
  { "head_office.address.country", N_("the head office’s country") },
  { "head_office.address.state", N_("the head office’s state") },
  { "head_office.address.postal_code", N_("the head office’s postal code") },
  { "head_office.address.line1", N_("the head office’s street") },
  { "head_office.address.city", N_("the head office’s city") },
  { "defaults.tax_code", N_("the preset tax code") },
  { "defaults.tax_behavior", N_("whether tax is added to prices or contained in them") },
};

static const char *
find_word (const Word *words,
           guint       n_words,
           const char *word)
{
  for (guint i = 0; i < n_words; i++)
    {
      if (g_strcmp0 (words[i].word, word) == 0)
        return _(words[i].label);
    }

  return word;
}

/* Codes have two letters, so that one of them stands nowhere in a list but as itself. */
static gboolean
is_in (const char *country,
       const char *list)
{
  return strlen (country) == 2 && g_ascii_isupper (country[0]) && g_ascii_isupper (country[1]) && strstr (list, country) != NULL;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static gpointer
build_countries (gpointer data)
{
  g_autofree char *all = g_strjoin (" ", european, standard, simplified, "CA US", NULL);
  GStrv countries = g_strsplit (all, " ", -1);
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; countries[i] != NULL; i++)
    g_ptr_array_add (sorted, countries[i]);
  g_free (countries);
  g_ptr_array_sort (sorted, compare_cb);
  g_ptr_array_add (sorted, NULL);
  return g_ptr_array_free (sorted, FALSE);
}

/**
 * billing_tax_list_countries:
 *
 * Returns: (transfer none) (array zero-terminated=1): where Stripe registers through its API, by their codes
 */
const char * const *
billing_tax_list_countries (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, build_countries, NULL);
}

/**
 * billing_tax_list_all_countries:
 *
 * Returns: (transfer none) (array zero-terminated=1): all countries, as a head office may be in, by their codes
 */
const char * const *
billing_tax_list_all_countries (void)
{
  return uloc_getISOCountries ();
}

gboolean
billing_tax_is_known_country (const char *country)
{
  return !is_empty (country) && billing_tax_list_types (country)[0] != NULL;
}

/**
 * billing_tax_list_types:
 * @country: ISO 3166
 *
 * Returns: (transfer none) (array zero-terminated=1): for what one can be registered there, the usual one first; none where
 *   Stripe's API knows nothing of the country
 */
const char * const *
billing_tax_list_types (const char *country)
{
  if (g_str_equal (country, "US"))
    return american_types;
  if (g_str_equal (country, "CA"))
    return canadian_types;
  if (is_in (country, european))
    return european_types;
  if (is_in (country, standard))
    return standard_types;
  return is_in (country, simplified) ? simplified_types : no_types;
}

/**
 * billing_tax_list_schemes:
 * @country: ISO 3166
 * @type: one of billing_tax_list_types()
 *
 * Returns: (transfer none) (array zero-terminated=1): the schemes of the place of supply, the usual one first; none where Stripe
 *   does not ask
 */
const char * const *
billing_tax_list_schemes (const char *country,
                          const char *type)
{
  if (g_strcmp0 (type, "standard") != 0 || g_str_equal (country, "CA"))
    return no_types;
  if (is_in (country, european))
    return european_schemes;
  return is_in (country, standard) ? other_schemes : no_types;
}

gboolean
billing_tax_needs_scheme (const char *country,
                          const char *type)
{
  return is_in (country, european) && g_strcmp0 (type, "standard") == 0;
}

/**
 * billing_tax_list_regions:
 * @country: ISO 3166
 * @type: (nullable): one of billing_tax_list_types()
 *
 * Returns: (transfer none) (array zero-terminated=1): the states or provinces one of which must be said, ending with one without a
 *   code; none where Stripe does not ask
 */
const BillingTaxRegion *
billing_tax_list_regions (const char *country,
                          const char *type)
{
  if (g_str_equal (country, "US"))
    return american_states;
  return g_str_equal (country, "CA") && g_strcmp0 (type, "province_standard") == 0 ? canadian_provinces : no_regions;
}

/**
 * billing_tax_has_region:
 * @country: ISO 3166
 *
 * Returns: whether an address there is not complete without its state or province
 */
gboolean
billing_tax_has_region (const char *country)
{
  return g_strcmp0 (country, "US") == 0 || g_strcmp0 (country, "CA") == 0;
}

gboolean
billing_tax_needs_jurisdiction (const char *country,
                                const char *type)
{
  return g_strcmp0 (country, "US") == 0 && type != NULL && g_strv_contains (american_types, type) &&
         !g_strv_contains (state_types, type);
}

/**
 * billing_tax_find_region:
 * @country: ISO 3166
 * @code: (nullable): of a state or province
 *
 * Returns: (transfer none) (nullable): its name
 */
const char *
billing_tax_find_region (const char *country,
                         const char *code)
{
  const BillingTaxRegion *regions = g_strcmp0 (country, "CA") == 0 ? canadian_provinces
                                    : g_strcmp0 (country, "US") == 0 ? american_states : no_regions;

  for (; regions->code != NULL; regions++)
    {
      if (g_strcmp0 (regions->code, code) == 0)
        return regions->name;
    }

  return NULL;
}

/* --- what is wrong ----------------------------------------------------------------------------- */

static char *
wrong (const char **field,
       const char  *name,
       const char  *sentence)
{
  if (field != NULL)
    *field = name;
  return g_strdup (sentence);
}

static char *
check_region (const BillingTaxWish *wish,
              const char          **field)
{
  gboolean is_american = g_str_equal (wish->country, "US");

  if (billing_tax_list_regions (wish->country, wish->type)->code == NULL)
    return is_empty (wish->region) ? NULL
                                   : wrong (field, "region", _("Stripe asks for no state or province there."));
  if (billing_tax_find_region (wish->country, wish->region) != NULL)
    return NULL;
  return wrong (field, "region", is_american ? _("Choose the state in which the business is registered.")
                                             : _("Choose the province in which the business is registered."));
}

static char *
check_jurisdiction (const BillingTaxWish *wish,
                    const char          **field)
{
  gboolean is_needed = billing_tax_needs_jurisdiction (wish->country, wish->type);

  if (!is_needed && !is_empty (wish->jurisdiction))
    return wrong (field, "jurisdiction", _("This tax is the whole state’s: it has no local jurisdiction."));
  if (is_needed && (is_empty (wish->jurisdiction) ||
                    strspn (wish->jurisdiction, "0123456789-") != strlen (wish->jurisdiction)))
    return wrong (field, "jurisdiction", _("This tax is a city’s or a county’s: enter its FIPS code, like 14000 for Chicago."));

  return NULL;
}

/**
 * billing_tax_check:
 * @wish: what is asked for
 * @field: (out) (optional) (transfer none): `country`, `type`, `region`, `jurisdiction` or `scheme`: what is wrong
 *
 * Checks by what Stripe asks for in that country.
 *
 * Returns: (transfer full) (nullable): a sentence that says what is wrong; %NULL: nothing
 */
char *
billing_tax_check (const BillingTaxWish *wish,
                   const char          **field)
{
  const char * const *schemes;
  char *problem;

  if (is_empty (wish->country))
    return wrong (field, "country", _("Choose the country first."));
  if (!billing_tax_is_known_country (wish->country))
    return wrong (field, "country", _("Billing does not know what Stripe asks for in this country. Add the registration on Stripe’s "
                                      "own page; it stands here afterwards."));
  if (is_empty (wish->type) || !g_strv_contains (billing_tax_list_types (wish->country), wish->type))
    return wrong (field, "type", _("Choose what the business is registered for there."));

  problem = check_region (wish, field);
  if (problem == NULL)
    problem = check_jurisdiction (wish, field);
  if (problem != NULL)
    return problem;

  schemes = billing_tax_list_schemes (wish->country, wish->type);
  if (is_empty (wish->scheme))
    return billing_tax_needs_scheme (wish->country, wish->type)
             ? wrong (field, "scheme", _("Choose where services and goods count as supplied.")) : NULL;
  return g_strv_contains (schemes, wish->scheme) ? NULL : wrong (field, "scheme", _("Stripe knows no such scheme there."));
}

/* --- in words ---------------------------------------------------------------------------------- */

/**
 * billing_tax_get_country_label:
 * @country: (nullable): ISO 3166
 * @locale: (nullable): the process's own if %NULL
 *
 * Returns: (transfer full): what people of @locale call it; the code where they call it nothing
 */
char *
billing_tax_get_country_label (const char *country,
                               const char *locale)
{
  g_autofree char *place = g_strdup_printf ("und_%s", country != NULL ? country : "");
  UErrorCode status = U_ZERO_ERROR;
  UChar name[128];

  if (is_empty (country))
    return g_strdup ("");

  uloc_getDisplayCountry (place, billing_locale_resolve (locale, LC_MESSAGES), name, G_N_ELEMENTS (name), &status);
  return U_FAILURE (status) ? g_strdup (country) : billing_utf16_to_utf8 (name, -1);
}

/* Words of Stripe's that nobody knows yet are shown as they are. */

const char *
billing_tax_get_type_label (const char *type)
{
  return find_word (type_words, G_N_ELEMENTS (type_words), type);
}

const char *
billing_tax_get_scheme_label (const char *scheme)
{
  return find_word (scheme_words, G_N_ELEMENTS (scheme_words), scheme);
}

const char *
billing_tax_get_behavior_label (const char *behavior)
{
  return find_word (behavior_words, G_N_ELEMENTS (behavior_words), behavior);
}

/**
 * billing_tax_get_field_label:
 * @field: one of the fields that Stripe says are missing in the tax settings
 *
 * Returns: (transfer full): what is missing, in plain words, to stand within a sentence
 */
char *
billing_tax_get_field_label (const char *field)
{
  return g_strdup (find_word (field_words, G_N_ELEMENTS (field_words), field));
}

/**
 * billing_tax_describe:
 * @country: (nullable): ISO 3166
 * @region: (nullable): a state or province
 * @type: (nullable): Stripe's word
 * @jurisdiction: (nullable): of a local tax
 * @scheme: (nullable): the place of supply
 * @locale: (nullable): the process's own if %NULL
 *
 * Returns: (transfer full): a registration in one line: `United States, California: State sales tax`
 */
char *
billing_tax_describe (const char *country,
                      const char *region,
                      const char *type,
                      const char *jurisdiction,
                      const char *scheme,
                      const char *locale)
{
  g_autofree char *place = billing_tax_get_country_label (country, locale);
  GString *line = g_string_new (place);
  const char *name = billing_tax_find_region (country, region);

  if (!is_empty (region))
    g_string_append_printf (line, ", %s", name != NULL ? name : region);
  if (!is_empty (type))
    g_string_append_printf (line, ": %s", billing_tax_get_type_label (type));
  if (!is_empty (jurisdiction))
    g_string_append_printf (line, " (%s)", jurisdiction);
  if (!is_empty (scheme) && !g_str_equal (scheme, "standard"))
    g_string_append_printf (line, ", %s", billing_tax_get_scheme_label (scheme));

  return g_string_free (line, FALSE);
}
